"""Strategies for whole studies: the fields of each class are drawn by their kind, what holds them together by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from qualdata.model.base import Part, fold
from qualdata.model.case import Case
from qualdata.model.change import CodeChange
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.consent import Consent, Permission
from qualdata.model.contributor import Contributor
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt
from qualdata.model.extension import Extension
from qualdata.model.graph import Edge, Graph, Vertex
from qualdata.model.interview import Interview
from qualdata.model.link import Link
from qualdata.model.memo import Memo
from qualdata.model.point import Point
from qualdata.model.published import PublishedQuote
from qualdata.model.question import ResearchQuestion
from qualdata.model.references import each_reference
from qualdata.model.replacement import Replacement
from qualdata.model.set import Set
from qualdata.model.source import AudioSource, PdfSource, PictureSource, Source, Speaker, SyncPoint, TextSource, Transcript, Turn, VideoSource
from qualdata.model.spans import AreaSpan, PageSpan, Span, TextSpan, TimeSpan, TranscriptSpan
from qualdata.model.study import Study
from qualdata.model.theme import Evidence, Theme
from qualdata.model.variable import Value, Variable, VariableType
from qualdata.testing import words
from qualdata.testing.drawing import NUMBERS, rules

__all__ = ["sources", "studies"]

S = TypeVar("S")
T = TypeVar("T", bound=Part)

KINDS: Final[tuple[type[Source], ...]] = (TextSource, PictureSource, PdfSource, AudioSource, VideoSource)


@st.composite
def studies(draw: DrawFn, *, max_sources: int = 3, max_codes: int = 8, max_memos: int = 2, awkward: bool = True) -> Study:
    """Whole studies with everything that the model speaks of.

    Their texts are kept inline and their media are not there. Ids differ, whatever their case and
    braces; references are mostly to what is there, not always written as it writes its id. Without
    *awkward*, texts are ASCII, positions within them, ids GUIDs, no reference dangles, and nothing is unknown.
    """
    make = Maker(draw, awkward)
    return make.resolved(make.study(max_sources, max_codes, max_memos))


@st.composite
def sources(draw: DrawFn, kinds: Sequence[type[Source]] = KINDS, *, codes: Sequence[str] = (), contributors: Sequence[str] = (), awkward: bool = True) -> Source:
    """Single sources of some *kinds* (`[Memo]` for memos), which refer to these codes and contributors, or to no one."""
    make = Maker(draw, awkward)
    make.pool |= {Code: [*codes], Contributor: [*contributors]}
    source: Source = make.resolved(make.source(draw(st.sampled_from(kinds))))
    return source


class Maker:
    """Makes the parts of one study.

    Made to be fast and to shrink well: a list is a few slots, each drawn as one span, that stand empty or not;
    ids are counted, not drawn; how they are written goes round a short list drawn once; and what a
    reference points at is looked up when all is there.
    """

    def __init__(self, draw: DrawFn, awkward: bool) -> None:
        self.draw = draw
        self.awkward = awkward
        self.slot = _slot(self)
        self.next: tuple[Callable[[], Any], float]
        self.shapes = draw(_SHAPES) if awkward else words.SHAPES[:1]
        self.turns = draw(_TURNS) if awkward else [str]
        self.count = self.turn = 0
        self.pool: dict[type, list[str]] = {}
        self.nobody = self.id(), self.id()

    # ids and references
    def id(self, kind: type | None = None) -> str:
        """A new id, put into the pool of its kind."""
        self.count += 1
        id = self.shapes[self.count % len(self.shapes)](self.count)
        if kind:
            self.pool.setdefault(next((k for k in POOLS if issubclass(kind, k)), kind), []).append(id)
        return id

    def ref(self, kinds: Sequence[type]) -> str:
        """A reference to something of these kinds, which need not be made yet."""
        return Reference(kinds, self.draw(_BYTE))

    def refs(self, kinds: Sequence[type]) -> list[str]:
        """One or two references."""
        return [self.ref(kinds) for _ in range(1 + self.upto(1))]

    def resolved(self, part: T) -> T:
        """The part, with ids for references: of what there is, perhaps written otherwise, or of no one; none where there can be none."""
        each_reference(part, lambda id: self.resolve(id) if isinstance(id, Reference) else id)
        return part

    def resolve(self, reference: Reference) -> str | None:
        """An id of what a reference may point at; None where there is nothing, and nothing awkward is wanted."""
        ids = [id for kind in reference.kinds for id in self.pool.get(kind, ())]
        if self.awkward and (not ids or reference.n % 16 == 15):
            ids = [*self.nobody]
        return self.written(ids[reference.n % len(ids)]) if ids else None

    def written(self, id: str) -> str:
        """An id, perhaps written otherwise."""
        self.turn += 1
        return self.turns[self.turn % len(self.turns)](id)

    # choices
    def upto(self, most: int) -> int:
        """A number from 0 to *most*, both included."""
        return self.draw(_upto(most))

    def odd(self, one_in: int = 8) -> bool:
        """Rarely, and only when things are to be awkward."""
        return self.awkward and self.upto(one_in - 1) == one_in - 1

    def some(self, most: int, make: Callable[[], S], often: float = 0.5) -> list[S]:
        """At most so many; each is there as *often* as said."""
        return [made for _ in range(most) if (made := self.perhaps(make, often)) is not None]

    def perhaps(self, make: Callable[[], S], often: float = 0.5) -> S | None:
        """What *make* makes, as *often* as said; else None. It is drawn as one span, so that it shrinks away whole."""
        self.next = make, often
        made: S | None = self.draw(self.slot)
        return made

    def among(self, ids: Sequence[str]) -> str | None:
        """One of some ids, perhaps written otherwise, or None."""
        n = self.upto(len(ids))
        return self.written(ids[n - 1]) if n else None

    # things
    def thing(self, cls: type[T], **own: Any) -> T:
        """A thing whose fields, but those given, are drawn by their kind; one draw says which optional ones are filled."""
        kind: Any = cls
        must, fillings = rules(kind, self.awkward)
        chosen = must + fillings[self.upto(len(fillings) - 1)]
        return cls(**{name: rule(self) for name, rule in chosen if name not in own}, **own)

    def study(self, max_sources: int, max_codes: int, max_memos: int) -> Study:
        return self.thing(
            Study,
            contributors=self.some(2, lambda: self.thing(Contributor)),
            variables=self.some(2, lambda: self.thing(Variable)),
            codes=self.codes(max_codes),
            sources=self.some(max_sources, lambda: self.source(self.draw(_KIND)), 0.67),
            memos=self.some(max_memos, lambda: self.source(Memo)),
            cases=self.some(2, lambda: self.thing(Case, values=self.values(2))),
            links=self.some(2, lambda: self.thing(Link)),
            sets=self.some(2, lambda: self.thing(Set)),
            graphs=self.some(1, self.graph, 0.25),
            documents=self.some(1, lambda: self.thing(Document, path="sources/left over.txt"), 0.25),
            **self.findings(),
        )

    def findings(self) -> dict[str, Any]:
        """What a study found, and how it came to that; most studies have little of it."""
        if not self.upto(2):
            return {}
        marked = self.awkward or bool(self.pool.get(Source))
        return {
            "extensions": self.some(1, lambda: self.thing(Extension), 0.34),
            "questions": self.some(2, lambda: self.thing(ResearchQuestion), 0.34),
            "code_changes": self.some(1, lambda: self.thing(CodeChange), 0.34),
            "interviews": self.some(1, lambda: self.thing(Interview, values=self.values(1))),
            "points": self.some(2, lambda: self.thing(Point), 0.34),
            "themes": self.some(2, lambda: self.thing(Theme, evidence=self.some(2, lambda: self.thing(Evidence))), 0.34),
            "consents": self.some(1, lambda: self.thing(Consent, permissions=self.some(2, lambda: self.thing(Permission)))),
            "replacements": self.some(1 if marked else 0, lambda: self.thing(Replacement), 0.34),
            "quotes": self.some(1, lambda: self.thing(PublishedQuote), 0.34),
        }

    def codes(self, most: int) -> list[Code]:
        """Codes without order, one under the other, or as a wood in which some parents are no one or stand in a circle."""
        shape = self.draw(_TREE)
        codes: list[Code] = []

        def code() -> Code:
            parent = None
            if shape == "any" and self.odd():
                parent = self.ref([Code])
            elif codes and (shape == "deep" or (shape == "any" and self.upto(1))):
                parent = codes[-1 if shape == "deep" else self.upto(len(codes) - 1)].id
            codes.append(self.thing(Code, parent=parent))
            return codes[-1]

        self.some(most, code, 0.85 if shape == "deep" else 0.5)
        return codes[::-1] if self.odd(4) else codes

    def source(self, cls: type[Source], top: bool = True) -> Any:
        """A source of a kind; one that stands within another is smaller."""
        own: dict[str, Any] = {"codings": self.codings(1), "values": self.values(1)}
        if issubclass(cls, TextSource):
            text = own["text"] = self.text(12 if top else 4)
            own["excerpts"] = self.some(3 if top else 1, lambda: self.text_excerpt(text))
            if top and self.upto(2) == 2:
                own |= self.talk(text)
        else:
            own["excerpts"] = self.some(2, lambda: self.excerpt(self.span(cls), within=cls))
        if issubclass(cls, AudioSource | VideoSource):
            own["transcripts"] = self.some(1, self.transcript)
        elif issubclass(cls, PictureSource | PdfSource):
            own["representation"] = self.perhaps(lambda: self.source(TextSource, top=False))
        return self.thing(cls, **own) if top else self.thing(cls, id=self.id(), **own)

    def text(self, size: int) -> str | None:
        return None if self.odd() else self.draw(_texts(awkward=self.awkward, max_size=size))

    def talk(self, text: str | None) -> dict[str, Any]:
        """Speakers of a text and their turns, which lie in order in it."""
        speakers = self.some(2, lambda: self.thing(Speaker))
        count = self.upto(3) if speakers else 0
        cuts = sorted(self.upto(len(text or "")) for _ in range(2 * count))
        turns = [self.thing(Turn, speaker=self.written(speakers[self.upto(len(speakers) - 1)].id), span=TextSpan(*cuts[i : i + 2])) for i in range(0, 2 * count, 2)]
        return {"speakers": speakers, "turns": turns}

    def transcript(self) -> Transcript:
        text = self.text(6)
        points = self.some(3, lambda: self.thing(SyncPoint, position=self.perhaps(lambda: self.position(text))))
        here = [p.id for p in points]
        excerpts = self.some(2, lambda: self.excerpt(TranscriptSpan(self.among(here), self.among(here))))
        return self.thing(Transcript, text=text, sync_points=points, excerpts=excerpts)

    def text_excerpt(self, text: str | None) -> Excerpt:
        """An excerpt of a text; half of them are named by the words they stand on, as many tools do."""
        span = self.text_span(text)
        return self.excerpt(span, name=text[span.slice]) if text and self.upto(1) else self.excerpt(span)

    def excerpt(self, span: Span, within: type | None = None, **own: Any) -> Excerpt:
        if within is PdfSource:
            own["representation"] = self.perhaps(lambda: self.source(TextSource, top=False), 0.25)
        return self.thing(Excerpt, span=span, codings=self.codings(2), **own)

    def codings(self, most: int) -> list[Coding]:
        return self.some(most if self.pool.get(Code) or self.awkward else 0, lambda: self.thing(Coding, code=self.ref([Code])))

    def values(self, most: int) -> list[Value]:
        return self.some(most if self.pool.get(Variable) or self.awkward else 0, self.value)

    def value(self) -> Value:
        """A value of any type; one that is missing has none."""
        kind: VariableType | None = self.draw(_TYPE)
        said = {} if kind is None else {"type": kind, "value": self.draw(_values(kind, awkward=self.awkward))}
        return self.thing(Value, variable=self.ref([Variable]), **{"type": "Text", "value": None, **said})

    def graph(self) -> Graph:
        """A drawing; its lines go between its shapes, or from one that is not there."""
        vertices = self.some(2, lambda: self.thing(Vertex))
        ends = [v.id for v in vertices] + [self.nobody[0]] * self.awkward
        edges = self.some(2 if ends else 0, lambda: self.thing(Edge, origin=self.among(ends) or ends[0], target=ends[0]))
        return self.thing(Graph, vertices=vertices, edges=edges)

    # places
    def position(self, text: str | None) -> int:
        """A place in a text, or a little beyond it."""
        return self.upto(len(text or "")) + (self.upto(9) if self.odd() else 0)

    def text_span(self, text: str | None) -> TextSpan:
        """A part of a text; when awkward, perhaps empty, beyond either end, or reversed."""
        start, end = sorted((self.upto(len(text or "")), self.upto(len(text or ""))))
        if self.odd(5):
            return self.draw(st.sampled_from((TextSpan(start, start), TextSpan(start, end + 7), TextSpan(end + 1000, 2**40), TextSpan(-3, end), TextSpan(end + 1, start))))
        return TextSpan(start, end)

    def span(self, kind: type[Source]) -> Span:
        a, b, c, d = (self.draw(NUMBERS) for _ in range(4))
        if issubclass(kind, PictureSource):
            return AreaSpan(a, b, a + c, b + d)
        if issubclass(kind, PdfSource):
            return PageSpan(self.upto(2), a, b, c, d)
        return TimeSpan(a - 5, a) if self.odd() else TimeSpan(a, a + b)


POOLS: Final = (Memo, Source)
"""Classes whose subclasses are referred to alike."""


class Reference(str):
    """Stands for a reference until all is there that it may point at."""

    __slots__ = ("kinds", "n")
    kinds: Sequence[type]
    n: int

    def __new__(cls, kinds: Sequence[type], n: int) -> Reference:
        made = super().__new__(cls, "?")
        made.kinds, made.n = kinds, n
        return made


@st.composite
def _slot(draw: DrawFn, maker: Maker) -> Any:
    """What the maker is to make next, or None; one strategy for all, since making strategies takes time."""
    make, often = maker.next
    return make() if draw(_upto(11)) >= 12 * (1 - often) else None


def _other(change: Callable[[str], str]) -> Callable[[str], str]:
    """A way of writing an id, left out where it would be another id."""

    def written(id: str) -> str:
        return other if fold(other := change(id)) == fold(id) else id

    return written


_SHAPES = st.lists(st.sampled_from(words.SHAPES), min_size=1, max_size=5)
_TURNS = st.lists(st.sampled_from([_other(c) for c in (str, str.upper, str.lower, lambda id: id if "{" in id else f"{{{id}}}", lambda id: id.strip("{}"))]), min_size=1, max_size=4)
_BYTE = st.integers(0, 255)
_TREE = st.sampled_from(("flat", "any", "deep"))
_KIND = st.sampled_from(KINDS)
_TYPE = st.sampled_from((*words.TYPES, None))
_texts, _values = cache(words.texts), cache(words.values)


@cache
def _upto(most: int) -> SearchStrategy[int]:
    return st.integers(0, most)
