"""Terms of a key file, looked for wherever a study has words: texts, labels, points, examples, quotations, memos, documents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from attrs import evolve, fields

from qualdata.model.base import Part
from qualdata.model.excerpt import Quote
from qualdata.model.source import Written
from qualdata.rules.dataset import Dataset
from qualdata.rules.documents import words_of
from qualdata.rules.finding import Where
from qualdata.rules.office import looked_into
from qualdata.rules.terms import Terms

__all__ = ["leaks"]

Leak = tuple[Where, str, bool]
"""The place, the hash of the term, and whether its capitals are as in the list."""


def leaks(data: Dataset, terms: Terms) -> Iterator[Leak]:
    """Where terms stand. A place is told without names, as the name may be what leaked."""
    for holder in data.texts:
        if text := data.text(holder):
            found = sorted(terms.found(text))
            places = data.at_places(holder, text, (at for at, _, _ in found))
            yield from ((_bare(where), hash, exact) for where, (_, hash, exact) in zip(places, found, strict=True))
        if (rich := getattr(holder, "rich", None)) is not None and (office := looked_into(rich)) is not None:
            yield from _told(terms, office.text or "", lambda part=holder: data.at(part))
    for part in data.index.parts:
        for text in _words(part):
            yield from _told(terms, text, lambda part=part: data.at(part))
    for document in data.study.documents:
        yield from _told(terms, words_of(document), lambda part=document: data.at(part))
    for number, name in enumerate(data.files.names):
        yield from _told(terms, name.replace("_", " "), lambda number=number: Where(path=f"files[{number}]"))


def _told(terms: Terms, text: str, where: Any) -> Iterator[Leak]:
    for _, hash, exact in terms.found(text) if text else ():
        yield _bare(where()), hash, exact


def _bare(where: Where) -> Where:
    """A place without names; of a text, the file stays where it is needed for the line."""
    return evolve(where, name=None, words=None, file=where.file if where.line else None)


def _words(part: Part) -> Iterator[str]:
    """The strings of a part, ids and texts left out."""
    for name in _strings(cast(Any, part.__class__)):
        value = getattr(part, name)
        if value.__class__ is str:
            yield value
        elif value.__class__ is list:
            yield from value
        elif value.__class__ is Quote:
            yield value.exact
    if part.extra:
        yield from _inside(part.extra)


def _inside(value: Any) -> Iterator[str]:
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list):
            todo += one.values() if isinstance(one, dict) else one


@cache
def _strings(cls: Any) -> tuple[str, ...]:
    """The fields of a class that hold words people wrote."""
    written = issubclass(cls, Written)
    return tuple(
        f.name for f in fields(cls)
        if ("str" in str(f.type) or "Quote" in str(f.type)) and not f.metadata.get("role") and f.name not in ("extra", "sha256") and not (written and f.name == "_text")
        and "PublishedQuote" not in str(f.type)
    )  # fmt: skip
