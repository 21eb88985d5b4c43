"""The tools that write and read REFI-QDA projects: one row each, knowledge as data.

A fact is *measured* on real files, *stated* by the standard, or *reported*: believed, and easy to change here.
"""

from __future__ import annotations

from typing import Final, Literal

from attrs import frozen

from qualdata.model.positions import Profile

__all__ = ["AS_READ", "LARGEST_FILE", "STANDARD", "TOOLS", "Tool", "of_origin"]

Evidence = Literal["measured", "stated", "reported"]


_PLAIN: Final = Profile()
LARGEST_FILE: Final = (1 << 31) - 1
"""Bytes that a file within a project may have at most (REFI-QDA 1.5, clause 8.5)."""


@frozen
class Tool:
    """How one tool lays out a project, and how it counts in texts."""

    name: str
    """The name of the target."""
    title: str
    """Its name in sentences."""
    origins: tuple[str, ...]
    """What `Project/@origin` begins with in its files."""
    profile: Profile = _PLAIN
    """How it counts in texts."""
    evidence: Evidence = "reported"
    """How well that way of counting is known."""
    words: str = ""
    """That way of counting, in plain words."""
    target: bool = False
    """Whether projects are written for it."""
    folder: str = "sources"
    """The folder of the files in the project."""
    bom: bool = False
    """Whether its text files begin with a byte order mark; ours for it then do too."""
    marker: str | None = None
    """An empty file that it puts into the folder."""
    packed: bool = True
    """Whether its files are compressed."""


STANDARD: Final = Tool("standard", "the REFI-QDA standard", ("qualdata",), evidence="stated", words="Positions count Unicode characters, as the standard says.", target=True)
_UTF16 = "NVivo counts emoji and other rare characters as two characters each"
_CRLF = "counts a line end as one character, also where the file has two (CR LF)"

TOOLS: Final = (
    STANDARD,
    Tool("nvivo", "NVivo for Windows", ("NVivo",), Profile("utf-16"), "measured", f"{_UTF16}.", target=True, folder="Sources", bom=True),
    Tool("nvivo-mac", "NVivo for Mac", ("NVivo for Mac",), Profile("utf-16"), "measured", f"{_UTF16}.", target=True, marker=".root", packed=False),
    Tool("atlasti", "ATLAS.ti", ("ATLAS.ti",), Profile(newline="once"), words=f"ATLAS.ti {_CRLF}."),
    Tool("maxqda", "MAXQDA", ("MAXQDA",), Profile(newline="once"), words=f"MAXQDA {_CRLF}."),
    Tool("qualcoder", "QualCoder", ("QualCoder",), Profile(newline="once"), "measured", f"QualCoder {_CRLF}."),
    Tool("qc", "qc", ("qc ",), words="qc counts Unicode characters."),
)

AS_READ: Final = "as-read"
"""The target that keeps origin, way of counting and written forms of the file that was read."""


def of_origin(origin: str | None) -> Tool | None:
    """The row of the tool that wrote a file: the longest beginning of its origin; None where no row has it."""
    if origin is None:
        return None
    if origin.startswith("qualdata "):
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
