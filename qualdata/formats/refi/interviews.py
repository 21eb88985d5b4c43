"""Interviews as variables of their sources: `Interview: mode` and the like, on each source that records one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, Final, get_args

from attrs import frozen

from qualdata.formats.refi.arrangement import Arrangement
from qualdata.formats.refi.lines import Names
from qualdata.formats.refi.names import guid_for, is_guid
from qualdata.formats.refi.telling import Telling
from qualdata.formats.refi.vocabulary import date
from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.copying import shallow
from qualdata.model.interview import Interview, InterviewKind, Mode
from qualdata.model.source import Source
from qualdata.model.study import Study
from qualdata.model.variable import Value, Variable, VariableType

__all__ = ["KIND", "carry", "take"]

Texts = dict[str, str]
_PREFIX: Final = "Interview: "
KIND: Final = "Interview: kind"
"""The variable that an interview always has."""
_CLOCK: Final = re.compile("([0-9]{1,9}):([0-5][0-9]):([0-5][0-9])(?:[.]([0-9]{3}))?")
_FREE: Final = Arrangement(group=id)
_BY_VARIABLE: Final = Arrangement(by=attrgetter("variable"), group=id)


# ---- each field in words, and back ----
@frozen
class Row:
    """A field of an interview, as the value of a variable."""

    name: str
    say: Callable[[Telling, Any], str | None]
    """What is written; None for what cannot be."""
    hear: Callable[[Telling, str], Any]
    """What was meant; None for what is not ours."""


def _plain(name: str) -> Row:
    return Row(name, lambda told, value: value, lambda told, text: text)


def _word(name: str, kind: Any) -> Row:
    words = get_args(kind)
    return Row(name, lambda told, value: value if value in words else None, lambda told, text: text if text in words else None)


def _named(name: str, those: Callable[[Telling], Names]) -> Row:
    return Row(name, lambda told, ids: those(told).say(ids), lambda told, text: those(told).hear(text))


def _clock(duration: int) -> str | None:
    """Milliseconds as `0:40:00`, hours first; what is less than a second only where there is something."""
    seconds, rest = divmod(duration, 1000)
    said = f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}" + (f".{rest:03}" if rest else "")
    return said if _CLOCK.fullmatch(said) else None


def _duration(clock: str) -> int | None:
    found = _CLOCK.fullmatch(clock)
    return found and ((int(found[1]) * 60 + int(found[2])) * 60 + int(found[3])) * 1000 + int(found[4] or 0)


ROWS: Final = (
    _plain("name"),
    _word("kind", InterviewKind),
    _word("mode", Mode),
    _plain("wave"),
    _plain("date"),
    Row("duration", lambda told, value: _clock(value), lambda told, text: _duration(text)),
    _plain("language"),
    _named("cases", attrgetter("cases")),
    _named("interviewers", attrgetter("contributors")),
)
_LABELS: Final = (*(row.name for row in ROWS), "number", "part", "id")
"""Beside the fields: the interview's number, where the sources do not show the order of interviews, the source's
number in it, where their order does not show that, and its id, where it does not follow from that of its one source."""
_SAID: Final = {"id", "sources", *(row.name for row in ROWS)}
_NAMES: Final = {_PREFIX + label for label in _LABELS}


# ---- into variables ----
def carry(told: Telling) -> Study:
    """The study with variables for its interviews; those that cannot be told stay what they are."""
    study = told.study
    at = {fold(s.id): n for n, s in enumerate(study.sources)}
    fit = list(_fitting(told, at))
    if not fit:
        return study
    said = _said(told, fit, at)
    variables = _variables(told, said)
    sources = [*study.sources]
    for n, texts in said.items():
        values = [Value(variable=variables[label].id, type=variables[label].type, value=texts[label]) for label in _LABELS if label in texts]
        sources[n] = shallow(sources[n], values=told.put(f"values/{sources[n].id}", sources[n].values, values, _BY_VARIABLE))
    gone = {id(i) for i in fit}
    left = [i for i in study.interviews if id(i) not in gone]
    return shallow(study, interviews=left, variables=told.put("variables", study.variables, [*variables.values()], _FREE), sources=sources)


def _fitting(told: Telling, at: dict[str, int]) -> Iterator[Interview]:
    """Interviews that have sources of their own; none where other variables have the names that are needed."""
    if any(v.name in _NAMES for v in told.study.variables):
        return
    taken: set[str] = set()
    for interview in told.study.interviews:
        keys = {fold(s) for s in interview.sources}
        spelt = not told.numbered(interview.id) and (is_guid(interview.id) or not told.faithful)
        if spelt and keys and len(keys) == len(interview.sources) and keys <= at.keys() and not keys & taken:
            taken |= keys
            yield interview


def _said(told: Telling, fit: list[Interview], at: dict[str, int]) -> dict[int, Texts]:
    """For each source, by its number in the study, what its interview says."""
    places = [[at[fold(s)] for s in interview.sources] for interview in fit]
    first = [min(p) for p in places]
    said: dict[int, Texts] = {}
    for number, (interview, here) in enumerate(zip(fit, places, strict=True), 1):
        texts = _texts(told, interview) | ({"number": str(number)} if first != sorted(first) else {})
        for part, n in enumerate(here, 1):
            said[n] = texts | ({"part": str(part)} if here != sorted(here) else {})
    return said


def _texts(told: Telling, interview: Interview) -> Texts:
    texts: Texts = {}
    for row in ROWS:
        value = getattr(interview, row.name)
        if value is None or value == []:
            continue
        text = row.say(told, value)
        if text is None:
            told.lose(interview, row.name)
        else:
            texts[row.name] = text
    texts.setdefault("kind", "individual")
    if len(interview.sources) > 1 or fold(told.guid(interview.id)) != _own_id(told, interview.sources[0]):
        texts["id"] = told.spelt(interview.id)
    told.lose_unsaid(interview, _SAID)
    return texts


def _own_id(told: Telling, source: str) -> str:
    """The id of an interview that has none: it follows from that of its one source."""
    return guid_for(fold(told.guid(source)), "interview")


def _variables(told: Telling, said: dict[int, Texts]) -> dict[str, Variable]:
    """The variables that are needed, by label. Their ids are the same in all studies, but for those a file had."""
    used = [label for label in _LABELS if any(label in texts for texts in said.values())]
    dated = all(date.allows(texts["date"]) for texts in said.values() if "date" in texts)
    types: dict[str, VariableType] = {"number": "Integer", "part": "Integer", "date": "Date" if dated else "Text"}
    ids = told.order.get("ids", {})
    return {label: Variable(id=ids.get(label) or _usual(label), name=_PREFIX + label, type=types.get(label, "Text")) for label in used}


def _usual(label: str) -> str:
    return guid_for("variable", _PREFIX + label)


# ---- and back ----
def take(told: Telling) -> Study:
    """The study with interviews for its variables, if all of these are as `carry` makes them."""
    study = told.study
    named = [v for v in study.variables if v.name in _NAMES]
    ours = {v.name.removeprefix(_PREFIX): v for v in named}
    if "kind" not in ours or len(ours) < len(named) or any(told.marked(v) for v in named):
        return study
    labels = {fold(told.guid(v.id)): label for label, v in ours.items()}
    interviews = _heard(told, labels)
    if not interviews:
        return study
    if ids := {label: v.id for label, v in ours.items() if v.id != _usual(label)}:
        told.order["ids"] = ids
    own = [v for v in study.variables if v.name not in _NAMES]
    told.keep("variables", study.variables, own, [ours[label] for label in _LABELS if label in ours], _FREE)
    sources = [_stripped(told, s, labels) for s in study.sources]
    return told.taken(carry, interviews=[*study.interviews, *interviews], variables=own, sources=sources)


def _stripped(told: Telling, source: Any, labels: dict[str, str]) -> Any:
    """A source without what its interview said."""
    ours = {labels[key]: v for v in source.values if (key := fold(told.guid(v.variable))) in labels}
    if not ours:
        return source
    own = [v for v in source.values if fold(told.guid(v.variable)) not in labels]
    told.keep(f"values/{source.id}", source.values, own, [ours[label] for label in _LABELS if label in ours], _BY_VARIABLE)
    return shallow(source, values=own)


def _heard(told: Telling, labels: dict[str, str]) -> list[Interview] | None:
    """All interviews that the values speak of; None where one value is not as it should be, or stands elsewhere."""
    said: dict[str, list[tuple[Texts, Source]]] = {}
    for source in told.study.sources:
        found = [(labels[key], v) for v in source.values if (key := fold(told.guid(v.variable))) in labels]
        texts = {label: v.value for label, v in found if v.value is not None and not (told.faithful and v.extra)}
        if len(texts) < len(found):
            return None
        if texts:
            said.setdefault(fold(texts.get("id") or _own_id(told, source.id)), []).append((texts, source))
    if _uses(told, labels) != sum(len(texts) for parts in said.values() for texts, _ in parts):
        return None
    parts = [sorted(p, key=lambda part: _number(part[0].get("part"))) for p in said.values()]
    parts.sort(key=lambda p: _number(p[0][0].get("number")))
    made = [_interview(told, p) for p in parts]
    return None if None in made else [i for i in made if i is not None]


def _uses(told: Telling, labels: dict[str, str]) -> int:
    """How often the variables are used anywhere."""
    holders: list[Case | Source] = [*told.study.cases, *(h for h in told.study.codable() if isinstance(h, Source))]
    return sum(fold(told.guid(v.variable)) in labels for h in holders for v in h.values)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _interview(told: Telling, parts: list[tuple[Texts, Source]]) -> Interview | None:
    texts, source = parts[0]
    found = {row.name: row.hear(told, texts[row.name]) for row in ROWS if row.name in texts}
    if "kind" not in found or None in found.values():
        return None
    return Interview(id=texts.get("id") or _own_id(told, source.id), sources=[s.id for _, s in parts], **found)
