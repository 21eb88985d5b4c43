"""What was changed in another program, in words: `2 codes renamed ('Cost' → 'Money')`, `14 codings added`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from attrs import frozen

from qualdata.model.nouns import counted, field_words

__all__ = ["Change", "changed", "in_words"]

How = Literal["added", "removed", "renamed", "moved", "changed"]
_HOW: Final[dict[str, How]] = {"name": "renamed", "title": "renamed", "parent": "moved", "span": "moved"}
"""How a change of a field is called; of any other, the field is named."""

_SHOWN: Final = 2
_LONGEST: Final = 40


@frozen
class Change:
    """One thing that is otherwise than it was."""

    how: How
    """What happened to it."""
    thing: Any
    """The thing."""
    field: str = ""
    """The field that is otherwise."""
    before: Any = None
    """What stood there."""
    after: Any = None
    """What stands there now."""


def changed(thing: Any, field: str, before: Any, after: Any) -> Change:
    """A change of a field."""
    return Change(_HOW.get(field, "changed"), thing, field, before, after)


def in_words(changes: Iterable[Change]) -> list[str]:
    """Changes in words, one phrase for each kind, in the order they were first met."""
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for change in changes:
        groups.setdefault((type(change.thing).__name__, change.how, change.field if change.how == "changed" else ""), []).append(change)
    return [_phrase(*key, group) for key, group in groups.items()]


def _phrase(cls: str, how: str, field: str, group: list[Change]) -> str:
    number = counted(len(group), cls)
    if how == "changed":
        return f"{number} with {'other' if isinstance(group[0].after, list) else 'another'} {field_words(field)}"
    shown = "; ".join(_examples(group)) if how == "renamed" else ""
    return f"{number} {how}" + (f" ({shown})" if shown else "")


def _examples(group: list[Change]) -> Iterator[str]:
    for change in group[:_SHOWN]:
        yield f"{_short(change.before)} → {_short(change.after)}"
    if len(group) > _SHOWN:
        yield "…"


def _short(name: Any) -> str:
    words = " ".join(str(name or "").split())
    return f"'{words if len(words) <= _LONGEST else words[: _LONGEST - 1] + '…'}'"
