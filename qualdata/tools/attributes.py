"""Bringing a table of attributes into a study: a row for each case, a column for each variable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from attrs import Factory, define, frozen

from qualdata.errors import ReadError
from qualdata.formats.sheet import Row, Sheet
from qualdata.match.codes import name_key
from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.model.interview import Interview
from qualdata.model.nouns import noun
from qualdata.model.source import Source
from qualdata.model.study import Study
from qualdata.model.variable import Value, Variable, VariableType

__all__ = ["Brought", "Differing", "Match", "bring_values"]

Holder = Case | Interview | Source
Match = Literal["case", "interview", "source"]
_LISTS: Final = {"case": "cases", "interview": "interviews", "source": "sources"}


_DAY: Final = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
_PLAIN: Final[dict[VariableType, str]] = {
    "Boolean": "true|false",
    "Integer": "-?(0|[1-9][0-9]{0,17})",
    "Float": r"-?(0|[1-9][0-9]{0,17})(\.[0-9]+)?",
    "Date": _DAY,
    "DateTime": f"{_DAY}T{_TIME}",
}
"""The types that a new variable can get by itself, and how all its values must be written then; the first that fits is taken."""
_FORMS: Final[dict[VariableType, tuple[str, str]]] = {
    "Boolean": ("true|false|0|1", "true or false"),
    "Integer": ("[+-]?[0-9]+", "12"),
    "Float": (r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|-?INF|NaN", "1.5, with a point"),
    "Date": (_DAY, "2024-05-17"),
    "DateTime": (f"{_DAY}T{_TIME}", "2024-05-17T14:00:00"),
}
"""How XML Schema, and so REFI-QDA, lets values of a type be written, and an example; `Text` is free."""


@frozen
class Differing:
    """A value that the study had and the table says otherwise."""

    thing: Holder
    """What it is a value of."""
    variable: Variable
    """The variable."""
    before: str
    """The value in the study."""
    after: str
    """The value in the table."""


@define
class Brought:
    """What a table of attributes did to a study."""

    key: str
    """The column that says whom a row is about."""
    matched: int = 0
    """How many rows were matched."""
    not_found: list[str] = Factory(list)
    """Whom the table names and the study has not; their rows were left out."""
    left: list[Holder] = Factory(list)
    """Whom the study has and the table does not name."""
    variables: list[Variable] = Factory(list)
    """The variables that were new."""
    set: int = 0
    """How many values were set where there were none."""
    same: int = 0
    """How many were there already."""
    differing: list[Differing] = Factory(list)
    """The values that were others."""
    replaced: bool = False
    """Whether those of the table were taken; else the study kept its own."""
    not_allowed: list[Differing] = Factory(list)
    """Values that were set although their variable allows only others; `before` says which."""


def bring_values(
    study: Study, table: Sheet, *, match: Match = "case", key: str | None = None, types: Mapping[str, VariableType] | None = None, replace: bool = False
) -> Brought:
    """Give the cases (or interviews, or sources) of a study the values that a table has of them.

    The column *key*, or else the first, names whom a row is about: by id, or by name, in which capitals and white space do
    not matter. Each other column is a variable, found by its name; one that is new gets the type that *types* says, else the
    narrowest that fits all its values as XML Schema writes them, so that `1,5` and `007` are text. Empty cells say nothing. A
    value that is another in the study stays, unless *replace*.

    Raises ReadError, and changes nothing, where two rows are about one thing, a name is that of several, or a value does not
    fit its type.
    """
    key = table.head[0] if key is None else _column(table, key)
    named = {_column(table, name): type for name, type in (types or {}).items()}
    brought = Brought(key, replaced=replace)
    rows = _matched(study, table, match, brought)
    columns = [name for name in table.head if name != key]
    variables = {name: _variable(study, table, name, named.get(name)) for name in columns}
    brought.variables = [study.add(variable) for variable in variables.values() if study.get(variable.id) is None]
    for thing, row in rows:
        for name, cell in zip(table.head, row.cells, strict=True):
            if name != key and cell:
                _give(thing, variables[name], cell, brought)
    return brought


def _column(table: Sheet, name: str) -> str:
    found = [column for column in table.head if column == name] or [column for column in table.head if name_key(column) == name_key(name)]
    if len(found) != 1:
        raise ReadError(f'there is no column "{name}" in the table. It has: {", ".join(table.head)}.')
    return found[0]


# ---- whom a row is about ----
def _matched(study: Study, table: Sheet, match: Match, brought: Brought) -> list[tuple[Holder, Row]]:
    things: list[Holder] = getattr(study, _LISTS[match])
    known = _Known(things, match)
    rows: dict[int, tuple[Holder, Row]] = {}
    words: dict[str, int] = {}
    for row, word in table.column(brought.key):
        if not word.strip():
            raise ReadError(f'the cell in the column "{brought.key}" is empty, so it is not known whom this row is about.', line=row.line)
        thing = known.one(word, row.line)
        first = words.setdefault(name_key(word) if thing is None else thing.id, row.line)
        if first != row.line:
            raise ReadError(f'"{word}" stands in line {first}, too. Leave one row for each {match}.', line=row.line)
        if thing is None:
            brought.not_found.append(word)
        else:
            rows[id(thing)] = thing, row
    brought.matched, brought.left = len(rows), [thing for thing in things if id(thing) not in rows]
    return list(rows.values())


class _Known:
    """The things that rows can be about, by id and by name."""

    def __init__(self, things: Iterable[Holder], what: Match) -> None:
        self.what = what
        self.ids = {fold(thing.id): thing for thing in things}
        self.names: dict[str, list[Holder]] = {}
        for thing in things:
            self.names.setdefault(name_key(thing.name or ""), []).append(thing)

    def one(self, word: str, line: int) -> Holder | None:
        """The thing that is called so. Raises ReadError for a name of several."""
        if fold(word) in self.ids:
            return self.ids[fold(word)]
        found = self.names.get(name_key(word), [])
        if len(found) > 1:
            ids = ", ".join(thing.id for thing in found)
            raise ReadError(f'{len(found)} {noun(self.what, 2)} are called "{word}": {ids}. Put the id into the table instead.', line=line)
        return found[0] if found else None


# ---- what a column says ----
def _variable(study: Study, table: Sheet, name: str, type: VariableType | None) -> Variable:
    """The variable of a column; a new one where the study has none. Raises ReadError for values that do not fit."""
    cells = [(row.line, cell) for row, cell in table.column(name) if cell]
    found = [variable for variable in study.variables if name_key(variable.name) == name_key(name)]
    if len(found) > 1:
        raise ReadError(f'{len(found)} variables of the study are called "{name}". Rename one first.')
    if found and type not in (None, found[0].type):
        raise ReadError(f'the variable "{name}" of the study is of the type {found[0].type}, not {type}.')
    variable = found[0] if found else Variable(name=name, type=type or _narrowest(cell for _, cell in cells))
    form, example = _FORMS.get(variable.type, (".*", ""))
    for line, cell in cells:
        if not re.fullmatch(form, cell, re.DOTALL):
            raise ReadError(f'"{cell}" is no {variable.type}, which the variable "{name}" is; it is written as {example}.', line=line)
    return variable


def _narrowest(cells: Iterable[str]) -> VariableType:
    words = set(cells)
    return next((type for type, form in _PLAIN.items() if words and all(re.fullmatch(form, word) for word in words)), "Text")


def _give(thing: Holder, variable: Variable, cell: str, brought: Brought) -> None:
    value = next((value for value in thing.values if fold(value.variable) == fold(variable.id)), None)
    if value is not None and value.value == cell:
        brought.same += 1
        return
    if value is not None and value.value is not None:
        brought.differing.append(Differing(thing, variable, value.value, cell))
        if not brought.replaced:
            return
    else:
        brought.set += 1
    if variable.allowed and cell not in variable.allowed:
        brought.not_allowed.append(Differing(thing, variable, ", ".join(variable.allowed), cell))
    if value is None:
        value = Value(variable=variable.id)
        thing.values.append(value)
    value.type, value.value = variable.type, cell
