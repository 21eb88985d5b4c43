"""Passages of a text that was edited, and whose ids and words are others now: told by where they should stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qualdata.formats.refi.sidecar.lines import Edited
from qualdata.match import Pair
from qualdata.match.side import text_of
from qualdata.model.base import fold
from qualdata.model.excerpt import Excerpt
from qualdata.model.spans import TextSpan

__all__ = ["placed"]


def placed(pairs: list[Pair[Any]], holders: Iterable[Any], known: dict[str, dict[str, Any]]) -> Iterator[Pair[Any]]:
    """More pairs: excerpts, and the codings on them, of the *holders* that are *known* to be edited, by their folded ids."""
    other = {id(p.there): p.here for p in pairs}
    owned = {id(p.here) for p in pairs}
    ids = {fold(p.here.id): fold(p.there.id) for p in pairs}
    for holder in holders:
        there = other.get(id(holder))
        if (was := known.get(fold(holder.id))) is None or there is None or (text := text_of(there)) is None:
            continue
        edited, at = Edited(was, text), _by_place(there, owned)
        for excerpt in holder.excerpts:
            if id(excerpt) not in other and isinstance(excerpt.span, TextSpan):
                for part in at.pop(edited.span(excerpt.span), ()):
                    yield Pair(part, excerpt, "place")
                    yield from _codings(part, excerpt, ids)


def _by_place(holder: Any, owned: set[int]) -> dict[Any, list[Excerpt]]:
    """The excerpts that are no one's yet, by where they stand."""
    found: dict[Any, list[Excerpt]] = {}
    for excerpt in holder.excerpts:
        if id(excerpt) not in owned:
            found.setdefault(excerpt.span, []).append(excerpt)
    return found


def _codings(part: Excerpt, excerpt: Excerpt, ids: dict[str, str]) -> Iterator[Pair[Any]]:
    """The codings of one code by one coder."""
    def said(coding: Any, there: bool) -> tuple[str, str | None]:
        refs = (fold(coding.code), None if coding.coder is None else fold(coding.coder))
        return (ids.get(refs[0], refs[0]), ids.get(refs[1] or "", refs[1])) if there else refs

    wanted = {said(c, there=False): c for c in excerpt.codings}
    yield from (Pair(c, wanted[key], "place") for c in part.codings if (key := said(c, there=True)) in wanted)
