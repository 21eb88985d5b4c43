"""The tables of iterative categorization: points by participants, the codes in numbers, what a theme rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, get_args

from qualdata.model.base import Thing, fold
from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.point import Point
from qualdata.model.segments import Segment
from qualdata.model.source import holders
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study
from qualdata.model.theme import Evidence, EvidenceRole, Theme
from qualdata.report import Cell, Table
from qualdata.report.table import distinct
from qualdata.report.titles import titled
from qualdata.tools.ic.extracts import Extracts
from qualdata.tools.ic.progress import addressed_by_code

__all__ = ["evidence_table", "grid_table", "summary_table"]

_ROLES: Final[tuple[EvidenceRole, ...]] = get_args(EvidenceRole)
_POINT: Final = ("code", "process", "heading", "point", "participants")
_CODE: Final = ("code", "meaning", "extracts", "addressed", "participants", "who", "points", "headings")
_RESTS: Final = ("theme", "role", "kind", "name", "participants", "text", "note")
_NAMED: Final = "x"
"""In the grid, a participant whom a point names without a coding of theirs."""


def grid_table(study: Study, codes: Sequence[Code] | None = None, *, for_people: bool = False) -> Table:
    """A row for each point, about some codes or all, and a column for each participant: how many of the point's codings are theirs.

    `x` stands for a participant whom a point names without a coding of theirs. *for_people* leaves out what paper has no room for,
    but no participant: who says nothing is a finding too.
    """
    segments, wanted = Extracts(study).segments, None if codes is None else {fold(code.id) for code in codes}
    names = list(distinct((case.name or case.id for case in study.cases), _POINT))
    points = [p for p in study.points if wanted is None or wanted & set(map(fold, p.codes))]
    known = {fold(code.id): code.name for code in study.codes}

    def rows() -> Iterator[Sequence[Cell]]:
        for point in points:
            cells = [_cell(point, case, segments) for case in study.cases]
            yield "; ".join(known.get(fold(code), code) for code in point.codes), point.process, point.heading, point.text, sum(cell is not None for cell in cells), *cells

    about = "" if codes is None else f": {', '.join(code.name for code in codes)}"
    table = Table(titled(f"Points and participants{about}", study), (*_POINT, *names), rows())
    shown = ("heading", "point") if codes is not None and len(codes) == 1 else ("code", "heading", "point")
    return table.chosen(*shown, *names).worded(names) if for_people else table


def _cell(point: Point, case: Case, segments: dict[str, Segment]) -> Cell:
    found = (segments.get(id) for id in dict.fromkeys(map(fold, point.codings)))
    number = sum(segment is not None and any(c is case for c in segment.cases) for segment in found)
    return number or (_NAMED if fold(case.id) in map(fold, point.cases) else None)


def summary_table(study: Study, codes: Sequence[Code] | None = None, *, for_people: bool = False) -> Table:
    """A row for each code with extracts: how many, about whom, how many of them addressed, and under which headings the points stand."""

    def rows() -> Iterator[Sequence[Cell]]:
        for row in addressed_by_code(study, codes):
            code, who = row.code, {fold(case.id) for e in row.extracts for case in e.segment.cases}
            people = [case.name or case.id for case in study.cases if fold(case.id) in who]
            path = row.extracts[0].segment.code_path or row.extracts[0].segment.coding.code
            about = [] if code is None else [p for p in study.points if fold(code.id) in map(fold, p.codes)]
            headings = "; ".join(dict.fromkeys(point.heading for point in about if point.heading))
            yield path, code.description if code else None, len(row.extracts), row.addressed, len(people), "; ".join(people), row.points, headings

    table = Table(titled("Codes", study), _CODE, rows())
    return table.for_people(*_CODE) if for_people else table


def evidence_table(study: Study, themes: Sequence[Theme] | None = None, *, for_people: bool = False) -> Table:
    """A row for each thing that a theme rests on, or each of some themes: what it does for it, whose it is, and its words."""
    look = _Evidence(study, Extracts(study))
    chosen = study.themes if themes is None else themes
    title = titled(f"What the theme “{chosen[0].name}” rests on" if len(chosen) == 1 else "What the themes rest on", study)

    def rows() -> Iterator[Sequence[Cell]]:
        for theme in chosen:
            for evidence in sorted(theme.evidence, key=lambda e: _ROLES.index(e.role)):
                yield theme.name, evidence.role, *look.told(evidence), evidence.note

    table = Table(title, _RESTS, rows())
    return table.for_people(*(_RESTS[1:] if len(chosen) == 1 else _RESTS)) if for_people else table


class _Evidence:
    """What evidence refers to."""

    def __init__(self, study: Study, extracts: Extracts) -> None:
        self.study, self.extracts = study, extracts
        self.on: dict[str, Segment] = {}
        for segment in extracts.segments.values():
            if segment.excerpt is not None:
                self.on.setdefault(fold(segment.excerpt.id), segment)
        self.cases = {fold(case.id): case for case in study.cases}

    def told(self, evidence: Evidence) -> tuple[str, str | None, str, str | None]:
        """What it is, what it is called, whose it is, and its words; only its id where the study has no such thing."""
        thing: Any = self.study.get(evidence.ref)
        if thing is None:
            return "unknown", evidence.ref, "", None
        if isinstance(thing, Excerpt | Coding):
            key = fold(thing.id)
            segment = self.on.get(key) if isinstance(thing, Excerpt) else self.extracts.segments.get(key)
            return self._passage(thing, segment)
        people = [self.cases[fold(case)] for case in getattr(thing, "cases", ()) if fold(case) in self.cases]
        text = getattr(thing, "statement", None) or getattr(thing, "text", None)
        return type(thing).__name__.lower(), getattr(thing, "name", None), _names(people), text

    def _passage(self, thing: Excerpt | Coding, segment: Segment | None) -> tuple[str, str | None, str, str | None]:
        kind = type(thing).__name__.lower()
        name = thing.name if isinstance(thing, Excerpt) else self.extracts.label(thing)
        return (kind, name, *self._uncoded(thing)) if segment is None else (kind, name, _names(segment.cases), segment.text)

    def _uncoded(self, thing: Thing) -> tuple[str, str | None]:
        """Whose a passage is that no one coded, and its words."""
        places = ((source, holder, e) for source in (*self.study.sources, *self.study.memos) for holder in holders(source) for e in holder.excerpts if e is thing)
        for source, holder, excerpt in places:
            here = {fold(source.id), fold(excerpt.id)}
            people = [case for case in self.study.cases if here & set(map(fold, (*case.sources, *case.excerpts)))]
            text: str | None = getattr(holder, "text", None)
            return _names(people), text[excerpt.span.slice] if text is not None and isinstance(excerpt.span, TextSpan) else None
        return "", None


def _names(cases: Sequence[Case]) -> str:
    return "; ".join(case.name or case.id for case in cases)
