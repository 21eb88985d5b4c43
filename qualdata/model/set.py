"""A set: a named group."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Thing

__all__ = ["Set", "SetKind"]

SetKind = Literal["code group", "document group", "other"]


@define(kw_only=True, eq=False, repr=False)
class Set(Thing):
    """A named group of codes, sources and memos. REFI-QDA 1.5, clauses 3.13 and 12."""

    name: str
    """Its name."""
    kind: SetKind = "other"
    """What it groups."""
    description: str | None = None
    """What holds it together."""
    codes: list[str] = field(factory=list, metadata=REF)
    """Ids of the codes in it."""
    sources: list[str] = field(factory=list, metadata=REF)
    """Ids of the sources in it."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos in it (not of memos about it)."""
