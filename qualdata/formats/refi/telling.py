"""A study on its way into the conventions or out of them: what they look up, and what cannot be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence, Set
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from attrs import Factory, define, evolve, field, fields

from qualdata.formats.refi.arrangement import Arrangement
from qualdata.formats.refi.lines import Names
from qualdata.formats.refi.names import guid_for, is_guid
from qualdata.formats.refi.said import written
from qualdata.model.base import Part, Thing, fold
from qualdata.model.copying import shallow
from qualdata.model.link import Link
from qualdata.model.reading import Reading
from qualdata.model.study import Study, walk

__all__ = ["LAYOUT", "Telling"]

T = TypeVar("T", bound=Part)
U = TypeVar("U", bound=Thing)
LAYOUT = "conventions"
"""The key of `reading.layout` under which the file's own order and ids stand, where they are not ours."""
_BY_ID, _BY_ORIGIN = Arrangement(), Arrangement(group=attrgetter("origin"))


@define(slots=False, eq=False)
class Telling:
    """One step: a study, and how its ids and lists are written."""

    study: Study
    faithful: bool
    """Whether ids and unknown content are written as they are."""
    order: dict[str, Any] = field(factory=dict)
    """Ids in the file's own order, by list."""
    lost: list[tuple[str, str, str]] = field(factory=list)
    """Ids of things, their classes and fields that cannot be told."""
    renamed: dict[str, str] = field(factory=dict)
    """Ids that stand in a text, and the GUIDs that stand for them."""
    shared: Set[str] = frozenset()
    """Ids, folded, that are written as the one that they repeat."""

    # ---- ids ----
    def guid(self, id: str) -> str:
        """An id as the writer writes it."""
        return id if self.faithful else id.strip() if is_guid(id) else guid_for(self.study.id, id)

    def spelt(self, id: str) -> str:
        """An id as it stands in a text; one that had to be replaced is taken down."""
        if not self.faithful and not is_guid(id):
            self.renamed[id] = self.guid(id)
        return self.guid(id)

    def numbered(self, id: str) -> bool:
        """Whether an id is told from another by `#2`, which is not written."""
        return "#" in id and (self.faithful or fold(id) in self.shared)

    def plain(self, id: str) -> str:
        """An id without a number that is not written, as the thing that has it is there."""
        first = id.partition("#")[0]
        return first if self.numbered(id) and fold(first) in self.known else id

    @cached_property
    def known(self) -> set[str]:
        """The ids of all things."""
        return {fold(t.id) for t in walk(self.study)}

    @cached_property
    def twice(self) -> set[str]:
        """Ids that occur more than once in the file, and in the study are told apart by `#2`."""
        return {fold(t.id.partition("#")[0]) for t in walk(self.study) if self.numbered(t.id)}

    def marked(self, thing: Any) -> bool:
        """Whether a thing has unknown content that is written, or an id that is not its own."""
        return bool(self.faithful and thing.extra) or fold(thing.id.partition("#")[0]) in self.twice

    # ---- what is looked up ----
    @cached_property
    def cases(self) -> Names:
        return Names((c.id, c.name) for c in self.study.cases)

    @cached_property
    def contributors(self) -> Names:
        return Names((c.id, c.name) for c in self.study.contributors)

    @cached_property
    def notes(self) -> set[str]:
        return {fold(m.id) for m in self.study.memos}

    @cached_property
    def linked(self) -> set[str]:
        return {fold(link.id) for link in self.study.links}

    @cached_property
    def holders(self) -> dict[str, Any]:
        """What each coding is laid on."""
        return {fold(k.id): place for place in self.study.codable() for k in place.codings}

    @cached_property
    def codings(self) -> dict[str, list[str]]:
        """The codings laid on what is written under each id."""
        found: dict[str, list[str]] = {}
        for place in self.study.codable():
            if place.codings:
                found.setdefault(fold(self.plain(place.id)), []).extend(k.id for k in place.codings)
        return found

    # ---- ties ----
    def ties(self, origin: str, refs: Iterable[str], kind: str = "link") -> list[str]:
        """The ids of what ties a thing to others. They follow from both ends, so that an end can be found again by them."""
        times: Counter[str] = Counter()
        ids = []
        for ref in refs:
            times[fold(ref)] += 1
            ids.append(self.tie(origin, ref, times[fold(ref)], kind))
        return ids

    def tie(self, origin: str, ref: str, time: int, kind: str = "link") -> str:
        """The id of what ties a thing to another, for the first or another time; in capitals where its own is, as a file has all ids alike."""
        guid = self.guid(origin)
        made = guid_for(fold(guid), f"{kind}/{fold(self.guid(ref))}/{time}")
        return made.upper() if guid.isupper() else made

    def links(self, origin: str, refs: Sequence[str], names: Iterable[str]) -> list[Link]:
        """Links to things; to a coding, by way of what it is laid on, as programs can show that."""
        targets = [self.plain(self.holders[fold(ref)].id) if fold(ref) in self.holders else ref for ref in refs]
        return [Link(id=id, name=name, direction="OneWay", origin=origin, target=target) for id, name, target in zip(self.ties(origin, refs), names, targets, strict=True)]

    def ends(self, origin: str) -> list[tuple[str, Link]]:
        """The things that are tied to one, each with its link."""
        times: Counter[str] = Counter()
        found = []
        for link in self._links.get(fold(self.guid(origin)), ()):
            might = (link.target, *self.codings.get(fold(link.target), ()))
            ref = next((r for r in might if fold(self.tie(origin, r, times[fold(r)] + 1)) == fold(self.guid(link.id))), None)
            if ref is not None:
                times[fold(ref)] += 1
                found.append((ref, link))
        return found

    @cached_property
    def _links(self) -> dict[str, list[Any]]:
        """By what they start from, the links that may be ours."""
        found: dict[str, list[Link]] = {}
        for link in self.study.links:
            if link.origin and link.target and link.direction == "OneWay" and not (link.colour or link.memos or self.marked(link)):
                found.setdefault(fold(self.guid(link.origin)), []).append(link)
        return found

    def freed(self, thing: U, name: str, refs: list[str], kind: str = "link") -> U:
        """The thing, without a field that cannot be told by ties: an end is known by its number only, or a tie would have an id that is taken."""
        used: Container[str] = self.holders if kind == "coding" else self.linked
        if not any(map(self.numbered, refs)) and not any(fold(tie) in used for tie in self.ties(thing.id, refs, kind)):
            return thing
        self.lose(thing, name)
        return shallow(thing, **{name: []})

    # ---- what cannot be told ----
    def lose(self, thing: Any, name: str) -> None:
        """Take down a field that cannot be told."""
        self.lost.append((thing.id, type(thing).__name__, name))

    def lose_unsaid(self, thing: Any, said: Iterable[str]) -> None:
        """Take down the fields that hold something and are not among those that are said."""
        for f in fields(type(thing)):
            default: Any = f.default
            empty = default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]
            if f.eq and f.name not in said and getattr(thing, f.name) != empty:
                self.lose(thing, f.name)

    # ---- lists ----
    def put(self, key: str, own: list[T], made: list[T], arrangement: Arrangement = _BY_ID) -> list[T]:
        """A study's own things and those made of interviews, points or themes, in the order of the file."""
        return arrangement.merged(own, made, self.order.get(key, ()))

    def keep(self, key: str, before: list[T], own: list[T], made: list[T], arrangement: Arrangement = _BY_ID) -> None:
        """Take down the order of the file, where `put` would make another."""
        if order := arrangement.order(before, own, made):
            self.order[key] = order

    def apart(self, name: str, taken: list[tuple[Any, list[Link]]]) -> dict[str, list[Any]]:
        """A list of the study, and its links, without what was taken back; where that stood is taken down."""
        links = [link for _, tied in taken for link in tied]
        gone = {id(thing) for thing, _ in taken} | {id(link) for link in links}
        left = {key: [thing for thing in getattr(self.study, key) if id(thing) not in gone] for key in (name, "links")}
        self.keep(name, getattr(self.study, name), left[name], [thing for thing, _ in taken])
        self.keep(f"links of {name}", self.study.links, left["links"], links, _BY_ORIGIN)
        return left

    def together(self, name: str, made: list[tuple[Any, list[Link]]]) -> dict[str, list[Any]]:
        """The same list, and the links, with what is made."""
        links = [link for _, tied in made for link in tied]
        return {name: self.put(name, getattr(self.study, name), [thing for thing, _ in made]), "links": self.put(f"links of {name}", self.study.links, links, _BY_ORIGIN)}

    def taken(self, carry: Callable[[Telling], Study], **changes: Any) -> Study:
        """The study with what was taken back, if it would be written just as it was; else the study as it is."""
        reading = self.study.reading or Reading()
        if self.order:
            reading = evolve(reading, layout={**reading.layout, LAYOUT: self.order})
        taken = shallow(self.study, _index=None, reading=reading, **changes)
        again = Telling(taken, self.faithful, self.order, shared=self.shared)
        return taken if self.same(carry(again)) and not again.lost else self.study

    def same(self, other: Study) -> bool:
        """Whether another study would be written as this one."""
        lists = [(getattr(self.study, name), getattr(other, name)) for name in ("variables", "memos", "links", "sets")]
        lists += [(a.values, b.values) for a, b in zip(self.study.sources, other.sources, strict=True) if a is not b]
        return all(len(a) == len(b) and all(self.alike(*pair) for pair in zip(a, b, strict=True)) for a, b in lists)

    def alike(self, thing: Any, other: Any) -> bool:
        """Whether two things, or lists of them, are written alike."""
        return thing is other or written(thing, self.guid, self.faithful) == written(other, self.guid, self.faithful)
