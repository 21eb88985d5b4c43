"""Segments in pandas, polars and duckdb: the same rows, compared with what study.json says."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings

import qualdata
from qualdata import Code, Coding, Contributor, PictureSource, QualdataError, Study
from qualdata.model.arrow import COLUMNS, reader
from qualdata.testing import studies
from tests.report import plain


@pytest.fixture(scope="module")
def example() -> Study:
    """The example study."""
    return qualdata.example()


def as_said() -> list[dict[str, object]]:
    """The rows, worked out from study.json with the standard library."""
    cases, codes, people = plain.by_id("cases"), plain.by_id("codes"), plain.by_id("contributors")
    return [
        {
            "coding": c["coding"]["id"], "excerpt": c["excerpt"]["id"], "source": c["source"]["name"], "source_id": c["source"]["id"],
            "interview": c["interview"]["name"], "interview_id": c["interview"]["id"],
            "cases": [cases[id]["name"] for id in c["cases"]], "case_ids": c["cases"], "speakers": c["labels"],
            "code": codes[c["coding"]["code"]]["name"], "code_id": c["coding"]["code"], "code_path": " > ".join(plain.path(c["coding"]["code"])),
            "coder": people[c["coding"]["coder"]]["name"], "coder_id": c["coding"]["coder"],
            "start": c["start"], "end": c["end"], "text": c["text"],
            "created": c["coding"].get("created"), "round": c["coding"].get("round"), "status": c["coding"].get("status"), "weight": c["coding"].get("weight"),
        }
        for c in plain.codings()
    ]  # fmt: skip


def test_an_arrow_table_says_what_the_file_says(example: Study) -> None:
    """Each row and column, and no other."""
    table = example.segments().to_arrow()
    assert isinstance(table, pa.Table)
    assert tuple(table.column_names) == tuple(COLUMNS)
    assert table.to_pylist() == as_said()


def test_polars_takes_segments_as_they_are(example: Study) -> None:
    """And by way of Arrow."""
    assert pl.DataFrame(example.segments()).to_dicts() == as_said()
    assert pl.DataFrame(pl.from_arrow(example.segments().to_arrow())).to_dicts() == as_said()


def test_duckdb_asks_segments_as_they_are(example: Study) -> None:
    """A count by code, and the cases, which are lists."""
    segments = example.segments()  # noqa: F841 # duckdb finds it by its name
    counted = duckdb.sql("select code, count(*) from segments where status <> 'rejected' group by code").fetchall()
    assert dict(counted) == Counter(row["code"] for row in as_said() if row["status"] != "rejected")
    named = duckdb.sql("select name, count(*) from (select unnest(cases) as name from segments) group by name").fetchall()
    assert dict(named) == Counter(name for row in as_said() for name in row["cases"])  # type: ignore[attr-defined]


def test_the_table_of_cases_and_codes_works_as_the_documentation_writes_it(example: Study) -> None:
    """How many codings of each code each case has."""
    df = example.segments().to_pandas()
    table = df.explode("cases").pivot_table(index="cases", columns="code", values="coding", aggfunc="nunique")
    expected: defaultdict[tuple[object, object], set[object]] = defaultdict(set)
    for row in as_said():
        for name in row["cases"]:  # type: ignore[attr-defined]
            expected[name, row["code"]].add(row["coding"])
    assert table.stack().dropna().astype(int).to_dict() == {key: len(codings) for key, codings in expected.items()}


def test_a_data_frame_has_the_same_rows(example: Study) -> None:
    """Positions stay whole numbers where some are missing; pandas takes the stream, too."""
    frame = example.segments().to_pandas()
    assert isinstance(frame, pd.DataFrame)
    for name in ("coding", "code_path", "text", "status", "start"):
        assert frame[name].tolist() == [row[name] for row in as_said()]
    assert [[*names] for names in frame["cases"]] == [row["cases"] for row in as_said()]
    picture = Study(sources=[PictureSource(codings=[Coding(code="c")])])
    assert str(picture.segments().to_pandas()["start"].dtype) == "Int64"


def test_filters_hold_and_a_stream_can_be_asked_for_again(example: Study) -> None:
    """Each time from the beginning."""
    case = example.cases[3]
    segments = example.segments(case=case)
    expected = [row for row in as_said() if case.id in row["case_ids"]]  # type: ignore[operator]
    assert expected
    for _ in range(2):
        assert pl.DataFrame(segments).to_dicts() == expected


def test_what_is_not_known_is_null() -> None:
    """A code or coder that is not described stands with its id; who has no name with initials, else the id."""
    picture = PictureSource(id="p", codings=[Coding(id="x", code="no-code", coder="no-one"), Coding(id="y", code="c", coder="u", weight=0.5)])
    study = Study(sources=[picture], codes=[Code(id="c", name="C")], contributors=[Contributor(id="u", initials="U. V.")])
    first, second = study.segments().to_arrow().to_pylist()
    empty = {"cases": [], "case_ids": [], "speakers": []}
    assert {k: v for k, v in first.items() if v is not None} == {
        **empty, "coding": "x", "source": "p", "source_id": "p", "code": "no-code", "code_id": "no-code", "coder": "no-one", "coder_id": "no-one",
    }  # fmt: skip
    assert (second["code_path"], second["coder"], second["coder_id"], second["weight"]) == ("C", "U. V.", "u", 0.5)


def test_a_study_without_codings_has_an_empty_table() -> None:
    """With all columns."""
    assert Study().segments().to_arrow().shape == (0, len(COLUMNS))
    assert pl.DataFrame(Study().segments()).shape == (0, len(COLUMNS))


@given(studies())
@settings(max_examples=15)
def test_any_study_can_be_a_table(study: Study) -> None:
    """Awkward texts included: by polars, as many rows as segments, the same texts."""
    frame = pl.DataFrame(study.segments())
    assert frame["text"].to_list() == [segment.text for segment in study.segments()]
    assert frame["coding"].to_list() == [segment.coding.id for segment in study.segments()]


def test_rows_are_made_while_they_are_read(example: Study) -> None:
    """Block by block, so that a large study needs little memory: when the first block is there, no more was made than it holds."""
    segment = next(iter(example.segments()))
    made = []
    stream = reader(made.append(n) or segment for n in range(40_000))  # type: ignore[func-returns-value]
    first = stream.read_next_batch()
    assert len(made) == first.num_rows < 10_000
    assert first.num_rows + sum(batch.num_rows for batch in stream) == 40_000


@pytest.mark.parametrize("module", ["pyarrow", "pandas"])
def test_a_missing_library_is_named(module: str, example: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(QualdataError, match=rf"needs {module}, which is not installed\. Install it with: pip install '"):
        example.segments().to_pandas()
