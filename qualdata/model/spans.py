"""Where in a source an excerpt lies. REFI-QDA 1.5, clause 10."""

from __future__ import annotations

from attrs import field, frozen

from qualdata.model.base import REF

__all__ = ["AreaSpan", "PageSpan", "Span", "TextSpan", "TimeSpan", "TranscriptSpan"]


@frozen
class TextSpan:
    """From *start* up to, not including, *end*: Unicode code points into the text, from 0 (10.2)."""

    start: int
    """The first character, in code points."""
    end: int
    """The first character after it, in code points."""

    @property
    def slice(self) -> slice:
        """The part of a Python string that it covers; empty when reversed or before the text."""
        return slice(max(self.start, 0), max(self.end, 0))


@frozen
class TimeSpan:
    """From *start* to *end*: milliseconds from the start of the recording (10.4)."""

    start: int
    """Where it begins, in milliseconds."""
    end: int
    """Where it ends, in milliseconds."""


@frozen
class AreaSpan:
    """A rectangle of a picture: pixels from its upper left corner, after rotation (9.1.5, 10.4)."""

    left: int
    """x of the upper left corner, in pixels."""
    top: int
    """y of the upper left corner, in pixels."""
    right: int
    """x of the lower right corner, in pixels."""
    bottom: int
    """y of the lower right corner, in pixels."""


@frozen
class PageSpan:
    """A rectangle of a PDF page: points from the bottom left of the media box (10.3), as two opposite corners."""

    page: int
    """The page. The standard does not say where it counts from; its Annex A counts from 0."""
    left: int
    """x of the first corner, in PDF points."""
    top: int
    """y of the first corner, in PDF points, growing upwards."""
    right: int
    """x of the second corner, in PDF points."""
    bottom: int
    """y of the second corner, in PDF points, growing upwards."""


@frozen
class TranscriptSpan:
    """Between two sync points of a transcript; open at an end that has none (10.4)."""

    start: str | None = field(default=None, metadata=REF)
    """Id of the sync point where it begins."""
    end: str | None = field(default=None, metadata=REF)
    """Id of the sync point where it ends."""


Span = TextSpan | TimeSpan | AreaSpan | PageSpan | TranscriptSpan
