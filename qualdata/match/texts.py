"""One text in several forms: with other line ends, with a byte order mark or without, with or without a last newline."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from qualdata.match.folding import folded
from qualdata.model.positions import Codec, Profile
from qualdata.model.spans import TextSpan

__all__ = ["Form", "between", "normal", "quote_hash", "text_hash"]

MARK: Final = "\ufeff"
_line_ends = re.compile("\r\n?").sub


def normal(text: str) -> str:
    """A text as all its forms have it: LF for every line end, none at the end, no byte order mark."""
    return _line_ends("\n", text.removeprefix(MARK)).rstrip("\n")


def text_hash(text: str) -> str:
    """SHA-256 of a text in its normal form, in hexadecimal: equal for all its forms."""
    return sha256(normal(text).encode("utf-8", "surrogatepass")).hexdigest()


def quote_hash(words: str) -> str | None:
    """SHA-256 of some words, whatever their white space, dashes and quotation marks; None where there are no words."""
    plain = folded(words).strip()
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest() if plain else None


class Form:
    """Turns places of one form of a text into places of its normal form and back, in time linear in the text.

    A place inside a line end of two characters moves outward. What lies in newlines at the end that the
    other form has not lies at its end; what lies beyond the end keeps its distance.
    """

    def __init__(self, text: str) -> None:
        self.codec = Codec(text, Profile(newline="once"))
        self.mark = len(MARK) if text.startswith(MARK) else 0
        self.units = self.codec.write(len(text), len(text))[1]
        """The length of the text, each line end counted once."""
        self.end = len(normal(text))
        """The length of its normal form."""

    def write(self, span: TextSpan) -> TextSpan:
        """From a place of this form to one of the normal form."""
        start, end = self.codec.write(span.start, span.end)
        return TextSpan(self._from(start), self._from(end))

    def read(self, span: TextSpan) -> TextSpan:
        """From a place of the normal form to one of this form."""
        return TextSpan(*self.codec.read(self._to(span.start), self._to(span.end)))

    def _from(self, position: int) -> int:
        """Without the mark before the text and the newlines after it."""
        if position > self.units:
            return self.end + position - self.units
        return position if position < 0 else min(max(position - self.mark, 0), self.end)

    def _to(self, position: int) -> int:
        if position > self.end:
            return self.units + position - self.end
        return position if position < 0 else position + self.mark


def between(here: str, there: str) -> Callable[[TextSpan], TextSpan] | None:
    """How places of a text are found in another form of it; None where they are not forms of one text."""
    if normal(here) != normal(there):
        return None
    first, second = Form(here), Form(there)
    if (first.units, first.mark) == (second.units, second.mark):  # nothing but line ends differs
        return lambda span: TextSpan(*second.codec.read(*first.codec.write(span.start, span.end)))
    return lambda span: second.read(first.write(span))
