"""Bringing a codebook into a study: what is new is added, what it says otherwise is changed, nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final, TypeVar

from attrs import fields, frozen

from qualdata.match.codes import GUID, code_pairs, name_key, set_pairs
from qualdata.match.pairing import Pair, Pairing
from qualdata.model.base import REF, fold, new_id
from qualdata.model.change import Action, CodeChange
from qualdata.model.code import Code
from qualdata.model.set import Set
from qualdata.model.study import Study, walk

__all__ = ["Change", "Changes", "bring_in", "record"]

T = TypeVar("T", bound=Code | Set)

_NEW: Final = "new"
_MEANING: Final = ("description", "include", "exclude", "example")
_ACTIONS: Final[dict[str, Action]] = {"name": "rename", "parent": "move", "status": "retire", **dict.fromkeys(_MEANING, "redefine")}
"""What a change of a field is called in the history of the codes; other fields have no word there."""


@frozen
class Change:
    """One field of a code or a set that a codebook says otherwise."""

    thing: Code | Set
    """The code or set of the study, as it is now."""
    field: str
    """The field."""
    before: Any
    """What stood there; for `parent` the code itself, or None at the top."""
    after: Any
    """What stands there now."""


@frozen
class Changes:
    """What a codebook did to a study; codes are those of the study, in the order of the codebook."""

    pairs: tuple[Pair[Code], ...]
    """The codes that both have, each with how that was told: `GUID` or `path of names`."""
    added: tuple[Code, ...]
    """The codes that were new."""
    ambiguous: tuple[Code | Set, ...]
    """The new codes and sets that now stand beside one of the same name, as it could not be told which is which."""
    changed: tuple[Change, ...]
    """What was changed in codes; a code that now stands elsewhere is a change of `parent`."""
    left: tuple[Code, ...]
    """The codes that only the study has, in its own order. They stay as they were."""
    sets_added: tuple[Set, ...]
    """The sets that were new."""
    sets_changed: tuple[Change, ...]
    """What was changed in sets."""
    memos: int
    """How many memos about its codes the codebook has. They were not brought in."""

    @property
    def moved(self) -> list[Change]:
        """The changes of place."""
        return [change for change in self.changed if change.field == "parent"]

    @property
    def same(self) -> list[Code]:
        """The codes that both have and that are as they were."""
        touched = {id(change.thing) for change in self.changed}
        return [pair.here for pair in self.pairs if id(pair.here) not in touched]


def bring_in(study: Study, codebook: Study) -> Changes:
    """Change a study so that it has all codes of a codebook, which may be any study, and its sets of codes.

    Codes are matched by GUID, then by the path of names. One that is matched takes what the codebook says of it, and its
    place in the tree; matched by its path, it keeps its name. What the codebook leaves out, a colour or a meaning, stays. New
    codes keep their GUID, if it is free, and come after those that are there. Sets are matched by GUID, then by
    name, and members added to them.
    """
    taken = {fold(thing.id) for thing in walk(study)}
    found, order = code_pairs(study, codebook), {fold(code.id): n for n, code in enumerate(codebook.codes_in_order)}
    codes = sorted(_with_new(found, taken), key=lambda pair: order[fold(pair.there.id)])
    found_sets = set_pairs(study.sets, (s for s in codebook.sets if s.codes or not (s.sources or s.memos)))
    sets = _with_new(found_sets, taken)
    ours = {fold(pair.there.id): pair.here for pair in codes}
    changed = _codes_followed(codes, ours, _above(study), _above(codebook), _unsaid(codebook))
    sets_changed = tuple(change for pair in sets for change in (*_said(pair), *_joined(pair, "codes", ours)) if pair.basis != _NEW)
    added, sets_added = _added(study, codes), _added(study, sets)
    return Changes(
        pairs=tuple(pair for pair in codes if pair.basis != _NEW),
        added=added,
        ambiguous=_ambiguous(study, [*found.here, *found_sets.here], [*added, *sets_added]),
        changed=changed,
        left=tuple(found.here),
        sets_added=sets_added,
        sets_changed=sets_changed,
        memos=len({fold(memo) for code in codebook.codes for memo in code.memos}),
    )


def record(study: Study, changes: Changes, date: str, by: str | None = None) -> list[CodeChange]:
    """Write down in the history of the codes what a codebook did, and return the entries; colours and use have no place in it."""
    entries = [CodeChange(action="add", date=date, by=by, codes=[code.id for code in changes.added])] if changes.added else []
    entries += [
        CodeChange(action=_ACTIONS[c.field], date=date, by=by, codes=[c.thing.id], before=_word(c.before), after=_word(c.after)) for c in changes.changed if c.field in _ACTIONS
    ]
    return [study.add(entry) for entry in entries]


def _word(value: Any) -> str | None:
    return value.name if isinstance(value, Code) else value


# ---- who is who ----
def _with_new(found: Pairing[T], taken: set[str]) -> list[Pair[T]]:
    """What is matched, and what is not, with a copy that the study gets."""
    return [*found.pairs, *(Pair(_copy(thing, taken), thing, _NEW) for thing in found.there)]


def _added(study: Study, pairs: list[Pair[T]]) -> tuple[T, ...]:
    return tuple(study.add(pair.here) for pair in pairs if pair.basis == _NEW)


def _copy(thing: T, taken: set[str]) -> T:
    """A copy that points at nothing yet; its id is another where the study has it already."""
    copy = deepcopy(thing)
    copy.id = thing.id if fold(thing.id) not in taken else new_id()
    taken.add(fold(copy.id))
    for field in fields(type(thing)):
        if field.metadata.get("role") == REF["role"]:
            setattr(copy, field.name, None if field.default is None else field.default.factory())
    return copy


def _above(study: Study) -> dict[str, Code]:
    """The code that each code stands under, by folded id; those at the top are not in it."""
    tree = study.code_tree
    return {fold(child.id): code for code in study.codes for child in tree.under(code)}


def _ambiguous(study: Study, left: list[Code | Set], added: list[Code | Set]) -> tuple[Code | Set, ...]:
    """What was added where something of the same name was left."""
    above = _above(study)

    def place(thing: Code | Set) -> tuple[type, int, str]:
        return type(thing), id(above.get(fold(thing.id))), name_key(thing.name)

    places = set(map(place, left))
    return tuple(thing for thing in added if place(thing) in places)


# ---- what is taken over ----
def _unsaid(codebook: Study) -> frozenset[str]:
    """The fields that its file says nothing of, as a table without a column for them."""
    return frozenset(codebook.reading.layout.get("unsaid", ()) if codebook.reading else ())


def _codes_followed(pairs: list[Pair[Code]], ours: dict[str, Code], above: dict[str, Code], theirs: dict[str, Code], unsaid: frozenset[str]) -> tuple[Change, ...]:
    """Make codes what the codebook says they are; of new ones it is not told."""
    changed: list[Change] = []
    for pair in pairs:
        parent = theirs.get(fold(pair.there.id))
        said = pair.basis == _NEW or "parent" not in unsaid
        place = _placed(pair.here, above.get(fold(pair.here.id)), ours[fold(parent.id)] if parent else None) if said else ()
        changes = [*_said(pair, unsaid), *place, *_joined(pair, "derived_from", ours)]
        changed += changes if pair.basis != _NEW else []
    return tuple(changed)


def _said(pair: Pair[T], unsaid: frozenset[str] = frozenset()) -> Iterator[Change]:
    """Take over what the codebook says; what has the value it has anyway, or none, says nothing, but for `codable`."""
    for field in fields(type(pair.there)):
        after, before = getattr(pair.there, field.name), getattr(pair.here, field.name)
        silent = field.name in unsaid or (after in (field.default, "") and field.name != "codable")
        apart = "role" in field.metadata or field.name == "extra" or (field.name == "name" and pair.basis != GUID)
        if not (silent or apart or _same(field.name, before, after)):
            setattr(pair.here, field.name, after)
            yield Change(pair.here, field.name, before, after)


def _same(field: str, before: Any, after: Any) -> bool:
    return bool(before == after or (field == "colour" and before and before.casefold() == after.casefold()))


def _placed(code: Code, before: Code | None, after: Code | None) -> Iterator[Change]:
    """Put a code where the codebook has it; one that named a parent in vain, and so stood at the top, no longer does."""
    parent = after.id if after else None
    if before is not after or (parent is None and code.parent is not None):
        code.parent = parent
        yield Change(code, "parent", before, after)


def _joined(pair: Pair[T], field: str, ours: dict[str, Code]) -> Iterator[Change]:
    """Add to a list of codes those that the codebook has in it."""
    before: list[str] = getattr(pair.here, field)
    there = [ours[fold(id)].id if fold(id) in ours else id for id in getattr(pair.there, field)]
    known = set(map(fold, before))
    after = [*before, *(id for id in dict.fromkeys(there) if fold(id) not in known)]
    if after != before:
        setattr(pair.here, field, after)
        yield Change(pair.here, field, before, after)
