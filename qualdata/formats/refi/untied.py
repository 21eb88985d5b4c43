"""What a program that gives out other ids than it took in leaves of points and of evidence, which are told by ids at both ends."""

from __future__ import annotations

from collections.abc import Iterator, Set

from qualdata.formats.refi.tools import Tool
from qualdata.model.base import Thing, fold
from qualdata.model.excerpt import Excerpt
from qualdata.model.source import Source
from qualdata.model.study import Study, walk

__all__ = ["untied"]


def untied(study: Study, tool: Tool, gone: Set[str]) -> Iterator[tuple[str, str]]:
    """Fields, and ids of the things in which they do not come back, as a tie in them is broken: by another id, or as an end is *gone*.

    Of a point whose codes or cases are not known again, the note comes back.
    """
    if not study.points and not study.themes:
        return
    renewed = "Thing" in tool.new_ids
    broken = {*gone} | {fold(t.id) for t in walk(study) if renewed or _renewed(t, tool)} | (_parted(study) if tool.splits else set())
    for point in study.points:
        if fold(point.id) in gone:
            continue
        if (renewed and point.codes) or not gone.isdisjoint(map(fold, point.cases)):
            yield "Study.points", point.id
        elif broken.intersection(map(fold, point.codings)):
            yield "Point.codings", point.id
    for theme in study.themes:
        if fold(theme.id) not in gone and broken.intersection(fold(e.ref) for e in theme.evidence):
            yield "Theme.evidence", theme.id


def _renewed(thing: Thing, tool: Tool) -> bool:
    return "Source" in tool.new_ids and isinstance(thing, Source)


def _parted(study: Study) -> set[str]:
    """The codings that do not stay in the excerpt that they are laid on, where each gets its own."""
    return {fold(c.id) for place in study.codable() if isinstance(place, Excerpt) for c in place.codings[1:]}
