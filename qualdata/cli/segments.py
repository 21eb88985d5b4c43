"""`qualdata segments`: all coded passages, one row a coding."""

from __future__ import annotations

from pathlib import Path

import click

from qualdata.cli.asked import asked_case, asked_code, asked_coder
from qualdata.cli.origin import missing, missing_sentence
from qualdata.cli.tables import exact, for_people, give, number, output
from qualdata.cli.terminal import busy, say
from qualdata.formats import read
from qualdata.model.nouns import counted
from qualdata.model.segments import Segments
from qualdata.model.study import Study
from qualdata.report.segments import segment_table

__all__ = ["command"]


@click.command("segments")
@click.argument("file", type=click.Path(path_type=Path))
@output
@exact
@click.option("--code", metavar="CODE", help="Only what is coded with this code: its name, its path as 'Above > Below', or its id.")
@click.option("--with-subcodes", is_flag=True, help="With --code: also what is coded with the codes under it.")
@click.option("--case", metavar="CASE", help="Only what is about this case: its name or id.")
@click.option("--coder", metavar="CODER", help="Only what this coder laid: name, initials or id.")
@click.option("--attributes", is_flag=True, help="Add a column for each variable: the values of the passage's cases, else of its interview or source.")
@click.option("--context", type=int, callback=number, default=0, metavar="N", help="Add what stands before and after in the text: N characters at most, words whole.")
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
    _tell_missing(study, sources, file)


def _chosen(study: Study, file: Path, code: str | None, with_subcodes: bool, case: str | None, coder: str | None) -> Segments:
    """The segments that were asked for. Raises ReadError for a name that the study does not know, or knows twice."""
    return study.segments(
        code=None if code is None else asked_code(study, code, file), with_subcodes=with_subcodes,
        case=None if case is None else asked_case(study, case, file), coder=None if coder is None else asked_coder(study, coder, file),
    )  # fmt: skip


def _tell_missing(study: Study, sources: Path | None, file: Path) -> None:
    if files := missing(study):
        say(missing_sentence(study, len(files), sources, file), err=True)
