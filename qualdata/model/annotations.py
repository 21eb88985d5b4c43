"""The fields of the model: found by name, and what they hold, read from their annotations."""

from __future__ import annotations

from functools import cache
from types import NoneType
from typing import Any, Final, get_args, get_origin, get_type_hints

from attrs import Attribute, fields

from qualdata import model
from qualdata.model.base import Part, Thing

__all__ = ["field_named", "holds", "holds_parts", "holds_things"]

_NAMES: Final = {name: value for name, value in vars(model).items() if isinstance(value, type) or name in ("AnySource", "Span")}


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, localns=_NAMES)


def field_named(name: str) -> tuple[type, Attribute[Any]]:
    """The class and the field that `Class.field` names, the field as it is given to the constructor. Raises ValueError."""
    class_name, _, field_name = name.partition(".")
    cls = getattr(model, class_name, None)
    named = {f.alias: f for f in fields(cls)} if isinstance(cls, type) and issubclass(cls, Part) else {}
    if cls is None or field_name not in named:
        raise ValueError(f"{name} is no field of the model.")
    return cls, named[field_name]


@cache
def holds(cls: type, name: str) -> tuple[Any, bool]:
    """What a field holds, None aside, and whether it holds a list of it."""
    hint = _hints(cls)[name]
    arguments = get_args(hint)
    if NoneType in arguments:
        rest = [a for a in arguments if a is not NoneType]
        hint = rest[0] if len(rest) == 1 else hint
    return (get_args(hint)[0], True) if get_origin(hint) is list else (hint, False)


def holds_things(cls: type, name: str) -> bool:
    """Whether a field holds a list of things, each with an id of its own."""
    held, many = holds(cls, name)
    return many and all(isinstance(c, type) and issubclass(c, Thing) for c in get_args(held) or [held])


def holds_parts(cls: type, name: str) -> bool:
    """Whether a field holds a list of parts that have no id, such as values."""
    held, many = holds(cls, name)
    return many and isinstance(held, type) and issubclass(held, Part) and not issubclass(held, Thing)
