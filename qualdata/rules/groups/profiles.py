"""What the profile that was asked for says of files and words; a profile that says nothing of them finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Level, Where, nowhere
from qualdata.rules.rule import Found, rule
from qualdata.rules.terms import strings

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


@rule("pro-term-present", "error")
def terms(data: Dataset) -> Found:
    """A word occurs that is on the profile's list of words that must not; a warning where it is a part of another, or in other capitals.

    Such lists hold what would give someone away. So reports show the place and the number in the list, never the word.

    Replace it there, also in names, notes and quotations, and look whether it stands in other files.
    """
    listed = data.terms
    numbers = {term: number for number, term in enumerate(listed.terms, 1)}
    for where, text, of_lines in _texts(data) if numbers else ():
        for term, places, whole in listed.found(text):
            level: Level = "error" if whole else "warning"
            line = f", first in line {text.count(chr(10), 0, places[0]) + 1:,} of its text" if of_lines else ""
            yield where, f"term {numbers[term]} of the list stands here{_often(places)}{line}{'' if whole else ', in another form'}", level


def _often(places: list[int]) -> str:
    return f" {len(places):,} times" if len(places) > 1 else ""


def _texts(data: Dataset) -> Iterator[tuple[Where, str, bool]]:
    """What is looked through: texts, which have lines; all else that things say; and names of files."""
    for holder in data.texts:
        yield data.at(holder), data.text(holder) or "", True
    for part in data.index.parts:
        if data.terms.within(told := "\n".join(strings(part))).terms:
            yield data.at(part), told, False
    for name in data.files.names:
        yield Where(file=name), name, False


def _fits(name: str, pattern: str) -> bool:
    """Whether a name, or the end of a path, is as asked."""
    return PurePosixPath(name.casefold()).match(pattern.casefold())
