"""`qualdata schema`: what a study document or a REFI-QDA file may say, as a schema."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qualdata.cli.terminal import say
from qualdata.formats.atomic import replacing
from qualdata.schema import SHIPPED, shipped

__all__ = ["command"]


@click.command("schema")
@click.option("--of", type=click.Choice([*SHIPPED]), default="study", show_default=True, help="A study document, reports of validation, or a REFI-QDA project or codebook.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT", help="The file to write; without it the schema goes to the terminal.")
def command(of: str, output: Path | None) -> None:
    """The JSON Schema (2020-12) of `study.json`, the document of a study package, or of reports; or the XML Schema of a REFI-QDA file."""
    data = shipped(of).encode()
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    with replacing(output) as temporary:
        temporary.write_bytes(data)
    say(f"Saved the schema as {output}.")
