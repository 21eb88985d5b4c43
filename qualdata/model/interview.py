"""An interview: an event at which data were collected."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Dated, in_units
from qualdata.model.variable import Value

__all__ = ["Interview", "InterviewKind", "Mode"]

InterviewKind = Literal["individual", "joint", "focus group", "observation", "diary", "other"]
Mode = Literal["face to face", "telephone", "video", "e-mail", "chat", "self-completed", "other"]


@define(kw_only=True, eq=False, repr=False)
class Interview(Dated):
    """One event at which data were collected: an interview, a focus group, an observation, a diary.

    The modes follow the DDI vocabulary ModeOfCollection.
    """

    name: str | None = None
    """Its name, as `Interview P07, wave 2`."""
    kind: InterviewKind = "individual"
    """What it was."""
    mode: Mode | None = None
    """How it was held."""
    wave: str | None = None
    """The wave of collection it belongs to."""
    date: str | None = None
    """When it was held, as precisely as may be said: `2023`, `2023-05` or `2023-05-17` (ISO 8601)."""
    duration: int | None = field(default=None, metadata=in_units("milliseconds"))
    """How long it took, in milliseconds."""
    language: str | None = None
    """The language it was held in (BCP 47)."""
    cases: list[str] = field(factory=list, metadata=REF)
    """Ids of the cases that took part."""
    interviewers: list[str] = field(factory=list, metadata=REF)
    """Ids of the contributors who led it."""
    guide: str | None = field(default=None, metadata=REF)
    """Id of the document that guided it."""
    sources: list[str] = field(factory=list, metadata=REF)
    """Ids of the sources that record it."""
    values: list[Value] = field(factory=list)
    """Its attributes."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
