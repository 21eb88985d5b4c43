"""All parts of a study, by their id, and how they refer to each other; made in one pass, and looked at by many rules."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar, cast

from attrs import fields, frozen

from qualdata.model.base import Part, Thing, fold, folded
from qualdata.model.spans import TranscriptSpan
from qualdata.model.study import Study
from qualdata.rules.targets import plan

__all__ = ["Index", "References", "Wrong", "held"]

T = TypeVar("T", bound=Part)


@frozen(eq=False)
class Wrong:
    """A reference that points at nothing, or at a thing of a kind it must not point at."""

    part: Part
    """The part that refers."""
    field: str
    """The field it refers in."""
    id: str
    """The id, as written."""
    target: Thing | None
    """The thing it points at, if there is one."""


@frozen(eq=False)
class References:
    """How the parts of a study refer to each other."""

    wrong: list[Wrong]
    """Those that are wrong."""
    good: set[str]
    """The ids in all others, as written."""


class Index:
    """Who is who in a study."""

    def __init__(self, study: Study) -> None:
        self.parts: list[Part] = []
        """All parts of the study, values and evidence included."""
        self.tops: list[int] = [0]
        """The numbers, among all parts, of the study and of those that stand directly in it."""
        self.things: dict[str, Thing] = {}
        """The first thing with each id, by the folded id."""
        self.again: list[Thing] = []
        """Things with an id that one before has."""
        self.extras: list[Part] = []
        """Parts with something in `extra`."""
        self.by_class: dict[type, list[Part]] = {}
        """All parts, by their class."""
        self._take([study])
        for name, _ in held(Study):
            for part in getattr(study, name):
                self.tops.append(len(self.parts))
                self._take([part])
        self._tell_apart([part for part in self.parts if isinstance(part, Thing)])

    def _take(self, parts: list[Any]) -> None:
        """Take in some parts of one class, and all that is in them; of the study, only itself."""
        todo = [parts]
        while todo:
            parts = todo.pop()
            cls = parts[0].__class__
            self.parts += parts
            self.by_class.setdefault(cls, []).extend(parts)
            self.extras += [part for part in parts if part.extra]
            for name, many in () if cls is Study else held(cls):
                if values := [value for part in parts if (value := getattr(part, name))]:
                    todo.append(list(chain.from_iterable(values)) if many else values)

    def _tell_apart(self, things: list[Thing]) -> None:
        ids = folded([thing.id for thing in things])
        self.things = dict(zip(ids, things, strict=True))
        if len(self.things) < len(things):
            self.things = dict(zip(reversed(ids), reversed(things), strict=True))  # of two with one id, the first
            self.again = [thing for id, thing in zip(ids, things, strict=True) if self.things[id] is not thing]

    def get(self, id: str) -> Thing | None:
        """The thing with an id, whatever its case and braces."""
        return self.things.get(id) or self.things.get(fold(id))

    def of(self, cls: type[T]) -> list[T]:
        """All parts of a class."""
        return cast(list[T], self.by_class.get(cls, []))

    @cached_property
    def references(self) -> References:
        """All references of the study."""
        wrong: list[Wrong] = []
        good: set[str] = set()
        for cls, parts in self.by_class.items():
            for name, allowed, many in plan(cls):
                ids = _all_ids(map(attrgetter(name), parts), name, many)
                targets = {id: self.get(id) for id in ids}
                bad = {id for id, target in targets.items() if not isinstance(target, allowed)}
                good |= ids - bad
                wrong += [Wrong(part, name, id, targets[id]) for part in (parts if bad else ()) for id in _ids(getattr(part, name)) if id in bad]
        return References(wrong, good)


_HELD: dict[type, tuple[tuple[str, bool], ...]] = {}


def held(cls: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a class that hold other parts of the study, each with whether it holds many."""
    if cls not in _HELD:
        found = [(f.name, str(f.type)) for f in fields(cls) if f.init and f.name not in ("extra", "reading", "span")]
        _HELD[cls] = tuple((name, "list[" in kind) for name, kind in found if ("list[" in kind and "list[str]" not in kind) or "Source" in kind)
    return _HELD[cls]


def _all_ids(values: Iterable[Any], name: str, many: bool) -> set[str]:
    """The ids in a field of many parts, each once."""
    if many:
        return set(chain.from_iterable(filter(None, values)))
    return {id for value in values if value.__class__ is TranscriptSpan for id in _ids(value)} if name == "span" else set(values) - {None}


def _ids(value: Any) -> Iterable[str]:
    """The ids that a field holds."""
    if isinstance(value, str):
        return (value,)
    if value.__class__ is TranscriptSpan:
        return [id for id in (value.start, value.end) if id is not None]
    return value if isinstance(value, list) else ()
