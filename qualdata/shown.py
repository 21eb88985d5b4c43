"""What comes from a file as it can be shown: nothing in it that a terminal, a page or a reader's eye would obey."""

from __future__ import annotations

from typing import Final

__all__ = ["OBEYED", "clean"]

OBEYED: Final = frozenset({*range(0x20), *range(0x7F, 0xA0), 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)})
"""Control characters, and overrides of the writing direction."""
_SPACE: Final = "\t\n\v\f\r\x85\u2028\u2029"
_SAFE: Final = {**dict.fromkeys(OBEYED), **{ord(c): " " for c in _SPACE}, **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")}
"""What is obeyed goes, line ends become spaces; half characters, which nothing can show, are replaced."""


def clean(text: str) -> str:
    """A text as it can be shown on one line: what comes from a file may hold anything."""
    return text.translate(_SAFE)
