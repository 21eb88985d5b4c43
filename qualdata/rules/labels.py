"""Labels that look like the names of people, and pseudonyms that are not used in one way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from attrs import evolve

from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.nouns import noun
from qualdata.model.source import TextSource
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
            yield evolve(data.at(case), name=None), noun("Case")
    for source in data.study.sources:
        if source.name and (_title.search(source.name) or login(source.name.strip())):
            yield evolve(data.at(source), name=None, file=None), noun(type(source).__name__)
    for code in data.study.codes:
        if _title.search(code.name):
            yield evolve(data.at(code), name=None), noun("Code")
    for name in data.files.names:
        if _title.search(PurePosixPath(name).stem.replace("_", " ").replace("-", " ")):
            yield data.at_entry(name), "file"


def pseudonyms(data: Dataset) -> Iterator[tuple[Where, str]]:
    """Speakers labelled with the name of another case, people labelled in two ways, and what the key says twice."""
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
                yield data.at(speaker), f'the speaker is the case "{case.name}", but is labelled as another case is named'
            elif label not in ("", _plain(case.name or "")) and labels.setdefault(fold(case.id), label) != label:
                yield data.at(speaker), f"the speaker is labelled otherwise here than elsewhere, though it is {_named(case)} each time"
    yield from _in_key(data)


def _in_key(data: Dataset) -> Iterator[tuple[Where, str]]:
    if data.key is None:
        return
    found: dict[str, str] = {}
    for term, replacement in data.key.rows:
        if replacement and _plain(found.setdefault(_plain(term), replacement)) != _plain(replacement):
            yield nowhere, f"the key file replaces one term by two (hash {data.key.hash(term)})"


def _named(case: Case) -> str:
    return f'the case "{case.name}"' if case.name else "one case"


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
