"""What the classes of the model say of themselves: their fields, and the text that stands under each."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from attrs import Attribute, fields, has

from qualdata import model as m

__all__ = ["classes", "described", "told", "types"]


@cache
def described(cls: type) -> dict[str, str]:
    """What stands under each field of a class, those it inherits included, by the field's name."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if has(base):
            found |= _under(base)
    return found


def _under(cls: type) -> Iterator[tuple[str, str]]:
    """The fields declared in a class itself, each with the text under it."""
    (declared,) = (node for node in _tree(cls.__module__).body if isinstance(node, ast.ClassDef) and node.name == cls.__name__)
    for node, below in zip(declared.body, declared.body[1:], strict=False):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield node.target.id, inspect.cleandoc(str(below.value.value))


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[module]))


def types(cls: type) -> dict[str, Any]:
    """The types of the fields of a class; unlike attrs.resolve_types, this leaves the class as it is."""
    return get_type_hints(cls, localns={"TextSource": m.TextSource})


def told(cls: Any) -> Iterator[Attribute[Any]]:
    """The fields that a document has."""
    return (f for f in fields(cls) if f.init and f.name != "reading")


def classes() -> list[type]:
    """The classes that a document is made of, by name: all that can be reached from a study and its reading."""
    found: list[type] = [m.Study, m.Reading]
    for cls in found:
        hints = types(cls)
        found.extend(c for f in told(cls) for c in _within(hints[f.name]) if c not in found)
    return sorted(dict.fromkeys(found), key=lambda cls: cls.__name__)


def _within(t: Any) -> Iterator[type]:
    """The classes in a type."""
    if isinstance(t, type) and has(t) and t is not m.Media:
        yield t
    for inner in get_args(t):
        yield from _within(inner)
