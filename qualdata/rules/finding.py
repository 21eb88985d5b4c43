"""A finding: what a rule found, and where."""

from __future__ import annotations

from typing import Final, Literal

from attrs import field, frozen

from qualdata.model.base import in_units

__all__ = ["LEVELS", "Finding", "Level", "Where", "nowhere", "weight"]

Level = Literal["info", "warning", "error"]
LEVELS: Final[tuple[Level, ...]] = ("info", "warning", "error")
"""What a finding may be, from the least: worth knowing, should be looked at, must be mended."""


def weight(level: Level) -> int:
    """How grave a level is, from 0."""
    return LEVELS.index(level)


@frozen(kw_only=True)
class Where:
    """Where something was found, as far as it is known."""

    file: str | None = None
    """The file, by its name in the dataset."""
    line: int | None = field(default=None, metadata=in_units("lines"))
    """The line of that file, from 1."""
    path: str | None = None
    """The place in `study.json`, as `sources[3].excerpts[17]`."""
    id: str | None = None
    """Id of the thing."""
    kind: str | None = None
    """What the thing is, as `text source`."""
    name: str | None = None
    """What the thing is called."""
    words: str | None = None
    """The words of the text, with some around them; never given where they could give someone away."""

    def __str__(self) -> str:
        """The place in words: `text source "P07", line 12`."""
        thing = " ".join(p for p in (self.kind, f'"{_short(self.name, 40)}"' if self.name else _short(self.id) if self.id and self.kind else None) if p)
        file = None if self.file is None or (thing and self.line is None) else _short(self.file)
        line = f"line {self.line:,}" if self.line else None
        return ", ".join(p for p in (thing, file, line) if p) or _short(self.path or self.id or "")


nowhere: Final = Where()
"""The place of what is about the dataset as a whole."""


@frozen(kw_only=True)
class Finding:
    """One thing that a rule found."""

    rule: str
    """Id of the rule."""
    level: Level
    """How grave it is, in the profile that was asked for."""
    message: str
    """One sentence: what was found."""
    where: Where = field(default=nowhere)
    """Where."""


def _short(name: str, longest: int = 120) -> str:
    return name if len(name) <= longest else name[: longest - 1] + "…"
