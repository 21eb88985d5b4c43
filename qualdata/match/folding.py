"""Texts without what programs change on the way: white space, line ends, dashes, quotation marks, composed letters.

Folding makes of each run of white space one space; of dashes and minus signs, also two or three hyphens, one hyphen;
of curly quotation marks straight ones; of three dots an ellipsis. It composes letters with their marks (NFC) and leaves out
what has no width: soft hyphens, zero-width spaces, marks of direction, byte order marks. Case and letters stay; on
request, letters that stand for several (`ß`, the ligatures of PDF files) are written as those.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Final
from unicodedata import combining, is_normalized, normalize

from attrs import frozen

__all__ = ["Folded", "folded"]

_NOTHING: Final = "\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_DASHES: Final = "\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d"

_ROWS: Final = (
    (rf"(?! (?![\s{_NOTHING}]))[\s{_NOTHING}]+", " "),  # all but one plain space
    (rf"(?!-(?![{_DASHES}]))[{_DASHES}]+", "-"),
    ("[\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4\uff07]", "'"),
    ("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02]", '"'),
    (r"\.\.\.", "\u2026"),
)
_pieces = re.compile("|".join(f"({pattern})" for pattern, _ in _ROWS))
_REPLACEMENTS: Final = ("", *(replacement for _, replacement in _ROWS))
_beyond_ascii = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
_space = re.compile(r"\s").search
_several = re.compile("[\u00df\u1e9e\ufb00-\ufb06]")
CHUNK: Final = 128
"""How many characters are composed at once."""

Piece = tuple[int, int, str]


@frozen
class Folded:
    """A folded text, and the way back to the text it was made from."""

    text: str
    """The folded text."""
    _ways: tuple[Way, ...] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Where a place of the folded text stands in the text; never within what was replaced as one."""
        for way in reversed(self._ways):
            start, end = way.back.start(start), way.back.end(end)
        return start, max(start, end)

    def to(self, position: int) -> int:
        """Where a position of the text stands in the folded text."""
        for way in self._ways:
            position = way.to.start(position)
        return position


@frozen
class Moves:
    """Pieces of one text and of another made from it: where each begins and ends in both, in order."""

    begins: list[int]
    ends: list[int]
    other_begins: list[int]
    other_ends: list[int]

    def start(self, position: int) -> int:
        """Where a place begins that begins here: after what is nothing here, before what is more."""
        i = bisect_right(self.begins, position) - 1
        if i < 0:
            return position
        return self.other_begins[i] if position < self.ends[i] else self.other_ends[i] + position - self.ends[i]

    def end(self, position: int) -> int:
        """Where a place ends that ends here."""
        i = bisect_left(self.begins, position) - 1
        if i < 0:
            return position
        return self.other_ends[i] + max(position - self.ends[i], 0)


@frozen
class Way:
    """The way from a text to one in which pieces were replaced, and back."""

    to: Moves
    back: Moves


def folded(text: str) -> str:
    """A text, folded."""
    return fold_text(text).text


def fold_text(text: str, *, apart: bool = False) -> Folded:
    """A text folded, with the way back; in time linear in the text. *apart*: also with letters that stand for several as those."""
    ways: list[Way] = []
    for pieces in (_composed, _plain, _apart) if apart else (_composed, _plain):
        text, way = _replaced(text, pieces(text))
        if way.to.begins:
            ways.append(way)
    return Folded(text, tuple(ways))


def _plain(text: str) -> Iterator[Piece]:
    """White space, dashes and so on that are written otherwise."""
    return ((*m.span(), _replacement(m)) for m in _pieces.finditer(text))


def _apart(text: str) -> Iterator[Piece]:
    """Letters that stand for several."""
    return ((*m.span(), m[0].casefold()) for m in _several.finditer(text))


def _replacement(match: re.Match[str]) -> str:
    if match.lastindex == 1:
        return " " if _space(match[0]) else ""
    return _REPLACEMENTS[match.lastindex or 0]


def _replaced(text: str, pieces: Iterable[Piece]) -> tuple[str, Way]:
    """A text with pieces replaced, and the way there and back."""
    out: list[str] = []
    rows: list[tuple[int, int, int, int]] = []
    at = made = 0
    for start, end, new in pieces:
        out += (text[at:start], new)
        begin = made + start - at
        made, at = begin + len(new), end
        rows.append((start, end, begin, made))
    starts, ends, begins, mades = ([row[i] for row in rows] for i in range(4))
    return "".join([*out, text[at:]]), Way(Moves(starts, ends, begins, mades), Moves(begins, mades, starts, ends))


def _composed(text: str) -> Iterator[Piece]:
    """The letters that are composed otherwise in NFC, each with all its marks."""
    for run in _beyond_ascii.finditer(text):
        for start, end in _chunks(text, *run.span()):
            if not is_normalized("NFC", chunk := text[start:end]):
                yield from _letters(chunk, start)


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a run that are short, since composing many marks takes the square of the time, and end where a letter does."""
    while start < end:
        stop = min(start + CHUNK, end)
        while stop < min(end, start + 2 * CHUNK) and (combining(text[stop]) or _joins(text[max(start, stop - 3) : stop], text[stop])):
            stop += 1
        yield start, stop
        start = stop


def _letters(run: str, at: int) -> Iterator[Piece]:
    begin = 0
    for i in range(1, len(run) + 1):
        if i < len(run) and (combining(run[i]) or _joins(run[begin:i], run[i])):
            continue
        letter = run[begin:i]
        if (new := normalize("NFC", letter)) != letter:
            yield at + begin, at + i, new
        begin = i


def _joins(letter: str, following: str) -> bool:
    """Whether a character that is no mark is composed with the letter before it, as parts of a syllable are."""
    return normalize("NFC", letter + following) != normalize("NFC", letter) + following
