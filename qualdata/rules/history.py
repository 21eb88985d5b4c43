"""The history of the codebook, followed from change to change: where it contradicts itself, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from qualdata.model.base import fold
from qualdata.model.change import CodeChange
from qualdata.model.code import Code
from qualdata.model.study import Study

__all__ = ["broken", "unlogged"]

_SAYS: Final = {"rename": ("name",), "redefine": ("description", "include", "exclude", "example")}
"""The fields of a code of one of which a change says what stood there before, and since."""
_ENDS: Final = ("retire", "merge", "split")
"""What may leave a code retired."""


def broken(study: Study) -> Iterator[tuple[CodeChange, str]]:
    """The changes that contradict others or the codebook, each with the reason."""
    for change in study.code_changes:
        if not change.codes:
            yield change, f"the change ({change.action}) does not say which code it was done to"
    retired = {fold(code.id) for code in study.codes if code.status == "retired"}
    for id, changes in _by_code(study).items():
        yield from _out_of_order(changes)
        yield from _torn([change for change in changes if change.action == "rename" and len(change.codes) == 1])
        last = next((change for change in reversed(changes) if change.action in ("add", "retire")), None)
        if last is not None and last.action == "retire" and id not in retired and study.get(id) is not None:
            yield last, f'the history says that the code "{study[id].name}" was retired, but it is in use'


def _out_of_order(changes: list[CodeChange]) -> Iterator[tuple[CodeChange, str]]:
    """Changes of a code before it was there."""
    for before, after in pairwise(changes):
        if after.action == "add" and before.action not in _ENDS and _later(after, before):
            yield after, "a code is added that the history changed before" if before.action != "add" else "a code is added twice"


def _later(after: CodeChange, before: CodeChange) -> bool:
    """Whether one change was surely made on a later day than another."""
    size = min(len(after.date or ""), len(before.date or ""), 10)
    return (after.date or "")[:size] > (before.date or "")[:size]


def _torn(changes: list[CodeChange]) -> Iterator[tuple[CodeChange, str]]:
    """Changes of a name that do not begin with the one that the change before ended with."""
    for before, after in pairwise(changes):
        if before.after and after.before and _plain(before.after) != _plain(after.before):
            yield after, f'the change says that the name was "{after.before}" before, but the change before it left "{before.after}"'


def unlogged(study: Study) -> Iterator[tuple[Code, str]]:
    """The codes that are not what their history says, each with the reason."""
    history = _by_code(study)
    for code in study.codes:
        changes = history.get(fold(code.id), [])
        if code.status == "retired" and not any(change.action in _ENDS for change in changes):
            yield code, f'the code "{code.name}" is retired, but no change says when and why'
        if code.derived_from and not any(change.action in ("split", "merge") for change in changes):
            yield code, f'the code "{code.name}" was made of others, but no change says when and why'
        for action, fields in _SAYS.items():
            last = next((c.after for c in reversed(changes) if c.action == action and c.after and len(c.codes) == 1), None)
            if last is not None and _plain(last) not in [_plain(getattr(code, field) or "") for field in fields]:
                yield code, f'what the last change ({action}) left of the code "{code.name}" is not what stands there now'


def _by_code(study: Study) -> dict[str, list[CodeChange]]:
    """The changes of each code, in their order in time; those without a date as they stand."""
    changes = study.code_changes
    if all(change.date for change in changes):
        changes = sorted(changes, key=lambda change: (change.date or "")[:10])
    found: dict[str, list[CodeChange]] = {}
    for change in changes:
        for id in dict.fromkeys(map(fold, change.codes)):
            found.setdefault(id, []).append(change)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
