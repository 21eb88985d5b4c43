"""A writer made from a binding table: each object becomes text, everything in it escaped."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import IO, Any

from qualdata.errors import WriteError
from qualdata.formats.refi.names import guid_for, is_bare_guid, is_guid
from qualdata.formats.refi.reader import compiled
from qualdata.formats.refi.vocabulary import Child, Element, Simple
from qualdata.formats.refi.within import Add, WriteChild, child, wrong
from qualdata.formats.refi.written import element_lines, head_lines, written
from qualdata.formats.refi.xml import Places, content, foreign, quoted
from qualdata.model.base import Part, fold
from qualdata.model.study import walk
from qualdata.model.tree import Tree

__all__ = ["Writer"]

Write = Callable[..., None]
_FLUSH = 2000


class Writer:
    """Writes one object of a binding.

    *faithful* writes every value as it stands, and the foreign XML of every thing in its place. Otherwise
    foreign XML is left out, an id that is no GUID gets one (see `names.guid_for`), and so does the second holder of
    a GUID (`GUID#2`), unless it is *shared*; an optional value that the schema does not allow is left out. Afterwards
    `lost` holds what was: the id of the thing, its class and its field (for a value, the id of what it stands in,
    a slash and its number), and `renamed` the ids that were replaced. *upper* writes GUIDs in upper case.
    """

    def __init__(self, root: Element, uri: str, *, study: str, faithful: bool, upper: bool = False, shared: Container[str] = ()) -> None:
        self.uri, self.study, self.faithful, self.upper, self.shared = uri, study, faithful, upper, shared
        self.lost: list[tuple[str, str, str]] = []
        self.renamed: dict[str, str] = {}
        self.trees: dict[int, Tree[Any]] = {}
        self.made: dict[int, Write] = {}
        self.checked: dict[int, _Memo] = {}
        self.guid = _Memo(self._guid).__getitem__
        self.flush: Callable[[], None] = lambda: None
        self.thing: Any = None
        self.known: set[str] | None = None
        self.root = self.element(root)
        self.holds = root.said

    def write(self, tag: str, thing: Any, file: IO[bytes], hints: Sequence[str] = ()) -> None:
        """Write the root, with the schema hints it had. Raises WriteError for what cannot be written at all."""
        self.thing = thing
        kept = foreign(thing.extra) if self.faithful else []
        parts = ['<?xml version="1.0" encoding="UTF-8"?>', *(xml for place, xml in kept if place == "before")]

        def flush() -> None:
            if len(parts) > _FLUSH:
                file.write("".join(parts).encode())
                parts.clear()

        self.flush = flush
        namespace = f' xmlns="{quoted(self.uri)}"' if self.uri else ""
        self.root(thing, parts.append, tag, "".join([namespace, *(f" {hint}" for hint in hints)]))
        parts += [xml for place, xml in kept if place == "after"]
        file.write("".join([*parts, "\n"]).encode())

    def lose(self, thing: Any, field: str) -> None:
        """Take down that a field of a thing is not written, or not as it is."""
        self.lost.append((getattr(thing, "id", ""), type(thing).__name__, field))

    def unsaid(self, thing: Any, field: str) -> None:
        """Take down a field that has no place: of a list of things, each of them."""
        value = getattr(thing, field)
        for part in value if isinstance(value, list) else [thing]:
            self.lost.append((getattr(part, "id", None) or thing.id, type(thing).__name__, field))

    def _guid(self, id: str) -> str:
        written = self.as_written(id)
        if self.faithful:
            return quoted(written)
        guid = written.strip() if is_guid(written) else self.renamed.setdefault(id, guid_for(self.study, id))
        return guid.upper() if self.upper else guid

    def as_written(self, id: str) -> str:
        """An id as its file said it: the second holder of one id is told apart by `#2` only in the model."""
        first, mark, count = id.rpartition("#")
        if not mark or not count.isdigit():
            return id
        if not self.faithful:
            return first if fold(id) in self.shared else id
        if self.known is None:
            held = (part for name in self.holds if isinstance(parts := getattr(self.thing, name), list) for part in parts if isinstance(part, Part))
            self.known = {fold(self.thing.id), *(fold(thing.id) for part in held for thing in walk(part))}
        return first if fold(first) in self.known else id

    def own(self, id: str) -> str:
        """A thing's own id; it comes once, so there is nothing to remember of it."""
        return id if is_bare_guid(id) and not self.upper else self.guid(id)

    def element(self, e: Element) -> Write:
        if id(e) in self.made:
            return self.made[id(e)]
        names = self.names(e)
        children: list[WriteChild] = []

        def fully(o: Any, add: Add, tag: str, first: str = "") -> None:
            h = f"\n<{tag}{first}{head(o)}"
            places = None
            if self.faithful:
                places = Places(foreign(o.extra), add)
                h += places.attributes("")
            if not self.faithful or any(not key.startswith("refi:") for key in o.extra):
                self.lose(o, "extra")
            add(h + ">")
            for write_child in children:
                write_child(o, add, places)
            if places is not None:
                places.rest()
            add(f"</{tag}>")

        head = compiled("head", "o", [*head_lines(e), "return h"], names)
        names.update(fully=fully, children=children, content=content, guid=self.guid)
        write: Write = compiled("write", "o, add, tag, first=''", element_lines(e, self.faithful), names)
        self.made[id(e)] = write
        names.update({f"write_{i}": self.element(part.element) for i, part in enumerate(written(e)) if isinstance(part, Child)})
        tags = {id(part): tag for tag, part in e.children.items()}
        children += [child(self, tags[id(part)], part, e) for part in written(e)]
        return write

    def names(self, e: Element) -> dict[str, Any]:
        """What the generated head of an element may call."""
        shows = {f"show_{xml}": self.own if a.field == "id" else self.show(a.kind) for xml, a in e.attributes.items()}
        classes = {a.group[1].__name__: a.group[1] for a in e.attributes.values() if a.group}
        return {"lose": self.lose, "unsaid": self.unsaid, "misfit": _misfit, "wrong": wrong, **shows, **classes}

    def show(self, kind: Simple[Any]) -> Callable[[Any], str | None]:
        """A function from a value to its written form; None for what the schema does not allow."""
        if kind.convert:
            return _bare
        if kind.share == "memo":
            return self.guid
        if self.faithful or kind.pattern is None:
            return quoted
        return self.checked.setdefault(id(kind), _Memo(lambda v: v if kind.allows(v) else None)).__getitem__


def _bare(value: int) -> str:
    """An integer or a boolean."""
    return str(value).lower()


class _Memo(dict[Any, Any]):
    """What a function gave for each value it was asked."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        super().__init__()
        self.function = function

    def __missing__(self, key: Any) -> Any:
        value = self[key] = self.function(key)
        return value


def _misfit(thing: Any, cls: type, found: Any) -> None:
    raise WriteError(f"{thing!r} lies at a {type(found).__name__}, but its source is marked with a {cls.__name__}: mark it anew.")
