"""`qualdata demo`: an invented study goes through several forms and back, and is compared."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from qualdata.cli import synthetic
from qualdata.cli.failures import REFUSED
from qualdata.cli.info import tell_study
from qualdata.cli.terminal import say, width
from qualdata.errors import WriteError
from qualdata.formats import detect, read, write
from qualdata.model.base import fold
from qualdata.model.compare import differences
from qualdata.model.law import without
from qualdata.model.loss import Loss
from qualdata.model.nouns import counted, field_words, listed, noun
from qualdata.model.segments import Segment
from qualdata.model.study import Study
from qualdata.shown import clean

__all__ = ["command"]

_STEM: Final = "SYNTHETIC-community-garden"
_FILES: Final = (
    (_STEM, None, "study package, as a folder that can be looked into"),
    (f"{_STEM}.qualdata", None, "the same in one file: to keep, to send, to archive"),
    (f"{_STEM}.qdpx", "standard", "REFI-QDA project, as the standard says"),
    (f"{_STEM}-nvivo.qdpx", "nvivo", "REFI-QDA project for NVivo for Windows"),
)
"""The files: name, target, what each is."""
_SHOWN: Final = 4


@click.command("demo")
@click.option(
    "-o", "--output", "folder", default=Path("qualdata-demo"), show_default=True, type=click.Path(path_type=Path), metavar="DIR",
    help="The folder for the files; files of an earlier demo are replaced.",
)  # fmt: skip
def command(folder: Path) -> None:
    """Send a small invented study through several forms and back, and compare."""
    if folder.is_file():
        raise WriteError("there is a file of this name. Choose another name for the folder.", path=folder)
    folder.mkdir(parents=True, exist_ok=True)
    study = synthetic.study()
    say("This study is SYNTHETIC: all of it is invented. qualdata writes it in four forms, reads each back, and compares.")
    say()
    lost: list[Loss] = []
    results = []
    for name, target, what in _FILES:
        losses = write(study, folder / name, target=target)
        returned = read(folder / name)
        results.append((folder / name, what, losses, returned, list(_unlike(study, returned, losses))))
        lost = losses or lost
    tell_study(results[1][3], detect(results[1][0]).title)
    _tell_segments(study, results[3][3])
    _tell_losses(study, lost)
    wrong = False
    say()
    say("The files, and what came back from each:")
    for path, what, losses, _, faults in results:
        _tell_file(study, path, what, losses, faults)
        wrong = wrong or bool(faults)
    _tell_next(folder)
    sys.exit(REFUSED if wrong else 0)


# ---- comparing ----
def _unlike(study: Study, returned: Study, losses: list[Loss]) -> Iterator[str]:
    """Where what came back is not the study without what was said to be lost; coded texts are compared on their own as well."""
    yield from map(str, differences(without(study, [loss for loss in losses if not loss.kept]), returned))
    pairs = ({fold(s.coding.id): s.text for s in side.segments()} for side in (study, returned))
    there, back = pairs
    yield from (f"the text of the coding {id}: {text!r} ≠ {back.get(id)!r}" for id, text in there.items() if back.get(id) != text)


# ---- telling ----
def _tell_segments(study: Study, nvivo: Study) -> None:
    """A few passages: several speakers first."""
    say()
    say(f"{_SHOWN} of the {len(study.segments()):,} coded passages:")
    positions = {s.coding.id: _as_written(s) for s in nvivo.segments()}
    for s in _telling(study):
        people = ", ".join(c.name or c.id for c in s.cases)
        talk = ", ".join(p.label for p in s.speakers)
        say()
        say(f"{_short(s.text or '')}", indent=2, whole=True)
        say(f"{s.code_path} · laid by {s.coder.name if s.coder else 'no one'} · said by {talk} · about {people}", indent=4)
        say(f"{s.source.name}, characters {s.start}–{s.end}; as NVivo counts {positions[s.coding.id]}", indent=4)
    say()
    say("A moderator or interviewer is never one of those whom a passage is about. NVivo counts an emoji as two characters or more; qualdata converts both ways.")


def _telling(study: Study) -> list[Segment]:
    """The first coding of the passages that hold most speakers, and emoji."""
    first: dict[tuple[str, int | None], Segment] = {}
    for s in study.segments():
        first.setdefault((s.source.id, s.start), s)
    ranked = sorted(first.values(), key=lambda s: (-len(s.speakers), -sum(ord(c) > 0xFFFF for c in s.text or "")))
    return ranked[:_SHOWN]


def _as_written(segment: Segment) -> str:
    """A place in UTF-16 code units with a line end as written, as NVivo counts."""
    text = getattr(segment.source, "text", None) or ""
    start, end = (len(text[: at or 0].encode("utf-16-le")) // 2 for at in (segment.start, segment.end))
    return f"{start}–{end}"


def _short(words: str) -> str:
    from rich.text import Text

    line = Text(clean(" ".join(words.split())))
    line.truncate(width() - 6, overflow="ellipsis")
    return f'"{line.plain}"'


def _tell_losses(study: Study, losses: list[Loss]) -> None:
    """What only the package can hold: whole things first, then what is said of things."""
    lost = [(name, loss) for loss in losses for name in loss.fields]
    things = [counted(len(loss.ids), cls) for name, loss in lost if (cls := listed(name))]
    said = [name.split(".") for name, _ in lost if not listed(name)]
    say()
    say("What a .qdpx has no place for; the package keeps it, and so does the sidecar beside the .qdpx:")
    say(", ".join(things) + ";", indent=2)
    for cls in dict.fromkeys(c for c, _ in said):
        say(f"of {'the study' if cls == 'Study' else noun(cls, 2)}: {', '.join(field_words(f) for c, f in said if c == cls)}", indent=2, hang=2)


def _tell_file(study: Study, path: Path, what: str, losses: list[Loss], faults: Iterable[str]) -> None:
    say(str(path), indent=2, whole=True)
    say(what, indent=4)
    faults = list(faults)
    if not faults:
        but = ", with its sidecar" if any(loss.kept for loss in losses) else ""
        say(f"Came back equal{but}; all {len(study.segments()):,} coded texts are the same, character by character.", indent=4)
        return
    say("What came back is NOT equal to what went out:", indent=4)
    for fault in faults[:10]:
        say(fault, indent=6, hang=2)


def _tell_next(folder: Path) -> None:
    file = folder / f"{_STEM}.qualdata"
    say()
    say("Try next:")
    for line in (
        f"qualdata info {file}",
        f'qualdata segments {file} --code Arriving --with-subcodes -o {folder / "arriving.csv"}',
        f'qualdata convert {file} {folder / "for-my-program.qdpx"}',
    ):
        say(line, indent=2, whole=True)
