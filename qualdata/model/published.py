"""Published quotes: excerpts that stand in a publication."""

from __future__ import annotations

from attrs import define, field

from qualdata.model.base import REF, Thing

__all__ = ["PublishedQuote"]


@define(kw_only=True, eq=False, repr=False)
class PublishedQuote(Thing):
    """An excerpt used in a publication."""

    excerpt: str | None = field(default=None, metadata=REF)
    """Id of the excerpt."""
    publication: str
    """The publication: a DOI, a URL or a reference."""
    locator: str | None = None
    """Where in it, as a page or a section."""
    text: str
    """The words as printed; they repeat words of the data."""
    claim: str | None = None
    """What they are to show."""
