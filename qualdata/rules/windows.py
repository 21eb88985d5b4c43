"""The parts of a text around places of interest, so that slow patterns look only there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["windows"]


def windows(places: Iterable[tuple[int, int]], around: int, size: int) -> Iterator[tuple[int, int]]:
    """Parts of a text of a size that reach so far around places, which come in their order; parts that overlap are one."""
    start = end = -1
    for first, last in places:
        if end < 0 or first - around > end:
            if end >= 0:
                yield start, end
            start = max(first - around, 0)
        end = min(last + around, size)
    if end >= 0:
        yield start, end
