"""Annotations as a study: the things that are listed first, then what the annotations say, then what they say it of."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from qualdata.formats.webanno.bodies import Body, bodies, label_of
from qualdata.formats.webanno.files import Finding
from qualdata.formats.webanno.hearing import address, hear
from qualdata.formats.webanno.iris import id_of
from qualdata.formats.webanno.losses import PREFIX
from qualdata.formats.webanno.making import Maker
from qualdata.formats.webanno.outline import Outline, many
from qualdata.formats.webanno.passages import Passages
from qualdata.formats.webanno.sources import Sources
from qualdata.formats.webanno.terms import ANNO, CONTEXT, OWN
from qualdata.formats.webanno.work import Work, authored
from qualdata.formats.webanno.writer import ANNOTATION, made
from qualdata.model.base import fold, guid_for
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.contributor import Contributor
from qualdata.model.copying import shallow
from qualdata.model.excerpt import Excerpt
from qualdata.model.memo import Memo
from qualdata.model.nouns import noun
from qualdata.model.source import Source
from qualdata.model.study import Study

__all__ = ["Reader"]

Json = dict[str, Any]
_KEYWORDS: Final = {"id": "@id", "type": "@type"}


class Reader:
    """Reads one file; `remarks` are what was odd, `origin` the program that wrote it."""

    def __init__(self, outline: Outline, finding: Finding, path: Path) -> None:
        self.outline, self.collection = outline, outline.collection
        first = address(self.collection) or next(filter(None, map(address, outline.annotations)), path.name)
        self.study = Study(id=id_of(first) if address(self.collection) else guid_for("web-annotation", first))
        self.maker = Maker(self.study)
        self.remarks = self.maker.remarks
        self.sources = Sources(self.maker, finding)
        self.passages = Passages(self.maker, self.sources)
        self.kept: list[Json] = []
        self._noted: dict[int, set[str]] = {}

    @property
    def origin(self) -> str | None:
        """The program that wrote it, in its own words."""
        writers = (g for said in (self.collection, *self.outline.annotations[:1]) for g in many(said.get("generator")))
        return next((name for g in writers if (name := (label_of(g) if isinstance(g, dict) else None) or address(g))), None)

    def read(self) -> Study:
        """The study."""
        self._read_lists()
        work = [self._say(n, annotation) for n, annotation in enumerate(self.outline.annotations)]
        for one in work:
            self._lay(one)
        self.sources.put_within()
        self._remark_on_all()
        return self.study

    # ---- what is listed ----
    def _read_lists(self) -> None:
        lists = {name: [e for e in many(self.collection.get(f"{OWN}{name}")) if isinstance(e, dict) and address(e)] for name in ("contributors", "codes", "sources")}
        self.maker.listed = {cls for cls, name in ((Contributor, "contributors"), (Code, "codes")) if f"{OWN}{name}" in self.collection}
        self.maker.alias |= {entry["id"]: id_of(iri) for entry in lists["sources"] if (iri := address(entry.get("canonical"))) is not None}
        for entry in lists["contributors"]:
            self.study.contributors.append(self.maker.make(Contributor, entry["id"], entry))
        for entry in lists["codes"]:
            self.maker.code(entry["id"], entry, label_of(entry))
        self._read_study()
        for entry in lists["sources"]:
            self.sources.add(entry["id"], entry)

    def _read_study(self) -> None:
        said, left = hear(Study, self.collection, self.maker.id, self.maker.person)
        for name, value in said.items():
            setattr(self.study, name, value)
        contexts = [found for c in many(self.collection.get("@context")) if (found := _of_others(c))]
        self.study.extra = self.maker.extra(left | ({"@context": contexts} if contexts else {}))
        if (iri := address(self.collection)) is not None:
            self.maker.things[self.maker.key(iri)] = self.study

    # ---- what annotations say ----
    def _say(self, number: int, annotation: Json) -> Work:
        """The codes that an annotation lays, and the notes that it makes; what they are about is not looked at yet."""
        work = Work(annotation, address(annotation) or f"annotation {number}")
        for n, body in enumerate(bodies(annotation)):
            if body.kind == "code":
                work.codings.append(self._coding(work, body, n))
            elif body.kind == "note":
                work.memos.append(self._memo(work, body, n))
                work.said = work.said or body.entry
            else:
                work.other.append(body.value)
        work.leave(hear(Coding, annotation, self.maker.id, self.maker.person)[1] if work.codings else {})
        return work

    def _coding(self, work: Work, body: Body, number: int) -> Coding:
        iri = address(work.annotation) if not work.codings else None
        return self.maker.make(Coding, iri, work.annotation, made=f"{work.name} body {number}", code=self._concept(body), extra=None)

    def _concept(self, body: Body) -> str:
        """The id of the code that a body is; it is made where the file does not list codes, or names one that it does not list."""
        if body.iri is None or ("source" not in body.entry and isinstance(body.entry.get("value"), str)):
            return self.maker.tag(body.text or "").id
        found = self.maker.find(body.iri)
        if not isinstance(found, Code) and (body.text is not None or Code not in self.maker.listed):
            found = self.maker.code(body.iri, body.entry, body.text)
        return found.id if isinstance(found, Code) else self.maker.id(body.iri)

    def _memo(self, work: Work, body: Body, number: int) -> Memo:
        known = self.maker.find(body.iri)
        if isinstance(known, Memo):
            return known
        text = None if body.entry.get(f"{OWN}withoutText") is True else body.text
        memo = self.maker.make(Memo, body.iri, authored(body.entry, work.annotation), made=f"{work.name} body {number}", text=text)
        self.study.memos.append(memo)
        return memo

    # ---- what they say it of ----
    def _lay(self, work: Work) -> None:
        """Put codings and memos where the targets of an annotation are."""
        about = [thing for n, target in enumerate(work.targets()) if (thing := self.passages.thing(target, work, n)) is not None]
        if not about:
            self.maker.remark("sch-invalid", "an annotation has no target that can be read; a comment was taken for one on the study as a whole, all else was left aside")
        for n, thing in enumerate(about):
            for coding in work.codings:
                self._apply(coding if n == 0 else self._again(coding, n), thing)
        for memo in work.memos if work.annotation.get(f"{OWN}free") is not True else ():
            for thing in about or [self.study]:
                self._note(thing, memo)
        self._keep(work, about)

    def _again(self, coding: Coding, number: int) -> Coding:
        """A coding of its own for a further target."""
        return shallow(coding, id=self.maker.free(guid_for(self.study.id, f"{coding.id} target {number}")), memos=[*coding.memos])

    def _apply(self, coding: Coding, thing: Any) -> None:
        if isinstance(thing, Excerpt | Source):
            thing.codings.append(coding)
        else:
            self.maker.remark("ref-wrong-type", f"an annotation lays a code on what is neither a source nor a passage, a {noun(type(thing).__name__)}; it was left out", thing)

    def _note(self, thing: Any, memo: Memo) -> None:
        memos: list[str] | None = thing.own_memos if isinstance(thing, Study) else getattr(thing, "memos", None)
        if memos is None:
            return
        noted = self._noted.setdefault(id(thing), set(map(fold, memos)))
        if fold(memo.id) not in noted:
            noted.add(fold(memo.id))
            memos.append(memo.id)

    def _keep(self, work: Work, about: list[Any]) -> None:
        """Keep what is not known of an annotation with the first thing that it became; as a whole, if it became none."""
        passage = next((thing for thing in about if isinstance(thing, Excerpt)), None)
        if passage is not None or (work.codings and len(about) > 1):
            work.left.pop("target", None)  # what it became has targets of its own
        one: Memo | Excerpt | None = work.memos[0] if work.memos else passage
        if work.codings and about:
            work.codings[0].extra = self.maker.extra(work.left)
        elif one is None:
            self.kept.append(work.annotation)
        elif left := self._other_id(work, one) | work.apart():
            one.extra = {ANNOTATION: left} | (one.extra or {})
            self.maker.extra(left)

    def _other_id(self, work: Work, thing: Memo | Excerpt) -> Json:
        """The id of an annotation, where it is not the one that we would give it."""
        iri = address(work.annotation)
        return {"id": iri} if iri and self.maker.id(iri) != made(self.study, thing) else {}

    def _remark_on_all(self) -> None:
        self.maker.remark_on_unknown()
        if self.kept:
            self.study.extra = {**(self.study.extra or {}), f"{PREFIX}annotations": self.kept}
            self.maker.remark("sch-extension-unverified", f"annotations that neither code a source, nor mark a part of one, nor comment were kept as they are: {len(self.kept):,}")
        if self.outline.absent:
            self.maker.remark("pkg-file-missing", f"annotations, or pages of them, of which the file has only the address, were left out: {self.outline.absent:,}")


def _of_others(context: Any) -> Any:
    """A context without what ours says anyway, and with its own keywords again, which have plain names in all of the document by now."""
    if not isinstance(context, dict):
        return None if context in (ANNO, ANNO.replace("http:", "https:")) else context
    plain = {name: {_KEYWORDS.get(k, k): v for k, v in what.items()} if isinstance(what, dict) else what for name, what in context.items()}
    return {name: what for name, what in plain.items() if CONTEXT[1].get(name) != what}
