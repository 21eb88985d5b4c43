"""The words a binding table is written in: XML name on the left of `=`, model field on the right.

Lower-case XML names are attributes, capitalised ones child elements; their order is the order of the file.
mypy checks each line: the field exists, its type fits, and what the format may omit the model may lack.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date as calendar_date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import Attribute, Factory, evolve, fields, frozen

from qualdata.formats.refi.names import PATTERN

__all__ = [
    "Attr", "Box", "Child", "Element", "Nested", "Part", "Parts", "Ref", "Simple", "Text",
    "attributes", "boolean", "box", "children", "choice_of", "colour", "date", "decimal", "element", "full_box",
    "guid", "integer", "into", "many", "moment", "nested", "one", "one_of", "ref", "refs", "string", "text",
]  # fmt: skip

T = TypeVar("T")
S = TypeVar("S", bound=str)
if TYPE_CHECKING:
    Field = Attribute[T]  # attrs' class cannot be subscripted at run time


@frozen(eq=False)
class Simple(Generic[T]):
    """A simple type of the schema; called, it binds an optional attribute, `.must` binds a required one."""

    xsd: str
    """Its base type in XML Schema."""
    convert: str = ""
    """How the reader turns it into a value: `int` or `boolean`; a string as it is without one."""
    share: str = ""
    """How equal values become one string: `memo` for all, `last` for runs of them."""
    facets: tuple[tuple[str, str], ...] = ()
    """What restricts the base type, in XML Schema: name and value of each facet."""
    pattern: re.Pattern[str] | None = None
    """What a written value must match whole; None where all is allowed."""

    def __call__(self, field: Field[T | None]) -> Attr:
        return Attr(field.name, self)

    def must(self, field: Field[T]) -> Attr:
        return Attr(field.name, self, required=True)

    def allows(self, value: str) -> bool:
        """Whether the schema allows a written value."""
        if self.pattern is None:
            return True
        found = self.pattern.fullmatch(value.strip(" \t\r\n"))  # white space around these types says nothing
        return found is not None and ("day" not in self.pattern.groupindex or found["day"] < "29" or _is_day(found["year"], found["month"], found["day"]))


@frozen
class Attr:
    """An attribute."""

    field: str
    kind: Simple[Any]
    required: bool = False
    group: tuple[str, type] | None = None
    """The field that a part object stands in, and its class, when this attribute fills such a part."""


@frozen
class Text:
    """A child that holds only text: absent is None, empty is ''."""

    field: str
    kind: Simple[Any]
    tell: tuple[str, str] | None = None
    """Which of several such children it was: field and value."""


@frozen
class Ref:
    """A child that holds only the id of something elsewhere."""

    field: str
    many: bool = False
    attribute: str = "targetGUID"
    """The attribute that holds the id."""


@frozen(eq=False)
class Child:
    """A child that is a part of its own."""

    field: str
    element: Element
    many: bool = False


@frozen
class Nested:
    """The element itself again, put flat into the list it stands in; *field* names the id of the one around it."""

    field: str


@frozen(eq=False)
class Box:
    """A child that only holds others; written when there is something in it."""

    field: str
    path: tuple[str, ...]
    holds: Mapping[str, Element]
    required: bool = False
    """Whether it must be there, with something in it."""


Part = Attr | Text | Ref | Child | Nested | Box
Parts = dict[str, Part]


@frozen(eq=False)
class Element:
    """One element of the format and the class it builds."""

    cls: type
    parts: Mapping[str, Part]

    @property
    def attributes(self) -> dict[str, Attr]:
        """Its attributes by XML name."""
        return {k: p for k, p in self.parts.items() if isinstance(p, Attr)}

    @property
    def children(self) -> dict[str, Text | Ref | Child | Nested | Box]:
        """Its child elements by XML name, in the order they must have."""
        return {k: p for k, p in self.parts.items() if not isinstance(p, Attr)}

    @property
    def said(self) -> set[str]:
        """The fields of the class that the element can say."""
        fields = {p.group[0] if isinstance(p, Attr) and p.group else p.field for p in self.parts.values()}
        return fields | {p.tell[0] for p in self.parts.values() if isinstance(p, Text) and p.tell}


    @property
    def unsaid(self) -> dict[str, Any]:
        """The compared fields of the class that the element cannot say, with what they hold when they say nothing."""
        unsaid = {f.name: f.default for f in fields(self.cls) if f.eq and f.name not in self.said | {"extra"}}
        return {name: default.factory() if isinstance(default, Factory) else default for name, default in unsaid.items()}  # type: ignore[arg-type]


def choice_of(*words: S) -> Simple[S]:
    """One of a few words."""
    return Simple("token", facets=tuple(("enumeration", w) for w in words), pattern=re.compile("|".join(words)))


def _matching(pattern: str, share: str = "") -> Simple[str]:
    return Simple("token", share=share, facets=(("pattern", pattern),), pattern=re.compile(pattern))


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        calendar_date(int(year) % 400 + 400, int(month), int(day))  # the calendar repeats, and Python's begins at 1
    except ValueError:
        return False
    return True


_DAY = r"(?P<year>-?(?:[1-9]\d{3,}|0(?!000)\d{3}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
guid: Simple[str] = _matching(PATTERN, share="memo")
string: Simple[str] = Simple("string")
moment: Simple[str] = Simple("dateTime", share="last", pattern=re.compile(rf"{_DAY}T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?){_ZONE}"))
date: Simple[str] = Simple("date", pattern=re.compile(_DAY + _ZONE))
decimal: Simple[str] = Simple("decimal", pattern=re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"))
whole: Simple[str] = Simple("integer", pattern=re.compile(r"[+-]?\d+"))
truth: Simple[str] = Simple("boolean", pattern=re.compile("true|false|0|1"))
colour: Simple[str] = _matching("#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")
integer: Simple[int] = Simple("integer", convert="int")
boolean: Simple[bool] = Simple("boolean", convert="boolean")


def element(cls: type, **parts: Part) -> Element:
    """One element of the format and the class it builds."""
    return Element(cls, parts)


def text(field: Field[str | None]) -> Text:
    """A child that holds only text."""
    return Text(field.name, string)


def ref(field: Field[str]) -> Ref:
    """A child that points at one thing."""
    return Ref(field.name)


def refs(field: Field[list[str]], attribute: str = "targetGUID") -> Ref:
    """Any number of children that each point at one thing."""
    return Ref(field.name, many=True, attribute=attribute)


def one(field: Field[Any], of: Element) -> Child:
    """At most one child that is a part of its own."""
    return Child(field.name, of)


def many(field: Field[list[T]], of: Element) -> Child:
    """Any number of children that are parts of their own."""
    return Child(field.name, of, many=True)


def nested(field: Field[str | None]) -> Nested:
    """Any number of children that are the element itself again."""
    return Nested(field.name)


def box(field: Field[list[T]], *path: str, **holds: Element) -> Box:
    """A child that only holds others, directly or within the elements of *path*."""
    return Box(field.name, path, holds)


def full_box(field: Field[list[T]], *path: str, **holds: Element) -> Box:
    """A box that must be there, with something in it."""
    return Box(field.name, path, holds, required=True)


def attributes(parts: Mapping[str, Part]) -> Parts:
    """The attributes among some parts."""
    return {k: p for k, p in parts.items() if isinstance(p, Attr)}


def children(parts: Mapping[str, Part]) -> Parts:
    """The child elements among some parts."""
    return {k: p for k, p in parts.items() if not isinstance(p, Attr)}


def into(field: Field[Any], cls: type, parts: Mapping[str, Part]) -> Parts:
    """Attributes that together fill one part object, as two positions make a span."""
    return {k: evolve(p, group=(field.name, cls)) for k, p in parts.items() if isinstance(p, Attr)}


def one_of(tell: Field[S], field: Field[str | None], **kinds: tuple[S, Simple[Any]]) -> Parts:
    """At most one of several children, and which it was."""
    return {tag: Text(field.name, kind, (tell.name, word)) for tag, (word, kind) in kinds.items()}


def elements(*roots: Element) -> Iterable[Element]:
    """All elements that can stand in some elements, themselves first, each once."""
    seen: dict[int, Element] = {}
    todo = list(roots)
    while todo:
        e = todo.pop()
        if id(e) in seen:
            continue
        seen[id(e)] = e
        for part in e.parts.values():
            if isinstance(part, Child):
                todo.append(part.element)
            elif isinstance(part, Box):
                todo.extend(part.holds.values())
    return seen.values()
