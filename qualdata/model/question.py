"""A research question."""

from __future__ import annotations

from attrs import define, field

from qualdata.model.base import REF, Thing

__all__ = ["ResearchQuestion"]


@define(kw_only=True, eq=False, repr=False)
class ResearchQuestion(Thing):
    """A question that the study asks, or a domain it looks at."""

    text: str
    """The question."""
    description: str | None = None
    """Why it is asked."""
    parent: str | None = field(default=None, metadata=REF)
    """Id of the question it is a part of."""
