"""What a program brings back of a study: which fields it can say, and what it makes that nobody made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from qualdata.formats.refi.roots import PROJECT
from qualdata.formats.refi.tools import Tool
from qualdata.formats.refi.vocabulary import elements
from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.contributor import Contributor
from qualdata.model.set import Set
from qualdata.model.study import Study

__all__ = ["carries", "made_by", "said"]


@cache
def said(cls: type) -> frozenset[str]:
    """The fields of a class that a project can say."""
    return frozenset(name for e in elements(PROJECT.element) if e.cls is cls for name in e.said)


def carries(tool: Tool | None) -> Callable[[type, str], bool]:
    """Whether a program brings back a field of a class, as far as is known."""
    gaps = {name for gap in (tool.gaps if tool else ()) for name in gap.fields}

    @cache
    def carried(cls: type, field: str) -> bool:
        return field in said(cls) and f"{cls.__name__}.{field}" not in gaps

    return carried


# ---- what a program makes ----
def made_by(tool: Tool | None, ours: Study) -> Callable[[Any], bool]:
    """Whether a thing that came back was made by the program itself, out of what the study held, or for its own ends."""
    if tool is None:
        return lambda thing: False
    values = _values(ours)
    names = {_plain(case.name) for case in ours.cases}
    sources = {_plain(source.name) for source in ours.sources if source.values}
    system = set(map(fold, tool.system_users))

    def made(thing: Any) -> bool:
        match thing:
            case Contributor():
                return fold(thing.id) in system
            case Set() if tool.values_become == "sets":
                return thing.name in values
            case Case() if tool.values_become == "cases":
                return len(thing.sources) == 1 and bool(thing.values) and _plain(thing.name) in sources
            case Code() if tool.cases_become == "codes":
                return _plain(thing.name) in names
        return False

    return made


def _values(study: Study) -> set[str]:
    """The attributes of sources as names of sets: `age: 67`."""
    variables = {fold(v.id): v.name for v in study.variables}
    return {f"{variables.get(fold(value.variable))}: {value.value or ''}" for source in study.sources for value in source.values}


def _plain(name: str | None) -> str:
    return " ".join((name or "").split()).casefold()
