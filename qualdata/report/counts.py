"""How often codes were laid: codings, passages, cases and sources, of the codings that count (`qualdata.model.counting`)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from attrs import Factory, define

from qualdata.model.base import fold
from qualdata.model.counting import counting
from qualdata.model.segments import Segment
from qualdata.model.study import Study

__all__ = ["COUNTS", "Counts", "counted_codes", "valid"]

COUNTS: Final = ("codings", "passages", "cases", "sources")
"""What is counted of a code."""


@define
class Counts:
    """What was coded with one code."""

    codings: set[Hashable] = Factory(set)
    """The codings."""
    passages: set[Hashable] = Factory(set)
    """The places: several codings, or excerpts, on one place are one."""
    cases: set[Hashable] = Factory(set)
    """The cases that they are about."""
    sources: set[Hashable] = Factory(set)
    """The sources that they stand in."""

    def add(self, segment: Segment) -> None:
        """Count one more coding."""
        self.codings.add(id(segment.coding))
        self.passages.add(segment.place)
        self.cases.update(id(case) for case in segment.cases)
        self.sources.add(id(segment.source))

    def take(self, other: Counts) -> None:
        """Count what was coded with another code, too."""
        for name in COUNTS:
            getattr(self, name).update(getattr(other, name))

    def numbers(self) -> tuple[int, ...]:
        """How many of each, in the order of `COUNTS`."""
        return tuple(len(getattr(self, name)) for name in COUNTS)


def valid(study: Study) -> Iterator[Segment]:
    """The segments whose codings count."""
    counts = {id(coding) for coding in counting(study).values()}
    return (segment for segment in study.segments() if id(segment.coding) in counts)


def counted_codes(study: Study, *, with_subcodes: bool = False) -> dict[str, Counts]:
    """What was coded with each code, by its folded id; with what was coded with those under it, if asked."""
    counts: dict[str, Counts] = {fold(code.id): Counts() for code in study.codes}
    for segment in valid(study):
        if segment.code is not None:
            counts[fold(segment.code.id)].add(segment)
    if with_subcodes:
        tree = study.code_tree
        for code, _ in reversed(list(tree.walk())):
            for child in tree.under(code):
                counts[fold(code.id)].take(counts[fold(child.id)])
    return counts
