"""Points that were typed into analysis files, brought into a study: new ones are added, others changed, nothing is deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from qualdata.model.base import fold, guid_for, new_id
from qualdata.model.case import Case
from qualdata.model.point import Point
from qualdata.model.study import Study
from qualdata.tools.ic.parsing import Parser
from qualdata.tools.ic.typed import Parsed, Typed, Unread

__all__ = ["Points", "bring_in"]


@frozen
class Points:
    """What analysis files did to a study."""

    added: tuple[Point, ...]
    """The points that were new."""
    changed: tuple[Point, ...]
    """The points that the files say otherwise; they are now as the files have them."""
    same: tuple[Point, ...]
    """The points that are as they were."""
    left: tuple[Point, ...]
    """The points about the codes of the files that stand in none of these; they stay in the study."""
    unread: tuple[Unread, ...]
    """What could not be read."""


def bring_in(study: Study, files: Iterable[Parsed], parser: Parser) -> Points:
    """Change a study so that it has the points of analysis files; what of a point the files do not say stays.

    A point of a file is one of the study if it bears its mark; else if a point about the same code has its words; else if
    one, and only one, rests on the same codings. Otherwise it is new, with an id that is the same each time.
    """
    files = list(files)
    work = _Work(study, parser)
    typed, unread = [t for file in files for t in file.typed], [u for file in files for u in file.unread]
    unread += work.marked([t for t in typed if t.mark is not None])
    rest = work.by_words([t for t in typed if t.mark is None])
    work.new(work.by_codings(rest))
    about = {fold(file.about) for file in files if file.about is not None}
    left = [p for p in work.points if id(p) not in work.found and about & set(map(fold, p.codes))]
    kept = [p for p in work.points if id(p) in work.found and id(p) not in work.touched]
    changed = [p for p in work.points if id(p) in work.touched]
    return Points(tuple(work.added), tuple(changed), tuple(kept), tuple(left), tuple(unread))


class _Work:
    """The points of a study, and which of them have been found in the files."""

    def __init__(self, study: Study, parser: Parser) -> None:
        self.study, self.parser = study, parser
        self.points = list(study.points)
        self.standing = {id(point): parser.standing(point) for point in self.points}
        self.found: set[int] = set()
        self.touched: set[int] = set()
        self.added: list[Point] = []

    # ---- who is who ----
    def marked(self, typed: list[Typed]) -> list[Unread]:
        """Points with a mark. One may stand in the files of several codes: what was changed in any of them counts."""
        said: dict[int, Typed] = {}
        unread = []
        for one in typed:
            point = self.parser.marks.points.find(one.mark or "")[0]
            self.found.add(id(point))
            if self._differs(one, self.standing[id(point)]):
                before = said.setdefault(id(point), one)
                if self._differs(one, before):
                    unread.append(Unread(one.file, one.place, one.unit, f"[#{one.mark}] was changed in {before.file} in another way, and that counts."))
        for point in self.points:
            if id(point) in said:
                self._change(point, said[id(point)])
        return unread

    def by_words(self, typed: list[Typed]) -> list[Typed]:
        """Find points by their words, and return what is left."""
        words: dict[str, list[Point]] = {}
        for point in self.points:
            words.setdefault(_folded(self.standing[id(point)].text), []).append(point)
        return [one for one in typed if not self._take(one, [p for p in words.get(_folded(one.text), ()) if self._about(p, one)][:1])]

    def by_codings(self, typed: list[Typed]) -> list[Typed]:
        """Find points by what they rest on, where that is plain, and return what is left."""
        times = Counter(_rests(one) for one in typed)
        on: dict[frozenset[str], list[Point]] = {}
        for point in self.points:
            on.setdefault(_rests(self.standing[id(point)]), []).append(point)
        return [one for one in typed if times[_rests(one)] > 1 or not self._take(one, [p for p in on.get(_rests(one), ()) if self._about(p, one)])]

    def _about(self, point: Point, typed: Typed) -> bool:
        """Whether a point has not been found, and is about the code of a file or of what is cited."""
        codes = {fold(code) for code in (typed.code, *self._codes(typed.codings)) if code is not None}
        return id(point) not in self.found and bool(codes & set(map(fold, point.codes)))

    def _take(self, typed: Typed, found: list[Point]) -> bool:
        if len(found) != 1:
            return False
        self.found.add(id(found[0]))
        if self._differs(typed, self.standing[id(found[0])]):
            self._change(found[0], typed)
        return True

    # ---- what is taken over ----
    def _differs(self, one: Typed, other: Typed) -> bool:
        return (_folded(one.text), one.heading, one.process, _rests(one)) != (_folded(other.text), other.heading, other.process, _rests(other))

    def _change(self, point: Point, typed: Typed) -> None:
        """Make a point what a file says; codings that the file could not show stay."""
        before = self.standing[id(point)]
        self.touched.add(id(point))
        if _folded(typed.text) != _folded(before.text):
            point.text = typed.text
        if typed.heading != before.heading:
            point.heading = typed.heading
        point.process = typed.process
        if _rests(typed) != _rests(before):
            unseen = [id for id in point.codings if fold(id) not in self.parser.extracts.segments]
            point.codings, point.cases = [*typed.codings, *unseen], self._cases(typed.codings)
            point.codes = self._codes(typed.codings) or point.codes

    def new(self, typed: list[Typed]) -> None:
        """Add points that the study has not; two that are alike in words and codings are one."""
        alike = {(_folded(one.text), _rests(one)): one for one in reversed(typed)}
        for one in reversed(alike.values()):
            codes = self._codes(one.codings) or ([one.code] if one.code is not None else [])
            id = guid_for(self.study.id, "\n".join((*codes, *sorted(one.codings), _folded(one.text))))
            point = Point(
                id=id if self.study.get(id) is None else new_id(), text=one.text, heading=one.heading, process=one.process, codes=codes,
                codings=[*one.codings], cases=self._cases(one.codings),
            )  # fmt: skip
            self.added.append(self.study.add(point))

    def _codes(self, codings: Iterable[str]) -> list[str]:
        segments = self.parser.extracts.segments
        return list(dict.fromkeys(segments[fold(id)].coding.code for id in codings))

    def _cases(self, codings: Iterable[str]) -> list[str]:
        there = {fold(case.id) for id in codings for case in self.parser.extracts.segments[fold(id)].cases}
        cases: list[Case] = self.study.cases
        return [case.id for case in cases if fold(case.id) in there]


def _folded(text: str) -> str:
    return " ".join(text.split())


def _rests(typed: Typed) -> frozenset[str]:
    return frozenset(map(fold, typed.codings))
