"""Tables on the command line: into a file whose ending says the form, or as CSV to the terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click

from qualdata.cli.terminal import busy, say
from qualdata.report import Table, form_of, write_table
from qualdata.report.delimited import write_lines

__all__ = ["exact", "for_people", "give", "number", "output"]

_EXACT: Final = (
    "In CSV, write every cell as it is. Without this, a cell that begins with = + - @, a tab or a carriage return gets an apostrophe in front, "
    "as a spreadsheet would take it for a formula."
)

output = click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), metavar="OUT",
    help="The file to write, ending in .csv, .xlsx, .docx, .md or .json; without it the table goes to the terminal as CSV.",
)  # fmt: skip
"""The option that names the file."""
exact = click.option("--exact", is_flag=True, help=_EXACT)
"""The option for programs that do not compute cells."""


def number(_context: click.Context, _option: click.Parameter, value: int) -> int:
    """A number that was asked for. Raises BadParameter for one below 0; a range of click's would stand in the help as `[x>=0]`."""
    if value < 0:
        raise click.BadParameter(f"{value} is less than 0. Give 0 or more.")
    return value


def for_people(out: Path | None) -> bool:
    """Whether the table is to be read on a page. Raises FormatError for an ending that is none of a table."""
    return out is not None and form_of(out).for_people


def give(table: Table, out: Path | None, exact: bool, what: Callable[[], str]) -> None:
    """Write a table where it is asked for, and say so in the words that *what* has then."""
    if out is None:
        with _stdout() as file:
            write_lines(table, file, exact=exact)
        return
    with busy(f"Writing {out.name}"):
        notes = write_table(table, out, exact=exact)
    say(f"Saved {what()} as {out}.")
    for note in notes:
        say(note)


@contextmanager
def _stdout() -> Iterator[IO[str]]:
    """The standard output as UTF-8, line ends as the table has them, on every system."""
    sys.stdout.flush()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        yield out
        out.flush()
    finally:
        out.detach()
