"""All things of a study by their id, and the parts that hold what the standard does not know; made in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualdata.model.base import Part, Thing, fold
from qualdata.model.study import Study, within

__all__ = ["Index"]


class Index:
    """Who is who in a study."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.things: dict[str, Thing] = {}
        """The first thing with each id, by the folded id."""
        self.again: list[Thing] = []
        """Things with an id that one before has."""
        self.extras: list[Part] = []
        """Parts with something in `extra`."""
        todo: list[Any] = [study]
        while todo:
            part = todo.pop()
            self.take(part)
            inner = list(within(part))
            inner.reverse()
            todo += inner

    def take(self, part: Any) -> None:
        """Take one part in."""
        if part.extra:
            self.extras.append(part)
        id = getattr(part, "id", None)
        if id is not None and self.things.setdefault(fold(id), part) is not part:
            self.again.append(part)

    def parts(self) -> Iterator[Part]:
        """All parts of the study, values and evidence included."""
        todo: list[Part] = [self.study]
        while todo:
            part = todo.pop()
            yield part
            todo += within(part)

    def get(self, id: str) -> Thing | None:
        """The thing with an id, whatever its case and braces."""
        return self.things.get(id) or self.things.get(fold(id))
