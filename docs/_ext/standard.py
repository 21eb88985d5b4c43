"""The standard's tables and index, made from its schema: `{fields} CLASS` is what a class may say, `{where}` where each class and field is explained.

Each class and field then has a label, as `standard-coding` and `standard-coding-code`, by which pages link to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import fields
from docutils import nodes
from grid import table
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from qualdata import model as m
from qualdata.model.source import Source
from qualdata.rules.targets import plan
from qualdata.schema import classes, schema

COMMON: Final = (m.Part, m.Thing, m.Dated, Source, m.MediaSource)
"""Classes that only say what others share."""
OTHERS: Final = {"Package": {**schema(), "title": "Package"}, "File": schema()["$defs"]["File"]}
"""Parts of a document that the model has no class for: the document itself, and what it says of a file."""
WORDS: Final = {
    "text": "text", "id": "id", "reference": "id of another thing", "file": "path of a file", "integer": "whole number", "prefix": "letters and digits",
    "extra": "object, `prefix:field` to JSON", "string": "text", "number": "number", "boolean": "true or false", "object": "object",
}  # fmt: skip
"""What fields hold, in words, by the name in the schema."""


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("fields", Fields)
    app.add_directive("where", Where)
    app.connect("doctree-read", label)
    return {"parallel_read_safe": True}


class Fields(SphinxDirective):
    """What a class says: a row a field, and which fields it shares with others."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(__file__)
        name = self.arguments[0]
        text = table(("Field", "What it holds", "Meaning", "REFI-QDA"), [_row(name, field, said) for field, said in own(name).items()])
        made = self.parse_text_to_nodes(text + (f"\n\n{shared}" if (shared := _shared(name)) else ""))
        (grid,) = (node for node in made if isinstance(node, nodes.table))
        grid["standard"] = name
        grid["classes"].append("fields")
        (body,) = grid.findall(nodes.tbody)
        for row, field in zip(body.children, own(name), strict=True):
            row["ids"] = [key(name, field)]
        return made


class Where(SphinxDirective):
    """The classes and fields of the standard in the order of the alphabet, each with the places that explain it."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(__file__)
        found: dict[str, list[str]] = {}
        for name in names():
            for field in own(name):
                found.setdefault(field, []).append(name)
        rows = [(name, f"**[{name}](#{key(name)})**", OTHERS[name]["description"] if name in OTHERS else _first(_class(name))) for name in names()]
        rows += [(field, f"`{field}`", ", ".join(f"[{name}](#{key(name, field)})" for name in of)) for field, of in found.items()]
        return self.parse_text_to_nodes(table(("Name", "Where, and what"), [row[1:] for row in sorted(rows, key=lambda row: row[0].casefold())]))


def label(app: Sphinx, tree: nodes.document) -> None:
    """Make places of the tables: the section that a table of a class stands in is the place of the class."""
    labels, anonymous = app.env.domains.standard_domain.labels, app.env.domains.standard_domain.anonlabels
    page = app.env.docname
    for grid in tree.findall(nodes.table):
        name, section = grid.get("standard"), grid.parent
        if name is None or not isinstance(section, nodes.section):
            continue
        for place, id, shown in ((key(name), section["ids"][0], name), *((key(name, f), key(name, f), f"{name}.{f}") for f in own(name))):
            labels[place], anonymous[place] = (page, id, shown), (page, id)


def key(name: str, field: str = "") -> str:
    """The label of a class, or of a field."""
    return "-".join(("standard", name, *filter(None, [field]))).lower().replace("_", "-")


def names() -> list[str]:
    """All that has a table."""
    return [*(cls.__name__ for cls in (*COMMON, *classes())), *OTHERS]


def own(name: str) -> dict[str, Any]:
    """The fields that a class does not share, by name, each with what the schema says of it."""
    if name in OTHERS:
        return dict(OTHERS[name]["properties"])
    cls = _class(name)
    told = _told(cls)
    here = {"type", *(f.alias for f in fields(cls) if not f.inherited)}
    return {field: said for field, said in told.items() if field in here}


def _told(cls: type) -> dict[str, Any]:
    """What the schema says of the fields of a class; of what classes share, what it says of the first of them."""
    every = [c for c in classes() if issubclass(c, cls)]
    told: dict[str, Any] = schema()["$defs"][(cls if cls in every else every[0]).__name__]["properties"]
    shared = {} if cls in every else {f: _clauses(every, f) for f in told}
    return {f: {**said, **({"x-refi-qda": {"clauses": shared[f]}} if f in shared else {})} for f, said in told.items() if f != "type" or cls in every}


def _clauses(every: list[type], field: str) -> list[str]:
    """The clauses of a shared field, if they are the same wherever it is; else it is a matter of the class."""
    of = {json.dumps(said.get("x-refi-qda", {}).get("clauses")) for c in every if (said := schema()["$defs"][c.__name__]["properties"].get(field))} - {"null"}
    return json.loads(of.pop()) if len(of) == 1 else ["by class"] if of else []


def _row(name: str, field: str, said: dict[str, Any]) -> tuple[str, str, str, str]:
    required = field in _required(name)
    unit = f", in {said['x-unit']}" if "x-unit" in said else ""
    default = f" *If absent:* `{json.dumps(said['default'], ensure_ascii=False)}`." if "default" in said else ""
    clauses = ", ".join(said.get("x-refi-qda", {}).get("clauses", [])) or "–"
    return f"`{field}`" + (" *required*" if required else ""), _holds(name, field, said) + unit, _plain(said["description"]) + default, clauses


def _plain(text: str) -> str:
    """What stands under a field, for those who write no Python."""
    return re.sub(r"\bNone\b", "absent", " ".join(text.split()))


def _required(name: str) -> list[str]:
    told = OTHERS.get(name) or schema()["$defs"].get(name) or {}
    return list(told.get("required", []))


def _holds(name: str, field: str, said: dict[str, Any]) -> str:
    """What a field holds, in words."""
    if "items" in said:
        return f"list of {_holds(name, field, said['items'])}".replace("list of id of", "ids of")
    if "const" in said:
        return f"`{json.dumps(said['const'])}`"
    if "enum" in said:
        return "one of " + ", ".join(f"`{word}`" for word in said["enum"])
    held = said.get("$ref", said.get("type", "")).removeprefix("#/$defs/")
    if held == "reference":
        return "id of " + _pointed(_class(name), field)
    return WORDS[held] if held in WORDS else f"[{held}](#{'spans' if held == 'Span' else key(held)})"


def _pointed(cls: type, field: str) -> str:
    """What a reference may point at."""
    if issubclass(cls, m.TranscriptSpan):
        return f"[SyncPoint](#{key('SyncPoint')})"
    concrete = next(c for c in classes() if issubclass(c, cls))
    (allowed,) = (allowed for name, allowed, _ in plan(concrete) if name == field)
    return "any thing" if m.Thing in allowed else " or ".join(f"[{c.__name__}](#{key(c.__name__)})" for c in allowed)


def _shared(name: str) -> str:
    """A sentence on the fields that a class has beside its own."""
    if name in OTHERS or not (bases := list(_bases(_class(name)))):
        return ""
    told = _told(_class(name))
    lists = (f"[{base.__name__}](#{key(base.__name__)}) ({', '.join(f'`{f}`' for f in own(base.__name__) if f in told)})" for base in bases)
    return f"It also has the fields of {'; '.join(lists)}."


def _bases(cls: type) -> Iterator[type]:
    """The classes that a class has fields of beside its own, the nearest first."""
    told = set(_told(cls))
    return (base for base in cls.__mro__[1:] if base.__name__ in names() and told & set(own(base.__name__)) - set(own(cls.__name__)))


def _class(name: str) -> type:
    return next(cls for cls in (*COMMON, *classes()) if cls.__name__ == name)


def _first(cls: type) -> str:
    return (cls.__doc__ or "").partition("\n")[0]
