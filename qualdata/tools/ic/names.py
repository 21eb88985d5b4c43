"""Names of files made from names of codes, which may hold anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final
from unicodedata import category, normalize

from qualdata.model.code import Code
from qualdata.tools.ic.handles import Handles

__all__ = ["file_stems"]

_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself, with whatever ending."""
_BYTES: Final = 150
_NAMELESS: Final = "code"


def file_stems(codes: Iterable[Code]) -> list[str]:
    """A name for each code that every system takes, in the order given; codes that would share one get the handle of their id behind it.

    Nothing in it leads elsewhere or stays unseen, and it stays the same when other codes come or go, but for those of its name.
    """
    codes = list(codes)
    stems = [_stem(code.name) for code in codes]
    times, handles = Counter(map(_alike, stems)), Handles(codes)
    return [f"{stem} {handles.of(code)}" if times[_alike(stem)] > 1 else stem for code, stem in zip(codes, stems, strict=True)]


def _stem(name: str) -> str:
    seen = "".join(" " if c.isspace() or category(c) == "Cc" else "" if category(c) in _UNSEEN else "-" if c in _FORBIDDEN else c for c in normalize("NFC", name))
    stem = " ".join(seen.split()).lstrip(".-~$ ")
    stem = stem.encode()[:_BYTES].decode(errors="ignore").rstrip(". -") or _NAMELESS
    return f"_{stem}" if _RESERVED.match(stem) else stem


def _alike(stem: str) -> str:
    """What two names share that are one on some system."""
    return normalize("NFD", normalize("NFKC", stem).casefold())
