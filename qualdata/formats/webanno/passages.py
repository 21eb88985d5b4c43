"""What annotations are about: things that are there, sources, and parts of them, found by positions or by words."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urldefrag

from attrs import evolve

from qualdata.formats.webanno.hearing import address
from qualdata.formats.webanno.losses import PREFIX
from qualdata.formats.webanno.making import Maker
from qualdata.formats.webanno.outline import many
from qualdata.formats.webanno.selectors import Place, place_of, span_of
from qualdata.formats.webanno.sources import Sources
from qualdata.formats.webanno.terms import OWN
from qualdata.formats.webanno.work import Work, authored
from qualdata.match.anchoring import Anchorer
from qualdata.model.base import guid_for
from qualdata.model.excerpt import Excerpt, Quote
from qualdata.model.source import SPANS, PdfSource, PictureSource, TextSource
from qualdata.model.spans import Span, TextSpan

__all__ = ["Passages"]

Json = dict[str, Any]
_DOUBTFUL: Final = 0.5


class Passages:
    """Finds what the targets of annotations mean, and makes what is not there."""

    def __init__(self, maker: Maker, sources: Sources) -> None:
        self.maker, self.sources = maker, sources
        self._anchorers: dict[int, Anchorer | None] = {}

    def thing(self, target: Any, work: Work, number: int) -> Any:
        """What a target is: a thing that is there, or a source or passage that is made; None where it cannot be read."""
        source = next(iter(many(target["source"])), None) if isinstance(target, dict) and "source" in target else target
        iri, entry = address(source), source if isinstance(source, dict) else {}
        if iri is None:
            return None
        if not isinstance(target, dict) or source is target or not {"selector", f"{OWN}span"} & target.keys():
            return self._resource(iri, entry, work, number)
        known = self.maker.find(address(target))
        if isinstance(known, Excerpt):
            return known
        place = place_of(target.get("selector", []))
        place = evolve(place, span=span_of(target.get(f"{OWN}span")) or place.span)
        return self._passage(self._resource(iri, entry, work, number, place.span), target, place, work, number)

    def _resource(self, iri: str, entry: Json, work: Work, number: int, span: Span | None = None) -> Any:
        """What an address means: a thing that is there, a part of one, or a source that is not listed."""
        found = self.maker.find(iri)
        if found is not None:
            return found
        bare, fragment = urldefrag(iri)
        place = place_of({"type": "FragmentSelector", "value": fragment})
        if span is None and bare and place.span is not None:
            return self._passage(self._resource(bare, entry, work, number, place.span), {}, place, work, number)
        return self.sources.add(iri, {"label": iri, **entry}, span)

    def _passage(self, holder: Any, target: Json, place: Place, work: Work, number: int) -> Any:
        """The part of a source that a place is; the source itself where such a one has no such parts."""
        in_words = isinstance(place.span, TextSpan) or (place.span is None and place.quote is not None)
        holder = self._words_of(holder) if in_words and isinstance(holder, PdfSource | PictureSource) else holder
        kind = SPANS.get(type(holder))
        if kind is None or not (isinstance(place.span, kind) or (in_words and kind is TextSpan)):
            work.left.setdefault("target", work.annotation.get("target"))
            self.maker.remark("sch-extension-unverified", "a selector of an annotation is not known, or does not fit its source; it is about the whole source", holder)
            return holder
        span, quote = self._placed(holder, place) if kind is TextSpan else (place.span, None)
        entry = target if work.codings or work.memos else authored(target, work.annotation)
        own = _quote(target.get(f"{OWN}quote"))
        excerpt = self.maker.make(Excerpt, address(target), entry, made=f"{work.name} target {number}", span=span, quote=own or quote)
        if place.kept:
            excerpt.extra = {**(excerpt.extra or {}), f"{PREFIX}selector": place.kept}
        holder.excerpts.append(excerpt)
        return excerpt

    def _words_of(self, holder: Any) -> TextSource:
        """The text of a PDF or a picture, in which passages of it lie."""
        if holder.representation is None:
            holder.representation = TextSource(id=self.maker.free(guid_for(self.maker.study.id, f"words of {holder.id}")))
        words: TextSource = holder.representation
        return words

    # ---- places in texts ----
    def _placed(self, holder: Any, place: Place) -> tuple[Span, Quote | None]:
        """Where words stand, and the words where the text does not say them. Positions of others may count in another way."""
        anchorer, quote = self._anchorer(holder), place.quote
        span = place.span if isinstance(place.span, TextSpan) else None
        if anchorer is None or quote is None:
            if span is None:
                self.maker.remark("exc-empty", "only the words of a passage are said, and the text is not there; its place is not known", holder)
            return span or TextSpan(0, 0), quote
        if span is not None and span.start >= 0 and anchorer.text[span.slice] == quote.exact:
            return span, None
        return self._searched(holder, anchorer, quote, span)

    def _searched(self, holder: Any, anchorer: Anchorer, quote: Quote, span: TextSpan | None) -> tuple[Span, Quote | None]:
        """Where words stand that do not stand where they should."""
        found = anchorer.anchor(quote, near=span.start if span else None)
        if found is None:
            self.maker.remark("exc-quote-mismatch", "the words of a passage do not stand in the text; they are kept as its quotation", holder)
            return span or TextSpan(0, 0), quote
        if span is not None:
            self.maker.remark("exc-offset-unit", "the words of a passage do not stand at its positions; it was put where they stand", holder)
        elif found.confidence <= _DOUBTFUL:
            self.maker.remark("exc-quote-mismatch", "the words of a passage stand in several places, and nothing says which is meant; the first was taken", holder)
        return found.span, None if found.basis == "exact" else quote

    def _anchorer(self, holder: Any) -> Anchorer | None:
        if id(holder) not in self._anchorers:
            text = holder.text
            self._anchorers[id(holder)] = None if text is None else Anchorer(text)
        return self._anchorers[id(holder)]


def _quote(value: Any) -> Quote | None:
    words = [value.get(name, "") for name in ("exact", "prefix", "suffix")] if isinstance(value, dict) else []
    return Quote(*words) if words and all(isinstance(w, str) for w in words) else None
