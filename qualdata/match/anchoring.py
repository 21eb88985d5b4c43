"""Where a quote stands in a text: as it is, then folded, then with a few characters changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import Final, Literal
from unicodedata import combining

from attrs import frozen

from qualdata.match.folding import Folded, fold_text, folded
from qualdata.match.nearly import can_measure, nearest, occurrences
from qualdata.model.excerpt import Quote
from qualdata.model.spans import TextSpan

__all__ = ["BOUND", "Anchor", "Anchored", "Anchorer", "Basis", "anchor", "anchor_all"]

Basis = Literal["exact", "folded", "fuzzy"]
Place = tuple[int, int]

BOUND: Final = 0.15
"""How many of a quote's characters may have been inserted, left out or replaced, as a share of its length."""
CUT: Final = "\u2026"
MOST: Final = 500
"""How many places on each side of the stated one are looked at."""


@frozen
class Anchor:
    """The place of a quote in a text."""

    span: TextSpan
    """Where it stands, in code points."""
    confidence: float
    """From 0 to 1: the share of characters that agree, divided by the number of places that are as good as this
    one. So more than 0.5 means that there is one such place only, or that what is known of it decided."""
    basis: Basis
    """How it was found: as it is (`exact`), but for white space, dashes and the like (`folded`), but for some characters (`fuzzy`)."""
    cut: bool = False
    """Whether the quote ended in an ellipsis that the text has not, so that the place may go on."""


@frozen
class Anchored:
    """The places of several quotes in one text."""

    quotes: list[str | Quote]
    """The quotes, as they were given."""
    anchors: list[Anchor | None]
    """Where each stands; None for one that was not found."""
    fuzzy: bool
    """Whether quotes with changed characters were looked for too, which needs rapidfuzz (`pip install 'qualdata[match]'`)."""

    @property
    def found(self) -> list[tuple[str | Quote, Anchor]]:
        """The quotes that were found, with their places."""
        return [(q, a) for q, a in zip(self.quotes, self.anchors, strict=True) if a is not None]

    @property
    def unmatched(self) -> list[str | Quote]:
        """The quotes that were not found."""
        return [q for q, a in zip(self.quotes, self.anchors, strict=True) if a is None]


def anchor(quote: str | Quote, text: str, *, near: int | None = None, bound: float = BOUND) -> Anchor | None:
    """Where a quote stands in a text, or None; of many quotes in one text, see `Anchorer`.

    Tried in turn: the words as they are; folded (see `qualdata.match.folding`); folded, without the ellipsis at
    their end, as of a name that was cut; with at most *bound* of their characters changed, which needs rapidfuzz.
    The first that finds places decides. Of several places, those with the fewest edits count, then those whose
    surroundings agree with the prefix and suffix of the quote, then the one at or nearest to *near*, in code points.
    If nothing tells them apart, the first is returned, with a confidence of 1 divided by their number; with changed characters,
    none is.
    """
    return Anchorer(text).anchor(quote, near=near, bound=bound)


def anchor_all(quotes: Iterable[str | Quote], text: str, *, near: Sequence[int | None] | None = None, bound: float = BOUND) -> Anchored:
    """Where each of several quotes stands in a text; *near* has a position, or None, for each."""
    wanted = list(quotes)
    anchorer = Anchorer(text)
    places = [None] * len(wanted) if near is None else near
    return Anchored(wanted, [anchorer.anchor(q, near=n, bound=bound) for q, n in zip(wanted, places, strict=True)], can_measure())


class Anchorer:
    """A text in which quotes are looked for; it is folded once, when that is first needed."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> Folded:
        """The text, folded."""
        return fold_text(self.text)

    def anchor(self, quote: str | Quote, *, near: int | None = None, bound: float = BOUND) -> Anchor | None:
        """Where a quote stands in the text, or None; see the function of this name."""
        quote = Quote(quote) if isinstance(quote, str) else quote
        for basis, places, agreeing, cut in self._rounds(quote.exact, near, bound):
            if places:
                start, end, rivals = self._best(places, quote, near)
                return None if basis == "fuzzy" and rivals > 1 else Anchor(TextSpan(start, end), agreeing / rivals, basis, cut)
        return None

    def _rounds(self, exact: str, near: int | None, bound: float) -> Iterator[tuple[Basis, list[Place], float, bool]]:
        """The places that each way of looking finds, with the share of characters that agree."""
        yield "exact", _places(exact, self.text, near), 1.0, False
        words = folded(exact).strip()
        yield "folded", self._folded_places(words, near), 1.0, False
        stem = words.rstrip(CUT).rstrip()
        if stem != words:
            yield "folded", self._folded_places(stem, near), 1.0, True
        found = nearest(stem, self.folded.text, int(bound * len(stem)))
        edits = found[0].edits if found else 0
        yield "fuzzy", [self._back(n.start, n.end) for n in found], 1 - edits / max(len(stem), 1), stem != words

    def _folded_places(self, words: str, near: int | None) -> list[Place]:
        places = _places(words, self.folded.text, None if near is None else self.folded.to(near))
        return [self.folded.back(*place) for place in places]

    def _back(self, start: int, end: int) -> Place:
        """A place of the folded text without the white space at its ends, in the text."""
        words = self.folded.text[start:end]
        return self.folded.back(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))

    def _best(self, places: list[Place], quote: Quote, near: int | None) -> tuple[int, int, int]:
        """The best of some places, and how many are as good."""
        if len(places) == 1:
            return *places[0], 1
        ranks = [(self._strange(p, quote), near is not None and p[0] != near, self._torn(p), 0 if near is None else abs(p[0] - near)) for p in places]
        best = min(ranks)
        return *places[ranks.index(best)], ranks.count(best)

    def _strange(self, place: Place, quote: Quote) -> int:
        """How little the surroundings of a place agree with what a quote says of them, in tenths."""
        around = len(quote.prefix) + len(quote.suffix)
        if not around:
            return 0
        start, end = place
        before, after = self.text[max(start - 2 * len(quote.prefix), 0) : start], self.text[end : end + 2 * len(quote.suffix)]
        agreeing = _agreeing(folded(before)[::-1], folded(quote.prefix)[::-1]) + _agreeing(folded(after), folded(quote.suffix))
        return -(10 * agreeing // around)

    def _torn(self, place: Place) -> bool:
        """Whether a place begins or ends within what is seen as one character."""
        return any(0 < p < len(self.text) and (_trails(self.text[p]) or self.text[p - 1] == "\u200d" or self.text[p - 1 : p + 1] == "\r\n") for p in place)


def _places(words: str, text: str, near: int | None) -> list[Place]:
    """Where words stand in a text: the places nearest to a position, from there on and back."""
    if not words:
        return []
    ahead = occurrences(words, text, max(near or 0, 0))
    back = _backward(words, text, near or 0)
    return [(at, at + len(words)) for at in chain(islice(ahead, MOST), islice(back, MOST))]


def _backward(words: str, text: str, before: int) -> Iterator[int]:
    """Where words stand that begin before a position, the last first."""
    at = text.rfind(words, 0, before + len(words) - 1) if before > 0 else -1
    while at >= 0:
        yield at
        at = text.rfind(words, 0, at + len(words) - 1)


def _agreeing(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _trails(character: str) -> bool:
    """Whether a character belongs to the one before it: a mark, a joiner, a variation, the colour of a skin."""
    return bool(combining(character)) or character in "\u200d\ufe0e\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"
