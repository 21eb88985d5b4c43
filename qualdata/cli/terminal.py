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
    """Show on stderr how far the work has come, if it takes more than a second and someone is looking."""
    if not sys.stderr.isatty():
        yield
        return
    from qualdata.model.progress import watched

    work = _Work(clean(doing))
    timer = Timer(1, work.show)
    timer.daemon = True
    timer.start()
    try:
        with watched(work):
            yield
    finally:
        timer.cancel()
        timer.join()
        work.hide()


class _Work:
    """Work that goes on: how much there is to do, how much is done, and its bar."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self.all = self.done = 0
        self.bar: Progress | None = None

    def expect(self, size: int) -> None:
        self.all += size
        self.tell()

    def advance(self, size: int) -> None:
        self.done += size
        self.tell()

    def tell(self) -> None:
        """Move the bar. While nothing is done yet of what is known, and when all is, it only says that work goes on."""
        if self.bar is not None:
            task = self.bar.tasks[0]
            task.total = self.all if 0 < self.done < self.all else None
            self.bar.update(task.id, completed=self.done)

    def show(self) -> None:
        self.bar = _bar(self.doing)
        self.tell()

    def hide(self) -> None:
        if self.bar is not None:
            self.bar.stop()


def _bar(doing: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
    from rich.table import Column

    name = TextColumn("{task.description}", markup=False, table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"))
    console = Console(stderr=True, width=width() - 4)  # the ^C that a terminal adds must not begin a line that would stay
    bar = Progress(name, BarColumn(24), TaskProgressColumn(table_column=Column(width=4)), TimeElapsedColumn(), console=console, transient=True, expand=True)
    bar.add_task(doing, total=None)
    bar.start()
    return bar
