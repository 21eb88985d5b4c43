"""Tables of studies, at their edges. Those of the example are compared cell by cell in tests/cli/test_every_table.py."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest

import qualdata
from qualdata import AudioSource, Case, Code, Excerpt, Interview, PictureSource, Study, SyncPoint, TextSource, TextSpan, Transcript, TranscriptSpan, Value, Variable
from qualdata.model import Memo
from qualdata.report import Table, write_table
from qualdata.report.codebook import codebook_table
from qualdata.report.datalist import datalist_table
from qualdata.report.delimited import write_lines
from qualdata.report.segments import segment_table
from tests.report import plain, said


@pytest.fixture(scope="module")
def example() -> Study:
    """The example study."""
    return qualdata.example()


def rows(table: Table) -> list[dict[str, str]]:
    """The rows of a table as its CSV file has them, by the csv module."""
    out = io.StringIO(newline="")
    write_lines(table, out, exact=True)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), strict=True))


# ---- segments ----
@pytest.mark.parametrize("most", [1, 20, 500])
def test_context_is_what_stands_around(example: Study, most: int) -> None:
    """Right before and after, no more characters than asked for, and words whole."""
    assert rows(segment_table(example.segments(), context=most)) == said.segments(context=most)


def test_a_text_without_white_space_is_cut_where_it_must_be() -> None:
    """As Chinese; so many characters then."""
    source = TextSource(text="一二三四五六七八九")
    study = Study(sources=[source], codes=[Code(id="c", name="c")])
    source.excerpt(4, 5).apply("c")
    (row,) = rows(segment_table(study.segments(), context=2))
    assert (row["before"], row["text"], row["after"]) == ("三四", "五", "六七")


def test_context_of_a_transcript_is_that_of_the_transcript() -> None:
    """Positions there are those of sync points; a coding on a whole source has nothing around it."""
    points = [SyncPoint(id="a", time=0, position=4), SyncPoint(id="b", time=900, position=7)]
    excerpt = Excerpt(span=TranscriptSpan("a", "b"))
    audio = AudioSource(transcripts=[Transcript(text="one two three", sync_points=points, excerpts=[excerpt])])
    study = Study(sources=[audio], codes=[Code(id="c", name="c")])
    excerpt.apply("c")
    audio.codings.append(qualdata.Coding(code="c"))
    whole, row = rows(segment_table(study.segments(), context=50))
    assert (row["before"], row["text"], row["after"], row["start"]) == ("one ", "two", " three", "0")
    assert (whole["before"], whole["text"], whole["after"]) == ("", "", "")


def test_values_of_several_cases_are_joined_and_others_come_from_the_interview_or_the_source() -> None:
    """By hand: in the order of the cases, with a gap for one that has none; a variable that has the name of a column gets a number."""
    source = TextSource(id="s", text="words", values=[Value(variable="place", value="home"), Value(variable="mood", value="calm")])
    names = {"age": "Age", "place": "Place", "mood": "text", "none": "Unused"}
    study = Study(
        sources=[source], codes=[Code(id="c", name="c")], variables=[Variable(id=id, name=name) for id, name in names.items()],
        cases=[Case(name="A", sources=["s"], values=[Value(variable="AGE", value="41")]), Case(name="B", sources=["s"])],
        interviews=[Interview(sources=["s"], values=[Value(variable="place", value="office")])],
    )  # fmt: skip
    source.excerpt(0, 5).apply("c")
    table = segment_table(study.segments(), attributes=True)
    assert table.head[-3:] == ("Age", "Place", "text (2)")
    (row,) = rows(table)
    assert (row["case"], row["Age"], row["Place"], row["text (2)"]) == ("A; B", "41; ", "office", "calm")


def test_numbers_are_numbers_only_as_they_are_written(tmp_path: Path) -> None:
    """`41` of an Integer is one in a workbook and in JSON; `007` and `1.50` would change, so they stay texts."""
    source = TextSource(id="s", text="words")
    kinds: dict[str, Any] = {"i": ("Integer", "41"), "z": ("Integer", "007"), "f": ("Float", "1.5"), "g": ("Float", "1.50"), "t": ("Text", "41"), "x": ("Float", "nan?")}
    values = [Value(variable=id, type=type, value=value) for id, (type, value) in kinds.items()]
    study = Study(sources=[source], codes=[Code(id="c", name="c")], variables=[Variable(id=id, name=id) for id in kinds], cases=[Case(sources=["s"], values=values)])
    source.excerpt(0, 5).apply("c")
    write_table(segment_table(study.segments(), attributes=True), tmp_path / "s.json")
    (row,) = json.loads((tmp_path / "s.json").read_bytes())
    assert {id: row[id] for id in kinds} == {"i": 41, "z": "007", "f": 1.5, "g": "1.50", "t": "41", "x": "nan?"}


# ---- the codebook ----
def test_a_codebook_for_people_is_indented(example: Study, tmp_path: Path) -> None:
    """In a Word document, by the depth of the code; without ids, and without columns in which nothing stands."""
    write_table(codebook_table(example, counts=True, for_people=True), tmp_path / "c.docx")
    head, *found = docx.Document(str(tmp_path / "c.docx")).tables[0].rows
    assert [cell.text for cell in head.cells] == ["Code", "Description", "Include", "Exclude", "Example", "Codings", "Passages", "Cases", "Sources"]
    names = {code["name"]: len(plain.path(code["id"])) - 1 for code in plain.study()["codes"]}
    steps = {row.cells[0].text: row.cells[0].paragraphs[0].paragraph_format.left_indent or 0 for row in found}
    assert steps.keys() == names.keys()
    assert all((steps[name] > 0) == (depth > 0) for name, depth in names.items())


def test_places_in_two_texts_of_one_source_are_two() -> None:
    """Two transcripts of one recording, the same positions; and two excerpts on one place are one."""
    transcripts = [Transcript(text="one two", excerpts=[Excerpt(span=TranscriptSpan()), Excerpt(span=TranscriptSpan())]) for _ in range(2)]
    study = Study(sources=[AudioSource(transcripts=transcripts)], codes=[Code(id="c", name="c")])
    for transcript in transcripts:
        for excerpt in transcript.excerpts:
            excerpt.apply("C")
    (row,) = rows(codebook_table(study, counts=True))
    assert (row["codings"], row["passages"], row["cases"], row["sources"]) == ("4", "2", "0", "1")


# ---- the data list ----
def test_nothing_is_left_out_of_the_data_list() -> None:
    """An interview without a source, one with two, a source of none; unknown references are passed over; words are those of transcripts, not of memos."""
    study = Study(
        access="restricted",
        sources=[
            TextSource(id="t", name="T", text="one two", access="open"),
            AudioSource(id="a", name="A", path="internal://x/a.mp3", transcripts=[Transcript(text="three four five")]),
            PictureSource(id="p", excerpts=[]),
        ],
        cases=[Case(id="k", name="K", sources=["A"]), Case(id="l", name="L")],
        interviews=[Interview(id="i", name="I", cases=["L", "who"], sources=["T", "a", "gone"], duration=89_000), Interview(id="j", kind="diary")],
        memos=[Memo(text="not data")],
    )
    study.sources[0].excerpt(TextSpan(0, 3))
    found = [{name: cell for name, cell in row.items() if cell} for row in rows(datalist_table(study))]
    event = {"interview": "I", "kind": "individual", "minutes": "1", "interview_id": "i"}
    assert found == [
        {**event, "source": "T", "cases": "L", "type": "text source", "words": "2", "coded_passages": "0", "access": "open", "source_id": "t"},
        {**event, "source": "A", "cases": "L; K", "type": "audio source", "words": "3", "coded_passages": "0", "access": "restricted", "file": "a.mp3", "source_id": "a"},
        {"interview": "j", "kind": "diary", "interview_id": "j"},
        {"source": "p", "type": "picture source", "coded_passages": "0", "access": "restricted", "source_id": "p"},
    ]


