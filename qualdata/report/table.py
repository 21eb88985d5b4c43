"""A table: a title, a head, and rows that may come one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

__all__ = ["Cell", "Indented", "Table", "distinct"]

Cell: TypeAlias = str | int | float | None
"""What can stand in a table; None where there is nothing."""
Row: TypeAlias = Sequence[Cell]
_EMPTY: Final = (None, "")


def _tuple(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


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
    head: tuple[str, ...] = field(converter=_tuple)
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

    def whole(self) -> Table:
        """The table with its rows made, so that they can be counted and gone through again."""
        return evolve(self, rows=list(self.rows))

    def chosen(self, *names: str) -> Table:
        """The table with these columns only, in this order; names that it has not are left out."""
        places = [self.head.index(name) for name in names if name in self.head]
        pick = itemgetter(*places, places[0])
        return Table(self.title, [self.head[place] for place in places], (pick(row)[:-1] for row in self.rows))

    def for_people(self, *names: str, own: Collection[str] = ()) -> Table:
        """The table as it is read on a page: these columns, as far as something stands in them, with words as heads.

        Names of columns that people chose, which are their *own*, stay as they are.
        """
        table = self.chosen(*names).whole()
        filled = [name for name, column in zip(table.head, zip(*table.rows, strict=True), strict=False) if any(cell not in _EMPTY for cell in column)]
        return table.chosen(*(filled or table.head)).worded(own)

    def worded(self, own: Collection[str] = ()) -> Table:
        """The table with words as heads, but for names that people chose."""
        return evolve(self, head=distinct(name if name in own else name[:1].upper() + name[1:].replace("_", " ") for name in self.head))


def distinct(names: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """Names of columns, of which one that is taken gets a number."""
    seen = set(taken)
    for name in names:
        number, made = 1, name
        while made in seen:
            number += 1
            made = f"{name} ({number})"
        seen.add(made)
        yield made
