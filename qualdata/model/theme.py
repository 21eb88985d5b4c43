"""A theme: a finding, with what speaks for it and against it."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Dated, Part

__all__ = ["Evidence", "EvidenceRole", "Theme", "ThemeStatus"]

EvidenceRole = Literal["supports", "illustrates", "qualifies", "contradicts"]
ThemeStatus = Literal["candidate", "reviewed", "defined", "reported", "dropped"]


@define(kw_only=True, eq=False, repr=False)
class Evidence(Part):
    """One thing that a theme rests on."""

    ref: str = field(metadata=REF)
    """Id of the excerpt, coding, point, memo or other theme."""
    role: EvidenceRole = "supports"
    """What it does for the theme."""
    note: str | None = None
    """How it does that."""


@define(kw_only=True, eq=False, repr=False)
class Theme(Dated):
    """A finding of the study."""

    name: str
    """Its name."""
    statement: str | None = None
    """The finding in one sentence."""
    description: str | None = None
    """The finding at length."""
    parent: str | None = field(default=None, metadata=REF)
    """Id of the theme it is a part of."""
    questions: list[str] = field(factory=list, metadata=REF)
    """Ids of the research questions it answers."""
    status: ThemeStatus = "candidate"
    """How far it has come."""
    codes: list[str] = field(factory=list, metadata=REF)
    """Ids of the codes it brings together."""
    evidence: list[Evidence] = field(factory=list)
    """What it rests on."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
