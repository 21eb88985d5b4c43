"""A study as an annotation collection: what it consists of, and an annotation for each coding, passage and memo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from qualdata import __version__
from qualdata.formats.beside import Beside
from qualdata.formats.webanno.files import Placing, format_of
from qualdata.formats.webanno.iris import iri_of
from qualdata.formats.webanno.losses import PREFIX, is_kept
from qualdata.formats.webanno.selectors import quote_of, said_span, selectors
from qualdata.formats.webanno.terms import CONTEXT, OWN, TERMS, Term, terms
from qualdata.model.base import Thing, fold, guid_for
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.memo import Memo
from qualdata.model.source import AudioSource, MediaSource, PdfSource, PictureSource, TextSource, Transcript, VideoSource
from qualdata.model.spans import TextSpan, TranscriptSpan
from qualdata.model.study import Study, walk
from qualdata.model.whereabouts import between, sync_points

__all__ = ["ANNOTATION", "AUTHORED", "TRANSCRIPT", "TYPES", "Writer", "made", "texts"]

TRANSCRIPT: Final = f"{OWN}Transcript"
TYPES: Final[dict[type, Any]] = {
    TextSource: "Text", PictureSource: "Image", PdfSource: "Text", AudioSource: "Sound", VideoSource: "Video", Transcript: ["Text", TRANSCRIPT],
}  # fmt: skip
"""What each kind of source is called."""
ANNOTATION: Final = f"{PREFIX}annotation"
"""The key of `extra` under which a passage or a memo has what an annotation said beside it."""
_CHARSETS: Final = {"utf-8": "", "utf-16-le": ";charset=utf-16", "utf-16-be": ";charset=utf-16", "cp1252": ";charset=windows-1252"}
AUTHORED: Final = ("creator", "created", f"{OWN}created", "modified", f"{OWN}modified")
"""Who made a thing, and when."""

Json = dict[str, Any]


def texts(holder: Any, of: Any = None) -> Iterator[tuple[Any, Any]]:
    """A source or memo and all within it that excerpts can stand in, each with what it belongs to."""
    yield holder, of
    for excerpt in holder.excerpts:
        if excerpt.representation is not None:
            yield from texts(excerpt.representation, excerpt)
    if (representation := getattr(holder, "representation", None)) is not None:
        yield from texts(representation, holder)
    for transcript in getattr(holder, "transcripts", ()):
        yield from texts(transcript, holder)


def made(study: Study, thing: Excerpt | Memo) -> str:
    """The id of the annotation that marks a passage, or makes a memo: the model has none of its own for it."""
    return guid_for(fold(study.id), f"annotation {fold(thing.id)}")


class Writer:
    """Says one study in JSON. *lost* is what could not be said: ids of things, their classes and fields."""

    def __init__(self, study: Study, beside: Beside | None) -> None:
        self.study, self.placing = study, Placing(beside)
        self.lost: list[tuple[str, str, str]] = []
        self.holders = [found for source in study.sources for found in texts(source)]
        self.noted = [found for memo in study.memos for found in texts(memo)]
        self.people = {fold(c.id): c for c in study.contributors}
        self.codes = {fold(c.id): c for c in study.codes}
        self.iris = {fold(t.id): iri_of(t.id) for t in walk(study)}
        self.files = {id(h): iri for h, _ in (*self.holders, *self.noted) if type(h) is not Memo and (iri := self.placing.iri(h))}
        self.iris |= {fold(h.id): self.files[id(h)] for h, _ in (*self.holders, *self.noted) if id(h) in self.files}
        self.notes = {fold(m.id): n for n, m in enumerate(study.memos)}
        self.about: dict[str, list[Any]] = {}

    # ---- the collection ----
    def head(self) -> Json:
        """What is said of the study."""
        kept = self._kept(self.study)
        context = kept.pop("@context", [])
        kept.pop("annotations", None)
        said = {"id": self.iri(self.study.id), "type": "AnnotationCollection", **self._say(self.study)}
        return {"@context": [*context, *CONTEXT], **kept, **said, "generator": {"type": "Software", "name": f"qualdata {__version__}"}}

    def lists(self) -> dict[str, Iterator[Json]]:
        """The people, codes and sources, each under the property that lists them."""
        return {
            f"{OWN}contributors": (self._thing(c, "Person") for c in self.study.contributors),
            f"{OWN}codes": (self._thing(c, "skos:Concept") for c in self.study.codes),
            f"{OWN}sources": (self._source(h, of) for h, of in (*self.holders, *self.noted) if type(h) is not Memo),
        }

    def page(self) -> Json:
        """What is said of the one page that holds the annotations."""
        collection = {"id": self.iri(self.study.id), "type": "AnnotationCollection"}
        return {"id": iri_of(guid_for(fold(self.study.id), "page")), "type": "AnnotationPage", "partOf": collection, "startIndex": 0}

    def _source(self, holder: Any, of: Thing | None) -> Json:
        file = self.files.get(id(holder))
        if file is None:
            self._miss(holder)
        there: Json = {"id": self.iri(holder.id)} | ({"canonical": iri_of(holder.id)} if file else {})
        path = {f"{OWN}path": holder.path} if file is None and holder.path else {}
        points = [self._thing(p, f"{OWN}SyncPoint") for p in sync_points(holder).values()]
        within = {f"{OWN}of": self.iri(of.id)} if of is not None else {}
        kind = {"type": TYPES[type(holder)]} | ({"format": found} if (found := _format(holder, file)) else {})
        return {**self._kept(holder), **there, **kind, **self._say(holder), **path, **within, **({f"{OWN}syncPoints": points} if points else {})}

    def _miss(self, holder: Any) -> None:
        field = "media" if isinstance(holder, MediaSource) else "text"
        if getattr(holder, field) is not None:
            self.lost.append((holder.id, type(holder).__name__, field))

    # ---- the annotations ----
    def annotations(self) -> Iterator[Json]:
        """One for each coding, each passage without any, and each memo."""
        self._find_notes()
        for holder, _ in (*self.holders, *self.noted):
            for coding in getattr(holder, "codings", ()):
                yield self._coding(coding, self.iri(holder.id))
            for excerpt in holder.excerpts:
                yield from self._excerpt(excerpt, holder)
        for memo in self.study.memos:
            yield self._memo(memo)
        yield from self._kept(self.study).get("annotations", ())

    def _excerpt(self, excerpt: Excerpt, holder: Any) -> Iterator[Json]:
        target = self._target(excerpt, holder)
        for memo in excerpt.memos:
            self.about.setdefault(fold(memo), []).append(target)
        annotation = (excerpt.extra or {}).get(ANNOTATION, {}) if is_kept(excerpt.extra or {}) else {}
        if annotation or not excerpt.codings:
            yield {"id": iri_of(made(self.study, excerpt)), "type": "Annotation", "motivation": "highlighting", **_authored(target), "target": target, **annotation}
        for coding in excerpt.codings:
            yield self._coding(coding, target)

    def _coding(self, coding: Coding, target: Json | str) -> Json:
        code, kept = self.codes.get(fold(coding.code)), self._kept(coding)
        concept = self.iri(coding.code) if code is None else {"id": self.iri(code.id), "type": "skos:Concept", "label": code.name}
        body = {"type": "SpecificResource", "purpose": "tagging", "source": concept}
        bodies = [body, *kept.pop("body")] if "body" in kept else body
        said = {"id": self.iri(coding.id), "type": "Annotation", **self._say(coding), "body": bodies}
        return {"motivation": "tagging", "target": target, **kept, **said}

    def _memo(self, memo: Memo) -> Json:
        kept = self._kept(memo)
        text = {"value": memo.text} if memo.text is not None else {"value": "", f"{OWN}withoutText": True}
        body = {**kept, "id": self.iri(memo.id), "type": "TextualBody", "format": "text/plain", **text, **self._say(memo)}
        annotation = {**body.pop("annotation", {})}
        bodies = [body, *annotation.pop("body")] if "body" in annotation else body
        targets = self.about.get(fold(memo.id))
        about = {"target": targets if len(targets) > 1 else targets[0]} if targets else {"target": self.iri(self.study.id), f"{OWN}free": True}
        return {"id": iri_of(made(self.study, memo)), "type": "Annotation", "motivation": "commenting", **_authored(body), "body": bodies, **about, **annotation}

    def _target(self, excerpt: Excerpt, holder: Any) -> Json:
        text: str | None = getattr(holder, "text", None)
        kept, span = self._kept(excerpt), excerpt.span
        kept.pop("annotation", None)
        words = between(span, sync_points(holder), holder) if isinstance(span, TranscriptSpan) else None
        found = selectors(span, text, excerpt.quote, words)
        own = {} if (said := said_span(span, found)) is None else {f"{OWN}span": said}
        found += kept.pop("selector", ())
        selected = {"selector": found if len(found) > 1 else found[0]} if found else {}
        target = {"id": self.iri(excerpt.id), "type": "SpecificResource", "source": self.iri(holder.id), **selected, **own}
        return {**kept, **target, **self._say(excerpt), **self._quote(excerpt, text)}

    def _quote(self, excerpt: Excerpt, text: str | None) -> Json:
        """A quotation that the selectors do not say."""
        quote = excerpt.quote
        if quote is None or (isinstance(excerpt.span, TextSpan) and text is None and quote.exact):
            return {}
        if isinstance(excerpt.span, TextSpan) and text is not None and quote == quote_of(excerpt.span, text):
            self.lost.append((excerpt.id, "Excerpt", "quote"))
            return {}
        return {f"{OWN}quote": {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}}

    # ---- what it is about ----
    def _find_notes(self) -> None:
        """What each memo is about, but for passages: they are told when their selectors are."""
        for thing in walk(self.study):
            if type(thing) in TERMS and not isinstance(thing, Excerpt):
                for memo in _memos(thing):
                    self.about.setdefault(fold(memo), []).append(self.iri(thing.id))

    def _in_order(self, memos: list[str]) -> bool:
        """Whether the memos of a thing can be told by the annotations alone: they are there, and in their order."""
        numbers = [self.notes.get(fold(id), -1) for id in memos]
        return numbers == sorted({n for n in numbers if n >= 0})

    # ---- values ----
    def _thing(self, thing: Thing, kind: str) -> Json:
        return {**self._kept(thing), "id": self.iri(thing.id), "type": kind, **self._say(thing)}

    def iri(self, id: str) -> str:
        """The IRI of the thing with an id."""
        return self.iris.get(fold(id)) or iri_of(id)

    def _say(self, thing: Any) -> Json:
        said: Json = {}
        cls: Any = type(thing)
        for term in terms(cls):
            value = getattr(thing, term.field)
            if value != term.default and not (term.key == f"{OWN}memos" and self._in_order(value)):
                said |= self._value(term, value)
        return said

    def _value(self, term: Term, value: Any) -> Json:
        match term.kind:
            case "reference":
                return {term.key: self.iri(value)}
            case "references":
                return {term.key: [self.iri(id) for id in value]}
            case "person":
                return {term.key: self._person(value)}
            case "moment" if not value.endswith("Z"):
                return {f"{OWN}{term.key}": value}
        return {term.key: value}

    def _person(self, id: str) -> Json | str:
        person = self.people.get(fold(id))
        return self.iri(id) if person is None else {"id": self.iri(person.id), "type": "Person"} | ({"name": person.name} if person.name is not None else {})

    def _kept(self, thing: Any) -> Json:
        """What annotations of others said of a thing, to be written back."""
        extra = thing.extra or {}
        return {key.removeprefix(PREFIX): value for key, value in extra.items()} if is_kept(extra) else {}


def _memos(thing: Thing) -> Iterable[str]:
    memos: Iterable[str] = thing.own_memos if isinstance(thing, Study) else getattr(thing, "memos", ())
    return memos


def _authored(said: Json) -> Json:
    """Who made a thing, and when: told of the annotation too, where most programs look for it."""
    return {key: said[key] for key in AUTHORED if key in said}


def _format(holder: Any, file: str | None) -> str | None:
    if isinstance(holder, PdfSource):
        return "application/pdf"
    if isinstance(holder, MediaSource):
        return format_of(file or holder.path or "")
    encoding = holder.stored.encoding if holder.stored is not None and holder.text is not None else "utf-8"
    return f"text/plain{_CHARSETS.get(encoding, '')}"
