"""A tree made of a flat list in which each thing names its parent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from attrs import field, frozen

from qualdata.model.base import Thing, fold

__all__ = ["Tree"]

T = TypeVar("T", bound=Thing)


@frozen
class Tree(Generic[T]):
    """Who stands under whom. A parent that is not there, or that stands under its own child, counts as none."""

    roots: list[T]
    """What stands at the top."""
    children: dict[str, list[T]]
    """What stands under each thing, by its folded id."""
    misplaced: list[T] = field(factory=list)
    """The roots that name a parent all the same."""

    @classmethod
    def of(cls, things: Iterable[T], parent_of: Callable[[T], str | None]) -> Tree[T]:
        """The tree of a flat list."""
        things = list(things)
        known = {fold(t.id) for t in things}
        parents = {fold(t.id): fold(parent) for t in things if (parent := parent_of(t)) is not None}
        loose = _cyclic(parents)
        tree = cls([], {})
        for thing in things:
            key, parent = fold(thing.id), parent_of(thing)
            if parent is not None and fold(parent) in known and key not in loose:
                tree.children.setdefault(fold(parent), []).append(thing)
                continue
            tree.roots.append(thing)
            if parent is not None:
                tree.misplaced.append(thing)
        return tree

    def under(self, thing: T) -> list[T]:
        """What stands directly under a thing."""
        return self.children.get(fold(thing.id), [])

    def walk(self) -> Iterator[tuple[T, int]]:
        """All things, each before those under it, with their depth from 1."""
        stack = [(thing, 1) for thing in reversed(self.roots)]
        while stack:
            thing, depth = stack.pop()
            yield thing, depth
            stack.extend((child, depth + 1) for child in reversed(self.under(thing)))


def _cyclic(parents: dict[str, str]) -> set[str]:
    """The ids that stand in a cycle of parents; what only hangs below a cycle does not."""
    done: set[str] = set()
    loose: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        key = start
        while key in parents and key not in done and key not in path:
            path[key] = len(path)
            key = parents[key]
        if key in path:
            loose.update(k for k, place in path.items() if place >= path[key])
        done.update(path)
    return loose
