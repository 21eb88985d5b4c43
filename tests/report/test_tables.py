"""What the files of tables promise: each is read here by another program's reader."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from qualdata import FormatError, QualdataError, WriteError
from qualdata.report import Indented, Table, form_of, workbook, write_table
from qualdata.report.delimited import write_lines
from qualdata.report.table import distinct
from qualdata.testing import texts

ROWS = [["a", 1, 0.5, None], ['say "so", then\r\nstop', -2, 1.0, "\u2211 \U0001f600"]]
TABLE = Table("Words: and numbers", ["word", "whole", "part", "rest"], ROWS)


def as_csv(table: Table, exact: bool = False) -> list[list[str]]:
    out = io.StringIO(newline="")
    write_lines(table, out, exact=exact)
    return list(csv.reader(io.StringIO(out.getvalue(), newline=""), strict=True))


def test_csv_is_as_the_standard_says(tmp_path: Path) -> None:
    """RFC 4180, by hand: CRLF, quotation marks only where they must be, doubled within; a byte order mark in a file."""
    assert write_table(TABLE, tmp_path / "t.csv") == []
    assert (tmp_path / "t.csv").read_bytes() == (
        '\ufeffword,whole,part,rest\r\na,1,0.5,\r\n"say ""so"", then\r\nstop",-2,1.0,\u2211 \U0001f600\r\n'.encode()
    )  # fmt: skip


@given(st.lists(st.tuples(texts(), texts(max_size=2)), max_size=6), st.booleans())
def test_csv_gives_every_text_back(rows: list[tuple[str, str]], exact: bool) -> None:
    """By the csv module of Python; an apostrophe is added before what would be computed, and before nothing else."""
    _, *found = as_csv(Table("t", ["a", "b", "n"], [(*row, 1) for row in rows]), exact)
    for read, (*row, _) in zip(found, [(*row, 1) for row in rows], strict=True):
        for cell, was in zip(read[:2], row, strict=True):
            computed = was.lstrip("'")[:1] in {"=", "+", "-", "@", "\t", "\r"}
            assert cell == ("'" + was if computed and not exact else was)


def test_numbers_are_no_formulas() -> None:
    """A negative number stays one; a text that looks like it does not."""
    assert as_csv(Table("t", ["n", "s"], [[-1, "-1"]]))[1] == ["-1", "'-1"]


def test_a_csv_file_is_written_while_its_rows_are_made() -> None:
    """So a million of them need no memory: at most a few thousand are held back."""
    out = io.StringIO(newline="")
    behind: list[int] = []

    def rows() -> Iterator[list[int]]:
        for n in range(20_000):
            behind.append(n - out.getvalue().count("\r\n") if n % 1000 == 999 else 0)
            yield [n]

    write_lines(Table("t", ["n"], rows()), out)
    assert max(behind) < 3000
    assert out.getvalue().count("\r\n") == 20_001


def test_json_is_a_list_of_objects(tmp_path: Path) -> None:
    """What is not there is null; an empty table is an empty list."""
    write_table(TABLE, tmp_path / "t.json")
    assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8")) == [dict(zip(TABLE.head, row, strict=True)) for row in ROWS]
    write_table(Table("t", ["a"], []), tmp_path / "t.json")
    assert json.loads((tmp_path / "t.json").read_bytes()) == []


def test_markdown_shows_what_is_written(tmp_path: Path) -> None:
    """Nothing in a text is markup, a line end is a line break, and steps are spaces."""
    write_table(Table("A *b*", ["x|y", "n"], [["<b> `c` | d\r\n[e](f) _g_", 1], [Indented("in", 2), None]]), tmp_path / "t.md")
    assert (tmp_path / "t.md").read_text(encoding="utf-8") == (
        "# A \\*b\\*\n\n| x\\|y | n |\n| --- | --- |\n| \\<b\\> \\`c\\` \\| d<br>\\[e\\](f) \\_g\\_ | 1 |\n| &emsp;&emsp;in |  |\n"
    )  # fmt: skip


# ---- workbooks ----
def sheet(path: Path) -> list[list[object]]:
    """The first sheet, as calamine reads it."""
    return [[*row] for row in python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()]


def test_a_workbook_holds_texts_and_numbers(tmp_path: Path) -> None:
    """By calamine; the head stays in sight, columns have widths, texts are wrapped, the title is the sheet's name without what it cannot have."""
    write_table(TABLE, tmp_path / "t.xlsx")
    assert sheet(tmp_path / "t.xlsx") == [["word", "whole", "part", "rest"], ["a", 1.0, 0.5, ""], ['say "so", then\r\nstop', -2.0, 1.0, "\u2211 \U0001f600"]]
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    (only,) = book.worksheets
    assert only.title == "Words  and numbers"
    assert only.freeze_panes == "A2"
    assert only["A1"].font.bold
    assert not only["A2"].font.bold
    assert only["A3"].alignment.wrap_text
    assert 8 <= only.column_dimensions["A"].width <= 60


@pytest.mark.parametrize("text", ["=1+1", "=cmd|'/c x'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "#N/A", "12", "2024-05-06", "TRUE", "_x0041_", " a ", "", "'=1"])
def test_nothing_in_a_workbook_is_computed(text: str, tmp_path: Path) -> None:
    """Every text is one, whatever it looks like, and comes back as it was; by calamine, and by openpyxl, whose types are those of the file."""
    write_table(Table("t", ["a", "b"], [[text, "x"]]), tmp_path / "t.xlsx")
    assert sheet(tmp_path / "t.xlsx")[1] == [text, "x"]
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx").active["A2"]
    assert cell.data_type in (("s", "inlineStr") if text else ("n",))
    assert b"<f>" not in ZipFile(tmp_path / "t.xlsx").read("xl/worksheets/sheet1.xml")


@given(st.lists(texts(), min_size=1, max_size=4))
def test_a_workbook_gives_every_text_back(folder: Path, found: list[str]) -> None:
    """By calamine."""
    write_table(Table("t", ["a", "b"], [[text, "x"] for text in found]), folder / "t.xlsx")
    assert [row[0] for row in sheet(folder / "t.xlsx")[1:]] == found


def test_what_a_workbook_cannot_hold_is_said(tmp_path: Path) -> None:
    """A text that is too long is cut, where no character is halved; characters that XML has not are replaced. Both are told, and neither is by CSV."""
    long = "\U0001f600" * 17_000
    table = Table("t", ["a", "b"], [[long, "\x01\ud800"]])
    cut, replaced = write_table(table, tmp_path / "t.xlsx")
    assert cut.startswith("1 text was cut and end")
    assert "32,767" in cut
    assert replaced.startswith("In 1 cell characters that a workbook cannot hold were replaced")
    (_, (first, second)) = sheet(tmp_path / "t.xlsx")
    assert str(first).endswith("\U0001f600 … [cut]")
    assert len(str(first).encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert second == "\ufffd\ufffd"
    assert as_csv(Table("t", ["a"], [[long]]))[1] == [long]


def test_a_sheet_has_only_so_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence that names the way out, and no file."""
    monkeypatch.setattr(workbook, "MOST", 4)
    write_table(Table("t", ["a"], [[n] for n in range(3)]), tmp_path / "t.xlsx")
    assert len(sheet(tmp_path / "t.xlsx")) == 4
    with pytest.raises(WriteError, match=r"holds 4 rows, and there are more\. Write a CSV file"):
        write_table(Table("t", ["a"], [[n] for n in range(4)]), tmp_path / "u.xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


def test_steps_are_kept_in_a_workbook_without_changing_the_text(tmp_path: Path) -> None:
    """As the indent of the cell; the next row has its own."""
    write_table(Table("t", ["a"], [[Indented("x", 2)], [Indented("y", 0)], ["z"]]), tmp_path / "t.xlsx")
    cells = [openpyxl.load_workbook(tmp_path / "t.xlsx").active[f"A{n}"] for n in (2, 3, 4)]
    assert [(cell.value, cell.alignment.indent) for cell in cells] == [("x", 2), ("y", 0), ("z", 0)]


# ---- Word documents ----
def test_a_word_document_holds_the_table(tmp_path: Path) -> None:
    """By python-docx: title, cells, the head on every page, and a page that lies across only if it must."""
    write_table(Table("Title", ["a", "b"], [["x\r\ny", 1], [Indented("in", 2), None], ["\x01", 2.5]]), tmp_path / "t.docx")
    document = docx.Document(str(tmp_path / "t.docx"))
    assert document.paragraphs[0].text == "Title"
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["x\ny", "1"], ["in", ""], ["\ufffd", "2.5"]]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "tblHeader" not in table.rows[1]._tr.xml
    indents = [table.rows[n].cells[0].paragraphs[0].paragraph_format.left_indent for n in (1, 2)]
    assert indents[0] is None
    assert indents[1] > 0
    page = document.sections[0]
    assert page.page_width < page.page_height
    write_table(Table("t", list("abcdef"), [["x"] * 6]), tmp_path / "t.docx")
    page = docx.Document(str(tmp_path / "t.docx")).sections[0]
    assert page.page_width > page.page_height


def test_columns_of_a_word_document_fit_its_page(tmp_path: Path) -> None:
    """However long the texts and however many the columns; a twip each is what rounding may add."""
    twip = 635
    for cells in (["x" * 500, "y", "z " * 300], ["n"] * 3, ["long word"] * 30):
        write_table(Table("t", [f"column {n}" for n in range(len(cells))], [cells]), tmp_path / "t.docx")
        document = docx.Document(str(tmp_path / "t.docx"))
        widths = [column.width for column in document.tables[0].columns]
        page = document.sections[0]
        assert sum(widths) <= page.page_width - page.left_margin - page.right_margin + twip * len(widths)
        assert min(widths) > 0


# ---- what all share ----
@pytest.mark.parametrize(("ending", "module", "extra"), [("xlsx", "openpyxl", "tables"), ("docx", "docx", "transcripts")])
def test_a_missing_library_is_named(ending: str, module: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it, in one sentence, and no file."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(QualdataError, match=rf"needs {module}, which is not installed\. Install it with: pip install 'qualdata\[{extra}\]'"):
        write_table(TABLE, tmp_path / f"t.{ending}")
    assert list(tmp_path.iterdir()) == []


def test_other_endings_are_refused(tmp_path: Path) -> None:
    """With those there are; capitals do not matter."""
    with pytest.raises(FormatError, match=r"\.csv \(CSV\), \.xlsx"):
        write_table(TABLE, tmp_path / "t.pdf")
    assert form_of("T.XLSX").suffixes == (".xlsx",)


def test_two_columns_cannot_have_one_name() -> None:
    """One would be lost in JSON; names that others chose get a number."""
    with pytest.raises(ValueError, match="one name: a, a"):
        Table("t", ["a", "a"], [])
    assert list(distinct(["a", "b", "a", "a"], ["b"])) == ["a", "b (2)", "a (2)", "a (3)"]


def test_a_table_for_people_has_the_columns_in_which_something_stands() -> None:
    """Those that are asked for, with words as heads; names that are none of ours stay as they are."""
    table = Table("t", ["code_path", "empty", "Age_band", "id"], [["a", None, "x", 1], ["b", "", None, 2]])
    assert table.for_people("Age_band", "code_path", "empty", "not there", own=["Age_band"]).head == ("Age_band", "Code path")
    assert Table("t", ["a", "b"], []).for_people("a", "b").head == ("A", "B")
