"""Short handles for things with an id: they survive any editor, and lead back to one thing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, Generic, TypeVar

from qualdata.model.base import Thing, fold

__all__ = ["LETTERS", "SHORTEST", "Handles"]

T = TypeVar("T", bound=Thing)

LETTERS: Final = "23456789bcdfghjkmnpqrstvwxz"
"""What handles are made of: no vowels, so that they are never words, and nothing that looks like something else (0 o, 1 l i)."""
SHORTEST: Final = 5
_LENGTH: Final = 24


class Handles(Generic[T]):
    """A handle for each of some things: the first five letters of a hash of its id, or as many as tell it from all others.

    So a handle stays the same whatever else is added or taken out, but for two that begin alike, one in fourteen million. Then
    both get longer, and the short form, where it was written already, leads to both: it is never wrong without a word.
    """

    def __init__(self, things: Iterable[T]) -> None:
        self._things: dict[str, T] = {}
        for thing in things:
            self._things.setdefault(_hashed(thing.id), thing)
        self._sorted = sorted(self._things)

    def of(self, thing: Thing) -> str:
        """The handle of one of the things."""
        whole = _hashed(thing.id)
        at = bisect_left(self._sorted, whole)
        beside = [other for n in (at - 1, at + 1) if 0 <= n < len(self._sorted) and (other := self._sorted[n]) != whole]
        return whole[: max([SHORTEST, *(_alike(whole, other) + 1 for other in beside)])]

    def find(self, handle: str) -> list[T]:
        """The things that a handle, however its capitals are written, may mean: one, if it is whole."""
        wanted = handle.lower()
        at = bisect_left(self._sorted, wanted)
        found = []
        while at < len(self._sorted) and self._sorted[at].startswith(wanted):
            found.append(self._things[self._sorted[at]])
            at += 1
        return found if len(wanted) >= SHORTEST else []


def _hashed(id: str) -> str:
    number = int.from_bytes(sha256(fold(id).encode()).digest())
    letters = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(LETTERS))
        letters.append(LETTERS[digit])
    return "".join(letters)


def _alike(one: str, other: str) -> int:
    """How many letters two begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b), len(one))
