"""Pages: documents for people to read and to write in, as Word documents and in Markdown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from attrs import frozen

from qualdata.report.pages.markdown import as_written as markdown_as_written
from qualdata.report.pages.markdown import read_markdown, to_markdown
from qualdata.report.pages.page import BOLD, Block, Line, Lines, Page, Run
from qualdata.report.pages.word import as_written as docx_as_written
from qualdata.report.pages.word import read_docx, to_docx

__all__ = ["BOLD", "PAGES", "Block", "Line", "Lines", "Page", "PageForm", "Run"]


@frozen
class PageForm:
    """One form of a page."""

    suffix: str
    """The ending of its files, with the dot."""
    unit: str
    """What its places are counted in: `line` or `paragraph`."""
    to_bytes: Callable[[Page], bytes]
    """Makes a file of a page."""
    read: Callable[[Path], Lines]
    """Reads a file. Raises ReadError."""
    as_written: Callable[[Path], bool]
    """Whether a file is still as it was written here, by no one changed."""


PAGES: Final = {
    "docx": PageForm(".docx", "paragraph", to_docx, read_docx, docx_as_written),
    "md": PageForm(".md", "line", to_markdown, read_markdown, markdown_as_written),
}
"""The forms of pages, by name."""
