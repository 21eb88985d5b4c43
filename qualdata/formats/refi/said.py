"""What a REFI-QDA project says of a thing, in a form that can be compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from attrs import fields

from qualdata.formats.refi.binding import PROJECT
from qualdata.formats.refi.vocabulary import elements
from qualdata.model.base import Part

__all__ = ["written"]


def written(value: Any, guid: Callable[[str], str], extra: bool) -> Any:
    """A value of the model as it is written: fields that can be said, ids as *guid* writes them, and unknown content with *extra*."""
    if isinstance(value, list):
        return [written(v, guid, extra) for v in value]
    if not isinstance(value, Part):
        return value
    cls: Any = type(value)
    found = [(f, getattr(value, f.name)) for f in fields(cls) if f.name in _said(cls) or (extra and f.name == "extra")]
    return [cls, *(_spelt(v, guid) if "role" in f.metadata else written(v, guid, extra) for f, v in found)]


def _spelt(ids: Any, guid: Callable[[str], str]) -> Any:
    return guid(ids) if isinstance(ids, str) else ids and [guid(id) for id in ids]


@cache
def _said(cls: Any) -> frozenset[str]:
    """The fields of a class that REFI-QDA can say."""
    return frozenset(name for e in elements(PROJECT) if e.cls is cls for name in e.said)
