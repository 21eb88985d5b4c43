"""`qualdata ic`: the steps of iterative categorization, from codes to points to themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import click

from qualdata.cli.asked import asked_code, asked_theme, asked_variable
from qualdata.cli.convert import aim, check_target, chosen_format
from qualdata.cli.losses import tell
from qualdata.cli.progress import show
from qualdata.cli.remarks import quoted
from qualdata.cli.tables import exact, for_people, give, output
from qualdata.cli.terminal import busy, say
from qualdata.errors import ReadError
from qualdata.formats import read, write
from qualdata.model.code import Code
from qualdata.model.nouns import counted
from qualdata.model.point import Point
from qualdata.model.study import Study
from qualdata.report import Table
from qualdata.report.pages import PAGES
from qualdata.tools.ic.folder import code_files, read_folder, write_folder
from qualdata.tools.ic.progress import addressed_by_code
from qualdata.tools.ic.tables import evidence_table, grid_table, summary_table
from qualdata.tools.ic.typed import Unread

__all__ = ["command"]

_SHOWN: Final = 3
"""How many points of a kind are named."""

_path = click.Path(path_type=Path)
_study = click.argument("file", metavar="STUDY", type=_path)
_codes = click.option("--code", "codes", metavar="CODE", multiple=True, help="Only this code: its name, its path as 'Above > Below', or its id. May be given again.")


@click.group("ic", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Iterative categorization: from codings to points to themes.

    Where several coders coded a source and then agreed, only what was agreed counts; what was rejected never does.
    """


@command.command("codings", short_help="For each code, a file of extracts and one to write in.")
@_study
@_codes
@click.option("--with-subcodes", is_flag=True, help="Into the files of each code, also put what is coded with the codes under it.")
@click.option("--attributes", metavar="NAME,NAME", default="", help="Variables whose values are shown for each participant.")
@click.option("--format", "form", type=click.Choice(list(PAGES)), default="docx", show_default=True, help="Word documents or Markdown.")
@click.option("-o", "--output", "folder", type=_path, required=True, metavar="DIR", help="The folder to write into; it is made if it is not there.")
@click.option("--replace", is_flag=True, help="Also write over files that were changed since they were written.")
def codings(file: Path, codes: tuple[str, ...], with_subcodes: bool, attributes: str, form: str, folder: Path, replace: bool) -> None:
    """For each code of STUDY, a codings file and an analysis file.

    The codings file has all extracts of the code, each with its label, the participant and, in grey, what was asked before. The
    analysis file has the same, and room for points; write them there and bring them back with `qualdata ic read`.
    """
    study = _read(file)
    variables = [asked_variable(study, name, file) for name in attributes.split(",") if name.strip()]
    with busy(f"Writing into {folder.name}"):
        files = code_files(study, _asked(study, codes, file), with_subcodes=with_subcodes, attributes=variables)
        if not files:
            raise ReadError("there is nothing coded that counts, so there is nothing to write.", path=file)
        write_folder(study, files, folder, PAGES[form], replace=replace)
    extracts, each = sum(len(f.extracts) for f in files), "" if len(files) == 1 else "each of "
    say(f"Saved a codings file and an analysis file for {each}{counted(len(files), 'Code')} in {folder}: {counted(extracts, 'extract')}.")


@command.command("read", short_help="Bring back the points written in these files.")
@_study
@click.argument("folder", metavar="DIR", type=_path)
@click.option("-o", "--output", "out", required=True, type=_path, metavar="OUT", help="The file to write; its ending says the format. It may be STUDY.")
@click.option("--target", metavar="TARGET", help="The program it is for, as in `qualdata convert`.")
def read_(file: Path, folder: Path, out: Path, target: str | None) -> None:
    """Bring the points in the analysis files of DIR into STUDY, and write it as OUT.

    A point is a paragraph that ends with labels of extracts, as [P07-4kx9q]. Its step is the section it stands in, its heading the one above
    it. New points are added, changed ones changed, and none is deleted. What could not be read is listed.
    """
    check_target(chosen := chosen_format(out, None), target)
    study = _read(file)
    with busy(f"Reading {folder.name}"):
        points = read_folder(study, folder)
    with busy(f"Writing {out.name}"):
        losses = write(study, out, target=target)
    say(f"{counted(len(points.added), 'Point')} added, {len(points.changed):,} changed, {len(points.same):,} as {'it was' if len(points.same) == 1 else 'they were'}.")
    if left := points.left:
        stay = "is not in its files any more; it stays" if len(left) == 1 else "are not in their files any more; they stay"
        say(f"{counted(len(left), 'Point')} of the study {stay}: {_words(left)}.")
    _tell_unread(points.unread)
    show(study, addressed_by_code(study), by_code=False)
    say(f"Saved {aim(chosen, target)} as {out}.")
    tell(losses, out)


def _tell_unread(unread: Iterable[Unread]) -> None:
    for n, one in enumerate(unread):
        if not n:
            say("Not read, or not wholly:")
        say(str(one), indent=2, hang=2)


@command.command("status", short_help="How many extracts are addressed.")
@_study
@_codes
@click.option("--open", "open_", is_flag=True, help="List the extracts that no point rests on.")
def status(file: Path, codes: tuple[str, ...], open_: bool) -> None:
    """How many extracts of each code some point of STUDY rests on."""
    study = _read(file)
    show(study, addressed_by_code(study, _asked(study, codes, file)), left_open=open_)


@command.command("grid", short_help="A table of points by participants.")
@_study
@_codes
@output
@exact
def grid(file: Path, codes: tuple[str, ...], out: Path | None, exact: bool) -> None:
    """A table of points by participants: in each cell, how many codings of the point are theirs."""
    _give(file, out, exact, "Point", lambda study, people: grid_table(study, _asked(study, codes, file), for_people=people))


@command.command("summary", short_help="A table of codes in numbers.")
@_study
@_codes
@output
@exact
def summary(file: Path, codes: tuple[str, ...], out: Path | None, exact: bool) -> None:
    """A table of codes: extracts, how many of them addressed, participants, points and their headings."""
    _give(file, out, exact, "Code", lambda study, people: summary_table(study, _asked(study, codes, file), for_people=people))


@command.command("evidence", short_help="A table of what themes rest on.")
@_study
@click.option("--theme", "themes", metavar="THEME", multiple=True, help="Only this theme: its name or id. May be given again.")
@output
@exact
def evidence(file: Path, themes: tuple[str, ...], out: Path | None, exact: bool) -> None:
    """A table of what each theme rests on: what supports, illustrates, qualifies or contradicts it."""

    def make(study: Study, people: bool) -> Table:
        return evidence_table(study, [asked_theme(study, theme, file) for theme in themes] or None, for_people=people)

    _give(file, out, exact, "Evidence", make)


def _give(file: Path, out: Path | None, exact: bool, what: str, make: Callable[[Study, bool], Table]) -> None:
    people = for_people(out)
    table = make(_read(file), people).whole()
    give(table, out, exact, lambda: counted(len([*table.rows]), what))


def _read(file: Path) -> Study:
    with busy(f"Reading {file.name}"):
        return read(file)


def _asked(study: Study, codes: Iterable[str], file: Path) -> list[Code] | None:
    return [asked_code(study, code, file) for code in codes] or None


def _words(points: tuple[Point, ...]) -> str:
    """The first words of some points."""
    return ", ".join(quoted(point.text) for point in points[:_SHOWN]) + (f" and {len(points) - _SHOWN:,} more" if len(points) > _SHOWN else "")
