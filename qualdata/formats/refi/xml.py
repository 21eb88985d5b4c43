"""XML as text: what must be escaped, and where foreign content goes back to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from qualdata.errors import WriteError
from qualdata.model.base import not_xml

__all__ = ["KEY", "Places", "content", "foreign", "quoted"]

KEY: Final = "refi:xml"
"""The key of `extra` under which foreign XML stands: a list of pairs, its place and its canonical XML."""

_odd = re.compile('[&<>"\x00-\x1f\ufffe\uffff\ud800-\udfff]').search
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
_CONTENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def quoted(value: str) -> str:
    """A string as the value of an attribute, in double quotes."""
    return value if _odd(value) is None else _legal(value).translate(_ATTRIBUTE)


def content(value: str) -> str:
    """A string as the content of an element."""
    return value if _odd(value) is None else _legal(value).translate(_CONTENT)


def _legal(value: str) -> str:
    if found := not_xml(value):
        near = value[max(found.start() - 20, 0) : found.start()]
        raise WriteError(f"a text holds the character U+{ord(found[0]):04X}, which XML cannot hold, after {near!r}: take it out.")
    return value


def foreign(extra: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The foreign XML of a thing, with the place of each."""
    return [(place, xml) for place, xml in (extra or {}).get(KEY, ())]


class Places:
    """Foreign XML, handed out by place while an element is written; what finds no place comes last.

    Places: `@` attributes of the element, `#3` before its fourth known child; within something that has no
    object of its own, its path first: `Users@`, `CodeBook/Codes#0`, `NoteRef[1]@`; `Description#12` is
    twelve characters into a text.
    """

    def __init__(self, extra: Iterable[tuple[str, str]], add: Callable[[str], None]) -> None:
        self.add, self.known = add, 0
        self.within: dict[str, dict[int, list[str]]] = {}
        self.tags: dict[str, list[str]] = {}
        self.paths: set[str] = set()
        for place, xml in extra:
            if place in ("before", "after"):
                continue
            where, mark, number = place.rpartition("#") if "#" in place else (place.rpartition("@")[0], "@", "")
            self.paths.update(where[:i] for i in (*_slashes(where), len(where)))
            if mark == "@":
                self.tags.setdefault(where, []).append(xml)
            else:
                self.within.setdefault(where, {}).setdefault(int(number) if number.isdigit() else 0, []).append(xml)

    def attributes(self, where: str) -> str:
        """The attributes of the element itself, or of what stands in it at a path, as in a start tag."""
        written = dict(pair for a in reversed(self.tags.pop(where, ())) for pair in _pairs(a))  # of two boxes that were one, the first
        return "".join(f' {name}="{value}"' for name, value in written.items())

    def next(self, by: int = 1) -> None:
        """Another known child comes: what stood before it goes first."""
        self.at("", self.known)
        self.known += by

    def has(self, where: str) -> bool:
        """Whether anything stands in something that has no object."""
        return where in self.paths

    def at(self, where: str, n: int) -> None:
        """Write what stood before the known child *n* of a place."""
        for xml in self.within.get(where, {}).pop(n, ()):
            self.add(xml)

    def all(self, where: str) -> None:
        """Write what is left of a place."""
        for _, found in sorted(self.within.pop(where, {}).items()):
            for xml in found:
                self.add(xml)

    def text(self, tag: str, value: str) -> None:
        """Write a text with what stood in it."""
        done = 0
        for n, found in sorted(self.within.pop(tag, {}).items()):
            self.add(content(value[done:n]))
            done = max(done, n)
            for xml in found:
                self.add(xml)
        self.add(content(value[done:]))

    def rest(self) -> None:
        """Write what has found no place."""
        for where in sorted(self.within):
            self.all(where)


_pairs = re.compile(r'([^\s=]+)="([^"]*)"').findall


def _slashes(where: str) -> list[int]:
    return [i for i, c in enumerate(where) if c == "/"]
