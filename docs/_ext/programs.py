"""What is known of programs, made from their rows.

The page of one says `<!-- program: nvivo nvivo-mac -->`; `<!-- side by side -->` compares all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from grid import table
from sphinx.application import Sphinx

from qualdata.formats.refi import tools
from qualdata.formats.refi.losses import where_of
from qualdata.formats.refi.tools.tool import SIDE_BY_SIDE, Fact, Tool, Topic

GRADES: Final = {
    "measured": "Read off files that the program itself wrote.",
    "stated": "Said by the vendor or by the standard.",
    "reported": "Found in another program's code, tried and published by others, or believed; not yet seen in a file that could prove it.",
}

TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)
_MARK: Final = re.compile(r"^<!-- (?:program: (.+)|side by side) -->$", re.MULTILINE)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", put_in)
    return {"parallel_read_safe": True}


def put_in(app: Sphinx, page: str, source: list[str]) -> None:
    """Put what is known of the programs that a page names in the place of their names."""
    if _MARK.search(source[0]):
        app.env.note_dependency(tools.__file__)
        source[0] = _MARK.sub(lambda found: "\n\n".join(_page([t for name in found[1].split() for t in tools.TOOLS if t.name == name])) if found[1] else side_by_side(), source[0])


def side_by_side() -> str:
    """All programs that have a target, in one table."""
    targets = [tool for tool in tools.TOOLS if tool.target]
    head = ("", *(tool.title.removeprefix("the ") for tool in targets))
    return table(head, [(about.capitalize(), *("<br>".join(_graded(tool, about)) or "–" for tool in targets)) for about in SIDE_BY_SIDE])


def _graded(tool: Tool, about: Topic) -> list[str]:
    return [f"{fact.says.rstrip('.')} *({fact.evidence})*" for fact in tool.facts if fact.about == about]


def _page(rows: list[Tool]) -> Iterator[str]:
    yield "## Export from it\n\n" + _once(t.exporting for t in rows)
    yield "## What arrives"
    for tool in rows:
        begins = " or ".join(f"`{o.strip()}`" for o in tool.origins)
        yield f"A file whose `origin` begins with {begins} is read in the way of {tool.title}. {tool.words} This is {tool.evidence}."
    if targets := [t for t in rows if t.target]:
        yield "## Bring in what qualdata writes\n\n" + _once(t.importing for t in targets)
        yield table(("What is written", *(f"`--target {t.name}`" for t in targets)), _settings(targets))
        yield from _gaps(targets)
    yield "## What is known, and how well"
    for grade, meaning in GRADES.items():
        facts = list(dict.fromkeys(f for t in rows for f in t.facts if f.evidence == grade))
        if facts:
            yield f"### {grade.capitalize()}\n\n{meaning}\n\n" + table(("About", "What", "Seen or said"), map(_fact, sorted(facts, key=_place)))
    yield f"Nothing is noted about: {', '.join(sorted(set(TOPICS) - {f.about for t in rows for f in t.facts}, key=TOPICS.index))}."


def _once(texts: Iterable[str]) -> str:
    """Texts as paragraphs, none twice."""
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def _place(fact: Fact) -> int:
    return TOPICS.index(fact.about)


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
