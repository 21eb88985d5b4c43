"""`qualdata formats`: what can be read and written."""

from __future__ import annotations

import click

from qualdata.cli.terminal import say
from qualdata.formats import Format, formats
from qualdata.formats.refi.tools import AS_READ, target_named

__all__ = ["command"]


@click.command("formats")
def command() -> None:
    """What can be read and written, and for which programs."""
    wide = max(len(format.name) for format in formats()) + 1
    for format in formats():
        endings = f" ({', '.join(format.suffixes)})" if any(format.suffixes) else ""
        say(f"{format.name:<{wide}}{format.title}{endings}, {_ways(format)}", hang=wide)
        for target in format.targets:
            say(f"--target {target:<10} {_title(target)}", indent=wide, hang=21)


def _ways(format: Format) -> str:
    ways = [word for word, way in (("read", format.read), ("written", format.write)) if way is not None]
    return " and ".join(ways)


def _title(target: str) -> str:
    if target == AS_READ:
        return "as in the file that was read"
    tool = target_named(target)
    return tool.title if tool else ""
