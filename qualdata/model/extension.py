"""Extensions: what others add to the standard."""

from __future__ import annotations

import re

from attrs import Attribute, define, field

from qualdata.model.base import PREFIXED, Part

__all__ = ["Extension"]

_prefix = re.compile(PREFIXED).fullmatch


def _is_prefix(thing: object, attribute: Attribute[str], prefix: str) -> None:
    if not _prefix(f"{prefix}:"):
        raise ValueError(f"{prefix[:40]!r} is no prefix: small letters and digits, the first a letter")


@define(kw_only=True, eq=False, repr=False)
class Extension(Part):
    """What the names in `extra` that begin with one prefix mean, and where that is written."""

    prefix: str = field(validator=_is_prefix)
    """What its names begin with in this study, as `ca` for `ca:conventions`: small letters and digits."""
    url: str
    """The address of its definition. It says which extension this is; another study may use another prefix for it."""
    description: str | None = None
    """What it adds, in words."""
