"""Words that a sidecar leaves out: only how to know them again stands in it, so that it tells nothing that the project does not.

A text is known by its SHA-256 and given its own line ends again; a name or a quotation by its SHA-256 and length, as it
repeats words of a text that the project holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import chain, groupby, zip_longest
from typing import Any, Final

from qualdata.match import text_hash
from qualdata.match.texts import MARK, normal
from qualdata.model.base import Thing
from qualdata.model.excerpt import Excerpt, Quote
from qualdata.model.spans import TextSpan

__all__ = ["FILE", "NAME", "QUOTE", "TEXT", "known_again", "name_in", "of_name", "of_quote", "of_text", "quote_in", "taken_out", "text_as_it_was"]

TEXT: Final = "sidecar:text"
NAME: Final = "sidecar:name"
QUOTE: Final = "sidecar:quote"
FILE: Final = "sidecar:file"
"""Keys of `extra` under which words are known again; and that a document had a file which travels with the project."""

_line_end = re.compile("\r\n|\r|\n")


def _hash(words: str) -> str:
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _of(words: str) -> list[Any]:
    return [_hash(words), len(words)]


def _is(words: str, known: Any) -> bool:
    return isinstance(known, list) and known[:1] == [_hash(words)]


# ---- texts ----
def of_text(text: str) -> dict[str, Any]:
    """What a text is known by: its hash, that of its normal form, and its line ends in runs."""
    ends = [[end, len(list(run))] for end, run in groupby(_line_end.findall(text))]
    return {"sha256": _hash(text), "normal": text_hash(text), "ends": ends, "mark": text.startswith(MARK)}


def known_again(text: str, known: dict[str, Any]) -> bool:
    """Whether this is the text, in whatever form."""
    return bool(known.get("normal") == text_hash(text))


def text_as_it_was(text: str, known: dict[str, Any]) -> str:
    """A text that is known again, with the line ends it had; as it is now where that cannot be had."""
    if known.get("sha256") == _hash(text):
        return text
    ends = chain.from_iterable([end] * int(count) for end, count in known.get("ends", ()))
    was = "".join(part for pair in zip_longest(normal(text).split("\n"), ends, fillvalue="") for part in pair)
    was = MARK + was if known.get("mark") else was
    return was if known.get("sha256") == _hash(was) else text


# ---- names and quotations of excerpts ----
def of_name(name: str) -> list[Any]:
    """What a name is known by."""
    return _of(name)


def name_in(known: Any, excerpt: Excerpt, text: str | None, written: str | None) -> str | None:
    """The name of an excerpt: as a file has it, or made of the words it stands on; None where it is neither."""
    forms = chain([written] if written is not None else [], _forms(known, excerpt, text))
    return next((name for name in forms if _is(name, known)), None)


def _forms(known: Any, excerpt: Excerpt, text: str | None) -> Iterator[str]:
    """How programs name a passage: not at all, or by its words, whole or cut, white space as it is or folded."""
    yield ""
    if text is None or not isinstance(excerpt.span, TextSpan) or not isinstance(known, list) or len(known) != 2:
        return
    words, length = text[excerpt.span.slice], int(known[1])
    for form in (words, " ".join(words.split()), _line_end.sub(" ", words)):
        yield form
        yield from (form[: max(length - len(cut), 0)] + cut for cut in ("", "…", "..."))


def of_quote(quote: Quote) -> dict[str, Any]:
    """What a quotation and what stands around it are known by."""
    return {"exact": _of(quote.exact), "prefix": _of(quote.prefix), "suffix": _of(quote.suffix)}


def quote_in(known: dict[str, Any], excerpt: Excerpt, text: str | None) -> Quote | None:
    """The quotation of an excerpt, where its words still stand there; None where they do not."""
    if text is None or not isinstance(excerpt.span, TextSpan):
        return None
    start, end = excerpt.span.slice.start, excerpt.span.slice.stop
    places: dict[str, Callable[[int], str]] = {
        "exact": lambda n: text[start:end],
        "prefix": lambda n: text[max(start - n, 0) : start],
        "suffix": lambda n: text[end : end + n],
    }
    found = {part: place(int(known[part][1])) for part, place in places.items()}
    return Quote(**found) if all(_is(words, known[part]) for part, words in found.items()) else None


def taken_out(thing: Thing, key: str) -> Any:
    """What stands under a key of `extra`, which then no longer stands there."""
    if thing.extra is None or key not in thing.extra:
        return None
    found = thing.extra[key]
    rest = {k: v for k, v in thing.extra.items() if k != key}
    thing.extra = rest or None
    return found
