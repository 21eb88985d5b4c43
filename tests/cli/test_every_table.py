"""Every table that a command writes, in every form, cell by cell: as it is worked out from study.json by the standard library."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import python_calamine
from attrs import frozen
from click.testing import Result
from docx.table import _Cell

from tests.report import plain, said


@frozen
class Asked:
    """A command, and what it is to write."""

    words: tuple[str, ...]
    rows: Callable[[], list[said.Row]]
    paper: tuple[str, ...]
    """The columns of it in a Word document and in Markdown, of which heads are made."""
    saved: str
    """What it says it saved so many of."""


ATTRIBUTES = tuple(variable["name"] for variable in plain.study()["variables"])
PEOPLE = tuple(case["name"] for case in plain.study()["cases"])
ASKED = {
    "segments": Asked(("segments",), said.segments, ("case", "source", "code_path", "coder", "status", "text"), "codings"),
    "segments of one": Asked(
        ("segments", "--case", "P07", "--attributes", "--context", "40"), lambda: said.segments("P07", attributes=True, context=40),
        ("case", "source", "code_path", "coder", "status", "before", "text", "after", *ATTRIBUTES), "codings",
    ),
    "codebook": Asked(
        ("codebook", "--counts", "--with-subcodes", "--examples", "3"), said.codebook,
        (
            "code", "description", "include", "exclude", "example", "codings", "passages", "cases", "sources", "codings_with_subcodes", "passages_with_subcodes",
            "cases_with_subcodes", "sources_with_subcodes", "extracts",
        ), "codes",
    ),
    "datalist": Asked(
        ("datalist",), said.datalist,
        ("interview", "source", "cases", *ATTRIBUTES, "kind", "mode", "date", "minutes", "language", "type", "words", "coded_passages", "access"), "rows",
    ),
    "grid": Asked(("ic", "grid"), said.grid, ("code", "heading", "point", *PEOPLE), "points"),
    "grid of one": Asked(("ic", "grid", "--code", "Fit"), lambda: said.grid("Fit"), ("heading", "point", *PEOPLE), "points"),
    "summary": Asked(("ic", "summary"), said.summary, ("code", "meaning", "extracts", "addressed", "participants", "who", "points", "headings"), "codes"),
    "evidence": Asked(("ic", "evidence"), said.evidence, ("theme", "role", "kind", "name", "participants", "text", "note"), "pieces of evidence"),
    "evidence of one": Asked(
        ("ic", "evidence", "--theme", "Delayed attendance"), lambda: said.evidence("Delayed attendance"),
        ("role", "kind", "name", "participants", "text", "note"), "pieces of evidence",
    ),
}  # fmt: skip


# ---- readers, none of them ours ----
def from_csv(path: Path) -> list[said.Row]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True))


def from_xlsx(path: Path) -> list[said.Row]:
    head, *rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), (str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row), strict=True)) for row in rows]


def from_json(path: Path) -> list[said.Row]:
    return [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in json.loads(path.read_bytes())]


def from_docx(path: Path) -> tuple[str, list[list[str]]]:
    document = docx.Document(str(path))
    (table,) = document.tables
    return document.paragraphs[0].text, [[_Cell(cell, table).text for cell in row.tc_lst] for row in table._tbl.tr_lst]


def from_markdown(path: Path) -> tuple[str, list[list[str]]]:
    title, _, *lines = path.read_text(encoding="utf-8").splitlines()
    rows: list[Any] = [re.split(r"(?<!\\) \| ", line.removeprefix("| ").removesuffix(" |")) for line in lines]
    assert set(rows.pop(1)) == {"---"}
    return unescaped(title.removeprefix("# ")), [[unescaped(re.sub(r"^(&emsp;)+", "", cell)).strip() for cell in row] for row in rows]


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.replace("<br>", "\n"))


FOR_PROGRAMS = {"csv": from_csv, "xlsx": from_xlsx, "json": from_json}
FOR_PEOPLE = {"docx": from_docx, "md": from_markdown}


# ---- all of them ----
def written(run: Callable[..., Result], asked: Asked, path: Path) -> Path:
    result = run(*asked.words, plain.PACKAGE, "-o", path, "--exact")
    assert result.exit_code == 0, result.output
    assert " ".join(result.output.split()).startswith(f"Saved {len(asked.rows())} {asked.saved} as ")
    return path


@pytest.mark.parametrize("form", FOR_PROGRAMS)
@pytest.mark.parametrize("name", ASKED)
def test_tables_for_programs_are_what_the_file_says(run, name: str, form: str, tmp_path: Path) -> None:
    """Each column, each row, each cell."""
    asked = ASKED[name]
    expected = asked.rows()
    assert len(expected) > 2
    found = FOR_PROGRAMS[form](written(run, asked, tmp_path / f"t.{form}"))
    assert list(found[0]) == list(expected[0])
    assert found == expected


@pytest.mark.parametrize("form", FOR_PEOPLE)
@pytest.mark.parametrize("name", ASKED)
def test_tables_for_people_say_the_same(run, name: str, form: str, tmp_path: Path) -> None:
    """In the columns that people want, with words as heads; SYNTHETIC stands above."""
    asked = ASKED[name]
    title, (head, *rows) = FOR_PEOPLE[form](written(run, asked, tmp_path / f"t.{form}"))
    assert title.startswith("SYNTHETIC: ")
    assert head == [column if column in (*ATTRIBUTES, *PEOPLE) else column.capitalize().replace("_", " ") for column in asked.paper]
    assert rows == [[row[column].strip() if form == "md" else row[column] for column in asked.paper] for row in asked.rows()]


@pytest.mark.parametrize("name", ASKED)
def test_without_a_file_the_table_goes_to_the_terminal(run, name: str, tmp_path: Path) -> None:
    """As the CSV file; cells that a spreadsheet would compute have an apostrophe in front, if no --exact was given."""
    asked = ASKED[name]
    shown = list(csv.DictReader(io.StringIO(run(*asked.words, plain.PACKAGE).stdout, newline=""), strict=True))
    assert shown == [{column: f"'{cell}" if cell[:1] in tuple("=+-@\t\r") else cell for column, cell in row.items()} for row in asked.rows()]
