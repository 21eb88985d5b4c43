"""Labels that look like the names of people, and pseudonyms that are not used in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from attrs import evolve

from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.nouns import noun
from qualdata.model.source import Source, TextSource
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.identifiers import login

__all__ = ["names_in_labels", "pseudonyms"]

_title = re.compile(r"\b(?:Mrs?|Ms|Miss|Mme|Herr|Frau|Mevrouw|Dhr|Dr|Prof)\b\.? ?[A-ZÄÖÜ][a-zäöüß]+")
_full = re.compile(r"[A-ZÄÖÜÉ][a-zäöüßéèç]+(?:[ _]| [A-Z]\. )(?:(?:van|von|de|der|den|del|la|da|di|O'|Mc|Mac)[ _]?)*[A-ZÄÖÜÉ][a-zäöüßéèç]+(?:-[A-Z][a-z]+)?").fullmatch
_NO_NAMES: Final = frozenset(
    "participant respondent interviewee person case interview group focus site school hospital clinic team service centre center organisation organization "
    "company community event meeting workshop observation field notes diary survey answer coder user student teacher nurse doctor patient parent mother "
    "father manager worker staff client speaker woman man boy girl child one two three four five six seven eight nine ten first second third north south "
    "east west new old young junior senior pilot test sample transcript document source file text the and of at in by other all unknown synthetic "
    "teilnehmer teilnehmerin person gruppe schule fall anonymous anonym".split()
)
"""Words that begin with a capital in labels, and are no names."""


def _looks_like_name(label: str) -> bool:
    """Whether a label has a title and a name, is a login, or consists of a first and a last name."""
    if _title.search(label) or login(label.strip()):
        return True
    words = re.split(r"[ _-]+", label.casefold())
    return _full(label.strip()) is not None and not _NO_NAMES & set(words)


def names_in_labels(data: Dataset) -> Iterator[tuple[Where, str]]:
    """Labels that look like names of people, each with what they are the label of. Of a participant, two capitalised words count; of all else, a title."""
    for case in data.study.cases:
        if case.kind == "participant" and case.name and _looks_like_name(case.name):
            yield _concealed(data, case), noun("Case")
    for source in data.study.sources:
        if source.name and (_title.search(source.name) or login(source.name.strip())):
            yield _concealed(data, source), noun(type(source).__name__)
    for code in data.study.codes:
        if _title.search(code.name):
            yield _concealed(data, code), noun("Code")
    for name in data.files.names:
        if _title.search(PurePosixPath(name).stem.replace("_", " ").replace("-", " ")):
            data.concealed.add(PurePosixPath(name).stem)
            yield data.at_file(name), "file"


def _concealed(data: Dataset, thing: Case | Source | Code) -> Where:
    """The place of a thing whose label no report shows."""
    data.concealed.add(str(thing.name))
    return data.at(thing)


def pseudonyms(data: Dataset) -> Iterator[tuple[Where, str]]:
    """Speakers labelled with the name of another case, people labelled in two ways, and what a list says twice."""
    cases = {fold(case.id): case for case in data.study.cases}
    names = {_plain(case.name): case for case in data.study.cases if case.name}
    labels: dict[str, str] = {}
    for source in data.study.sources:
        for speaker in source.speakers if isinstance(source, TextSource) else ():
            case = cases.get(fold(speaker.case)) if speaker.case is not None else None
            if case is None or speaker.role in ("interviewer", "moderator", "interpreter"):
                continue
            label = _plain(speaker.label)
            other = names.get(label)
            if other is not None and other is not case:
                yield evolve(data.at(speaker), name=None), f'the speaker is the case "{case.name}", but is labelled as another case is named'
            elif label not in ("", _plain(case.name or "")) and labels.setdefault(fold(case.id), label) != label:
                yield evolve(data.at(speaker), name=None), f"the speaker is labelled otherwise here than elsewhere, though it is {_named(case)} each time"
    yield from _in_lists(data)


def _in_lists(data: Dataset) -> Iterator[tuple[Where, str]]:
    for one in data.terms.lists:
        found: dict[str, str] = {}
        for term in one.terms:
            if term.replacement and _plain(found.setdefault(_plain(term.words), term.replacement)) != _plain(term.replacement):
                yield nowhere, f"the list of terms replaces one term by two (hash {term.hash})"


def _named(case: Case) -> str:
    return f'the case "{case.name}"' if case.name else "one case"


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
