"""Terms of a key file, looked for wherever a study has words: texts, labels, points, examples, quotations, memos, documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from qualdata.rules.dataset import Dataset
from qualdata.rules.documents import words_of
from qualdata.rules.finding import Where
from qualdata.rules.keyfile import KeyFile
from qualdata.rules.office import looked_into
from qualdata.rules.terms import strings

__all__ = ["leaks"]

Leak = tuple[Where, str, bool]
"""The place, the hash of the term, and whether its capitals are as in the list."""


def leaks(data: Dataset, key: KeyFile) -> Iterator[Leak]:
    """Where terms stand. A place is told without names, as the name may be what leaked."""
    for holder in data.texts:
        if text := data.text(holder):
            found = sorted(key.found(text))
            places = data.at_places(holder, text, (at for at, _, _ in found))
            yield from ((_bare(where), hash, exact) for where, (_, hash, exact) in zip(places, found, strict=True))
        if (rich := getattr(holder, "rich", None)) is not None and (office := looked_into(rich)) is not None:
            yield from _told(key, office.text or "", lambda part=holder: data.at(part))
    for part in data.index.parts:
        yield from _told(key, "\n".join(strings(part)), lambda part=part: data.at(part))
    for document in data.study.documents:
        yield from _told(key, words_of(document), lambda part=document: data.at(part))
    for name in data.files.names:
        yield from _told(key, name, lambda name=name: data.at_entry(name))


def _told(key: KeyFile, text: str, where: Any) -> Iterator[Leak]:
    for _, hash, exact in key.found(text.replace("_", " ")):  # names of files and labels often have _ for a space
        yield _bare(where()), hash, exact


def _bare(where: Where) -> Where:
    """A place without names; of a text, the file stays where it is needed for the line."""
    return evolve(where, name=None, words=None, file=where.file if where.line else None)
