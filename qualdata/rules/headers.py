"""The lines at the head of a transcript, such as `Participant: P07`, against what the study says of its interview."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.interview import Interview
from qualdata.model.source import TextSource
from qualdata.rules.dataset import Dataset

__all__ = ["conflicts"]

_HEAD: Final = 20
"""How many lines a header has at most."""
_line = re.compile(r"\s*([^\W\d_][\w ]{0,30}?)\s*[:=]\s*(\S.*?)\s*").fullmatch
_iso = re.compile(r"\d{4}(-\d\d(-\d\d)?)?").fullmatch
_label = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{1,4}").fullmatch
_MODES: Final = {
    "telephone": "telephone", "phone": "telephone", "face to face": "face to face", "in person": "face to face", "video": "video", "online": "video", "zoom": "video",
    "email": "e-mail", "e-mail": "e-mail", "chat": "chat",
}  # fmt: skip
"""The words of headers for the mode of an interview; what is not here is not compared."""


def conflicts(data: Dataset, source: TextSource) -> Iterator[str]:
    """What the header of a text says otherwise than the interview that it records, in sentences. The words of the header are not repeated."""
    interviews = [i for i in data.study.interviews if any(fold(id) == fold(source.id) for id in i.sources)]
    if len(interviews) != 1:
        return
    cases = [case for id in interviews[0].cases if isinstance(case := data.index.get(id), Case)]
    for key, value in _header(data.text(source) or ""):
        for name, compare in _COMPARED.items():
            if key in name.split("|") and compare(value, interviews[0], cases):
                yield f"the header of the transcript gives another {name.partition('|')[0]} than the study"


def _header(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a header, as key and value: the text up to the first empty line, if it ends soon."""
    head, gap, _ = text.replace("\r\n", "\n").partition("\n\n")
    lines = head.split("\n")
    if gap and len(lines) <= _HEAD:
        yield from ((found[1].casefold(), found[2]) for line in lines if (found := _line(line)))


def _other_date(value: str, interview: Interview, cases: list[Case]) -> bool:
    date = interview.date or ""
    size = min(len(value), len(date))
    return bool(_iso(value)) and bool(date) and value[:size] != date[:size]


def _other_case(value: str, interview: Interview, cases: list[Case]) -> bool:
    names = {(case.name or "").casefold().replace(" ", "") for case in cases}
    return bool(_label(value)) and bool(cases) and not any(value.casefold().replace(" ", "") in name for name in names)


def _other_mode(value: str, interview: Interview, cases: list[Case]) -> bool:
    mode = _MODES.get(value.casefold())
    return mode is not None and interview.mode is not None and mode != interview.mode


_COMPARED: Final[dict[str, Callable[[str, Interview, list[Case]], bool]]] = {
    "participant|respondent|interviewee|pseudonym|case|interview|id": _other_case,
    "date|interview date|date of interview": _other_date,
    "mode|interview mode|mode of interview": _other_mode,
}
"""What a line may begin with, and what tells whether it says something else than the study."""
