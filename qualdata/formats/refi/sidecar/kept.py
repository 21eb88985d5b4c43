"""Which of what a project could not be told a sidecar keeps: all but files, texts, and words that do not stand in their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from qualdata.formats.refi.losses import where_of
from qualdata.formats.refi.sidecar import words
from qualdata.formats.refi.sidecar.withholding import all_holders
from qualdata.match.side import text_of
from qualdata.model.base import fold
from qualdata.model.loss import Loss
from qualdata.model.study import Study

__all__ = ["kept"]

_FILES: Final = frozenset("path rich_path media rich text".split())
"""Fields that say where a file is, or what is in it: a sidecar holds no files and no texts."""
_WORDS: Final = (("Excerpt.name",), ("Excerpt.quote",))


def kept(study: Study, loss: Loss) -> Iterator[Loss]:
    """A loss, marked by whether it is kept; in two where only some of it is."""
    gone = _not_kept(study, loss)
    parts = [(True, tuple(i for i in loss.ids if fold(i) not in gone)), (False, tuple(i for i in loss.ids if fold(i) in gone))]
    for keeps, ids in parts:
        if ids == loss.ids or (not loss.ids and not keeps):
            yield evolve(loss, kept=keeps)
        elif ids:
            cls, _, field = loss.fields[0].partition(".")
            yield evolve(loss, kept=keeps, ids=ids, where=where_of(cls, field, len(ids)))


def _not_kept(study: Study, loss: Loss) -> set[str]:
    """Folded ids of what a sidecar cannot keep of a loss."""
    fields = {name.partition(".")[2] for name in loss.fields}
    if fields & _FILES and not loss.fields[0].startswith("Point"):
        return set(map(fold, loss.ids))
    if fields == {"documents"}:
        return {fold(d.id) for d in study.documents if d.media is not None}
    if loss.fields in _WORDS:
        return set(_without_words(study, set(map(fold, loss.ids)), loss.fields == ("Excerpt.name",)))
    return set()


def _without_words(study: Study, ids: set[str], name: bool) -> Iterator[str]:
    for holder in all_holders(study):
        asked = [e for e in holder.excerpts if fold(e.id) in ids]
        text = text_of(holder) if asked else None
        for excerpt in asked:
            if name and excerpt.name is not None and words.name_in(words.of_name(excerpt.name), excerpt, text, None) is None:
                yield fold(excerpt.id)
            if not name and excerpt.quote is not None and words.quote_in(words.of_quote(excerpt.quote), excerpt, text) is None:
                yield fold(excerpt.id)
