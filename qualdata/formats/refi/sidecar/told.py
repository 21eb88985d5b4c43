"""Interviews, points and themes, which a project tells by variables, notes and sets: what came back of these, taken back.

What came back as it was told is what it was, whatever names it was told by; only what was changed is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, Final

from attrs import define, field

from qualdata.formats.refi.conventions import Carried, carried, taken_back
from qualdata.formats.refi.said import written
from qualdata.formats.refi.sidecar.both import Both
from qualdata.formats.refi.sidecar.changes import Change
from qualdata.formats.refi.sidecar.fields import Moves, follow
from qualdata.formats.refi.sidecar.naming import as_named
from qualdata.formats.refi.telling import Telling
from qualdata.match import Pair
from qualdata.model.base import fold
from qualdata.model.coding import Coding
from qualdata.model.copying import shallow
from qualdata.model.study import Study, walk

__all__ = ["Told"]

_ALONE: Final = ("points", "themes")
"""What stands in one thing of a project, and is gone when that is."""
_SPREAD: Final = ("interviews", "questions")
"""What stands in several things of a project, and is still there when these are gone."""
_LISTS: Final = ("variables", "memos", "sets", "links")


@define(eq=False)
class Told:
    """A study as a project was told it."""

    ours: Study
    """The study."""
    shared: Set[str]
    """Ids, folded, that are written as the one that they repeat."""
    carried: Carried = field(init=False)
    """How it was told."""
    study: Study = field(init=False)
    """What the project was told."""
    before: dict[str, Any] = field(init=False)
    """What was made to tell it, by folded id, in a form that can be compared."""
    ties: dict[str, str] = field(init=False)
    """The links among it, and what they start from; by folded ids."""

    def __attrs_post_init__(self) -> None:
        self.carried = carried(self.ours, shared=self.shared)
        guarded = self.carried.guarded(self.carried.study)
        self.study = shallow(guarded)
        own = {fold(t.id) for name in _LISTS for t in getattr(self.ours, name)}
        made = [t for name in _LISTS for t in getattr(guarded, name) if fold(t.id) not in own]
        self.before = {fold(t.id): _comparable(t) for t in made}
        self.ties = {fold(link.id): fold(link.origin or "") for link in guarded.links if fold(link.id) in self.before}

    @property
    def lost(self) -> set[tuple[str, str]]:
        """What could not be told of these things."""
        return {(f"{cls}.{name}", fold(id)) for id, cls, name in self.carried.lost}

    @property
    def notes(self) -> list[Any]:
        """The notes that were made of points."""
        return [m for m in self.study.memos if fold(m.id) in self.before]

    # ---- back ----
    def back(self, both: Both) -> Study:
        """The study, once what came back and what was told are one. Changes of these things are told in their own words."""
        changed = self._changed()
        self._tie_codes(changed)
        back = taken_back(self.study, faithful=False, shared=self.shared)
        as_named(back, self.ours)
        pairs = [Pair(there, here, "id") for here, there in _pairs(self.ours, back)]
        own = Both(self.ours, back, pairs, lambda cls, name: True, lambda thing: False, both.lost | self.lost, lambda cls: frozenset())
        own.known = {fold(t.id) for t in walk(back)}
        for name in _ALONE:
            setattr(back, name, [*self._alone(own, name, changed), *_new(own, name)])
        for name in _SPREAD:
            setattr(back, name, [*_spread(own, getattr(self.ours, name)), *_new(own, name)])
        self._without_made(back)
        self._with_lost(back)
        both.changes[:] = [*self._own_words(both.changes, back), *own.changes]
        return back

    def _changed(self) -> set[str]:
        """Folded ids of points and themes that came back otherwise than they were told."""
        now = {fold(t.id): _comparable(t) for name in _LISTS for t in getattr(self.study, name) if fold(t.id) in self.before}
        return {self.ties.get(key, key) for key, value in self.before.items() if now.get(key) != value}

    def _tie_codes(self, changed: set[str]) -> None:
        """Codes that were laid on the note of a point are codes of the point."""
        telling = Telling(self.study, faithful=False, shared=self.shared)
        for note in self.notes:
            if fold(note.id) in changed:
                codes = list(dict.fromkeys(c.code for c in note.codings))
                note.codings = [Coding(id=id, code=code) for id, code in zip(telling.ties(note.id, codes, "coding"), codes, strict=True)]

    def _alone(self, own: Both, name: str, changed: set[str]) -> Iterator[Any]:
        for thing in getattr(self.ours, name):
            there = own.other.get(id(thing))
            if fold(thing.id) not in changed or there is thing:
                yield thing
            elif there is not None:
                follow(own, Moves(), thing, there)
                yield thing
            else:
                own.tell("removed", thing)

    def _without_made(self, back: Study) -> None:
        """Take out what was made for things that are there themselves."""
        there = {fold(t.id) for name in _ALONE for t in getattr(back, name)}
        gone = {key for key in self.before if self.ties.get(key, key) in there}
        for name in ("memos", "sets", "links"):
            setattr(back, name, [t for t in getattr(back, name) if fold(t.id) not in gone])
        variables = self.before.keys() & {fold(v.id) for v in back.variables}
        if variables:
            valued = {fold(s.id) for s in self.carried.study.sources if any(fold(v.variable) in variables for v in s.values)}
            back.sources = [shallow(s, values=[v for v in s.values if fold(v.variable) not in variables]) if fold(s.id) in valued else s for s in back.sources]
            used = {fold(v.variable) for s in back.sources for v in s.values}
            back.variables = [v for v in back.variables if fold(v.id) not in variables - used]

    def _with_lost(self, back: Study) -> None:
        """Put in again what was left out lest it be taken for one of these things."""
        lost = {(cls, name, fold(id)) for id, cls, name in self.carried.lost}
        for name, cls in (("sets", "Set"), ("memos", "Memo")):
            had = {fold(t.id): t.description for t in getattr(self.ours, name) if (cls, "description", fold(t.id)) in lost}
            for thing in getattr(back, name):
                if thing.description is None:
                    thing.description = had.get(fold(thing.id))
        if any(name == "links" for _, name, _ in lost):
            now = {fold(link.id): link for link in back.links}
            ours = [now.pop(fold(link.id), link) for link in self.ours.links if fold(link.id) in now or ("Study", "links", fold(link.id)) in lost]
            back.links = [*ours, *now.values()]
        for source, value in _values(self.ours, lost):
            for now_there in (v for s in back.sources if fold(s.id) == fold(source.id) for v in s.values):
                if fold(now_there.variable) == fold(value.variable) and now_there.value is None:
                    now_there.value = value.value

    def _own_words(self, changes: list[Change], back: Study) -> Iterator[Change]:
        """Changes, without those of what was made for these things."""
        made = {fold(t.id) for thing in (*self.carried.study.memos, *self.carried.study.sets) if fold(thing.id) in self.before for t in walk(thing)} | self.before.keys()
        there = {fold(t.id) for t in walk(back)} if changes else set()
        return (c for c in changes if fold(c.thing.id) not in made and (c.how == "removed" or c.thing is self.study or fold(c.thing.id) in there))


def _comparable(thing: Any) -> Any:
    return written(thing, fold, extra=False)


def _pairs(ours: Study, back: Study) -> Iterator[tuple[Any, Any]]:
    """The interviews, points, themes and questions of both that have one id."""
    for name in (*_ALONE, *_SPREAD):
        there = {fold(t.id): t for t in getattr(back, name)}
        yield from ((t, there[fold(t.id)]) for t in getattr(ours, name) if fold(t.id) in there)


def _new(own: Both, name: str) -> list[Any]:
    """What has come."""
    new = [t for t in getattr(own.theirs, name) if id(t) not in own.owner]
    for thing in new:
        own.tell("added", thing)
    return new


def _spread(own: Both, ours: Iterable[Any]) -> Iterator[Any]:
    for thing in ours:
        if (there := own.other.get(id(thing))) is not None and there is not thing:
            follow(own, Moves(), thing, there)
        yield thing


def _values(study: Study, lost: set[tuple[str, str, str]]) -> Iterator[tuple[Any, Any]]:
    """The values of sources that were left out, each with its source."""
    wanted = {id for cls, name, id in lost if (cls, name) == ("Value", "value")}
    return ((s, v) for s in study.sources for i, v in enumerate(s.values) if f"{fold(s.id)}/{i}" in wanted)
