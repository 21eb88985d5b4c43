"""Building many objects at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from attrs import define

__all__ = ["building"]

FEW: Final = 100_000
"""So many objects are looked through in no time."""
MANY: Final = 2_000_000
"""So many objects may have been put among the oldest before these are looked through."""


@define
class _Oldest:
    """The objects that are looked through last."""

    added: int = 0
    """How many were put there since all were looked through."""
    left: int = 0
    """How many were left then."""

    def look(self) -> None:
        """Look for cycles among all, if enough came that it costs a small part of making them, whatever is kept."""
        if self.added > max(self.left, MANY):
            gc.collect()
            self.added, self.left = 0, _put_there()

    def add(self) -> None:
        """Put what was made there, if it is much. Python counts only what it has put there itself, so it would not look there any more."""
        made = gc.get_count()[0]
        if made > FEW:
            self.added += made
            _put_there(count=False)


def _put_there(*, count: bool = True) -> int:
    """Put all objects among the oldest, and count them, which takes a moment; what the program itself has frozen stays so."""
    if gc.get_freeze_count():
        return 0
    gc.freeze()
    found = gc.get_freeze_count() if count else 0
    gc.unfreeze()
    return found


_oldest: Final = _Oldest()


@contextmanager
def building() -> Iterator[None]:
    """Within it, Python does not look for cycles: all that is made stays, and looking costs an eighth of the time or more.

    Where it is much that was made, it is then put among the oldest objects, so that the next small collection does not look through it either.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        if collecting:
            _oldest.look()
        yield
    finally:
        if collecting:
            _oldest.add()
            gc.enable()
