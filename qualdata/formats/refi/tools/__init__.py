"""The programs that write and read REFI-QDA projects: one row each, knowledge as data.

A fact is *measured* on real files, *stated* by the standard or a vendor, or *reported*: believed, and easy to change here.
"""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.atlasti import ATLASTI
from qualdata.formats.refi.tools.maxqda import MAXQDA
from qualdata.formats.refi.tools.nvivo import MAC, WINDOWS
from qualdata.formats.refi.tools.qualcoder import QC, QUALCODER
from qualdata.formats.refi.tools.standard import LARGEST_FILE, STANDARD
from qualdata.formats.refi.tools.tool import Fact, Gap, Names, Tool

__all__ = ["AS_READ", "LARGEST_FILE", "STANDARD", "TOOLS", "Fact", "Gap", "Names", "Tool", "is_marker", "of_origin", "ours", "target_named", "target_names"]

TOOLS: Final = (STANDARD, WINDOWS, MAC, ATLASTI, MAXQDA, QUALCODER, QC)
"""All rows; those with `target` are what files are written for, in this order."""

AS_READ: Final = "as-read"
"""The target that keeps origin, way of counting and written forms of the file that was read."""


def ours(origin: str | None) -> bool:
    """Whether qualdata wrote a file."""
    return origin is not None and origin.startswith("qualdata ")


def of_origin(origin: str | None) -> Tool | None:
    """The row of the tool that wrote a file: the longest beginning of its origin; None where no row has it."""
    if origin is None:
        return None
    if ours(origin):
        name = origin.rpartition("(")[2].rstrip(")")
        return next((t for t in TOOLS if t.name == name), STANDARD)
    fits = [(len(beginning), t) for t in TOOLS for beginning in t.origins if origin.startswith(beginning)]
    return max(fits, key=lambda f: f[0])[1] if fits else None


def is_marker(member: str) -> bool:
    """Whether a member is only there to keep a folder."""
    return member.rpartition("/")[2] in {t.marker for t in TOOLS if t.marker}


def target_named(name: str | None) -> Tool | None:
    """The row of a target."""
    return next((t for t in TOOLS if t.target and t.name == (name or "standard")), None)


def target_names() -> list[str]:
    """The names of all targets."""
    return [*(t.name for t in TOOLS if t.target), AS_READ]
