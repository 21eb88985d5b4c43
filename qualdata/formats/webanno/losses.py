"""What a study holds and annotations have no place for, as losses: one for each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from attrs import NOTHING, Attribute, fields

from qualdata.formats.refi.losses import where_of
from qualdata.formats.webanno.terms import TERMS, said
from qualdata.model.annotations import holds_things
from qualdata.model.loss import Loss
from qualdata.model.study import Study, walk

__all__ = ["PREFIX", "is_kept", "losses"]

PREFIX: Final = "anno:"
"""What the keys of `extra` begin with under which what others wrote is kept."""

_WHY: Final = {
    "extra": ("unknown content", "It is content of another format."),
    "quote": ("no place", "The text, which is there, has these words at this place."),
    **dict.fromkeys(("text", "media"), ("missing", "There is no folder beside the annotations to put it into.")),
}
_NO_PLACE: Final = ("no place", "Web Annotation has no place for it.")


def losses(study: Study, also: Iterable[tuple[str, str, str]]) -> list[Loss]:
    """What of a study is not written; *also* is what the writer itself could not write: ids of things, their classes, fields."""
    ids: dict[tuple[str, str], list[str]] = {}
    for id, *what in (*_unsaid(study), *also):
        ids.setdefault((what[0], what[1]), []).append(id)
    return [_loss(cls, name, tuple(dict.fromkeys(found))) for (cls, name), found in ids.items()]


def _loss(cls: str, name: str, ids: tuple[str, ...]) -> Loss:
    kind, why = _WHY.get(name, _NO_PLACE)
    return Loss(kind, (f"{cls}.{name}",), ids, where_of(cls, name, len(ids)), why)


def _unsaid(study: Study) -> Iterator[tuple[str, str, str]]:
    for thing in walk(study):
        cls: Any = type(thing)
        for name, default, things in _unsayable(cls):
            value = getattr(thing, name)
            if value != default and not (name == "rich_path" and getattr(thing, "rich_identity", None) is None):
                yield from ((inner.id, cls.__name__, name) for inner in value) if things else ((thing.id, cls.__name__, name),)
        if cls in TERMS and thing.extra is not None and not is_kept(thing.extra):
            yield thing.id, cls.__name__, "extra"


def is_kept(extra: dict[str, Any]) -> bool:
    """Whether an `extra` is what annotations of others said, and nothing else; then it is written back."""
    return bool(extra) and all(key.startswith(PREFIX) for key in extra)


@cache
def _unsayable(cls: Any) -> tuple[tuple[str, Any, bool], ...]:
    """The fields of a class that have no place, with what they hold when nothing is said, and whether they hold things."""
    if cls not in TERMS:  # it stands in what has no place itself
        return ()
    left = [f for f in fields(cls) if f.init and f.eq and f.alias not in said(cls) and f.name != "extra"]
    return tuple((f.name, _default(f), holds_things(cls, f.name)) for f in left)


def _default(attribute: Attribute[Any]) -> Any:
    default: Any = attribute.default
    return default.factory() if hasattr(default, "factory") else None if default is NOTHING else default
