"""A project that was worked on in another program, brought together with what its sidecar kept.

Who is who is told by `qualdata.match`. What the program is known to carry is taken from the project; what it is
known not to carry, and what a project cannot say, stays as it was; all else that is missing was removed there. Both are
compared as projects: what stands for interviews, points and themes is taken back at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from qualdata.formats.refi.conventions import carried
from qualdata.formats.refi.sidecar import words
from qualdata.formats.refi.sidecar.both import Both
from qualdata.formats.refi.sidecar.carrying import carries, made_by, said
from qualdata.formats.refi.sidecar.changes import Change
from qualdata.formats.refi.sidecar.document import Sidecar
from qualdata.formats.refi.sidecar.edited import placed
from qualdata.formats.refi.sidecar.fields import Moves, follow
from qualdata.formats.refi.sidecar.marks import put_right
from qualdata.formats.refi.sidecar.naming import as_named
from qualdata.formats.refi.sidecar.removing import without_removed
from qualdata.formats.refi.sidecar.texts import Texts
from qualdata.formats.refi.sidecar.things import lists
from qualdata.formats.refi.sidecar.told import Told
from qualdata.formats.refi.sidecar.withholding import all_holders, give_files, give_words
from qualdata.formats.refi.tools import Tool, target_named
from qualdata.formats.refi.twins import shared
from qualdata.match import Matches, match_studies
from qualdata.match.side import text_of
from qualdata.match.texts import normal
from qualdata.model.base import fold
from qualdata.model.reading import Remark
from qualdata.model.study import LISTS, Study

__all__ = ["Merged", "merged"]


@frozen
class Merged:
    """What a sidecar and a project make together."""

    study: Study
    """The study."""
    changes: list[Change]
    """What was changed since the sidecar was written."""
    remarks: list[Remark]
    """What could not be brought together."""


def merged(sidecar: Sidecar, theirs: Study, tool: Tool | None) -> Merged | None:
    """The study of a sidecar with what was changed in a project since; None where the project is another one. Both are used up."""
    ours, theirs = sidecar.study, carried(theirs, faithful=True).study
    as_named(theirs, ours)
    texts = Texts.of(ours, theirs, tool)
    told = Told(ours, shared(ours, target_named(sidecar.target)))
    matches = match_studies(theirs, told.study, hashes=texts.hashes(told.study))
    if _is_another(matches, ours, theirs):
        return None
    pairs = [*matches.parts, *(pair for _, pairing in matches for pair in pairing.pairs)]
    pairs += placed(pairs, all_holders(told.study), texts.edited)
    both = Both(told.study, theirs, pairs, carries(tool), made_by(tool, told.study), sidecar.lost | told.lost, said, texts.edited.keys())
    moves = _texts_given(both, texts, told)
    follow(both, moves, both.ours, both.theirs)
    _documents(both)
    for name in dict.fromkeys(LISTS.values()):
        setattr(both.ours, name, lists(both, moves, Study, name, getattr(both.ours, name), getattr(theirs, name)))
    study = told.back(both)
    remarks = list(_put_right(study, texts, both))
    return Merged(without_removed(study, both.changes), both.changes, remarks)


def _is_another(matches: Matches, ours: Study, theirs: Study) -> bool:
    """Whether nothing tells that two are readings of one study: no source of both is one, nor a code where there are no sources."""
    if matches.sources.pairs or not (ours.sources or ours.codes):
        return False
    return bool(ours.sources and theirs.sources) or not matches.codes.pairs


def _texts_given(both: Both, texts: Texts, told: Told) -> Moves:
    """Give all texts, and names and quotations in those that were not edited; how places of theirs are found in ours."""
    moves = Moves()
    notes = {id(note) for note in told.notes}
    for holder in all_holders(both.ours):
        there = both.other.get(id(holder))
        if there is not None and fold(holder.id) in texts.edited:
            give_files(holder, there)
            _in_form(holder, texts.edited[fold(holder.id)])
            both.changed_text(holder)
        elif there is not None and id(holder) in notes:
            _note_given(both, holder, there)
        if fold(holder.id) not in texts.edited:
            give_words(holder, lambda thing: both.other.get(id(thing)))
        if there is not None:
            moves.add(holder, there)
    return moves


def _in_form(holder: Any, known: dict[str, Any]) -> None:
    """Give an edited text the line ends that it had."""
    text = text_of(holder)
    if text is not None and (formed := words.in_form(text, known)) != text:
        holder.text = formed


def _note_given(both: Both, note: Any, theirs: Any) -> None:
    """The text of the note that stands for a point."""
    text = text_of(theirs) or ""
    if normal(text) != normal(note.text or ""):
        note.text = text


def _documents(both: Both) -> None:
    """Files that nothing refers to: those that came back."""
    there = {fold(d.name or ""): d.media for d in both.theirs.documents}
    for document in [d for d in both.ours.documents if words.taken_out(d, words.FILE)]:
        document.media = there.get(fold(document.name or ""))
        if document.media is None:
            both.ours.documents.remove(document)
            both.tell("removed", document)


def _put_right(study: Study, texts: Texts, both: Both) -> Iterator[Remark]:
    """What only the study has of texts that were edited."""
    for holder in all_holders(study) if texts.edited else ():
        known, text = texts.edited.get(fold(holder.id)), text_of(holder)
        if known is None:
            continue
        if missing := give_words(holder, lambda thing: both.other.get(id(thing))):
            yield Remark("txt-hash-mismatch", f"the text was edited in another program, and {missing:,} of its passages lost the words they were named or quoted by", id=holder.id)
        if text is not None:
            yield from put_right(study, holder, text, known, [e for e in holder.excerpts if id(e) not in both.other and fold(e.id) in both.had])
