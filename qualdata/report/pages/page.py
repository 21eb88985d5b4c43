"""Pages for people to read and to write in: blocks of text, and the same pages as lines when they come back."""

from __future__ import annotations

from typing import Final, Literal

from attrs import frozen

__all__ = ["BOLD", "Block", "Line", "Lines", "Look", "Page", "Run"]

Look = Literal["plain", "prompt", "quiet", "label"]
"""How words look: as they are; grey, as what an interviewer says; grey, as what is said of the words; or bold."""

BOLD: Final = 9
"""The level of a line that is no heading but all bold, which many write for one."""


@frozen
class Run:
    """Some words of a block."""

    text: str
    """The words; a line end in them is a line break."""
    look: Look = "plain"
    """How they look."""


@frozen
class Block:
    """A paragraph, a point of a list, or a heading."""

    runs: tuple[Run, ...]
    """Its words."""
    level: int = 0
    """From 1 the level of a heading; 0 for anything else."""
    listed: bool = False
    """Whether it is a point of a list."""

    @property
    def text(self) -> str:
        """Its words without their looks."""
        return "".join(run.text for run in self.runs)


@frozen
class Page:
    """A document of blocks."""

    title: str
    """What it is called where a file has a place for that."""
    blocks: tuple[Block, ...]
    """What stands on it."""


@frozen
class Line:
    """A block of a page that was read."""

    number: int
    """Its line, or where there are no lines its paragraph, from 1."""
    text: str
    """Its words."""
    level: int = 0
    """From 1 the level of a heading; 0 for anything else."""


@frozen
class Lines:
    """A page that was read."""

    lines: tuple[Line, ...]
    """Its blocks, without empty ones."""
    apart: tuple[str, ...] = ()
    """What else is in the file, as `2 comments`."""
