"""The codings file and the analysis file of a code, as pages (Neale 2016, doi:10.1111/add.13314)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, get_args

from attrs import frozen

from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.point import Point, Process
from qualdata.model.segments import Segment, code_paths
from qualdata.model.study import Study
from qualdata.model.variable import Variable
from qualdata.report.pages import Block, Page, Run
from qualdata.tools.ic.extracts import Extract, Extracts
from qualdata.tools.ic.handles import Handles

__all__ = ["ABOVE", "EXTRACTS", "PROCESSES", "SYNTHETIC", "CodeFile", "Marks", "analysis_page", "codings_page", "person", "point_text", "words_of"]

SYNTHETIC: Final = "SYNTHETIC: the data of this study are made up. No one said any of it."
EXTRACTS: Final = "Extracts"
"""The section of an analysis file in which the extracts stand."""
PROCESSES: Final[tuple[Process, ...]] = get_args(Process)
"""The sections for points."""
_WORKING: Final = (
    "How to work: write each point in a paragraph of its own, in the section of the step it belongs to, under headings of your own (Heading 3). End it with the labels of "
    "the extracts it rests on, as [P07-4kx9q, P12-8mdtz]. Leave labels and marks such as [#4kx9q] as they are. What stands under Extracts is there to be read."
)
_MEANING: Final = {"Meaning": "description", "Include": "include", "Exclude": "exclude"}
ABOVE: Final = (SYNTHETIC, "Code:", "Study:", "Extracts:", "How to work:", *(f"{word}:" for word in _MEANING))
"""How the paragraphs begin that stand at the top of a file."""


@frozen
class CodeFile:
    """What the files of one code hold."""

    code: Code
    """The code."""
    extracts: tuple[Extract, ...]
    """Its extracts, those of subcodes included where that was asked for."""
    points: tuple[Point, ...]
    """The points about it, in the order of the study."""
    attributes: tuple[Variable, ...] = ()
    """What is told of each participant."""
    subcodes: bool = False
    """Whether each extract says its code."""


@frozen
class Marks:
    """The handles by which points and codes are known in the files of a study."""

    points: Handles[Point]
    codes: Handles[Code]

    @classmethod
    def of(cls, study: Study) -> Marks:
        """Those of a study as it is now."""
        return cls(Handles(study.points), Handles(study.codes))


def codings_page(file: CodeFile, study: Study, marks: Marks) -> Page:
    """All extracts of a code, each with its label, whom it is about, and what was asked before it."""
    title = f"Codings: {file.code.name}"
    return Page(title, (*_top(title, file, study, marks), *_extracts(file, study)))


def analysis_page(file: CodeFile, study: Study, marks: Marks, extracts: Extracts) -> Page:
    """The points about a code, by step and heading, with room for more; and below them the extracts."""
    title = f"Analysis: {file.code.name}"
    points = [block for process in PROCESSES for block in _section(process, file.points, marks, extracts)]
    return Page(title, (*_top(title, file, study, marks), _note(_WORKING), *points, _heading(EXTRACTS, 2), *_extracts(file, study)))


def _top(title: str, file: CodeFile, study: Study, marks: Marks) -> Iterator[Block]:
    if study.synthetic:
        yield _block(SYNTHETIC)
    yield _heading(title, 1)
    yield _block(" ".join(f"Code: {code_paths(study.code_tree)[fold(file.code.id)]} [@{marks.codes.of(file.code)}]".split()))
    yield from (_block(f"{word}: {said}") for word, field in _MEANING.items() if (said := getattr(file.code, field)))
    yield _block(f"Study: {study.title}")
    people = {fold(case.id) for extract in file.extracts for case in extract.segment.cases}
    yield _block(f"Extracts: {len(file.extracts):,}, about {len(people):,} of {len(study.cases):,} participants")


# ---- points ----
def _section(process: Process, points: Sequence[Point], marks: Marks, extracts: Extracts) -> Iterator[Block]:
    yield _heading(process[0].upper() + process[1:], 2)
    by_heading: dict[str, list[Point]] = {}
    for point in points:
        if point.process == process:
            by_heading.setdefault(" ".join((point.heading or "").split()), []).append(point)
    for heading in sorted(by_heading, key=bool):
        if heading:
            yield _heading(heading, 3)
        yield from (Block((Run(point_text(point, extracts)), Run(f" [#{marks.points.of(point)}]", "quiet")), listed=True) for point in by_heading[heading])


def point_text(point: Point, extracts: Extracts) -> str:
    """A point as it stands in a file, its mark left out: the text, and the labels of the codings that are there."""
    found = (extracts.segments.get(fold(id)) for id in dict.fromkeys(point.codings))
    labels = [extracts.label(segment.coding) for segment in found if segment is not None]
    return f"{point.text} [{', '.join(labels)}]" if labels else point.text


# ---- extracts ----
def _extracts(file: CodeFile, study: Study) -> Iterator[Block]:
    several = {id(case) for case in study.cases if len(case.sources) > 1}
    for extract in file.extracts:
        yield Block((Run(f"[{extract.label}]", "label"), Run(f" {_about(extract.segment, file, several)}\n", "quiet"), *_words(extract)))


def _about(segment: Segment, file: CodeFile, several: set[int]) -> str:
    """Whom an extract is about, with their attributes; its source where that is not plain; its code where there are several."""
    people = ["; ".join(person(case, file.attributes) for case in segment.cases)] if segment.cases else []
    source = [segment.source.name or segment.source.id] if not people or any(id(case) in several for case in segment.cases) else []
    told = [*people, *source, *([segment.code_path or segment.coding.code] if file.subcodes else [])]
    return " · ".join(" ".join(words.split()) for words in told)


def person(case: Case, attributes: Iterable[Variable]) -> str:
    """The name of a case, with the attributes that it has."""
    values = {fold(value.variable): value.value for value in case.values}
    told = [f"{variable.name}: {said}" for variable in attributes if (said := values.get(fold(variable.id)))]
    return (case.name or case.id) + (f" ({', '.join(told)})" if told else "")


def _words(extract: Extract) -> Iterator[Run]:
    if extract.prompt is not None:
        yield Run(f"{extract.prompt}\n", "prompt")
    if extract.text.strip():
        yield from (Run(words, "prompt" if asked else "plain") for words, asked in extract.pieces)
    else:
        yield Run(words_of(extract.segment))


def words_of(segment: Segment) -> str:
    """The words of an extract; where there are none, what it is a part of."""
    if segment.text and segment.text.strip():
        return segment.text
    if segment.excerpt is None:
        return "(the whole of it)"
    place = f"{segment.start:,} to {segment.end:,}" if segment.start is not None and segment.end is not None else segment.excerpt.name or "a part of it"
    return f"(no words; {place})"


def _heading(text: str, level: int) -> Block:
    return Block((Run(text),), level)


def _block(text: str) -> Block:
    return Block((Run(text),))


def _note(text: str) -> Block:
    return Block((Run(text, "quiet"),))
