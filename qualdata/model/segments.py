"""Segments: the flat view of a study that tables, reports and analyses share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from qualdata.model.base import fold
from qualdata.model.source import SyncPoint, holders
from qualdata.model.spans import TextSpan, TimeSpan, TranscriptSpan

if TYPE_CHECKING:
    from qualdata.model.case import Case
    from qualdata.model.code import Code
    from qualdata.model.coding import Coding
    from qualdata.model.contributor import Contributor
    from qualdata.model.excerpt import Excerpt
    from qualdata.model.source import Source, Transcript
    from qualdata.model.study import Study

__all__ = ["Segment", "Segments"]

SEPARATOR = " > "


@frozen
class Segment:
    """One coding, and what it stands on."""

    coding: Coding
    """The coding."""
    excerpt: Excerpt | None
    """The excerpt; None for a coding on a whole source."""
    source: Source
    """The source, picture, recording or memo it stands in, at the top of the study."""
    code: Code | None
    """The code; None when the coding points at none."""
    code_path: str
    """The names of the code and of those above it, from the top, joined with ` > `."""
    coder: Contributor | None
    """Who laid it; None when not known."""
    cases: tuple[Case, ...]
    """The cases of the source and of the excerpt."""
    start: int | None
    """Where it begins: code points in a text, milliseconds in a recording, else None."""
    end: int | None
    """Where it ends, in the same unit."""
    text: str | None
    """The words; None where there are none."""

    @property
    def created(self) -> str | None:
        """When the code was laid."""
        return self.coding.created


@frozen
class Segments:
    """The segments of a study, made anew at each pass over them."""

    study: Study

    def __len__(self) -> int:
        return sum(len(holder.codings) for holder in self.study.codable())

    def __iter__(self) -> Iterator[Segment]:
        look = _Lookup(self.study)
        for source in (*self.study.sources, *self.study.memos):
            yield from look.segments(source)

    @property
    def passages(self) -> int:
        """How many distinct places are coded: several codings, or excerpts, on one place count once."""
        places: set[object] = set()
        for source in (*self.study.sources, *self.study.memos):
            for holder in holders(source):
                places.update((id(holder), excerpt.span) for excerpt in holder.excerpts if excerpt.codings)
                if getattr(holder, "codings", ()):
                    places.add(id(holder))
        return len(places)


class _Lookup:
    """What every row needs, looked up once."""

    def __init__(self, study: Study) -> None:
        self.codes = {fold(c.id): c for c in reversed(study.codes)}
        self.coders = {fold(c.id): c for c in reversed(study.contributors)}
        self.cases: dict[str, list[Case]] = {}
        for case in study.cases:
            for id in dict.fromkeys(map(fold, (*case.sources, *case.excerpts))):
                self.cases.setdefault(id, []).append(case)
        self.rows: dict[str | None, tuple[Code | None, str]] = {}
        self.people: dict[str | None, Contributor | None] = {}

    def segments(self, source: Source) -> Iterator[Segment]:
        about = self.cases.get(fold(source.id), [])
        for holder in holders(source):
            for coding in getattr(holder, "codings", ()):
                yield self.row(coding, None, source, about, None, None, None)
            points = {fold(p.id): p for p in getattr(holder, "sync_points", ())}
            for excerpt in holder.excerpts:
                if excerpt.codings:
                    start, end, text = _place(excerpt, holder, points)
                    cases = self.about(excerpt, about)
                    for coding in excerpt.codings:
                        yield self.row(coding, excerpt, source, cases, start, end, text)

    def about(self, excerpt: Excerpt, source: list[Case]) -> list[Case]:
        own = self.cases.get(fold(excerpt.id), ())
        return [*source, *(c for c in own if not any(c is other for other in source))] if own else source

    def row(self, coding: Coding, excerpt: Excerpt | None, source: Source, cases: list[Case], start: int | None, end: int | None, text: str | None) -> Segment:
        found = self.rows.get(coding.code)
        if found is None:
            found = self.rows[coding.code] = self.code(coding.code)
        if coding.coder not in self.people:
            self.people[coding.coder] = None if coding.coder is None else self.coders.get(fold(coding.coder))
        return Segment(coding, excerpt, source, *found, self.people[coding.coder], tuple(cases), start, end, text)

    def code(self, id: str) -> tuple[Code | None, str]:
        code = found = self.codes.get(fold(id))
        names: list[str] = []
        seen: set[str] = set()
        while code is not None and fold(code.id) not in seen:
            seen.add(fold(code.id))
            names.append(code.name)
            code = None if code.parent is None else self.codes.get(fold(code.parent))
        return found, SEPARATOR.join(reversed(names))


def _place(excerpt: Excerpt, holder: Source | Transcript, points: dict[str, SyncPoint]) -> tuple[int | None, int | None, str | None]:
    """Where an excerpt begins and ends, and its words."""
    text: str | None = getattr(holder, "text", None)
    match excerpt.span:
        case TextSpan(start, end) as span:
            return start, end, None if text is None else text[span.slice]
        case TimeSpan(start, end):
            return start, end, None
        case TranscriptSpan(first, last):
            begin, until = (points.get(fold(id)) if id else SyncPoint() for id in (first, last))
            if begin is None or until is None:
                return None, None, None
            a, b = begin.position, until.position
            known = text is not None and (a is not None or not first) and (b is not None or not last)
            return begin.time, until.time, text[TextSpan(a or 0, len(text) if b is None else b).slice] if known and text is not None else None
    return None, None, excerpt.representation.text if excerpt.representation else None
