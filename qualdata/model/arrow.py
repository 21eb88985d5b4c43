"""Segments as Apache Arrow: columns that pandas, polars, duckdb and R take over as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from qualdata._extras import needed
from qualdata.model.nouns import called
from qualdata.model.segments import Segment

__all__ = ["COLUMNS", "reader"]

_BLOCK: Final = 2048
"""How many rows are held at once."""
_TEXT, _NUMBER, _DECIMAL, _TEXTS = "string", "int64", "float64", "list"
COLUMNS: Final = {
    "coding": _TEXT, "excerpt": _TEXT, "source": _TEXT, "source_id": _TEXT, "interview": _TEXT, "interview_id": _TEXT,
    "cases": _TEXTS, "case_ids": _TEXTS, "speakers": _TEXTS, "code": _TEXT, "code_id": _TEXT, "code_path": _TEXT,
    "coder": _TEXT, "coder_id": _TEXT, "start": _NUMBER, "end": _NUMBER, "text": _TEXT,
    "created": _TEXT, "round": _TEXT, "status": _TEXT, "weight": _DECIMAL,
}  # fmt: skip
"""The columns, each with its type. Those that end in `_id`, `coding` and `excerpt` hold ids, the others names."""


def reader(segments: Iterable[Segment]) -> Any:
    """A `pyarrow.RecordBatchReader` over some segments, which are made while they are read. Raises QualdataError without pyarrow."""
    pa = needed("pyarrow", "qualdata[tables]", "An Arrow table")
    types = {_TEXT: pa.string(), _NUMBER: pa.int64(), _DECIMAL: pa.float64(), _TEXTS: pa.list_(pa.string())}
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    return pa.RecordBatchReader.from_batches(schema, _batches(pa, schema, map(_row, segments)))


def _batches(pa: Any, schema: Any, rows: Iterator[tuple[object, ...]]) -> Iterator[Any]:
    while block := list(islice(rows, _BLOCK)):
        yield pa.record_batch([pa.array(column, field.type) for column, field in zip(zip(*block, strict=True), schema, strict=True)], schema=schema)


def _row(s: Segment) -> tuple[object, ...]:
    coding, interview = s.coding, s.interview
    return (
        coding.id,
        s.excerpt and s.excerpt.id,
        called(s.source),
        s.source.id,
        interview and called(interview),
        interview and interview.id,
        [called(case) for case in s.cases],
        [case.id for case in s.cases],
        [speaker.label for speaker in s.speakers],
        coding.code if s.code is None else s.code.name,
        coding.code if s.code is None else s.code.id,
        s.code_path or None,
        coding.coder if s.coder is None else called(s.coder),
        coding.coder if s.coder is None else s.coder.id,
        s.start,
        s.end,
        s.text,
        coding.created,
        coding.round,
        coding.status,
        coding.weight,
    )
