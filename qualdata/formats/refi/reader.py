"""A reader made from a binding table: each start tag is looked up in the table of the element it stands in.

There is one table for each position in the order of an element's children, so that order and repetition
cost nothing on the normal path. Only constructors are generated text, as attrs writes an `__init__`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import attrs

from qualdata.errors import ReadError
from qualdata.formats.refi.events import DEPTH, Attributes, Events, Handler, Table
from qualdata.formats.refi.vocabulary import Attr, Box, Child, Element, Nested, Ref, Text

__all__ = ["Reader", "compiled"]

Build = Callable[[Attributes], Any]


class Reader(Events):
    """Reads one file into the objects that a binding names.

    Afterwards `ids` holds the id of every thing in the order of the file, `outer` each nested thing with
    the one around it, `remarks` what was odd.
    """

    __slots__ = ("below", "flat", "ids", "last", "lists", "memo", "outer", "tables", "uri")

    def __init__(self, tag: str, root: Element, uri: str) -> None:
        super().__init__()
        self.uri = uri
        self.ids: list[str] = []
        self.outer: list[tuple[Any, Any]] = []
        self.below: Counter[int] = Counter()
        self.flat: Counter[type] = Counter()
        self.tables: dict[int, Table] = {}
        self.lists: dict[int, str] = {}
        strings: dict[str, str] = {}
        self.memo = strings.setdefault
        self.last: str | None = None
        build, inside = self.build(root), self.table(root)

        def begin(a: Attributes) -> None:
            for name in [x for x, attribute in root.attributes.items() if attribute.required and x not in a]:
                self.note(f"<{tag}> has no {name}; it is taken as empty")
                a[name] = ""
            self.stack.append((None, self.kids, None))
            self.root = self.cur = build(a)
            self.kids = inside

        self.kids = Table(lambda thing: "before")
        self.kids[self.name(tag)] = begin

    def name(self, tag: str) -> str:
        return f"{self.uri}}}{tag}" if self.uri else tag

    def build(self, e: Element) -> Build:
        """A function from attributes to the object of an element; raises KeyError or ValueError for what cannot be built."""
        names = self.names(e)
        return compiled("build", "a", [*_build_lines(e, names), "return o"], names)

    def names(self, e: Element) -> dict[str, Any]:
        """What generated lines may call."""
        known = frozenset(e.attributes)
        return {"cls": e.cls, "new": object.__new__, "left_over": self.left_over, "ids": self.ids.append, "known": known, "truth": _truth, "memo": self.memo, "here": self}

    def table(self, e: Element) -> Table:
        """What may stand first in an element, and what to do when it comes."""
        if id(e) in self.tables:
            return self.tables[id(e)]
        children = e.children
        states = [Table(lambda thing: f"#{self.known(e, thing)}") for _ in range(len(children) + 1)]
        self.tables[id(e)] = states[0]
        for i, (tag, part) in enumerate(children.items()):
            last = max(k for k, other in enumerate(children.values()) if other.field == part.field)  # a choice is over after one
            again = isinstance(part, Nested) or getattr(part, "many", False)
            handle = self.handler(tag, part, e, states[i if again else last + 1])
            for k, state in enumerate(states):
                state[self.name(tag)] = handle if k <= i else self.late(tag, part, handle)
        return states[0]

    def handler(self, tag: str, part: Text | Ref | Child | Nested | Box, e: Element, after: Table) -> Handler:
        match part:
            case Text():
                return self.words(tag, part, after)
            case Ref():
                return self.reference(tag, part, after)
            case Child():
                return self.child(part.element, part.field, part.many, after)
            case Nested():
                return self.nested(e, part, after)
            case Box():
                return self.box(tag, part, after)

    def known(self, e: Element, thing: Any) -> int:
        """How many known children a thing has so far."""
        n = self.below[id(thing)]
        for part in {p.field: p for p in e.children.values() if not isinstance(p, Nested)}.values():
            value = getattr(thing, part.field)
            n += len(value) if getattr(part, "many", False) else bool(value) if isinstance(part, Box | Ref) else value is not None
        return n

    # one handler for each kind of child
    def child(self, e: Element, field: str, many: bool, after: Table) -> Handler:
        names = {**self.names(e), "push": self.stack.append, "inside": self.table(e), "after": after}
        take = f"cur.{field}.append(o)" if many else f"cur.{field} = o"
        enter = ["cur = here.cur", take, "push((cur, after, here.close))", "here.cur = o; here.kids = inside; here.close = None"]
        return compiled("start", "a", [*_build_lines(e, names), *enter], names)

    def nested(self, e: Element, part: Nested, after: Table) -> Handler:
        build, inside, field = self.build(e), self.table(e), self.lists[id(e)]

        def start(a: Attributes) -> None:
            if len(self.stack) > DEPTH:
                raise ReadError(f"elements stand in each other more than {DEPTH} deep; such a file is not read.", line=self.parser.CurrentLineNumber)
            thing = build(a)
            setattr(thing, part.field, self.cur.id)
            getattr(self.root, field).append(thing)
            self.outer.append((thing, self.cur))
            self.below[id(self.cur)] += 1
            self.flat[e.cls] += 1
            self.stack.append((self.cur, after, self.close))
            self.cur, self.kids, self.close = thing, inside, None

        return start

    def reference(self, tag: str, part: Ref, after: Table) -> Handler:
        field = part.field
        inside = Table(lambda thing: f"{tag}[{len(getattr(thing, field)) - 1}]#0" if part.many else f"{tag}#0")

        def strange(a: Attributes) -> None:
            self.left_over(self.cur, inside.place(self.cur)[:-2] + "@", {k: v for k, v in a.items() if k != part.attribute})

        names = {"here": self, "push": self.stack.append, "memo": self.memo, "strange": strange, "inside": inside, "after": after}
        take = f"cur.{field}.append(memo(id, id))" if part.many else f"cur.{field} = memo(id, id)"
        check = [] if part.many else ["if not id: raise ValueError('it points at nothing')"]
        enter = ["cur = here.cur", take, "if len(a) != 1: strange(a)", "push((cur, after, here.close))", "here.kids = inside; here.close = None"]
        return compiled("start", "a", [f"id = a[{part.attribute!r}]", *check, *enter], names)

    def words(self, tag: str, part: Text, after: Table) -> Handler:
        field, tell, buffer = part.field, part.tell, self.buffer
        inside = Table(lambda thing: f"{tag}#{len(''.join(buffer))}")

        def finish() -> None:
            self.parser.CharacterDataHandler = self.stray
            setattr(self.cur, field, "".join(buffer))

        def start(a: Attributes) -> None:
            if tell:
                setattr(self.cur, *tell)
            if a:
                self.left_over(self.cur, f"{tag}@", a)
            self.stack.append((self.cur, after, self.close))
            self.kids, self.close = inside, finish
            buffer.clear()
            self.parser.CharacterDataHandler = buffer.append

        return start

    def box(self, tag: str, part: Box, after: Table) -> Handler:
        path, field = (tag, *part.path), part.field
        inside = Table(lambda thing: f"{'/'.join(path)}#{self.in_box(part, thing)}")
        for t, e in part.holds.items():
            self.lists[id(e)] = field
            inside[self.name(t)] = self.child(e, field, True, inside)
        for i in range(len(path) - 1, 0, -1):
            outer = self.shell("/".join(path[:i]), field)
            again = self.shell("/".join(path[:i]), field)
            outer[self.name(path[i])] = handle = self.open_box("/".join(path[: i + 1]), field, inside, again)
            again[self.name(path[i])] = self.late(path[i], part, handle)
            inside = outer
        return self.open_box(tag, field, inside, after)

    def in_box(self, part: Box, thing: Any) -> int:
        """How many children the innermost element of a box has so far."""
        return len(getattr(thing, part.field)) - sum(self.flat[e.cls] for e in part.holds.values())

    def shell(self, where: str, field: str) -> Table:
        return Table(lambda thing: f"{where}#{int(bool(getattr(thing, field)))}")

    def open_box(self, where: str, field: str, inside: Table, after: Table) -> Handler:
        def finish() -> None:
            if not getattr(self.cur, field):
                self.note(f"<{where.rpartition('/')[2]}> is empty; an empty one should be left out")
                self.add(self.cur, f"{where}@", "")

        def start(a: Attributes) -> None:
            if a:
                self.left_over(self.cur, f"{where}@", a)
            self.stack.append((self.cur, after, self.close))
            self.kids, self.close = inside, finish

        return start

    def late(self, tag: str, part: Any, handle: Handler) -> Handler:
        """What has its place further up is taken all the same, once, and said."""
        several = isinstance(part, Nested | Box) or getattr(part, "many", False)

        def start(a: Attributes) -> None:
            if not several and getattr(self.cur, part.field) not in (None, ""):
                raise ValueError("there is one already")
            self.note(f"<{tag}> stands too late or twice; it is taken as if it stood in its place")
            handle(a)

        return start


def _truth(s: str) -> bool:
    try:
        return {"true": True, "1": True, "false": False, "0": False}[s.strip()]
    except KeyError:
        raise ValueError(f"{s!r} is neither true nor false") from None


@cache
def _code(name: str, arguments: str, lines: tuple[str, ...]) -> Any:
    return compile(f"def {name}({arguments}):\n " + "\n ".join(lines), f"<{name}>", "exec")


def compiled(name: str, arguments: str, lines: list[str], names: dict[str, Any]) -> Callable[..., Any]:
    """A function made of lines that come from the binding table, never from a file."""
    exec(_code(name, arguments, tuple(lines)), names)
    function: Callable[..., Any] = names[name]
    return function


def _build_lines(e: Element, names: dict[str, Any]) -> list[str]:
    """What is required is looked up, and fails if it must, before anything is taken out; what is left over is unknown."""
    lines = ["pop, get = a.pop, a.get"]
    given: dict[str, str] = {}
    groups: dict[tuple[str, type], dict[str, str]] = {}
    for xml, a in sorted(e.attributes.items(), key=lambda p: (not p[1].required, not p[1].kind.convert)):
        lines += _value_lines(xml, a)
        (groups.setdefault(a.group, {}) if a.group else given)[a.field] = f"v_{xml}"
    lines += [f"pop({xml!r}, None)" for xml, a in e.attributes.items() if a.kind.convert and not a.required]
    for (field, cls), got in groups.items():
        names[cls.__name__] = cls
        given[field] = f"{cls.__name__}({', '.join(f'{f.alias}={got[f.name]}' for f in attrs.fields(cls) if f.name in got)})"
    lines.append("o = new(cls)")
    lines += [f"o.{f.name} = {given.get(f.name) or _default(f, names)}" for f in attrs.fields(e.cls)]
    if given.get("id"):
        lines.append("ids(o.id)")
    required = sum(a.required for a in e.attributes.values())
    return [*lines, f"if len(a) != {required}: left_over(o, '@', {{k: v for k, v in a.items() if k not in known}})"]


def _value_lines(xml: str, a: Attr) -> list[str]:
    """Lines that take one value out of the attributes; equal strings become one, among all or in runs."""
    v = f"v_{xml}"
    found = f"a[{xml!r}]" if a.required else f"get({xml!r})" if a.kind.convert else f"pop({xml!r}, None)"
    convert = {"int": [f"{v} = int({v})"], "boolean": [f"{v} = truth({v})"]}.get(a.kind.convert)
    share = {"memo": [f"{v} = memo({v}, {v})"], "last": [f"if {v} == here.last: {v} = here.last", f"else: here.last = {v}"]}.get(a.kind.share)
    lines = convert or (share if share and a.field != "id" else [])
    if a.required or a.kind.share == "last" or not lines:
        return [f"{v} = {found}", *lines]
    return [f"{v} = {found}", f"if {v} is not None: {lines[0]}"]


def _default(f: attrs.Attribute[Any], names: dict[str, Any]) -> str:
    """What a field holds until its child comes."""
    if f.default is attrs.NOTHING:
        return "''"
    factory = getattr(f.default, "factory", None)
    if factory is None:
        return repr(f.default)
    if factory is list:
        return "[]"
    names[f"new_{f.name}"] = factory
    return f"new_{f.name}()"
