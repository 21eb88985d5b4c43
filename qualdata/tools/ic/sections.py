"""The sections of an analysis file: one for each step of the analysis, with headings of the researcher's own in it."""

from __future__ import annotations

import re
from typing import Final

from attrs import field, mutable

from qualdata.model.code import Code
from qualdata.model.point import Process
from qualdata.report.pages import Line
from qualdata.tools.ic.documents import EXTRACTS, PROCESSES

__all__ = ["Where", "step"]

_SPELT: Final[dict[str, Process]] = {"conceptualise": "conceptualise inductively", **{process: process for process in PROCESSES}}
_STEP: Final = re.compile(r"\[([A-Za-z ]+)\][ \t]*")


@mutable
class Where:
    """How far a file has been read, and in which section that is."""

    file: str
    """The name of the file."""
    unit: str
    """What places in it are counted in."""
    code: Code | None = None
    """The code that it is about."""
    process: Process = "describe"
    """The step whose section it is."""
    heading: str | None = None
    """The heading above."""
    top: bool = True
    """Whether it is still what stands at the top of every file."""
    section: bool = False
    """Whether any section has begun: codings files have none."""
    extracts: bool = False
    """Whether it is the section of the extracts."""
    marks: set[str] = field(factory=set)
    """The marks of points that have been met."""

    def enter(self, line: Line) -> None:
        """Take in a heading: a section at the first two levels, if it is called like one; else the researcher's own."""
        name = " ".join(line.text.split())
        extracts, process = name.casefold() == EXTRACTS.casefold(), _process(name)
        if line.level <= 2 and (extracts or process):
            self.top, self.section, self.extracts, self.heading = False, True, extracts, None
            self.process = process or self.process
        elif line.level > 1 or self.section or self.heading is not None:
            self.heading = name or None


def _process(words: str) -> Process | None:
    spelt = " ".join(words.casefold().split()).replace("ize", "ise")
    return _SPELT.get(spelt)


def step(text: str, process: Process) -> tuple[str, Process]:
    """The words of a point and its step, which a mark at its beginning may say."""
    found = _STEP.match(text)
    marked = _process(found[1]) if found else None
    return (text[found.end() :].strip(), marked) if found and marked else (text, process)
