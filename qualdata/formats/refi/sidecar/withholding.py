"""A study without its words and files, as it stands in a sidecar, and with them again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from qualdata.formats.refi.sidecar import words
from qualdata.match.side import text_of
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
        _index=None,
    )


def _bare(holder: Any) -> Any:
    text = text_of(holder)
    changes: dict[str, Any] = {"excerpts": [_bare_excerpt(e, text) for e in holder.excerpts]}
    if getattr(holder, "representation", None) is not None:
        changes["representation"] = _bare(holder.representation)
    if hasattr(holder, "transcripts"):
        changes["transcripts"] = [_bare(t) for t in holder.transcripts]
    if isinstance(holder, MediaSource):
        return shallow(holder, media=None, **changes)
    rich = holder.rich_path is not None and not (holder.rich is not None and holder.rich.derived)
    known = {} if text is None else {words.TEXT: {**words.of_text(text), "rich": rich}}
    return shallow(holder, _text=None, path=None, stored=None, rich_path=None, rich=None, extra=_with(holder, known), **changes)


def _bare_excerpt(excerpt: Excerpt, text: str | None) -> Excerpt:
    known: dict[str, Any] = {} if excerpt.name is None else {words.NAME: words.of_name(excerpt.name)}
    known |= {} if excerpt.quote is None else {words.QUOTE: words.of_quote(excerpt.quote)}
    known |= {} if (on := words.of_place(excerpt, text)) is None else {words.ON: on}
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


def give_words(holder: Any, find: Find) -> int:
    """Give the excerpts of a holder their names and quotations again, take out what they were known by, and return how many cannot have them."""
    missing = 0
    text = text_of(holder) if any(e.extra is not None for e in holder.excerpts) else None
    for excerpt in holder.excerpts:
        words.taken_out(excerpt, words.ON)
        name, quote = words.taken_out(excerpt, words.NAME), words.taken_out(excerpt, words.QUOTE)
        if name is not None:
            there = find(excerpt)
            excerpt.name = words.name_in(name, excerpt, text, None if there is None else there.name)
        if quote is not None:
            excerpt.quote = words.quote_in(quote, excerpt, text)
        missing += (name is not None and excerpt.name is None) or (quote is not None and excerpt.quote is None)
    return missing
