"""Whether a position in a text stands inside what a reader sees as one character (Unicode Standard Annex 29).

Combining marks, variation selectors, skin tones, emoji joined to one, flags, Hangul syllables in parts, and CR LF. Left out
are conjuncts of Indic scripts, which are not taken as one character by all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Final
from unicodedata import category

from qualdata.model.excerpt import Excerpt
from qualdata.rules.passages import Passages

__all__ = ["split", "splits"]

_MARKS: Final = ("Mn", "Me", "Mc")
_JOINER: Final = "\u200d"
_FIRST: Final = "\u0300"
"""Below this character, none belongs to the one before."""
_flag = re.compile("[\U0001f1e6-\U0001f1ff]").match
_JAMO: Final = {"L": "\u1100-\u115f\ua960-\ua97c", "V": "\u1160-\u11a7\ud7b0-\ud7c6", "T": "\u11a8-\u11ff\ud7cb-\ud7fb", "S": "\uac00-\ud7a3"}
"""First consonants, vowels, last consonants and syllables of Hangul."""
_kind = re.compile("|".join(f"(?P<{kind}>[{characters}])" for kind, characters in _JAMO.items())).match
_FOLLOWED: Final = {"L": "LVS", "V": "VT", "T": "T", "S": "T", "open": "VT"}
"""By which kinds each is followed in one character; a syllable without a last consonant is open."""


def split(text: str, passages: Passages) -> Iterator[tuple[Excerpt, int, int]]:
    """The passages of a text that begin or end inside one character, each with its places."""
    if text.isascii() and "\r\n" not in text:
        return
    first, size = _FIRST, len(text)
    places = chain(passages.starts, passages.ends)
    inside = {place for place in places if 0 < place < size and ((c := text[place]) >= first or c == "\n") and splits(text, place)}
    for excerpt, start, end in zip(passages.excerpts, passages.starts, passages.ends, strict=True) if inside else ():
        if start in inside or end in inside:
            yield excerpt, start, end


def splits(text: str, position: int) -> bool:
    """Whether a position stands inside one character as it is seen."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if after < _FIRST:
        return before == "\r" and after == "\n"
    if _belongs_to_the_one_before(after):
        return before not in "\r\n"
    if before == _JOINER:
        return _is_emoji(after) and _ends_emoji(text, position - 1)
    return _splits_syllable(before, after) or _splits_flag(text, position)


@cache
def _belongs_to_the_one_before(character: str) -> bool:
    """Whether a character is a mark (vowel signs of Thai and Lao among them), a joiner, a skin tone or a tag."""
    return category(character) in _MARKS or character in "\u200c\u200d\u0e33\u0eb3" or "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"


def _is_emoji(character: str) -> bool:
    """Whether a character is a symbol that is joined to others; letters of flags are not."""
    return category(character) == "So" and _flag(character) is None


def _ends_emoji(text: str, end: int) -> bool:
    """Whether an emoji, with what belongs to it, ends there."""
    while end and text[end - 1] != _JOINER and _belongs_to_the_one_before(text[end - 1]) and category(text[end - 1]) != "Mc":
        end -= 1
    return end > 0 and _is_emoji(text[end - 1])


def _splits_syllable(before: str, after: str) -> bool:
    left, right = _kind(before), _kind(after)
    if left is None or right is None:
        return False
    is_open = left.lastgroup == "S" and (ord(before) - 0xAC00) % 28 == 0
    return str(right.lastgroup) in _FOLLOWED["open" if is_open else str(left.lastgroup)]


def _splits_flag(text: str, position: int) -> bool:
    """Whether a position stands between the two letters of a flag: an odd number of such letters lies before it."""
    if not _flag(text, position):
        return False
    start = position
    while start and _flag(text, start - 1):
        start -= 1
    return (position - start) % 2 == 1
