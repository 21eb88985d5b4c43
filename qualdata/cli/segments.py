"""`qualdata segments`: all coded passages, one row a coding."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click

from qualdata.cli.origin import missing, missing_sentence
from qualdata.cli.terminal import busy, say
from qualdata.formats import read
from qualdata.formats.atomic import replacing
from qualdata.model.contributor import Contributor
from qualdata.model.nouns import counted
from qualdata.model.segments import Segment
from qualdata.model.study import Study

__all__ = ["COLUMNS", "command", "write_rows"]

COLUMNS: Final = ("source", "case", "code", "code_path", "coder", "start", "end", "text", "created", "coding_id", "excerpt_id", "source_id")
_FORMULA: Final = frozenset("=+-@\t\r")
"""Beginnings that make a spreadsheet compute a cell instead of showing it."""
_EXACT: Final = (
    "Write every cell as it is. Without this, a cell that begins with = + - @, a tab or a carriage return gets an apostrophe in front, "
    "as a spreadsheet would take it for a formula."
)


@click.command("segments")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT.csv", help="The file to write; without it the table goes to the terminal.")
@click.option("--exact", is_flag=True, help=_EXACT)
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
def command(file: Path, output: Path | None, exact: bool, sources: Path | None) -> None:
    """All coded passages of FILE as a table (CSV, UTF-8), one row a coding.

    Positions count Unicode characters from 0, in recordings milliseconds; `end` is the first after the passage.
    Several cases of a passage are joined with "; ". A coder or code that the file names but does not describe
    stands there with its id.
    """
    with busy(f"Reading {file.name}"):
        study = read(file, sources=sources)
        if output is not None:
            with replacing(output) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as out:
                write_rows(study.segments(), out, exact=exact)
    if output is not None:
        say(f"Saved {counted(len(study.segments()), 'Coding')} as {output}.")
    else:
        with _stdout() as out:
            write_rows(study.segments(), out, exact=exact)
    _tell_missing(study, sources)


def write_rows(segments: Iterable[Segment], file: IO[str], *, exact: bool = False) -> None:
    """Write the table into an open text file (`newline=""`), as RFC 4180 says.

    Each different cell is made ready once: names, paths and dates come thousands of times, and `csv.writer`
    would look at each of their characters each time, which takes most of the time of a large table.
    """
    file.write(",".join(COLUMNS) + "\r\n")
    file.writelines(_lines(segments, exact))


def _lines(segments: Iterable[Segment], exact: bool) -> Iterator[str]:
    cell: Callable[[str | None], str] = _quoted if exact else _shown
    known = _Memo(cell)
    for s in segments:
        coding, excerpt = s.coding, s.excerpt
        cases = _cases(s) if s.cases else None
        code = coding.code if s.code is None else s.code.name
        coder = coding.coder if s.coder is None else _name(s.coder)
        start = "" if s.start is None else s.start
        end = "" if s.end is None else s.end
        yield (
            f"{known[s.source.name]},{known[cases]},{known[code]},{known[s.code_path]},{known[coder]},{start},{end},{cell(s.text)},"
            f"{cell(coding.created)},{cell(coding.id)},{cell(None if excerpt is None else excerpt.id)},{known[s.source.id]}\r\n"
        )


def _cases(segment: Segment) -> str:
    return "; ".join(case.name or case.id for case in segment.cases)


def _name(coder: Contributor) -> str:
    return coder.name or coder.initials or coder.id


class _Memo(dict[str | None, str]):
    """What a function made of each cell that it was asked about."""

    def __init__(self, function: Callable[[str | None], str]) -> None:
        super().__init__()
        self.make = function

    def __missing__(self, cell: str | None) -> str:
        made = self[cell] = self.make(cell)
        return made


def _shown(cell: str | None) -> str:
    """A cell of which a spreadsheet computes nothing."""
    return _quoted("'" + cell if cell and cell[0] in _FORMULA else cell)


def _quoted(cell: str | None) -> str:
    """A cell in quotes, if it must stand in them."""
    if not cell:
        return ""
    if '"' in cell or "," in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


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


def _tell_missing(study: Study, sources: Path | None) -> None:
    if files := missing(study):
        say(missing_sentence(study, len(files), sources), err=True)
