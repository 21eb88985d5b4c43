"""What can go wrong, said in one sentence: what, where, and what to do."""

from __future__ import annotations

from os import PathLike, fspath

__all__ = ["FormatError", "MediaError", "QualdataError", "ReadError", "WriteError"]


class QualdataError(ValueError):
    """The base of every error that a file, not a programming mistake, causes.

    *message* is the sentence; *path* the file it is about, *line* a line of it, where known.
    """

    def __init__(self, message: str, *, path: str | PathLike[str] | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else fspath(path)
        self.line = line

    def __str__(self) -> str:
        place = "".join([self.path or "", f", line {self.line}" if self.line and self.path else f"line {self.line}" if self.line else ""])
        return f"{place}: {self.message}" if place else self.message


class FormatError(QualdataError):
    """No format fits the file, or no format has the name that was asked for."""


class ReadError(QualdataError):
    """The file is not what its format says, beyond what can be read around."""


class WriteError(QualdataError):
    """The study holds something that cannot be written at all. Nothing was written."""


class MediaError(QualdataError):
    """A payload is no longer where it was, or is not what it was."""
