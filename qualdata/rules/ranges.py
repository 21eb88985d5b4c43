"""Places that lie outside what they are marked in, or are of another kind than it has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from qualdata.model.excerpt import Excerpt
from qualdata.model.nouns import noun
from qualdata.model.replacement import Replacement
from qualdata.model.source import SPANS, MediaSource, TextSource
from qualdata.model.spans import AreaSpan, PageSpan, TextSpan, TimeSpan, TranscriptSpan
from qualdata.rules.dataset import Dataset

__all__ = ["beyond", "empty_but_coded", "outside"]

_MARKS: Final = {
    TextSpan: "characters of a text",
    TimeSpan: "a time",
    AreaSpan: "an area of a picture",
    PageSpan: "a place on a page",
    TranscriptSpan: "a part between sync points",
}


def outside(data: Dataset, holder: Any) -> Iterator[tuple[Excerpt, str]]:
    """The excerpts of a source, memo or transcript that end before they begin, reach beyond it or are none of its kind, each with the reason."""
    text = None if isinstance(holder, MediaSource) or not holder.excerpts else data.text(holder)
    end = None if text is None else len(text)
    if empty_but_coded(holder, text):  # a rule of its own tells that
        return
    passages = data.passages(holder)
    kind = next(SPANS[cls] for cls in type(holder).__mro__ if cls in SPANS)
    if kind is TextSpan and passages.only and passages.within(end):
        return
    for excerpt in holder.excerpts:
        span = excerpt.span
        if span is not None and span.__class__ is not kind:
            yield excerpt, f"the excerpt marks {_MARKS[span.__class__]}, but stands in a {noun(type(holder).__name__)}"
        elif span.__class__ is TextSpan:
            if not (0 <= span.start <= span.end and (end is None or span.end <= end)):
                yield excerpt, _range(span, end)
        elif span.__class__ is TimeSpan:
            if not 0 <= span.start <= span.end:
                yield excerpt, _range(span, None)
        elif span.__class__ is AreaSpan and not (0 <= span.left <= span.right and 0 <= span.top <= span.bottom):
            yield excerpt, f"the area from {span.left}, {span.top} to {span.right}, {span.bottom} lies outside its picture, or its corners are the wrong way round"


def beyond(data: Dataset) -> Iterator[tuple[Replacement, str]]:
    """The replacements that end before they begin or lie beyond their text, each with the reason."""
    for one in data.study.replacements:
        holder = data.study.get(one.source)
        text = data.text(holder) if isinstance(holder, TextSource) else None
        if one.span is not None and text is not None and not 0 <= one.span.start <= one.span.end <= len(text):
            yield one, f"the replacement from {one.span.start} to {one.span.end} lies outside its text, which has {len(text):,} characters"


def empty_but_coded(holder: Any, text: str | None) -> bool:
    """Whether a text is there, has no words, and passages of it are coded."""
    return text is not None and not text.strip() and any(excerpt.codings for excerpt in holder.excerpts)


def _range(span: TextSpan | TimeSpan, end: int | None) -> str:
    if span.start > span.end:
        return f"the excerpt ends at {span.end}, before it begins at {span.start}"
    size = "" if end is None else f", which has {end:,} characters"
    return f"the excerpt from {span.start} to {span.end} lies outside its source{size}"
