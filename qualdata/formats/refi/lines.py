"""Lines such as `Status: reviewed` at the end of a description, and lists of names: how fields are put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from qualdata.model.base import fold

__all__ = ["Names", "is_line", "joined", "parted"]

_BETWEEN = "; "


def is_line(text: str) -> bool:
    """Whether a text is one line, so that it can stand after a label."""
    return "\n" not in text


def joined(description: str | None, lines: Iterable[tuple[str, str]]) -> str:
    """A description, an empty line, and labelled lines; the lines alone where there is no description."""
    block = "\n".join(f"{label}: {value}" for label, value in lines)
    return block if description is None else f"{description}\n\n{block}"


def parted(text: str | None, labels: Sequence[str]) -> tuple[str | None, dict[str, list[str]]] | None:
    """The description and, by label, the lines at its end: what `joined` made, or None. Labels stand in this order."""
    if text is None:
        return None
    rest = text.split("\n")
    found: dict[str, list[str]] = {}
    for label in reversed(labels):
        start = len(rest)
        while start and rest[start - 1].startswith(f"{label}: "):
            start -= 1
        found[label] = [line[len(label) + 2 :] for line in rest[start:]]
        del rest[start:]
    if not rest:
        return None, found
    return ("\n".join(rest[:-1]), found) if len(rest) > 1 and not rest[-1] else None


class Names:
    """Ids by name, as far as a name belongs to one thing only."""

    def __init__(self, things: Iterable[tuple[str, str | None]]) -> None:
        named = [(id, name) for id, name in things if name and is_line(name)]
        times = Counter(name for _, name in named)
        self.ids = {name: id for id, name in named if times[name] == 1}
        self.names = {fold(id): name for name, id in self.ids.items()}

    def say(self, ids: Sequence[str]) -> str | None:
        """The names of things, if their ids can be found again by them."""
        text = _BETWEEN.join(self.names.get(fold(id), "") for id in ids)
        return text if [*map(fold, self.hear(text) or ())] == [*map(fold, ids)] else None

    def hear(self, text: str) -> list[str] | None:
        """The ids of the things that are named."""
        names = text.split(_BETWEEN)
        return [self.ids[name] for name in names] if all(name in self.ids for name in names) else None
