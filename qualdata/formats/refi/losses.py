"""What a target could not be told, as losses: one for each kind and field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from qualdata.formats.refi.roots import Root
from qualdata.formats.refi.vocabulary import elements
from qualdata.model.loss import Loss
from qualdata.model.nouns import counted, field_words, listed

__all__ = ["losses", "unsaid", "where_of"]

_WHY: Final = {
    "extra": ("unknown content", "It is not part of the standard; only the target as-read writes it back."),
    "parent": ("moved", "The code they stand under is not in the study, or stands under them; they are written at the top."),
    "documents": ("no place", "Documents of a study have no place in such a file."),
    "span": ("changed", "A place between the two characters of a line end cannot be told to a program that counts them as one; the passage takes in both."),
    "position": ("changed", "A place between the two characters of a line end cannot be told to a program that counts them as one."),
    "text": ("changed", "The text cannot be said in a file of this kind as it is."),
    "base_path": ("changed", "It says now where the folder of the recordings is."),
    "path": ("missing", "A bare .qde holds no files; write a .qdpx to take them along."),
    "rich_path": ("missing", "A bare .qde holds no files; write a .qdpx to take them along."),
}


def losses(lost: Iterable[tuple[str, str, str]], renamed: dict[str, str], root: Root) -> list[Loss]:
    """Losses of what was not written under a root (ids of things, their classes, fields) and of the ids that were replaced."""
    ids: dict[tuple[str, str], list[str]] = {}
    for id, cls, name in lost:
        ids.setdefault((cls, name), []).append(id)
    found = [_loss(cls, name, tuple(dict.fromkeys(of)), root) for (cls, name), of in ids.items()]
    if renamed:
        why = "REFI-QDA takes only GUIDs as ids; each of these was replaced by one, always the same."
        found.append(Loss("renamed", ("Thing.id",), tuple(renamed), counted(len(renamed), "id"), why))
    return found


def _loss(cls: str, name: str, ids: tuple[str, ...], root: Root) -> Loss:
    full = f"{cls}.{name}"
    otherwise = ("no place", f"{root.place} has no place for it.") if full in unsaid(root) else ("invalid", "What stands there has not the form that REFI-QDA asks for.")
    kind, why = _WHY.get(name, otherwise)
    return Loss(kind, (full,), ids, where_of(cls, name, len(ids)), why)


def where_of(cls: str, name: str, number: int) -> str:
    """What a loss is about, in words: `3 codes: origin`, `2 themes`."""
    things = listed(f"{cls}.{name}")
    return counted(number, things) if things else f"{counted(number, cls)}: {field_words(name)}"


@cache
def unsaid(root: Root) -> frozenset[str]:
    """The fields of the model that cannot be said under a root, as `Code.origin`."""
    return frozenset(f"{e.cls.__name__}.{name}" for e in elements(root.element) for name in e.unsaid)
