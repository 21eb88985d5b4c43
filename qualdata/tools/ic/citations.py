"""Labels and marks in what people type: `[P07-4kx9q, P12-8mdtz]`, `[#4kx9q]`."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from attrs import frozen

from qualdata.tools.ic.handles import LETTERS

__all__ = ["CODE", "Cited", "cited", "handle"]

_DASH: Final = "[-\u2010-\u2015\u2212]"
_GROUP: Final = re.compile(r"[ \t\n\u00a0]*[\[(]([^\[\]()]+)[\])]")
_BETWEEN: Final = re.compile(r"[,;\s]+|\band\b|&")
_LABEL: Final = re.compile(rf"([^\W_]+){_DASH}([^\W_]+)")
_MARK: Final = re.compile(rf"[ \t\n]*\[#([{LETTERS}]+)\]", re.IGNORECASE)
CODE: Final = re.compile(rf"\[@([{LETTERS}]+)\]\s*$", re.IGNORECASE)
"""The mark of a code, at the end of the line that names it."""
_SHORTEST: Final = 4


@frozen
class Cited:
    """What a paragraph says, and what it cites."""

    text: str
    """Its words, without labels and marks."""
    labels: tuple[str, ...]
    """The labels as they are written, with those that occur again."""
    marks: tuple[str, ...]
    """The handles of points."""
    strange: tuple[str, ...]
    """What stands between brackets beside labels and is none."""
    first: bool
    """Whether it begins with a label."""


def cited(text: str, whos: Collection[str]) -> Cited:
    """Take a paragraph apart; *whos* is how labels of the study begin, so that one with a slip is known for one."""
    labels: list[str] = []
    strange: list[str] = []

    def take(found: re.Match[str]) -> str:
        words = [word for word in _BETWEEN.split(found[1]) if word]
        if not any(_is_label(word, whos) for word in words):
            return found[0]
        labels.extend(word for word in words if _is_label(word, whos))
        strange.extend(word for word in words if not _is_label(word, whos))
        return ""

    marks = tuple(_MARK.findall(text))
    bare = _MARK.sub("", text).strip()
    begins = _GROUP.match(bare)
    first = begins is not None and any(_is_label(word, whos) for word in _BETWEEN.split(begins[1]))
    return Cited(_GROUP.sub(take, bare).strip(), tuple(labels), marks, tuple(strange), first)


def _is_label(word: str, whos: Collection[str]) -> bool:
    found = _LABEL.fullmatch(word)
    if found is None:
        return False
    return found[1].casefold() in whos or (len(found[2]) >= _SHORTEST and set(found[2].lower()) <= set(LETTERS))


def handle(label: str) -> str:
    """What of a label says which coding it means."""
    return re.split(_DASH, label)[-1]
