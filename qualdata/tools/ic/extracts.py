"""Extracts: codings as iterative categorization works with them, each with a label that comes back to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Final
from unicodedata import normalize

from attrs import frozen

from qualdata.model.base import fold
from qualdata.model.coding import Coding
from qualdata.model.counting import counting
from qualdata.model.segments import Segment
from qualdata.model.study import Study
from qualdata.tools.ic.handles import Handles
from qualdata.tools.ic.talk import Talk

__all__ = ["Extract", "Extracts"]

_LONGEST: Final = 8
"""Letters of a participant's name in a label; of a longer name, the first of each word."""
_NOBODY: Final = "x"


@frozen
class Extract:
    """A coding that counts, as it stands in the files of its code."""

    label: str
    """What it is cited by, as `P07-4kx9q`: whom it is about, and the handle of its coding."""
    segment: Segment
    """The coding and what it stands on."""
    prompt: str | None
    """What was asked before it."""
    pieces: tuple[tuple[str, bool], ...]
    """Its words, each piece with whether an interviewer says it; none where there are no words."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(words for words, _ in self.pieces)


class Extracts:
    """The codings of a study under their labels; made once, it does not follow changes of the study."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.segments: dict[str, Segment] = {}
        for segment in study.segments():
            self.segments.setdefault(fold(segment.coding.id), segment)
        self.counting = counting(study)
        self.codings = Handles(segment.coding for segment in self.segments.values())
        self._cases = {fold(case.id): n for n, case in reversed(list(enumerate(study.cases)))}

    def label(self, coding: Coding) -> str:
        """The label of a coding, whether or not it counts."""
        return f"{_who(self.segments[fold(coding.id)])}-{self.codings.of(coding)}"

    @cached_property
    def whos(self) -> frozenset[str]:
        """How labels begin, in lower case."""
        return frozenset(_who(segment).casefold() for segment in self.segments.values())

    def of(self, codes: Collection[str] | None = None) -> list[Extract]:
        """The extracts of some codes (folded ids), or of all: in the order of the participants, and for each in that of the data."""
        wanted = [e for key, e in self.every.items() if key in self.counting and (codes is None or fold(e.segment.coding.code) in codes)]
        sources = {id(source): n for n, source in enumerate((*self.study.sources, *self.study.memos))}

        def order(extract: Extract) -> tuple[int, int, int]:
            segment = extract.segment
            case = min((self._cases[fold(c.id)] for c in segment.cases), default=len(self._cases))
            return case, sources[id(segment.source)], -1 if segment.start is None else segment.start

        return sorted(wanted, key=order)

    @cached_property
    def every(self) -> dict[str, Extract]:
        """The codings of the study as extracts, whether or not they count, by folded id."""
        talk, made = Talk(None), {}
        for key, segment in self.segments.items():
            talk = talk if talk.holder is segment.holder else Talk(segment.holder)
            made[key] = self._extract(segment, talk)
        return made

    def _extract(self, segment: Segment, talk: Talk) -> Extract:
        label, span = self.label(segment.coding), segment.words
        if span is None:
            return Extract(label, segment, None, ((segment.text, False),) if segment.text else ())
        return Extract(label, segment, talk.prompt(span), tuple(talk.pieces(span)))


def _who(segment: Segment) -> str:
    """Whom an extract is about, in a few letters and digits."""
    name = next(_named((*(case.name for case in segment.cases), segment.source.name)), "")
    words = re.findall(r"\d+|[^\W\d_]+", normalize("NFC", name))
    whole = "".join(words)
    return whole if 0 < len(whole) <= _LONGEST else "".join(word if word[0].isdigit() else word[0] for word in words)[:_LONGEST] or _NOBODY


def _named(names: Iterable[str | None]) -> Iterator[str]:
    return (name for name in names if name and any(c.isalnum() for c in name))
