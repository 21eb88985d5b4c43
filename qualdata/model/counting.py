"""Which codings count: what an analysis rests on where several coders coded and then agreed."""

from __future__ import annotations

from collections.abc import Iterator

from qualdata.model.base import fold
from qualdata.model.coding import Coding
from qualdata.model.source import Source, holders
from qualdata.model.study import Study

__all__ = ["counting"]

Place = tuple[int, object, str]


def counting(study: Study) -> dict[str, Coding]:
    """The codings that count, by folded id, in the order of the study.

    In a source of which any coding is `agreed`, only those are: it had an agreed round, and what coders laid alone went into it. In
    any other source all are, but for those that were `rejected`, and for codings of the same code on the same place as a rejected one.
    """
    found: dict[str, Coding] = {}
    for source in (*study.sources, *study.memos):
        placed = list(_placed(source))
        agreed = any(coding.status == "agreed" for _, coding in placed)
        rejected = {place for place, coding in placed if coding.status == "rejected"}
        for place, coding in placed:
            if coding.status == "agreed" or not (agreed or place in rejected):
                found.setdefault(fold(coding.id), coding)
    return found


def _placed(source: Source) -> Iterator[tuple[Place, Coding]]:
    """All codings in a source, each with what is coded there: the text or recording, the place in it, the code."""
    for holder in holders(source):
        for part in (holder, *holder.excerpts):
            for coding in getattr(part, "codings", ()):
                yield (id(holder), getattr(part, "span", None), fold(coding.code)), coding
