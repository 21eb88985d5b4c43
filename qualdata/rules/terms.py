"""Words that must not occur, as the names of people: where they stand, and reports that do not show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import evolve, fields, has

from qualdata.model.base import REF, Part

__all__ = ["Terms", "strings"]

T = TypeVar("T")
_OURS: Final = {"rule", "level", "format", "sha256", "tool", "standard", "schema", "profile", "profile_version", "time"}
"""Fields of a report that repeat nothing of the dataset."""


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
        """A report, or a part of one, with what it repeats of the dataset masked."""
        return self._hidden(thing) if self.terms else thing

    def _hidden(self, thing: Any) -> Any:
        if isinstance(thing, str):
            return self.masked(thing)
        if isinstance(thing, Path):
            return Path(self.masked(str(thing)))
        if isinstance(thing, tuple):
            return tuple(self._hidden(one) for one in thing)
        if not has(type(thing)):
            return thing
        return evolve(thing, **{f.name: self._hidden(getattr(thing, f.name)) for f in fields(type(thing)) if f.name not in _OURS})


def strings(value: Any) -> Iterator[str]:
    """All that a part of a study says, or any JSON; not its text, its references, and what the parts in it say."""
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
        if f.init and f.name != "_text" and f.metadata.get("role") != REF["role"] and not isinstance(inner, Part):
            yield from strings(inner)
