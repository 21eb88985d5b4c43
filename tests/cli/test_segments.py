"""What `qualdata segments` promises: a table that any program reads, and that no spreadsheet computes."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualdata import Case, Code, Coding, Contributor, PictureSource, Study, TextSource, write
from qualdata.report.delimited import write_lines
from qualdata.report.segments import COLUMNS, segment_table
from qualdata.testing import texts


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def rows(study: Study, exact: bool = False) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_lines(segment_table(study.segments()), out, exact=exact)
    return table(out.getvalue())


def coded(text: str, code: str = "c") -> Study:
    """A study of one text, all of it coded."""
    study = Study()
    source = study.add(TextSource(text=text))
    source.excerpt(0, len(text)).apply(study.add(Code(name=code)))
    return study


def test_each_coding_is_a_row(study: Study) -> None:
    """The fixture, by hand; positions are code points."""
    first, second, third = rows(study)
    source = study.sources[0]
    assert tuple(first) == COLUMNS
    assert first == {
        "source": "Interview 1", "interview": "", "case": "P1; P2", "speakers": "",
        "code": "Moving", "code_path": "Moving", "coder": "Coder A", "start": "6", "end": "14", "text": "we moved",
        "created": "2024-05-06T10:00:00Z", "round": "", "status": "", "weight": "",
        "coding_id": source.excerpts[0].codings[0].id, "excerpt_id": source.excerpts[0].id, "source_id": source.id,
    }  # fmt: skip
    assert (second["code"], second["code_path"], second["coder"], second["created"]) == ("Why", "Moving > Why", "Coder B", "")
    assert (third["start"], third["end"], third["text"]) == ("26", "32", "stayed")


def test_without_a_file_the_table_goes_to_stdout_as_utf8(run, project: Path) -> None:
    """No byte order mark there, and nothing else."""
    result = run("segments", project)
    assert result.exit_code == 0
    assert not result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    assert [r["text"] for r in table(result.stdout_bytes.decode("utf-8"))] == ["we moved", "we moved", "stayed"]


def test_a_file_begins_with_a_byte_order_mark_and_appears_whole(run, project: Path, tmp_path: Path) -> None:
    """So that spreadsheets take it for UTF-8; nothing is left beside it."""
    result = run("segments", project, "-o", tmp_path / "s.csv")
    data = (tmp_path / "s.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsource,interview,case,")
    assert len(table(data.decode("utf-8-sig"))) == 3
    assert f"Saved 3 codings as {tmp_path / 's.csv'}." in result.output.replace("\n", " ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["moves.qdpx", "s.csv"]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula_unless_exact(beginning: str) -> None:
    """An apostrophe goes before it; with `exact` the cell is as it was."""
    study = coded(beginning + "1+1", code=beginning + "code")
    (row,), (exact,) = rows(study), rows(study, exact=True)
    assert row["text"] == "'" + beginning + "1+1"
    assert row["code"] == row["code_path"] == "'" + beginning + "code"
    assert exact["text"] == beginning + "1+1"
    assert exact["code"] == beginning + "code"


def test_the_help_says_what_the_apostrophe_is_for(run) -> None:
    """Nobody should wonder where it comes from."""
    words = " ".join(run("segments", "--help").output.split())
    assert "a cell that begins with = + - @, a tab or a carriage return gets an apostrophe" in words


def test_exact_reaches_the_table(run, tmp_path: Path) -> None:
    """The option of the command."""
    write(coded("=1"), tmp_path / "f.qdpx")
    assert table(run("segments", tmp_path / "f.qdpx").stdout)[0]["text"] == "'=1"
    assert table(run("segments", tmp_path / "f.qdpx", "--exact").stdout)[0]["text"] == "=1"


@given(texts(), texts(max_size=2), st.booleans())
def test_every_text_comes_back_from_the_table(text: str, name: str, exact: bool) -> None:
    """Read by the csv module of Python; only the apostrophe may be added."""
    (row,) = rows(coded(text, name), exact=exact)
    for cell, was in ((row["text"], text), (row["code"], name)):
        assert cell == was or (not exact and cell == "'" + was and was.lstrip("'")[0] in "=+-@\t\r")


def test_what_is_not_known_is_empty_or_an_id() -> None:
    """A coder or code that the file does not describe stands there with its id; a picture has no positions."""
    study = Study()
    picture = study.add(PictureSource())
    picture.codings.append(Coding(code="no-code", coder="no-one"))
    (row,) = rows(study)
    assert {k: v for k, v in row.items() if v} == {"code": "no-code", "coder": "no-one", "coding_id": picture.codings[0].id, "source_id": picture.id}


def test_who_has_no_name_stands_with_what_there_is() -> None:
    """Initials, else the id; a case without a name with its id."""
    study = coded("word")
    study.sources[0].excerpts[0].codings[0].coder = study.add(Contributor(initials="AB")).id
    study.add(Case(id="case-7", sources=[study.sources[0].id]))
    (row,) = rows(study)
    assert (row["coder"], row["case"]) == ("AB", "case-7")


def test_missing_files_are_told_beside_the_table(run, tmp_path: Path) -> None:
    """On stderr, so that the table stays a table."""
    study = Study()
    study.add(PictureSource(path="relative:///p.jpg"))
    write(study, tmp_path / "p.qdpx")
    result = run("segments", tmp_path / "p.qdpx")
    assert "1 source file is missing." in result.stderr
    assert result.stdout.strip() == ",".join(COLUMNS)
