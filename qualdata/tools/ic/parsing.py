"""Reading the files of a study's codes: which paragraphs are its extracts, which are points, and what these rest on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.point import Point
from qualdata.model.study import Study
from qualdata.report.pages import Line, Lines
from qualdata.tools.ic.citations import CODE, Cited, cited, handle
from qualdata.tools.ic.documents import ABOVE, Marks, person, point_text, words_of
from qualdata.tools.ic.extracts import Extracts
from qualdata.tools.ic.sections import Where, step
from qualdata.tools.ic.typed import Parsed, Typed, Unread

__all__ = ["Parser"]

_WORD: Final = re.compile(r"\w+")
_SHOWN: Final = 50


class Parser:
    """Reads the files of one study."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.extracts = Extracts(study)
        self.marks = Marks.of(study)
        self.whos = self.extracts.whos

    def parse(self, name: str, unit: str, page: Lines) -> Parsed:
        """Read one file, given its name and what its places are counted in."""
        where, typed = Where(name, unit), list[Typed]()
        unread = [Unread(name, None, unit, f"{what} in it {'was' if what.startswith('1 ') else 'were'} not read.") for what in page.apart]
        if strange := self._strange(page):
            return Parsed((), (Unread(name, None, unit, strange),))
        for line in page.lines:
            for found in self._line(line, where):
                if isinstance(found, Typed):
                    typed.append(found)
                else:
                    unread.append(found)
        return Parsed(tuple(typed), tuple(unread), where.code.id if where.code and where.section else None)

    def _strange(self, page: Lines) -> str | None:
        """Why nothing of a page is read, if it is no file of this study."""
        if not any(CODE.search(line.text) for line in page.lines):
            return "it does not name its code, as the files of `qualdata ic codings` do in the line Code; nothing was read."
        labels = (label for line in page.lines for label in cited(line.text, self.whos).labels)
        if any(self._code(line.text) for line in page.lines) or any(self.extracts.codings.find(handle(label)) for label in labels):
            return None
        return "this study has neither the code nor the extracts that it is about; nothing was read."

    def standing(self, point: Point) -> Typed:
        """A point of the study as it is read from a file that no one has changed."""
        said = cited(point_text(point, self.extracts), self.whos)
        text, process = step(said.text, point.process)
        found = (self.extracts.codings.find(handle(label)) for label in said.labels)
        codings = dict.fromkeys(codings[0].id for codings in found if len(codings) == 1)
        return Typed("", 0, "", text, process, " ".join((point.heading or "").split()) or None, tuple(codings))

    def _line(self, line: Line, where: Where) -> Iterator[Typed | Unread]:
        if where.top and line.text.startswith(ABOVE):
            where.code = self._code(line.text) or where.code
            return
        said = cited(line.text, self.whos)
        if line.level and not said.labels and not said.marks:
            where.enter(line)
            return
        where.top = where.top and not said.first
        if said.first and self._is_extract(line, said):
            return
        if where.extracts and said.first:
            yield _unread(line, where, "the extract was changed. A point goes into a paragraph of its own, with the label at its end; this was not read")
        elif said.labels or said.marks:
            yield from self._point(line, said, where)
        else:
            yield _unread(line, where, "no label of an extract stands in it, so it was not read. End it with the labels it rests on, in brackets")

    def _code(self, text: str) -> Code | None:
        found = CODE.search(text)
        codes = self.marks.codes.find(found[1]) if found and text.startswith("Code: ") else []
        return codes[0] if len(codes) == 1 else None

    def _is_extract(self, line: Line, said: Cited) -> bool:
        """Whether a paragraph is the extract that it begins with, and nothing was written into it."""
        found = self.extracts.codings.find(handle(said.labels[0]))
        if len(found) != 1:
            return False
        extract = self.extracts.every[fold(found[0].id)]
        segment = extract.segment
        head, _, body = line.text.partition("\n")
        people = (person(case, self.study.variables) for case in segment.cases)
        known = (said.labels[0], *people, segment.source.name or segment.source.id, segment.code_path or segment.coding.code)
        return _bare(body) == _bare((extract.prompt or "") + words_of(segment)) and set(_WORD.findall(head)) <= set(_WORD.findall(" ".join(known)))

    # ---- points ----
    def _point(self, line: Line, said: Cited, where: Where) -> Iterator[Typed | Unread]:
        mark, slip = self._mark(said, where)
        before = None if mark is None else self.standing(self.marks.points.find(mark)[0])
        rests, wrong = self._rests(said, before.codings if before else ())
        wrong += [slip] if slip else []
        text, process = step(said.text, where.process)
        if not (rests or before) or not (text or (before and not before.text)):
            yield _unread(line, where, "; ".join([*wrong, "it has no words" if rests else "so it rests on nothing"]) + ", and was not read")
            return
        if before and before.codings and not rests:
            wrong.append("no label stands in it any more; the point keeps the extracts that it rested on")
            rests = before.codings
        yield from (_unread(line, where, what) for what in wrong)
        yield Typed(where.file, line.number, where.unit, text, process, where.heading, rests, mark, where.code.id if where.code else None)

    def _rests(self, said: Cited, before: Collection[str]) -> tuple[tuple[str, ...], list[str]]:
        """Ids of the codings that a paragraph cites, and what is wrong with its labels; what it cited *before* is not judged."""
        codings: dict[str, str] = {}
        wrong = []
        for label in said.labels:
            coding, slip = self._coding(label)
            if coding is not None and fold(coding.id) in codings:
                slip = f"{label} is cited twice; once is enough"
            elif coding is not None and fold(coding.id) not in self.extracts.counting and coding.id not in before:
                slip = f"{label} does not count, as it was rejected or not agreed on; it is cited all the same"
            if coding is not None:
                codings.setdefault(fold(coding.id), coding.id)
            wrong += [slip] if slip else []
        return tuple(codings.values()), [*wrong, *(f"{word} is no label" for word in said.strange)]

    def _coding(self, label: str) -> tuple[Coding | None, str | None]:
        """The coding that a label means, and what is wrong with it."""
        found = self.extracts.codings.find(handle(label))
        if len(found) == 1:
            return found[0], None
        return None, f"there is no extract {label}" if not found else f"{label} may mean {' or '.join(map(self.extracts.label, found))}"

    def _mark(self, said: Cited, where: Where) -> tuple[str | None, str | None]:
        """The mark of a point, and what is wrong with it."""
        if not said.marks:
            return None, None
        mark = said.marks[0].lower()
        found = self.marks.points.find(mark)
        if len(found) != 1:
            return None, f"the study has no point [#{mark}]; it is taken for a new one" if said.labels else f"the study has no point [#{mark}]"
        whole = self.marks.points.of(found[0])
        if whole in where.marks:
            return None, f"[#{mark}] stands a second time in this file; here it is taken for a new point"
        where.marks.add(whole)
        return whole, f"[#{said.marks[1]}] is a second mark; the first one counts" if len(said.marks) > 1 else None


def _unread(line: Line, where: Where, what: str) -> Unread:
    words = " ".join(line.text.split())
    shown = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return Unread(where.file, line.number, where.unit, f"{what} (“{shown}”).")


def _bare(text: str) -> str:
    """A text without what editors change: spaces, quotation marks, dashes; one of signs alone without spaces and the signs of italics."""
    return "".join(c for c in text if c.isalnum()) or "".join(text.replace("*", "").split())
