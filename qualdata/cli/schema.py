"""`qualdata schema`: what a study document, a sidecar, a report or a REFI-QDA file may say, as a schema."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qualdata.cli.terminal import say
from qualdata.formats.atomic import replacing
from qualdata.schema import SHIPPED, shipped

__all__ = ["command"]

_FILES = (".json", ".xsd")
_WHAT = "A study document (where nothing is said), a sidecar, reports of validation, tables in JSON, a REFI-QDA project or codebook."

_OUT = "The file to write (.json or .xsd), or a folder for all schemas; without it the schema goes to the terminal."


@click.command("schema")
@click.option("--of", type=click.Choice([*SHIPPED]), help=_WHAT)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help=_OUT)
def command(of: str | None, output: Path | None) -> None:
    """The schemas of all that qualdata writes: JSON Schema (2020-12) for the standard, XML Schema for REFI-QDA."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(shipped(of or "study").encode())
    elif of or output.suffix in _FILES:
        _write(of or "study", output)
        say(f"Saved the schema as {output}.")
    else:
        for name, place in SHIPPED.items():
            _write(name, output / place, make=True)
        say(f"Saved {len(SHIPPED)} schemas in {output}.")


def _write(of: str, path: Path, *, make: bool = False) -> None:
    """Write a schema; *make* the folder it goes to, if it is not there."""
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_text(shipped(of), encoding="utf-8", newline="\n")
