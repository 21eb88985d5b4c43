"""What is asked of each measure, and the table that says how it went, 80 columns wide."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Limit:
    """A measure's title, and what is asked of it."""

    title: str
    bound: float | None = None
    """None for what is only shown."""
    least: bool = False
    """Whether the bound is the least rather than the most."""
    quantity: str = "cpu"
    """What is compared: `cpu` or `peak` memory."""

    def __str__(self) -> str:
        return "" if self.bound is None else f"{'≥' if self.least else '≤'} {self.bound:g}"


@dataclass(frozen=True)
class Row:
    """A measure and its values, one a pair. What counts is their median."""

    limit: Limit
    values: list[float]

    @property
    def verdict(self) -> str:
        """`ok`, `MISS`, or nothing where nothing is asked."""
        if self.limit.bound is None:
            return ""
        value = median(self.values)
        return "ok" if (value >= self.limit.bound if self.limit.least else value <= self.limit.bound) else "MISS"

    def __str__(self) -> str:
        spread = f"{min(self.values):.2f}–{max(self.values):.2f}"
        return f"{self.limit.title:<44}{median(self.values):>8.2f}{spread:>15}{self.limit!s:>7}{self.verdict:>6}".rstrip()


HEAD = f"{'measure':<44}{'median':>8}{'min–max':>15}{'limit':>7}"
