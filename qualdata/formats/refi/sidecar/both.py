"""The study of a sidecar and the project that came back: who is who in them, and what is known of the program between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from copy import deepcopy
from typing import Any, TypeVar

from attrs import define, field

from qualdata.formats.refi.sidecar.changes import Change, changed
from qualdata.match import Pair
from qualdata.model.base import Thing, fold
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.link import Link
from qualdata.model.references import each_reference
from qualdata.model.study import LISTS, Study, walk

__all__ = ["Both"]

T = TypeVar("T", bound=Thing)
QUIET = frozenset("created created_by modified modified_by initials".split())
"""Fields whose changes are not worth telling."""


@define(eq=False)
class Both:
    """Two readings of one study, the first of which becomes what both say."""

    ours: Study
    """The study of the sidecar."""
    theirs: Study
    """What came back."""
    pairs: Iterable[Pair[Any]]
    """Who is who: *here* is one of theirs, *there* one of ours. Of an excerpt in several parts, each is paired."""
    carries: Callable[[type, str], bool]
    """Whether a field of a class comes back from the program."""
    made: Callable[[Any], bool]
    """Whether the program itself made a thing."""
    lost: Set[tuple[str, str]]
    """Fields and ids of things, folded, that the project could not be told."""
    said: Callable[[type], Set[str]]
    """The fields of a class that a project can say."""
    edited: Set[str] = frozenset()
    """Folded ids of what has a text that was edited; in it, places are others anyway."""
    changes: list[Change] = field(factory=list)
    """What is otherwise than it was."""
    other: dict[int, Any] = field(init=False)
    """For each thing of ours, by its identity, the one of theirs."""
    owner: dict[int, Any] = field(init=False)
    """For each thing of theirs, the one of ours."""
    ids: dict[str, str] = field(init=False)
    """For each folded id of theirs, the id of ours."""
    known: set[str] = field(init=False)
    """Folded ids of ours that came back."""
    taken: set[str] = field(init=False)
    """Folded ids that are in use."""
    away: set[str] = field(init=False)
    """Folded ids of ours that could not come back."""
    had: set[str] = field(init=False)
    """Folded ids of ours at first."""
    unmade: set[str] = field(init=False)
    """Folded ids of theirs that stand for nothing that anybody made."""

    def __attrs_post_init__(self) -> None:
        pairs = list(self.pairs)
        self.other = {id(p.there): p.here for p in pairs}
        self.owner = {id(p.here): p.there for p in pairs}
        self.ids = {fold(p.here.id): p.there.id for p in pairs}
        self.known = {fold(p.there.id) for p in pairs}
        self.taken = {fold(thing.id) for thing in walk(self.ours)}
        self.had = {*self.taken}
        lists = dict.fromkeys(LISTS.values())
        self.away = {fold(t.id) for name in lists if not self.carries(Study, name) for thing in getattr(self.ours, name) for t in walk(thing)}
        new = [thing for name in lists for thing in getattr(self.theirs, name) if id(thing) not in self.owner]
        self.unmade = {fold(thing.id) for thing in new if self.made(thing)}

    def ref(self, id: str) -> str:
        """The id that a reference of theirs has in the study."""
        return self.ids.get(fold(id), id)

    def is_lost(self, cls: type, name: str, id: str) -> bool:
        """Whether the project could not be told a field of a thing."""
        return (f"{cls.__name__}.{name}", fold(id)) in self.lost

    def stays(self, cls: type, name: str, thing: Thing) -> bool:
        """Whether a thing of ours, which stands in this list, is still there, or could not come back."""
        if id(thing) in self.other or not self.carries(cls, name) or self.is_lost(cls, name, thing.id) or self._hangs(thing):
            return True
        self.tell("removed", thing)
        return False

    def _hangs(self, thing: Thing) -> bool:
        """Whether a thing cannot be without another that could not come back, as a link cannot without its ends."""
        return isinstance(thing, Link) and any(end is not None and fold(end) in self.away for end in (thing.origin, thing.target))

    def adopted(self, theirs: T) -> T:
        """A copy of a thing of theirs that is new, as it stands in the study."""
        new = deepcopy(theirs)
        for inner in walk(new):
            if fold(inner.id) in self.taken:
                inner.id = f"{inner.id}-new"
            self.taken.add(fold(inner.id))
        each_reference(new, self.ref)
        self.tell("added", new)
        return new

    # ---- telling ----
    def tell(self, how: Any, thing: Thing) -> None:
        """Take down what happened to a thing, and so to the codings in it; of a coded excerpt, only to these."""
        inner = [t for t in walk(thing) if isinstance(t, Coding) and t is not thing]
        if not (inner and isinstance(thing, Excerpt)):
            self.changes.append(Change(how, thing))
        self.changes += [Change(how, coding) for coding in inner]

    def changed_text(self, holder: Any) -> None:
        """Take down that a text is otherwise; it is not repeated."""
        self.changes.append(changed(holder, "text", None, None))

    def tell_field(self, thing: Any, name: str, before: Any, after: Any) -> None:
        """Take down that a field is otherwise."""
        if name not in QUIET and not (name == "name" and (isinstance(thing, Excerpt) or not before)):
            self.changes.append(changed(thing, name, before, after))
