"""Reports that can be sent on: what must not be known is masked in all that they repeat of the dataset."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import evolve, fields, has

from qualdata.rules.terms import MASK, Terms

__all__ = ["hidden"]

T = TypeVar("T")
_OURS: Final = {"rule", "level", "format", "sha256", "tool", "standard", "schema", "profile", "profile_version", "time"}
"""Fields of a report that repeat nothing of the dataset."""
_owner = re.compile(r"((?:\bUsers|\bhome|Documents and Settings)[\\/]+)(?!(?:Public|Default|All Users|Shared)\b)[^\\/:*?\"<>|\s]+").sub
"""The name of whose home folder it is."""


def hidden(thing: T, terms: Terms) -> T:
    """A report, or a part of one, without terms and names of home folders."""
    masked: T = _hidden(thing, terms)
    return masked


def _hidden(thing: Any, terms: Terms) -> Any:
    if isinstance(thing, str):
        return terms.masked(_owner(rf"\1{MASK}", thing))
    if isinstance(thing, Path):
        return Path(_hidden(str(thing), terms))
    if isinstance(thing, tuple):
        return tuple(_hidden(one, terms) for one in thing)
    if not has(type(thing)):
        return thing
    told = {f.name: getattr(thing, f.name) for f in fields(type(thing)) if f.name not in _OURS}
    changed = {name: masked for name, value in told.items() if (masked := _hidden(value, terms)) != value}
    return evolve(thing, **changed) if changed else thing
