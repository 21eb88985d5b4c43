"""How far an analysis has come: which extracts of each code some point rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.study import Study
from qualdata.tools.ic.extracts import Extract, Extracts

__all__ = ["Progress", "addressed", "addressed_by_code"]


@frozen
class Progress:
    """How far the extracts of one code are addressed."""

    code: Code | None
    """The code; None for codings whose code the study does not have."""
    extracts: tuple[Extract, ...]
    """Its extracts."""
    open: tuple[Extract, ...]
    """Those that no point rests on."""
    points: int
    """How many points are about the code."""

    @property
    def addressed(self) -> int:
        """How many extracts some point rests on."""
        return len(self.extracts) - len(self.open)


def addressed(study: Study) -> frozenset[str]:
    """Folded ids of the codings that some point rests on; it is said of a coding, not of the passage under it."""
    return frozenset(fold(coding) for point in study.points for coding in point.codings)


def addressed_by_code(study: Study, codes: Iterable[Code] | None = None) -> Iterator[Progress]:
    """How far each code is addressed, or each of some, in the order of the tree; codes without extracts are left out."""
    done, by_code = addressed(study), dict[str, list[Extract]]()
    for extract in Extracts(study).of():
        by_code.setdefault(fold(extract.segment.coding.code), []).append(extract)
    chosen: list[Code] = study.codes_in_order if codes is None else list(codes)
    for code in chosen:
        if here := by_code.pop(fold(code.id), None):
            yield _of(study, code, here, done)
    if codes is None and by_code:
        yield _of(study, None, [extract for here in by_code.values() for extract in here], done)


def _of(study: Study, code: Code | None, extracts: list[Extract], done: frozenset[str]) -> Progress:
    points = sum(code is not None and fold(code.id) in map(fold, point.codes) for point in study.points)
    return Progress(code, tuple(extracts), tuple(extract for extract in extracts if fold(extract.segment.coding.id) not in done), points)
