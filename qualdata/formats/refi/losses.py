"""What a target could not be told, as losses: one for each kind and field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from qualdata.formats.refi.binding import PROJECT
from qualdata.formats.refi.conventions import REASONS
from qualdata.formats.refi.vocabulary import elements
from qualdata.model.loss import Loss
from qualdata.model.nouns import counted, noun
from qualdata.model.study import LISTS

__all__ = ["losses", "unsaid"]

_WHY: Final = {
    "extra": ("unknown content", "It is not part of the standard; only the target as-read writes it back."),
    "parent": ("moved", "The code they stand under is not in the study, or stands under them; they are written at the top."),
    "documents": ("no place", "The file holds data only; documents of a study have no place in it."),
    "text": ("changed", "The text cannot be said in a file of this kind as it is."),
    "path": ("missing", "A bare .qde holds no files; write a .qdpx to take them along."),
    "rich_path": ("missing", "A bare .qde holds no files; write a .qdpx to take them along."),
}

_NO_PLACE: Final = ("no place", "REFI-QDA has no place for it.")
_INVALID: Final = ("invalid", "What stands there has not the form that REFI-QDA asks for.")
_TOLD: Final = ("Evidence", "Interview", "Point", "ResearchQuestion", "Theme")
"""Classes that have no element, and are told by `conventions`."""


def losses(lost: Iterable[tuple[str, str, str]], renamed: dict[str, str]) -> list[Loss]:
    """Losses of what was not written (ids of things, their classes, fields) and of the ids that were replaced."""
    ids: dict[tuple[str, str], list[str]] = {}
    for id, cls, name in lost:
        ids.setdefault((cls, name), []).append(id)
    found = [_loss(cls, name, tuple(dict.fromkeys(of))) for (cls, name), of in ids.items()]
    if renamed:
        where = f"{len(renamed):,} {'id' if len(renamed) == 1 else 'ids'}"
        found.append(Loss("renamed", ("Thing.id",), tuple(renamed), where, "REFI-QDA takes only GUIDs as ids; each of these was replaced by one, always the same."))
    return found


def _loss(cls: str, name: str, ids: tuple[str, ...]) -> Loss:
    full = f"{cls}.{name}"
    otherwise = _NO_PLACE if full in unsaid() else _INVALID
    kind, why = REASONS.get(full) or (_NO_PLACE if cls in _TOLD else _WHY.get(name, otherwise))
    things = name.replace("_", " ") if (cls == "Study" and name in LISTS.values()) or name in ("speakers", "turns") else None
    where = f"{len(ids):,} {things if len(ids) != 1 else things.removesuffix('s')}" if things else f"{counted(len(ids), cls)}: {_words(name)}"
    return Loss(kind, (full,), ids, where, why)


@cache
def unsaid() -> frozenset[str]:
    """The fields of the model that REFI-QDA cannot say, as `Code.origin`."""
    return frozenset(f"{e.cls.__name__}.{name}" for e in elements(PROJECT) for name in e.unsaid)


def _words(name: str) -> str:
    return {"extra": "unknown content", "parent": f"the {noun('Code')} above", "rich_path": "formatted text", "path": "file"}.get(name, name.replace("_", " "))
