"""What all parts of a study share: an id, and what a file said that the model has no field for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

from attrs import define, field, fields

__all__ = [
    "GUID", "ID", "PREFIXED", "REF", "Dated", "Part", "Thing", "fold", "folded", "guid_for", "in_units", "is_bare_guid", "new_id", "unchecked", "without_prefix"
]

ID: Final = {"role": "id"}
"""Metadata of a field that holds the id of the thing itself."""
REF: Final = {"role": "ref"}
"""Metadata of a field that holds the id, or the ids, of other things."""


def in_units(unit: str) -> dict[str, str]:
    """Metadata of a field that holds a number: what it counts."""
    return {"unit": unit}


PREFIXED: Final = "[a-z][a-z0-9]*:"
"""How a name in `extra` begins, as a regular expression: with a prefix that says whose it is."""
_prefixed = re.compile(PREFIXED).match

not_xml = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]").search
"""Finds a character that XML 1.0 cannot hold (XML 1.0, production 2)."""

GUID: Final = "-".join(f"[0-9a-fA-F]{{{n}}}" for n in (8, 4, 4, 4, 12))
"""A GUID without braces, as a regular expression."""
is_bare_guid = re.compile(GUID).fullmatch
"""A match when a string is a GUID and nothing else."""
_GUIDS: Final = UUID("6f7d2c0e-5a9b-5d0c-9c55-0d3a3a1f4f10")
"""The name space of the GUIDs that stand for ids which are none."""
_TELLING: Final = ("id", "name", "title", "label", "span", "code", "variable", "value")

_unchecked: ContextVar[bool] = ContextVar("unchecked", default=False)


@contextmanager
def unchecked() -> Iterator[None]:
    """Within it, construction does not look at characters: for readers that know what they read."""
    token = _unchecked.set(True)
    try:
        yield
    finally:
        _unchecked.reset(token)


def without_prefix(extra: dict[str, Any] | None) -> str | None:
    """The first name in an `extra` that has no prefix; None where all have one."""
    return next((name for name in extra or () if not _prefixed(name)), None)


def new_id() -> str:
    """A new GUID in lower case."""
    return str(uuid4())


def guid_for(study: str, id: str) -> str:
    """The GUID that stands for an id which is none, the same each time for one *study* (its id; RFC 9562, version 5).

    For `GUID#2`, the second holder of a GUID, it is the same in all studies: by it a twin is known again.
    """
    first, mark, count = fold(id).rpartition("#")
    if mark and count.isdigit() and is_bare_guid(first := fold(first)):
        return str(uuid5(UUID(first), count))
    return str(uuid5(_GUIDS, f"{study}\n{fold(id)}"))


def fold(id: str) -> str:
    """An id as it is looked up and compared: without braces and white space around it, in lower case."""
    return id.strip(" \t\n\r{}").lower()


def folded(ids: list[str]) -> list[str]:
    """Ids as they are looked up and compared; all at once, and the same ones, where they allow it."""
    joined = "\n".join(ids)
    if joined.count("\n") != len(ids) - 1 or any(c in joined for c in " \t\r{}"):
        return [fold(id) for id in ids]
    lower = joined.lower()
    return ids if lower == joined else lower.split("\n")


@cache
def _strings(cls: type) -> tuple[str, ...]:
    """The fields of a class that may hold text."""
    return tuple(f.name for f in fields(cls) if "str" in str(f.type))


@define(kw_only=True, eq=False, repr=False)
class Part:
    """A part of a study, with or without an id.

    Two parts are equal when all they say is equal; where their files are stored says nothing.
    Construction raises ValueError for a character that XML 1.0 cannot hold, and for a name in `extra` without a prefix.
    """

    extra: dict[str, Any] | None = None
    """What a file said that the model has no field for: `prefix:field` to JSON. `extensions` of the study says what a prefix stands for."""

    def __attrs_post_init__(self) -> None:
        if _unchecked.get():
            return
        cls: Any = type(self)
        if (bare := without_prefix(self.extra)) is not None:
            raise ValueError(f"{cls.__name__}.extra holds {bare!r}, which has no prefix in small letters: write it as lab:{bare}.")
        for name in _strings(cls):
            value = getattr(self, name)
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and (found := not_xml(text)):
                    place = f"{cls.__name__}.{name.strip('_')}"
                    raise ValueError(f"{place} holds U+{ord(found[0]):04X} at character {found.start()}, which XML cannot hold: take it out.")

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        from qualdata.model.compare import differences

        return next(differences(self, other), None) is None

    __hash__ = None  # type: ignore[assignment]  # mutable, and compared by what it says

    def __repr__(self) -> str:
        told = [(f.name, getattr(self, f.name)) for f in fields(self.__class__) if f.name in _TELLING]
        return f"{self.__class__.__name__}({', '.join(f'{name}={value!r}' for name, value in told if value is not None)})"


@define(kw_only=True, eq=False, repr=False)
class Thing(Part):
    """A part of a study that others can point at."""

    id: str = field(factory=new_id, metadata=ID)
    """A GUID, or any string without a `#`; kept as written. REFI-QDA needs a GUID (clause 3.7)."""


@define(kw_only=True, eq=False, repr=False)
class Dated(Thing):
    """A thing with an author and a date. Timestamps keep their written form (xsd:dateTime)."""

    created_by: str | None = field(default=None, metadata=REF)
    """Id of the contributor who made it; it may point at no one."""
    created: str | None = None
    """When it was made."""
    modified_by: str | None = field(default=None, metadata=REF)
    """Id of the contributor who last changed it."""
    modified: str | None = None
    """When it was last changed."""
