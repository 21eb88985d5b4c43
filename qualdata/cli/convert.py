"""`qualdata convert`: a study for another program, and what could not travel."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from qualdata.cli.failures import REFUSED
from qualdata.cli.losses import tell
from qualdata.cli.origin import adjusted, completed, counting, folder_beside, missing, title, writer
from qualdata.cli.terminal import busy, say
from qualdata.formats import Format, by_ending, formats, read, writing
from qualdata.formats.refi.recordings import RECORDINGS
from qualdata.formats.refi.tools import AS_READ, target_named, target_names
from qualdata.model.loss import Loss
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["aim", "check_target", "chosen_format", "command"]


class _Refused(Exception):
    """Something would be lost, and that was not wanted."""

    def __init__(self, losses: list[Loss]) -> None:
        super().__init__()
        self.losses = losses


@click.command("convert")
@click.argument("in_", metavar="IN", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@click.option("--format", "format_", metavar="FORMAT", help="The format of OUT; usually its ending says it. `qualdata formats` lists them.")
@click.option("--target", metavar="TARGET", help=f"The program it is for: {', '.join(t for t in target_names() if t != AS_READ)}; or {AS_READ}, the one it came from.")
@click.option("--strict", is_flag=True, help="Write nothing, and exit with 1, if anything could not travel.")
@click.option("--media-folder", "media", type=click.Path(path_type=Path), metavar="FOLDER", help="Put the recordings into this folder, not into the project: for large ones.")
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
@click.option("--sidecar", type=click.Path(path_type=Path), metavar="FILE", help="The sidecar that was kept for IN, where it does not lie beside it.")
@click.option("--no-sidecar", is_flag=True, help="Neither use a sidecar of IN nor write one for OUT.")
def command(
    in_: Path, out: Path, format_: str | None, target: str | None, strict: bool, media: Path | None, sources: Path | None, sidecar: Path | None, no_sidecar: bool
) -> None:
    """Read the study in IN, write it as OUT, and tell what could not travel.

    The ending of OUT says the format. IN is not changed, unless OUT is the same file.
    """
    chosen = chosen_format(out, format_)
    check_target(chosen, target)
    _check_media(chosen, media)
    with busy(f"Reading {in_.name}"):
        study = read(in_, sources=sources, sidecar=sidecar or not no_sidecar)
    say(" ".join(_was_read(study, in_, sources)))
    try:
        with busy(f"Writing {out.name}"), writing(study, out, format=format_, target=target, media=media, sidecar=not no_sidecar) as losses:
            if strict and losses:
                raise _Refused(losses)
    except _Refused as refused:
        say("Nothing was written, because of --strict.", err=True)
        tell(refused.losses, err=True)
        sys.exit(REFUSED)
    say(" ".join((f"Saved {aim(chosen, target)} as {out}.", *_about_files(study, chosen, out, target, media))))
    tell(losses, out)


def chosen_format(out: Path, name: str | None) -> Format | None:
    """The format to write; None where the ending says none, which the library explains."""
    writable = [f for f in formats() if f.write is not None]
    if name is not None and name not in (names := [f.name for f in writable]):
        raise click.BadParameter(f"there is no format {name!r} to write; choose one of {', '.join(names)}.", param_hint="--format")
    return next((f for f in writable if f.name == name), None) if name else by_ending(out, writable)


def check_target(chosen: Format | None, target: str | None) -> None:
    """Refuse a target that the format has not."""
    if target is not None and chosen is not None and not chosen.targets:
        raise click.BadParameter(f"a {chosen.title} is the same for all programs; leave the target out.", param_hint="--target")
    if target is not None and chosen is not None and target not in chosen.targets:
        raise click.BadParameter(f"there is no target {target!r}; choose one of {', '.join(chosen.targets)}.", param_hint="--target")


def _check_media(chosen: Format | None, media: Path | None) -> None:
    if media is not None and chosen is not None and chosen.write_beside is None:
        raise click.BadParameter(f"a {chosen.title} has no recordings beside it; leave the folder out.", param_hint="--media-folder")


def _about_files(study: Study, chosen: Format | None, out: Path, target: str | None, media: Path | None) -> Iterator[str]:
    """Where the files of sources are that are not in the file itself."""
    if chosen is not None and chosen.folder is not None:
        folder = media or chosen.folder(out)
        if folder.is_dir():
            yield f"Its sources are in {folder}: keep both together."
        return
    tool = target_named(target)
    if not any(isinstance(s, RECORDINGS) and s.media is not None for s in study.sources):
        return
    if media is not None:
        yield f"The recordings are in {media}: keep both together."
    elif tool is not None and tool.beside:
        yield f'{tool.title} itself puts recordings into a folder beside the project: --media-folder "{out.stem} Media" does so too.'


def _was_read(study: Study, file: Path, sources: Path | None) -> Iterator[str]:
    reading = study.reading or Reading()
    name = title(study)
    by = "" if study.reading is None else f" from {writer(reading)}"
    yield f"Read {name if study.title else name[:1].lower() + name[1:]}{by}."
    if adjusted(study):
        yield counting(reading)[0]
        yield adjusted(study)
    yield from completed(reading)
    if lacking := len(missing(study)):
        yield f"{lacking:,} source {'file is' if lacking == 1 else 'files are'} missing and cannot travel; `qualdata info` names {'it' if lacking == 1 else 'them'}."
        if sources is None and (folder := folder_beside(file)) != "FOLDER":
            yield f"There is a folder beside the file: try --sources {folder}."


def aim(chosen: Format | None, target: str | None) -> str:
    """For whom a file is written, in a sentence that says it was saved."""
    if chosen is not None and not chosen.targets:
        return f"as a {chosen.title},"
    tool = target_named(target)
    if target == AS_READ:
        return "in the form in which it was read"
    return "by the REFI-QDA standard" if tool is None or tool.name == "standard" else f"for {tool.title}"
