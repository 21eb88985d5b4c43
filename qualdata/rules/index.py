"""All parts of a study, by their id, and how they refer to each other; made in one pass, and looked at by many rules."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from attrs import fields, frozen

from qualdata.model.base import Part, Thing, fold
from qualdata.model.spans import TranscriptSpan
from qualdata.model.study import Study
from qualdata.rules.targets import plan

__all__ = ["Index", "Wrong", "held"]


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


class Index:
    """Who is who in a study."""

    def __init__(self, study: Study) -> None:
        self.parts: list[Part] = []
        """All parts of the study, values and evidence included, each before those in it."""
        self.tops: list[int] = [0]
        """The numbers, among all parts, of the study and of those that stand directly in it."""
        self.things: dict[str, Thing] = {}
        """The first thing with each id, by the folded id."""
        self.again: list[Thing] = []
        """Things with an id that one before has."""
        self.extras: list[Part] = []
        """Parts with something in `extra`."""
        self._take([study])
        for name, _ in held(Study):
            for part in getattr(study, name):
                self.tops.append(len(self.parts))
                self._take([part])

    def _take(self, todo: list[Any]) -> None:
        """Take in some parts, and all that is in them; of the study, only itself."""
        parts, things, held_in = self.parts, self.things, _HELD
        while todo:
            part = todo.pop()
            parts.append(part)
            if part.extra:
                self.extras.append(part)
            id = getattr(part, "id", None)
            if id is not None and things.setdefault(fold(id), part) is not part:
                self.again.append(part)
            cls = part.__class__
            for name, many in held_in[cls] if cls in held_in else held(cls):
                if cls is not Study and (value := getattr(part, name)):
                    todo += reversed(value) if many else (value,)

    def get(self, id: str) -> Thing | None:
        """The thing with an id, whatever its case and braces."""
        return self.things.get(id) or self.things.get(fold(id))

    @cached_property
    def references(self) -> tuple[list[Wrong], set[str]]:
        """The references that are wrong, and the folded ids of all things that something refers to."""
        wrong: list[Wrong] = []
        good: dict[tuple[type, ...], dict[str, None]] = {}
        plans = {cls: [(name, allowed, good.setdefault(allowed, {})) for name, allowed in plan(cls)] for cls in set(map(type, self.parts))}
        for part in self.parts:
            for name, allowed, known in plans[type(part)]:
                value = getattr(part, name)
                if not value or (value.__class__ is str and value in known):
                    continue
                for id in _ids(value):
                    if id not in known:
                        self._look_up(part, name, id, allowed, known, wrong)
        return wrong, {fold(id) for known in good.values() for id in known}

    def _look_up(self, part: Part, name: str, id: str, allowed: tuple[type, ...], known: dict[str, None], wrong: list[Wrong]) -> None:
        target = self.get(id)
        if isinstance(target, allowed):
            known[id] = None
        else:
            wrong.append(Wrong(part, name, id, target))


_HELD: dict[type, tuple[tuple[str, bool], ...]] = {}


def held(cls: Any) -> tuple[tuple[str, bool], ...]:
    """The fields of a class that hold other parts of the study, each with whether it holds many."""
    if cls not in _HELD:
        found = [(f.name, str(f.type)) for f in fields(cls) if f.init and f.name not in ("extra", "reading", "span")]
        _HELD[cls] = tuple((name, "list[" in kind) for name, kind in found if ("list[" in kind and "list[str]" not in kind) or "Source" in kind)
    return _HELD[cls]


def _ids(value: Any) -> list[str]:
    """The ids that a field holds."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return value
    return [id for id in (value.start, value.end) if id is not None] if isinstance(value, TranscriptSpan) else []
