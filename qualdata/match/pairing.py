"""Pairing the things of two lists, round by round: what one round cannot tell is left to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from attrs import field, frozen

__all__ = ["Pair", "Pairing", "Round", "paired"]

T = TypeVar("T")
Key = Callable[[T], Hashable | None]


@frozen
class Round(Generic[T]):
    """One way of telling that two things are the same: both have the same key. None is no key."""

    basis: str
    """What the key is, in a word or two: `id`, `path of names`."""
    here: Key[T]
    """The key of a thing of the first list."""
    there: Key[T]
    """The key of a thing of the second list."""
    in_order: bool = False
    """Whether things that share a key are paired in their order, where both lists have as many of them."""


@frozen
class Pair(Generic[T]):
    """Two things that are the same, and how that was told."""

    here: T
    there: T
    basis: str


@frozen
class Pairing(Generic[T]):
    """What was paired, and what each list has that the other has not, in the order of the lists."""

    pairs: list[Pair[T]] = field(factory=list)
    here: list[T] = field(factory=list)
    there: list[T] = field(factory=list)


def paired(here: Iterable[T], there: Iterable[T], rounds: Iterable[Round[T]]) -> Pairing[T]:
    """Pair the things of two lists; each thing is paired at most once, in the first round that can tell."""
    first, second = list(here), list(there)
    pairs: list[Pair[T]] = []
    for way in rounds:
        keyed = _by_key(second, way.there)
        found: set[int] = set()
        for key, these in _by_key(first, way.here).items():
            those = keyed.get(key, [])
            if len(these) == len(those) and (len(these) == 1 or way.in_order):
                pairs += [Pair(a, b, way.basis) for a, b in zip(these, those, strict=True)]
                found.update(map(id, (*these, *those)))
        first, second = ([t for t in left if id(t) not in found] for left in (first, second))
    return Pairing(pairs, first, second)


def _by_key(things: Iterable[T], key: Key[T]) -> dict[Hashable, list[T]]:
    groups: dict[Hashable, list[T]] = {}
    for thing in things:
        of = key(thing)
        if of is not None:
            groups.setdefault(of, []).append(thing)
    return groups
