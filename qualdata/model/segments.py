"""Segments: the flat view of a study that tables, reports and analyses share.

A place that is marked in several ways (`Excerpt.same_as`), as a quotation of a PDF on its page and in its text, is one
passage; a coding that stands on each of them is one segment, that of the text, as it has the words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import define, evolve, field, frozen

from qualdata._extras import needed
from qualdata.model.base import Thing, fold
from qualdata.model.places import Places
from qualdata.model.source import Speaker, SyncPoint, Turn, holders
from qualdata.model.spans import TextSpan, TimeSpan, TranscriptSpan
from qualdata.model.tree import Tree

if TYPE_CHECKING:
    from qualdata.model.case import Case
    from qualdata.model.code import Code
    from qualdata.model.coding import Coding
    from qualdata.model.contributor import Contributor
    from qualdata.model.excerpt import Excerpt
    from qualdata.model.interview import Interview
    from qualdata.model.source import Source, Transcript
    from qualdata.model.study import Study

__all__ = ["SEPARATOR", "Segment", "Segments", "code_paths"]

SEPARATOR: Final = " > "
"""What stands between the names of a path of codes."""
ASKING: Final = ("interviewer", "moderator", "interpreter")
"""Roles of speakers who are not whom the data are about."""


@frozen
class Segment:
    """One coding, and what it stands on."""

    coding: Coding
    """The coding."""
    excerpt: Excerpt | None
    """The excerpt; None for a coding on a whole source."""
    source: Source
    """The source, picture, recording or memo it stands in, at the top of the study."""
    holder: Source | Transcript
    """What in it its excerpt stands in: the source itself, its text or description in words, or one of its transcripts."""
    code: Code | None
    """The code; None when the coding points at none."""
    code_path: str
    """The names of the code and of those above it, from the top, joined with `>` between spaces."""
    coder: Contributor | None
    """Who laid it; None when not known."""
    cases: tuple[Case, ...]
    """Whom it is about: the cases of the speakers whose turns it overlaps; without turns, those of source, excerpt and interview."""
    speakers: tuple[Speaker, ...]
    """Who talks in it, interviewers and moderators included."""
    interview: Interview | None
    """The event at which its source was collected."""
    start: int | None
    """Where it begins: code points in a text, milliseconds in a recording, else None."""
    end: int | None
    """Where it ends, in the same unit."""
    text: str | None
    """The words; None where there are none."""
    _places: Places = field(eq=False, repr=False)
    """Which excerpts of its source mark one place."""

    @property
    def place(self) -> object:
        """What is equal for all codings on one place, and can be counted; for another study it says nothing."""
        return self._places.of(self.holder, self.holder if self.excerpt is None else self.excerpt)

    @property
    def created(self) -> str | None:
        """When the code was laid."""
        return self.coding.created

    @property
    def words(self) -> TextSpan | None:
        """Where in the text of its holder it stands; None where that is not known, or there is no text."""
        if self.excerpt is None or self.text is None:
            return None
        span = self.excerpt.span
        return _between(span, _points(self.holder), self.holder) if isinstance(span, TranscriptSpan) else span if isinstance(span, TextSpan) else None


@frozen
class Segments:
    """The segments of a study, made anew at each pass over them; only those that the filters let through.

    What is the `same_as` something else counts once.
    """

    study: Study
    codes: frozenset[str] | None = None
    """Folded ids of the codes to keep; all when None."""
    case: str | None = None
    """Folded id of the case to keep."""
    coder: str | None = None
    """Folded id of the coder to keep."""
    per: Literal["coding", "case"] = "coding"
    """Whether a coding of several cases is one row, or a row for each case."""

    def __len__(self) -> int:
        if self._whole:
            return sum(len(holder.codings) for holder in self.study.codable()) - sum(len(Places(source).again) for source in (*self.study.sources, *self.study.memos))
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Segment]:
        look = _Lookup(self.study)
        for source in (*self.study.sources, *self.study.memos):
            if self._whole:
                yield from look.segments(source)
                continue
            for segment in look.segments(source):
                if self._keeps(segment):
                    yield from self._rows(segment)

    @property
    def _whole(self) -> bool:
        """Whether there is a row for each coding of the study."""
        return self.codes is None and self.case is None and self.coder is None and self.per == "coding"

    def _keeps(self, segment: Segment) -> bool:
        if self.codes is not None and fold(segment.coding.code) not in self.codes:
            return False
        if self.coder is not None and fold(segment.coding.coder or "") != self.coder:
            return False
        return self.case is None or any(fold(c.id) == self.case for c in segment.cases)

    def _rows(self, segment: Segment) -> Iterator[Segment]:
        if self.per == "coding" or len(segment.cases) < 2:
            yield segment
            return
        for case in segment.cases:
            if self.case is None or fold(case.id) == self.case:
                yield evolve(segment, cases=(case,))

    def to_arrow(self) -> Any:
        """The segments as a `pyarrow.Table`, a row each; names stand in columns, ids in those that end in `_id`. Raises QualdataError without pyarrow."""
        from qualdata.model.arrow import reader

        return reader(self).read_all()

    def to_pandas(self) -> Any:
        """The segments as a `pandas.DataFrame`, with the columns of `to_arrow`. Raises QualdataError without pandas."""
        pandas = needed("pandas", "pandas", "A data frame")
        table = self.to_arrow()
        integers = {table.schema.field("start").type: pandas.Int64Dtype()}  # which can be missing, without becoming floats
        return table.to_pandas(types_mapper=integers.get)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The segments as a stream of Arrow, block by block, so that polars, duckdb, pandas and others take them as they are."""
        from qualdata.model.arrow import reader

        return reader(self).__arrow_c_stream__(requested_schema)

    @property
    def passages(self) -> int:
        """How many distinct places are coded: several codings, or excerpts, on one place count once."""
        coded = {id(segment.coding) for segment in self} if len(self) < len(self.study.segments()) else None
        places: set[object] = set()
        for source in (*self.study.sources, *self.study.memos):
            marked = Places(source)
            for holder in holders(source):
                for spot in (holder, *holder.excerpts):
                    codings: list[Coding] = getattr(spot, "codings", [])
                    if any(coded is None or id(coding) in coded for coding in codings):
                        places.add(marked.of(holder, spot))
        return len(places)


class _Lookup:
    """What every row needs, looked up once."""

    def __init__(self, study: Study) -> None:
        self.paths = code_paths(study.code_tree)
        self.codes = {fold(c.id): c for c in reversed(study.codes)}
        self.coders = {fold(c.id): c for c in reversed(study.contributors)}
        self.cases: dict[str, list[Case]] = {}
        for case in study.cases:
            for id in dict.fromkeys(map(fold, (*case.sources, *case.excerpts))):
                self.cases.setdefault(id, []).append(case)
        self.interviews: dict[str, Interview] = {}
        known = {fold(case.id): case for case in study.cases}
        for interview in study.interviews:
            for id in dict.fromkeys(map(fold, interview.sources)):
                self.interviews.setdefault(id, interview)
                there = self.cases.setdefault(id, [])
                there += [known[c] for c in map(fold, interview.cases) if c in known and not any(known[c] is other for other in there)]
        self.known = known
        self.rows: dict[str | None, tuple[Code | None, str]] = {}
        self.people: dict[str | None, Contributor | None] = {}

    def segments(self, source: Source) -> Iterator[Segment]:
        interview = self.interviews.get(fold(source.id))
        places = Places(source)
        again = places.again
        for holder in holders(source):
            whole = _Place(holder, places, interview, self.about(holder, () if holder is source else tuple(self.cases.get(fold(source.id), ()))))
            turns = _Turns(holder, self.known)
            for coding in getattr(holder, "codings", ()):
                yield self.row(coding, None, source, whole)
            points = _points(holder)
            for excerpt in holder.excerpts:
                if excerpt.codings:
                    place = _Place(holder, places, interview, (), *_place(excerpt, holder, points))
                    if turns.there and isinstance(excerpt.span, TextSpan):
                        place.speakers, place.cases = turns.at(excerpt.span)
                    else:
                        place.cases = whole.cases
                        for same in places.same(excerpt):
                            place.cases = self.about(same, place.cases)
                    if place.text is None:
                        place.text = "".join(_words(same) for same in places.same(excerpt)) or None
                    for coding in excerpt.codings:
                        if id(coding) not in again:
                            yield self.row(coding, excerpt, source, place)

    def about(self, part: Thing, around: tuple[Case, ...]) -> tuple[Case, ...]:
        """The cases of a part, after those of what it stands in."""
        own = self.cases.get(fold(part.id), ())
        return (*around, *(c for c in own if not any(c is other for other in around))) if own else around

    def row(self, coding: Coding, excerpt: Excerpt | None, source: Source, place: _Place) -> Segment:
        found = self.rows.get(coding.code)
        if found is None:
            found = self.rows[coding.code] = self.code(coding.code)
        if coding.coder not in self.people:
            self.people[coding.coder] = None if coding.coder is None else self.coders.get(fold(coding.coder))
        coder, p = self.people[coding.coder], place
        return Segment(coding, excerpt, source, p.holder, *found, coder, p.cases, p.speakers, p.interview, p.start, p.end, p.text, p.places)

    def code(self, id: str) -> tuple[Code | None, str]:
        code = self.codes.get(fold(id))
        return code, "" if code is None else self.paths[fold(id)]


def code_paths(tree: Tree[Code]) -> dict[str, str]:
    """The names of each code and of those above it, from the top, joined with `>` between spaces; by the code's folded id."""
    paths: dict[str, str] = {}
    above: list[str] = []
    for code, depth in tree.walk():
        above[depth - 1 :] = [code.name]
        paths.setdefault(fold(code.id), SEPARATOR.join(above))
    return paths


@define
class _Place:
    """What the codings of one place share."""

    holder: Source | Transcript
    places: Places
    interview: Interview | None
    cases: tuple[Case, ...]
    start: int | None = None
    end: int | None = None
    text: str | None = None
    speakers: tuple[Speaker, ...] = ()


class _Turns:
    """Who talks where in one text."""

    def __init__(self, holder: Source | Transcript, cases: dict[str, Case]) -> None:
        turns: list[Turn] = sorted(getattr(holder, "turns", ()), key=lambda t: (t.span.start, t.span.end))
        self.there = bool(turns)
        self.turns = turns
        self.ends = list(accumulate((t.span.end for t in turns), max))
        self.speakers = {fold(s.id): s for s in getattr(holder, "speakers", ())}
        self.cases = cases

    def at(self, span: TextSpan) -> tuple[tuple[Speaker, ...], tuple[Case, ...]]:
        """The speakers whose turns a place overlaps, and the cases of those who are not there to ask."""
        speakers: dict[str, Speaker] = {}
        for turn in islice(self.turns, bisect_right(self.ends, span.start), None):
            if turn.span.start >= max(span.end, span.start + 1):
                break
            speaker = self.speakers.get(fold(turn.speaker))
            if speaker is not None and turn.span.end > span.start:
                speakers[fold(speaker.id)] = speaker
        asked = [s.case for s in speakers.values() if s.case is not None and s.role not in ASKING]
        cases = {fold(c): self.cases[fold(c)] for c in asked if fold(c) in self.cases}
        return tuple(speakers.values()), tuple(cases.values())


def _place(excerpt: Excerpt, holder: Source | Transcript, points: dict[str, SyncPoint]) -> tuple[int | None, int | None, str | None]:
    """Where an excerpt begins and ends, and its words."""
    text: str | None = getattr(holder, "text", None)
    match excerpt.span:
        case TextSpan(start, end) as span:
            return start, end, None if text is None else text[span.slice]
        case TimeSpan(start, end):
            return start, end, None
        case TranscriptSpan() as span:
            begin, until = _ends(span, points)
            if begin is None or until is None:
                return None, None, None
            words = None if text is None else _between(span, points, holder)
            return begin.time, until.time, None if words is None or text is None else text[words.slice]
    return None, None, None


def _points(holder: Source | Transcript) -> dict[str, SyncPoint]:
    return {fold(p.id): p for p in getattr(holder, "sync_points", ())}


def _ends(span: TranscriptSpan, points: dict[str, SyncPoint]) -> tuple[SyncPoint | None, SyncPoint | None]:
    """The sync points it lies between; where none is named, one that says nothing."""
    first, last = (points.get(fold(id)) if id else SyncPoint() for id in (span.start, span.end))
    return first, last


def _between(span: TranscriptSpan, points: dict[str, SyncPoint], holder: Source | Transcript) -> TextSpan | None:
    """Where words between two sync points stand; without the first from the beginning, without the last to the end."""
    first, last = _ends(span, points)
    start = first.position if first and span.start else 0
    end = last.position if last and span.end else len(getattr(holder, "text", None) or "")
    return None if start is None or end is None else TextSpan(start, end)


def _words(excerpt: Excerpt) -> str:
    """The words that an excerpt of a PDF page brings with it."""
    return (excerpt.representation.text if excerpt.representation else None) or ""
