"""Examples of datasets that a rule finds nothing in, and of such that it finds something in; made anew for each test.

Each rule has one good example at least, and one bad. In `tests/rules/groups/` they stand in a module for each group:

    @bad("exc-range-invalid")
    def beyond_the_end(folder: Path) -> Study:
        ...

An example is a function that is given an empty folder and returns a study, or the path of a file or folder that it made there.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from qualdata import Study
from qualdata.rules import Report, validate

Made = Callable[[Path], Path | Study]


class Example(NamedTuple):
    """One example, and how it is to be validated."""

    rule: str
    make: Made
    options: dict[str, Any]

    def report(self, folder: Path) -> Report:
        """What is found in it."""
        with pytest.MonkeyPatch.context() as patch:
            options = dict(self.options)
            for name, value in options.pop("instead", {}).items():
                patch.setattr(name, value)
            return validate(self.make(folder), **options)

    def __str__(self) -> str:
        return f"{self.rule}: {self.make.__name__}"


GOOD: list[Example] = []
BAD: list[Example] = []


def good(*rules: str, **options: Any) -> Callable[[Made], Made]:
    """Take a function as a good example for some rules: in it nothing is found at all."""
    return _taken(GOOD, rules, options)


def bad(*rules: str, **options: Any) -> Callable[[Made], Made]:
    """Take a function as a bad example for a rule: in it that rule finds something, and no other does.

    *options* are those of `validate`, and *instead*: what is to stand in the place of names in the library.
    """
    return _taken(BAD, rules, options)


def _taken(among: list[Example], rules: tuple[str, ...], options: dict[str, Any]) -> Callable[[Made], Made]:
    def take(make: Made) -> Made:
        among.extend(Example(rule, make, options) for rule in rules)
        return make

    return take
