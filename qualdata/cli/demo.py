"""`qualdata demo`: an invented study goes through the form of NVivo and back, and is compared."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from zipfile import ZipFile

import click

from qualdata.cli import synthetic
from qualdata.cli.failures import REFUSED
from qualdata.cli.losses import tell
from qualdata.cli.terminal import clean, say, width
from qualdata.errors import WriteError
from qualdata.formats import read, write
from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.compare import differences
from qualdata.model.excerpt import Excerpt
from qualdata.model.loss import Loss
from qualdata.model.nouns import counted
from qualdata.model.segments import Segment
from qualdata.model.study import Study

__all__ = ["command"]

_SELECTION: Final = "{urn:QDA-XML:project:1.0}PlainTextSelection"


@click.command("demo")
@click.option(
    "-o", "--output", "folder", default=Path("qualdata-demo"), show_default=True, type=click.Path(path_type=Path), metavar="DIR",
    help="The folder for the files; files of an earlier demo are replaced.",
)  # fmt: skip
def command(folder: Path) -> None:
    """Make a small invented study, send it through the form that NVivo uses and back, and compare."""
    if folder.is_file():
        raise WriteError("there is a file of this name. Choose another name for the folder.", path=folder)
    folder.mkdir(parents=True, exist_ok=True)
    first, nvivo, back = (folder / name for name in ("interviews.qdpx", "interviews-nvivo.qdpx", "interviews-back.qdpx"))
    study = synthetic.study()
    losses = write(study, first)
    losses_there = write(read(first), nvivo, target="nvivo")
    losses_back = write(read(nvivo), back)
    returned = read(back)
    wrong = [*_unlike(study, returned, losses), *map(str, differences(read(first), returned))]
    _tell_way(study)
    _tell_passages(study, _places(nvivo))
    _tell_result(study, wrong)
    say()
    tell([*losses, *losses_there, *losses_back])
    _tell_next(first, nvivo, back)
    sys.exit(REFUSED if wrong else 0)


def _unlike(study: Study, returned: Study, losses: list[Loss]) -> list[str]:
    """Where what came back differs, beyond what was said to be lost."""
    said = {name.partition(".")[2] for loss in losses for name in loss.fields}
    found = [str(d) for d in differences(study, returned) if _field(d.path) not in said]
    return found + [f"{a.text!r} ≠ {b.text!r}" for a, b in zip(study.segments(), returned.segments(), strict=True) if a.text != b.text]


def _field(path: str) -> str:
    """The field that a place of a difference lies in: `roles` of `contributors[0].roles.length`."""
    return path.removesuffix(".length").rpartition(".")[2].partition("[")[0]


def _places(path: Path) -> dict[str, tuple[str, str]]:
    """The positions that stand in a file, read without qualdata's reader."""
    with ZipFile(path) as archive, archive.open("project.qde") as file:
        found = ElementTree.parse(file).iter(_SELECTION)
    return {fold(e.attrib["guid"]): (e.attrib["startPosition"], e.attrib["endPosition"]) for e in found}


def _tell_way(study: Study) -> None:
    segments = study.segments()
    say(
        f"An invented study was made: {counted(len(study.sources), 'TextSource')}, {counted(len(study.contributors), 'Contributor')}, {counted(len(study.codes), 'Code')}, "
        f"{counted(len(segments), 'Coding')} on {segments.passages} passages. Its texts hold what programs stumble over: emoji made of several, accents that stand alone, Hebrew "
        "and Chinese, line ends of Windows, and < & > \"."
    )
    say("It was written as a REFI-QDA project, read, written for NVivo for Windows, read again, and written once more.")
    say()
    say("Positions count characters from the start of a text. NVivo counts an emoji as two or more, so the same passages have other positions in its file:")


def _tell_passages(study: Study, places: dict[str, tuple[str, str]]) -> None:
    say()
    say(_line("characters", "for NVivo", "code", "words"), indent=2, whole=True)
    name = None
    for segment, excerpt, code in _passages(study):
        if segment.source.name != name:
            name = segment.source.name
            say(f"{name}:", indent=2, whole=True)
        say(_line(f"{segment.start}–{segment.end}", "–".join(places[fold(excerpt.id)]), code.name, segment.text or ""), indent=2, whole=True)
    say()


def _passages(study: Study) -> Iterator[tuple[Segment, Excerpt, Code]]:
    """The first coding of each passage."""
    seen: set[str] = set()
    for segment in study.segments():
        if segment.excerpt is not None and segment.code is not None and segment.excerpt.id not in seen:
            seen.add(segment.excerpt.id)
            yield segment, segment.excerpt, segment.code


def _line(start: str, there: str, code: str, words: str) -> str:
    """A row of the table; the words stand last, as terminals do not agree how wide an emoji is."""
    from rich.text import Text

    cell = Text(clean(" ".join(words.split())))
    cell.truncate(width() - 45, overflow="ellipsis")
    return f"{start:<11}{there:<11}{code:<19}{cell.plain}"


def _tell_result(study: Study, wrong: Iterable[str]) -> None:
    faults = list(wrong)
    if not faults:
        say(f"What came back is equal to what went out, but for what is named below; all {len(study.segments())} coded texts are the same, character by character.")
        return
    say("What came back is NOT equal to what went out:")
    for fault in faults[:10]:
        say(fault, indent=2, hang=2)


def _tell_next(first: Path, nvivo: Path, back: Path) -> None:
    say()
    say("The files:")
    for path, what in ((first, "the study, as the standard says"), (nvivo, "the same for NVivo for Windows"), (back, "the same, come back from there")):
        say(str(path), indent=2, whole=True)
        say(what, indent=4)
    say()
    say("Try next:")
    say(f"qualdata info {nvivo}", indent=2, whole=True)
    say(f"qualdata segments {first} -o {first.with_name('segments.csv')}", indent=2, whole=True)
