"""`qualdata segments`: all coded passages, one row a coding."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Final, TypeVar
from unicodedata import normalize

import click

from qualdata.cli.origin import missing, missing_sentence
from qualdata.cli.terminal import busy, say
from qualdata.errors import ReadError
from qualdata.formats import read
from qualdata.formats.atomic import replacing
from qualdata.model.base import Thing, fold
from qualdata.model.contributor import Contributor
from qualdata.model.nouns import counted
from qualdata.model.segments import Segment, Segments, code_paths
from qualdata.model.study import Study

__all__ = ["COLUMNS", "command", "write_rows"]

T = TypeVar("T", bound=Thing)
COLUMNS: Final = ("source", "interview", "case", "speakers", "code", "code_path", "coder", "start", "end", "text", "created", "coding_id", "excerpt_id", "source_id")
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
@click.option("--code", metavar="CODE", help="Only what is coded with this code: its name, its path as 'Above > Below', or its id.")
@click.option("--with-subcodes", is_flag=True, help="With --code: also what is coded with the codes under it.")
@click.option("--case", metavar="CASE", help="Only what is about this case: its name or id.")
@click.option("--coder", metavar="CODER", help="Only what this coder laid: name, initials or id.")
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
def command(
    file: Path, output: Path | None, exact: bool, code: str | None, with_subcodes: bool, case: str | None, coder: str | None, sources: Path | None
) -> None:
    """All coded passages of FILE as a table (CSV, UTF-8), one row a coding.

    Positions count Unicode characters from 0, in recordings milliseconds; `end` is the first after the passage.
    Several cases or speakers of a passage are joined with "; ". A coder or code that the file names but does not describe
    stands there with its id.
    """
    if with_subcodes and code is None:
        raise click.UsageError("--with-subcodes needs --code: name the code whose subcodes are meant.")
    with busy(f"Reading {file.name}"):
        study = read(file, sources=sources)
        segments = _chosen(study, file, code, with_subcodes, case, coder)
        if output is not None:
            with replacing(output) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as out:
                write_rows(segments, out, exact=exact)
    if output is not None:
        say(f"Saved {counted(len(segments), 'Coding')} as {output}.")
    else:
        with _stdout() as out:
            write_rows(segments, out, exact=exact)
    _tell_missing(study, sources, file)


def _chosen(study: Study, file: Path, code: str | None, with_subcodes: bool, case: str | None, coder: str | None) -> Segments:
    """The segments that were asked for. Raises ReadError for a name that the study does not know, or knows twice."""
    paths = code_paths(study.code_tree)
    codes = [(c, (paths[fold(c.id)], c.name)) for c in study.codes]
    cases = [(c, (c.name,)) for c in study.cases]
    coders = [(c, (c.name, c.initials, c.alias)) for c in study.contributors]
    return study.segments(
        code=None if code is None else _named(file, "code", code, codes), with_subcodes=with_subcodes,
        case=None if case is None else _named(file, "case", case, cases), coder=None if coder is None else _named(file, "coder", coder, coders),
    )  # fmt: skip


def _named(file: Path, what: str, word: str, among: Sequence[tuple[T, tuple[str | None, ...]]]) -> T:
    """The one thing with this id, or with this name."""
    asked = _plain(word)
    found = [t for t in among if fold(t[0].id) == fold(word)] or [t for t in among if asked in {_plain(n) for n in t[1] if n}]
    if len(found) == 1:
        return found[0][0]
    if found:
        which = _some([f"{next(filter(None, names))} ({thing.id})" for thing, names in found])
        raise ReadError(f'{counted(len(found), what)} are called "{word}": {which}. Give an id instead.', path=file)
    known = {_plain(n): n for _, names in among for n in names if n}
    close = get_close_matches(asked, known, n=3, cutoff=0.5)
    near = f"Close to it: {', '.join(known[c] for c in close)}." if close else f"There are: {_some([next(filter(None, names), t.id) for t, names in among])}."
    raise ReadError(f'there is no {what} "{word}" in this study. {near if known else "It has none at all."}', path=file)


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")


def _plain(name: str) -> str:
    """A name as it is looked up: however its accents and spaces are written, in any case."""
    return " ".join(normalize("NFC", name).casefold().split())


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
        interview = None if s.interview is None else s.interview.name or s.interview.id
        speakers = "; ".join(speaker.label for speaker in s.speakers)
        code = coding.code if s.code is None else s.code.name
        coder = coding.coder if s.coder is None else _name(s.coder)
        start = "" if s.start is None else s.start
        end = "" if s.end is None else s.end
        yield (
            f"{known[s.source.name]},{known[interview]},{known[cases]},{known[speakers]},{known[code]},{known[s.code_path]},{known[coder]},{start},{end},{cell(s.text)},"
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


def _tell_missing(study: Study, sources: Path | None, file: Path) -> None:
    if files := missing(study):
        say(missing_sentence(study, len(files), sources, file), err=True)
