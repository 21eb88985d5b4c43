"""How REFI-QDA says what the model says, made from the binding where a page has `<!-- mapping: project -->` or `… codebook -->`.

`… conventions -->` is how that is told for which REFI-QDA has no element, in the words of the module that does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from attrs import fields, frozen
from grid import table

from qualdata.formats.refi import binding
from qualdata.formats.refi.vocabulary import Attr, Box, Child, Element, Nested, Part, Ref, Simple, Text
from qualdata.schema import classes, described

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOTS: Final = {"project": (binding.ROOT, binding.PROJECT), "codebook": (binding.CODEBOOK_ROOT, binding.CODEBOOK)}
CONVENTIONS: Final = """```{eval-rst}
.. automodule:: qualdata.formats.refi.conventions
   :no-members:
   :no-index:
```"""
OURS: Final = {"extra", "media", "stored", "rich"}
"""Fields that no file says: what it said besides, and the handles on its files."""
KINDS: Final = {
    id(binding.guid): "GUID", id(binding.string): "text", id(binding.moment): "date and time", id(binding.date): "date", id(binding.decimal): "number",
    id(binding.whole): "whole number", id(binding.integer): "whole number", id(binding.truth): "true or false", id(binding.boolean): "true or false",
    id(binding.colour): "colour, as `#3366CC`",
}  # fmt: skip
"""Simple types of the schema, in words; others are choices."""

_MARK: Final = re.compile(r"^<!-- mapping: (\w+) -->$", re.MULTILINE)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", put_in)
    return {"parallel_read_safe": True}


def put_in(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the tables in the place of the marks."""
    if _MARK.search(source[0]):
        app.env.note_dependency(binding.__file__)
        source[0] = _MARK.sub(lambda found: "\n\n".join(mapped(found[1])) if found[1] in ROOTS else CONVENTIONS, source[0])


@frozen
class Row:
    """A field of the model, and what says it in one element."""

    tag: str
    """The element; empty where a row is about all of them."""
    field: str
    name: str
    """What says it: `@` before an attribute."""
    form: str


def mapped(root: str) -> Iterator[str]:
    """The tables of a root element, one for each class that it can say; for a project also the classes that it cannot."""
    rows: dict[type, list[Row]] = {}
    for tag, element in _elements(*ROOTS[root]):
        for cls, row in _rows(tag, element):
            rows.setdefault(cls, []).append(row)
    for cls, said in rows.items():
        yield from _section(cls, said, "REFI-QDA" if root == "project" else "A codebook")
    if root == "project":
        yield "### What has no element"
        yield table(("Class", "What it is", "Fields"), [(_linked(cls), _first(cls.__doc__), _names(unsaid(cls, []))) for cls in classes() if cls not in rows])


def _elements(tag: str, element: Element) -> Iterator[tuple[str, Element]]:
    """All elements with the names that they have, each once; those of one class follow each other."""
    found = {(tag, id(element)): (tag, element)}
    todo = [element]
    for outer in todo:
        for key, inner in _within(outer):
            if key not in found:
                found[key] = inner
                todo.append(inner[1])
    first = {cls: n for n, cls in reversed(list(enumerate(e.cls for _, e in found.values())))}
    yield from sorted(found.values(), key=lambda pair: first[pair[1].cls])


def _within(outer: Element) -> Iterator[tuple[tuple[str, int], tuple[str, Element]]]:
    for name, part in outer.parts.items():
        held = {name: part.element} if isinstance(part, Child) else part.holds if isinstance(part, Box) else {}
        yield from (((tag, id(e)), (tag, e)) for tag, e in held.items())


def _rows(tag: str, element: Element) -> Iterator[tuple[type, Row]]:
    for name, part in element.parts.items():
        at = f"@{name}" if isinstance(part, Attr) else "/".join((name, *part.path)) if isinstance(part, Box) else name
        if isinstance(part, Attr) and part.group:
            yield element.cls, Row("", part.group[0], at, _linked(part.group[1]))
            yield part.group[1], Row(tag, part.field, at, _form(part))
        else:
            yield element.cls, Row(tag, part.field, at, _form(part))
        if isinstance(part, Text) and part.tell:
            yield element.cls, Row(tag, part.tell[0], at, "which of them it is")


def _form(part: Part) -> str:
    """What may stand there, in words."""
    match part:
        case Attr():
            return _kind(part.kind) + (", required" if part.required else "")
        case Text():
            return _kind(part.kind)
        case Ref():
            return "any number of ids" if part.many else "id, required"
        case Child():
            return f"{'any number of' if part.many else 'at most one'} {_linked(part.element.cls)}"
        case Nested():
            return "stands within it"
        case Box():
            return ("at least one " if part.required else "any number of ") + _joined(_linked(e.cls) for e in part.holds.values())


def _kind(kind: Simple[Any]) -> str:
    return KINDS.get(id(kind)) or "one of " + _names((kind.pattern.pattern if kind.pattern else "").split("|"))


def _section(cls: type, rows: list[Row], format: str) -> Iterator[str]:
    """A class: what it is, its table, and what is left."""
    tags = list(dict.fromkeys(row.tag for row in rows if row.tag))
    told = described(cls)
    by_field: dict[str, list[Row]] = {}
    for row in rows:
        by_field.setdefault(row.field, []).append(row)
    yield f"### {cls.__name__}\n\n{_first(cls.__doc__)} {_linked(cls)} is written as {_names(tags)}."
    lines = [(_where(found, tags), f"`{_name(field)}`", _joined(r.form for r in found), " ".join(told[field].split())) for field, found in by_field.items()]
    yield table(("In the file", "In the model", "Form", "What it is"), lines)
    if left := unsaid(cls, by_field):
        yield f"{format} has no place for {_names(left)}."


def _where(found: list[Row], tags: list[str]) -> str:
    """What says a field; and in which elements, if not in all that the class has."""
    inside: dict[str, list[str]] = {}
    for row in found:
        inside.setdefault(row.name, []).append(row.tag)
    return ", ".join(f"`{name}`" + ("" if set(of) in (set(tags), {""}) else f" of {_names(of)}") for name, of in inside.items())


def unsaid(cls: Any, said: Iterable[str]) -> list[str]:
    """The fields of a class that nothing says."""
    return [f.name for f in fields(cls) if f.init and f.name not in OURS.union(said)]


def _linked(cls: type) -> str:
    return f"{{class}}`~qualdata.model.{cls.__name__}`"


def _name(field: str) -> str:
    return field.lstrip("_")


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{_name(name)}`" for name in dict.fromkeys(names))


def _joined(forms: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(forms))


def _first(doc: str | None) -> str:
    return (doc or "").partition("\n")[0]
