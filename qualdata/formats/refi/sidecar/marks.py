"""Places in an edited text that only the study has, as those of turns: found again by lines and words, or taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from qualdata.formats.refi.sidecar.lines import Edited
from qualdata.model.base import fold
from qualdata.model.nouns import counted
from qualdata.model.reading import Remark
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study

__all__ = ["put_right"]

_RULE: Final = "txt-hash-mismatch"


def put_right(study: Study, holder: Any, text: str, known: dict[str, Any], stale: Sequence[Any]) -> Iterator[Remark]:
    """Move the turns and replacements of a text that was edited, and the *stale* excerpts, which did not come back; take out what cannot be found."""
    found = Edited(known, text)
    gone = [counted(n, cls) for cls, n in (("Turn", _turns(found, holder)), ("Replacement", _replacements(found, study, holder)), ("Excerpt", _stale(found, holder, stale))) if n]
    if gone:
        yield Remark(_RULE, f"the text was edited in another program, and it cannot be told where {' and '.join(gone)} of it now stand; the places were taken out", id=holder.id)
    if getattr(holder, "turns", None):
        yield Remark(_RULE, "the text was edited in another program; its turns were put where their lines now stand. Look whether they are right", id=holder.id)


def _turns(found: Edited, holder: Any) -> int:
    """Move turns, each of which must come after the label of its speaker, as before; return how many had to go."""
    turns = getattr(holder, "turns", [])
    labels = {fold(s.id): s.label.casefold() for s in getattr(holder, "speakers", [])}
    kept = []
    for turn in turns:
        span = found.span(turn.span)
        labelled = span is not None and (before := found.before(span.start).casefold()) != "" and labels.get(fold(turn.speaker), "") not in before
        if span is not None and not labelled:
            turn.span = span
            kept.append(turn)
    if hasattr(holder, "turns"):
        holder.turns = kept
    return len(turns) - len(kept)


def _replacements(found: Edited, study: Study, holder: Any) -> int:
    """Move replacements to where their words stand; one that is not found keeps no place. Return how many."""
    lost = 0
    for replacement in study.replacements:
        if replacement.span is not None and fold(replacement.source) == fold(holder.id):
            replacement.span = found.words(replacement.replacement, replacement.span)
            lost += replacement.span is None
    return lost


def _stale(found: Edited, holder: Any, stale: Sequence[Any]) -> int:
    """Move excerpts that did not come back, within lines that are as they were; return how many had to go."""
    gone = set()
    for excerpt in stale:
        if not isinstance(excerpt.span, TextSpan):
            continue
        span = found.span(excerpt.span)
        if span is None or span.end - span.start != excerpt.span.end - excerpt.span.start:
            gone.add(id(excerpt))
        else:
            excerpt.span = span
    holder.excerpts = [e for e in holder.excerpts if id(e) not in gone]
    return len(gone)
