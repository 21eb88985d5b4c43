"""A study without its words and files, as it stands in a sidecar, and with them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from qualdata.formats.refi.sidecar import words
from qualdata.model.base import Thing, fold, guid_for
from qualdata.model.copying import shallow
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt
from qualdata.model.source import MediaSource, Source, Transcript, holders
from qualdata.model.study import Study, walk

__all__ = ["all_holders", "finder", "give_files", "give_words", "withheld"]

Find = Callable[[Thing], Any]


# ---- taking out ----
def withheld(study: Study) -> Study:
    """A copy without the texts of sources and memos, the names and quotations of excerpts, and all files."""
    return shallow(
        study,
        sources=[_bare(s) for s in study.sources],
        memos=[_bare(m) for m in study.memos],
        documents=[_bare_document(d) for d in study.documents if d.media is None or d.role == "unreferenced"],
        reading=None,
    )


def _bare(holder: Any) -> Any:
    changes: dict[str, Any] = {"excerpts": [_bare_excerpt(e) for e in holder.excerpts]}
    if getattr(holder, "representation", None) is not None:
        changes["representation"] = _bare(holder.representation)
    if hasattr(holder, "transcripts"):
        changes["transcripts"] = [_bare(t) for t in holder.transcripts]
    if isinstance(holder, MediaSource):
        return shallow(holder, media=None, **changes)
    rich = holder.rich_path is not None and not (holder.rich is not None and holder.rich.derived)
    known = {} if holder.text is None else {words.TEXT: {**words.of_text(holder.text), "rich": rich}}
    return shallow(holder, _text=None, path=None, stored=None, rich_path=None, rich=None, extra=_with(holder, known), **changes)


def _bare_excerpt(excerpt: Excerpt) -> Excerpt:
    known: dict[str, Any] = {} if excerpt.name is None else {words.NAME: words.of_name(excerpt.name)}
    known |= {} if excerpt.quote is None else {words.QUOTE: words.of_quote(excerpt.quote)}
    representation = None if excerpt.representation is None else _bare(excerpt.representation)
    return shallow(excerpt, name=None, quote=None, representation=representation, extra=_with(excerpt, known))


def _bare_document(document: Document) -> Document:
    return document if document.media is None else shallow(document, media=None, extra=_with(document, {words.FILE: True}))


def _with(thing: Thing, known: dict[str, Any]) -> dict[str, Any] | None:
    return {**(thing.extra or {}), **known} if known else thing.extra


# ---- giving back ----
def all_holders(study: Study) -> Iterator[Source | Transcript]:
    """All that has a text or excerpts."""
    for source in (*study.sources, *study.memos):
        yield from holders(source)


def finder(ours: Study, theirs: Study) -> Find:
    """A function from a thing of ours to the one that stands for it in what was written of ours; None where none does."""
    there = {fold(thing.id): thing for thing in walk(theirs)}
    return lambda thing: there.get(fold(thing.id)) or there.get(fold(guid_for(ours.id, thing.id)))


def give_files(holder: Any, theirs: Any) -> None:
    """Give a holder the files and the text that the other has."""
    if isinstance(holder, MediaSource):
        holder.path, holder.media = theirs.path, theirs.media
        return
    holder._text, holder.path, holder.stored = theirs._text, theirs.path, theirs.stored
    if theirs.rich is None or not theirs.rich.derived:
        holder.rich_path, holder.rich = theirs.rich_path, theirs.rich


def give_words(study: Study, find: Find) -> None:
    """Give excerpts their names and quotations again, and take out what they were known by."""
    for holder in all_holders(study):
        text = getattr(holder, "text", None)
        words.taken_out(holder, words.TEXT)
        for excerpt in holder.excerpts:
            known, there = words.taken_out(excerpt, words.NAME), find(excerpt)
            if known is not None:
                excerpt.name = words.name_in(known, excerpt, text, None if there is None else there.name)
            quote = words.taken_out(excerpt, words.QUOTE)
            excerpt.quote = None if quote is None else words.quote_in(quote, excerpt, text)
