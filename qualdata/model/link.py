"""A link: a relation between two things."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Thing

__all__ = ["Direction", "Link"]

Direction = Literal["Associative", "OneWay", "Bidirectional"]


@define(kw_only=True, eq=False, repr=False)
class Link(Thing):
    """A relation between two things of the study. REFI-QDA 1.5, clause 3.8."""

    name: str | None = None
    """What relates them."""
    direction: Direction | None = None
    """Which way it goes."""
    colour: str | None = None
    """`#RGB` or `#RRGGBB`, as written."""
    origin: str | None = field(default=None, metadata=REF)
    """Id of the thing it starts from."""
    target: str | None = field(default=None, metadata=REF)
    """Id of the thing it goes to."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
