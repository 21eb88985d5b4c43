"""A graph: a drawing of things and their relations."""

from __future__ import annotations

from typing import Final, Literal

from attrs import define, field

from qualdata.model.base import REF, Thing, in_units
from qualdata.model.link import Direction

__all__ = ["Edge", "Graph", "LineStyle", "Shape", "Vertex"]

Shape = Literal["Person", "Oval", "Rectangle", "RoundedRectangle", "Star", "LeftTriangle", "RightTriangle", "UpTriangle", "DownTriangle", "Note"]
LineStyle = Literal["dotted", "dashed", "solid"]
_UNITS: Final = in_units("units of the drawing")


@define(kw_only=True, eq=False, repr=False)
class Vertex(Thing):
    """A shape of a graph, placed in the drawing's own units. REFI-QDA 1.5, clauses 3.19 and 14."""

    represents: str | None = field(default=None, metadata=REF)
    """Id of the thing it stands for."""
    name: str | None = None
    """What is written on it."""
    left: int = field(metadata=_UNITS)
    """x of the first corner."""
    top: int = field(metadata=_UNITS)
    """y of the first corner."""
    right: int | None = field(default=None, metadata=_UNITS)
    """x of the second corner."""
    bottom: int | None = field(default=None, metadata=_UNITS)
    """y of the second corner."""
    shape: Shape | None = None
    """Its outline."""
    colour: str | None = None
    """`#RGB` or `#RRGGBB`, as written."""


@define(kw_only=True, eq=False, repr=False)
class Edge(Thing):
    """A line of a graph, from one vertex to another. REFI-QDA 1.5, clauses 3.5 and 14."""

    represents: str | None = field(default=None, metadata=REF)
    """Id of the thing it stands for, as a link."""
    name: str | None = None
    """What is written on it."""
    origin: str = field(metadata=REF)
    """Id of the vertex it starts from."""
    target: str = field(metadata=REF)
    """Id of the vertex it goes to."""
    colour: str | None = None
    """`#RGB` or `#RRGGBB`, as written."""
    direction: Direction | None = None
    """Which way it goes."""
    line: LineStyle | None = None
    """How it is drawn."""


@define(kw_only=True, eq=False, repr=False)
class Graph(Thing):
    """A drawing of things and their relations. REFI-QDA 1.5, clauses 3.6 and 14."""

    name: str | None = None
    """Its title."""
    vertices: list[Vertex] = field(factory=list)
    """Its shapes."""
    edges: list[Edge] = field(factory=list)
    """Its lines."""
