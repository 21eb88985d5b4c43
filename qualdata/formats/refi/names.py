"""GUIDs: what is one, and which one stands for an id that is none."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID, uuid5

from qualdata.model.base import fold

__all__ = ["all_different_guids", "guid_for", "is_guid"]

_HEX = "-".join(f"[0-9a-fA-F]{{{n}}}" for n in (8, 4, 4, 4, 12))
PATTERN: Final = rf"({_HEX})|(\{{{_HEX}\}})"
"""The standard's form of a GUID, with or without braces (Project.xsd, GUIDType)."""

_SPACE: Final = UUID("6f7d2c0e-5a9b-5d0c-9c55-0d3a3a1f4f10")

is_guid = re.compile(rf"[ \t\r\n]*(?:{PATTERN})[ \t\r\n]*").fullmatch
"""A match when a string is a GUID, else None; white space around it says nothing (xsd:token)."""
is_bare_guid = re.compile(_HEX).fullmatch
"""A match when a string is a GUID and nothing else."""
_SHAPE: Final = b"00000000-0000-0000-0000-000000000000\n"
_HEX_TO_0: Final = bytes.maketrans(b"123456789abcdefABCDEF", b"0" * 21)


def all_different_guids(ids: list[str]) -> bool:
    """Whether all ids are GUIDs without braces, and no two are equal in any case. Quick, where that is so."""
    lines = "\n".join([*ids, ""])
    if not lines.isascii() or lines.encode().translate(_HEX_TO_0) != _SHAPE * len(ids):
        return False
    lower = lines.lower()
    return len(set(ids if lower == lines else lower.split("\n")[:-1])) == len(ids)


def guid_for(study: str, id: str) -> str:
    """The GUID that stands for an id which is none, the same each time for one study (RFC 9562, version 5).

    For `GUID#2`, the second holder of a GUID, it is the same in all studies: by it a twin is known again.
    """
    first, mark, count = fold(id).rpartition("#")
    if mark and count.isdigit() and is_bare_guid(first := fold(first)):
        return str(uuid5(UUID(first), count))
    return str(uuid5(_SPACE, f"{study}\n{fold(id)}"))

