"""The offset codec: a tool's own way of counting in a text, turned into code points and back.

The model counts Unicode code points into the decoded text as it stands in its file: no byte order mark,
newlines as they are, half-open. Tools differ in three ways, and a `Profile` names them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Literal

from attrs import frozen

__all__ = ["Codec", "Newline", "Profile", "Unit"]

Unit = Literal["code point", "utf-16", "utf-8"]
Newline = Literal["as written", "once"]

_wide: dict[Unit, tuple[tuple[str, int], ...]] = {
    "code point": (),
    "utf-16": (("[\U00010000-\U0010ffff]+", 2),),
    "utf-8": (("[\x80-\u07ff]+", 2), ("[\u0800-\uffff]+", 3), ("[\U00010000-\U0010ffff]+", 4)),
}
_mark: dict[Unit, int] = {"code point": 1, "utf-16": 1, "utf-8": 3}


@frozen
class Profile:
    """How a tool counts in a text."""

    unit: Unit = "code point"
    """What it counts."""
    newline: Newline = "as written"
    """Whether CR LF counts as two characters (`as written`) or as one (`once`)."""
    bom: bool = False
    """Whether a byte order mark at the start of the file counts."""

    def plain(self, text: str, bom: bool = False) -> bool:
        """Whether this way of counting and code points agree all over a text."""
        if (self.newline == "once" and "\r\n" in text) or (self.bom and bom):
            return False
        if text.isascii() or self.unit == "code point":
            return True
        return self.unit == "utf-16" and len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)

    def __str__(self) -> str:
        newline = ", CR LF counted once" if self.newline == "once" else ""
        return {"code point": "code points", "utf-16": "UTF-16 code units", "utf-8": "UTF-8 bytes"}[self.unit] + newline + (", byte order mark counted" if self.bom else "")


@cache
def _pattern(profile: Profile) -> tuple[re.Pattern[str] | None, tuple[tuple[int, int], ...]]:
    """Runs of characters that count otherwise, and for each group the widths of one: in code points, in units."""
    rows = [(f"({p})", 1, w) for p, w in _wide[profile.unit]]
    if profile.newline == "once":
        rows.append(("((?:\r\n)+)", 2, 1))
    return re.compile("|".join(p for p, _, _ in rows)) if rows else None, tuple((c, u) for _, c, u in rows)


class Codec:
    """Turns positions in one text between code points and a profile's units; made in time linear in the text.

    The text is cut into runs in which every character has the same width in both; a position is looked up
    among them. What lies beyond the end, or before the start, keeps its distance. What lies inside a
    character (half a surrogate pair, between a CR and an LF counted once) moves outward: a start down, an end up.
    """

    def __init__(self, text: str, profile: Profile, bom: bool = False) -> None:
        self.size = len(text)
        self.mark = _mark[profile.unit] if bom and profile.bom else 0
        points: list[tuple[int, int, int]] = []  # start, end, width of one character
        units: list[tuple[int, int, int]] = []
        pattern, widths = _pattern(profile)
        shift = self.mark
        if pattern is not None and not profile.plain(text):
            for run in pattern.finditer(text):
                point, unit = widths[(run.lastindex or 1) - 1]
                start, end = run.span()
                longer = (end - start) // point * unit
                points.append((start, end, point))
                units.append((start + shift, start + shift + longer, unit))
                shift += longer - (end - start)
        self._points, self._units = points, units
        self._starts = [p[0] for p in points], [u[0] for u in units]

    def read(self, start: int, end: int) -> tuple[int, int]:
        """From a pair of the profile's units to a pair of code points."""
        return self._from_units(start, False), self._from_units(end, True)

    def write(self, start: int, end: int) -> tuple[int, int]:
        """From a pair of code points to a pair of the profile's units."""
        return self._to_units(start, False), self._to_units(end, True)

    def _from_units(self, position: int, up: bool) -> int:
        if position < self.mark:
            return min(position, 0)
        return _move(position, self._starts[1], self._units, self._points, -self.mark, up)

    def _to_units(self, position: int, up: bool) -> int:
        return position if position < 0 else _move(position, self._starts[0], self._points, self._units, self.mark, up)


def _move(position: int, starts: list[int], here: list[tuple[int, int, int]], there: list[tuple[int, int, int]], before: int, up: bool) -> int:
    i = bisect_right(starts, position) - 1
    if i < 0:
        return position + before
    start, end, width = here[i]
    if position >= end:
        return there[i][1] + position - end
    count, inside = divmod(position - start, width)
    return there[i][0] + (count + (1 if inside and up else 0)) * there[i][2]
