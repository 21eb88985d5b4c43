"""Where an excerpt begins and ends, its words, and who talks there."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final

from qualdata.model.base import fold
from qualdata.model.source import Speaker, SyncPoint, Turn
from qualdata.model.spans import TextSpan, TimeSpan, TranscriptSpan

if TYPE_CHECKING:
    from qualdata.model.case import Case
    from qualdata.model.excerpt import Excerpt
    from qualdata.model.source import Source, Transcript

__all__ = ["ASKING", "Voices", "between", "own_words", "sync_points", "where"]

ASKING: Final = ("interviewer", "moderator", "interpreter")
"""Roles of speakers who are not whom the data are about."""


class Voices:
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


def where(excerpt: Excerpt, holder: Source | Transcript, points: dict[str, SyncPoint]) -> tuple[int | None, int | None, str | None]:
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
            words = None if text is None else between(span, points, holder)
            return begin.time, until.time, None if words is None or text is None else text[words.slice]
    return None, None, None


def sync_points(holder: Source | Transcript) -> dict[str, SyncPoint]:
    """The sync points of a transcript, by folded id; none of anything else."""
    return {fold(p.id): p for p in getattr(holder, "sync_points", ())}


def _ends(span: TranscriptSpan, points: dict[str, SyncPoint]) -> tuple[SyncPoint | None, SyncPoint | None]:
    """The sync points it lies between; where none is named, one that says nothing."""
    first, last = (points.get(fold(id)) if id else SyncPoint() for id in (span.start, span.end))
    return first, last


def between(span: TranscriptSpan, points: dict[str, SyncPoint], holder: Source | Transcript) -> TextSpan | None:
    """Where words between two sync points stand; without the first from the beginning, without the last to the end."""
    first, last = _ends(span, points)
    start = first.position if first and span.start else 0
    end = last.position if last and span.end else len(getattr(holder, "text", None) or "")
    return None if start is None or end is None else TextSpan(start, end)


def own_words(excerpt: Excerpt) -> str:
    """The words that an excerpt of a PDF page brings with it."""
    return (excerpt.representation.text if excerpt.representation else None) or ""
