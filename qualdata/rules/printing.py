"""Quotations as they are printed, and the words they were taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from qualdata.model.excerpt import Excerpt
from qualdata.model.published import PublishedQuote
from qualdata.model.spans import TextSpan, TranscriptSpan
from qualdata.rules.dataset import Dataset

__all__ = ["stands_in", "words_of"]

_edit = re.compile(r"\w*\[[^\]]*\]\w*|\([.…]+\)|…|\.{3,}|\. \. \.").split
"""What an editor puts in: cuts, and additions in brackets."""
_sign = re.compile(r"[\W_]+")


def stands_in(data: Dataset, quote: PublishedQuote) -> bool | None:
    """Whether a printed quotation stands in its excerpt: its pieces, in this order; None where the words of the excerpt are not known.

    Brackets stand for anything. Signs, capitals and white space say nothing, and one side may have words in brackets that the other has not.
    """
    excerpt = data.index.get(quote.excerpt) if quote.excerpt is not None else None
    words = words_of(data, excerpt) if isinstance(excerpt, Excerpt) else None
    if not words:
        return None
    return any(_follow(list(_pieces(quote.text)), text) for text in (_folded(words), _folded(" ".join(_edit(words)))))


def words_of(data: Dataset, excerpt: Excerpt) -> str | None:
    """The words of an excerpt; None where they are not known."""
    span, holder = excerpt.span, data.places.holder(excerpt)
    if excerpt.representation is not None:
        return data.text(excerpt.representation)
    text = data.text(holder) if holder is not None and isinstance(span, TextSpan | TranscriptSpan) else None
    if text is None:
        return excerpt.quote.exact if excerpt.quote is not None else None
    if isinstance(span, TextSpan):
        return text[max(span.start, 0) : max(span.end, 0)]
    points = {point.id: point.position for point in holder.sync_points}
    return text[points.get(span.start or "") or 0 : points.get(span.end or "") or len(text)] if isinstance(span, TranscriptSpan) else None


def _pieces(text: str) -> Iterator[str]:
    return (piece for part in _edit(text) if (piece := _folded(part).strip()))


def _follow(pieces: list[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(f" {piece} ", at)
        if at < 0:
            return False
        at += len(piece) + 1
    return True


def _folded(text: str) -> str:
    """A text as it is compared: words in small letters, one space between them."""
    return f" {_sign.sub(' ', normalize('NFKC', text).casefold())} ".replace("  ", " ")
