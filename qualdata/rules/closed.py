"""Words of closed sources that stand elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from qualdata.model.base import Part, fold
from qualdata.model.source import TextSource
from qualdata.rules.dataset import Dataset

__all__ = ["repeated"]

_WORDS: Final = 5
"""Fewer words may stand in two texts by chance."""
_quoted = re.compile(r"[\"“„«]([^\"“”„«»]{12,2000})[\"”“»]|‘([^‘’]{12,2000})’").finditer


def repeated(data: Dataset) -> Iterator[tuple[Part, str]]:
    """Where words of closed sources stand that others may read, each with a sentence."""
    if data.study.access in (None, "closed"):
        return
    closed = [holder for holder in data.holders if data.access(holder) == "closed"]
    if not closed:
        return
    ids: set[str] = set()
    for holder in closed:
        ids.update(fold(excerpt.id) for excerpt in holder.excerpts)
        yield from _in_document(holder)
    for quote in data.study.quotes:
        if quote.excerpt is not None and fold(quote.excerpt) in ids:
            yield quote, "it quotes a source that is closed"
    yield from _elsewhere(data, [text for holder in closed if (text := _text(data, holder))])


def _text(data: Dataset, holder: Any) -> str | None:
    return _plain(data.text(holder) or "") if isinstance(holder, TextSource) else None


def _in_document(holder: Any) -> Iterator[tuple[Part, str]]:
    """What the document of the study itself says of the words of a closed source."""
    for excerpt in holder.excerpts:
        if excerpt.quote is not None and excerpt.quote.exact.strip():
            yield excerpt, "it repeats words of a source that is closed"


def _elsewhere(data: Dataset, texts: list[str]) -> Iterator[tuple[Part, str]]:
    """Passages of closed texts in what is written about them."""
    passages = [(part, passage) for part, words in _written(data) for passage in _passages(words) if len(passage.split()) >= _WORDS]
    wanted = {_within(passage) for _, passage in passages}
    there = {three for text in texts for three in wanted.intersection(_threes(text))}
    told: set[int] = set()
    for part, passage in passages:
        if id(part) not in told and _within(passage) in there and any(passage in text for text in texts):
            told.add(id(part))
            yield part, "it repeats words of a source that is closed"


def _within(passage: str) -> tuple[str, ...]:
    """Three words of a passage that are whole: neither its first nor its last."""
    return tuple(passage.split()[1:4])


def _threes(text: str) -> Iterator[tuple[str, ...]]:
    """All three words of a text that follow each other."""
    words = text.split()
    return zip(words, words[1:], words[2:], strict=False)


def _written(data: Dataset) -> Iterator[tuple[Part, str]]:
    study = data.study
    yield from ((code, text) for code in study.codes for text in (code.example, code.description, code.include, code.exclude) if text)
    yield from ((point, point.text) for point in study.points)
    yield from ((theme, text) for theme in study.themes for text in (theme.statement, theme.description, *(one.note for one in theme.evidence)) if text)
    yield from ((excerpt, text) for holder in data.holders for excerpt in holder.excerpts for text in (excerpt.name, excerpt.description) if text)
    for memo in study.memos:
        if memo.access != "closed" and (text := data.text(memo)):
            yield memo, text


def _passages(words: str) -> Iterator[str]:
    """What may be a quotation: what stands in quotation marks, and the whole."""
    yield _plain(words)
    for match in _quoted(words):
        yield _plain(match[1] or match[2])


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .,;:!?…")
