"""Changes of the codebook."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Thing

__all__ = ["Action", "CodeChange"]

Action = Literal["add", "rename", "redefine", "split", "merge", "move", "retire"]


@define(kw_only=True, eq=False, repr=False)
class CodeChange(Thing):
    """One step in the history of the codebook."""

    action: Action
    """What was done."""
    date: str | None = None
    """When (ISO 8601)."""
    by: str | None = field(default=None, metadata=REF)
    """Id of the contributor who did it."""
    codes: list[str] = field(factory=list, metadata=REF)
    """Ids of the codes it was done to, and of those it made."""
    before: str | None = None
    """What was there before: a name, a definition."""
    after: str | None = None
    """What is there since."""
    note: str | None = None
    """Why."""
