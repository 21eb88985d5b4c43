"""The law of losses: a study without what its losses name is equal to what the written file says."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from attrs import NOTHING, Attribute, fields_dict

from qualdata.model.annotations import field_named, holds_things
from qualdata.model.base import Part, Thing, fold, guid_for
from qualdata.model.loss import Loss
from qualdata.model.references import each_reference, inner
from qualdata.model.source import holders
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study, walk

__all__ = ["value_at", "without"]

_PLACES = ("span", "position")
"""Fields that say where in a text something lies."""
_TOGETHER = {"path": ("media", "stored"), "rich_path": ("rich",)}
"""A field, and the handles on the file that it says the place of."""


def without(study: Study, losses: Iterable[Loss], *, returned: bool = False) -> Study:
    """A copy of a study from which exactly what the losses name is taken out: what the written file says.

    With *returned*, also what is `not carried`: what comes back from the program the file is for.

    Each field named `Class.field`, of the things of this very class with these ids, gets its default.
    Of a list of things (`Study.documents`) the things with these ids are taken out; a part without id, such
    as a Value, goes by the id of what it stands in, a slash and its number. `X.id` renames: the thing with
    the id, if any, and all references to it get the GUID that stands for it. A place that is `changed` lies
    between a CR and an LF that are counted once: it moves outward, beyond both. Raises ValueError for a field that is
    none, or that has no default.
    """
    left = deepcopy(study)
    left.reading = left._index = None
    things = _by_id(left)
    renamed: dict[str, str] = {}
    for loss in (loss for loss in losses if loss.in_file or returned):
        for name in loss.fields:
            cls, field = field_named(name)
            if field.name in _PLACES:
                _move_outward(left, field.name, set(map(fold, loss.ids)))
            elif field.metadata.get("role") == "id":
                for id in loss.ids:
                    known = things.get(fold(id))
                    renamed.setdefault(fold(id), guid_for(study.id, known[0].id if known else id))
            else:
                _take(left, things, cls, field, set(loss.ids))
    _rename(left, renamed)
    return left


def _move_outward(study: Study, name: str, ids: set[str]) -> None:
    """Move positions that lie between a CR and an LF, of the excerpts or sync points with these ids."""
    for holder in (h for s in (*study.sources, *study.memos) for h in holders(s)):
        text = getattr(holder, "text", None) or ""
        for thing in (*holder.excerpts, *getattr(holder, "sync_points", ())):
            if fold(thing.id) in ids and isinstance(place := getattr(thing, name, None), int | TextSpan):
                setattr(thing, name, _outward(text, place))


def _outward(text: str, place: Any) -> Any:
    def between(at: int) -> bool:
        return at > 0 and text[at - 1 : at + 1] == "\r\n"

    if isinstance(place, TextSpan):
        return TextSpan(place.start - between(place.start), place.end + between(place.end))
    return place - between(place)


def value_at(study: Study, name: str, id: str) -> Any:
    """What stands in a study where a loss points: at the field *name* (`Class.field`) of the thing with this id.

    Of a list of things, the thing itself. Raises KeyError where nothing is pointed at.
    """
    cls, field = field_named(name)
    things = _by_id(study)
    if not issubclass(cls, Thing):
        for part in _pointed_at(things, cls, id):
            return _get(part, field)
    for thing in things.get(fold(id), ()):
        if type(thing) is cls and not holds_things(cls, field.name):
            return _get(thing, field)
        if holds_things(cls, field.name) and any(any(t is thing for t in _get(holder, field)) for holder in walk(study) if type(holder) is cls):
            return thing
    raise KeyError(f"{name} of {id}")


def _by_id(study: Study) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for thing in walk(study):
        found.setdefault(fold(thing.id), []).append(thing)
    return found


def _take(study: Study, things: dict[str, list[Any]], cls: type, field: Attribute[Any], ids: set[str]) -> None:
    if holds_things(cls, field.name):
        gone = set(map(fold, ids))
        for holder in walk(study):
            if type(holder) is cls:
                setattr(holder, field.name, [t for t in _get(holder, field) if fold(t.id) not in gone])
        return
    for id in ids:
        for part in _pointed_at(things, cls, id):
            _reset(part, field)


def _pointed_at(things: dict[str, list[Any]], cls: type, id: str) -> list[Any]:
    """The things of a class with an id; of parts without one, that with the number after the slash in the thing before it."""
    if issubclass(cls, Thing):
        return [thing for thing in things.get(fold(id), ()) if type(thing) is cls]
    holder, _, number = id.rpartition("/")
    return [part for thing in things.get(fold(holder), ()) for i, part in enumerate(p for p in inner(thing) if type(p) is cls) if str(i) == number]


def _reset(part: Part, field: Attribute[Any]) -> None:
    """Give a field its default, and what belongs to it too."""
    default: Any = field.default
    if default is NOTHING:
        raise ValueError(f"{type(part).__name__}.{field.alias} has no default: what has it cannot do without it.")
    setattr(part, field.alias or field.name, default.factory() if hasattr(default, "factory") else default)  # `text` drops its file as well
    for other in _TOGETHER.get(field.name, ()):
        if other in fields_dict(type(part)):
            setattr(part, other, None)


def _get(part: Any, field: Attribute[Any]) -> Any:
    return getattr(part, field.alias or field.name)


def _rename(study: Study, renamed: dict[str, str]) -> None:
    """Give things and references to them other ids."""
    for thing in list(walk(study)):
        thing.id = renamed.get(fold(thing.id), thing.id)
    each_reference(study, lambda id: renamed.get(fold(id), id))
