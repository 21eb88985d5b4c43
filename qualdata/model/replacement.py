"""Replacements: what was anonymised, and where."""

from __future__ import annotations

from attrs import define, field

from qualdata.model.base import REF, Thing
from qualdata.model.spans import TextSpan

__all__ = ["Replacement"]


@define(kw_only=True, eq=False, repr=False)
class Replacement(Thing):
    """One anonymisation, in its place. What stood there before is kept in a closed key elsewhere, never here."""

    source: str = field(metadata=REF)
    """Id of the source."""
    span: TextSpan | None = None
    """Where the replacement stands in the text, in code points."""
    replacement: str
    """What stands there now, as `[town]`."""
    rule: str | None = None
    """The kind of thing that was replaced, as `place` or `name`."""
    action: str = "replace"
    """`replace`, `generalise`, `remove` or `pseudonymise`."""
    by: str | None = field(default=None, metadata=REF)
    """Id of the contributor who did it."""
    date: str | None = None
    """When (ISO 8601)."""
