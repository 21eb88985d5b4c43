"""Words that a sidecar leaves out: only how to know them again stands in it, so that it tells nothing that the project does not.

A text is known by its SHA-256 and given its own line ends again; a name or a quotation by its SHA-256 and length, as it
repeats words of a text that the project holds; the words that an excerpt lies on by their SHA-256, so that it is found where
the text was edited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import chain, groupby, repeat, zip_longest
from typing import Any, Final

from qualdata.match import quote_hash, text_hash
from qualdata.match.texts import MARK, normal
from qualdata.model.base import Thing
from qualdata.model.excerpt import Excerpt, Quote
from qualdata.model.spans import TextSpan

__all__ = ["FILE", "NAME", "ON", "QUOTE", "SHAPES", "TEXT", "in_form", "known_again", "lines", "name_in", "of_name", "of_place", "of_quote", "of_text", "quote_in", "taken_out"]
__all__ += ["text_as_it_was"]

TEXT: Final = "sidecar:text"
NAME: Final = "sidecar:name"
QUOTE: Final = "sidecar:quote"
ON: Final = "sidecar:on"
FILE: Final = "sidecar:file"
"""Keys of `extra` under which words are known again; and that a document had a file which travels with the project."""

_line_end = re.compile("\r\n|\r|\n")


def _hash(words: str) -> str:
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _of(words: str) -> list[Any]:
    return [_hash(words), len(words)]


def _is(words: str, known: list[Any]) -> bool:
    return bool(known[0] == _hash(words))


# ---- texts ----
def of_text(text: str) -> dict[str, Any]:
    """What a text is known by: its hash, that of its normal form, its line ends in runs, and how long its lines are."""
    ends = [[end, len(list(run))] for end, run in groupby(_line_end.findall(text))]
    return {"sha256": _hash(text), "normal": text_hash(text), "ends": ends, "lines": [len(line) for line in lines(text)], "mark": text.startswith(MARK)}


def lines(text: str) -> list[str]:
    """The lines of a text, without their ends."""
    return _line_end.split(text)


def known_again(text: str, known: dict[str, Any]) -> bool:
    """Whether this is the text, in whatever form."""
    return bool(known["normal"] == text_hash(text))


def text_as_it_was(text: str, known: dict[str, Any]) -> str:
    """A text that is known again, with the line ends it had; as it is now where that cannot be had."""
    if known["sha256"] == _hash(text):
        return text
    now = normal(text).split("\n")
    number = len(known["lines"])
    ends = chain.from_iterable(repeat(end, min(count, number)) for end, count in known["ends"])
    was = "".join(part for pair in zip_longest(now, (end for _, end in zip(range(number), ends, strict=False)), fillvalue="") for part in pair)
    was = MARK + was if known.get("mark") else was
    return was if known["sha256"] == _hash(was) else text


def in_form(text: str, known: dict[str, Any]) -> str:
    """A text that was edited, with the line ends of what it was, if these were all alike."""
    kinds = {end for end, _ in known["ends"]}
    return _line_end.sub(kinds.pop(), text) if len(kinds) == 1 and kinds <= {"\r\n", "\r", "\n"} else text


# ---- names, quotations and places of excerpts ----
def of_name(name: str) -> list[Any]:
    """What a name is known by."""
    return _of(name)


def of_place(excerpt: Excerpt, text: str | None) -> str | None:
    """What the words that an excerpt lies on are known by, white space and dashes aside; None where it lies on none."""
    return None if text is None or not isinstance(excerpt.span, TextSpan) else quote_hash(text[excerpt.span.slice])


def name_in(known: list[Any], excerpt: Excerpt, text: str | None, written: str | None) -> str | None:
    """The name of an excerpt: as a file has it, or made of the words it stands on; None where it is neither."""
    forms = chain([written] if written is not None else [], _forms(known[1], excerpt, text))
    return next((name for name in forms if _is(name, known)), None)


def _forms(length: int, excerpt: Excerpt, text: str | None) -> Iterator[str]:
    """How programs name a passage: not at all, or by its words, whole or cut, white space as it is or folded."""
    yield ""
    if text is None or not isinstance(excerpt.span, TextSpan):
        return
    words = text[excerpt.span.slice]
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
    found = {part: place(known[part][1]) for part, place in places.items()}
    return Quote(**found) if all(_is(words, known[part]) for part, words in found.items()) else None


# ---- in a sidecar ----
def taken_out(thing: Thing, key: str) -> Any:
    """What stands under a key of `extra`, which then no longer stands there."""
    if thing.extra is None or key not in thing.extra:
        return None
    found = thing.extra[key]
    rest = {k: v for k, v in thing.extra.items() if k != key}
    thing.extra = rest or None
    return found


def _is_hash(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and _is_hash(value[0]) and _is_number(value[1])


def _is_quote(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"exact", "prefix", "suffix"} and all(map(_is_words, value.values()))


def _is_text(value: Any) -> bool:
    if not isinstance(value, dict) or not (_is_hash(value.get("sha256")) and _is_hash(value.get("normal"))):
        return False
    lines, ends = value.get("lines"), value.get("ends")
    return isinstance(lines, list) and all(map(_is_number, lines)) and isinstance(ends, list) and all(map(_is_words, ends))


SHAPES: Final[dict[str, Callable[[Any], bool]]] = {TEXT: _is_text, NAME: _is_words, QUOTE: _is_quote, ON: _is_hash, FILE: lambda value: value is True}
"""What may stand under each key, since a sidecar may come from anyone."""
