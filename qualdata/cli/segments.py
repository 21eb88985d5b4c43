"""`qualdata segments`: all coded passages, one row a coding."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

import click

from qualdata.cli.origin import missing, missing_sentence
from qualdata.cli.tables import exact, for_people, give, output
from qualdata.cli.terminal import busy, say
from qualdata.errors import ReadError
from qualdata.formats import read
from qualdata.model.base import Thing, fold
from qualdata.model.nouns import counted
from qualdata.model.segments import Segments, code_paths
from qualdata.model.study import Study
from qualdata.report.segments import segment_table

__all__ = ["command"]

T = TypeVar("T", bound=Thing)


@click.command("segments")
@click.argument("file", type=click.Path(path_type=Path))
@output
@exact
@click.option("--code", metavar="CODE", help="Only what is coded with this code: its name, its path as 'Above > Below', or its id.")
@click.option("--with-subcodes", is_flag=True, help="With --code: also what is coded with the codes under it.")
@click.option("--case", metavar="CASE", help="Only what is about this case: its name or id.")
@click.option("--coder", metavar="CODER", help="Only what this coder laid: name, initials or id.")
@click.option("--attributes", is_flag=True, help="Add a column for each variable: the values of the passage's cases, else of its interview or source.")
@click.option("--context", type=click.IntRange(min=0), default=0, metavar="N", help="Add what stands before and after in the text: N characters at most, words whole.")
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
def command(
    file: Path, out: Path | None, exact: bool, code: str | None, with_subcodes: bool, case: str | None, coder: str | None,
    attributes: bool, context: int, sources: Path | None,
) -> None:  # fmt: skip
    """All coded passages of FILE as a table, one row a coding.

    Positions count Unicode characters from 0, in recordings milliseconds; `end` is the first after the passage.
    Several cases or speakers of a passage are joined with "; ". A coder or code that the file names but does not describe
    stands there with its id. Word documents and Markdown are to be read: they leave out ids, positions and empty columns.
    """
    if with_subcodes and code is None:
        raise click.UsageError("--with-subcodes needs --code: name the code whose subcodes are meant.")
    people = for_people(out)
    with busy(f"Reading {file.name}"):
        study = read(file, sources=sources)
        segments = _chosen(study, file, code, with_subcodes, case, coder)
    give(segment_table(segments, attributes=attributes, context=context, for_people=people), out, exact, lambda: counted(len(segments), "Coding"))
    _tell_missing(study, sources)


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


def _tell_missing(study: Study, sources: Path | None) -> None:
    if files := missing(study):
        say(missing_sentence(study, len(files), sources), err=True)
