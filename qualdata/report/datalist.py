"""The data list that archives ask for: one row for each interview, or source, with what there is to know before opening it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.interview import Interview
from qualdata.model.media import Media
from qualdata.model.nouns import called, noun
from qualdata.model.source import Source, holders
from qualdata.model.study import Study
from qualdata.report.attributes import Attributes
from qualdata.report.counts import valid
from qualdata.report.table import Cell, Table
from qualdata.report.titles import titled

__all__ = ["COLUMNS", "datalist_table"]

COLUMNS: Final = (
    "interview", "source", "cases", "kind", "mode", "wave", "date", "minutes", "language",
    "type", "words", "coded_passages", "access", "file", "interview_id", "source_id",
)  # fmt: skip
_ON_PAPER: Final = ("interview", "source", "cases")
_MINUTE: Final = 60_000


def datalist_table(study: Study, *, for_people: bool = False) -> Table:
    """One row for each source of each interview, for interviews without a source, then for sources of no interview.

    Cases are those that took part, or that the source as a whole is about; attributes are theirs, a column for each variable.
    Minutes are rounded; words are what stands between white space, of a recording those of its transcripts. Passages are
    distinct places, without those whose codings were all rejected. The access level is the source's, else the study's.
    *for_people* leaves out ids and columns in which nothing stands.
    """
    attributes = Attributes(study, COLUMNS)
    table = Table(titled("Data list", study), (*COLUMNS, *attributes.head), _rows(study, attributes))
    on_paper = [name for name in COLUMNS if name not in (*_ON_PAPER, "file", "interview_id", "source_id")]
    return table.for_people(*_ON_PAPER, *attributes.head, *on_paper, own=attributes.head) if for_people else table


def _rows(study: Study, attributes: Attributes) -> Iterator[tuple[Cell, ...]]:
    known = {fold(case.id): case for case in reversed(study.cases)}
    about: dict[str, list[Case]] = {}
    for case in study.cases:
        for key in dict.fromkeys(map(fold, case.sources)):
            about.setdefault(key, []).append(case)
    passages = _passages(study)
    for interview, source in _pairs(study):
        part = [known[key] for key in map(fold, interview.cases if interview else ()) if key in known]
        cases = tuple({fold(case.id): case for case in (*part, *(about.get(fold(source.id), ()) if source else ()))}.values())
        facts = {"cases": "; ".join(map(called, cases)) or None, **_event(interview), **_data(study, source, passages)}
        yield (*(facts.get(name) for name in COLUMNS), *attributes.cells(cases, interview, source))


def _pairs(study: Study) -> Iterator[tuple[Interview | None, Source | None]]:
    """The interviews with each of their sources, and the sources of none."""
    sources = {fold(source.id): source for source in reversed(study.sources)}
    told: set[str] = set()
    for interview in study.interviews:
        found = [id for id in dict.fromkeys(map(fold, interview.sources)) if id in sources]
        told.update(found)
        yield from ((interview, sources[id]) for id in found)
        if not found:
            yield interview, None
    yield from ((None, source) for source in study.sources if fold(source.id) not in told)


def _event(interview: Interview | None) -> dict[str, Cell]:
    if interview is None:
        return {}
    minutes = None if interview.duration is None else round(interview.duration / _MINUTE)
    same = {name: getattr(interview, name) for name in ("kind", "mode", "wave", "date", "language")}
    return {"interview": called(interview), "minutes": minutes, "interview_id": interview.id, **same}


def _data(study: Study, source: Source | None, passages: dict[int, set[object]]) -> dict[str, Cell]:
    if source is None:
        return {}
    language = {"language": source.language} if source.language else {}
    return {
        "source": called(source), "type": noun(type(source).__name__), "words": _words(source), "coded_passages": len(passages.get(id(source), ())),
        "access": source.access or study.access, "file": _file(source), "source_id": source.id, **language,
    }  # fmt: skip


def _file(source: Source) -> str | None:
    """What its file is called, without folders."""
    media: Media | None = getattr(source, "stored", None) or getattr(source, "media", None)
    path = media.name if media else getattr(source, "path", None)
    return path.replace("\\", "/").rpartition("/")[2] if path else None


def _passages(study: Study) -> dict[int, set[object]]:
    """The places that are coded, by source."""
    places: dict[int, set[object]] = {}
    for segment in valid(study):
        places.setdefault(id(segment.source), set()).add(segment.place)
    return places


def _words(source: Source) -> int | None:
    """How many words the texts of a source have; None where there is no text. Descriptions of single excerpts do not count."""
    own = [holder for holder in holders(source) if all(holder is not excerpt.representation for excerpt in source.excerpts)]
    texts = [text for holder in own if (text := getattr(holder, "text", None)) is not None]
    return sum(len(text.split()) for text in texts) if texts else None
