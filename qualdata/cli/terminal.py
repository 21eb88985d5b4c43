"""What is shown: prose wrapped to the terminal, and nothing in it that a terminal would obey."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from shutil import get_terminal_size
from threading import Timer
from typing import TYPE_CHECKING, Final

import click

from qualdata.shown import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

__all__ = ["busy", "paragraph", "say", "width"]

_WIDEST: Final = 100


def say(text: str = "", *, indent: int = 0, hang: int = 0, whole: bool = False, err: bool = False) -> None:
    """Print one paragraph, cleaned and wrapped; after the first line it stands *hang* further in. *whole* keeps it on one line."""
    for line in [" " * indent + clean(text)] if whole else paragraph(text, width(), indent=indent, hang=hang):
        click.echo(line.rstrip(), err=err)


def paragraph(text: str, columns: int, *, indent: int = 0, hang: int = 0) -> list[str]:
    """The lines of one paragraph, cleaned and wrapped."""
    lines = _wrapped(clean(text), max(columns - indent - hang, 20))
    return [f"{' ' * (indent + (hang if n else 0))}{line}" for n, line in enumerate(lines or [""])]


def width() -> int:
    """How many characters a line has; prose that is wider is hard to read."""
    return min(get_terminal_size().columns, _WIDEST)


def _wrapped(text: str, columns: int) -> list[str]:
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(text).wrap(_console(), columns)]


@cache
def _console() -> Console:
    from rich.console import Console

    return Console()


@contextmanager
def busy(doing: str) -> Iterator[None]:
    """Show on stderr that work goes on, if it takes more than a second and someone is looking."""
    if not sys.stderr.isatty():
        yield
        return
    bars: list[Progress] = []
    timer = Timer(1, lambda: bars.append(_bar(clean(doing))))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for bar in bars:
            bar.stop()


def _bar(doing: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    bar.add_task(doing, total=None)
    bar.start()
    return bar
