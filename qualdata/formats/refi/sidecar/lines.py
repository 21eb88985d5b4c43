"""Lines of a text that was edited, and of the one that it was: by them places are found again.

Of the old text, only how long its lines were is known. Lines are the same up to the first whose length differs, and from the last
such on; between these, they are one another's if there are as many.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, repeat, takewhile
from typing import Any

from attrs import frozen

from qualdata.formats.refi.sidecar.words import lines
from qualdata.model.spans import TextSpan

__all__ = ["Edited", "Lines"]


@frozen
class Lines:
    """The lines of a text: where each begins, and how long it is."""

    starts: Sequence[int]
    lengths: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Those of a text that is there."""
        found = lines(text)
        starts, at = [], 0
        for line in found:
            starts.append(at)
            at += len(line)
            at += 2 if text[at : at + 2] == "\r\n" else 1
        return cls(starts, [*map(len, found)])

    @classmethod
    def known(cls, known: dict[str, Any]) -> Lines:
        """Those of a text that is not, by what it was known by."""
        lengths: list[int] = known["lines"]
        ends = chain(chain.from_iterable(repeat(len(end), min(count, len(lengths))) for end, count in known["ends"]), repeat(1))
        steps = [length + end for length, end in zip(lengths, ends, strict=False)]
        return cls([*accumulate(steps[:-1], initial=0)], lengths)

    def at(self, position: int) -> tuple[int, int]:
        """The line that a position lies in, and how far from its beginning."""
        number = max(bisect_right(self.starts, position) - 1, 0)
        return number, position - self.starts[number]

    def same(self, other: Lines) -> Callable[[int], int | None]:
        """Which line of another text a line is; None where that cannot be told."""
        a, b = self.lengths, other.lengths
        most = min(len(a), len(b))
        head = _alike(zip(a, b, strict=False))
        tail = min(_alike(zip(reversed(a), reversed(b), strict=False)), most - head)
        shift = len(b) - len(a)

        def line(number: int) -> int | None:
            if number < head or (shift == 0 and number < len(a)):
                return number
            return number + shift if number >= len(a) - tail else None

        return line


def _alike(pairs: Any) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


class Edited:
    """A text that was edited: where places of the old one stand in it."""

    def __init__(self, known: dict[str, Any], text: str) -> None:
        self.text, self.old, self.new = text, Lines.known(known), Lines.of(text)
        self.line = self.old.same(self.new)

    def span(self, span: TextSpan) -> TextSpan | None:
        """A place: begun as far from where its line begins as before, ended as far from where that ends."""
        first, last = self.old.at(span.start), self.old.at(span.end)
        begins, ends = self.line(first[0]), self.line(last[0])
        if begins is None or ends is None:
            return None
        start = self.new.starts[begins] + first[1]
        end = self.new.starts[ends] + self.new.lengths[ends] - (self.old.lengths[last[0]] - last[1])
        whole = first[1] <= self.new.lengths[begins] and 0 <= start <= end <= len(self.text)
        return TextSpan(start, end) if whole else None

    def before(self, position: int) -> str:
        """What stands before a position in its line."""
        return self.text[self.new.starts[self.new.at(position)[0]] : position]

    def words(self, words: str, span: TextSpan) -> TextSpan | None:
        """Where words stand that stood at a place, if they stand once in its line."""
        number = self.line(self.old.at(span.start)[0])
        if number is None:
            return None
        start = self.new.starts[number]
        line = self.text[start : start + self.new.lengths[number]]
        at = start + line.find(words)
        return TextSpan(at, at + len(words)) if words and line.count(words) == 1 else None
