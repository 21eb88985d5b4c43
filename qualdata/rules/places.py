"""Where the things of a study stand in its document, and what to call them; looked up once something was found."""

from __future__ import annotations

from typing import Any, Final

from attrs import fields

from qualdata.model.base import Part
from qualdata.model.nouns import noun
from qualdata.model.source import Source, Transcript
from qualdata.model.study import Study

__all__ = ["Places", "called"]

_NAMES: Final = ("name", "title", "label", "heading")


class Places:
    """The place of each part of a study; made at the first question."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.above: dict[int, tuple[Part, str, int | None]] = {}
        todo: list[Part] = [study]
        while todo:
            part = todo.pop()
            for name, many in _held(type(part)):
                value = getattr(part, name)
                for number, inner in enumerate(value) if many else ((None, value),):
                    if isinstance(inner, Part):
                        self.above[id(inner)] = (part, name, number)
                        todo.append(inner)

    def path(self, part: Part) -> str | None:
        """The place in `study.json`, as `sources[3].excerpts[17]`; None for the study itself, and for what is not in it."""
        steps: list[str] = []
        while found := self.above.get(id(part)):
            part, name, number = found
            steps.append(name if number is None else f"{name}[{number}]")
        return ".".join(reversed(steps)) or None

    def holder(self, part: Part) -> Any:
        """The source, memo or transcript that a part stands in; None for what stands in none."""
        while found := self.above.get(id(part)):
            part = found[0]
            if isinstance(part, Source | Transcript):
                return part
        return None


def called(part: Part) -> tuple[str, str | None]:
    """What a part is, and what it is called, if it has a name."""
    name = next((value for field in _NAMES if (value := getattr(part, field, None))), None)
    return noun(type(part).__name__), name


_HELD: dict[type, tuple[tuple[str, bool], ...]] = {}


def _held(cls: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a class that hold other parts, and whether they hold many."""
    if cls not in _HELD:
        found: Any = fields(cls)
        _HELD[cls] = tuple((f.name, "list[" in str(f.type)) for f in found if f.init and f.name != "reading" and _may_hold(f.name, str(f.type)))
    return _HELD[cls]


def _may_hold(name: str, annotation: str) -> bool:
    return name != "extra" and (("list[" in annotation and "list[str]" not in annotation) or "Source" in annotation)
