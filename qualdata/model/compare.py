"""Where two parts of a study differ.

Texts are compared decoded, files by their bytes, ids without regard to case and braces, codes by their tree.
What only says how something is stored is not compared: those fields are declared with `eq=False`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from attrs import fields, frozen, has

from qualdata.model.base import ID, REF, fold
from qualdata.model.media import Media

__all__ = ["Difference", "differences"]


@frozen
class Difference:
    """One place where two parts differ."""

    path: str
    """The place, as `sources[3].excerpts[17].span.end`."""
    left: Any
    """What stands there on the left."""
    right: Any
    """What stands there on the right."""

    def __str__(self) -> str:
        return f"{self.path}: {_short(self.left)} ≠ {_short(self.right)}"


def differences(left: Any, right: Any, path: str = "") -> Iterator[Difference]:
    """All places where two values of the model differ; none when they are equal.

    >>> list(qualdata.differences(qualdata.Code(id="C1", name="trust"), qualdata.Code(id="C1", name="Trust")))
    [Difference(path='name', left='trust', right='Trust')]
    """
    if left is right:
        return
    if left.__class__ is not right.__class__:
        yield Difference(path, left, right)
    elif isinstance(left, Media):
        if not left.same(right):
            yield Difference(path, left, right)
    elif isinstance(left, list):
        if len(left) != len(right):
            yield Difference(f"{path}.length", len(left), len(right))
        for i, (a, b) in enumerate(zip(left, right, strict=False)):
            yield from differences(a, b, f"{path}[{i}]")
    elif has(left.__class__):
        for name, attribute, folds in _compared(left.__class__):
            a, b = getattr(left, attribute), getattr(right, attribute)
            yield from differences(_folded(a) if folds else a, _folded(b) if folds else b, f"{path}.{name}" if path else name)
    elif left != right:
        yield Difference(path, left, right)


@cache
def _compared(cls: type) -> tuple[tuple[str, str, bool], ...]:
    """For each compared field: its name, the attribute compared in its stead, whether it holds ids."""
    roles = (ID["role"], REF["role"])
    return tuple((f.name.lstrip("_"), f.metadata.get("compare", f.name), f.metadata.get("role") in roles) for f in fields(cls) if f.eq)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return fold(value)
    return [fold(v) for v in value] if isinstance(value, list) else value


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 80 else text[:77] + "…"
