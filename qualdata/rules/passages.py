"""The passages of one text beside each other, so that what holds for nearly all of them is seen at once."""

from __future__ import annotations

from operator import gt, ne
from typing import Any

from attrs import frozen

from qualdata.model.excerpt import Excerpt
from qualdata.model.spans import TextSpan

__all__ = ["Passages"]


@frozen(eq=False)
class Passages:
    """The excerpts of a source, memo or transcript that mark characters of a text, in their order."""

    excerpts: list[Excerpt]
    """The excerpts."""
    starts: list[int]
    """Where each begins, in code points."""
    ends: list[int]
    """Where each ends, in code points."""
    only: bool
    """Whether there are no excerpts that mark something else: a time or an area, say."""

    @classmethod
    def of(cls, holder: Any) -> Passages:
        """The passages of a source, memo or transcript."""
        excerpts = [excerpt for excerpt in holder.excerpts if excerpt.span.__class__ is TextSpan]
        spans: list[Any] = [excerpt.span for excerpt in excerpts]
        return cls(excerpts, [span.start for span in spans], [span.end for span in spans], len(excerpts) == len(holder.excerpts))

    def within(self, size: int | None) -> bool:
        """Whether all lie in a text of a size, if that is known, and none ends before it begins."""
        return not self.starts or (min(self.starts) >= 0 and (size is None or max(self.ends) <= size) and not any(map(gt, self.starts, self.ends)))

    @property
    def filled(self) -> bool:
        """Whether none ends where it begins."""
        return all(map(ne, self.starts, self.ends))

    @property
    def apart(self) -> bool:
        """Whether no two of them begin and end at the same places."""
        return len({*zip(self.starts, self.ends, strict=True)}) == len(self.starts)
