"""A memo: a note of the researcher."""

from __future__ import annotations

from attrs import define

from qualdata.model.source import SPANS, TextSource
from qualdata.model.spans import TextSpan

__all__ = ["Memo"]


@define(kw_only=True, eq=False, repr=False)
class Memo(TextSource):
    """A note on anything in the study. A Note in REFI-QDA 1.5, clause 3.9.

    It is a text like any other, so it may hold excerpts and codings. What it is about is said by the
    things that name it in their `memos`.
    """

    kind: str | None = None
    """`analytic`, `method`, `reflexive`, `case summary`, `field note`, `framework summary` or another word."""


SPANS[Memo] = TextSpan
