"""What a written project holds and its program is known not to give back, as losses: one for each field."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from attrs import fields_dict

from qualdata.formats.refi.conventions import STANDS_IN
from qualdata.formats.refi.losses import where_of
from qualdata.formats.refi.tools import Fact, Tool
from qualdata.formats.refi.untied import untied
from qualdata.model.base import Thing, fold
from qualdata.model.loss import NOT_CARRIED, Loss
from qualdata.model.study import LISTS, Study, walk

__all__ = ["not_carried"]

_SIDES = {"import": "does not take in", "export": "does not give out"}


def not_carried(study: Study, tool: Tool, lost: Set[tuple[str, str, str]]) -> Iterator[Loss]:
    """Losses by the gaps of a program; *lost* is what the file does not say anyway: ids of things, their classes, fields."""
    things: dict[str, list[Thing]] = {}
    if tool.gaps:
        for thing in walk(study):
            things.setdefault(type(thing).__name__, []).append(thing)
    gone: set[str] = set()
    for gap in tool.gaps:
        for name in (*gap.fields, *(told for told, held in STANDS_IN.items() if held & {*gap.fields})):
            cls, _, field = name.partition(".")
            ids = tuple(dict.fromkeys(id for id in _holding(study, things.get(cls, []), field) if (id, cls, field) not in lost))
            if ids:
                yield Loss(NOT_CARRIED, (name,), ids, where_of(cls, field, len(ids)), _why(tool, gap.side, gap.fact))
                gone.update(map(fold, ids) if cls == "Study" else ())
    for name, ids in _untied(study, tool, gone, lost).items():
        cls, _, field = name.partition(".")
        yield Loss(NOT_CARRIED, (name,), ids, where_of(cls, field, len(ids)), f"The file holds it, tied by ids, but {tool.title} gives out others.")
    links = tuple(link.id for link in study.links if {fold(end) for end in (link.origin, link.target) if end} & gone)
    if links:
        yield Loss(NOT_CARRIED, ("Study.links",), links, where_of("Study", "links", len(links)), f"What they lead to does not come back from {tool.title}.")


def _untied(study: Study, tool: Tool, gone: Set[str], lost: Set[tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    """By fields, the ids of things of which ties are broken."""
    found: dict[str, tuple[str, ...]] = {}
    for name, id in untied(study, tool, gone):
        if (id, *name.split(".")) not in lost:
            found[name] = (*found.get(name, ()), id)
    return found


def _holding(study: Study, things: list[Thing], field: str) -> Iterator[str]:
    """Ids of the things that say something in a field; of a list of the study, of what stands in it."""
    for thing in things:
        value = getattr(thing, field)
        if thing is study and field in LISTS.values():
            yield from (inner.id for inner in value)
        elif value not in ("", _default(type(thing), field)):
            yield thing.id


def _default(cls: Any, field: str) -> object:
    default: Any = fields_dict(cls)[field].default
    return default.factory() if hasattr(default, "factory") else default


def _why(tool: Tool, side: str, fact: Fact) -> str:
    known = {"measured": "measured on", "stated": "stated by", "reported": "reported, not measured:"}[fact.evidence]
    return f"The file holds it, but {tool.title} {_SIDES[side]} all of it: {fact.says[:1].lower()}{fact.says[1:].rstrip('.')} ({known} {fact.source})."
