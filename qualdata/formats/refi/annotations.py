"""Notes whose marks lie in another text than the note's own.

QualCoder writes an annotation as a Note that holds its words and a PlainTextSelection which counts in the text that
refers to the note by a NoteRef (measured). In the model such a mark is an excerpt of that text, with the note as its memo; which
were marks of notes is kept with the layout of the file, for `as-read`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from qualdata.formats.refi.tools import Tool, of_origin, ours
from qualdata.model.base import fold
from qualdata.model.copying import shallow
from qualdata.model.excerpt import Excerpt
from qualdata.model.memo import Memo
from qualdata.model.reading import Remark
from qualdata.model.source import Source, TextSource
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study

__all__ = ["LAYOUT", "put_back", "put_right", "unmarked"]

LAYOUT: Final = "annotations"
"""The key of `reading.layout` under which stands which excerpts were marks of which note."""

SizeOf = Callable[[TextSource], int | None]
"""How long a text is, counted as the file counts; None when it is not there."""


def put_right(study: Study, size_of: SizeOf, remarks: list[Remark]) -> None:
    """Move the marks of notes to the text in which they lie, where that is certain; positions stay as the file has them."""
    assert study.reading is not None
    origin = study.reading.origin
    if ours(origin):
        return
    moved: dict[str, str] = {}
    for note, text in _annotations(study):
        if _lie_in(note, text, of_origin(origin), size_of):
            moved.update((mark.id, note.id) for mark in note.excerpts)
            remarks += [Remark("refi-range-invalid", _moved(mark.span), id=mark.id) for mark in note.excerpts]
            text.excerpts += [shallow(mark, memos=[note.id]) for mark in note.excerpts]
            note.excerpts = []
    if moved:
        study.reading.layout[LAYOUT] = moved


def _moved(span: Any) -> str:
    return f"the mark of a note at {span.start}–{span.end} lies in the text that refers to the note; it is now an excerpt of that text, with the note on it"


def _annotations(study: Study) -> list[tuple[Memo, TextSource]]:
    """Notes with marks that say nothing but where, each with the one text that refers to it."""
    notes = {fold(n.id): n for n in study.memos if n.excerpts and all(map(_bare, n.excerpts))}
    texts: dict[str, list[Source]] = {}
    for source in study.sources if notes else ():
        for id in {fold(m) for m in source.memos} & notes.keys():
            texts.setdefault(id, []).append(source)
    return [(notes[id], found[0]) for id, found in texts.items() if len(found) == 1 and isinstance(found[0], TextSource)]


def _bare(mark: Excerpt) -> bool:
    return not mark.codings and not mark.memos and isinstance(mark.span, TextSpan) and 0 <= mark.span.start <= mark.span.end


def _lie_in(note: Memo, text: TextSource, tool: Tool | None, size_of: SizeOf) -> bool:
    """Whether marks of a note certainly lie in a text: its program writes them so, or they lie outside the note and inside the text."""
    end = max(mark.span.end for mark in note.excerpts if isinstance(mark.span, TextSpan))
    there = size_of(text)
    if tool is not None and tool.notes:
        return there is None or end <= there
    own = size_of(note)
    return own is not None and there is not None and own < end <= there


def unmarked(study: Study, lost: list[tuple[str, str, str]]) -> list[Memo]:
    """The notes without the marks of their own that a program would look for in another text; these are lost."""
    mistaken = {fold(note.id) for note, _ in _annotations(study)}
    lost += [(mark.id, "Memo", "excerpts") for note in study.memos if fold(note.id) in mistaken for mark in note.excerpts]
    return [shallow(note, excerpts=[]) if fold(note.id) in mistaken else note for note in study.memos]


def put_back(sources: list[Any], memos: list[Any], notes: dict[str, str]) -> tuple[list[Any], list[Any]]:
    """Sources and memos as the file had them: the marks that were moved stand in their notes again."""
    there = {fold(m.id) for m in memos}
    home = {fold(mark): fold(note) for mark, note in notes.items() if fold(note) in there}
    back: dict[str, list[Any]] = {}

    def without(source: Any) -> Any:
        marks = [e for e in source.excerpts if fold(e.id) in home]
        for mark in marks:
            note = home[fold(mark.id)]
            back.setdefault(note, []).append(shallow(mark, memos=[m for m in mark.memos if fold(m) != note]))
        return shallow(source, excerpts=[e for e in source.excerpts if fold(e.id) not in home]) if marks else source

    sources = [without(source) for source in sources]
    return sources, [shallow(m, excerpts=[*back[fold(m.id)], *m.excerpts]) if fold(m.id) in back else m for m in memos]
