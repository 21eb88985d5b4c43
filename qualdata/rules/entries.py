"""What `study.json` says of a file: whether the standard lets it. A good entry is known at once; the schema words what is wrong with another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, get_args

from qualdata.formats.package.newer import ENTRY
from qualdata.formats.package.store import is_document, unsafe
from qualdata.model.source import Access
from qualdata.schema import ID_OF_SCHEMA, Checker

__all__ = ["wrong_in"]

_ACCESS: Final = get_args(Access)
_digest = re.compile("[0-9a-f]{64}").fullmatch


def wrong_in(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong in the entry of a file, each with the place in it."""
    if _good(entry):
        return
    for error in _checker().errors(entry):
        yield "".join(f".{step}" for step in error.absolute_path), _worded(error)


def _good(entry: dict[str, Any]) -> bool:
    path, role, media_type, size, sha256 = (entry.get(name) for name in ("path", "role", "media_type", "size", "sha256"))
    texts = all(isinstance(value, str) and value.isprintable() for value in (path, role, media_type, sha256))
    whole = isinstance(size, int) and not isinstance(size, bool) and size >= 0
    fields = set(entry) <= ENTRY and entry.get("access", "open") in _ACCESS
    return texts and whole and fields and bool(_digest(str(sha256))) and not unsafe(str(path)) and not is_document(str(path))


def _worded(error: Any) -> str:
    return f"what is said of the file is not as the standard asks: {error.message if len(error.message) < 120 else error.message[:119] + '…'}"


@cache
def _checker() -> Checker:
    return Checker({"$ref": f"{ID_OF_SCHEMA}#/$defs/File"})
