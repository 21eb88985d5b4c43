"""`qualdata demo`: the example study is shown, sent into two programs' projects and back, compared, and given out to work with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from qualdata._example import example
from qualdata.cli.failures import REFUSED
from qualdata.cli.origin import title
from qualdata.cli.terminal import busy, say
from qualdata.cli.trail import tell_trail
from qualdata.cli.trips import Trip, numbers, send, tell_trips, unlike
from qualdata.errors import WriteError
from qualdata.formats import read, write
from qualdata.formats.refi.sidecar import beside
from qualdata.formats.refi.tools import TOOLS
from qualdata.model.nouns import counted
from qualdata.model.study import Study
from qualdata.report.pages import PAGES
from qualdata.tools.ic.folder import code_files, write_folder
from qualdata.tools.ic.progress import addressed_by_code

__all__ = ["command"]

_STEM: Final = "SYNTHETIC-smart-recovery"
_PROGRAMS: Final = tuple(tool for tool in TOOLS if tool.name in ("nvivo", "atlasti"))
_FAULTS: Final = 10
"""How many faults are told."""


@click.command("demo")
@click.option(
    "-o", "--output", "folder", default=Path("qualdata-demo"), show_default=True, type=click.Path(path_type=Path), metavar="DIR",
    help="The folder for the files; files of an earlier demo are replaced, but not if someone worked in them.",
)  # fmt: skip
def command(folder: Path) -> None:
    """Show an invented study, send it into projects for NVivo and ATLAS.ti and back, compare, and write files to work with."""
    _check(folder)
    study, package, form = example(), folder / f"{_STEM}.qualdata", "docx" if find_spec("docx") else "md"
    say("This study is SYNTHETIC: all of it is invented, and no one said any of it.")
    _tell_study(study)
    with busy("Writing and reading"):
        write(study, package)
        trips = [send(study, tool, folder / f"{_STEM}-{tool.name}.qdpx") for tool in _PROGRAMS]
        faults = [*unlike(study, read(package)), *(fault for trip in trips for fault in trip.faults)]
        files = write_folder(study, code_files(study), folder / "codings", PAGES[form])
    _head("2. To other programs and back")
    say("A project was written for each program and read again. The study holds, and each project by itself holds:")
    say()
    tell_trips(study, trips)
    _tell_codings(study, files, form)
    _tell_summary(study, trips, faults)
    _tell_paths(package, trips, folder / "codings")
    sys.exit(REFUSED if faults else 0)


def _check(folder: Path) -> None:
    """Make the folder. Raises WriteError where it cannot be one, or someone worked in its files."""
    if folder.is_file():
        raise WriteError("there is a file of this name. Choose another name for the folder.", path=folder)
    forms = {form.suffix: form for form in PAGES.values()}
    for path in sorted((folder / "codings").glob("*")):
        if path.suffix in forms and not forms[path.suffix].as_written(path):
            raise WriteError("someone worked in this file of an earlier demo, so nothing was written. Choose another folder: -o DIR.", path=path)
    folder.mkdir(parents=True, exist_ok=True)


def _head(text: str) -> None:
    say()
    say(text)
    say("-" * len(text))


def _tell_study(study: Study) -> None:
    held, segments = numbers(study), study.segments()
    words = sum(len((getattr(source, "text", None) or "").split()) for source in study.sources)
    _head("1. The study")
    say(f"{title(study)}.")
    say(f"{counted(held['Interview'], 'interview')} with {counted(held['Case'], 'participant')}, {words:,} words in all;", hang=2)
    say(f"{counted(held['Code'], 'code')}, laid {len(segments):,} times on {counted(segments.passages, 'passage')};", hang=2)
    say(f"{counted(held['Point'], 'point')} that sum up what was coded;", hang=2)
    say(f"{counted(held['Theme'], 'theme')}, with what speaks for and against each.", hang=2)
    say()
    say("One path through it, from what someone said to a theme:")
    say()
    tell_trail(study)


def _tell_codings(study: Study, files: Sequence[Path], form: str) -> None:
    rows = list(addressed_by_code(study))
    first = next(path.name for path in files if path.stem.endswith("analysis"))
    _head("3. Files to work with")
    say(
        f"For each of {counted(len(rows), 'code')} there is a codings file, with all that was coded with it, and an analysis file, in which that is reduced to points: "
        f'{sum(row.addressed for row in rows):,} of {counted(sum(len(row.extracts) for row in rows), "extract")} have a point that rests on them. Open "{first}" to see how.'
    )
    if form == "md":
        say("They are in Markdown, plain text that any editor opens. Word documents need python-docx: pip install 'qualdata[transcripts]', then run the demo again.")


def _tell_summary(study: Study, trips: Sequence[Trip], faults: Sequence[str]) -> None:
    _head("Summary")
    if faults:
        say("What came back is NOT equal to what went out:")
        for fault in faults[:_FAULTS]:
            say(fault, indent=2, hang=2)
        return
    say("The study package holds all of it, and came back equal.")
    for trip in trips:
        but = f", but for {trip.gone}" if trip.gone else ""
        say(f"The project for {trip.tool.title} came back equal with the sidecar that lies beside it{but}; by itself, but for what is told above.")
    say(f"In all of them, the words under each of the {len(study.segments()):,} codings are the same, character by character.")


def _tell_paths(package: Path, trips: Sequence[Trip], codings: Path) -> None:
    _head("The files")
    for path, what in (
        (package, "the study package, to keep: see `qualdata info`, `qualdata segments` and `qualdata ic status` of it"),
        *((trip.path, f"the project for {trip.tool.title}; {beside(trip.path).name} is its sidecar") for trip in trips),
        (codings, "the codings and analysis files: `qualdata ic read` brings back the points that you write in them"),
    ):
        say(str(path), indent=2, whole=True)
        say(what, indent=4)
