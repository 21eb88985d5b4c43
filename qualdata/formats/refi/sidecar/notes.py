"""Marks of our own notes, which look on the way like annotations of another text."""

from __future__ import annotations

from qualdata.formats.refi.annotations import LAYOUT, put_back
from qualdata.formats.refi.sidecar.texts import known_texts
from qualdata.match import match_texts
from qualdata.model.base import fold
from qualdata.model.memo import Memo
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["own_marks"]


def own_marks(theirs: Study, reading: Reading, ours: Study) -> None:
    """Give the notes that had marks in their own text these marks again, where reading took them for marks of another text."""
    moved: dict[str, str] = reading.layout.get(LAYOUT, {})
    if not moved:
        return
    marked = {fold(pair.here.id) for pair in match_texts(theirs, ours, hashes=known_texts(ours)) if isinstance(pair.there, Memo) and pair.there.excerpts}
    own = {mark: note for mark, note in moved.items() if fold(note) in marked}
    theirs.sources, theirs.memos = put_back(theirs.sources, theirs.memos, own)
    reading.remarks[:] = [remark for remark in reading.remarks if remark.id not in own]
