"""Where in REFI-QDA 1.5 the same stands as in a field: elements and attributes by the binding, clauses by what classes and fields say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from qualdata.formats.refi import binding
from qualdata.formats.refi.vocabulary import Attr, Box, Child, Element, Nested, Part, Text
from qualdata.schema.classes import described

__all__ = ["in_refi"]

_ROOTS: Final = ((binding.ROOT, binding.PROJECT), (binding.CODEBOOK_ROOT, binding.CODEBOOK))
_clauses = re.compile(r"clauses? (\d[\d.]*\d|\d+)((?:(?:, | and )\d[\d.]*)*)")
_number = re.compile(r"\d+(?:\.\d+)*")


@cache
def in_refi(cls: type, field: str) -> dict[str, list[str]] | None:
    """The clauses, and the elements (`Code`) and attributes (`Code/@name`) that say a field; None where REFI-QDA has no place for it."""
    names = _names().get((cls, field))
    if names is None:
        return None
    return {"clauses": _told(described(cls)[field]) or _told(cls.__doc__ or ""), "names": [*dict.fromkeys(names)]}


def _told(text: str) -> list[str]:
    """The clauses that a text speaks of."""
    return [number for found in _clauses.finditer(text) for number in _number.findall(found[0])]


@cache
def _names() -> dict[tuple[type, str], list[str]]:
    """What says each field, in the order of the schemas of REFI-QDA."""
    found: dict[tuple[type, str], list[str]] = {}
    todo, seen = [*_ROOTS], set[tuple[str, int]]()
    for tag, element in todo:
        if (tag, id(element)) in seen:
            continue
        seen.add((tag, id(element)))
        for name, part in element.parts.items():
            for field, place in _said(tag, name, part, element.cls):
                found.setdefault(field, []).append(place)
            todo += _within(name, part)
    return found


def _within(name: str, part: Part) -> Iterator[tuple[str, Element]]:
    if isinstance(part, Child):
        yield name, part.element
    if isinstance(part, Box):
        yield from part.holds.items()


def _said(tag: str, name: str, part: Part, cls: Any) -> Iterator[tuple[tuple[type, str], str]]:
    """The fields that one part of an element says, and the names it has."""
    if isinstance(part, Attr) and part.group:
        yield (cls, part.group[0]), f"{tag}/@{name}"
        yield (part.group[1], part.field), f"{tag}/@{name}"
    elif isinstance(part, Box):
        yield from (((cls, part.field), "/".join((tag, name, *part.path, inner))) for inner in part.holds)
    elif isinstance(part, Nested):
        yield (cls, part.field), f"{tag}/{name}"
    else:
        yield (cls, part.field), f"{tag}/@{name}" if isinstance(part, Attr) else f"{tag}/{name}"
    if isinstance(part, Text) and part.tell:
        yield (cls, part.tell[0]), f"{tag}/{name}"
