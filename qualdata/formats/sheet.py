"""Tables that people made: CSV in whatever dialect and encoding, and Excel workbooks; every cell as the text that was written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from attrs import frozen

from qualdata._extras import needed
from qualdata.errors import ReadError
from qualdata.formats.zip import opened
from qualdata.model.base import not_xml
from qualdata.model.media import decode

__all__ = ["ENDINGS", "Row", "Sheet", "read_sheet"]

_WORKBOOKS: Final = (".xlsx", ".xlsm")
ENDINGS: Final = (".csv", ".tsv", *_WORKBOOKS)
"""The endings of the tables that are read."""
_DELIMITERS: Final = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
_ENCODINGS: Final = {"cp1252": ", Windows-1252", "utf-8": "", "utf-16-le": ", UTF-16", "utf-16-be": ", UTF-16"}
_LOOKED_AT: Final = 50
"""How many rows are looked at to see what stands between cells."""
_BYTES, _ROWS, _CELLS = 1 << 28, 200_000, 10_000_000
"""How large a table may be, unpacked; a workbook of some bytes can claim a row and a column at the end of the world."""
_GUARDED: Final = re.compile("'+[=+\\-@\t\r]")
"""What we, and others, write so that a spreadsheet computes nothing: an apostrophe in front."""
_NUMBERED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character written as its number, in a workbook."""


@frozen
class Row:
    """One row of a table."""

    line: int
    """The line of a CSV file at which it ends, or the row of a sheet; from 1."""
    cells: tuple[str, ...]
    """Its cells, as many as the head has; empty where there is nothing."""


@frozen
class Sheet:
    """A table with a head, each name in it once."""

    head: tuple[str, ...]
    """The names of the columns."""
    rows: tuple[Row, ...]
    """The rows in which something stands."""
    note: str
    """How it was read, as `CSV, semicolons between cells, Windows-1252`."""
    replaced: int = 0
    """How many cells held characters that XML cannot hold; U+FFFD stands for them."""

    def column(self, name: str) -> Iterator[tuple[Row, str]]:
        """The rows, each with its cell in one column."""
        place = self.head.index(name)
        return ((row, row.cells[place]) for row in self.rows)


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file, or the first sheet of a workbook. Raises ReadError."""
    if path.suffix.casefold() not in ENDINGS:
        raise ReadError(f"tables are read from files that end in {', '.join(ENDINGS)}. Save it as one of these.", path=path)
    try:
        rows, note = (_workbook if path.suffix.casefold() in _WORKBOOKS else _delimited)(path)
        return _sheet([row for row in rows if any(row.cells)], note)
    except ReadError as error:
        error.path = error.path or str(path)
        raise


def _sheet(rows: list[Row], note: str) -> Sheet:
    if not rows:
        raise ReadError("the table is empty.")
    head = [_clean(name).strip() for name in _trimmed(rows[0].cells)]
    for name in head:
        if not name or head.count(name) > 1:
            what = f'two columns are called "{name}"' if name else "a column has no name"
            raise ReadError(f"{what}. The first row names the columns, each differently.", line=rows[0].line)
    replaced = sum(not_xml(cell) is not None for row in rows for cell in row.cells)
    return Sheet(tuple(head), tuple(_fitted(row, len(head)) for row in rows[1:]), note, replaced)


def _fitted(row: Row, width: int) -> Row:
    cells = _trimmed(row.cells)
    if len(cells) > width:
        raise ReadError(f"this row has {len(cells)} cells, and the first row names {width}. Name all columns, or mend the row.", line=row.line)
    return Row(row.line, (*map(_clean, cells), *[""] * (width - len(cells))))


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    """The cells without empty ones at the end."""
    return cells[: max((n for n, cell in enumerate(cells, 1) if cell), default=0)]


def _clean(text: str) -> str:
    return text if text.isprintable() or not not_xml(text) else "".join("\ufffd" if not_xml(c) else c for c in text)


# ---- CSV ----
def _delimited(path: Path) -> tuple[Iterable[Row], str]:
    if path.stat().st_size > _BYTES:
        raise ReadError(f"the table has more than {_BYTES >> 20} megabytes; it is not read.")
    text, encoding, _ = decode(path.read_bytes())
    delimiter = max(_DELIMITERS, key=lambda between: _fit(text, between))
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _lines(lines), f"CSV, {_DELIMITERS[delimiter]} between cells{_ENCODINGS[encoding]}"


def _lines(lines: Any) -> Iterator[Row]:
    try:
        for cells in lines:
            yield Row(lines.line_num, tuple(cell[1:] if _GUARDED.match(cell) else cell for cell in cells))
    except csv.Error as error:
        raise ReadError(f"from this line on the table cannot be read ({error}). A quotation mark may be missing.", line=lines.line_num) from error


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How well a text is a table with this between cells: how many rows are as wide as the first, then how wide."""
    widths: list[int] = []
    with suppress(csv.Error):  # told when the table is read
        widths.extend(len(row) for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), _LOOKED_AT) if row)
    width = widths[0] if widths else 0
    return (sum(w == width for w in widths) / len(widths), width) if width > 1 else (0, width)


# ---- workbooks ----
def _workbook(path: Path) -> tuple[Iterable[Row], str]:
    """The first sheet. openpyxl reads it row by row; python-calamine makes room for all cells up to the last, which a small file can place anywhere."""
    with opened(path) as archive:
        if sum(info.file_size for info in archive.infolist()) > _BYTES:
            raise ReadError(f"the workbook has more than {_BYTES >> 20} megabytes unpacked; it is not read.")
    openpyxl = needed("openpyxl", "qualdata[tables]", "Reading an Excel workbook")
    try:
        with path.open("rb") as file:  # which is closed, whatever goes wrong
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            rows = [row for sheet in book.worksheets[:1] for row in _cells(sheet)]
    except ReadError:
        raise
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, BadZipFile, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise ReadError("this is no Excel workbook, or a damaged one. Save it again, or as CSV.") from error
    return rows, f"Excel workbook{f', the first of {len(book.worksheets)} sheets' if len(book.worksheets) > 1 else ''}"


def _cells(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()
    total = 0
    for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        total += len(cells)
        if line > _ROWS or total > _CELLS:
            raise ReadError(f"the sheet has more than {_ROWS:,} rows, or {_CELLS:,} cells. Delete what is far from the table, also if it looks empty.", line=line)
        yield Row(line, tuple(_trimmed([_written(cell) for cell in cells])))


def _written(cell: object) -> str:
    """A cell as text: whole numbers without a point, dates as ISO 8601 writes them."""
    if isinstance(cell, str):
        return _NUMBERED.sub(lambda found: chr(int(found[1], 16)), cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
