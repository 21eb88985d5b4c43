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

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

__all__ = ["busy", "clean", "say", "width"]

_SPACE: Final = "\t\n\v\f\r\x85\u2028\u2029"
_OBEYED: Final = {*range(0x20), *range(0x7F, 0xA0), 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_SAFE: Final = {**dict.fromkeys(_OBEYED), **{ord(c): " " for c in _SPACE}, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
"""Control characters and overrides of the writing direction go, line ends become spaces; half characters, which no terminal takes, are replaced."""
_WIDEST: Final = 100


def clean(text: str) -> str:
    """A text as it can be shown on one line: what comes from a file may hold anything."""
    return text.translate(_SAFE)


def say(text: str = "", *, indent: int = 0, hang: int = 0, whole: bool = False, err: bool = False) -> None:
    """Print one paragraph, cleaned and wrapped; after the first line it stands *hang* further in. *whole* keeps it on one line."""
    text = clean(text)
    lines = [text] if whole else _wrapped(text, max(width() - indent - hang, 20))
    for n, line in enumerate(lines or [""]):
        click.echo(f"{' ' * (indent + (hang if n else 0))}{line}".rstrip(), err=err)


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
