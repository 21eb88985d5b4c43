"""Where words stand nearly: found by pieces that were not changed, then measured with rapidfuzz.

If words stand in a text with at most *n* characters inserted, left out or replaced, then of n + 1 pieces of them at least
one stands there unchanged. Each such piece found says where the words would begin; the places that most pieces agree
on are measured, from the piece outward, so that the ends of the words are found to the character. (The library's own
`partial_ratio_alignment` only knows windows as long as the words, and its time grows with the cube of their length.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice, pairwise
from typing import Final

from attrs import frozen

__all__ = ["Near", "can_measure", "nearest", "occurrences"]

PLACES: Final = 100
"""How many places are measured at most."""
HITS: Final = 1000
"""How often a piece is looked up at most."""


@frozen
class Near:
    """A place at which words nearly stand."""

    start: int
    end: int
    edits: int
    """How many characters were inserted, left out or replaced."""


def can_measure() -> bool:
    """Whether rapidfuzz is there (`pip install 'qualdata[match]'`)."""
    return find_spec("rapidfuzz") is not None


def nearest(words: str, text: str, most: int) -> list[Near]:
    """The places at which words stand with the fewest edits, *most* at most; none without rapidfuzz."""
    if most < 1 or not can_measure():
        return []
    found: list[Near] = []
    for begin, offset in _promising(words, text, most):
        near = _measured(words, text, begin, offset, most)
        if near is not None:
            found.append(near)
    fewest = min((near.edits for near in found), default=0)
    apart: list[Near] = []
    for near in sorted((n for n in found if n.edits == fewest), key=lambda n: n.start):
        if not apart or near.start >= apart[-1].end:
            apart.append(near)
    return apart


def occurrences(words: str, text: str, start: int = 0) -> Iterator[int]:
    """Where words stand in a text from a position on, overlapping or not."""
    at = text.find(words, start)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _promising(words: str, text: str, most: int) -> list[tuple[int, int]]:
    """Where the words would begin, and one piece of them that says so; what most pieces say first."""
    votes: Counter[int] = Counter()
    pieces: dict[int, int] = {}
    cuts = [len(words) * i // (most + 1) for i in range(most + 2)]
    for offset, end in pairwise(cuts):
        for at in islice(occurrences(words[offset:end], text), HITS):
            votes[at - offset] += 1
            pieces[at - offset] = offset
    return [(begin, pieces[begin]) for begin, _ in votes.most_common(PLACES)]


def _measured(words: str, text: str, begin: int, offset: int, most: int) -> Near | None:
    """The place around one unchanged character of the words, if the edits are not too many."""
    from rapidfuzz.distance import Levenshtein

    window = text[max(begin, 0) : begin + len(words)]
    if Levenshtein.distance(words, window, score_cutoff=2 * most) > 2 * most:  # both ends may lie off by all the edits
        return None
    at = begin + offset
    after = _reach(words[offset:], text[at : at + len(words) - offset + most], most)
    before = _reach(words[:offset][::-1], text[max(at - offset - most, 0) : at][::-1], most)
    edits = before[1] + after[1]
    return Near(at - before[0], at + after[0], edits) if edits <= most else None


def _reach(words: str, text: str, most: int) -> tuple[int, int]:
    """How far into a text words reach that begin where it begins, and with how many edits; more than *most* is too many."""
    from rapidfuzz.distance import Levenshtein

    best = len(words), most + 1
    for length in sorted(range(max(len(words) - most, 0), min(len(words) + most, len(text)) + 1), key=lambda n: abs(n - len(words))):
        if best[1] and (edits := Levenshtein.distance(words, text[:length], score_cutoff=best[1] - 1)) < best[1]:
            best = length, edits
    return best
