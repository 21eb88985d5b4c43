"""What a target could not be told, as losses: one for each kind and field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from qualdata.formats.refi.roots import Root
from qualdata.formats.refi.vocabulary import elements
from qualdata.model.loss import Loss
from qualdata.model.nouns import counted, field_words, listed

__all__ = ["KEPT", "LARGE", "losses", "unsaid", "where_of"]

_WHY: Final = {
    "extra": ("unknown content", "It is not part of the standard; only the target as-read writes it back."),
    "parent": ("moved", "The code they stand under is not in the study, or stands under them; they are written at the top."),
    "documents": ("no place", "Documents of a study have no place in such a file."),
    "span": ("changed", "A place between the two characters of a line end cannot be told to a program that counts them as one; the passage takes in both."),
    "position": ("changed", "A place between the two characters of a line end cannot be told to a program that counts them as one."),
    "excerpts": ("no place", "Marks of a note are taken there for marks of the text that the note is on."),
    "text": ("changed", "The text cannot be said in a file of this kind as it is."),
    "base_path": ("changed", "It says now where the folder of the recordings is."),
    **dict.fromkeys(("path", "rich_path", "media", "rich"), ("missing", "A bare .qde holds no files; write a .qdpx to take them along.")),
}
_INVALID: Final = ("invalid", "What stands there has not the form that REFI-QDA asks for.")
_GUIDS: Final = "REFI-QDA takes only GUIDs as ids, and each once; each of these was replaced by one, always the same."
KEPT: Final = "It stays outside the project, where the file that was read has it: keep them together."
LARGE: Final = "It has 2 GB or more, too much for a file in a project, and stays outside: keep them together."


def losses(
    lost: Iterable[tuple[str, str, str]],
    renamed: dict[str, str],
    root: Root,
    outside: Iterable[tuple[str, str, str, str]] = (),
    reasons: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> list[Loss]:
    """Losses of what was not written under a root (ids of things, their classes, fields) and of the ids that were replaced.

    *outside* are files that were left outside, each with the reason; *reasons* are kinds and reasons of losses of single fields.
    """
    ids: dict[tuple[str, ...], list[str]] = {}
    for id, *what in (*lost, *outside):
        ids.setdefault(tuple(what), []).append(id)
    found = [_loss(root, reasons, tuple(dict.fromkeys(of)), *what) for what, of in ids.items()]
    if renamed:
        found.append(Loss("renamed", ("Thing.id",), tuple(renamed), counted(len(renamed), "id"), _GUIDS))
    return found


def _loss(root: Root, reasons: Mapping[str, tuple[str, str]], ids: tuple[str, ...], cls: str, name: str, outside: str = "") -> Loss:
    full = f"{cls}.{name}"
    why = ("missing", outside) if outside else reasons.get(full) or _why(root, cls, name)
    return Loss(why[0], (full,), ids, where_of(cls, name, len(ids)), why[1])


def _why(root: Root, cls: str, name: str) -> tuple[str, str]:
    """The kind of a loss, and the reason."""
    if cls not in {e.cls.__name__ for e in elements(root.element)}:
        return _no_place(root)
    return _WHY.get(name) or (_no_place(root) if f"{cls}.{name}" in unsaid(root) else _INVALID)


def _no_place(root: Root) -> tuple[str, str]:
    return "no place", f"{root.place} has no place for it."


def where_of(cls: str, name: str, number: int) -> str:
    """What a loss is about, in words: `3 codes: origin`, `2 themes`."""
    things = listed(f"{cls}.{name}")
    return counted(number, things) if things else f"{counted(number, cls)}: {field_words(name)}"


@cache
def unsaid(root: Root) -> frozenset[str]:
    """The fields of the model that cannot be said under a root, as `Code.origin`."""
    return frozenset(f"{e.cls.__name__}.{name}" for e in elements(root.element) for name in e.unsaid)
