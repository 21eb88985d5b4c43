"""The command line: one module a command, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import click

from qualdata import __version__
from qualdata.cli.failures import told

__all__ = ["main"]

COMMANDS: Final = {
    "info": "What a file is, what it holds, and what was odd.",
    "convert": "Write a study for another program.",
    "validate": "What is wrong with a study, and how to mend it.",
    "rules": "What `validate` looks for.",
    "segments": "All coded passages as a table.",
    "codebook": "The codebook as a table; or bring one into a study.",
    "attributes": "Bring a table of attributes into a study.",
    "datalist": "The list of interviews that archives ask for.",
    "ic": "Iterative categorization: codes, points, themes.",
    "formats": "What can be read and written.",
    "schema": "The schemas of study packages and REFI-QDA files.",
    "demo": "See what it does, on an invented study.",
}


class _Commands(click.Group):
    """Commands that are imported when they are run, so that the help is there at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"qualdata.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        with told():
            return super().invoke(ctx)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog="`qualdata COMMAND --help` tells more of each.")
@click.version_option(__version__, prog_name="qualdata", message="%(prog)s %(version)s")
def main() -> None:
    """Take the coded data of a qualitative study from one program to another, and see what could not travel."""
