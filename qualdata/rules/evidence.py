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
        self._data = data
        self._of: dict[str, set[str | None]] = {}
        for segment in data.study.segments():
            cases: set[str | None] = {fold(case.id) for case in segment.cases} or {None}
            for thing in (segment.coding, segment.excerpt):
                if thing is not None:
                    self._of.setdefault(fold(thing.id), set()).update(cases)

    def of_one(self) -> Iterator[Theme]:
        """The themes all of whose evidence, that of themes it names included, comes from one case that is known."""
        cases = self._cases()
        return (theme for theme in self._data.study.themes if len(cases[fold(theme.id)]) == 1 and None not in cases[fold(theme.id)])

    def _cases(self) -> dict[str, set[str | None]]:
        """Two of the cases that each theme rests on, or all where there are fewer; from theme to theme, until nothing changes."""
        found = {fold(theme.id): self._named(theme) for theme in self._data.study.themes}
        resting: dict[str, list[str]] = {}
        for theme in self._data.study.themes:
            for one in theme.evidence:
                resting.setdefault(fold(one.ref), []).append(fold(theme.id))
        todo = list(found)
        while todo:
            id = todo.pop()
            for above in resting.get(id, ()):
                if len(found[above]) < 2 and not found[id] <= found[above]:
                    found[above] |= found[id]
                    todo.append(above)
        return found

    def _named(self, theme: Theme) -> set[str | None]:
        """The folded ids of the cases of the passages and points that a theme names; None stands for what is not known."""
        found: set[str | None] = set()
        for one in theme.evidence:
            thing = self._data.index.get(one.ref)
            if isinstance(thing, Point):
                found |= set(map(fold, thing.cases)) or {case for id in thing.codings for case in self._of.get(fold(id), {None})}
            elif isinstance(thing, Coding | Excerpt):
                found |= self._of.get(fold(one.ref), {None})
        return found
