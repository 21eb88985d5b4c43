"""A coding: a code laid on data."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Thing, in_units

__all__ = ["Coding", "Status"]

Status = Literal["independent", "agreed", "rejected"]


@define(kw_only=True, eq=False, repr=False)
class Coding(Thing):
    """A code laid on an excerpt, or on a whole source, by a coder. REFI-QDA 1.5, clauses 3.4 and 11."""

    code: str = field(metadata=REF)
    """Id of the code."""
    coder: str | None = field(default=None, metadata=REF)
    """Id of the contributor who laid it."""
    created: str | None = None
    """When it was laid (xsd:dateTime, as written)."""
    round: str | None = None
    """The round of coding it belongs to, as `first` or `agreed`."""
    status: Status | None = None
    """Whether it stands by itself (`independent`), was agreed on, or was rejected."""
    weight: float | None = field(default=None, metadata=in_units("the study's own scale"))
    """How strongly the code applies, on the study's own scale."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
