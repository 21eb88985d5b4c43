"""Texts and files that come back: known again in whatever form, or edited."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from qualdata.formats.refi.sidecar import words
from qualdata.formats.refi.sidecar.withholding import all_holders, give_files
from qualdata.formats.refi.tools import Tool
from qualdata.match import match_texts
from qualdata.match.side import text_of
from qualdata.model.base import fold
from qualdata.model.source import MediaSource
from qualdata.model.study import Study

__all__ = ["Texts", "known_texts"]


def known_texts(study: Study) -> dict[str, str]:
    """What the texts of a study in a sidecar are known by, by the ids of what has them."""
    return {holder.id: of["normal"] for holder in all_holders(study) if (of := (holder.extra or {}).get(words.TEXT))}


@frozen(eq=False)
class Texts:
    """What became of the texts of a study."""

    edited: dict[str, dict[str, Any]] = field(factory=dict)
    """By the folded ids of what has a text that was edited, what the old one was known by."""

    @classmethod
    def of(cls, ours: Study, theirs: Study, tool: Tool | None) -> Texts:
        """Give a study its files, and its texts as far as they are the same."""
        texts = cls()
        there = {id(pair.there): pair.here for pair in match_texts(theirs, ours, hashes=known_texts(ours))}
        for holder in all_holders(ours):
            had = words.taken_out(holder, words.TEXT)
            if (back := there.get(id(holder))) is not None and not _given(holder, back, had, tool):
                texts.edited[fold(holder.id)] = had
        return texts

    def hashes(self, study: Study) -> dict[str, str]:
        """What the texts that were edited, and the words that were marked in them, are known by, by id."""
        found: dict[str, str] = {}
        for holder in all_holders(study) if self.edited else ():
            if (known := self.edited.get(fold(holder.id))) is not None:
                found[holder.id] = known["normal"]
                found |= {e.id: on for e in holder.excerpts if (on := (e.extra or {}).get(words.ON))}
        return found


def _given(ours: Any, theirs: Any, known: dict[str, Any] | None, tool: Tool | None) -> bool:
    """Give what holds a text its file, and its text with the line ends it had, unless that was edited."""
    text = None if isinstance(ours, MediaSource) else text_of(theirs)
    if known is not None and text is not None and not words.known_again(text, known):
        return False
    give_files(ours, theirs)
    if known is None or text is None:
        return True
    if tool is not None and tool.rich and not known.get("rich"):
        ours.rich_path = ours.rich = None
    if (was := words.text_as_it_was(text, known)) != text:
        ours.text = was
    return True
