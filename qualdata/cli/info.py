"""`qualdata info`: what a file is, who wrote it, what it holds, what was odd."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from qualdata.cli.holdings import codings_sentence, counts
from qualdata.cli.origin import adjusted, completed, counting, kind, missing, missing_sentence, title, writer
from qualdata.cli.remarks import grouped, sentences
from qualdata.cli.terminal import busy, say
from qualdata.formats import detect, read
from qualdata.formats.package.newer import added
from qualdata.formats.package.versions import VERSION
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["command", "tell_study"]

_MISSING: Final = "refi-source-missing"


@click.command("info")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
@click.option("--sidecar", type=click.Path(path_type=Path), metavar="FILE", help="The sidecar that was kept for FILE, where it does not lie beside it.")
@click.option("--no-sidecar", is_flag=True, help="Leave a sidecar beside FILE aside.")
def command(file: Path, sources: Path | None, sidecar: Path | None, no_sidecar: bool) -> None:
    """What FILE is, who wrote it, how it counts in texts, what it holds, and what was odd in it."""
    with busy(f"Reading {file.name}"):
        study = read(file, sources=sources, sidecar=sidecar or not no_sidecar)
    tell_study(study, detect(file).title, sources, file)


def tell_study(study: Study, form: str, sources: Path | None = None, file: Path | None = None) -> None:
    """Say all of a study that came from a file of this form, looked for in a folder of sources."""
    with busy("Counting"):
        held, codings = list(counts(study)), codings_sentence(study)
    say(title(study))
    _tell_origin(study, form)
    _tell_newer(study)
    _tell_counts(held)
    say(codings, hang=2)
    _tell_missing(study, sources, file)
    _tell_remarks(study, study.reading or Reading())


def _tell_origin(study: Study, form: str) -> None:
    """What the file is, and where the study came from before."""
    if study.synthetic:
        say("Its data are made up.")
    reading = study.reading
    if reading is None:
        say(f"{form[:1].upper()}{form[1:]}; made with qualdata. Positions count characters.")
        return
    known = kind(reading)
    packed = "" if form in known else f"{form[:1].upper()}{form[1:]}; it was first read from: "
    say(f"{packed}{known}, written by {writer(reading)}.")
    told = " ".join(s for s in (*counting(reading), adjusted(study)) if s)
    if told and (study.sources or study.memos):
        say(told)
    if whole := " ".join(completed(reading)):
        say(whole)


def _tell_newer(study: Study) -> None:
    newer = added(study)
    if newer is not None:
        names = [name[:80] for name in newer.fields]
        more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
        say(f"It follows qualdata standard {newer.version}, and this program knows {VERSION}. What is newer is kept, and not shown: {', '.join(names[:3])}{more}.")


def _tell_counts(rows: list[tuple[int, str]]) -> None:
    say()
    say("It holds" if rows else "It holds nothing.")
    digits = max((len(f"{n:,}") for n, _ in rows), default=0)
    for number, what in rows:
        say(f"{number:>{digits},} {what}", indent=2, hang=digits + 1)
    say()


def _tell_missing(study: Study, sources: Path | None, file: Path | None) -> None:
    files = missing(study)
    if not files:
        return
    say()
    say(missing_sentence(study, len(files), sources, file))
    for path, names in files.items():
        more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
        say(f"{path.removeprefix('internal://') or 'an empty path'} ({', '.join(names[:3])}{more})", indent=2, hang=2)


def _tell_remarks(study: Study, reading: Reading) -> None:
    groups = grouped(r for r in reading.remarks if r.rule != _MISSING)
    say()
    say("What was odd" if groups else "Nothing else was odd." if len(reading.remarks) else "Nothing was odd.")
    for group in groups:
        first, *places = sentences(study, group)
        say(first, indent=2, hang=2)
        for where in places:
            say(where, indent=4, hang=2)
