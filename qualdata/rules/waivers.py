"""Waivers: findings that the depositor sets aside, with a reason. They live in the dataset, in `waivers.toml`.

    [[waiver]]
    rule = "pkg-filename-convention"
    place = "sources/Interview 07.txt"
    reason = "The name is that of the archive's catalogue."
    who = "A. Curator"
    date = 2024-05-17

*place* is a file, the id or the name of a thing, a place in `study.json` (with all that stands in it), or `*` for everywhere.
Beside a file that can hold none (`NAME.qdpx`), they stand in `NAME.qdpx.waivers.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from attrs import fields, frozen

from qualdata.model.base import fold
from qualdata.rules.finding import Finding, Where

__all__ = ["FILE", "Waived", "Waiver", "waivers_of"]

FILE: Final = "waivers.toml"
"""Their file in a package."""


@frozen
class Waiver:
    """One thing that is set aside."""

    rule: str
    """Id of the rule."""
    place: str
    """Where it may find what it finds."""
    reason: str
    """Why that is no fault."""
    who: str
    """Who says so."""
    date: str
    """Since when."""

    def covers(self, finding: Finding) -> bool:
        """Whether it sets a finding aside."""
        return finding.rule == self.rule and (self.place == "*" or self._names(finding.where))

    def _names(self, where: Where) -> bool:
        path = where.path or ""
        exact = self.place in (where.file, where.name, path) or (where.id is not None and fold(self.place) == fold(where.id))
        return exact or path.startswith((f"{self.place}.", f"{self.place}["))


@frozen
class Waived:
    """A finding, and the waiver that sets it aside."""

    finding: Finding
    waiver: Waiver


_NEEDED: Final = tuple(f.name for f in fields(Waiver))


def waivers_of(data: bytes) -> tuple[list[Waiver], list[str]]:
    """The waivers in a file, and what is wrong with the others, in sentences."""
    try:
        rows = tomllib.loads(data.decode("utf-8-sig")).get("waiver", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [f"the file is not TOML: {error}; nothing is set aside"]
    except RecursionError:
        return [], ["things stand too deep in each other in the file; nothing is set aside"]
    if not isinstance(rows, list):
        return [], ["each waiver must begin with [[waiver]]; nothing is set aside"]
    wrong = list(_wrong(rows))
    return [Waiver(*(str(row[name]) for name in _NEEDED)) for row in rows if not _missing(row) and _dated(row)], wrong


def _wrong(rows: list[Any]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        if missing := _missing(row):
            yield f"waiver {number} has no {', no '.join(missing)}; it sets nothing aside"
        elif not _dated(row):
            yield f"the date of waiver {number} is not one, as 2024-05-17; it sets nothing aside"


def _missing(row: Any) -> list[str]:
    return [name for name in _NEEDED if not isinstance(row, dict) or not str(row.get(name, "")).strip()]


def _dated(row: dict[str, Any]) -> bool:
    try:
        date.fromisoformat(str(row["date"])[:10])
    except ValueError:
        return False
    return True
