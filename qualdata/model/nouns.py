"""The things of a study, and the fields that are told of, in words; all counting in sentences is done here."""

from __future__ import annotations

from functools import cache
from typing import Final

from qualdata.model.annotations import field_named, holds, holds_things
from qualdata.model.base import Thing

__all__ = ["called", "counted", "field_words", "listed", "noun"]

_NOUNS: Final = {
    "AudioSource": "audio source",
    "CodeChange": "change of the codebook",
    "Evidence": "piece of evidence",
    "PdfSource": "PDF source",
    "PictureSource": "picture source",
    "PublishedQuote": "published quote",
    "ResearchQuestion": "research question",
    "SyncPoint": "sync point",
    "TextSource": "text source",
    "VideoSource": "video source",
}
"""What things of a class are called; of any other class, its name in lower case."""
_PLURALS: Final = {
    "change of the codebook": "changes of the codebook",
    "piece of evidence": "pieces of evidence",
    "study": "studies",
    "vertex": "vertices",
}
_NAMES: Final = ("name", "label", "initials")
"""The fields by which a thing is called, the first that is there."""
_FIELDS: Final = {
    "extra": "unknown content",
    "media": "file",
    "parent": "the code above",
    "path": "file",
    "rich": "formatted text",
    "rich_path": "formatted text",
}
"""What a field is called; any other by its name."""


def noun(cls: str, number: int = 1) -> str:
    """What so many things of a class are called: `text source`, `codings`."""
    word = _NOUNS.get(cls, cls.lower())
    return word if number == 1 else _PLURALS.get(word, f"{word}s")


def called(thing: Thing) -> str:
    """What a thing is called: by its name or label, a person without one by the initials, else by its id."""
    return next((word for word in (getattr(thing, name, None) for name in _NAMES) if word), thing.id)


def counted(number: int, cls: str) -> str:
    """So many things of a class: `1 text source`, `2,332 codings`."""
    return f"{number:,} {noun(cls, number)}"


def field_words(name: str) -> str:
    """What a field is called: `own memos`, `formatted text`."""
    return _FIELDS.get(name, name.replace("_", " "))


@cache
def listed(field: str) -> str | None:
    """The class of the things in a list, as `CodeChange` for `Study.code_changes`; None for a field that holds no such list."""
    cls, attribute = field_named(field)
    if not holds_things(cls, attribute.name):
        return None
    held, _ = holds(cls, attribute.name)
    return held.__name__ if isinstance(held, type) else "Source"
