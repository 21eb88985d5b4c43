"""Annotations as a study: the things that are listed first, then what the annotations say, then what they say it of."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urldefrag

from attrs import define, evolve, field

from qualdata.formats.webanno.bodies import Body, bodies, label_of, last_of, motivations
from qualdata.formats.webanno.files import Finding, format_of, is_readable_text
from qualdata.formats.webanno.hearing import STRUCTURE, address, hear
from qualdata.formats.webanno.iris import id_of, is_relative, unquoted
from qualdata.formats.webanno.losses import PREFIX
from qualdata.formats.webanno.outline import Outline, called, many
from qualdata.formats.webanno.selectors import Place, place_of, span_of
from qualdata.formats.webanno.terms import ANNO, CONTEXT, OWN, terms
from qualdata.formats.webanno.writer import ANNOTATION, AUTHORED, TRANSCRIPT, made
from qualdata.match.anchoring import Anchorer
from qualdata.model.base import Thing, fold, guid_for, is_bare_guid
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.contributor import Contributor
from qualdata.model.copying import shallow
from qualdata.model.excerpt import Excerpt, Quote
from qualdata.model.memo import Memo
from qualdata.model.nouns import noun
from qualdata.model.reading import Remark
from qualdata.model.source import SPANS, AudioSource, MediaSource, PdfSource, PictureSource, Source, SyncPoint, TextSource, Transcript, VideoSource
from qualdata.model.spans import AreaSpan, PageSpan, Span, TextSpan, TimeSpan
from qualdata.model.study import Study

__all__ = ["Reader"]

T = TypeVar("T", bound=Thing)
Json = dict[str, Any]
_TYPES: Final = {"Image": PictureSource, "StillImage": PictureSource, "Sound": AudioSource, "Audio": AudioSource, "Video": VideoSource, "MovingImage": VideoSource}
_MAJOR: Final = {"image": PictureSource, "audio": AudioSource, "video": VideoSource}
_MEANT: Final = {TimeSpan: AudioSource, AreaSpan: PictureSource, PageSpan: PdfSource}
"""What is marked in this way, where nothing else says what it is."""


@define
class _Work:
    """An annotation, and what its bodies became."""

    annotation: Json
    name: str
    """What ids are made of that it does not give."""
    codings: list[Coding] = field(factory=list)
    memos: list[Memo] = field(factory=list)
    said: Json = field(factory=dict)
    """The first note among its bodies."""
    left: Json = field(factory=dict)
    """Its properties that are not known."""


class Reader:
    """Reads one file; `remarks` are what was odd, `origin` the program that wrote it."""

    def __init__(self, outline: Outline, finding: Finding, path: Path) -> None:
        self.collection, self.annotations, self.absent = outline.collection, outline.annotations, outline.absent
        self.finding = finding
        self.remarks: list[Remark] = []
        first = address(self.collection) or next(filter(None, map(address, self.annotations)), path.name)
        self.study = Study(id=id_of(first) if address(self.collection) else guid_for("web-annotation", first))
        self.things: dict[str, Any] = {}
        self.taken = {fold(self.study.id)}
        self.alias: dict[str, str] = {}
        self.listed: set[type] = set()
        self.kept: list[Json] = []
        self.within: list[tuple[Any, str]] = []
        self.anchorers: dict[int, Anchorer | None] = {}
        self.unknown: dict[str, None] = {}

    @property
    def origin(self) -> str | None:
        """The program that wrote it, in its own words."""
        writers = (g for said in (self.collection, *self.annotations[:1]) for g in many(said.get("generator")))
        return next((name for g in writers if (name := (label_of(g) if isinstance(g, dict) else None) or address(g))), None)

    def read(self) -> Study:
        """The study."""
        self._read_lists()
        work = [self._say(n, annotation) for n, annotation in enumerate(self.annotations)]
        for one in work:
            self._lay(one)
        for thing, of in self.within:
            self._put_within(thing, of)
        self._remark_on_all()
        return self.study

    # ---- what is listed ----
    def _read_lists(self) -> None:
        lists = {name: [e for e in many(self.collection.get(f"{OWN}{name}")) if isinstance(e, dict) and address(e)] for name in ("contributors", "codes", "sources")}
        self.listed = {cls for cls, name in ((Contributor, "contributors"), (Code, "codes")) if f"{OWN}{name}" in self.collection}
        for entry in lists["sources"]:
            if (canonical := address(entry.get("canonical"))) is not None:
                self.alias[entry["id"]] = id_of(canonical)
        for entry in lists["contributors"]:
            self.study.contributors.append(self._make(Contributor, entry["id"], entry))
        for entry in lists["codes"]:
            self._code(entry["id"], entry, label_of(entry))
        self._read_study()
        for entry in lists["sources"]:
            self._source(entry["id"], entry)

    def _read_study(self) -> None:
        said, left = hear(Study, self.collection, self.id, self._person)
        for name, value in said.items():
            setattr(self.study, name, value)
        contexts = [c for c in many(self.collection.get("@context")) if c not in (ANNO, ANNO.replace("http:", "https:"), CONTEXT[1], _renamed(CONTEXT[1]))]
        self.study.extra = self._extra({**left, **({"@context": list(map(_context, contexts))} if contexts else {})})
        if (iri := address(self.collection)) is not None:
            self.things[self._key(iri)] = self.study

    def _code(self, iri: str, entry: Json, name: str | None) -> Code:
        code = self._make(Code, iri, entry, made=f"code {name}", name=last_of(iri) if name is None else name)
        self.study.codes.append(code)
        return code

    def _source(self, iri: str, entry: Json, span: Span | None = None) -> Any:
        cls = _class_of(iri, entry, span)
        source = self._make(cls, iri, entry)
        path = entry.get(f"{OWN}path")
        self._find(source, path if isinstance(path, str) else f"relative:///{unquoted(iri)}" if is_relative(iri) else None if iri.lower().startswith("urn:") else iri)
        for point in (p for p in many(entry.get(f"{OWN}syncPoints")) if cls is Transcript and isinstance(p, dict) and address(p)):
            source.sync_points.append(self._make(SyncPoint, point["id"], point))
        if (of := address(entry.get(f"{OWN}of"))) is not None or cls is Transcript:
            self.within.append((source, of or ""))
        else:
            self.study.sources.append(source)
        return source

    def _find(self, source: Any, path: str | None) -> None:
        """Find the file of a source."""
        if path is None:
            return
        source.path, media = path, self.finding.find(path)
        if isinstance(source, MediaSource):
            source.media = media
        elif media is not None and not is_readable_text(media):
            self._remark("pkg-file-missing", f"{media.name} is no plain text, or too large for one; it was not read", source)
        else:
            source.stored = media

    def _put_within(self, thing: Any, of: str) -> None:
        """Put a text where it belongs; where that is not there, among the sources."""
        above = self.things.get(self._key(of)) if of else None
        if isinstance(thing, Transcript):
            if isinstance(above, AudioSource | VideoSource):
                above.transcripts.append(thing)
            else:
                self._remark("ref-dangling", f"the transcript {thing.name or thing.id} belongs to no recording that is here; it was left out")
        elif isinstance(above, Excerpt | PdfSource | PictureSource) and above.representation is None:
            above.representation = thing
        else:
            self.study.sources.append(thing)

    # ---- what annotations say ----
    def _say(self, number: int, annotation: Json) -> _Work:
        """The codes that an annotation lays, and the notes that it makes; what they are about is not looked at yet."""
        work = _Work(annotation, address(annotation) or f"annotation {number}")
        other: list[Any] = []
        for n, body in enumerate(bodies(annotation)):
            if body.kind == "code":
                work.codings.append(self._coding(work, body, n))
            elif body.kind == "note":
                work.memos.append(self._memo(work, body, n))
                work.said = work.said or body.entry
            else:
                other.append(body.value)
        usual = "tagging" if work.codings else "commenting" if work.memos else "highlighting"
        left = hear(Coding, annotation, self.id, self._person)[1] if work.codings else {key: value for key, value in annotation.items() if key not in STRUCTURE}
        why = {} if motivations(annotation) in ([], [usual]) else {"motivation": annotation["motivation"]}
        work.left = left | why | ({"body": other} if other else {})
        return work

    def _coding(self, work: _Work, body: Body, number: int) -> Coding:
        iri = address(work.annotation) if not work.codings else None
        return self._make(Coding, iri, work.annotation, made=f"{work.name} body {number}", code=self._concept(body), extra=None)

    def _concept(self, body: Body) -> str:
        """The id of the code that a body is; it is made where the file does not list codes, or names one that it does not list."""
        if body.iri is None or ("source" not in body.entry and isinstance(body.entry.get("value"), str)):
            return self._tag(body.text or "").id
        found = self.things.get(self._key(body.iri))
        if not isinstance(found, Code) and (body.text is not None or Code not in self.listed):
            found = self._code(body.iri, body.entry, body.text)
        return found.id if isinstance(found, Code) else self.id(body.iri)

    def _tag(self, name: str) -> Code:
        """The code that a tag means, which is known by its name alone."""
        if name not in self._names:
            self._names[name] = self._code("", {}, name)
        return self._names[name]

    @cached_property
    def _names(self) -> dict[str, Code]:
        return {code.name: code for code in reversed(self.study.codes)}

    def _memo(self, work: _Work, body: Body, number: int) -> Memo:
        known = self.things.get(self._key(body.iri)) if body.iri else None
        if isinstance(known, Memo):
            return known
        text = None if body.entry.get(f"{OWN}withoutText") is True else body.text
        memo = self._make(Memo, body.iri, _authored(body.entry, work.annotation), made=f"{work.name} body {number}", text=text)
        self.study.memos.append(memo)
        return memo

    # ---- what they say it of ----
    def _lay(self, work: _Work) -> None:
        """Put codings and memos where the targets of an annotation are."""
        about = [thing for n, target in enumerate(_targets(work)) if (thing := self._thing(target, work, n)) is not None]
        if not about:
            self._remark("sch-invalid", "an annotation has no target that can be read; a comment was taken for one on the study as a whole, all else was left aside")
        for n, thing in enumerate(about):
            for coding in work.codings:
                self._apply(coding if n == 0 else self._again(coding, n), thing)
        for memo in work.memos if work.annotation.get(f"{OWN}free") is not True else ():
            for thing in about or [self.study]:
                self._note(thing, memo)
        self._keep(work, about)

    def _again(self, coding: Coding, number: int) -> Coding:
        return shallow(coding, id=self._free(guid_for(self.study.id, f"{coding.id} target {number}")), memos=[*coding.memos])

    def _apply(self, coding: Coding, thing: Any) -> None:
        if isinstance(thing, Excerpt | Source):
            thing.codings.append(coding)
        else:
            self._remark("ref-wrong-type", f"an annotation lays a code on what is neither a source nor a passage, a {noun(type(thing).__name__)}; it was left out", thing)

    def _note(self, thing: Any, memo: Memo) -> None:
        memos: list[str] | None = thing.own_memos if isinstance(thing, Study) else getattr(thing, "memos", None)
        if memos is not None and fold(memo.id) not in map(fold, memos):
            memos.append(memo.id)

    def _keep(self, work: _Work, about: list[Any]) -> None:
        """Keep what is not known of an annotation with the first thing that it became; as a whole, if it became none."""
        if (work.codings and len(about) > 1) or any(isinstance(thing, Excerpt) for thing in about):
            work.left.pop("target", None)  # what it became has targets of its own
        if work.codings and about:
            work.codings[0].extra = self._extra(work.left)
            return
        one: Memo | Excerpt | None = work.memos[0] if work.memos else next((thing for thing in about if isinstance(thing, Excerpt)), None)
        if one is None:
            self.kept.append(work.annotation)
            return
        iri, targets = address(work.annotation), many(work.annotation.get("target"))
        said = work.said or (targets[0] if targets and isinstance(targets[0], dict) else {})
        left = {key: value for key, value in work.left.items() if key not in AUTHORED or said.get(key, value) != value}
        if iri and self.id(iri) != made(self.study, one):
            left = {"id": iri, **left}
        if left and ANNOTATION not in (one.extra or {}):
            one.extra = {**(one.extra or {}), ANNOTATION: left}
            self.unknown |= dict.fromkeys(left.keys() - {"id"})

    def _thing(self, target: Any, work: _Work, number: int) -> Any:
        """What a target is: a thing that is there, or a source or passage that is made; None where it cannot be read."""
        source = many(target["source"])[:1] if isinstance(target, dict) and "source" in target else [target]
        iri = address(source[0]) if source else None
        if iri is None:
            return None
        entry = source[0] if isinstance(source[0], dict) else {}
        if entry is target or not isinstance(target, dict) or not {"selector", f"{OWN}span"} & target.keys():
            return self._resource(iri, entry, work, number)
        known = self.things.get(self._key(address(target) or ""))
        if isinstance(known, Excerpt):
            return known
        place = place_of(target.get("selector", []))
        place = evolve(place, span=span_of(target.get(f"{OWN}span")) or place.span)
        return self._passage(self._resource(iri, entry, work, number, place.span), target, place, work, number)

    def _resource(self, iri: str, entry: Json, work: _Work, number: int, span: Span | None = None) -> Any:
        """What an address means: a thing that is there, a part of one, or a source that is not listed."""
        found = self.things.get(self._key(iri))
        if found is not None:
            return found
        bare, fragment = urldefrag(iri)
        place = place_of({"type": "FragmentSelector", "value": fragment})
        if span is None and bare and place.span is not None:
            return self._passage(self._resource(bare, entry, work, number, place.span), {}, place, work, number)
        return self._source(iri, {"label": iri, **entry}, span)

    def _passage(self, holder: Any, target: Json, place: Place, work: _Work, number: int) -> Any:
        """The part of a source that a place is; the source itself where such a one has no such parts."""
        in_words = isinstance(place.span, TextSpan) or (place.span is None and place.quote is not None)
        holder = self._words_of(holder) if in_words and isinstance(holder, PdfSource | PictureSource) else holder
        kind = SPANS.get(type(holder))
        if kind is None or not (isinstance(place.span, kind) or (in_words and kind is TextSpan)):
            work.left.setdefault("target", work.annotation.get("target"))
            self._remark("sch-extension-unverified", "a selector of an annotation is not known, or does not fit its source; it is about the whole source", holder)
            return holder
        span, quote = self._placed(holder, place) if kind is TextSpan else (place.span, None)
        entry = target if work.codings or work.memos else _authored(target, work.annotation)
        own = _quote(target.get(f"{OWN}quote"))
        excerpt = self._make(Excerpt, address(target), entry, made=f"{work.name} target {number}", span=span, quote=own or quote)
        if place.kept:
            excerpt.extra = {**(excerpt.extra or {}), f"{PREFIX}selector": place.kept}
        holder.excerpts.append(excerpt)
        return excerpt

    def _words_of(self, holder: Any) -> TextSource:
        if holder.representation is None:
            holder.representation = TextSource(id=self._free(guid_for(self.study.id, f"words of {holder.id}")))
        words: TextSource = holder.representation
        return words

    # ---- places in texts ----
    def _placed(self, holder: Any, place: Place) -> tuple[Span, Quote | None]:
        """Where words stand, and the words where the text does not say them. Positions of others may count in another way."""
        anchorer, quote = self._anchorer(holder), place.quote
        span = place.span if isinstance(place.span, TextSpan) else None
        if anchorer is None or quote is None:
            if span is None:
                self._remark("exc-empty", "only the words of a passage are said, and the text is not there; its place is not known", holder)
            return span or TextSpan(0, 0), quote
        if span is not None and span.start >= 0 and anchorer.text[span.slice] == quote.exact:
            return span, None
        found = anchorer.anchor(quote, near=span.start if span else None)
        if found is None:
            self._remark("exc-quote-mismatch", "the words of a passage do not stand in the text; they are kept as its quotation", holder)
            return span or TextSpan(0, 0), quote
        if span is not None:
            self._remark("exc-offset-unit", "the words of a passage do not stand at its positions; it was put where they stand", holder)
        elif found.confidence <= _DOUBTFUL:
            self._remark("exc-quote-mismatch", "the words of a passage stand in several places, and nothing says which is meant; the first was taken", holder)
        return found.span, None if found.basis == "exact" else quote

    def _anchorer(self, holder: Any) -> Anchorer | None:
        if id(holder) not in self.anchorers:
            text = holder.text
            self.anchorers[id(holder)] = None if text is None else Anchorer(text)
        return self.anchorers[id(holder)]

    # ---- making things ----
    def id(self, iri: str) -> str:
        """The id of the thing with an IRI."""
        found = self.things.get(self._key(iri))
        return found.id if found is not None else self.alias.get(iri) or id_of(iri)

    def _key(self, iri: str) -> str:
        """What a thing is looked up by: addresses differ in their capitals, GUIDs do not."""
        id = self.alias.get(iri) or id_of(iri)
        return fold(id) if is_bare_guid(id) else id

    def _free(self, id: str) -> str:
        """An id that nothing else has."""
        if fold(id) in self.taken:
            self._remark("ref-duplicate-id", f"two things have the id {id}; the second got another")
            id = guid_for(self.study.id, f"{id} {len(self.taken)}")
        self.taken.add(fold(id))
        return id

    def _make(self, cls: type[T], iri: str | None, entry: Json, *, made: str = "", **own: Any) -> T:
        """A thing of a class, by what an object says of it."""
        kind: Any = cls
        said, left = hear(kind, entry, self.id, self._person)
        given = {term.key for term in terms(kind) if term.field in own}
        left = {key: value for key, value in left.items() if key not in given}
        id = self._free((self.alias.get(iri) or id_of(iri)) if iri else guid_for(self.study.id, made))
        thing = cls(**{"extra": None if "extra" in own else self._extra(left), **said, **own, "id": id})
        if iri:
            self.things.setdefault(self._key(iri), thing)
        return thing

    def _person(self, value: Any) -> str | None:
        """The id of whoever is named; someone of whom there is a name, or who is not expected to be listed, is made."""
        one: Memo | Excerpt | None = work.memos[0] if work.memos else next((thing for thing in about if isinstance(thing, Excerpt)), None)
        iri, name = address(one), label_of(one) if isinstance(one, dict) else None
        known = self.things.get(self._key(iri or f"name {name}"))
        if isinstance(known, Contributor) or (iri is None and name is None):
            return known.id if isinstance(known, Contributor) else None
        if iri is not None and name is None and Contributor in self.listed:
            return self.id(iri)
        person = self._make(Contributor, iri, one if isinstance(one, dict) else {}, made=f"person {name}", name=name if name is not None else _user(iri or ""))
        self.things.setdefault(self._key(iri or f"name {name}"), person)
        self.study.contributors.append(person)
        return person.id

    def _extra(self, left: Json) -> Json | None:
        self.unknown |= dict.fromkeys(left)
        return {f"{PREFIX}{key}": value for key, value in left.items()} or None

    # ---- what was odd ----
    def _remark(self, rule: str, message: str, thing: Any = None) -> None:
        self.remarks.append(Remark(rule, message, id=thing.id if isinstance(thing, Thing) else None))

    def _remark_on_all(self) -> None:
        if self.unknown:
            names = [*self.unknown][:_NAMED]
            more = " and others" if len(self.unknown) > _NAMED else ""
            self._remark("sch-extension-undeclared", f"properties that are not known were kept as they are: {', '.join(names)}{more}")
        if self.kept:
            self.study.extra = {**(self.study.extra or {}), f"{PREFIX}annotations": self.kept}
            self._remark("sch-extension-undeclared", f"annotations that neither code a source, nor mark a part of one, nor comment were kept as they are: {len(self.kept):,}")
        if self.absent:
            self._remark("pkg-file-missing", f"annotations, or pages of them, of which the file has only the address, were left out: {self.absent:,}")


def _targets(work: _Work) -> list[Any]:
    """The targets of an annotation, those of a group one by one; of a choice the first, which is the one that is preferred."""
    found: list[Any] = []
    for target in many(work.annotation.get("target")):
        if isinstance(target, dict) and "source" not in target and isinstance(target.get("items"), list):
            found += target["items"][:1] if called(target.get("type")) == "Choice" else target["items"]
            work.left["target"] = work.annotation["target"]
        else:
            found.append(target)
    return found


def _class_of(iri: str, entry: Json, span: Span | None) -> type[Any]:
    """What kind of source something is: by its type, its format, the ending of its address, or how it is marked."""
    kinds = [called(kind) for kind in many(entry.get("type"))]
    if TRANSCRIPT in many(entry.get("type")):
        return Transcript
    said = many(entry.get("format"))
    form = str(said[0]) if said else format_of(urldefrag(iri)[0]) or ""
    if form.partition(";")[0] == "application/pdf":
        return PdfSource
    typed = next((_TYPES[kind] for kind in kinds if kind in _TYPES), None)
    return typed or _MAJOR.get(form.partition("/")[0]) or (TextSource if "Text" in kinds else _MEANT.get(type(span), TextSource))


def _authored(said: Json, annotation: Json) -> Json:
    """An object with who made it, and when; where it does not say so itself, as the annotation does."""
    return {**{key: annotation[key] for key in AUTHORED if key in annotation}, **said}


def _quote(value: Any) -> Quote | None:
    words = [value.get(name, "") for name in ("exact", "prefix", "suffix")] if isinstance(value, dict) else []
    return Quote(*words) if words and all(isinstance(w, str) for w in words) else None


def _user(iri: str) -> str:
    return iri.removeprefix("acct:").removeprefix("mailto:") if iri.startswith(("acct:", "mailto:")) else last_of(iri)


def _renamed(context: Json) -> Json:
    """Our own context as it is after `@id` and `@type` were given plain names."""
    return {name: {_PLAIN.get(k, k): v for k, v in what.items()} if isinstance(what, dict) else what for name, what in context.items()}


def _context(context: Any) -> Any:
    """A context of others, with its own names again."""
    if not isinstance(context, dict):
        return context
    return {name: {_KEYWORDS.get(k, k): v for k, v in what.items()} if isinstance(what, dict) else what for name, what in context.items()}


_KEYWORDS: Final = {"id": "@id", "type": "@type"}
_PLAIN: Final = {keyword: plain for plain, keyword in _KEYWORDS.items()}
_NAMED: Final = 10
_DOUBTFUL: Final = 0.5
