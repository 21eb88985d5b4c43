"""A point: what iterative categorization puts between codings and themes."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Dated

__all__ = ["Point", "Process"]

Process = Literal["describe", "conceptualise inductively", "conceptualise deductively", "conceptualise abductively", "differentiate", "externalise"]


@define(kw_only=True, eq=False, repr=False)
class Point(Dated):
    """A short statement that codings were reduced to, with those codings and the cases (Neale 2016, doi:10.1111/add.13314)."""

    text: str
    """The statement; it may repeat words of the data."""
    heading: str | None = None
    """The heading it stands under."""
    process: Process = "describe"
    """The step of the analysis it belongs to."""
    codes: list[str] = field(factory=list, metadata=REF)
    """Ids of the codes whose codings it reduces."""
    codings: list[str] = field(factory=list, metadata=REF)
    """Ids of the codings it rests on."""
    cases: list[str] = field(factory=list, metadata=REF)
    """Ids of the cases it is about."""
    literature: list[str] = field(factory=list)
    """What it is compared with, as references in words or DOIs."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
