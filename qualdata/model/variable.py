"""Variables and their values: typed attributes of cases and sources."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Part, Thing

__all__ = ["Disclosure", "Value", "Variable", "VariableType"]

VariableType = Literal["Text", "Boolean", "Integer", "Float", "Date", "DateTime"]
Disclosure = Literal["direct", "indirect", "sensitive", "none"]


@define(kw_only=True, eq=False, repr=False)
class Variable(Thing):
    """A typed attribute that cases and sources can have a value of. REFI-QDA 1.5, clauses 3.18 and 13."""

    name: str
    """Its name."""
    type: VariableType = "Text"
    """The type of its values."""
    description: str | None = None
    """What it says."""
    allowed: list[str] = field(factory=list)
    """The values it may have, in their written form; any when there are none here."""
    disclosure: Disclosure | None = None
    """How far its values can give away who someone is."""


@define(kw_only=True, eq=False, repr=False)
class Value(Part):
    """The value of one variable for the case or source it stands in. REFI-QDA 1.5, clause 13."""

    variable: str = field(metadata=REF)
    """Id of the variable."""
    type: VariableType = "Text"
    """The type the value is written as."""
    value: str | None = None
    """The value in its written form; absent when only the variable is named."""
