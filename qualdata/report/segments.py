"""Coded passages as a table: one row a coding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualdata.model.nouns import called
from qualdata.model.segments import Segment, Segments
from qualdata.report.attributes import Attributes
from qualdata.report.table import Cell, Table
from qualdata.report.titles import titled

__all__ = ["COLUMNS", "CONTEXT", "segment_table"]

COLUMNS: Final = (
    "source", "interview", "case", "speakers", "code", "code_path", "coder", "start", "end", "text",
    "created", "round", "status", "weight", "coding_id", "excerpt_id", "source_id",
)  # fmt: skip
CONTEXT: Final = ("before", "after")
"""The columns of what stands around a passage."""
_ON_PAPER: Final = ("case", "source", "code_path", "coder", "status", "before", "text", "after")
_FIRST: Final = re.compile(r"\s")
_LAST: Final = re.compile(r"\s\S*\Z")
"""The last white space, and what is there of a word after it."""


def segment_table(segments: Segments, *, attributes: bool = False, context: int = 0, for_people: bool = False) -> Table:
    """The table of some segments.

    *attributes* adds a column for each variable of which anything has a value: those of the passage's cases, in their order,
    joined with "; "; where they have none, that of the interview, else of the source. *context* adds what stands before and
    after in the text: so many characters at most, less the word that would be cut. *for_people* leaves out
    ids and positions, and columns in which nothing stands.
    """
    columns = Attributes(segments.study, (*COLUMNS, *CONTEXT)) if attributes else None
    named = columns.head if columns else ()
    table = Table(titled("Coded passages", segments.study), (*COLUMNS, *(CONTEXT if context else ()), *named), _rows(segments, columns, context))
    if for_people:
        return table.for_people(*_ON_PAPER, *named, own=named)
    at = COLUMNS.index("text")
    return table.chosen(*COLUMNS[:at], "before", "text", "after", *COLUMNS[at + 1 :], *named) if context else table


def _rows(segments: Segments, columns: Attributes | None, context: int) -> Iterator[tuple[Cell, ...]]:
    for segment in segments:
        row = _row(segment)
        if context:
            row += _around(segment, context)
        if columns:
            row += columns.cells(segment.cases, segment.interview, segment.source)
        yield row


def _row(s: Segment) -> tuple[Cell, ...]:
    coding, interview = s.coding, s.interview
    return (
        s.source.name,
        None if interview is None else interview.name or interview.id,
        "; ".join([case.name or case.id for case in s.cases]) if s.cases else None,
        "; ".join([speaker.label for speaker in s.speakers]) if s.speakers else None,
        coding.code if s.code is None else s.code.name,
        s.code_path,
        coding.coder if s.coder is None else s.coder.name or called(s.coder),
        s.start,
        s.end,
        s.text,
        coding.created,
        coding.round,
        coding.status,
        coding.weight,
        coding.id,
        None if s.excerpt is None else s.excerpt.id,
        s.source.id,
    )


def _around(segment: Segment, most: int) -> tuple[Cell, Cell]:
    """What stands before and after a passage, words whole; in a text without white space, so many characters."""
    words, text = segment.words, getattr(segment.holder, "text", None)
    if words is None or text is None:
        return None, None
    start, end = words.slice.start, words.slice.stop
    before, after = text[max(start - most - 1, 0) : start], text[end : end + most + 1]
    if len(before) > most:
        before = _FIRST.split(before, 1)[-1] if _FIRST.search(before) else before[1:]
    if len(after) > most:
        after = _LAST.sub("", after) if _LAST.search(after) else after[:-1]
    return before, after
