"""A project that was worked on in another program, brought together with what its sidecar kept.

Who is who is told by `qualdata.match`. What the program is known to carry is taken from the project; what it is
known not to carry, and what a project cannot say, stays as it was; all else that is missing was removed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final, TypeVar

from attrs import fields

from qualdata.formats.refi.names import is_guid
from qualdata.formats.refi.sidecar import words
from qualdata.formats.refi.sidecar.carrying import carried, made_by, said
from qualdata.formats.refi.sidecar.changes import Change
from qualdata.formats.refi.sidecar.keeping import Sidecar
from qualdata.formats.refi.sidecar.withholding import all_holders, give_files, give_words
from qualdata.formats.refi.tools import Tool
from qualdata.match import between, match_studies
from qualdata.model.annotations import holds_parts, holds_things
from qualdata.model.base import REF, Part, Thing, fold, guid_for
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.link import Link
from qualdata.model.references import each_reference
from qualdata.model.source import Source, Transcript
from qualdata.model.spans import TextSpan, TranscriptSpan
from qualdata.model.study import LISTS, Study, walk

__all__ = ["merged"]

T = TypeVar("T", bound=Thing)

_APART: Final = frozenset("id reading representation _text path rich_path stored rich media base_path".split())
"""Fields that are brought together in ways of their own."""
_QUIET: Final = frozenset("created created_by modified modified_by initials name".split())
"""Fields whose changes are not worth telling; names are told as such."""


def merged(sidecar: Sidecar, theirs: Study, tool: Tool | None) -> tuple[Study, list[Change]]:
    """The study of a sidecar with what was changed in a project since, and those changes. Both are used up."""
    merging = _Merging(sidecar, theirs, tool)
    merging.study()
    return merging.ours, merging.changes


class _Merging:
    def __init__(self, sidecar: Sidecar, theirs: Study, tool: Tool | None) -> None:
        self.ours, self.theirs, self.lost = sidecar.study, theirs, sidecar.lost
        self.tool = tool
        _as_named(theirs, self.ours)
        self.changes: list[Change] = []
        self.carries, self.made = carried(tool), made_by(tool, sidecar.study)
        for there, holder in _texts(theirs, self.ours):
            self.words(holder, there)
        matches = match_studies(theirs, self.ours)
        pairs = [pair for _, pairing in matches for pair in pairing.pairs]
        self.other: dict[int, Any] = {id(pair.there): pair.here for pair in (*matches.parts, *pairs)}
        """For each thing of ours, the one of theirs; of an excerpt in several parts, one of them."""
        self.owner: dict[int, Any] = {id(pair.here): pair.there for pair in (*matches.parts, *pairs)}
        """For each thing of theirs, the one of ours."""
        self.ids = {fold(pair.here.id): pair.there.id for pair in (*matches.parts, *pairs)}
        self.taken = {fold(thing.id) for thing in walk(self.ours)}
        self.away = {fold(t.id) for name in LISTS.values() if not self.carries(Study, name) for thing in getattr(self.ours, name) for t in walk(thing)}
        self.unmade = {fold(thing.id) for name in LISTS.values() for thing in getattr(theirs, name) if id(thing) not in self.owner and self.made(thing)}

    # ---- things ----
    def study(self) -> None:
        give_words(self.ours, lambda thing: self.other.get(id(thing)))
        self.fields(self.ours, self.theirs)
        self.documents()
        for name in dict.fromkeys(LISTS.values()):
            setattr(self.ours, name, self.things(type(self.ours), name, getattr(self.ours, name), getattr(self.theirs, name)))

    def documents(self) -> None:
        """Files that nothing refers to: those that came back."""
        there = {fold(d.name or ""): d.media for d in self.theirs.documents}
        for document in [d for d in self.ours.documents if words.taken_out(d, words.FILE)]:
            document.media = there.get(fold(document.name or ""))
            if document.media is None:
                self.ours.documents.remove(document)
                self.tell("removed", document)

    def things(self, cls: type, field: str, ours: list[T], theirs: list[T]) -> list[T]:
        """The things of a list: those that both have, those that could not come back, those that are new."""
        listed = said().get(cls, frozenset())
        kept = [thing for thing in ours if self.stays(cls, field, thing)]
        for thing in kept:
            if (there := self.other.get(id(thing))) is not None:
                self.thing(thing, there)
        new = [self.adopted(thing) for thing in theirs if id(thing) not in self.owner and fold(thing.id) not in self.unmade] if field in listed else []
        return [*kept, *new]

    def stays(self, cls: type, field: str, thing: Thing) -> bool:
        """Whether a thing of ours is still there, or could not come back."""
        if id(thing) in self.other or not self.carries(cls, field) or (f"{cls.__name__}.{field}", fold(thing.id)) in self.lost or self.hangs(thing):
            return True
        self.tell("removed", thing)
        return False

    def hangs(self, thing: Thing) -> bool:
        """Whether a thing cannot be without another that could not come back, as a link cannot without its ends."""
        return isinstance(thing, Link) and any(end is not None and fold(end) in self.away for end in (thing.origin, thing.target))

    def thing(self, ours: Any, theirs: Any) -> None:
        """A thing that both have, and all within it."""
        self.fields(ours, theirs)
        cls = type(ours)
        for f in fields(cls):
            if f.name not in ("excerpts", "codings") and f.init and holds_things(cls, f.name) and f.name in said().get(cls, ()):
                setattr(ours, f.name, self.things(cls, f.name, getattr(ours, f.name), getattr(theirs, f.name)))
        if isinstance(ours, Source | Transcript):
            self.excerpts(ours, theirs)
        if isinstance(ours, Source):
            ours.codings = self.codings(ours, theirs.codings)
        self.representation(ours, theirs)

    def representation(self, ours: Any, theirs: Any) -> None:
        here, there = getattr(ours, "representation", None), getattr(theirs, "representation", None)
        if here is not None and there is not None:
            self.thing(here, there)
        elif there is not None:
            ours.representation = self.adopted(there)

    def adopted(self, theirs: T) -> T:
        """A copy of a thing of theirs that is new, as it stands in the study."""
        self.tell("added", theirs)
        new = deepcopy(theirs)
        for inner in walk(new):
            if fold(inner.id) in self.taken:
                inner.id = f"{inner.id}-new"
            self.taken.add(fold(inner.id))
        each_reference(new, self.ref)
        return new

    # ---- fields ----
    def fields(self, ours: Any, theirs: Any) -> None:
        """Take what the program brings back of a thing, where it is otherwise than it was."""
        cls = type(ours)
        for f in fields(cls):
            name = f.name
            if name in _APART or not f.eq or not self.carries(cls, name) or holds_things(cls, name):
                continue
            before, after = getattr(ours, name), self.value(cls, name, ours, theirs)
            if self.same(f, before, after) or (self.is_lost(cls, name, ours) and after == _default(f)):
                continue
            setattr(ours, name, after)
            self.tell_field(ours, name, before, after)

    def value(self, cls: type, name: str, ours: Any, theirs: Any) -> Any:
        """What the other says in a field, in our ids and our positions."""
        value = getattr(theirs, name)
        if name == "span":
            return self.span(ours, name, ours.span, value)
        if name == "position" and None not in (value, ours.position):
            return self.span(ours, name, TextSpan(ours.position, ours.position), TextSpan(value, value)).start
        if holds_parts(cls, name):
            return self.parts(getattr(ours, name), value)
        f = next(f for f in fields(cls) if f.name == name)
        if f.metadata.get("role") != REF["role"]:
            return value
        before = getattr(ours, name)
        if isinstance(value, list):
            return self.refs(before, value)
        new = value and self.ref(value)
        return before if before is not None and fold(before) in self.away and (new is None or fold(new) not in self.taken) else new

    def refs(self, before: list[str], after: list[str]) -> list[str]:
        """References as they are now: ours that are still there or could not come back, then new ones."""
        there = {fold(self.ref(id)): self.ref(id) for id in after if fold(id) not in self.unmade}
        known = {fold(id) for id in self.ids.values()}
        kept = [id for id in before if fold(id) in there or fold(id) not in known]
        return [*kept, *(id for key, id in there.items() if key not in set(map(fold, before)))]

    def ref(self, id: str) -> str:
        """The id that a reference of theirs has in the study."""
        ours: str = self.ids.get(fold(id), id)
        return ours

    def parts(self, before: list[Part], after: list[Part]) -> list[Part]:
        """Parts without ids, in our ids; those that say the same stay the ones they were."""
        new = deepcopy(after)
        for part in new:
            for f in fields(type(part)):
                value = getattr(part, f.name)
                if f.metadata.get("role") == REF["role"] and isinstance(value, str):
                    setattr(part, f.name, self.ref(value))
        if len(new) == len(before) and all(map(self.alike, before, new)):
            return before
        return [next((old for old in before if self.alike(old, part)), part) for part in new]

    def alike(self, ours: Part, theirs: Part) -> bool:
        """Whether a part says what the other says, as far as a project can say it."""
        return all(self.same(f, getattr(ours, f.name), getattr(theirs, f.name)) for f in fields(type(ours)) if self.carries(type(ours), f.name))

    def same(self, f: Any, before: Any, after: Any) -> bool:
        """Whether two values say the same: an empty text and none at all do, and so does an id in any case."""
        if f.metadata.get("role") == REF["role"]:
            return bool(_folded(before) == _folded(after))
        if isinstance(before, TranscriptSpan) and isinstance(after, TranscriptSpan):
            return [_folded(before.start), _folded(before.end)] == [_folded(after.start), _folded(after.end)]
        return bool(before == after) or (before in (None, "") and after in (None, ""))

    def is_lost(self, cls: type, name: str, thing: Any) -> bool:
        return (f"{cls.__name__}.{name}", fold(getattr(thing, "id", ""))) in self.lost

    # ---- texts and places ----
    def words(self, holder: Any, there: Any) -> None:
        """Give a holder its files; a text that only has other line ends now gets its own again."""
        give_files(holder, there)
        known = (holder.extra or {}).get(words.TEXT)
        text = getattr(there, "text", None)
        if known is None or text is None:
            return
        if self.tool is not None and self.tool.rich and not known.get("rich"):
            holder.rich_path = holder.rich = None
        if words.known_again(text, known) and (was := words.text_as_it_was(text, known)) != text:
            holder.text = was
        elif not words.known_again(text, known):
            self.tell("changed", holder, "text")

    def span(self, ours: Any, name: str, before: Any, span: Any) -> Any:
        """A place of theirs in our form of the text; where the same words are meant, the place it was."""
        if isinstance(span, TranscriptSpan):
            return TranscriptSpan(*(id and self.ref(id) for id in (span.start, span.end)))
        if not isinstance(span, TextSpan):
            return span
        move = self.moves.get(id(self.other[id(ours)]))
        now = span if move is None else move(span)
        return before if self.is_lost(type(ours), name, ours) and _near(before, now) else now

    @property
    def moves(self) -> dict[int, Any]:
        """For excerpts and sync points of theirs in texts whose form is another now, how their places are found in ours."""
        if not hasattr(self, "_moves"):
            self._moves: dict[int, Any] = {}
            for holder in all_holders(self.ours):
                there = self.other.get(id(holder))
                here, now = getattr(holder, "text", None), getattr(there, "text", None)
                if there is None or here is None or now is None or here == now:
                    continue
                move = between(now, here)
                self._moves |= {id(thing): move for thing in (*there.excerpts, *getattr(there, "sync_points", ())) if move is not None}
        return self._moves

    # ---- excerpts and codings ----
    def excerpts(self, ours: Any, theirs: Any) -> None:
        """The passages of a holder, whether a program gave them out whole or in parts."""
        parts: dict[int, list[Excerpt]] = {}
        for excerpt in theirs.excerpts:
            parts.setdefault(id(self.owner.get(id(excerpt))), []).append(excerpt)
        kept = []
        for excerpt in ours.excerpts:
            there = parts.get(id(excerpt), [])
            before = len(excerpt.codings)
            excerpt.codings = self.codings(excerpt, [c for part in there for c in part.codings])
            if there:
                self.fields(excerpt, self.other[id(excerpt)])
                self.representation(excerpt, self.other[id(excerpt)])
                kept.append(excerpt)
            elif excerpt.codings or (not before and self.stays(type(ours), "excerpts", excerpt)):
                kept.append(excerpt)
        ours.excerpts = [*kept, *(self.new_excerpt(e, ours) for e in parts.get(id(None), []) if not self.only_made(e))]

    def codings(self, holder: Any, theirs: list[Coding]) -> list[Coding]:
        new = [c for c in theirs if id(c) not in self.owner and fold(c.code) not in self.unmade]
        kept = [c for c in holder.codings if self.stays(type(holder), "codings", c)]
        for coding in kept:
            if (there := self.other.get(id(coding))) is not None:
                self.fields(coding, there)
        return [*kept, *map(self.adopted, new)]

    def only_made(self, excerpt: Excerpt) -> bool:
        """Whether a passage is coded only with codes that the program made."""
        return bool(excerpt.codings) and all(fold(c.code) in self.unmade for c in excerpt.codings)

    def new_excerpt(self, theirs: Excerpt, holder: Any) -> Excerpt:
        for coding in theirs.codings:
            self.tell("added", coding)
        new = self.adopted(theirs)
        move = self.moves.get(id(theirs))
        if move is not None and isinstance(new.span, TextSpan):
            new.span = move(new.span)
        return new

    # ---- telling ----
    def tell(self, how: Any, thing: Thing, field: str = "") -> None:
        self.changes.append(Change(how, type(thing).__name__, field))

    def tell_field(self, thing: Any, name: str, before: Any, after: Any) -> None:
        if name in ("name", "title") and before:
            self.changes.append(Change("renamed", type(thing).__name__, name, before, after))
        elif name not in _QUIET:
            self.changes.append(Change("changed", type(thing).__name__, name, before, after))


def _as_named(theirs: Study, ours: Study) -> None:
    """Give back the ids for which GUIDs were written, to things and references, also to those that mean nothing."""
    ids = [thing.id for thing in walk(ours)]

    def note(id: str) -> str:
        ids.append(id)
        return id

    each_reference(ours, note)
    named = {fold(guid_for(ours.id, id)): id for id in ids if not is_guid(id)}
    if not named:
        return
    for thing in walk(theirs):
        thing.id = named.get(fold(thing.id), thing.id)
    each_reference(theirs, lambda id: named.get(fold(id), id))


def _texts(theirs: Study, ours: Study) -> Iterator[tuple[Any, Any]]:
    """What has a text or a file in both, told by the hashes of texts."""
    matches = match_studies(theirs, ours, hashes=_hashes(ours))
    for pairing in (matches.sources, matches.memos, matches.transcripts, matches.representations):
        yield from ((pair.here, pair.there) for pair in pairing.pairs)


def _near(before: Any, now: TextSpan) -> bool:
    """Whether a place only takes in a line end that it lay in."""
    return isinstance(before, TextSpan) and 0 <= before.start - now.start <= 1 and abs(now.end - before.end) <= 1


def _hashes(study: Study) -> dict[str, str]:
    """What texts are known by, by the ids of what has them."""
    return {holder.id: known["normal"] for holder in all_holders(study) if (known := (holder.extra or {}).get(words.TEXT))}


def _folded(value: Any) -> Any:
    return sorted(map(fold, value)) if isinstance(value, list) else fold(value) if value else None


def _default(f: Any) -> Any:
    return f.default.factory() if hasattr(f.default, "factory") else f.default
