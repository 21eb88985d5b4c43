"""Whom a segment is about, where several talk; and the filters. Worked out by hand."""

from __future__ import annotations

import pytest

from qualdata.model import Case, Code, Coding, Contributor, Excerpt, Interview, Speaker, Study, TextSource, TextSpan, Turn


@pytest.fixture
def group() -> Study:
    """A focus group: `Mod AAAA BBBB Mod`, the moderator a case too, which must never be named."""
    text = TextSource(
        id="t",
        text="mmmmaaaabbbbmmmm",
        speakers=[Speaker(id="M", label="Mod", role="moderator", case="KM"), Speaker(id="A", label="A", role="participant", case="ka"), Speaker(id="B", label="B", case="{KB}")],
        turns=[Turn(speaker=s, span=TextSpan(i * 4, i * 4 + 4)) for i, s in enumerate(("M", "a", "B", "M"))],
        excerpts=[
            Excerpt(id=id, span=TextSpan(*span), codings=[Coding(id=f"{id}-{coder}", code=code, coder=coder) for coder in coders])
            for id, span, code, coders in (
                ("m", (0, 4), "c", "U"), ("a", (4, 8), "sub", "UW"), ("ab", (6, 10), "sub", "U"), ("mab", (3, 9), "other", "W"), ("edge", (8, 12), "C", "W"),
            )
        ],
        codings=[Coding(id="whole", code="c", coder="U")],
    )
    return Study(
        codes=[Code(id="C", name="c"), Code(id="sub", name="s", parent="c"), Code(id="other", name="o")],
        contributors=[Contributor(id="U"), Contributor(id="W")],
        cases=[Case(id="KM"), Case(id="KA"), Case(id="KB")],
        interviews=[Interview(id="i", kind="focus group", sources=["T"], cases=["KA", "kb"])],
        sources=[text],
    )


def rows(segments: object) -> list[tuple[str, list[str]]]:
    return [(s.coding.id, [c.id for c in s.cases]) for s in segments]  # type: ignore[attr-defined]


def test_a_segment_names_the_cases_of_those_who_talk_and_never_the_moderator(group: Study) -> None:
    assert dict(rows(group.segments())) == {"whole": ["KA", "KB"], "m-U": [], "a-U": ["KA"], "a-W": ["KA"], "ab-U": ["KA", "KB"], "mab-W": ["KA", "KB"], "edge-W": ["KB"]}
    speakers = {s.coding.id: [p.id for p in s.speakers] for s in group.segments()}
    assert (speakers["m-U"], speakers["mab-W"], speakers["edge-W"]) == (["M"], ["M", "A", "B"], ["B"])
    assert {s.interview.id for s in group.segments() if s.interview} == {"i"}


def test_filters(group: Study) -> None:
    def ids(**filters: object) -> set[str]:
        found = group.segments(**filters)  # type: ignore[arg-type]
        names = [s.coding.id for s in found]
        assert len(found) == len(names)
        return set(names)

    assert ids(code="c") == {"whole", "m-U", "edge-W"}
    assert ids(code=group.codes[0], with_subcodes=True) == {"whole", "m-U", "a-U", "a-W", "ab-U", "edge-W"}
    assert ids(case="ka") == {"whole", "a-U", "a-W", "ab-U", "mab-W"}
    assert ids(case="KM") == set()
    assert ids(coder="w") == {"a-W", "mab-W", "edge-W"}
    assert ids(coder="W", case="KA", code="C", with_subcodes=True) == {"a-W"}
    with pytest.raises(KeyError):
        group.segments(code="gone")


def test_a_row_for_each_case(group: Study) -> None:
    assert [r for r in rows(group.segments(per="case")) if r[0] == "ab-U"] == [("ab-U", ["KA"]), ("ab-U", ["KB"])]
    assert len(group.segments(per="case")) == 10
    assert [r for r in rows(group.segments(per="case", case="KB")) if r[0] == "ab-U"] == [("ab-U", ["KB"])]


def test_passages_count_what_the_filters_let_through(group: Study) -> None:
    assert group.segments().passages == 6
    assert group.segments(code="sub").passages == 2
    assert group.segments(coder="U").passages == 4
    assert group.segments(per="case").passages == 6
