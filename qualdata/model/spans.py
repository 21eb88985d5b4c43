"""Where in a source an excerpt lies. REFI-QDA 1.5, clause 10."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from qualdata.model.base import REF, in_units

__all__ = ["AreaSpan", "PageSpan", "Span", "TextSpan", "TimeSpan", "TranscriptSpan"]

_CODE_POINTS: Final = in_units("Unicode code points")
_MILLISECONDS: Final = in_units("milliseconds")
_PIXELS: Final = in_units("pixels")
_POINTS: Final = in_units("PDF points")


@frozen
class TextSpan:
    """From *start* up to, not including, *end*: Unicode code points into the text, from 0 (clause 10.2)."""

    start: int = field(metadata=_CODE_POINTS)
    """The first character, in code points."""
    end: int = field(metadata=_CODE_POINTS)
    """The first character after it, in code points."""

    @property
    def slice(self) -> slice:
        """The part of a Python string that it covers; empty when reversed or before the text."""
        return slice(max(self.start, 0), max(self.end, 0))


@frozen
class TimeSpan:
    """From *start* to *end*: milliseconds from the start of the recording (clause 10.4)."""

    start: int = field(metadata=_MILLISECONDS)
    """Where it begins, in milliseconds."""
    end: int = field(metadata=_MILLISECONDS)
    """Where it ends, in milliseconds."""


@frozen
class AreaSpan:
    """A rectangle of a picture: pixels from its upper left corner, after rotation (clauses 9.1.5 and 10.4)."""

    left: int = field(metadata=_PIXELS)
    """x of the upper left corner, in pixels."""
    top: int = field(metadata=_PIXELS)
    """y of the upper left corner, in pixels."""
    right: int = field(metadata=_PIXELS)
    """x of the lower right corner, in pixels."""
    bottom: int = field(metadata=_PIXELS)
    """y of the lower right corner, in pixels."""


@frozen
class PageSpan:
    """A rectangle of a PDF page: points from the bottom left of the media box (clause 10.3), as two opposite corners."""

    page: int = field(metadata=in_units("pages"))
    """The page. The standard does not say where it counts from; its Annex A counts from 0."""
    left: int = field(metadata=_POINTS)
    """x of the first corner, in PDF points."""
    top: int = field(metadata=_POINTS)
    """y of the first corner, in PDF points, growing upwards."""
    right: int = field(metadata=_POINTS)
    """x of the second corner, in PDF points."""
    bottom: int = field(metadata=_POINTS)
    """y of the second corner, in PDF points, growing upwards."""


@frozen
class TranscriptSpan:
    """Between two sync points of a transcript; open at an end that has none (clause 10.4)."""

    start: str | None = field(default=None, metadata=REF)
    """Id of the sync point where it begins."""
    end: str | None = field(default=None, metadata=REF)
    """Id of the sync point where it ends."""


Span = TextSpan | TimeSpan | AreaSpan | PageSpan | TranscriptSpan
