"""Tables that people made: however their program wrote them, each cell comes as it was written."""

from __future__ import annotations

import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualdata import ReadError
from qualdata.formats import sheet
from qualdata.formats.sheet import Sheet, read_sheet
from qualdata.report import Table, write_table
from qualdata.testing import texts


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def cells(table: Sheet) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


WORDS = "Name{0}Größe{0}Ort\r\nP1{0}1,5{0}Köln\r\nP2{0}{0}\"a{0} b\"\r\n"


@pytest.mark.parametrize(("delimiter", "word"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_dialects_and_encodings_are_recognised(delimiter: str, word: str, encoding: str, tmp_path: Path) -> None:
    """What stands between cells, and how letters are written; both are told. A decimal comma stays one."""
    text = WORDS.replace("1,5", '"1,5"' if delimiter == "," else "1,5").format(delimiter)
    table = read_sheet(put(tmp_path / "t.csv", text, encoding))
    assert table.head == ("Name", "Größe", "Ort")
    assert cells(table) == [("P1", "1,5", "Köln"), ("P2", "", f"a{delimiter} b")]
    assert table.note.startswith(f"CSV, {word} between cells")
    assert ("Windows-1252" in table.note, "UTF-16" in table.note) == (encoding == "cp1252", encoding == "utf-16")


def test_decimal_commas_do_not_part_cells(tmp_path: Path) -> None:
    """In a table with semicolons, as many programs write it where a comma stands in numbers."""
    assert cells(read_sheet(put(tmp_path / "t.csv", "id;x;y\n1;1,5;2,5\n2;3,5;4,5\n"))) == [("1", "1,5", "2,5"), ("2", "3,5", "4,5")]


def test_texts_with_other_delimiters_do_not_mislead(tmp_path: Path) -> None:
    """The head has commas alone; line ends within quotation marks are no rows."""
    table = read_sheet(put(tmp_path / "t.csv", 'tag,description\nA,"one; two; three\nfour; five"\nB,x;y;z\n'))
    assert cells(table) == [("A", "one; two; three\nfour; five"), ("B", "x;y;z")]
    assert [row.line for row in table.rows] == [3, 4]


def test_rows_that_are_empty_or_short_are_no_trouble(tmp_path: Path) -> None:
    """Empty ones are passed over, short ones filled; empty cells beyond the head are none; a single column is a table."""
    table = read_sheet(put(tmp_path / "t.csv", "\n\na,b,\n,,\n1\n2,3,,\n"))
    assert table.head == ("a", "b")
    assert cells(table) == [("1", ""), ("2", "3")]
    assert cells(read_sheet(put(tmp_path / "t.csv", "name\nx y\n"))) == [("x y",)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the table is empty"),
        ("\n,,\n", "the table is empty"),
        ("a,b,a\n", 'line 1: two columns are called "a"'),
        ("a,,b\n", "line 1: a column has no name"),
        ("a,b\n1,2\n1,2,3\n", "line 3: this row has 3 cells, and the first row names 2"),
        ('a,b\n1,"2\n3,4\n', "A quotation mark may be missing"),
        ("a,b\n1," + "x" * 200_000 + "\n", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    """In one sentence, with the file."""
    path = put(tmp_path / "t.csv", text)
    with pytest.raises(ReadError, match=said) as error:
        read_sheet(path)
    assert str(error.value).startswith(str(path))


def test_an_apostrophe_against_formulas_is_taken_off(tmp_path: Path) -> None:
    """One, and only there."""
    assert cells(read_sheet(put(tmp_path / "t.csv", "a,b,c,d\n'=1,''-2,'tis,'\n"))) == [("=1", "'-2", "'tis", "'")]


def test_characters_that_a_study_cannot_hold_are_replaced_and_counted(tmp_path: Path) -> None:
    """As U+FFFD."""
    table = read_sheet(put(tmp_path / "t.csv", "a,b\nx\x00y,\x1b[31m\n"))
    assert (cells(table), table.replaced) == ([("x\ufffdy", "\ufffd[31m")], 2)


@given(st.lists(st.tuples(texts(), texts()), max_size=5), st.sampled_from(["csv", "xlsx"]))
def test_tables_that_we_write_are_read_as_they_were(folder: Path, rows: list[tuple[str, str]], ending: str) -> None:
    """Every cell of both forms; rows in which nothing stands are none."""
    write_table(Table("t", ["a", "b", "c"], [(*row, "x") for row in rows]), folder / f"t.{ending}")
    assert cells(read_sheet(folder / f"t.{ending}")) == [(*row, "x") for row in rows]


# ---- workbooks ----
def test_cells_of_a_workbook_are_as_they_are_written(tmp_path: Path) -> None:
    """Whole numbers without a point, dates as ISO 8601; of a formula, what it came to; the first sheet, and that is told."""
    book = openpyxl.Workbook()
    book.active.append(["id", "n", "x", "yes", "day", "moment", "none"])
    book.active.append(["P1", 41.0, 0.1, True, datetime.date(2024, 5, 6), datetime.datetime(2024, 5, 6, 7, 8, 9), None])
    book.create_sheet("other").append(["z"])
    book.save(tmp_path / "t.xlsx")
    table = read_sheet(tmp_path / "t.xlsx")
    assert cells(table) == [("P1", "41", "0.1", "true", "2024-05-06", "2024-05-06T07:08:09", "")]
    assert table.note == "Excel workbook, the first of 2 sheets"


def rewritten(path: Path, old: bytes, new: bytes) -> Path:
    """A workbook with something in its first sheet replaced."""
    with ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data.replace(old, new) if "sheet1" in name else data)
    return path


def test_a_cell_at_the_end_of_the_world_takes_no_memory(tmp_path: Path) -> None:
    """A small file that claims a million rows is refused at once."""
    write_table(Table("t", ["a"], [["x"]]), tmp_path / "t.xlsx")
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with pytest.raises(ReadError, match=r"more than 200,000 rows, or 10,000,000 cells\. Delete what is far from the table"):
        read_sheet(rewritten(tmp_path / "t.xlsx", b"</sheetData>", far))


def test_damaged_workbooks_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence: no ZIP file, no workbook, broken XML, an entity, too large; and tables of other programs."""
    good = tmp_path / "t.xlsx"
    write_table(Table("t", ["a"], [["x"]]), good)
    with ZipFile(tmp_path / "zip.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    write_table(Table("t", ["a"], [["x"]]), tmp_path / "e.xlsx")
    bad = [put(tmp_path / "text.xlsx", "hello"), tmp_path / "zip.xlsx", rewritten(good, b"</sheetData>", b"<oops>")]
    entity = b'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet'
    bad.append(rewritten(rewritten(tmp_path / "e.xlsx", b"<worksheet", entity), b"<t>x</t>", b"<t>&a;</t>"))
    for path in bad:
        with pytest.raises(ReadError):
            read_sheet(path)
    with pytest.raises(ReadError, match=r"files that end in \.csv, \.tsv, \.xlsx"):
        read_sheet(put(tmp_path / "t.ods", "x"))
    monkeypatch.setattr(sheet, "_BYTES", 10)
    for path in (tmp_path / "e.xlsx", put(tmp_path / "t.csv", "a,b\n" * 10)):
        with pytest.raises(ReadError, match="it is not read"):
            read_sheet(path)
