"""Listed terms, looked for wherever a dataset has words: texts, all that things say, every file and its name."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any, Final, cast

from attrs import fields, has

from qualdata.errors import QualdataError
from qualdata.model.base import REF, Part
from qualdata.model.media import Media
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Where
from qualdata.rules.office import OFFICE
from qualdata.rules.terms import Found
from qualdata.rules.wording import words_in

__all__ = ["leaks", "strings"]

Leak = tuple[Where, Found]
_no_guids = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").sub
_NO_WORDS: Final = "the file cannot be looked into for listed terms: "


def leaks(data: Dataset) -> Iterator[Leak | tuple[Where, str]]:
    """Where terms stand; or, in a sentence, why that cannot be known of a file."""
    yield from _in_texts(data)
    yield from _in_parts(data)
    yield from _in_files(data)
    for name in data.files.names:
        yield from ((data.at_file(name), found) for found in data.terms.found(name))


def _in_texts(data: Dataset) -> Iterator[Leak]:
    for holder in data.texts:
        text = data.text(holder) or ""
        found = data.terms.found(text)
        yield from zip(data.at_places(holder, text, (one.start for one in found)), found, strict=True)


def _in_parts(data: Dataset) -> Iterator[Leak]:
    """What stands in fields; all of it is looked through at once first."""
    told = ["\n".join(strings(part)) for part in data.index.parts]
    for part, words in zip(data.index.parts, told, strict=True) if data.terms.possible(_no_guids("", "\n".join(told))) else ():
        yield from ((data.at(part), found) for found in data.terms.found(words))


def _in_files(data: Dataset) -> Iterator[Leak | tuple[Where, str]]:
    """Files that are not among the texts, listed or not."""
    for name, media in _files(data).items():
        try:
            words = words_in(media) or ""
        except QualdataError as error:
            yield data.at_file(name), f"{_NO_WORDS}{error.message.rstrip('.')}"
            continue
        lines = not name.casefold().endswith(OFFICE)
        for found in data.terms.found(words):
            yield data.at_file(name, words.count("\n", 0, found.start) + 1 if lines else None), found


def _files(data: Dataset) -> dict[str, Media]:
    holders = data.texts
    seen = {data.file_of(holder) for holder in holders} | ({data.document} if data.read else set())
    others = [media for media in (*(getattr(holder, "rich", None) for holder in holders), *(d.media for d in data.study.documents)) if media is not None]
    return {name: media for name, media in ({data.file_name(media): media for media in others} | data.files.media).items() if name not in seen}


def strings(part: Part) -> list[str]:
    """All that a part of a study says; not its text, its references, and what the parts in it say."""
    found: list[str] = []
    _collect(part, found)
    return found


def _collect(value: Any, found: list[str]) -> None:
    cls = value.__class__
    if cls is str:
        found.append(value)
    elif cls is list or cls is tuple:
        for inner in value:
            if not isinstance(inner, Part):
                _collect(inner, found)
    elif cls is dict:
        for key, inner in value.items():
            found.append(key)
            _collect(inner, found)
    elif has(cls):
        for name in _said(cls):
            inner = getattr(value, name)
            if inner is not None and not isinstance(inner, Part):
                _collect(inner, found)


@cache
def _said(cls: Hashable) -> tuple[str, ...]:
    """The fields of a class in which it says something itself."""
    return tuple(f.name for f in fields(cast(Any, cls)) if f.init and f.name != "_text" and f.metadata.get("role") != REF["role"])
