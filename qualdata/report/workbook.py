"""XLSX: one sheet, whose head stays in sight. Text is always text, so that nothing in it is computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from qualdata._extras import needed
from qualdata.errors import WriteError
from qualdata.report.characters import REPLACED, xml_text
from qualdata.report.table import Cell, Indented, Table

__all__ = ["write_xlsx"]

LONGEST: Final = 32_767
"""How many characters a cell holds, as UTF-16 counts them."""
MOST: Final = 1_048_576
"""How many rows a sheet holds."""
_CUT: Final = " … [cut]"
_FORMULA: Final = tuple("=+-@\t\r")
_NUMBERED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What a workbook would take for a character written as its number."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""What the name of a sheet cannot have."""
_SAMPLE: Final = 200
"""How many rows are looked at for the widths of the columns."""
_NARROWEST, _WIDEST = 8, 60


def write_xlsx(table: Table, path: Path, exact: bool = False) -> list[str]:
    """Write a table as a file, and tell what was cut or replaced. Raises WriteError for more rows than a sheet has."""
    openpyxl = needed("openpyxl", "qualdata[tables]", "Writing an Excel workbook")
    first, table = table.peek(_SAMPLE)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_FORBIDDEN.sub(" ", table.title)[:31].strip("' ") or "Table")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths([table.head, *first]), 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = width
    fitting = _Fitting()
    try:
        _append(sheet, [table.head], fitting, bold=True)
        _append(sheet, islice(table.rows, MOST), fitting)
    finally:
        sheet.close()
    book.save(path)
    return list(fitting.told())


def _widths(rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    for column in zip(*rows, strict=True):
        longest = max(len(line) for cell in column for line in str(cell).splitlines() or [""])
        yield min(max(longest + 2, _NARROWEST), _WIDEST)


def _append(sheet: Any, rows: Iterable[Sequence[Cell]], fitting: _Fitting, bold: bool = False) -> None:
    cells = _Cells(sheet, fitting, bold)
    for number, row in enumerate(rows, 1):
        if number == MOST:
            raise WriteError(f"a sheet of a workbook holds {MOST:,} rows, and there are more. Write a CSV file, which has no limit.")
        sheet.append(cells.filled(cell) for cell in row)


class _Cells:
    """The cells of a sheet: one that is styled for each depth, filled anew each time, as what stands in it is written at once."""

    def __init__(self, sheet: Any, fitting: _Fitting, bold: bool) -> None:
        self.sheet, self.fitting, self.bold = sheet, fitting, bold
        self.styled: dict[int, Any] = {}

    def filled(self, value: Cell) -> Any:
        """A cell that holds a value."""
        if value is None or value == "":
            return None
        depth = value.depth if isinstance(value, Indented) else 0
        cell = self.styled.get(depth) or self.made(depth)
        cell.value = self.fitting.made(value) if isinstance(value, str) else value
        cell.quotePrefix = isinstance(value, str) and value.startswith(_FORMULA)
        if isinstance(value, str):
            cell.data_type = "s"
        return cell

    def made(self, depth: int) -> Any:
        """A new cell, its text so many steps in."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        cell = self.styled[depth] = WriteOnlyCell(self.sheet)
        cell.alignment, cell.font = Alignment(vertical="top", wrap_text=True, indent=depth), Font(bold=self.bold)
        return cell


class _Fitting:
    """Makes texts fit into cells, and counts those that did not."""

    def __init__(self) -> None:
        self.cut = self.replaced = 0

    def made(self, text: str) -> str:
        """A text as a cell can hold it."""
        fit = xml_text(text)
        self.replaced += fit is not text and fit != text
        if "_x" in fit:
            fit = _NUMBERED.sub("_x005F_", fit)
        return self.shortened(fit) if len(fit) > LONGEST // 2 else fit

    def shortened(self, text: str) -> str:
        """A text that is no longer than a cell."""
        units = text.encode("utf-16-le")
        if len(units) <= 2 * LONGEST:
            return text
        self.cut += 1
        return units[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT

    def told(self) -> Iterator[str]:
        """What was done, in sentences."""
        if self.cut:
            cells = "1 text was" if self.cut == 1 else f"{self.cut:,} texts were"
            yield f"{cells} cut and end in “{_CUT.strip()}”: a cell of a workbook holds {LONGEST:,} characters. In a CSV file they are whole."
        if self.replaced:
            cells = "1 cell" if self.replaced == 1 else f"{self.replaced:,} cells"
            yield f"In {cells} characters that a workbook cannot hold were replaced by {REPLACED}. In a CSV file they stay."
