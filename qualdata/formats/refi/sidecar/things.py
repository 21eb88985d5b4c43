"""Lists of things in two readings: those that both have, those that could not come back, those that are new."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from attrs import fields

from qualdata.formats.refi.sidecar import passages
from qualdata.formats.refi.sidecar.both import Both
from qualdata.formats.refi.sidecar.fields import Moves, follow
from qualdata.model.annotations import holds_things
from qualdata.model.base import Thing, fold
from qualdata.model.source import Source, Transcript

__all__ = ["lists"]

T = TypeVar("T", bound=Thing)


def lists(both: Both, moves: Moves, cls: type, name: str, ours: list[T], theirs: list[T]) -> list[T]:
    """The things of one list of a class."""
    kept = [thing for thing in ours if both.stays(cls, name, thing)]
    for thing in kept:
        if (there := both.other.get(id(thing))) is not None:
            _thing(both, moves, thing, there)
    if name not in both.said(cls):
        return kept
    return [*kept, *(both.adopted(thing) for thing in theirs if id(thing) not in both.owner and fold(thing.id) not in both.unmade)]


def _thing(both: Both, moves: Moves, ours: Any, theirs: Any) -> None:
    """A thing that both have, and all within it."""
    if ours is theirs:
        return
    follow(both, moves, ours, theirs)
    cls: Any = type(ours)
    for name in _inner(cls):
        if name in both.said(cls):
            setattr(ours, name, lists(both, moves, cls, name, getattr(ours, name), getattr(theirs, name)))
    if isinstance(ours, Source | Transcript):
        ours.excerpts = passages.excerpts(both, moves, ours, theirs)
        for excerpt in ours.excerpts:
            if (there := both.other.get(id(excerpt))) is not None:
                _representation(both, moves, excerpt, there)
    if isinstance(ours, Source):
        ours.codings = passages.codings(both, moves, ours, theirs.codings)
    _representation(both, moves, ours, theirs)


@cache
def _inner(cls: Any) -> tuple[str, ...]:
    """The fields that hold things within a thing, but for excerpts and codings."""
    return tuple(f.name for f in fields(cls) if f.init and f.name not in ("excerpts", "codings") and holds_things(cls, f.name))


def _representation(both: Both, moves: Moves, ours: Any, theirs: Any) -> None:
    """The text of a thing that is none itself."""
    here, there = getattr(ours, "representation", None), getattr(theirs, "representation", None)
    if here is not None and there is not None:
        _thing(both, moves, here, there)
    elif there is not None:
        ours.representation = both.adopted(there)
