"""DOCX: a heading and one table, whose head stands on every page; wide tables lie across the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from qualdata._extras import needed
from qualdata.report.characters import xml_text
from qualdata.report.table import Cell, Indented, Table

__all__ = ["write_docx"]

_WIDE: Final = 4
"""More columns than this lie across the page."""
_SAMPLE: Final = 200
"""How many rows are looked at for the widths of the columns."""
_NARROWEST, _WIDEST = 8, 50
_STEP: Final = 10
"""Points that a text stands further in for each step."""
_MARGIN: Final = 0.8
"""Inches around the table."""
_SIZE: Final = 9
"""Points of the letters in it."""


def write_docx(table: Table, path: Path, exact: bool = False) -> list[str]:
    """Write a table as a file, its title as a heading."""
    docx = needed("docx", "qualdata[transcripts]", "Writing a Word document")
    first, table = table.peek(_SAMPLE)
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = xml_text(table.title)[:255], ""
    document.core_properties.comments = ""
    document.add_heading(xml_text(table.title), 1)
    made = document.add_table(rows=1, cols=len(table.head), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, _widths(_page(document, len(table.head) > _WIDE), [table.head, *first]), strict=True):
        column.width = width
    document.styles["Normal"].font.size = docx.shared.Pt(_SIZE)
    _fill(made.rows[0], table.head, bold=True)
    _on_every_page(made.rows[0])
    for row in table.rows:
        _fill(made.add_row(), row)
    document.save(path)
    return []


def _page(document: Any, wide: bool) -> int:
    """Set the page up, and return how wide its text is."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Inches

    page = document.sections[0]
    if wide:
        page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, page.page_height, page.page_width
    page.left_margin = page.right_margin = Inches(_MARGIN)
    return int(page.page_width - 2 * Inches(_MARGIN))


def _widths(whole: int, rows: Sequence[Sequence[Cell]]) -> Iterator[int]:
    """The width of each column: by the longest of its lines, within bounds."""
    longest = [max(len(line) for cell in column for line in str(cell).splitlines() or [""]) for column in zip(*rows, strict=True)]
    shares = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
    return (whole * share // sum(shares) for share in shares)


def _fill(row: Any, cells: Sequence[Cell], bold: bool = False) -> None:
    from docx.shared import Pt

    for place, cell in zip(row.cells, cells, strict=True):
        paragraph = place.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if isinstance(cell, Indented):
            paragraph.paragraph_format.left_indent = Pt(_STEP * cell.depth)
        if cell is not None:
            paragraph.add_run("\n".join(xml_text(str(cell)).splitlines())).bold = bold or None


def _on_every_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
