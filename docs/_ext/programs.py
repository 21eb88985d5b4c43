"""The page of a program, made from its rows where the page says `<!-- program: nvivo nvivo-mac -->`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sphinx.application import Sphinx
from tables import table

from qualdata.formats.refi import tools
from qualdata.formats.refi.losses import where_of
from qualdata.formats.refi.tools import Fact, Tool

GRADES: Final = {
    "measured": "Read off files that the program itself wrote.",
    "stated": "Said by the vendor or by the standard.",
    "reported": "Found in another program's code, or tried and published by others; not yet seen in a file that could prove it.",
}


_MARK: Final = re.compile(r"^<!-- program: (.+) -->$", re.MULTILINE)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", put_in)
    return {"parallel_read_safe": True}


def put_in(app: Sphinx, page: str, source: list[str]) -> None:
    """Put what is known of the programs that a page names in the place of their names."""
    if _MARK.search(source[0]):
        app.env.note_dependency(tools.__file__)
        source[0] = _MARK.sub(lambda found: "\n\n".join(_page([t for name in found[1].split() for t in tools.TOOLS if t.name == name])), source[0])


def _page(rows: list[Tool]) -> Iterator[str]:
    first = rows[0]
    yield f"## Export from it\n\n{first.exporting}"
    yield "## What arrives"
    for tool in rows:
        begins = " or ".join(f"`{o.strip()}`" for o in tool.origins)
        yield f"A file is taken as one of {tool.title} where its `origin` begins with {begins}. {tool.words} This is {tool.evidence}."
    if any(t.target for t in rows):
        yield f"## Bring in what qualdata writes\n\n{first.importing}"
        yield table(("What is written", *(f"`--target {t.name}`" for t in rows)), _settings(rows))
        yield from _gaps(rows)
    yield "## What is known, and how well"
    for grade, meaning in GRADES.items():
        facts = list(dict.fromkeys(f for t in rows for f in t.facts if f.evidence == grade))
        if facts:
            yield f"### {grade.capitalize()}\n\n{meaning}\n\n" + table(("About", "What", "Seen or said"), map(_fact, sorted(facts, key=lambda f: f.about)))


def _settings(rows: list[Tool]) -> Iterator[tuple[str, ...]]:
    yield "Positions count", *(str(t.profile) for t in rows)
    yield "Folder of files", *(f"`{t.folder}`" for t in rows)
    yield "Texts that get a file begin with a byte order mark", *(_yes(t.bom) for t in rows)
    yield "A Word file is made of each text that has none", *(_yes(t.rich) for t in rows)
    yield "GUIDs", *("in upper case" if t.upper else "as they are" for t in rows)


def _gaps(rows: list[Tool]) -> Iterator[str]:
    gaps = list(dict.fromkeys((g.side, g.fields, g.fact) for t in rows for g in t.gaps))
    if gaps:
        yield "Some of what the file holds is known not to come back out of the program. `qualdata convert` says so of each study."
        yield table(("What", "Where it stays behind", "Why", "Evidence"), [(_content(fields), f"on {side}", fact.says, fact.evidence) for side, fields, fact in gaps])


def _content(fields: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(_plain(name) for name in fields))


def _plain(name: str) -> str:
    cls, _, field = name.partition(".")
    words = where_of(cls, field, 2).removeprefix("2 ")
    return "attributes of sources" if cls.endswith("Source") and field == "values" else words.replace(":", ",")


def _fact(fact: Fact) -> tuple[str, str, str]:
    return fact.about, fact.says, fact.source


def _yes(setting: bool) -> str:
    return "yes" if setting else "no"
