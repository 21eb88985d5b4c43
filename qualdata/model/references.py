"""All references within a part of a study."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve, fields

from qualdata.model.annotations import holds_parts
from qualdata.model.base import REF, Part
from qualdata.model.spans import TranscriptSpan
from qualdata.model.study import walk

__all__ = ["each_reference", "inner", "parts"]


def parts(part: Part) -> Iterator[Part]:
    """A part and all within it, values, evidence and permissions included, which have no id."""
    for thing in walk(part):
        yield thing
        yield from inner(thing)


def inner(thing: Part) -> Iterator[Part]:
    """The parts without an id that stand directly in a thing."""
    cls = type(thing)
    for f in fields(cls):
        if f.init and holds_parts(cls, f.name):
            yield from getattr(thing, f.name)


def each_reference(part: Part, new: Callable[[str], str | None]) -> None:
    """Replace each reference within a part; one for which there is nothing new is taken out."""
    for holder in list(parts(part)):
        for f in fields(type(holder)):
            value = getattr(holder, f.name)
            if f.metadata.get("role") == REF["role"] and value is not None:
                setattr(holder, f.name, new(value) if isinstance(value, str) else [n for v in value if (n := new(v)) is not None])
            elif isinstance(value, TranscriptSpan):
                setattr(holder, f.name, evolve(value, start=value.start and new(value.start), end=value.end and new(value.end)))
