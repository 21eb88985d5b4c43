"""A rule: a small generator over a dataset, whose docstring is its page."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen

from qualdata.rules.finding import Level, Where

if TYPE_CHECKING:
    from qualdata.rules.dataset import Dataset

__all__ = ["KINDS", "Check", "Found", "Kind", "Rule", "rule"]

Kind = Literal["package", "refi", "study"]
KINDS: Final[tuple[Kind, ...]] = ("package", "refi", "study")
"""What a dataset may be: a study package, a REFI-QDA file, or a study in memory that came from neither."""
Found = Iterator[tuple[Where, str] | tuple[Where, str, Level]]
"""What a rule finds: each time a place and a sentence; and a level, where it is less grave than the rule usually is."""
Check = Callable[["Dataset"], Found]
"""What looks at a dataset, and yields what it finds."""


@frozen(eq=False)
class Rule:
    """One rule of validation. Its id is permanent."""

    id: str
    """Its id, as `exc-range-invalid`."""
    level: Level
    """How grave what it finds is in the profile `core`; other profiles may raise it."""
    check: Check = field(repr=False)
    """The function that looks."""
    over: tuple[Kind, ...] = KINDS
    """What it looks at."""
    instead_of: str | None = None
    """The general rule that it replaces wherever it applies."""
    unread: bool = False
    """Whether it also looks at a dataset whose study could not be read."""

    @property
    def page(self) -> tuple[str, str, str]:
        """What is found, why it matters, how to mend it: the three paragraphs of the docstring."""
        what, why, mend = (" ".join(p.split()) for p in (inspect.getdoc(self.check) or "").split("\n\n"))
        return what, why, mend

    @property
    def what(self) -> str:
        """What is found."""
        return self.page[0]

    @property
    def why(self) -> str:
        """Why it matters."""
        return self.page[1]

    @property
    def mend(self) -> str:
        """How to mend it."""
        return self.page[2]


def rule(id: str, level: Level, *, over: tuple[Kind, ...] = KINDS, instead_of: str | None = None, unread: bool = False) -> Callable[[Check], Rule]:
    """Make a rule of a generator. Its docstring has three paragraphs: what is found, why it matters, how to mend it."""
    return lambda check: Rule(id, level, check, over, instead_of, unread)
