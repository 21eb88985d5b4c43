"""Consent: what was agreed with those the data are about."""

from __future__ import annotations

from typing import Literal

from attrs import define, field

from qualdata.model.base import REF, Part, Thing

__all__ = ["Basis", "Consent", "Permission", "Use"]

Basis = Literal["written", "verbal", "guardian", "not asked", "other"]
Use = Literal["this study", "quotation", "archiving", "reuse", "teaching"]


@define(kw_only=True, eq=False, repr=False)
class Permission(Part):
    """Whether one use of some kinds of data was agreed to."""

    use: Use
    """The use."""
    data: list[str] = field(factory=list)
    """The kinds of data: `transcript`, `recording`, `attributes` …; all of them when there are none here."""
    given: bool = True
    """Whether it was agreed to, or refused."""
    note: str | None = None
    """Conditions, in words."""


@define(kw_only=True, eq=False, repr=False)
class Consent(Thing):
    """What a case, or all who took part, agreed to."""

    case: str | None = field(default=None, metadata=REF)
    """Id of the case; None for the study as a whole."""
    basis: Basis = "written"
    """How it was given."""
    permissions: list[Permission] = field(factory=list)
    """What was agreed to, use by use."""
    form: str | None = field(default=None, metadata=REF)
    """Id of the document that was agreed to."""
    decided: str | None = None
    """When it was given (ISO 8601 date)."""
    withdrawn: str | None = None
    """When it was taken back (ISO 8601 date)."""
