"""Markdown: one table (GitHub's), in which what a text says is shown as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from qualdata.report.table import Cell, Indented, Table

__all__ = ["escaped", "write_markdown"]

_MEANT: Final = re.compile(r"([\\`*_\[\]<>|~&#])")
"""Characters that Markdown, or HTML in it, could take for its own."""
_STEP: Final = "&emsp;"


def write_markdown(table: Table, path: Path, exact: bool = False) -> list[str]:
    """Write a table as a file, its title as a heading. It can hold all."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"# {escaped(table.title)}\n\n{_line(map(escaped, table.head))}{_line('---' for _ in table.head)}")
        file.writelines(_line(map(_shown, row)) for row in table.rows)
    return []


def escaped(text: str) -> str:
    """A text in which nothing is markup; line ends become line breaks."""
    return "<br>".join(_MEANT.sub(r"\\\1", text).splitlines())


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _shown(cell: Cell) -> str:
    step = _STEP * cell.depth if isinstance(cell, Indented) else ""
    return step + escaped("" if cell is None else str(cell))
