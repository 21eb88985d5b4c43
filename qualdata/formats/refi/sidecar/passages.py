"""The excerpts and codings of two readings, whether a program gives a passage out whole or in parts."""

from __future__ import annotations

from typing import Any

from qualdata.formats.refi.sidecar.both import Both
from qualdata.formats.refi.sidecar.fields import Moves, follow
from qualdata.model.base import fold
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.spans import TextSpan

__all__ = ["codings", "excerpts"]


def excerpts(both: Both, moves: Moves, ours: Any, theirs: Any) -> list[Excerpt]:
    """The excerpts of a holder."""
    parts: dict[int, list[Excerpt]] = {}
    for excerpt in theirs.excerpts:
        parts.setdefault(id(both.owner.get(id(excerpt))), []).append(excerpt)
    kept = [e for e in ours.excerpts if _followed(both, moves, ours, e, parts.get(id(e), []))]
    return [*kept, *(_new(both, moves, e) for e in parts.get(id(None), []) if not _only_made(both, e))]


def _followed(both: Both, moves: Moves, holder: Any, excerpt: Excerpt, parts: list[Excerpt]) -> bool:
    """Make an excerpt what its parts say it is; whether it is still there."""
    coded = bool(excerpt.codings)
    excerpt.codings = codings(both, moves, excerpt, [c for part in parts for c in part.codings])
    if parts:
        quiet = ("span",) if fold(holder.id) in both.edited else ()
        follow(both, moves, excerpt, both.other[id(excerpt)], quiet)
        return True
    return bool(excerpt.codings) or (not coded and both.stays(type(holder), "excerpts", excerpt))


def codings(both: Both, moves: Moves, holder: Any, theirs: list[Coding]) -> list[Coding]:
    """The codings of an excerpt or a source."""
    kept = [c for c in holder.codings if both.stays(type(holder), "codings", c)]
    for coding in kept:
        if (there := both.other.get(id(coding))) is not None:
            follow(both, moves, coding, there)
    return [*kept, *(both.adopted(c) for c in theirs if id(c) not in both.owner and fold(c.code) not in both.unmade)]


def _only_made(both: Both, excerpt: Excerpt) -> bool:
    """Whether a passage is coded only with codes that the program made."""
    return bool(excerpt.codings) and all(fold(c.code) in both.unmade for c in excerpt.codings)


def _new(both: Both, moves: Moves, theirs: Excerpt) -> Excerpt:
    new = both.adopted(theirs)
    if isinstance(new.span, TextSpan):
        new.span = moves.span(theirs, new.span)
    return new
