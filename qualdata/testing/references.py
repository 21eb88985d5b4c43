"""All references within a part of a study."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve, fields

from qualdata.model.base import REF, Part
from qualdata.model.spans import TranscriptSpan
from qualdata.model.study import walk

__all__ = ["each_reference", "parts"]


def parts(part: Part) -> Iterator[Part]:
    """A part and all within it, values included, which have no id."""
    for thing in walk(part):
        yield thing
        yield from getattr(thing, "values", ())


def each_reference(part: Part, new: Callable[[str], str | None]) -> None:
    """Replace each reference within a part; one for which there is nothing new is taken out."""
    for holder in list(parts(part)):
        for f in fields(type(holder)):
            value = getattr(holder, f.name)
            if f.metadata.get("role") == REF["role"] and value:
                setattr(holder, f.name, new(value) if isinstance(value, str) else [n for v in value if (n := new(v)) is not None])
            elif isinstance(value, TranscriptSpan):
                setattr(holder, f.name, evolve(value, start=value.start and new(value.start), end=value.end and new(value.end)))
