"""Words that must not occur, as the names of people: where they stand, and reports that do not show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from attrs import evolve, fields, has

from qualdata.model.base import REF, Part

__all__ = ["Terms", "strings"]

T = TypeVar("T")


class Terms:
    """A list of words that must not occur."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = tuple(dict.fromkeys(terms))
        self.folded = tuple(term.casefold() for term in self.terms)

    def within(self, text: str) -> Terms:
        """Those that may stand in a text, whatever the capitals; most texts have none, and are passed over at once."""
        folded = text.casefold()
        return Terms(term for term, key in zip(self.terms, self.folded, strict=True) if key in folded)

    def found(self, text: str) -> Iterator[tuple[str, list[int], bool]]:
        """Each that stands in a text: the term, its places, and whether it stands there once as a word by itself, as written in the list."""
        for term in self.within(text).terms:
            whole = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text)]
            places = whole or [m.start() for m in re.finditer(re.escape(term), text, re.IGNORECASE)]
            if places:
                yield term, places, bool(whole)

    def masked(self, text: str) -> str:
        """A text without them: `[…]` in their place."""
        present = sorted(self.within(text).terms, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, present)), "[…]", text, flags=re.IGNORECASE) if present else text

    def hidden(self, thing: T) -> T:
        """A thing of a report, with all that it says masked."""
        if isinstance(thing, str):
            return self.masked(thing)  # type: ignore[return-value]
        if isinstance(thing, tuple):
            return tuple(self.hidden(one) for one in thing)  # type: ignore[return-value]
        cls: Any = type(thing)
        if not has(cls):
            return thing
        return evolve(thing, **{f.name: self.hidden(getattr(thing, f.name)) for f in fields(cls)})  # type: ignore[misc]


def strings(value: Any) -> Iterator[str]:
    """All texts in a part of a study, or in any JSON; not those that only refer to others, and not those of parts in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from () if isinstance(inner, Part) else strings(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif has(type(value)):
        yield from _of_fields(value)


def _of_fields(value: Any) -> Iterator[str]:
    for f in fields(type(value)):
        inner = getattr(value, f.name)
        if f.metadata.get("role") != REF["role"] and not isinstance(inner, Part):
            yield from strings(inner)
