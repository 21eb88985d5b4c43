"""`qualdata validate`: what is wrong with a study, told so that it can be mended."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from qualdata.cli.failures import COULD_NOT_RUN, REFUSED
from qualdata.cli.terminal import busy, paragraph, say
from qualdata.errors import ReadError
from qualdata.formats.package.store import DOCUMENT
from qualdata.formats.refi.tools import target_names
from qualdata.rules.aside import UNUSED
from qualdata.rules.finding import nowhere
from qualdata.rules.profile import CORE
from qualdata.rules.report import Report
from qualdata.rules.reports import as_html, as_json, as_sarif
from qualdata.rules.reports.words import Line, lines
from qualdata.rules.validating import validate

__all__ = ["WRITERS", "command"]

_COLUMNS: Final = 80


def _as_text(reports: list[Report]) -> bytes:
    told = (line.rstrip() for indent, text in _paragraphs(reports) for line in paragraph(text, _COLUMNS, indent=indent, hang=2 if indent else 0))
    return "".join(f"{line}\n" for line in told).encode(errors="replace")


def _paragraphs(reports: list[Report]) -> Iterator[Line]:
    for number, report in enumerate(reports):
        if number:
            yield from ((0, ""), (0, ""))
        yield from lines(report)


WRITERS: Final[dict[str, Callable[[list[Report]], bytes]]] = {"text": _as_text, "json": as_json, "sarif": as_sarif, "html": as_html}
"""What makes a file of reports, by the name of its form."""

_ENDINGS: Final = (".qualdata", ".qdpx", ".qde", ".qdc")
"""What is looked at in a folder; tables there may be anything."""


@click.command("validate")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--profile", default=CORE, metavar="NAME", help="How grave each finding is: core, archive … or the path of a TOML file.  [default: core]")
@click.option("--format", "form", type=click.Choice([*WRITERS]), default="text", show_default=True, help="In which form the report is given.")
@click.option("--waivers", type=click.Path(path_type=Path), metavar="FILE", help="Waivers beside those in the dataset.")
@click.option("--target", metavar="NAME", help="The program it is to be written for: also tell what would be lost.")
@click.option("--sources", type=click.Path(path_type=Path), metavar="FOLDER", help="A folder to look in for files that are missing.")
@click.option("--terms", type=click.Path(path_type=Path), metavar="FILE", help="A list, kept apart, of names and places that must not stand in the study.")
@click.option("--extension-schema", "extensions", multiple=True, type=click.Path(path_type=Path), metavar="FILE", help="The schema of an extension: checks what it added.")
@click.option("--strict", is_flag=True, help="Also exit with 1 where something should be looked at.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="The file to write the report to; without it the report goes to the terminal.")
def command(
    paths: tuple[Path, ...],
    profile: str,
    form: str,
    waivers: Path | None,
    target: str | None,
    sources: Path | None,
    terms: Path | None,
    extensions: tuple[Path, ...],
    strict: bool,
    output: Path | None,
) -> None:
    """What is wrong with each PATH: a study package, a REFI-QDA file, or a folder of them. Nothing is changed.

    The exit code is 0 where nothing must be mended, 1 where something must, 3 where a file could not be read.
    """
    reports: list[Report] = []
    found = list(datasets(paths))
    if output is not None and (output.is_dir() or any(output.resolve().is_relative_to(path.resolve()) for path in found)):
        raise click.UsageError(f"{output} is a folder, or lies in what is checked; the report needs a file of its own.")
    if target is not None and target not in target_names():
        raise click.BadParameter(f"there is no target {target!r}; choose one of {', '.join(target_names())}.", param_hint="--target")
    for number, path in enumerate(found, 1):
        with busy(f"Checking {path.name}" + (f" ({number:,} of {len(found):,})" if len(found) > 1 else "")):
            reports.append(validate(path, profile=profile, target=target, sources=sources, waivers=waivers, terms=terms, extensions=extensions))
    reports = _used_in_any(reports)
    if form == "text" and output is None:
        _say(reports)
    else:
        _write(WRITERS[form](reports), output)
    sys.exit(_code(reports, strict))


def _used_in_any(reports: list[Report]) -> list[Report]:
    """The reports; a waiver that was given for all of them is called unused only where it sets nothing aside in any."""
    looked = [report for report in reports if report.readable]
    unused = Counter(f for report in looked for f in report.findings if f.rule == UNUSED and f.where == nowhere)
    used = {finding for finding, number in unused.items() if number < len(looked)}
    return [report.without(used) for report in reports] if used else reports


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
    for path in sorted(folder.iterdir()):
        if (path / DOCUMENT).is_file() or (path.is_file() and path.suffix.casefold() in _ENDINGS):
            yield path


def _say(reports: list[Report]) -> None:
    for indent, text in _paragraphs(reports):
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
