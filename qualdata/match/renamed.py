"""Codes that have another name in one of two readings, told by what they are laid on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterator

from qualdata.match.pairing import Pair, Pairing
from qualdata.match.side import Side
from qualdata.model.base import fold
from qualdata.model.code import Code

__all__ = ["renamed_pairs"]

Places = dict[str, set[Hashable]]


def renamed_pairs(sides: tuple[Side, Side], codes: Pairing[Code]) -> list[Pair[Code]]:
    """Of the codes that are left, those that are laid, by the same coders, on the same passages for the most part."""
    if not codes.here or not codes.there:
        return []
    here, there = ({side.id_of(c): c for c in left} for side, left in zip(sides, (codes.here, codes.there), strict=True))
    return [Pair(here[a], there[b], "codings") for a, b in _alike(_places(sides[0], here), _places(sides[1], there))]


def _places(side: Side, wanted: Container[str]) -> Places:
    """What codes are laid on and by whom, by their ids."""
    found: Places = {}
    for coding in side.things["codings"]:
        code = side.keys.get(coding.code) or fold(coding.code)
        if code not in wanted:
            continue
        place = side.place(coding)
        place = side.words(coding, False) if place is None else place
        if place is not None:
            found.setdefault(code, set()).add((place, side.ref(coding.coder)))
    return found


def _alike(here: Places, there: Places) -> Iterator[tuple[str, str]]:
    """The codes that share more than half of what either is laid on; at most one fits, unless two are laid on the same."""
    at: dict[Hashable, list[str]] = {}
    for code, places in there.items():
        for place in places:
            at.setdefault(place, []).append(code)
    shared = {code: Counter(other for place in places for other in at.get(place, ())) for code, places in here.items()}
    fits = [(a, b) for a, others in shared.items() for b, n in others.items() if 2 * n > max(len(here[a]), len(there[b]))]
    firsts, seconds = Counter(a for a, _ in fits), Counter(b for _, b in fits)
    return ((a, b) for a, b in fits if firsts[a] == seconds[b] == 1)
