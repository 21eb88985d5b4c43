"""What findings rest on: points on codings, themes on points and passages, and all of them on people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.counting import counting
from qualdata.model.excerpt import Excerpt
from qualdata.model.point import Point
from qualdata.model.theme import Theme
from qualdata.rules.dataset import Dataset

__all__ = ["Evidence", "addressed_by_code", "untraceable"]


def untraceable(data: Dataset) -> Iterator[tuple[Point, str]]:
    """The points that lead back to no one's words, each with the reason."""
    for point in data.study.points:
        if not point.codings:
            if point.process == "describe" or not point.literature:
                yield point, "the point rests on no coding"
            continue
        found = [data.index.get(id) for id in point.codings]
        if all(isinstance(coding, Coding) and coding.status == "rejected" for coding in found):
            yield point, "the point rests only on codings that were rejected"


def addressed_by_code(data: Dataset) -> Iterator[tuple[Code | None, int, int]]:
    """How many codings each code has, and how many of them some point rests on; of codings that count. None stands for codes that are not there."""
    done = {fold(id) for point in data.study.points for id in point.codings}
    codes = {fold(code.id): code for code in reversed(data.study.codes)}
    number: Counter[str] = Counter()
    addressed: Counter[str] = Counter()
    for id, coding in counting(data.study).items():
        key = key if (key := fold(coding.code)) in codes else ""
        number[key] += 1
        addressed[key] += id in done
    for key in (*codes, ""):
        if number[key]:
            yield codes.get(key), number[key], addressed[key]


class Evidence:
    """Whom the evidence of themes comes from."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.of: dict[str, set[str | None]] = {}
        for segment in data.study.segments():
            cases: set[str | None] = {fold(case.id) for case in segment.cases} or {None}
            for thing in (segment.coding, segment.excerpt):
                if thing is not None:
                    self.of.setdefault(fold(thing.id), set()).update(cases)

    def cases(self, theme: Theme) -> set[str | None]:
        """The folded ids of the cases that a theme rests on; None stands for what is not known."""
        found: set[str | None] = set()
        todo, seen = [fold(one.ref) for one in theme.evidence], {fold(theme.id)}
        while todo:
            id = todo.pop()
            if id in seen:
                continue
            seen.add(id)
            thing = self.data.index.get(id)
            if isinstance(thing, Theme):
                todo += [fold(one.ref) for one in thing.evidence]
            elif isinstance(thing, Point) and not thing.cases:
                todo += map(fold, thing.codings)
            elif isinstance(thing, Point):
                found |= set(map(fold, thing.cases))
            elif isinstance(thing, Coding | Excerpt):
                found |= self.of.get(id, {None})
        return found
