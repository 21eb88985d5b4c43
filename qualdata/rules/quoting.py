"""Words that an excerpt says it stands on, and the words at its place. A name counts only where it is a quotation."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Any, Final

from qualdata.formats.refi.evidence import quotes
from qualdata.model.excerpt import Excerpt
from qualdata.model.positions import Codec, Newline, Profile, Unit
from qualdata.model.spans import TextSpan
from qualdata.rules.dataset import Dataset
from qualdata.rules.passages import Passages

__all__ = ["better_reading", "misquoted"]

_WORDS: Final = 3
"""A name of fewer words that stands elsewhere in the text may do so by chance."""
_FEW: Final = 0.02
_SURE: Final = 0.95
"""If less than the first share of quotations is wrong, the way of counting is not to blame; if another is right, at least the second fits."""
_UNITS: Final[tuple[Unit, ...]] = ("code point", "utf-16", "utf-8")
_NEWLINES: Final[tuple[Newline, ...]] = ("as written", "once")


def misquoted(text: str, passages: Passages) -> Iterator[Excerpt]:
    """The passages of a text whose quotation does not stand at their place, though their place is in the text."""
    folded: list[str] = []
    for excerpt, start, end in _doubtful(text, passages):
        quote = excerpt.quote.exact if excerpt.quote is not None else excerpt.name
        if not quote or not 0 <= start < end <= len(text):
            continue
        last = end if excerpt.quote is not None else end + 2 * len(quote)  # names are cut at some length, and may reach beyond a short passage
        if (text.startswith(quote, start) and len(quote) <= last - start) or quotes(quote, text, start, last):
            continue
        if excerpt.quote is None and not folded:
            folded.append(_folded(text))
        if excerpt.quote is not None or _is_quotation(quote, folded[0]):
            yield excerpt


def _doubtful(text: str, passages: Passages) -> Iterator[tuple[Excerpt, int, int]]:
    """The passages that have a quotation of their own, or whose name does not begin the words there; most are passed over at once."""
    names = [excerpt.name or "" for excerpt in passages.excerpts]
    named = map(text.startswith, names, passages.starts)
    for excerpt, fits, start, end in zip(passages.excerpts, named, passages.starts, passages.ends, strict=True):
        if not fits or excerpt.quote is not None:
            yield excerpt, start, end


def _is_quotation(name: str, text: str) -> bool:
    """Whether a name that is not at its place is a quotation all the same: it stands elsewhere in the text."""
    words = _folded(name).removesuffix("…").removesuffix("...").rstrip()
    return len(words.split()) >= _WORDS and words in text


def _folded(text: str) -> str:
    return " ".join(text.split())


def better_reading(data: Dataset, holder: Any, text: str, wrong: int) -> str:
    """In which way of counting nearly all quotations of a text would fit, in words, if *wrong* do not; empty where there is none."""
    if wrong < _FEW * len(holder.excerpts):
        return ""
    quoting = [e for e in holder.excerpts if isinstance(e.span, TextSpan) and (e.quote or e.name)]
    bom = holder.stored is not None and holder.stored.bom
    own = data.study.reading.profile if data.kind == "refi" and data.study.reading is not None else Profile()
    written = Codec(text, own, bom)
    wanted = [(e.quote.exact if e.quote else e.name or "", *written.write(e.span.start, e.span.end)) for e in quoting if isinstance(e.span, TextSpan)]
    for way in [Profile(unit, newline) for unit, newline in product(_UNITS, _NEWLINES)]:
        hits = sum(map(partial(_fits, text, Codec(text, way, bom)), wanted))
        if way != own and hits > len(wanted) - wrong and hits >= _SURE * len(wanted):
            return f"; counted as {way}, {hits} of {len(wanted)} quotations would fit"
    return ""


def _fits(text: str, codec: Codec, place: tuple[str, int, int]) -> bool:
    name, start, end = place
    return quotes(name, text, *codec.read(start, end))
