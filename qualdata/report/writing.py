"""Writing a table: the form of a file follows from its ending."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from attrs import frozen

from qualdata.errors import FormatError
from qualdata.formats.atomic import replacing
from qualdata.report.delimited import write_csv
from qualdata.report.document import write_docx
from qualdata.report.markdown import write_markdown
from qualdata.report.objects import write_json
from qualdata.report.table import Table
from qualdata.report.workbook import write_xlsx

__all__ = ["FORMS", "Form", "form_of", "write_table"]


@frozen
class Form:
    """One form of a table."""

    name: str
    """Its name in sentences."""
    suffixes: tuple[str, ...]
    """The endings of its files, with the dot."""
    write: Callable[[Table, Path, bool], list[str]]
    """Writes a table, cells exactly as they are or safe for spreadsheets, and returns what the file cannot hold."""
    for_people: bool = False
    """Whether it is a page to be read, which wants few columns, or data."""


FORMS: Final = (
    Form("CSV", (".csv",), write_csv),
    Form("Excel workbook", (".xlsx",), write_xlsx),
    Form("Word document", (".docx",), write_docx, for_people=True),
    Form("Markdown", (".md", ".markdown"), write_markdown, for_people=True),
    Form("JSON", (".json",), write_json),
)


def form_of(path: str | os.PathLike[str]) -> Form:
    """The form that a file's ending means. Raises FormatError."""
    path = Path(path)
    found = next((form for form in FORMS if path.suffix.casefold() in form.suffixes), None)
    if found is None:
        endings = ", ".join(f"{form.suffixes[0]} ({form.name})" for form in FORMS)
        raise FormatError(f"a table is not written in this form. Give it one of these endings: {endings}.", path=path)
    return found


def write_table(table: Table, path: str | os.PathLike[str], *, exact: bool = False) -> list[str]:
    """Write a table in the form of the path's ending, and return in sentences what the file cannot hold.

    The file appears whole or not at all. In CSV, text that a spreadsheet would take for a formula gets an apostrophe in
    front, unless *exact*; the other forms keep it as text. Raises FormatError, WriteError.
    """
    path = Path(path)
    form = form_of(path)
    with replacing(path) as temporary:
        return form.write(table, temporary, exact)
