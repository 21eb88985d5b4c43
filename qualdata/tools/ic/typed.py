"""What was typed into the files of a study's codes: points, and what could not be read as one."""

from __future__ import annotations

from attrs import frozen

from qualdata.model.point import Process

__all__ = ["Parsed", "Typed", "Unread"]


@frozen
class Typed:
    """A point as it stands in a file."""

    file: str
    """The name of the file."""
    place: int
    """Its line or paragraph."""
    unit: str
    """What the place is counted in."""
    text: str
    """Its words, without labels and marks."""
    process: Process
    """The step it belongs to."""
    heading: str | None = None
    """The heading above it."""
    codings: tuple[str, ...] = ()
    """Ids of the codings it cites."""
    mark: str | None = None
    """The handle of the point that it was written for, if it was."""
    code: str | None = None
    """Id of the code that the file is about."""


@frozen
class Unread:
    """Something in a file that was not read, or not wholly."""

    file: str
    """The name of the file."""
    place: int | None
    """The line or paragraph, as *unit* says; None for the file as a whole."""
    unit: str
    """What the place is counted in."""
    what: str
    """What it is, and what to do."""

    def __str__(self) -> str:
        return f"{self.file}{f', {self.unit} {self.place:,}' if self.place else ''}: {self.what}"


@frozen
class Parsed:
    """What stands in one file."""

    typed: tuple[Typed, ...]
    unread: tuple[Unread, ...]
    about: str | None = None
    """Id of the code that it is the analysis file of."""
