"""The study: the root of the model."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, Literal, TypeVar

from attrs import define, field, fields

from qualdata.model.base import ID, REF, Dated, Part, Thing, fold, in_units, new_id
from qualdata.model.case import Case
from qualdata.model.change import CodeChange
from qualdata.model.code import Code
from qualdata.model.consent import Consent
from qualdata.model.contributor import Contributor
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt
from qualdata.model.extension import Extension
from qualdata.model.graph import Graph
from qualdata.model.interview import Interview
from qualdata.model.link import Link
from qualdata.model.memo import Memo
from qualdata.model.point import Point
from qualdata.model.published import PublishedQuote
from qualdata.model.question import ResearchQuestion
from qualdata.model.reading import Reading
from qualdata.model.replacement import Replacement
from qualdata.model.segments import Segments
from qualdata.model.set import Set
from qualdata.model.source import Access, AnySource, Source, holders
from qualdata.model.theme import Theme
from qualdata.model.tree import Tree
from qualdata.model.variable import Variable

__all__ = ["Study", "walk", "within"]

T = TypeVar("T", bound=Thing)


@define(kw_only=True, eq=False, repr=False)
class Study(Dated):
    """One research project: its data, its codes, and who did what. A Project in REFI-QDA 1.5, clause 3.10."""

    id: str = field(factory=new_id, metadata=ID, eq=False)
    """A GUID. Not compared: a REFI-QDA project has no id of its own, so one is made when it is read."""
    title: str = ""
    """Its title; REFI-QDA calls it `name`."""
    abstract: str | None = None
    """What it is about."""
    method: str | None = None
    """How the data were analysed, as `iterative categorization`."""
    sampling: str | None = None
    """How those who took part were found and chosen."""
    setting: str | None = None
    """Where and when the data were collected."""
    participants: int | None = field(default=None, metadata=in_units("people"))
    """How many took part, whether or not their data are here."""
    ethics: list[str] = field(factory=list)
    """Approvals: who gave them, under which number."""
    funding: list[str] = field(factory=list)
    """Who paid for it, with grant numbers."""
    publications: list[str] = field(factory=list)
    """What was published of it: DOIs, URLs or references."""
    languages: list[str] = field(factory=list)
    """Languages of the data (BCP 47)."""
    licence: str | None = None
    """Under which licence the data may be used: an SPDX id or a URL."""
    access: Access | None = None
    """Who may see the data, where nothing else is said."""
    keywords: list[str] = field(factory=list)
    """Words to find it by."""
    synthetic: bool = False
    """Whether its data are made up."""
    base_path: str | None = None
    """The folder that `relative:///` paths start from (clause 8.3)."""
    extensions: list[Extension] = field(factory=list)
    """What the prefixes of names in `extra` stand for."""
    own_memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about the study as a whole."""
    contributors: list[Contributor] = field(factory=list)
    """Who worked on it."""
    variables: list[Variable] = field(factory=list)
    """The attributes that cases and sources may have."""
    questions: list[ResearchQuestion] = field(factory=list)
    """What it asks."""
    codes: list[Code] = field(factory=list, metadata={"compare": "codes_in_order"})
    """The codes, as a flat list."""
    code_changes: list[CodeChange] = field(factory=list)
    """The history of the codes."""
    cases: list[Case] = field(factory=list)
    """Whom or what the data are about."""
    interviews: list[Interview] = field(factory=list)
    """The events at which data were collected."""
    sources: list[AnySource] = field(factory=list)
    """The data."""
    points: list[Point] = field(factory=list)
    """What codings were reduced to."""
    themes: list[Theme] = field(factory=list)
    """The findings."""
    memos: list[Memo] = field(factory=list)
    """The notes."""
    links: list[Link] = field(factory=list)
    """Relations between things."""
    sets: list[Set] = field(factory=list)
    """Groups of codes, sources and memos."""
    graphs: list[Graph] = field(factory=list)
    """Drawings."""
    consents: list[Consent] = field(factory=list)
    """What was agreed with those the data are about."""
    replacements: list[Replacement] = field(factory=list)
    """What was anonymised, and where."""
    quotes: list[PublishedQuote] = field(factory=list)
    """Excerpts that were published."""
    documents: list[Document] = field(factory=list)
    """What belongs to the study and is not data."""
    reading: Reading | None = field(default=None, eq=False)
    """How it was read; None for a study made here."""
    _index: dict[str, Thing] | None = field(default=None, init=False, eq=False)

    def add(self, thing: T) -> T:
        """Put a thing into the list of its kind, and return it.

        Raises ValueError when its id is taken, TypeError when a study has no list for it (excerpts are
        made by their source, codings by their excerpt).
        """
        place = next((LISTS[c] for c in type(thing).__mro__ if c in LISTS), None)
        if place is None:
            raise TypeError(f"A study has no list of {type(thing).__name__}s. Excerpts are made with source.excerpt(), codings with excerpt.apply().")
        index = self._index if self._index is not None else self._indexed()
        new = {fold(t.id): t for t in walk(thing)}
        for key, inner in new.items():
            if (there := index.get(key)) is not None and fold(there.id) == key:
                raise ValueError(f"The id {inner.id} is taken: {there!r}.")
        getattr(self, place).append(thing)
        index.update(new)
        return thing

    def __getitem__(self, id: str) -> Any:
        """The thing with an id, whatever its case and braces. Raises KeyError.

        The look-up table is made at first use and again after a miss; a thing that was taken out of
        the study by hand may still be found.
        """
        found = self.get(id)
        if found is None:
            raise KeyError(id)
        return found

    def get(self, id: str) -> Any:
        """The thing with an id, or None."""
        key = fold(id)
        found = self._index.get(key) if self._index is not None else None
        return self._indexed().get(key) if found is None or fold(found.id) != key else found

    def _indexed(self) -> dict[str, Thing]:
        """The look-up table, made anew; the first of two things with one id is found."""
        index: dict[str, Thing] = {}
        self._index = index
        for thing in walk(self):
            index.setdefault(fold(thing.id), thing)
        return index

    def segments(
        self,
        *,
        code: Code | str | None = None,
        with_subcodes: bool = False,
        case: Case | str | None = None,
        coder: Contributor | str | None = None,
        per: Literal["coding", "case"] = "coding",
    ) -> Segments:
        """Codings with what they stand on: one row a coding, codings of whole sources included.

        Filters take things or ids: a *code*, with those under it if *with_subcodes*; a *case*; a *coder*.
        With *per* `case`, a coding of several cases makes a row for each. Raises KeyError for an id that is
        not in the study.

        >>> study = qualdata.Study(title="Allotments")
        >>> talk = study.add(qualdata.TextSource(name="Talk", text="I garden. My neighbours help."))
        >>> trust = study.add(qualdata.Code(name="trust"))
        >>> coding = talk.excerpt(talk.find("My neighbours")).apply(trust)
        >>> [(segment.source.name, segment.code_path, segment.text) for segment in study.segments()]
        [('Talk', 'trust', 'My neighbours')]
        """
        codes = None if code is None else self._codes(self._of(code), with_subcodes)
        return Segments(self, codes, None if case is None else fold(self._of(case).id), None if coder is None else fold(self._of(coder).id), per)

    def _of(self, thing: Thing | str) -> Thing:
        found: Thing = self[thing] if isinstance(thing, str) else thing
        return found

    def _codes(self, code: Thing, with_subcodes: bool) -> frozenset[str]:
        """The folded ids of a code and, if asked, of all under it."""
        found = {fold(code.id)}
        if with_subcodes:
            for other in self.codes_in_order:
                if other.parent is not None and fold(other.parent) in found:
                    found.add(fold(other.id))
        return frozenset(found)

    def codable(self) -> Iterator[Source | Excerpt]:
        """All that codings can be laid on: every source, representation and memo, each followed by its excerpts, coded or not."""
        for source in (*self.sources, *self.memos):
            for holder in holders(source):
                if isinstance(holder, Source):
                    yield holder
                yield from holder.excerpts

    @property
    def code_tree(self) -> Tree[Code]:
        """The codes as a tree, made anew at each use."""
        return Tree.of(self.codes, attrgetter("parent"))

    @property
    def codes_in_order(self) -> list[Code]:
        """The codes in the order of the tree: each before those under it, siblings as they stand in `codes`."""
        return [code for code, _ in self.code_tree.walk()]

    def __repr__(self) -> str:
        lists = [(name, getattr(self, name)) for name in (f.name for f in fields(Study)) if name in LISTS.values()]
        return f"<Study {self.title!r}: {', '.join(f'{len(things)} {name}' for name, things in lists if things) or 'empty'}>"


LISTS: dict[type, str] = {
    Contributor: "contributors",
    Variable: "variables",
    Code: "codes",
    Case: "cases",
    Memo: "memos",
    Source: "sources",
    Link: "links",
    Set: "sets",
    Graph: "graphs",
    ResearchQuestion: "questions",
    CodeChange: "code_changes",
    Interview: "interviews",
    Point: "points",
    Theme: "themes",
    Consent: "consents",
    Replacement: "replacements",
    PublishedQuote: "quotes",
    Document: "documents",
}
"""The list of a study in which things of each class stand."""


def walk(part: Part) -> Iterator[Thing]:
    """A part and all things within it that have an id, in the order of their fields."""
    if isinstance(part, Thing):
        yield part
    for inner in within(part):
        yield from walk(inner)


def within(part: Part) -> Iterator[Part]:
    """What stands directly within a part, in the order of its fields: things with an id, and parts that may hold some."""
    for name in _nested(type(part)):
        value = getattr(part, name)
        for inner in value if isinstance(value, list) else (value,):
            if isinstance(inner, Part):
                yield inner


_NESTED: dict[type, tuple[str, ...]] = {}


def _nested(cls: type) -> tuple[str, ...]:
    """The fields of a class that may hold other parts of the study."""
    if cls not in _NESTED:
        _NESTED[cls] = tuple(f.name for f in fields(cls) if f.name not in ("extra", "_index", "span") and _holds_parts(str(f.type)))
    return _NESTED[cls]


def _holds_parts(annotation: str) -> bool:
    return ("list[" in annotation and "list[str]" not in annotation) or "Source" in annotation
