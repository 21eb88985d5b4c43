"""One of two readings: its things by kind, where each stands, and what they are compared by."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, Final

from attrs import fields

from qualdata.errors import MediaError
from qualdata.match.folding import folded
from qualdata.match.texts import quote_hash, text_hash
from qualdata.match.ways import DATA, FINDINGS, FOLDED, LAID
from qualdata.model.base import REF, Thing, fold
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.graph import Edge, Vertex
from qualdata.model.media import Media
from qualdata.model.source import Speaker, SyncPoint, TextSource, Transcript, Turn, Written
from qualdata.model.spans import Span, TextSpan, TranscriptSpan
from qualdata.model.study import LISTS, Study, within
from qualdata.model.tree import Tree

__all__ = ["TOLD", "Side", "text_of"]

_INNER: Final[dict[type, str]] = {
    TextSource: "representations",
    Transcript: "transcripts",
    SyncPoint: "sync_points",
    Speaker: "speakers",
    Turn: "turns",
    Excerpt: "excerpts",
    Coding: "codings",
    Vertex: "vertices",
    Edge: "edges",
}
"""The kind of each thing that stands within another."""
_NOTHING: Final[tuple[object, ...]] = (None, "", frozenset())


class Side:
    """One reading, and what its things are compared by.

    References are compared by the id of *here* that they mean: *ids* has it for the ids of *there*, and grows as things
    are paired. One that means a thing that was not paired is equal to none; one that means nothing at all is compared as it is written.
    """

    def __init__(self, study: Study, ids: Mapping[str, str] | None = None, hashes: Mapping[str, str] | None = None) -> None:
        self.ids = ids
        self.hashes = {fold(id): hash for id, hash in (hashes or {}).items()}
        self.things: dict[str, list[Any]] = {kind: [] for kind in (*DATA, *LAID, *FINDINGS)}
        self.spans: dict[int, Span | None] = {}
        """Places that are compared otherwise than they are written, by the identity of what has them; None cannot be compared."""
        self.keys: dict[str, str] = {}
        """The folded form of each id, as it is written."""
        self.above: dict[int, Thing] = {}
        """What a thing stands in, by its identity."""
        for kind in LISTS.values():
            for thing in getattr(study, kind):
                self._take(thing, kind)
        self._known = set(self.keys.values())
        self._paths: dict[tuple[type, bool], dict[str, str]] = {}
        self._hashes: dict[int, str | None] = {}
        self._last: tuple[object, str | None] = (None, None)

    def _take(self, thing: Thing, kind: str) -> None:
        self.things[kind].append(thing)
        key = fold(thing.id)
        self.keys[thing.id] = thing.id if thing.id == key else key  # one string where one will do
        for inner in within(thing):
            if isinstance(inner, Thing):
                self.above[id(inner)] = thing
                self._take(inner, _INNER[type(inner)])

    def id_of(self, thing: Thing) -> str:
        """The folded id of a thing."""
        return self.keys[thing.id]

    def key(self, thing: Thing, names: Iterable[str], loosely: bool) -> Hashable | None:
        """What a thing is compared by; None where the first of it is not there."""
        values = tuple(self.told(thing, name, loosely) for name in names)
        return None if values[0] in _NOTHING else values

    def told(self, thing: Any, name: str, loosely: bool) -> Hashable:
        """What one name says of a thing."""
        if name in TOLD:
            return TOLD[name](self, thing, loosely)
        value = getattr(thing, name)
        if name in _references(thing.__class__):
            return frozenset(map(self.ref, value)) if isinstance(value, list) else self.ref(value)
        return folded(value).strip() if loosely and name in FOLDED and isinstance(value, str) else value

    def ref(self, id: str | None) -> Hashable:
        """What a reference means."""
        if id is None:
            return None
        key = self.keys.get(id) or fold(id)
        if self.ids is None:
            return key
        return self.ids.get(key) or ((key,) if key in self._known else key)

    # ---- what is compared, beside fields ----
    def home(self, thing: Thing, loosely: bool = False) -> Hashable:
        """What a thing stands in."""
        above = self.above[id(thing)]
        return self.place(above) if isinstance(above, Excerpt) else self.ref(above.id)

    def place(self, thing: Any, loosely: bool = False) -> Hashable:
        """Where a thing stands: in what, and where there; of a coding, what it is laid on."""
        if isinstance(thing, Coding):
            above = self.above[id(thing)]
            return self.place(above) if isinstance(above, Excerpt) else (self.ref(above.id), None)
        span = self.spans.get(id(thing), thing.span)
        if isinstance(span, TranscriptSpan):
            return self.home(thing), self.ref(span.start), self.ref(span.end)
        return None if span is None else (self.home(thing), span)

    def path(self, thing: Any, loosely: bool) -> str | None:
        """The names of a thing and of all above it, as one hash."""
        key = type(thing), loosely
        if key not in self._paths:
            kind = next(k for k, things in self.things.items() if any(t is thing for t in things))
            self._paths[key] = _paths(self.things[kind], loosely)
        return self._paths[key].get(fold(thing.id))

    def codings(self, excerpt: Excerpt, loosely: bool) -> Hashable:
        """The codings of an excerpt."""
        return frozenset(self.ref(c.id) for c in excerpt.codings)

    def hash(self, holder: Any, loosely: bool = False) -> str | None:
        """The hash of a text, whatever its form; None where there is none, or an empty one."""
        if id(holder) not in self._hashes:
            text = text_of(holder)
            self._hashes[id(holder)] = self.hashes.get(fold(holder.id)) if text is None else text_hash(text) if text.strip() else None
        return self._hashes[id(holder)]

    def file(self, thing: Any, loosely: bool) -> str | None:
        """The hash of a file; None where there is none, or an empty one."""
        media: Media | None = getattr(thing, "media", None)
        try:
            return media.sha256 if media is not None and media.size else None
        except MediaError:
            return None

    def words(self, thing: Any, loosely: bool) -> Hashable:
        """What holds an excerpt, and the hash of its words: those it quotes, those it lies on, or its name."""
        excerpt = thing if isinstance(thing, Excerpt) else self.above[id(thing)]
        if not isinstance(excerpt, Excerpt):
            return None
        if id(excerpt) not in self._hashes:
            self._hashes[id(excerpt)] = self.hashes.get(fold(excerpt.id)) or quote_hash(self.quoted(excerpt))
        hash = self._hashes[id(excerpt)]
        return None if hash is None else (self.home(excerpt), hash)

    def quoted(self, excerpt: Excerpt) -> str:
        """The words of an excerpt."""
        if excerpt.quote is not None and excerpt.quote.exact:
            return excerpt.quote.exact
        holder = self.above[id(excerpt)]
        if self._last[0] is not holder:
            self._last = holder, text_of(holder)
        on = self._last[1][excerpt.span.slice] if self._last[1] is not None and isinstance(excerpt.span, TextSpan) else ""
        return on or excerpt.name or ""


Told = Callable[[Side, Any, bool], Hashable]
TOLD: Final[dict[str, Told]] = {
    "class": lambda side, thing, loosely: type(thing).__name__,
    "coded": lambda side, thing, loosely: bool(thing.codings),
    "codings": Side.codings,
    "file": Side.file,
    "hash": Side.hash,
    "home": Side.home,
    "members": lambda side, thing, loosely: frozenset(map(side.ref, (*thing.codes, *thing.sources, *thing.memos))),
    "path": Side.path,
    "place": Side.place,
    "words": Side.words,
}
"""What things are compared by beside their fields."""


def text_of(holder: object) -> str | None:
    """A text, read anew and not kept; None where there is none or its file is gone."""
    if not isinstance(holder, Written):
        return None
    try:
        return holder.text if holder.stored is None else holder.stored.decode()
    except MediaError:
        return None


@cache
def _references(cls: Any) -> frozenset[str]:
    """The fields of a class that refer to other things."""
    return frozenset(f.name for f in fields(cls) if f.metadata.get("role") == REF["role"])


def _paths(things: list[Any], loosely: bool) -> dict[str, str]:
    """The path of names of each thing, by its folded id."""
    found: dict[str, str] = {}
    above: list[str] = [""]
    for thing, depth in Tree.of(things, lambda t: t.parent).walk():
        name = folded(thing.name).strip() if loosely else thing.name
        del above[depth:]
        above.append(sha256(f"{above[-1]}\n{name}".encode("utf-8", "surrogatepass")).hexdigest())
        found[fold(thing.id)] = above[-1]
    return found
