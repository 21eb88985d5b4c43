"""A code: a label with a meaning."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Thing

__all__ = ["Code", "CodeStatus", "Origin"]

Origin = Literal["a priori", "inductive", "abductive"]
CodeStatus = Literal["active", "retired"]


@define(kw_only=True, eq=False, repr=False)
class Code(Thing):
    """A label with a meaning, to be laid on data. REFI-QDA 1.5, clauses 3.2 and 11.

    The codes of a study are one flat list; *parent* makes the tree, the list the order among siblings.
    """

    name: str
    """The label; it need not be the only one of its name."""
    parent: str | None = field(default=None, metadata=REF)
    """Id of the code it stands under."""
    description: str | None = None
    """What it means."""
    include: str | None = None
    """When to use it."""
    exclude: str | None = None
    """When not to use it."""
    example: str | None = None
    """A typical passage; it repeats words of the data."""
    origin: Origin | None = None
    """How it came about."""
    in_vivo: bool = False
    """Whether its name is taken from the words of a participant."""
    derived_from: list[str] = field(factory=list, metadata=REF)
    """Ids of the codes it was split from or merged of."""
    aggregate: bool = False
    """Whether what is coded with the codes under it counts as coded with it."""
    status: CodeStatus = "active"
    """Whether it is in use or retired."""
    codable: bool = True
    """Whether it may be laid on data, or only groups other codes."""
    colour: str | None = None
    """`#RGB` or `#RRGGBB`, as written."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
