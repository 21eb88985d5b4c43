"""Themes as sets, `Theme: NAME`: codes and notes are members, evidence is linked, the rest are lines of the description."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, get_args

from qualdata.formats.refi.lines import Names, is_line, joined, parted
from qualdata.formats.refi.names import PATTERN, guid_for
from qualdata.formats.refi.telling import Telling
from qualdata.model.base import fold
from qualdata.model.copying import shallow
from qualdata.model.link import Link
from qualdata.model.question import ResearchQuestion
from qualdata.model.set import Set
from qualdata.model.study import Study
from qualdata.model.theme import Evidence, EvidenceRole, Theme, ThemeStatus

__all__ = ["PREFIX", "carry", "take"]

PREFIX: Final = "Theme: "
_LINKED: Final = "linked"
"""The key of `Telling.order` under which stands how much evidence a file links of themes of which less would have to be."""
_LABELS: Final = ("Statement", "Question", "Part of", "Status")
_SAID: Final = {"id", "name", "statement", "description", "parent", "questions", "status", "codes", "evidence"}
_STATUSES: Final = get_args(ThemeStatus)
_ROLES: Final[tuple[EvidenceRole, ...]] = get_args(EvidenceRole)
_with_id: Final = re.compile(rf"(.*) \[({PATTERN})\]", re.DOTALL).fullmatch

Questions = dict[str, ResearchQuestion]


# ---- into sets ----
def carry(told: Telling) -> Study:
    """The study with sets for its themes, and with the links that tie these to their evidence."""
    study = told.study
    themes = [t for t in study.themes if not told.numbered(t.id)]
    if not themes:
        return study
    names, askable = _names(told, themes), _askable(told, themes)
    linked = told.order.get(_LINKED, {})
    made = [_set(told, told.freed(t, "evidence", [e.ref for e in t.evidence]), names, askable, linked.get(t.id, 0)) for t in themes]
    asked = {fold(q) for t in themes if all(fold(q) in askable for q in t.questions) for q in t.questions}
    for question in study.questions:
        if fold(question.id) in asked:
            told.lose_unsaid(question, {"id", "text"})
    left, unasked = [t for t in study.themes if told.numbered(t.id)], [q for q in study.questions if fold(q.id) not in asked]
    return shallow(study, themes=left, questions=unasked, **told.together("sets", made))


def _names(told: Telling, themes: list[Theme]) -> Names:
    """The names by which a theme can be called a part of another."""
    sets = [(s.id, s.name.removeprefix(PREFIX)) for s in told.study.sets if s.name.startswith(PREFIX)]
    return Names([*sets, *((t.id, t.name) for t in themes)])


def _askable(told: Telling, themes: list[Theme]) -> Questions:
    """The questions that can be told, by folded id; none if the themes do not ask them in the order of the study."""
    known = {fold(q.id): q for q in told.study.questions if is_line(q.text) and fold(_question(_asked(told, q)).id) == fold(told.guid(q.id))}
    order = dict.fromkeys(fold(q) for t in themes if all(fold(q) in known for q in t.questions) for q in t.questions)
    return known if [*order] == [key for key in known if key in order] else {}


def _set(told: Telling, theme: Theme, names: Names, askable: Questions, least: int) -> tuple[Set, list[Link]]:
    """The set for a theme, and the links to its evidence, of which the first *least* are there in any case."""
    evidence = _told_evidence(told, theme)
    linked = evidence[: max(least, _linked(told, evidence))]
    notes: dict[str, str] = {}
    for e in evidence:
        if fold(e.ref) in told.notes:
            notes.setdefault(fold(e.ref), e.ref)
    links = told.links(theme.id, [e.ref for e in linked], [e.role if e.note is None else f"{e.role}: {e.note}" for e in linked])
    told.lose_unsaid(theme, _SAID)
    description = joined(theme.description, _lines(told, theme, names, askable))
    return Set(id=theme.id, name=PREFIX + theme.name, description=description, codes=theme.codes, memos=[*notes.values()]), links


def _linked(told: Telling, evidence: list[Evidence]) -> int:
    """How much of the evidence has to be linked: of notes at its end it says all that they are members."""
    times = Counter(fold(e.ref) for e in evidence)
    n = len(evidence)
    while n and _is_plain(e := evidence[n - 1]) and fold(e.ref) in told.notes and times[fold(e.ref)] == 1:
        n -= 1
    return n


def _lines(told: Telling, theme: Theme, names: Names, askable: Questions) -> list[tuple[str, str]]:
    lines = []
    if theme.statement is not None and is_line(theme.statement):
        lines.append(("Statement", theme.statement))
    elif theme.statement is not None:
        told.lose(theme, "statement")
    if all(fold(q) in askable for q in theme.questions):
        lines += [("Question", _asked(told, askable[fold(q)], for_good=True)) for q in theme.questions]
    else:
        told.lose(theme, "questions")
    if theme.parent is not None and fold(theme.parent) in names.names:
        lines.append(("Part of", names.names[fold(theme.parent)]))
    elif theme.parent is not None:
        told.lose(theme, "parent")
    if theme.status not in _STATUSES:
        told.lose(theme, "status")
    return [*lines, ("Status", theme.status if theme.status in _STATUSES else "candidate")]


def _asked(told: Telling, question: ResearchQuestion, *, for_good: bool = False) -> str:
    """A question in a line, with its id in brackets, where that does not follow from the words."""
    id = told.guid(question.id)
    if fold(id) == _own_id(question.text):
        return question.text
    return f"{question.text} [{told.spelt(question.id) if for_good else id}]"


def _told_evidence(told: Telling, theme: Theme) -> list[Evidence]:
    """The evidence as it is told."""
    for i, e in enumerate(theme.evidence):
        told.lost += [(f"{theme.id}/{i}", "Evidence", name) for name, wrong in (("role", e.role not in _ROLES), ("extra", e.extra is not None)) if wrong]
    return [e if e.role in _ROLES else shallow(e, role="supports") for e in theme.evidence]


def _is_plain(evidence: Evidence) -> bool:
    return evidence.role == "supports" and evidence.note is None


# ---- and back ----
def take(told: Telling) -> Study:
    """The study with themes for those of its sets that are as `carry` makes them."""
    study = told.study
    named = [s for s in study.sets if s.name.startswith(PREFIX)]
    names, asked = _names(told, []), Questions()
    heard = [(s, *found) for s in named if (found := _heard(told, s, names, asked))]
    if not heard:
        return study
    if linked := {theme.id: len(links) for _, theme, links in heard if len(links) > _linked(told, theme.evidence)}:
        told.order[_LINKED] = linked
    themes = [*study.themes, *(theme for _, theme, _ in heard)]
    return told.taken(carry, themes=themes, questions=[*study.questions, *asked.values()], **told.apart("sets", [(s, links) for s, _, links in heard]))


def _heard(told: Telling, of: Set, names: Names, asked: Questions) -> tuple[Theme, list[Link]] | None:
    """The theme that a set stands for, and its links; None if there is more, less or other in it than a theme would have."""
    parts = parted(of.description, _LABELS)
    if parts is None or told.marked(of):
        return None
    description, lines = parts
    parent = [*map(names.ids.get, lines["Part of"])]
    questions = [*map(_question, lines["Question"])]
    ends = [(ref, link, found) for ref, link in told.ends(of.id) if (found := _role(link.name or ""))]
    known = {fold(ref) for ref, _, _ in ends}
    theme = Theme(
        id=of.id,
        name=of.name.removeprefix(PREFIX),
        statement=next(iter(lines["Statement"]), None),
        description=description,
        parent=next(iter(parent), None),
        questions=[q.id for q in questions],
        status=next(iter(lines["Status"]), ""),  # type: ignore[arg-type]
        codes=of.codes,
        evidence=[*(Evidence(ref=ref, role=role, note=note) for ref, _, (role, note) in ends), *(Evidence(ref=m) for m in of.memos if fold(m) not in known)],
    )
    links = [link for _, link, _ in ends]
    here = {fold(q.id): q for q in questions} | asked
    told.lost.clear()
    again = _set(told, theme, names, here, len(links))
    if told.lost or not told.alike([of, links], [*again]):
        return None
    asked.update(here)
    return theme, links


def _question(line: str) -> ResearchQuestion:
    found = _with_id(line)
    return ResearchQuestion(id=found[2], text=found[1]) if found else ResearchQuestion(id=_own_id(line), text=line)


def _own_id(text: str) -> str:
    """The id of a question that has none."""
    return guid_for("question", text)


def _role(name: str) -> tuple[EvidenceRole, str | None] | None:
    """What a link says of a piece of evidence, and its note."""
    for role in _ROLES:
        if name == role:
            return role, None
        if name.startswith(f"{role}: "):
            return role, name.removeprefix(f"{role}: ")
    return None
