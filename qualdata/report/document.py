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
_LONG, _SHORT = 297, 210
"""Millimetres of a page (A4)."""
_MARGIN: Final = 15
"""Millimetres around the table."""
_SIZE: Final = 8
"""Points of the letters in it."""
_FONT: Final = "Arial"
_LETTER: Final = 0.55
"""How wide its letters are, in parts of their size."""
_SAMPLE: Final = 200
"""How many rows are looked at for the widths of the columns."""
_PADDING: Final = 4
"""Letters of a column that go into its edges, and into bold heads."""
_WORD, _LINE = 16, 100
"""Letters of words that are not to be broken, and of lines that a wider column would make shorter."""
_STEP: Final = 2
"""Letters that a text stands further in for each step."""


def write_docx(table: Table, path: Path, exact: bool = False) -> list[str]:
    """Write a table as a file, its title as a heading."""
    docx = needed("docx", "qualdata[transcripts]", "Writing a Word document")
    first, table = table.peek(_SAMPLE)
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = xml_text(table.title)[:255], ""
    document.core_properties.comments = ""
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = _FONT, docx.shared.Pt(_SIZE)
    document.add_heading(xml_text(table.title), 1)
    made = document.add_table(rows=1, cols=len(table.head), style="Table Grid")
    made.autofit = False
    page = _page(document, wide=len(table.head) > _WIDE)
    for column, width in zip(made.columns, _widths(page / docx.shared.Pt(_SIZE * _LETTER), [table.head, *first]), strict=True):
        column.width = docx.shared.Pt(_SIZE * _LETTER * width)
    _fill(made.rows[0], table.head, bold=True)
    _on_every_page(made.rows[0])
    for row in table.rows:
        _fill(made.add_row(), row)
    document.save(path)
    return []


def _page(document: Any, wide: bool) -> int:
    """Set the page up, and return how wide its text is."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page, margin = document.sections[0], Mm(_MARGIN)
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (Mm(_LONG), Mm(_SHORT)) if wide else (Mm(_SHORT), Mm(_LONG))
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = margin
    return int(page.page_width - 2 * margin)


def _widths(whole: float, rows: Sequence[Sequence[Cell]]) -> Iterator[float]:
    """The width of each column, in letters: that of its longest word, and a share of the rest by how long its lines are."""
    columns = [[_shown(cell) for cell in column] for column in zip(*rows, strict=True)]
    words = [_PADDING + min(max(len(word) for text in column for word in text.split() or [""]), _WORD) for column in columns]
    lines = [min(max(len(line) for text in column for line in text.splitlines() or [""]), _LINE) for column in columns]
    wants = [max(line - word, 0) for word, line in zip(words, lines, strict=True)]
    left = max(whole - sum(words), 0) / (sum(wants) or 1)
    narrow = min(whole / sum(words), 1)
    return (word * narrow + want * min(left, 1) for word, want in zip(words, wants, strict=True))


def _shown(cell: Cell) -> str:
    step = "." * _STEP * cell.depth if isinstance(cell, Indented) else ""
    return "" if cell is None else step + str(cell)


def _fill(row: Any, cells: Sequence[Cell], bold: bool = False) -> None:
    from docx.shared import Pt

    for place, cell in zip(row.cells, cells, strict=True):
        paragraph = place.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if isinstance(cell, Indented):
            paragraph.paragraph_format.left_indent = Pt(_SIZE * _LETTER * _STEP * cell.depth)
        if cell is not None:
            paragraph.add_run("\n".join(xml_text(str(cell)).splitlines())).bold = bold or None


def _on_every_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
