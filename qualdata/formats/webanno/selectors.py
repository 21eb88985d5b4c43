"""Places in sources as selectors of Web Annotation, and back.

What the Recommendation has a selector for is told by that. What it has none for stands beside the selectors, under `qualdata:span`,
with the fields of the model: rectangles of pages counted from the lower left corner, places between sync points, and places that no source can have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import unquote

from attrs import asdict, fields, frozen

from qualdata.formats.webanno.iris import id_of, iri_of
from qualdata.formats.webanno.terms import OWN
from qualdata.model.excerpt import Quote
from qualdata.model.spans import AreaSpan, PageSpan, Span, TextSpan, TimeSpan, TranscriptSpan

__all__ = ["AROUND", "Place", "place_of", "quote_of", "said_quote", "said_span", "selectors", "span_of"]

AROUND: Final = 32
"""How many characters before and after a quotation are told."""
_LONGEST: Final = 5000
"""Longer passages are told by their positions alone: each annotation repeats the words."""
_MEDIA: Final = "http://www.w3.org/TR/media-frags/"
_PDF: Final = "http://tools.ietf.org/rfc/rfc3778"
_SPANS: Final[dict[str, Any]] = {f"{OWN}{cls.__name__}": cls for cls in (TextSpan, TimeSpan, AreaSpan, PageSpan, TranscriptSpan)}
_CLOCK: Final = r"(?:(?:(\d{1,4}):)?(\d\d?):)?(\d{1,9}(?:\.\d*)?)"
_time = re.compile(rf"(?:npt:)?(?:{_CLOCK})?,{_CLOCK}").fullmatch
_area = re.compile(r"(?:pixel:)?" + ",".join([r"(\d{1,9}(?:\.\d+)?)"] * 4)).fullmatch


# ---- writing ----
def selectors(span: Span, text: str | None, quote: Quote | None, words: TextSpan | None = None) -> list[dict[str, Any]]:
    """The selectors of a place, of which each is enough; none where there is none for it. *words* is where the words of a place between sync points stand."""
    match span:
        case TextSpan(start, end):
            position = [{"type": "TextPositionSelector", "start": start, "end": end}] if 0 <= start <= end else []
            quote = quote_of(span, text) if text is not None else quote
            return position + ([said_quote(quote)] if quote is not None and quote.exact else [])
        case TimeSpan(start, end) if 0 <= start < end:
            return [_fragment(f"t={_seconds(start)},{_seconds(end)}", _MEDIA)]
        case AreaSpan(left, top, right, bottom) if 0 <= left <= right and 0 <= top <= bottom:
            return [_fragment(f"xywh={left},{top},{right - left},{bottom - top}", _MEDIA)]
        case PageSpan(page) if page >= 0:
            return [_fragment(f"page={page + 1}", _PDF)]
        case TranscriptSpan() if words is not None:
            return selectors(words, text, None)
    return []


def said_span(span: Span, found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """A place in the fields of the model, where the selectors that were *found* for it do not say it all."""
    if found and isinstance(span, TextSpan | TimeSpan | AreaSpan) and found[0]["type"] != "TextQuoteSelector":
        return None
    values = {f"{OWN}{name}": {"id": iri_of(value)} if isinstance(value, str) else value for name, value in asdict(span).items() if value is not None}
    return {"type": f"{OWN}{type(span).__name__}", **values}


def quote_of(span: TextSpan, text: str) -> Quote | None:
    """The words at a place with what stands around them; None where there are none, or too many."""
    if not 0 <= span.start < span.end <= len(text) or span.end - span.start > _LONGEST:
        return None
    return Quote(text[span.slice], text[max(span.start - AROUND, 0) : span.start], text[span.end : span.end + AROUND])


def said_quote(quote: Quote) -> dict[str, Any]:
    """A quotation as a selector."""
    around = {name: words for name, words in (("prefix", quote.prefix), ("suffix", quote.suffix)) if words}
    return {"type": "TextQuoteSelector", "exact": quote.exact, **around}


def _fragment(value: str, standard: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": standard, "value": value}


def _seconds(milliseconds: int) -> str:
    whole, rest = divmod(milliseconds, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


# ---- reading ----
@frozen
class Place:
    """What selectors say of a place."""

    span: Span | None
    """Where it lies; None where only words say it, or nothing that is known."""
    quote: Quote | None
    """The words there."""
    kept: list[Any]
    """The selectors that were not understood."""


def place_of(selector: Any) -> Place:
    """The place that one selector, or several that say the same, speak of."""
    spans: list[tuple[int, Span]] = []
    quotes: list[Quote] = []
    kept: list[Any] = []
    for one in selector if isinstance(selector, list) else [selector]:
        found = list(_refined(one))
        quotes += [what for _, what in found if isinstance(what, Quote)]
        spans += [(rank, what) for rank, what in found if what is not None and not isinstance(what, Quote)]
        kept += [one] if not found or None in (what for _, what in found) else []
    return Place(min(spans, key=lambda s: s[0])[1] if spans else None, quotes[0] if quotes else None, kept)


def _refined(selector: Any) -> Iterator[tuple[int, Any]]:
    """What a selector and those that refine it say, each with how good it is; None where that is not known. Positions within a selection are none in the text."""
    refining = False
    while isinstance(selector, dict):
        kind = str(selector.get("type"))
        known = kind in _READ and not (refining and kind == "TextPositionSelector")
        yield _RANK.get(kind, 0), _READ[kind](selector) if known else None
        if kind == "FragmentSelector" and "&" in str(selector.get("value")):
            yield 0, None
        selector, refining = selector.get("refinedBy"), True


def span_of(said: Any) -> Span | None:
    """A place that is said in the fields of the model."""
    cls = _SPANS.get(str(said.get("type"))) if isinstance(said, dict) else None
    if cls is None:
        return None
    values = {f.name: said.get(f"{OWN}{f.name}") for f in fields(cls)}
    if cls is TranscriptSpan:
        return TranscriptSpan(*(id_of(v["id"]) if isinstance(v, dict) and isinstance(v.get("id"), str) else None for v in values.values()))
    span: Span | None = cls(**values) if all(map(_whole, values.values())) else None
    return span


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _read_position(selector: dict[str, Any]) -> TextSpan | None:
    start, end = selector.get("start"), selector.get("end")
    return TextSpan(start, end) if isinstance(start, int) and isinstance(end, int) and _whole(start) and _whole(end) else None


def _read_quote(selector: dict[str, Any]) -> Quote | None:
    exact, *around = (selector.get(name) for name in ("exact", "prefix", "suffix"))
    return Quote(exact, *(w if isinstance(w, str) else "" for w in around)) if isinstance(exact, str) and exact else None


def _read_fragment(selector: dict[str, Any]) -> Span | None:
    """What a fragment says: a time, a rectangle of a picture, or a page. A rectangle of a page cannot be read, as the page's height is not known."""
    parts = dict(part.partition("=")[::2] for part in unquote(str(selector.get("value", ""))).removeprefix("#").split("&"))
    return next((span for name, read in _FRAGMENTS.items() if name in parts and (span := read(parts[name])) is not None), None)


def _read_time(value: str) -> TimeSpan | None:
    if (found := _time(value)) is None:
        return None
    start, end = (round((int(h or 0) * 3600 + int(m or 0) * 60 + float(s or 0)) * 1000) for h, m, s in (found.groups()[:3], found.groups()[3:]))
    return TimeSpan(start, end)


def _read_area(value: str) -> AreaSpan | None:
    if (found := _area(value)) is None:
        return None
    left, top, width, height = (round(float(n)) for n in found.groups())
    return AreaSpan(left, top, left + width, top + height)


def _read_page(value: str) -> PageSpan | None:
    return PageSpan(int(value) - 1, 0, 0, 0, 0) if re.fullmatch(r"\d{1,9}", value) and int(value) else None


_READ: Final[dict[str, Callable[[dict[str, Any]], Any]]] = {
    "TextPositionSelector": _read_position, "TextQuoteSelector": _read_quote, "FragmentSelector": _read_fragment,
}  # fmt: skip
_RANK: Final = {"TextPositionSelector": 0, "FragmentSelector": 1}
"""Which selector is believed, if several say a place: the smallest number."""
_FRAGMENTS: Final[dict[str, Callable[[str], Span | None]]] = {"t": _read_time, "xywh": _read_area, "page": _read_page}
