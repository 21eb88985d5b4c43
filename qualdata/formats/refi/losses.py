"""What a target could not be told, as losses: one for each kind and field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from qualdata.formats.refi.binding import PROJECT
from qualdata.formats.refi.vocabulary import elements
from qualdata.model.loss import Loss
from qualdata.model.nouns import counted, noun
from qualdata.model.study import LISTS

__all__ = ["KEPT", "LARGE", "losses", "unsaid"]

_WHY: Final = {
    "extra": ("unknown content", "It is not part of the standard; only the target as-read writes it back."),
    "parent": ("moved", "The code they stand under is not in the study, or stands under them; they are written at the top."),
    "documents": ("no place", "The file holds data only; documents of a study have no place in it."),
    "text": ("changed", "The text cannot be said in a file of this kind as it is."),
    **dict.fromkeys(("path", "rich_path", "media", "rich"), ("missing", "A bare .qde holds no files; write a .qdpx to take them along.")),
}
_FILES: Final = {"path": "file", "media": "file", "rich_path": "formatted text", "rich": "formatted text"}
_GUIDS: Final = "REFI-QDA takes only GUIDs as ids, and each once; each of these was replaced by one, always the same."
KEPT: Final = "It stays outside the project, where the file that was read has it: keep them together."
LARGE: Final = "It has 2 GB or more, too much for a file in a project, and stays outside: keep them together."


def losses(lost: Iterable[tuple[str, str, str]], renamed: dict[str, str], outside: Iterable[tuple[str, str, str, str]] = ()) -> list[Loss]:
    """Losses of what was not written (ids of things, their classes, fields), of the ids that were replaced, and of files left outside, with the reason."""
    ids: dict[tuple[str, ...], list[str]] = {}
    for id, *what in (*lost, *outside):
        ids.setdefault(tuple(what), []).append(id)
    found = [_loss(*what, ids=tuple(dict.fromkeys(of))) for what, of in ids.items()]
    if renamed:
        where = f"{len(renamed):,} {'id' if len(renamed) == 1 else 'ids'}"
        found.append(Loss("renamed", ("Thing.id",), tuple(renamed), where, _GUIDS))
    return found


def _loss(cls: str, name: str, outside: str = "", *, ids: tuple[str, ...]) -> Loss:
    full = f"{cls}.{name}"
    otherwise = ("no place", "REFI-QDA has no place for it.") if full in unsaid() else ("invalid", "What stands there has not the form that REFI-QDA asks for.")
    kind, why = ("missing", outside) if outside else _WHY.get(name, otherwise)
    things = name.replace("_", " ") if (cls == "Study" and name in LISTS.values()) or name in ("speakers", "turns") else None
    where = f"{len(ids):,} {things if len(ids) != 1 else things.removesuffix('s')}" if things else f"{counted(len(ids), cls)}: {_words(name)}"
    return Loss(kind, (full,), ids, where, why)


@cache
def unsaid() -> frozenset[str]:
    """The fields of the model that REFI-QDA cannot say, as `Code.origin`."""
    return frozenset(f"{e.cls.__name__}.{name}" for e in elements(PROJECT) for name in e.unsaid)


def _words(name: str) -> str:
    return {"extra": "unknown content", "parent": f"the {noun('Code')} above", **_FILES}.get(name, name.replace("_", " "))
