"""Copies that share what they do not change."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from attrs import fields

from qualdata.model.base import Part

__all__ = ["shallow"]

P = TypeVar("P", bound=Part)


def shallow(thing: P, **changes: Any) -> P:
    """A copy that shares everything but what is changed."""
    cls: Any = type(thing)
    copy: P = object.__new__(cls)
    for name in _names(cls):
        setattr(copy, name, changes[name] if name in changes else getattr(thing, name))
    return copy


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(cls))
