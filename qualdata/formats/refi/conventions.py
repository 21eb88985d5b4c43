"""Interviews, themes and points in a REFI-QDA project, which has no elements of its own for them.

They are put into what it has, so that they can be read in any program, and come back from the file alone.

**An interview** is variables with values on each of its sources: `Interview: name`, `kind`, `mode`, `wave`, `date`,
`duration` (as `0:40:00`), `language`, `cases`, `interviewers` (names, as `Ana; Ben`). `number` and `part` are there where
the order of interviews, or of the sources in one, is not that of the sources in the project; `id` holds its id, which can
be left out by hand where it has one source.

**A theme** is a set `Theme: NAME`. Its codes are members, and so are the memos and points among its evidence. Its
description, then an empty line, then lines::

    Statement: Those who stayed were called by name.
    Question: What makes people stay? [addb4659-3661-53a4-9d0c-07ff1d2344df]
    Part of: NAME
    Status: reviewed

The id of a question stands in brackets; one written by hand needs none. Links lead from the set to the evidence, named by
what it does for the theme and how: `supports`, `contradicts: he would rather not`. Memos and points at the end of the evidence
that support the theme, and of which no more is said, are members only. A coding is linked by what it is laid on.

**A point** is a note `Point: HEADING` (or `Point`) with its text, its author and its memos. Its codes are laid on the note,
so that it is found by them. Links `rests on` lead to the coded passages. Its description has lines `Cases:` (names),
`Literature:` (one for each) and `Process:`.

**Back** comes what is exactly so: a set with `Status:` as its last line, a note with `Process:`, sources with
`Interview: kind`, nothing in them that is not named above. All else stays what it is, so nothing is made up, and `as-read`
writes either again as it was, in its place. Sets and notes can be made in another program in this way too; links that
somebody made, renamed or coloured there stay links. A set or memo of a study that would be read again as what it is not is
left without its description, a link is left out, and both are losses.

**Lost** are, of interviews: guide, own attributes, memos, author and dates; of themes: memos, author and dates; of
questions: those that no theme asks, or that themes ask in another order than the study, their descriptions and parents.
Cases, contributors and themes are told by their names, so these must differ; statements and questions must fit a line.

What programs make of links from a set, and of codes laid on a note, has not been tried. One that gives all things new ids on
export leaves them links and notes, as they are known by the ids of both ends: themes come back without linked evidence, and
points with codes as memos.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from attrs import define

from qualdata.formats.refi import interviews, points, themes
from qualdata.formats.refi.telling import LAYOUT, Telling
from qualdata.formats.refi.tools.tool import VALUES
from qualdata.model.base import fold
from qualdata.model.copying import shallow
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["REASONS", "STANDS_IN", "Carried", "carried", "taken_back"]

_STEPS: Final = (interviews, points, themes)
_ONE_LINE: Final = "It has a line break, and would have to stand in one line of a description."
_NAMES: Final = "They are told by their names, and one of these has no name, or one that others have too."
_TAKEN: Final = "It is told by links or codings, of which one is there that says something else; or an id has a # in it."
_WORD: Final = ("invalid", "It is none of the words that are told.")
_ALIKE: Final = "With it, it would be read again as a {}; REFI-QDA has no other way to tell them apart."
REASONS: Final = {
    **dict.fromkeys(("Evidence.role", "Interview.kind", "Interview.mode", "Point.process", "Theme.status"), _WORD),
    **dict.fromkeys(("Interview.duration", "Point.created", "Point.modified"), ("invalid", "What stands there has not the form that REFI-QDA asks for.")),
    "Interview.cases": ("no place", _NAMES),
    "Interview.interviewers": ("no place", _NAMES),
    "Interview.guide": ("no place", "Documents of a study have no place in a project."),
    "Memo.description": ("no place", _ALIKE.format("point")),
    "Point.cases": ("no place", _NAMES),
    "Point.literature": ("no place", _ONE_LINE),
    "Set.description": ("no place", _ALIKE.format("theme")),
    "Study.interviews": ("no place", "It is told by variables of its sources: it needs sources that no other interview has, and names that no other variables have."),
    "Study.links": ("no place", "They would be read again as evidence of a theme, or as what a point rests on."),
    "Study.questions": ("no place", "A question is told by the themes that ask it, in one line, and in the order of the study."),
    "Point.codes": ("no place", _TAKEN),
    "Point.codings": ("no place", _TAKEN),
    "Theme.evidence": ("no place", _TAKEN),
    "Theme.parent": ("no place", "A theme is told to be part of another by a name that no other theme has."),
    "Theme.questions": ("no place", "Questions are told in one line each, and in the order of the study."),
    "Theme.statement": ("no place", _ONE_LINE),
}
"""Kinds and reasons of losses of what can be told otherwise."""
STANDS_IN: Final = {
    "Study.interviews": {"Study.variables", *VALUES},
    "Study.points": {"Study.memos"},
    "Study.questions": {"Study.sets"},
    "Study.themes": {"Study.sets"},
}
"""In what a project holds them: a program that does not give it back does not give them back either."""


@define(eq=False)
class Carried:
    """A study as a file can be told it, and what of it cannot be told."""

    original: Study
    """The study as it came."""
    study: Study
    """A shallow copy, its interviews, points and themes put into variables, notes, sets and links."""
    faithful: bool
    """Whether ids and unknown content are written as they are."""
    lost: list[tuple[str, str, str]]
    """Ids of things, their classes and fields that cannot be told."""
    renamed: dict[str, str]
    """Ids that stand in a text, and the GUIDs that stand for them."""
    shared: Set[str]
    """Ids, folded, that are written as the one that they repeat."""

    def guarded(self, ready: Study) -> Study:
        """What is about to be written, but so that nothing is taken back which was no interview, point or theme before.

        A set or memo that would be is left without its description, variables that would be without one value, a link is left out.
        """
        sets = {fold(s.id) for s in self.original.sets if s.name.startswith(themes.PREFIX)}
        memos = {fold(m.id) for m in self.original.memos if (m.name or "").startswith(points.NAME)}
        variables = {fold(v.id) for v in self.original.variables if v.name == interviews.KIND}
        tied = {fold(thing.id) for thing in (*self.original.points, *self.original.themes)}
        links = {fold(link.id) for link in self.original.links if fold(link.origin or "") in tied}
        while sets or memos or variables or links:
            taken = taken_back(shallow(ready, interviews=[], points=[], themes=[], questions=[]), faithful=self.faithful, shared=self.shared)
            found = sets & {fold(t.id) for t in taken.themes} | memos & {fold(p.id) for p in taken.points}
            ended = links & {fold(link.id) for link in ready.links} - {fold(link.id) for link in taken.links}
            if not found and not ended and not (variables and taken.interviews):
                break
            self.lost += [(link.id, "Study", "links") for link in ready.links if fold(link.id) in ended]
            left = [link for link in ready.links if fold(link.id) not in ended]
            ready = shallow(ready, sets=[self._plain(s, found) for s in ready.sets], memos=[self._plain(m, found) for m in ready.memos], links=left)
            if variables and taken.interviews:
                ready = shallow(ready, sources=self._unvalued(ready.sources, variables))
        return ready

    def _plain(self, thing: Any, found: set[str]) -> Any:
        if fold(thing.id) not in found:
            return thing
        self.lost.append((thing.id, type(thing).__name__, "description"))
        return shallow(thing, description=None)

    def _unvalued(self, sources: list[Any], variables: set[str]) -> list[Any]:
        """The sources, the first value of one of these variables left out."""
        n, i = next((n, i) for n, s in enumerate(sources) for i, v in enumerate(s.values) if v.value is not None and fold(v.variable) in variables)
        self.lost.append((f"{sources[n].id}/{i}", "Value", "value"))
        values = [shallow(v, value=None) if k == i else v for k, v in enumerate(sources[n].values)]
        return [shallow(s, values=values) if k == n else s for k, s in enumerate(sources)]

    def told(self, lost: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """All that is lost, with what a writer could not say, as losses of the study as it came: a note that stands for a point is a point."""
        made = {fold(p.id) for p in self.original.points} - {fold(p.id) for p in self.study.points}
        said = [(self._value(id), cls, name) if cls == "Value" else (id, "Point" if cls == "Memo" and fold(id) in made else cls, name) for id, cls, name in lost]
        return [*self.lost, *said]

    def _value(self, id: str) -> str:
        """The place of a value in the study as it came, where others stand before it in what is written."""
        holder, _, number = id.rpartition("/")
        for before, after in zip(self.original.sources, self.study.sources, strict=True):
            if after is not before and after.id == holder:
                return f"{holder}/{next(i for i, v in enumerate(before.values) if v is after.values[int(number)])}"
        return id


def carried(study: Study, *, faithful: bool = False, shared: Set[str] = frozenset()) -> Carried:
    """A study on its way out. *faithful* keeps the order and the ids that the file had, as `as-read` must; *shared* are ids that are written as another."""
    order = (study.reading or Reading()).layout.get(LAYOUT, {}) if faithful else {}
    made = Carried(study, study, faithful, [], {}, shared)
    for step in _STEPS:
        made.study = step.carry(Telling(made.study, faithful, order, made.lost, made.renamed, shared))
    return made


def taken_back(study: Study, *, faithful: bool = True, shared: Set[str] = frozenset()) -> Study:
    """A study that was read, with its interviews, points and themes; itself where there are none."""
    for step in reversed(_STEPS):
        order = (study.reading or Reading()).layout.get(LAYOUT, {})
        study = step.take(Telling(study, faithful, {**order}, shared=shared))
    return study
