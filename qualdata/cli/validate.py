"""`qualdata validate`: what is wrong with a study, told so that it can be mended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from qualdata.cli.failures import COULD_NOT_RUN, REFUSED
from qualdata.cli.terminal import busy, say
from qualdata.errors import ReadError
from qualdata.formats import by_ending, formats
from qualdata.formats.package.store import DOCUMENT
from qualdata.rules.profile import CORE
from qualdata.rules.report import Report, as_json
from qualdata.rules.telling import lines
from qualdata.rules.validating import validate

__all__ = ["WRITERS", "command"]

WRITERS: Final[dict[str, Callable[[list[Report]], bytes]]] = {"json": as_json}
"""What makes a file of reports, by the name of its form; `text` is told on the terminal."""


@click.command("validate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--profile", default=CORE, metavar="NAME", help="How grave each finding is: core, archive … or the path of a TOML file.  [default: core]")
@click.option("--format", "form", type=click.Choice(["text", *WRITERS]), default="text", help="In which form the report is given.")
@click.option("--waivers", type=click.Path(path_type=Path), metavar="FILE", help="Waivers beside those in the dataset.")
@click.option("--target", metavar="NAME", help="The program it is to be written for: also tell what would be lost.")
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
@click.option("--terms", type=click.Path(path_type=Path), metavar="FILE", help="A key file, kept apart: its names and places must not stand in the study.")
@click.option("--strict", is_flag=True, help="Also exit with 1 where something should be looked at.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="The file to write the report to; not for text.")
def command(
    paths: tuple[Path, ...], profile: str, form: str, waivers: Path | None, target: str | None, sources: Path | None, terms: Path | None, strict: bool, output: Path | None
) -> None:
    """What is wrong with each PATH: a study package, a REFI-QDA file, or a folder of them. Nothing is changed.

    The exit code is 0 where nothing must be mended, 1 where something must, 3 where a file could not be read.
    """
    if output is not None and form == "text":
        raise click.UsageError("The text goes to the terminal; choose another --format for a file.")
    reports = []
    for path in datasets(paths):
        with busy(f"Checking {path.name}"):
            reports.append(validate(path, profile=profile, target=target, sources=sources, waivers=waivers, terms=terms))
    if form == "text":
        _say(reports)
    else:
        _write(WRITERS[form](reports), output)
    sys.exit(_code(reports, strict))


def datasets(paths: Iterable[Path]) -> Iterator[Path]:
    """The datasets that paths mean: each itself, or all in a folder that is none. Raises ReadError for a folder without any."""
    for path in paths:
        if not path.is_dir() or (path / DOCUMENT).is_file():
            yield path
            continue
        found = list(_within(path))
        if not found:
            raise ReadError("there is no study in this folder: no study.json, and no file that qualdata reads.", path=path)
        yield from found


def _within(folder: Path) -> Iterator[Path]:
    """The datasets directly in a folder, in the order of their names."""
    files = [f for f in formats() if f.read is not None and "" not in f.suffixes]
    for path in sorted(folder.iterdir()):
        if (path / DOCUMENT).is_file() or (path.is_file() and by_ending(path, files) is not None):
            yield path


def _say(reports: list[Report]) -> None:
    for number, report in enumerate(reports):
        if number:
            say()
            say()
        for indent, text in lines(report):
            say(text, indent=indent, hang=2 if indent else 0)


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    from qualdata.formats.atomic import replacing

    with replacing(output) as temporary:
        temporary.write_bytes(data)
    say(f"Saved the report as {output}.")


def _code(reports: list[Report], strict: bool) -> int:
    if not all(r.readable for r in reports):
        return COULD_NOT_RUN
    wrong = any(not r.ok or (strict and r.of("warning")) for r in reports)
    return REFUSED if wrong else 0
