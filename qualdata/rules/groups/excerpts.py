"""Excerpts and codings."""

from __future__ import annotations

from qualdata.rules.dataset import Dataset
from qualdata.rules.ranges import outside
from qualdata.rules.rule import Found, rule

__all__: list[str] = []


@rule("exc-range-invalid", "error")
def range_invalid(data: Dataset) -> Found:
    """An excerpt ends before it begins, or reaches beyond its source.

    It cannot be shown, and the codings on it stand on nothing, or on other words than the coder meant.

    Look up the passage in the program it comes from and mark it again; if the text was changed after coding, put the old one back.
    """
    for holder in data.holders:
        for excerpt, why in outside(data, holder):
            yield data.at(excerpt), why
