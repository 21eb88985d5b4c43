"""Places in two texts that are one, made comparable: in two forms of one text, or in a text and an edited one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

from qualdata.match.anchoring import Anchorer
from qualdata.match.pairing import Pair
from qualdata.match.side import Side, text_of
from qualdata.match.texts import Form, normal
from qualdata.model.excerpt import Quote
from qualdata.model.source import Written
from qualdata.model.spans import TextSpan

__all__ = ["align"]

AROUND: Final = 32
"""How many characters around a place help to find it again."""


def align(here: Side, there: Side, pairs: Iterable[Pair[Any]]) -> None:
    """Make the places in texts that were paired comparable, where the texts are not the same to the letter.

    Where they are two forms of one text, places are compared in its normal form. Where one was edited, places of *there* are
    looked for in the text of *here* by their words and what stands around them. Where one is missing, they are compared as written,
    unless its hash says that it is another text.
    """
    for pair in pairs:
        if not isinstance(pair.here, Written) or not isinstance(pair.there, Written) or _same_file(pair.here, pair.there):
            continue
        first, second = text_of(pair.here), text_of(pair.there)
        if first is None or second is None:
            if None not in (hashes := (here.hash(pair.here), there.hash(pair.there))) and hashes[0] != hashes[1]:
                there.spans |= {id(thing): None for thing in _placed(pair.there)}
            continue
        if first == second:
            continue
        if normal(first) == normal(second):
            _to_normal(here, pair.here, Form(first))
            _to_normal(there, pair.there, Form(second))
        else:
            _to_edited(there, pair.there, second, Anchorer(first))


def _same_file(here: Written, there: Written) -> bool:
    """Whether two texts come from files with the same checksum, so that they need not be read."""
    a, b = here.stored, there.stored
    return a is not None and b is not None and a.crc is not None and (a.size, a.crc) == (b.size, b.crc)


def _placed(holder: Any) -> Iterable[Any]:
    """What has a place in a text."""
    return (thing for thing in chain(holder.excerpts, getattr(holder, "turns", ())) if isinstance(thing.span, TextSpan))


def _to_normal(side: Side, holder: Any, form: Form) -> None:
    for thing in _placed(holder):
        side.spans[id(thing)] = form.write(thing.span)


def _to_edited(side: Side, holder: Any, text: str, anchorer: Anchorer) -> None:
    for thing in _placed(holder):
        start, end = thing.span.slice.start, thing.span.slice.stop
        quote = Quote(text[start:end], text[max(start - AROUND, 0) : start], text[end : end + AROUND])
        found = anchorer.anchor(quote, near=start)
        side.spans[id(thing)] = found.span if found is not None and found.confidence > 0.5 else None
