"""Attributes as cells: the values of cases, interviews and sources, a column for each variable."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final

from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.interview import Interview
from qualdata.model.source import Source
from qualdata.model.study import Study
from qualdata.model.variable import Value
from qualdata.report.table import Cell, distinct

__all__ = ["Attributes"]

_NUMBERS: Final = {"Integer": int, "Float": float}


class Attributes:
    """The variables of a study of which something has a value, and the cells that a row has in their columns."""

    def __init__(self, study: Study, taken: Iterable[str] = ()) -> None:
        holders = chain(study.cases, study.interviews, study.sources)
        used = {fold(value.variable) for holder in holders for value in holder.values}
        variables = {fold(v.id): v for v in reversed(study.variables)}
        self.keys = [key for key in dict.fromkeys(fold(v.id) for v in study.variables) if key in used]
        self.head = tuple(distinct((variables[key].name for key in self.keys), taken))
        self.known: dict[tuple[int, ...], tuple[Cell, ...]] = {}

    def cells(self, cases: tuple[Case, ...], interview: Interview | None, source: Source | None) -> tuple[Cell, ...]:
        """The values of the cases, in their order; where they have none, that of the interview, else of the source."""
        key = (id(source), id(interview), *map(id, cases))
        if key not in self.known:
            of_cases = [_values(case.values) for case in cases]
            other = {**_values(source.values if source else []), **_values(interview.values if interview else [])}
            self.known[key] = tuple(_cell(key, of_cases, other) for key in self.keys)
        return self.known[key]


def _values(values: Iterable[Value]) -> dict[str, Cell]:
    return {fold(value.variable): _number(value) for value in values if value.value is not None}


def _number(value: Value) -> Cell:
    """The value as a number, if a number is written in no other way."""
    made = _NUMBERS.get(value.type)
    try:
        number = made(value.value or "") if made else None
    except ValueError:
        return value.value
    return number if str(number) == value.value else value.value


def _cell(key: str, of_cases: list[dict[str, Cell]], other: dict[str, Cell]) -> Cell:
    if not any(key in values for values in of_cases):
        return other.get(key)
    cells = [values.get(key) for values in of_cases]
    return cells[0] if len(cells) == 1 else "; ".join("" if cell is None else str(cell) for cell in cells)
