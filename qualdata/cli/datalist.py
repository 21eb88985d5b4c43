"""`qualdata datalist`: the list of interviews and sources that archives ask for."""

from __future__ import annotations

from pathlib import Path

import click

from qualdata.cli.tables import exact, for_people, give, output
from qualdata.cli.terminal import busy
from qualdata.formats import read
from qualdata.report.datalist import datalist_table

__all__ = ["command"]


@click.command("datalist")
@click.argument("file", metavar="STUDY", type=click.Path(path_type=Path))
@output
@exact
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
def command(file: Path, out: Path | None, exact: bool, sources: Path | None) -> None:
    """The data list of STUDY, as archives ask for: a row for each source of each interview.

    It tells who took part, with their attributes, how and when the interview was held, how long it took, and of the source
    how many words it has, how many passages are coded, and who may see it. Minutes are rounded.
    """
    people = for_people(out)
    with busy(f"Reading {file.name}"):
        study = read(file, sources=sources)
        table = datalist_table(study, for_people=people).whole()
    rows = len(list(table.rows))
    give(table, out, exact, lambda: f"{rows:,} row{'' if rows == 1 else 's'}")
