"""An excerpt: a part of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field, frozen

from qualdata.model.base import REF, Dated, Thing
from qualdata.model.coding import Coding
from qualdata.model.spans import Span

if TYPE_CHECKING:
    from qualdata.model.code import Code
    from qualdata.model.contributor import Contributor
    from qualdata.model.source import TextSource

__all__ = ["Excerpt", "Quote"]


@frozen
class Quote:
    """Words of a text and what stands around them (Web Annotation, TextQuoteSelector)."""

    exact: str
    """The words."""
    prefix: str = ""
    """What stands before them."""
    suffix: str = ""
    """What stands after them."""


@define(kw_only=True, eq=False, repr=False)
class Excerpt(Dated):
    """A part of a source, coded or not. A Selection in REFI-QDA 1.5, clauses 3.12 and 10."""

    span: Span
    """Where it lies; its kind fits the kind of source."""
    name: str | None = None
    """A label. Many tools put the words themselves here."""
    description: str | None = None
    """A comment on it."""
    codings: list[Coding] = field(factory=list)
    """The codes laid on it, one coding for each coder and code."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
    quote: Quote | None = None
    """The words it stood on, where the text is not at hand or may have changed; it repeats words of the data."""
    same_as: str | None = field(default=None, metadata=REF)
    """Id of the excerpt that marks the same place in another way; a coding that stands on both counts once."""
    representation: TextSource | None = None
    """The text of a rectangle of a PDF page (clause 3.11)."""

    def apply(self, code: Code | str, coder: Contributor | str | None = None, *, created: str | None = None) -> Coding:
        """Lay a code on this excerpt, and return the coding. Codes and coders are given as objects or ids.

        >>> talk, trust = qualdata.TextSource(text="My neighbours help."), qualdata.Code(name="trust")
        >>> coding = talk.excerpt(3, 13).apply(trust)
        >>> coding.code == trust.id
        True
        """
        coding = Coding(code=_id(code), coder=None if coder is None else _id(coder), created=created)
        self.codings.append(coding)
        return coding


def _id(thing: Thing | str) -> str:
    return thing if isinstance(thing, str) else thing.id
