"""A writer made from a binding table: each object becomes text, everything in it escaped."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from operator import attrgetter
from typing import IO, Any

from attrs import fields

from qualdata.errors import WriteError
from qualdata.formats.refi.names import guid_for, is_bare_guid, is_guid
from qualdata.formats.refi.reader import compiled
from qualdata.formats.refi.vocabulary import Attr, Box, Child, Element, Nested, Ref, Simple, Text
from qualdata.formats.refi.xml import Places, content, foreign, quoted
from qualdata.model.base import Part, fold
from qualdata.model.study import walk
from qualdata.model.tree import Tree

__all__ = ["Writer"]

Add = Callable[[str], None]
Write = Callable[..., None]
WriteChild = Callable[[Any, Add, "Places | None"], None]
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
            for child in children:
                child(o, add, places)
            if places is not None:
                places.rest()
            add(f"</{tag}>")

        head = compiled("head", "o", [*_head_lines(e), "return h"], names)
        names.update(fully=fully, children=children, content=content, guid=self.guid)
        write: Write = compiled("write", "o, add, tag, first=''", _element_lines(e, self.faithful), names)
        self.made[id(e)] = write
        names.update({f"write_{i}": self.element(part.element) for i, part in enumerate(_written(e)) if isinstance(part, Child)})
        tags = {id(part): tag for tag, part in e.children.items()}
        children += [self.choice(part.field, part.tell[0], e) if isinstance(part, Text) and part.tell else self.child(tags[id(part)], part, e) for part in _written(e)]
        return write

    def names(self, e: Element) -> dict[str, Any]:
        """What the generated head of an element may call."""
        shows = {f"show_{xml}": self.own if a.field == "id" else self.show(a.kind) for xml, a in e.attributes.items()}
        classes = {a.group[1].__name__: a.group[1] for a in e.attributes.values() if a.group}
        return {"lose": self.lose, "unsaid": self.unsaid, "misfit": _misfit, "wrong": _wrong, **shows, **classes}

    def show(self, kind: Simple[Any]) -> Callable[[Any], str | None]:
        """A function from a value to its written form; None for what the schema does not allow."""
        if kind.convert:
            return _bare
        if kind.share == "memo":
            return self.guid
        if self.faithful or kind.pattern is None:
            return quoted
        return self.checked.setdefault(id(kind), _Memo(lambda v: v if kind.allows(v) else None)).__getitem__

    def child(self, tag: str, part: Any, e: Element) -> WriteChild:
        match part:
            case Text():
                return self.words(tag, part)
            case Ref():
                return self.references(tag, part) if part.many else self.reference(tag, part)
            case Child():
                return self.children(tag, part) if part.many else self.only(tag, part)
            case Nested():
                return self.below(tag, e)
            case Box():
                return self.box(tag, part)
        raise TypeError(part)

    def words(self, tag: str, part: Text) -> WriteChild:
        get = attrgetter(part.field)

        def words(o: Any, add: Add, places: Places | None) -> None:
            value = get(o)
            if value is not None:
                _text(tag, value, add, places)

        return words

    def choice(self, field: str, tell: str, e: Element) -> WriteChild:
        """The one child, of several, that a value's type asks for."""
        usual = next(f.default for f in fields(e.cls) if f.name == tell)
        kinds = {p.tell[1]: (tag, p.kind) for tag, p in e.children.items() if isinstance(p, Text) and p.tell and p.field == field}

        def choice(o: Any, add: Add, places: Places | None) -> None:
            value = getattr(o, field)
            if value is None:
                if getattr(o, tell) != usual:
                    self.lose(o, tell)
                return
            tag, kind = kinds.get(getattr(o, tell)) or _wrong(o, tell, getattr(o, tell))
            if self.faithful or kind.allows(value):
                _text(tag, value, add, places)
                return
            self.lose(o, field)
            if getattr(o, tell) != usual:
                self.lose(o, tell)

        return choice

    def reference(self, tag: str, part: Ref) -> WriteChild:
        get, guid, attribute = attrgetter(part.field), self.guid, part.attribute

        def reference(o: Any, add: Add, places: Places | None) -> None:
            target = get(o)
            if not target and self.faithful:
                return
            if places is None:
                add(f'<{tag} {attribute}="{guid(target)}"/>')
            else:
                self.pointer(tag, attribute, tag, target, add, places)

        return reference

    def references(self, tag: str, part: Ref) -> WriteChild:
        get, guid, attribute = attrgetter(part.field), self.guid, part.attribute

        def references(o: Any, add: Add, places: Places | None) -> None:
            for i, target in enumerate(get(o)):
                if places is None:
                    add(f'<{tag} {attribute}="{guid(target)}"/>')
                else:
                    self.pointer(tag, attribute, f"{tag}[{i}]", target, add, places)

        return references

    def pointer(self, tag: str, attribute: str, where: str, target: str, add: Add, places: Places) -> None:
        places.next()
        add(f'<{tag} {attribute}="{self.guid(target)}"{places.attributes(where)}>')
        places.all(where)
        add(f"</{tag}>")

    def only(self, tag: str, part: Child) -> WriteChild:
        write, get = self.element(part.element), attrgetter(part.field)

        def only(o: Any, add: Add, places: Places | None) -> None:
            child = get(o)
            if child is not None:
                if places is not None:
                    places.next()
                write(child, add, tag)

        return only

    def children(self, tag: str, part: Child) -> WriteChild:
        write, get = self.element(part.element), attrgetter(part.field)
        anonymous = not hasattr(part.element.cls, "id")

        def children(o: Any, add: Add, places: Places | None) -> None:
            for i, child in enumerate(get(o)):
                if places is not None:
                    places.next()
                before = len(self.lost)
                write(child, add, tag)
                if anonymous and len(self.lost) > before:
                    self.lost[before:] = [(f"{o.id}/{i}", cls, field) for _, cls, field in self.lost[before:]]

        return children

    def below(self, tag: str, e: Element) -> WriteChild:
        def below(o: Any, add: Add, places: Places | None) -> None:
            for child in self.trees[id(e)].under(o):
                if places is not None:
                    places.next()
                self.made[id(e)](child, add, tag)

        return below

    def box(self, tag: str, part: Box) -> WriteChild:
        kinds = {e.cls: (t, self.element(e)) for t, e in part.holds.items()}
        nests = [(e, next(p.field for p in e.children.values() if isinstance(p, Nested))) for e in part.holds.values() if any(isinstance(p, Nested) for p in e.children.values())]
        path = (tag, *part.path)
        wheres = ["/".join(path[: i + 1]) for i in range(len(path))]

        def box(o: Any, add: Add, places: Places | None) -> None:
            held = getattr(o, part.field)
            if not held and not (places and places.has(tag)):
                return
            for e, parent in nests:
                tree = self.trees[id(e)] = Tree.of(held, attrgetter(parent))
                held = tree.roots
                for thing in tree.misplaced:
                    self.lose(thing, parent)
            places = places or Places((), add)
            places.next(bool(held))
            levels = len(path) if held else max(i + 1 for i in range(len(path)) if places.has(wheres[i]))
            for i, t in enumerate(path[:levels]):
                if i:
                    places.at(wheres[i - 1], 0)
                add(f"\n<{t}{places.attributes(wheres[i])}>")
            for i, thing in enumerate(held):
                places.at(wheres[-1], i)
                if thing.__class__ not in kinds:
                    raise WriteError(f"{thing!r} cannot stand among the {part.field}: REFI-QDA knows {', '.join(c.__name__ for c in kinds)} there.")
                t, write = kinds[thing.__class__]
                write(thing, add, t)
                self.flush()
            for i in range(levels - 1, -1, -1):
                places.all(wheres[i])
                add(f"</{path[i]}>")

        return box


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


def _text(tag: str, value: str, add: Add, places: Places | None) -> None:
    if places is None:
        add(f"<{tag}>{content(value)}</{tag}>")
        return
    places.next()
    add(f"<{tag}{places.attributes(tag)}>")
    places.text(tag, value)
    add(f"</{tag}>")


def _head_lines(e: Element) -> list[str]:
    """The attributes of a start tag."""
    lines = [f"if o.{f}.__class__ is not {c.__name__}: misfit(o, {c.__name__}, o.{f})" for f, c in dict.fromkeys(a.group for a in e.attributes.values() if a.group)]
    lines += [f"if o.{name} {'is not' if default is None else '!='} {default!r}: unsaid(o, {name!r})" for name, default in e.unsaid.items()]
    lines.append("h = ''")
    run = ""
    for xml, a in e.attributes.items():
        value = f"o.{a.group[0]}.{a.field}" if a.group else f"o.{a.field}"
        if a.required and not _may_fail(a):
            run += f' {xml}="{{show_{xml}({value})}}"' if a.kind.convert != "int" else f' {xml}="{{{value}}}"'
            continue
        if run:
            lines.append(f"h += f'{run}'")
            run = ""
        lines += _checked_lines(xml, a, value)
    return [*lines, *([f"h += f'{run}'"] if run else [])]


def _element_lines(e: Element, faithful: bool) -> list[str]:
    """An element without foreign XML: its start tag, and those children that there are."""
    lines = ["if o.extra: return fully(o, add, tag, first)", *_head_lines(e)]
    if not e.children:
        return [*lines, "add(f'\\n<{tag}{first}{h}/>')"]
    tags = {id(part): tag for tag, part in e.children.items()}
    children = [_child_line(i, tags[id(part)], part, faithful) for i, part in enumerate(_written(e))]
    return [*lines, "add(f'\\n<{tag}{first}{h}>')", *children, "add(f'</{tag}>')"]


def _child_line(i: int, tag: str, part: Any, faithful: bool) -> str:
    """A line for the children of one kind; what is more than a line is left to the function that knows foreign XML too."""

    def pointer(value: str) -> str:
        return f"""add(f'<{tag} {part.attribute}="{{guid({value})}}"/>')"""

    match part:
        case Text(field=field, tell=None):
            return f"if o.{field} is not None: add(f'<{tag}>{{content(o.{field})}}</{tag}>')"
        case Ref(field=field, many=True):
            return f"for g in o.{field}: {pointer('g')}"
        case Ref(field=field):
            return f"{f'if o.{field}: ' if faithful else ''}{pointer(f'o.{field}')}"
        case Child(field=field, many=True) if hasattr(part.element.cls, "id"):
            return f"for c in o.{field}: write_{i}(c, add, {tag!r})"
        case Child(field=field):
            return f"if o.{field}: children[{i}](o, add, None)"
    return f"children[{i}](o, add, None)"


def _written(e: Element) -> list[Text | Ref | Child | Nested | Box]:
    """The children as they are written: of several that stand for one field, the first."""
    told: set[str] = set()
    written = []
    for part in e.children.values():
        if not isinstance(part, Text) or part.tell is None or part.field not in told:
            written.append(part)
        told.add(part.field)
    return written


def _may_fail(a: Attr) -> bool:
    return a.kind.pattern is not None and a.kind.share != "memo"


def _checked_lines(xml: str, a: Attr, value: str) -> list[str]:
    """Lines for an attribute that may be absent, or may hold what the schema does not allow."""
    if not _may_fail(a):
        return [f"v = {value}", f"if v is not None: h += f' {xml}=\"{{show_{xml}(v)}}\"'"]
    otherwise = f"lose(o, {a.field!r}); h += wrong(o, {a.field!r}, v, {xml!r})" if a.required else f"lose(o, {a.field!r})"
    return [f"v = {value}", "if v is not None:", f"  w = show_{xml}(v)", f"  if w is None: {otherwise}", f"  else: h += f' {xml}=\"{{w}}\"'"]


def _misfit(thing: Any, cls: type, found: Any) -> None:
    raise WriteError(f"{thing!r} lies at a {type(found).__name__}, but its source is marked with a {cls.__name__}: mark it anew.")


def _wrong(thing: Any, field: str, value: Any, xml: str = "") -> Any:
    """What stands for a required value that the schema does not allow: the usual one."""
    usual = next(f.default for f in fields(type(thing)) if f.name == field)
    if xml and isinstance(usual, str):
        return f' {xml}="{usual}"'
    raise WriteError(f"{thing!r}: {value!r} is no {field} that REFI-QDA knows.")
