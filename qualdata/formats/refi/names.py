"""GUIDs: what is one, and which one stands for an id that is none."""

from __future__ import annotations

import re
from typing import Final

from qualdata.model.base import GUID, guid_for, is_bare_guid

__all__ = ["all_different_guids", "guid_for", "is_bare_guid", "is_guid"]

PATTERN: Final = rf"({GUID})|(\{{{GUID}\}})"
"""The standard's form of a GUID, with or without braces (Project.xsd, GUIDType)."""

is_guid = re.compile(rf"[ \t\r\n]*(?:{PATTERN})[ \t\r\n]*").fullmatch
"""A match when a string is a GUID, else None; white space around it says nothing (xsd:token)."""
_SHAPE: Final = b"00000000-0000-0000-0000-000000000000\n"
_HEX_TO_0: Final = bytes.maketrans(b"123456789abcdefABCDEF", b"0" * 21)


def all_different_guids(ids: list[str]) -> bool:
    """Whether all ids are GUIDs without braces, and no two are equal in any case. Quick, where that is so."""
    lines = "\n".join([*ids, ""])
    if not lines.isascii() or lines.encode().translate(_HEX_TO_0) != _SHAPE * len(ids):
        return False
    lower = lines.lower()
    return len(set(ids if lower == lines else lower.split("\n")[:-1])) == len(ids)
