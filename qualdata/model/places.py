"""Places of a source that are marked in several ways, as a quotation of a PDF on its page and in its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qualdata.model.base import fold
from qualdata.model.source import holders
from qualdata.model.spans import Span, TextSpan, TranscriptSpan

if TYPE_CHECKING:
    from qualdata.model.coding import Coding
    from qualdata.model.excerpt import Excerpt
    from qualdata.model.source import Source

__all__ = ["Places"]

Marked = tuple[Any, "Excerpt"]


class Places:
    """The places of one source, with what it holds: its representations, its transcripts.

    Excerpts that are `same_as` each other mark one place. The same code laid there by the same coder in the same
    round is one coding, however often it stands: it counts where it has words, in a text, else where it comes first.
    """

    def __init__(self, source: Source) -> None:
        self.again: set[int] = set()
        """The codings that stand elsewhere already, by their id()."""
        self._groups: dict[int, list[Marked]] = {}
        for group in _groups(source):
            group.sort(key=lambda marked: not isinstance(marked[1].span, TextSpan))
            self._groups.update((id(excerpt), group) for _, excerpt in group)
            self.again.update(_repeated(group))

    def of(self, holder: Any, spot: Any) -> object:
        """What is equal for all that marks one place: a *spot* is an excerpt of a holder, or the holder itself."""
        holder, spot = self._groups.get(id(spot), [(holder, spot)])[0]
        return id(holder), _folded(getattr(spot, "span", None))

    def same(self, excerpt: Excerpt) -> list[Excerpt]:
        """All excerpts that mark the place of one, itself included."""
        return [e for _, e in self._groups.get(id(excerpt), [(None, excerpt)])]


def _groups(source: Source) -> Iterator[list[Marked]]:
    """The excerpts that say of each other that they mark the same place."""
    if all(excerpt.same_as is None for holder in holders(source) for excerpt in holder.excerpts):
        return
    marked = [(holder, excerpt) for holder in holders(source) for excerpt in holder.excerpts]
    known = {fold(excerpt.id): excerpt for _, excerpt in reversed(marked)}
    above: dict[int, Excerpt] = {}
    for _, excerpt in marked:
        other = None if excerpt.same_as is None else known.get(fold(excerpt.same_as))
        if other is not None and (one := _top(excerpt, above)) is not (two := _top(other, above)):
            above[id(one)] = two
    groups: dict[int, list[Marked]] = {}
    for holder, excerpt in marked:
        groups.setdefault(id(_top(excerpt, above)), []).append((holder, excerpt))
    yield from (group for group in groups.values() if len(group) > 1)


def _top(excerpt: Excerpt, above: dict[int, Excerpt]) -> Excerpt:
    """The one excerpt that stands for a group; the way there is made short, so that long chains cost nothing."""
    passed = []
    while (up := above.get(id(excerpt))) is not None:
        passed.append(excerpt)
        excerpt = up
    above.update((id(e), excerpt) for e in passed)
    return excerpt


def _repeated(group: list[Marked]) -> Iterator[int]:
    seen: set[tuple[str, ...]] = set()
    for _, excerpt in group:
        yield from (id(coding) for coding in excerpt.codings if _said(coding) in seen)
        seen.update(map(_said, excerpt.codings))


def _said(coding: Coding) -> tuple[str, ...]:
    return fold(coding.code), fold(coding.coder or ""), coding.round or ""


def _folded(span: Span | None) -> Span | None:
    """A span that is equal to those that lie in the same place."""
    return TranscriptSpan(*(id and fold(id) for id in (span.start, span.end))) if isinstance(span, TranscriptSpan) else span
