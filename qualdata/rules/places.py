"""Where the things of a study stand in its document, and what to call them; looked up once something was found."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Any, Final

from qualdata.model.base import Part
from qualdata.model.nouns import noun
from qualdata.model.source import Source, Transcript
from qualdata.rules.index import Index, held

__all__ = ["Places", "called"]

_NAMES: Final = ("name", "title", "label", "heading")
Step = tuple[Part, str, int | None]
"""The part that another stands in, the field, and the number in a list."""


class Places:
    """The place of each part of a study. Only of what is asked for, and what stands in the same source, it is found out."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.steps: dict[int, Step | None] = {}
        self.known: set[int] = set()
        if index.parts:
            self.steps[id(index.parts[0])] = None  # the study stands in nothing
            self._within(index.parts[0], deep=False)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {id(part): number for number, part in enumerate(self.index.parts)}

    def path(self, part: Part, within: Part | None = None) -> str | None:
        """The place in `study.json`, as `sources[3].excerpts[17]`; None for the study itself, and for what is not in it.

        *within* is the source, memo or transcript it stands in, if that is known: then there is less to look through.
        """
        steps: list[str] = []
        if within is not None:
            self._look_into(within)
        while found := self._step(part):
            part, name, number = found
            steps.append(name if number is None else f"{name}[{number}]")
        return ".".join(reversed(steps)) or None

    def holder(self, part: Part) -> Any:
        """The source, memo or transcript that a part stands in; None for what stands in none."""
        while found := self._step(part):
            part = found[0]
            if isinstance(part, Source | Transcript):
                return part
        return None

    def _step(self, part: Part) -> Step | None:
        if id(part) not in self.steps and (number := self._numbers.get(id(part))):
            self._look_into(self.index.parts[self.index.tops[bisect_right(self.index.tops, number) - 1]])
        return self.steps.get(id(part))

    def _look_into(self, part: Part) -> None:
        if id(part) not in self.known:
            self.known.add(id(part))
            self._within(part, deep=True)

    def _within(self, part: Part, *, deep: bool) -> None:
        """Take down where the parts stand that are in a part; *deep*: and those in them."""
        todo = [part]
        while todo:
            part = todo.pop()
            for name, many in held(type(part)):
                value = getattr(part, name)
                for number, inner in enumerate(value) if many else ((None, value),):
                    if isinstance(inner, Part):
                        self.steps[id(inner)] = (part, name, number)
                        if deep:
                            todo.append(inner)


def called(part: Part) -> tuple[str, str | None]:
    """What a part is, and what it is called, if it has a name."""
    name = next((value for field in _NAMES if (value := getattr(part, field, None))), None)
    return noun(type(part).__name__), name
