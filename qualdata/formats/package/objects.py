"""The objects of a study document before it is read, each with the class of the model that it will be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from attrs import evolve, fields, frozen, has

from qualdata._converter import TAGS, left_out
from qualdata.model.annotations import holds
from qualdata.model.media import Media
from qualdata.model.reading import Reading
from qualdata.model.source import AnySource
from qualdata.model.spans import Span
from qualdata.model.study import Study

__all__ = ["Object", "study_and_reading"]

_BY_TYPE: Final = {kind: {tag: cls for cls, tag in TAGS.items() if cls in kind.__args__} for kind in (AnySource, Span)}
"""What may be of several classes, and these by their `type`."""
_CARRIERS: Final[dict[Any, str]] = {Reading: "layout"}
"""Classes that keep what they do not know in another field than `extra`."""


@frozen(eq=False)
class Object:
    """One object of a document."""

    value: dict[str, Any]
    """The object."""
    cls: Any
    """The class that it will be."""
    carrier: dict[str, Any]
    """The object that can keep what this one does not know: itself, or the nearest one around it."""
    keeps: str
    """The field in which that one keeps it."""
    steps: tuple[str, ...] = ()
    """How one comes from there to here."""

    @property
    def fields(self) -> dict[str, Any]:
        """The fields that it may have, by their names in a document; of the `type`, nothing is held."""
        return _fields(self.cls)


@cache
def _fields(cls: Any) -> dict[str, Any]:
    tag = {"type": None} if cls in TAGS else {}
    return {**tag, **{f.alias: f for f in fields(cls) if not left_out(f)}}


def _objects(value: Any, cls: Any) -> Iterator[Object]:
    """A thing of a document and all within it."""
    todo = _at(value, cls, None, ())
    while todo:
        here = todo.pop()
        yield here
        inner = [found for name, f in here.fields.items() if f is not None and name in here.value for found in _in_field(here, name, f)]
        todo += reversed(inner)


def _in_field(here: Object, name: str, f: Any) -> list[Object]:
    held, many = holds(here.cls, f.name)
    value = here.value[name]
    if not many:
        return _at(value, held, here, (name,))
    return [found for i, item in enumerate(value) for found in _at(item, held, here, (name, str(i)))] if isinstance(value, list) else []


def _at(value: Any, cls: Any, around: Object | None, steps: tuple[str, ...]) -> list[Object]:
    """The object that stands at a place, if there is one of a class that is known."""
    if cls in _BY_TYPE:
        cls = _BY_TYPE[cls].get(str(value.get("type"))) if isinstance(value, dict) else None
    if not isinstance(value, dict) or not (isinstance(cls, type) and has(cls)) or cls is Media:
        return []
    keeps = "extra" if "extra" in _fields(cls) else _CARRIERS.get(cls)
    if keeps is not None or around is None:
        return [Object(value, cls, value, keeps or "extra")]
    return [evolve(around, value=value, cls=cls, steps=(*around.steps, *steps))]


def study_and_reading(document: dict[str, Any]) -> Iterator[Object]:
    """All objects of a document, the outer before the inner. What is changed in one before the next is asked for is taken into account."""
    yield from _objects(document.get("study"), Study)
    yield from _objects(document.get("reading"), Reading)
