"""Remarks of a reader, grouped so that a thousand of one kind are one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from qualdata.model.nouns import noun
from qualdata.model.reading import Remark
from qualdata.model.study import Study

__all__ = ["grouped", "place", "quoted", "sentences"]

_VARIES: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?(?:#\d+)?|\S*[/\\]\S*|\d[\d,–-]*")
_PLACES: Final = 3
_LONGEST: Final = 40


def grouped(remarks: Iterable[Remark]) -> list[list[Remark]]:
    """Remarks that say the same of different things, together, in the order they were first met."""
    groups: dict[tuple[str, str], list[Remark]] = {}
    for remark in remarks:
        groups.setdefault((remark.rule, _VARIES.sub("…", remark.message)), []).append(remark)
    return list(groups.values())


def sentences(study: Study, group: list[Remark]) -> Iterator[str]:
    """What one group says, then where, at most three places."""
    first = group[0]
    times = f"{len(group):,} times" + (", for example: " if len({r.message for r in group}) > 1 else ": ") if len(group) > 1 else ""
    message = first.message if times else first.message[:1].upper() + first.message[1:]
    yield f"{times}{message} ({first.rule})."
    places = list(dict.fromkeys(p for r in group[:_PLACES] if (p := place(study, r))))
    if places:
        more = " …" if len(group) > _PLACES else ""
        yield f"At {'; '.join(places)}{more}"


def place(study: Study, remark: Remark) -> str:
    """Where a remark bears: the line, and the name of the thing; empty where neither is known."""
    line = f"line {remark.line:,}" if remark.line else ""
    return ", ".join(p for p in (line, _named(study, remark.id) if remark.id else "") if p)


def _named(study: Study, id: str) -> str:
    thing = study.get(id)
    name = getattr(thing, "name", None) or getattr(thing, "title", None)
    what = "" if thing is None else noun(type(thing).__name__) + " "
    return what + (quoted(name) if name else id)


def quoted(name: str) -> str:
    """A name in quotation marks, cut where it is too long for a sentence."""
    return f'"{name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"}"'
