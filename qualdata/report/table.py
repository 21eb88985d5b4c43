"""A table: a title, a head, and rows that may come one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TypeAlias

from attrs import evolve, field, frozen

__all__ = ["Cell", "Indented", "Table"]

Cell: TypeAlias = str | int | float | None
"""What can stand in a table; None where there is nothing."""
Row: TypeAlias = Sequence[Cell]


class Indented(str):
    """A text that stands some steps in, where a table is for people; for programs it is the text."""

    __slots__ = ("depth",)

    depth: int
    """How many steps, from 0."""

    def __new__(cls, text: str, depth: int) -> Indented:
        made = super().__new__(cls, text)
        made.depth = depth
        return made


@frozen
class Table:
    """A title, a head and rows of as many cells."""

    title: str
    """What it shows; files that are only rows leave it out."""
    head: tuple[str, ...] = field(converter=tuple)
    """The names of the columns, each another."""
    rows: Iterable[Row]
    """The rows; they may be made while they are written, and are then gone through once."""

    @head.validator
    def _different(self, attribute: object, head: tuple[str, ...]) -> None:
        if len(set(head)) < len(head):
            raise ValueError(f"Two columns of a table have one name: {', '.join(head)}.")

    def peek(self, number: int) -> tuple[list[Row], Table]:
        """The first rows, and the table with all its rows still to come."""
        rows = iter(self.rows)
        first = list(islice(rows, number))
        return first, evolve(self, rows=chain(first, rows))
