"""Which codings count: agreed ones where a source had an agreed round, else all that were not rejected."""

from __future__ import annotations

import pytest

from qualdata import Coding, Excerpt, Study, TextSource, TextSpan, example
from qualdata.model.counting import counting

A, B, C = TextSpan(0, 3), TextSpan(4, 8), TextSpan(0, 3)


def ids(*codings: tuple[TextSpan, str, str | None]) -> list[str]:
    """The numbers of the codings that count, of one source with these spans, codes and statuses."""
    excerpts = [Excerpt(span=span, codings=[Coding(id=str(n), code=code, status=status)]) for n, (span, code, status) in enumerate(codings)]
    other = TextSource(text="other", excerpts=[Excerpt(span=A, codings=[Coding(id="other", code="x", status="independent")])])
    found = list(counting(Study(sources=[TextSource(text="one two three", excerpts=excerpts), other])))
    assert found.pop() == "other", "what happens in one source is not told of another"
    return found


@pytest.mark.parametrize(
    ("codings", "expected"),
    [
        ([(A, "x", None), (B, "x", "independent")], ["0", "1"]),
        ([(A, "x", "independent"), (A, "x", "independent"), (A, "x", "agreed")], ["2"]),
        ([(A, "x", "agreed"), (B, "y", "independent")], ["0"]),
        ([(A, "x", "agreed"), (A, "y", "rejected"), (A, "y", "independent")], ["0"]),
        ([(A, "x", "independent"), (C, "X", "rejected"), (A, "y", "independent"), (B, "x", "independent")], ["2", "3"]),
        ([(A, "x", "rejected")], []),
    ],
    ids=["no round", "an agreed round", "what was laid alone beside it", "rejected", "rejected without an agreed round", "only rejected"],
)  # fmt: skip
def test_what_counts(codings: list[tuple[TextSpan, str, str | None]], expected: list[str]) -> None:
    """Six cases, by hand."""
    assert ids(*codings) == expected


def test_points_of_the_example_rest_on_codings_that_count() -> None:
    """Its points were written by another definition, passage by passage, in its build file."""
    study = example()
    assert {coding for point in study.points for coding in point.codings} <= set(counting(study))
