"""What two readings say of one thing, field by field: what the program brings back is taken, the rest stays as it was."""

from __future__ import annotations

from collections.abc import Collection, Set
from copy import deepcopy
from functools import cache
from typing import Any, Final

from attrs import fields, frozen

from qualdata.formats.refi.sidecar.both import Both
from qualdata.match import between
from qualdata.match.side import text_of
from qualdata.model.annotations import holds_parts, holds_things
from qualdata.model.base import REF, Part, fold
from qualdata.model.spans import TextSpan, TranscriptSpan

__all__ = ["Field", "Moves", "fields_of", "follow"]

_APART: Final = frozenset("id extra reading representation _text path rich_path stored rich media base_path".split())
"""Fields that are brought together in ways of their own, or not at all."""


@frozen
class Field:
    """One field of a class, as it is brought together."""

    name: str
    """Its name."""
    refers: bool
    """Whether it holds ids of other things."""
    parts: bool
    """Whether it holds parts that have no id."""
    default: Any
    """What it holds where nothing is said."""


@cache
def fields_of(cls: Any) -> tuple[Field, ...]:
    """The fields of a class that are brought together here."""
    return tuple(
        Field(f.name, f.metadata.get("role") == REF["role"], holds_parts(cls, f.name), f.default.factory() if hasattr(f.default, "factory") else f.default)
        for f in fields(cls)
        if f.eq and f.name not in _APART and not holds_things(cls, f.name)
    )


class Moves:
    """How places in texts of theirs are found in ours, where these are other forms of the same."""

    def __init__(self) -> None:
        self._of: dict[int, Any] = {}

    def add(self, ours: Any, theirs: Any) -> None:
        """Look at one text that both have."""
        here, now = text_of(ours), text_of(theirs)
        move = None if here is None or now is None or here == now else between(now, here)
        if move is not None:
            self._of |= {id(thing): move for thing in (*theirs.excerpts, *getattr(theirs, "sync_points", ()))}

    def span(self, thing: Any, span: Any) -> Any:
        """A place of a thing of theirs in our text."""
        move = self._of.get(id(thing))
        return span if move is None or not isinstance(span, TextSpan) else move(span)


def follow(both: Both, moves: Moves, ours: Any, theirs: Any, quiet: Collection[str] = ()) -> None:
    """Take what the program brings back of a thing, where it is otherwise than it was; tell of it, but for *quiet* fields."""
    cls: Any = type(ours)
    for f in fields_of(cls):
        before, now = getattr(ours, f.name), getattr(theirs, f.name)
        if (before is now or before == now) and not f.refers and type(now) is not TranscriptSpan and f.name not in ("span", "position"):
            continue
        if not both.carries(cls, f.name):
            continue
        after = _value(both, moves, f, ours, theirs)
        if _same(f, before, after) or (both.is_lost(cls, f.name, ours.id) and (now == f.default or _near(before, after))):
            continue
        setattr(ours, f.name, after)
        if f.name not in quiet:
            both.tell_field(ours, f.name, before, after)


def _value(both: Both, moves: Moves, f: Field, ours: Any, theirs: Any) -> Any:
    """What the other says in a field, in our ids and our positions."""
    before, value = getattr(ours, f.name), getattr(theirs, f.name)
    if f.parts:
        return _parts(both, before, value, ours.id)
    if f.refers:
        return _refs(both, before, value) if isinstance(value, list) else _ref(both, before, value)
    if f.name == "position" and value is not None:
        return moves.span(theirs, TextSpan(value, value)).start
    if isinstance(value, TranscriptSpan):
        return TranscriptSpan(*(id and both.ref(id) for id in (value.start, value.end)))
    return moves.span(theirs, value)


def _ref(both: Both, before: str | None, after: str | None) -> str | None:
    """A reference as it is now; ours, where what it means could not come back."""
    new = after and both.ref(after)
    return before if before is not None and fold(before) in both.away and (new is None or fold(new) not in both.taken) else new


def _refs(both: Both, before: list[str], after: list[str]) -> list[str]:
    """References as they are now: ours that are still there or could not come back, then new ones."""
    there = {fold(ref): ref for id in after if fold(id) not in both.unmade for ref in [both.ref(id)]}
    had = set(map(fold, before))
    kept = [id for id in before if fold(id) in there or fold(id) not in both.known]
    return [*kept, *(id for key, id in there.items() if key not in had)]


# ---- parts ----
def _parts(both: Both, before: list[Part], after: list[Part], holder: str) -> list[Part]:
    """Parts without ids, in our ids; those that say the same stay the ones they were."""
    new: list[Any] = deepcopy(after)
    for part in new:
        for f in fields_of(part.__class__):
            value = getattr(part, f.name)
            if f.refers and isinstance(value, str):
                setattr(part, f.name, both.ref(value))
    lost = [_lost_of(both, holder, i, part) for i, part in enumerate(before)]
    if len(new) == len(before) and all(_alike(both, old, part, but) for old, part, but in zip(before, new, lost, strict=True)):
        return before
    return [next((old for old, but in zip(before, lost, strict=True) if _alike(both, old, part, but)), part) for part in new]


def _lost_of(both: Both, holder: str, number: int, part: Part) -> Set[str]:
    """The fields of a part that the project could not be told."""
    cls: Any = type(part)
    return {f.name for f in fields_of(cls) if both.is_lost(cls, f.name, f"{holder}/{number}")}


def _alike(both: Both, ours: Part, theirs: Part, lost: Set[str]) -> bool:
    """Whether a part says what the other says, as far as a project can say it."""
    cls: Any = type(ours)
    return all(_same(f, getattr(ours, f.name), getattr(theirs, f.name)) for f in fields_of(cls) if f.name not in lost and both.carries(cls, f.name))


# ---- comparing ----
def _same(f: Field, before: Any, after: Any) -> bool:
    """Whether two values say the same: an empty text and none at all do, and so does an id in any case."""
    if f.refers:
        return bool(_folded(before) == _folded(after))
    if isinstance(before, TranscriptSpan) and isinstance(after, TranscriptSpan):
        return [_folded(before.start), _folded(before.end)] == [_folded(after.start), _folded(after.end)]
    return bool(before == after) or (before in (None, "") and after in (None, ""))


def _near(before: Any, now: Any) -> bool:
    """Whether a place, or a position, only takes in a line end that it lay in."""
    if isinstance(before, int) and isinstance(now, int):
        return 0 <= before - now <= 1
    return isinstance(before, TextSpan) and isinstance(now, TextSpan) and 0 <= before.start - now.start <= 1 and 0 <= now.end - before.end <= 1


def _folded(value: Any) -> Any:
    return sorted(map(fold, value)) if isinstance(value, list) else fold(value) if value else None
