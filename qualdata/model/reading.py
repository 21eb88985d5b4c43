"""What was learnt while a study was read: who wrote it, how it counts, what was odd."""

from __future__ import annotations

from typing import Any

from attrs import define, field, frozen

from qualdata.model.base import in_units
from qualdata.model.positions import Profile

__all__ = ["Reading", "Remark"]


@frozen
class Remark:
    """Something a reader repaired, guessed or skipped."""

    rule: str
    """Id of the validation rule it bears on."""
    message: str
    """One sentence: what was found, and what was done."""
    line: int | None = field(default=None, metadata=in_units("lines"))
    """The line of the XML file, from 1."""
    id: str | None = None
    """Id of the thing it is about."""


@define
class Reading:
    """How a study came to be read. It is no part of the study and is not compared."""

    format: str = ""
    """Name of the format."""
    origin: str | None = None
    """The program that wrote the file, in its own words. `origin` of a project in REFI-QDA 1.5, clause 3.10."""
    profile: Profile = field(factory=Profile)
    """How the file counts in texts."""
    basis: str = ""
    """Why that profile was chosen."""
    remarks: list[Remark] = field(factory=list)
    """What was odd, in the order it was met."""
    sidecar: str | None = None
    """Name of the sidecar by which what was read was made whole."""
    changes: list[str] = field(factory=list)
    """What was changed in another program since the sidecar was written, in words."""
    layout: dict[str, Any] = field(factory=dict)
    """How the file was laid out, so that it can be written `as-read`: names and order of members."""
