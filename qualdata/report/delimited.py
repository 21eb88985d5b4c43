"""CSV, as RFC 4180 says, in UTF-8 with a byte order mark: spreadsheets take it for what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Final

from qualdata.report.table import Cell, Table

__all__ = ["write_csv", "write_lines"]

_FORMULA: Final = re.compile("'*[=+\\-@\t\r]")
"""Beginnings that make a spreadsheet compute a cell instead of showing it, apostrophes before them included, so that one can be taken off again."""
_SUSPECT: Final = frozenset("'=+-@\t\r")
_BLOCK: Final = 500
"""How many rows are made ready together."""


def write_csv(table: Table, path: Path, exact: bool = False) -> list[str]:
    """Write a table as a file; *exact* leaves out the apostrophe before what a spreadsheet would compute. It can hold all."""
    with path.open("w", encoding="utf-8", newline="") as file:  # the codec with the mark is several times slower
        file.write("\ufeff")
        write_lines(table, file, exact=exact)
    return []


def write_lines(table: Table, file: IO[str], *, exact: bool = False) -> None:
    """Write a table into an open text file (`newline=""`).

    Columns are made ready block by block, each different cell once: names, paths and dates come thousands of times, ids
    need nothing, and `csv.writer` would look at each of their characters, which takes most of the time of a large table.
    """
    rows = iter(table.rows)
    block: Sequence[Sequence[Cell]] = [table.head]
    while block:
        columns = [_column(column, exact) for column in zip(*block, strict=True)]
        file.write("\r\n".join(map(",".join, zip(*columns, strict=True))) + "\r\n")
        block = list(islice(rows, _BLOCK))


def _column(cells: Sequence[Cell], exact: bool) -> Iterable[str]:
    different = set(cells)
    if _as_it_is(different):
        return cells  # type: ignore[return-value]  # as all of them are texts
    ready = {cell: _quoted(cell, exact) if isinstance(cell, str) else "" if cell is None else str(cell) for cell in different}
    return map(ready.__getitem__, cells)


def _as_it_is(cells: set[Cell]) -> bool:
    """Whether all cells are texts of which nothing has to be quoted, or shown to be no formula."""
    try:
        together = "\0".join(cells)  # type: ignore[arg-type]  # if not, it says so
    except TypeError:
        return False
    return not any(special in together for special in '",\n\r') and _SUSPECT.isdisjoint([cell[:1] for cell in cells])  # type: ignore[index]


def _quoted(cell: str, exact: bool) -> str:
    """A text in quotes, if it must stand in them."""
    if not exact and cell[:1] in _SUSPECT and _FORMULA.match(cell):
        cell = "'" + cell
    if '"' in cell:
        return '"' + cell.replace('"', '""') + '"'
    return f'"{cell}"' if "," in cell or "\n" in cell or "\r" in cell else cell
