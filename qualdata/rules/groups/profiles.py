"""What the profile that was asked for says of files; a profile that says nothing of them finds nothing."""

from __future__ import annotations

from pathlib import PurePosixPath

from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.rule import Found, rule

__all__: list[str] = []


@rule("pro-file-required", "error", over=("package", "refi"))
def required(data: Dataset) -> Found:
    """A file that the profile asks for is not there.

    Whoever made the profile cannot take the dataset without it.

    Add the file under a name that fits, or ask those who made the profile.
    """
    for asked in data.profile.asks("required") if data.profile else ():
        if not any(_fits(name, asked.file) for name in data.files.names):
            yield nowhere, f"there is no file {asked.file} ({asked.source})"


@rule("pro-file-forbidden", "error", over=("package", "refi"))
def forbidden(data: Dataset) -> Found:
    """A file is there that the profile does not take.

    Whoever made the profile cannot keep it, or must not.

    Take the file out, or give it in another format.
    """
    for asked in data.profile.asks("forbidden") if data.profile else ():
        for name in data.files.names:
            if _fits(name, asked.file):
                yield Where(file=name), f"a file {asked.file} is not taken ({asked.source})"


def _fits(name: str, pattern: str) -> bool:
    """Whether a name, or the end of a path, is as asked."""
    return PurePosixPath(name.casefold()).match(pattern.casefold())
