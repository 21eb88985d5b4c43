"""A case: whom or what the data are about."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Thing
from qualdata.model.variable import Value

__all__ = ["Case", "CaseKind"]

CaseKind = Literal["participant", "organisation", "site", "event"]


@define(kw_only=True, eq=False, repr=False)
class Case(Thing):
    """A participant, an organisation, a site or an event that data belong to. REFI-QDA 1.5, clauses 3.1 and 13."""

    name: str | None = None
    """Its name; of a person, the pseudonym."""
    kind: CaseKind = "participant"
    """What it is."""
    description: str | None = None
    """What else there is to say of it."""
    consent: str | None = field(default=None, metadata=REF)
    """Id of the consent it gave."""
    codes: list[str] = field(factory=list, metadata=REF)
    """Ids of the codes that stand for it."""
    values: list[Value] = field(factory=list)
    """Its attributes."""
    sources: list[str] = field(factory=list, metadata=REF)
    """Ids of the sources that are about it as a whole."""
    excerpts: list[str] = field(factory=list, metadata=REF)
    """Ids of the excerpts that are about it."""
