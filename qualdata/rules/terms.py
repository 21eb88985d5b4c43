"""Where terms of lists stand in a text, and texts without them. The one place that says what counts as one.

A term is found **as it is listed** if it stands there as words by themselves, in the same capitals. It is found **otherwise** in
other capitals; with a hyphen or nothing for the space in it, as in `AnnLee`; joined to other words by a capital; and, if it has
five letters, as a part of a longer word. White space, dashes, quotation marks, what has no width, and how letters are
composed never tell two texts apart. In scripts that put no space between words, it is found wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final
from unicodedata import combining

from attrs import frozen

from qualdata.match.folding import fold_text
from qualdata.rules.termlist import Term, TermList

__all__ = ["Found", "Terms"]

MASK: Final = "[…]"
"""What stands for a term."""
_LONG: Final = 5
"""Of a term with fewer letters, being part of a word says nothing."""
_SHORT_TEXT: Final = 1 << 12
"""In a longer text, words are looked for among its different words first."""
_STUMP: Final = 200
"""How far from a cut what was cut off is looked for."""
_PIECE: Final = 4
"""A piece of a term with fewer letters, as a part of a word, says nothing."""
_BETWEEN: Final = r"(?:[ _.-]{1,2}|(?-i:(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])))"
"""What may stand for the space in a term: signs, or a capital that follows a small letter."""
_words = re.compile(r"[^\W_]+").findall
_letters = re.compile(r"[^\W\d_]").findall
_unspaced = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]").match


@frozen
class Found:
    """A place at which a term stands."""

    start: int
    """Where it begins in the text, or the word that it is a part of does; in code points."""
    end: int
    """Where that ends."""
    exact: bool
    """Whether it stands there as it is listed."""
    term: Term
    """The term."""


class Terms:
    """The terms of some lists."""

    def __init__(self, lists: Iterable[TermList] = ()) -> None:
        self.lists = tuple(lists)
        """The lists."""
        every = [_Sought(term) for part in self.lists for term in part.terms]
        self._sought = [*{one.written: one for one in reversed(every) if one.key}.values()]

    def __bool__(self) -> bool:
        return bool(self._sought)

    def found(self, text: str) -> list[Found]:
        """Where they stand in a text, in its order."""
        possible = self._possible(text)
        if not possible:
            return []
        folded = fold_text(text, apart=True)
        places = ((*folded.back(start, end), exact, one.term) for one in possible for start, end, exact in one.places(folded.text))
        return sorted((Found(*place) for place in places), key=lambda found: (found.start, found.end, found.term.hash))

    def possible(self, text: str) -> bool:
        """Whether any may stand in a text; soon known where none does."""
        return bool(self._possible(text))

    def _possible(self, text: str) -> list[_Sought]:
        if not self._sought:
            return []
        words = text if len(text) < _SHORT_TEXT else " ".join({*text.split()})
        plain = (words if words.isascii() else fold_text(words, apart=True).text).casefold()
        return [one for one in self._sought if one.key in plain]

    def masked(self, text: str) -> str:
        """A text without them, nor the beginning or end of one that was cut off: `[…]` in their place."""
        if not self._sought:
            return text
        out, at = [], 0
        for one in self.found(text):
            if one.start >= at:
                out += [text[at : one.start], MASK]
            at = max(at, one.end)
        return self._uncut("".join([*out, text[at:]]))

    def _uncut(self, text: str) -> str:
        """A text in which no piece of a term stands beside an ellipsis."""
        pieces = text.split("…")
        for i in range(len(pieces) - 1):
            pieces[i], pieces[i + 1] = self._without_end(pieces[i]), self._without_begin(pieces[i + 1])
        return "…".join(pieces)

    def _without_end(self, text: str) -> str:
        tail = _plain(text[-_STUMP:])
        at = next((i for i in range(len(tail) - 1) if tail[i:] in self._stumps[0] and (not tail[i - 1 : i].isalpha() or len(tail) - i >= _PIECE)), len(tail))
        return text if at == len(tail) else f"{text[: _word_around(text, len(text) - len(tail) + at, len(text))[0]]}{MASK}"

    def _without_begin(self, text: str) -> str:
        head = _plain(text[:_STUMP])
        end = next((i for i in range(len(head), 1, -1) if head[:i] in self._stumps[1] and (not head[i : i + 1].isalpha() or i >= _PIECE)), 0)
        return f"{MASK}{text[_word_around(text, 0, end)[1] :]}" if end else text

    @cached_property
    def _stumps(self) -> tuple[set[str], set[str]]:
        """What terms begin with and end with, of two letters at least."""
        plain = [one.written.casefold() for one in self._sought]
        return {words[:i] for words in plain for i in range(2, len(words))}, {words[i:] for words in plain for i in range(1, len(words) - 1)}


@frozen
class _Sought:
    """A term, in the form in which it is looked for."""

    term: Term

    @cached_property
    def written(self) -> str:
        """The term, folded."""
        return fold_text(self.term.words, apart=True).text.strip()

    @cached_property
    def key(self) -> str:
        """The longest word in it: where that is not, it is not. Of signs alone there is none, and they are not looked for."""
        return max(_words(self.written.casefold()), key=len, default="")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(_BETWEEN.join(map(re.escape, re.split("[ _-]+", self.written))), re.IGNORECASE)

    def places(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Where it stands in a folded text, with all of the word that it is a part of, and whether as it is listed."""
        long = len(_letters(self.written)) >= _LONG
        known = 0
        for match in self._pattern.finditer(text):
            joints = [_joint(text, match.start()), _joint(text, match.end())]
            if joints == [_PARTED, _PARTED]:
                yield *match.span(), match[0].replace("_", " ") == self.written.replace("_", " ")
            elif (long or _WITHIN not in joints) and match.start() >= known:  # a word that holds it twice is told once
                start, known = _word_around(text, *match.span())
                yield start, known, False


def _plain(text: str) -> str:
    """A text without capitals, as long as it was."""
    plain = text.casefold()
    return plain if len(plain) == len(text) else text


_PARTED, _CAPITAL, _WITHIN = range(3)
"""What may stand at the end of a term: the end of a word, a capital after a small letter, more of the same word."""


def _joint(text: str, at: int) -> int:
    """What stands between two characters of a text."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    if after and combining(after):
        return _WITHIN
    if not (before.isalpha() and after.isalpha()) and not (before.isdigit() and after.isdigit()):
        return _PARTED
    if _unspaced(before) or _unspaced(after):
        return _PARTED
    return _CAPITAL if before.islower() and after.isupper() else _WITHIN


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and (text[end].isalnum() or combining(text[end])):
        end += 1
    return start, end
