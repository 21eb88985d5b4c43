"""Lists of which a part is made of other things of a study: in the order of the file that was read, where it had another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from attrs import frozen

__all__ = ["Arrangement"]

T = TypeVar("T")


@frozen
class Arrangement:
    """How things of one kind stand in a list: known by their ids, or by what else is given."""

    by: Callable[[Any], str] = attrgetter("id")
    """What a thing is known by."""
    group: Callable[[Any], object] = type
    """Made things for which this is equal keep their order."""

    def merged(self, own: list[T], made: list[T], order: Sequence[str]) -> list[T]:
        """A study's own things and the made ones, in an order if there is one, and if it changes neither that of the own ones nor that of a group."""
        things = [*own, *made]
        if not order:
            return things
        place = {key: n for n, key in enumerate(order)}
        placed = sorted(things, key=lambda t: place.get(self.by(t), len(place)))
        groups = {id(t): 0 for t in own} | {id(t): self.group(t) for t in made}
        return placed if _grouped(placed, groups) == _grouped(things, groups) else things

    def order(self, before: Iterable[T], own: list[T], made: list[T]) -> list[str] | None:
        """The order to keep of a list, so that `merged` makes it again; None where it does so without."""
        written = [self.by(t) for t in before]
        return None if written == [self.by(t) for t in (*own, *made)] else written


def _grouped(things: list[Any], groups: dict[int, object]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for thing in things:
        found.setdefault(groups[id(thing)], []).append(id(thing))
    return found
