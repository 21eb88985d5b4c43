"""Extensions: what others add to the standard."""

from __future__ import annotations

from attrs import define

from qualdata.model.base import Part

__all__ = ["Extension"]


@define(kw_only=True, eq=False, repr=False)
class Extension(Part):
    """What the names in `extra` that begin with one prefix mean, and where that is written."""

    prefix: str
    """What its names begin with in this study, as `ca` for `ca:conventions`: small letters and digits."""
    url: str
    """The address of its definition. It says which extension this is; another study may use another prefix for it."""
    description: str | None = None
    """What it adds, in words."""
