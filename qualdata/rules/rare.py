"""Participants who stand out by their attributes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from qualdata.model.base import fold
from qualdata.model.case import Case
from qualdata.rules.dataset import Dataset

__all__ = ["old", "rare"]

_FEWEST: Final = 3
"""Each combination must be shared by as many participants."""
_OLD: Final = 90
_age = re.compile(r"\b(?:age|alter|leeftijd|âge|edad|ikä)\b", re.IGNORECASE).search
_number = re.compile(r"\s*(\d{1,3})(?:[.,]0+)?\s*(?:years?|jahre|\+|and (?:over|older))?\s*", re.IGNORECASE).fullmatch


def rare(data: Dataset) -> Iterator[tuple[Case, int, str]]:
    """The participants whose combination of attributes fewer than three share: each with how many do, and the names of the attributes.

    Attributes count that are declared to identify indirectly.
    """
    chosen = {fold(v.id): v.name for v in data.study.variables if v.disclosure == "indirect"}
    cases = [case for case in data.study.cases if case.kind == "participant" and case.values]
    if not chosen or not cases:
        return
    combinations = [_values(case, chosen) for case in cases]
    shared = Counter(combinations)
    for case, combination in zip(cases, combinations, strict=True):
        if shared[combination] < _FEWEST and any(value is not None for value in combination):
            yield case, shared[combination], ", ".join(chosen.values())


def _values(case: Case, chosen: dict[str, str]) -> tuple[str | None, ...]:
    own = {fold(value.variable): value.value for value in case.values}
    return tuple(own.get(id) for id in chosen)


def old(data: Dataset) -> Iterator[Case]:
    """The participants of an age that few reach."""
    ages = {fold(v.id) for v in data.study.variables if _age(v.name)}
    for case in data.study.cases if ages else ():
        told = [_number(value.value) for value in case.values if value.value and fold(value.variable) in ages]
        if any(match is not None and _OLD <= int(match[1]) <= 130 for match in told):
            yield case
