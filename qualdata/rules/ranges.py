"""Places that lie outside what they are marked in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualdata.model.excerpt import Excerpt
from qualdata.model.source import MediaSource
from qualdata.model.spans import AreaSpan, TextSpan, TimeSpan
from qualdata.rules.dataset import Dataset

__all__ = ["empty_but_coded", "outside"]


def outside(data: Dataset, holder: Any) -> Iterator[tuple[Excerpt, str]]:
    """The excerpts of a source, memo or transcript that end before they begin or reach beyond it, each with the reason."""
    text = None if isinstance(holder, MediaSource) or not holder.excerpts else data.text(holder)
    end = None if text is None else len(text)
    if empty_but_coded(holder, text):  # a rule of its own tells that
        return
    passages = data.passages(holder)
    if passages.only and passages.within(end):
        return
    for excerpt in holder.excerpts:
        span = excerpt.span
        if span.__class__ is TextSpan:
            if not (0 <= span.start <= span.end and (end is None or span.end <= end)):
                yield excerpt, _range(span, end)
        elif span.__class__ is TimeSpan:
            if not 0 <= span.start <= span.end:
                yield excerpt, _range(span, None)
        elif span.__class__ is AreaSpan and not (0 <= span.left <= span.right and 0 <= span.top <= span.bottom):
            yield excerpt, f"the area from {span.left}, {span.top} to {span.right}, {span.bottom} lies outside its picture, or its corners are the wrong way round"


def empty_but_coded(holder: Any, text: str | None) -> bool:
    """Whether a text is there, has no words, and passages of it are coded."""
    return text is not None and not text.strip() and any(excerpt.codings for excerpt in holder.excerpts)


def _range(span: TextSpan | TimeSpan, end: int | None) -> str:
    if span.start > span.end:
        return f"the excerpt ends at {span.end}, before it begins at {span.start}"
    size = "" if end is None else f", which has {end:,} characters"
    return f"the excerpt from {span.start} to {span.end} lies outside its source{size}"
