"""`qualdata schema`: what a study document may say, as a JSON Schema."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qualdata.cli.terminal import say
from qualdata.formats.atomic import replacing
from qualdata.schema import schema, text_of

__all__ = ["command"]


@click.command("schema")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT.json", help="The file to write; without it the schema goes to the terminal.")
def command(output: Path | None) -> None:
    """The JSON Schema (2020-12) of `study.json`, the document of a study package."""
    data = text_of(schema()).encode()
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    with replacing(output) as temporary:
        temporary.write_bytes(data)
    say(f"Saved the schema as {output}.")
