"""The things of a study in words, counted."""

from __future__ import annotations

from typing import Final

__all__ = ["counted", "noun"]

_NOUNS: Final = {
    "AudioSource": "audio source",
    "Memo": "memo",
    "PdfSource": "PDF source",
    "PictureSource": "picture source",
    "Study": "study",
    "SyncPoint": "sync point",
    "TextSource": "text source",
    "VideoSource": "video source",
}
_PLURALS: Final = {"study": "studies", "vertex": "vertices"}


def noun(cls: str, number: int = 1) -> str:
    """What things of a class are called."""
    word = _NOUNS.get(cls, cls.lower())
    return word if number == 1 else _PLURALS.get(word, f"{word}s")


def counted(number: int, cls: str) -> str:
    """So many things of a class: `1 text source`, `2,332 codings`."""
    return f"{number:,} {noun(cls, number)}"
