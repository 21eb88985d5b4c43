"""Who is who in two readings of one project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from attrs import evolve, field, fields, frozen

from qualdata.match.aligning import align
from qualdata.match.codes import GUID, code_pairs
from qualdata.match.pairing import Pair, Pairing, Round, paired
from qualdata.match.renamed import renamed_pairs
from qualdata.match.side import Side
from qualdata.match.ways import DATA, FINDINGS, LAID, Way
from qualdata.model.base import Thing, fold
from qualdata.model.case import Case
from qualdata.model.change import CodeChange
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.consent import Consent
from qualdata.model.contributor import Contributor
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt
from qualdata.model.graph import Edge, Graph, Vertex
from qualdata.model.interview import Interview
from qualdata.model.link import Link
from qualdata.model.memo import Memo
from qualdata.model.memory import building
from qualdata.model.point import Point
from qualdata.model.published import PublishedQuote
from qualdata.model.question import ResearchQuestion
from qualdata.model.replacement import Replacement
from qualdata.model.set import Set
from qualdata.model.source import Source, Speaker, SyncPoint, TextSource, Transcript, Turn
from qualdata.model.study import Study
from qualdata.model.theme import Theme
from qualdata.model.variable import Variable

__all__ = ["Matches", "match_studies", "match_texts"]

_TEXTS: Final = ("sources", "memos", "transcripts", "representations")
"""The kinds of things that have texts or files."""


@frozen(eq=False, repr=False)
class Matches:
    """Who is who in two readings: for each kind of thing, the pairs, how each was told, and what only one of them has."""

    contributors: Pairing[Contributor]
    variables: Pairing[Variable]
    questions: Pairing[ResearchQuestion]
    codes: Pairing[Code]
    documents: Pairing[Document]
    sources: Pairing[Source]
    memos: Pairing[Memo]
    transcripts: Pairing[Transcript]
    representations: Pairing[TextSource]
    sync_points: Pairing[SyncPoint]
    speakers: Pairing[Speaker]
    turns: Pairing[Turn]
    codings: Pairing[Coding]
    """Codings, whether or not their excerpts were split or put together."""
    excerpts: Pairing[Excerpt]
    """Excerpts, one to one; those in *parts* count as matched too."""
    cases: Pairing[Case]
    sets: Pairing[Set]
    interviews: Pairing[Interview]
    consents: Pairing[Consent]
    code_changes: Pairing[CodeChange]
    points: Pairing[Point]
    themes: Pairing[Theme]
    replacements: Pairing[Replacement]
    quotes: Pairing[PublishedQuote]
    links: Pairing[Link]
    graphs: Pairing[Graph]
    vertices: Pairing[Vertex]
    edges: Pairing[Edge]
    parts: list[Pair[Excerpt]] = field(factory=list)
    """Excerpts that are one in one reading and several in the other, as the codings on them say."""
    _ids: dict[str, str] = field(factory=dict)

    def id_of(self, id: str) -> str | None:
        """The id that a thing of *there* has in *here*; None for one that is only there.

        An excerpt of *there* that is several here has the id of one of them.
        """
        return self._ids.get(fold(id))

    def __iter__(self) -> Iterator[tuple[str, Pairing[Any]]]:
        """Each kind of thing with its pairing, in the order in which they were paired."""
        return ((f.name, getattr(self, f.name)) for f in fields(Matches) if f.name in DATA or f.name in LAID or f.name in FINDINGS)


def match_studies(here: Study, there: Study, *, hashes: Mapping[str, str] | None = None) -> Matches:
    """Tell who is who in two readings of one project. Neither is changed.

    Ids decide first; then what the table `qualdata.match.ways` says. *hashes* has, by id, the hash of texts
    (`text_hash`) and of the words of excerpts (`quote_hash`) that are known of *there* though it does not hold them.
    """
    ids: dict[str, str] = {}
    with building():
        sides = Side(here), Side(there, ids, hashes)
        pairings: dict[str, Pairing[Any]] = {"codes": code_pairs(here, there)}
        _pair(sides, ids, DATA, pairings)
        if renamed := renamed_pairs(sides, pairings["codes"]):
            pairings["codes"] = code_pairs(here, there, renamed)
        _pair(sides, ids, {"codes": (), **LAID}, pairings)
        parts = _parts(sides, pairings["codings"], pairings["excerpts"])
        pairings["excerpts"] = _without(pairings["excerpts"], parts)
        for part in parts:
            ids.setdefault(sides[1].id_of(part.there), sides[0].id_of(part.here))
        _pair(sides, ids, FINDINGS, pairings)
    pairs: list[Pair[Any]] = [Pair(here, there, "study"), *parts, *(p for pairing in pairings.values() for p in pairing.pairs)]
    return Matches(**pairings, parts=parts, ids={fold(p.there.id): p.here.id for p in pairs})


def match_texts(here: Study, there: Study, *, hashes: Mapping[str, str] | None = None) -> list[Pair[Any]]:
    """Tell which sources, memos, transcripts and representations are the same in two readings, as `match_studies` does."""
    pairings: dict[str, Pairing[Any]] = {}
    ids: dict[str, str] = {}
    with building():
        _pair((Side(here), Side(there, ids, hashes)), ids, {kind: DATA[kind] for kind in _TEXTS}, pairings)
    return [pair for pairing in pairings.values() for pair in pairing.pairs]


def _pair(sides: tuple[Side, Side], ids: dict[str, str], table: dict[str, tuple[Way, ...]], pairings: dict[str, Pairing[Any]]) -> None:
    """Pair the kinds of a table; of a kind that was paired in part, what is left."""
    for kind, ways in table.items():
        begun = pairings.get(kind) or Pairing([], *(side.things[kind] for side in sides))
        found = paired(begun.here, begun.there, _rounds(sides, ways))
        pairings[kind] = evolve(found, pairs=begun.pairs + found.pairs)
        ids.update((sides[1].id_of(pair.there), sides[0].id_of(pair.here)) for pair in pairings[kind].pairs)
        align(*sides, found.pairs)


def _rounds(sides: tuple[Side, Side], ways: tuple[Way, ...]) -> Iterator[Round[Any]]:
    """The rounds of some ways: by id; then each way to the letter and folded, and in order if it may."""
    yield Round(GUID, sides[0].id_of, sides[1].id_of)
    for way in ways:
        for in_order in (False, True)[: 1 + way.in_order]:
            for loosely in (False, True)[: 1 + way.loose]:
                here, there = (partial(side.key, names=way.names, loosely=loosely) for side in sides)
                if way.unless is None:
                    yield Round(f"{way.basis}, in order" if in_order else way.basis, here, there, in_order)
                else:
                    yield Round(way.basis, partial(_lacking, here, way.unless), there)
                    yield Round(way.basis, here, partial(_lacking, there, way.unless))


def _lacking(key: Any, name: str, thing: Thing) -> Any:
    """The key of a thing that has nothing in a field."""
    return key(thing) if getattr(thing, name) is None else None


def _parts(sides: tuple[Side, Side], codings: Pairing[Coding], excerpts: Pairing[Excerpt]) -> list[Pair[Excerpt]]:
    """The excerpts, at least one of each pair not yet paired, that hold one coding."""
    alone = {*map(id, excerpts.here), *map(id, excerpts.there)}
    found: dict[tuple[int, int], Pair[Excerpt]] = {}
    for pair in codings.pairs:
        here, there = sides[0].above[id(pair.here)], sides[1].above[id(pair.there)]
        if isinstance(here, Excerpt) and isinstance(there, Excerpt) and (id(here) in alone or id(there) in alone):
            found.setdefault((id(here), id(there)), Pair(here, there, "codings"))
    return list(found.values())


def _without(excerpts: Pairing[Excerpt], parts: list[Pair[Excerpt]]) -> Pairing[Excerpt]:
    """The pairing, parts no longer among what is left."""
    gone = {id(e) for pair in parts for e in (pair.here, pair.there)}
    here, there = ([e for e in left if id(e) not in gone] for left in (excerpts.here, excerpts.there))
    return evolve(excerpts, here=here, there=there)
