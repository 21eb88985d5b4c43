"""The flat view: one row a coding, worked out by hand."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qualdata.model import (
    AnySource,
    AreaSpan,
    AudioSource,
    Case,
    Code,
    Coding,
    Contributor,
    Excerpt,
    Memo,
    PageSpan,
    PdfSource,
    PictureSource,
    Source,
    Study,
    SyncPoint,
    TextSource,
    TextSpan,
    TimeSpan,
    Transcript,
    TranscriptSpan,
    walk,
)  # fmt: skip
from qualdata.model.base import fold
from qualdata.testing import studies


def codings(*codes: str) -> list[Coding]:
    """Codings, each given as `id:code` or `id:code/coder`."""
    made = []
    for id, _, what in (c.partition(":") for c in codes):
        code, _, coder = what.partition("/")
        made.append(Coding(id=id, code=code, coder=coder or None))
    return made


def rows(study: Study, *names: str) -> list[Any]:
    """Of each segment, what is asked for; of things their ids."""

    def shown(value: Any) -> Any:
        return [v.id for v in value] if isinstance(value, tuple) else getattr(value, "id", value)

    return [tuple(shown(getattr(s, n)) for n in names) for s in study.segments()]


CODES = [Code(id="A", name="Family"), Code(id="B", name="Work", parent="a"), Code(id="C", name="Home")]


def study(*sources: AnySource, **more: Any) -> Study:
    return Study(codes=[*CODES], contributors=[Contributor(id="U"), Contributor(id="W")], sources=[*sources], **more)


def test_one_row_for_each_coding_two_coders_on_one_excerpt_are_two() -> None:
    text = TextSource(id="t", text="I moved house.", excerpts=[Excerpt(id="x", span=TextSpan(2, 7), codings=codings("1:a/u", "2:a/{W}", "3:c/U"))])
    assert rows(study(text), "coding", "excerpt", "source", "code", "coder", "start", "end", "text") == [
        ("1", "x", "t", "A", "U", 2, 7, "moved"),
        ("2", "x", "t", "A", "W", 2, 7, "moved"),
        ("3", "x", "t", "C", "U", 2, 7, "moved"),
    ]
    assert len(study(text).segments()) == 3
    assert study(text).segments().passages == 1


def test_a_coding_on_a_whole_source_has_no_excerpt_place_or_words() -> None:
    text = TextSource(id="t", text="abc", codings=codings("1:A"), excerpts=[Excerpt(id="x", span=TextSpan(0, 3), codings=codings("2:A"))])
    assert rows(study(text), "coding", "excerpt", "start", "end", "text") == [("1", None, None, None, None), ("2", "x", 0, 3, "abc")]
    assert study(text).segments().passages == 2


def test_excerpts_without_a_code_are_no_segments() -> None:
    text = TextSource(id="t", text="abc", excerpts=[Excerpt(id="x", span=TextSpan(0, 1))])
    assert rows(study(text), "coding") == []
    assert (len(study(text).segments()), study(text).segments().passages) == (0, 0)


def test_passages_are_distinct_places() -> None:
    """NVivo writes one selection a coding: three on one place, one of them coded by two, are one passage; another source has places of its own."""
    one = TextSource(
        text="abc",
        excerpts=[
            Excerpt(span=TextSpan(0, 2), codings=codings("1:A")),
            Excerpt(span=TextSpan(0, 2), codings=codings("2:B")),
            Excerpt(span=TextSpan(0, 2), codings=codings("3:C/U", "4:C/W")),
            Excerpt(span=TextSpan(0, 2)),
            Excerpt(span=TextSpan(0, 3), codings=codings("5:A")),
            Excerpt(span=TextSpan(1, 2)),
        ],
    )
    other = TextSource(text="abc", excerpts=[Excerpt(span=TextSpan(0, 2), codings=codings("6:A"))])
    segments = study(one, other).segments()
    assert (len(segments), segments.passages) == (6, 3)


def test_the_code_path_names_the_codes_from_the_top() -> None:
    text = TextSource(text="", codings=codings("1:A", "2:b", "3:gone"))
    assert rows(study(text), "code", "code_path", "coder") == [("A", "Family", None), ("B", "Family > Work", None), (None, "", None)]


def test_a_parent_that_is_not_there_is_left_out_of_the_path() -> None:
    made = Study(codes=[Code(id="a", name="a", parent="gone")], sources=[TextSource(codings=codings("1:a"))])
    assert rows(made, "code_path") == [("a",)]


def test_codes_in_a_circle_of_parents_are_at_the_top_of_their_paths() -> None:
    """As in the tree of codes: a cyclic parent counts as none."""
    circle = [Code(id="a", name="a", parent="b"), Code(id="b", name="b", parent="a"), Code(id="c", name="c", parent="a")]
    assert rows(Study(codes=circle, sources=[TextSource(codings=codings("1:a", "2:b", "3:c"))]), "code_path") == [("a",), ("b",), ("a > c",)]


def test_words_are_what_stands_at_the_place() -> None:
    """Code points, not bytes; beyond the end what there is; reversed, and without a text, nothing."""
    spans = [(1, 2), (2, 9), (9, 12), (2, 1), (-2, 1), (1, 1)]
    text = TextSource(text="a😀b", excerpts=[Excerpt(span=TextSpan(*s), codings=codings("1:A")) for s in spans])
    assert rows(study(text), "start", "end", "text") == [(1, 2, "😀"), (2, 9, "b"), (9, 12, ""), (2, 1, ""), (-2, 1, "a"), (1, 1, "")]
    assert rows(study(TextSource(excerpts=[Excerpt(span=TextSpan(0, 2), codings=codings("1:A"))])), "start", "end", "text") == [(0, 2, None)]


def test_recordings_have_milliseconds_and_no_words() -> None:
    audio = AudioSource(id="a", excerpts=[Excerpt(id="x", span=TimeSpan(1500, 2500), codings=codings("1:A"))])
    assert rows(study(audio), "source", "excerpt", "start", "end", "text") == [("a", "x", 1500, 2500, None)]


def test_transcripts_have_the_time_and_the_words_between_their_sync_points() -> None:
    """The source is the recording; an open end reaches to the start or the end of the text."""
    points = [SyncPoint(id="P1", time=0, position=0), SyncPoint(id="P2", time=1000, position=5), SyncPoint(id="P3", time=2000), SyncPoint(id="P4", position=8)]
    spans = [("p1", "{P2}"), ("P2", None), (None, "P2"), (None, None), ("P2", "P4"), ("P2", "P3"), ("P1", "gone"), ("P2", "P1")]
    transcript = Transcript(id="t", text="I was at home", sync_points=points, excerpts=[Excerpt(span=TranscriptSpan(*s), codings=codings("1:A")) for s in spans])
    assert rows(study(AudioSource(id="a", transcripts=[transcript])), "source", "start", "end", "text") == [
        ("a", 0, 1000, "I was"),
        ("a", 1000, None, " at home"),
        ("a", None, 1000, "I was"),
        ("a", None, None, "I was at home"),
        ("a", 1000, None, " at"),
        ("a", 1000, 2000, None),
        ("a", None, None, None),
        ("a", 1000, 0, ""),
    ]


def test_a_sync_point_before_the_text_never_counts_from_its_end() -> None:
    points = [SyncPoint(id="P1", time=0, position=-2), SyncPoint(id="P2", time=1000, position=3)]
    spans = [("P1", "P2"), ("P1", None), ("P2", "P1")]
    transcript = Transcript(text="abcdef", sync_points=points, excerpts=[Excerpt(span=TranscriptSpan(*s), codings=codings("1:A")) for s in spans])
    assert rows(study(AudioSource(transcripts=[transcript])), "text") == [("abc",), ("abcdef",), ("",)]


def test_a_pdf_has_the_words_of_its_representations() -> None:
    """A rectangle those of its own; excerpts of the text of the PDF count as the PDF's."""
    pdf = PdfSource(
        id="p",
        codings=codings("1:A"),
        excerpts=[
            Excerpt(id="x", span=PageSpan(0, 1, 9, 9, 1), codings=codings("2:A"), representation=TextSource(id="xr", text="boxed", codings=codings("3:A"))),
            Excerpt(id="y", span=PageSpan(1, 1, 9, 9, 1), codings=codings("4:A")),
        ],
        representation=TextSource(id="r", text="All of it", codings=codings("5:A"), excerpts=[Excerpt(id="z", span=TextSpan(4, 6), codings=codings("6:A"))]),
    )
    assert rows(study(pdf), "coding", "source", "excerpt", "start", "end", "text") == [
        ("1", "p", None, None, None, None),
        ("2", "p", "x", None, None, "boxed"),
        ("4", "p", "y", None, None, None),
        ("3", "p", None, None, None, None),
        ("5", "p", None, None, None, None),
        ("6", "p", "z", 4, 6, "of"),
    ]
    assert study(pdf).segments().passages == 6


def test_a_picture_has_the_words_of_no_rectangle() -> None:
    picture = PictureSource(id="p", excerpts=[Excerpt(span=AreaSpan(0, 0, 1, 1), codings=codings("1:A"))])
    assert rows(study(picture), "source", "start", "end", "text") == [("p", None, None, None)]


def test_memos_are_coded_after_the_sources() -> None:
    memo = Memo(id="m", text="On home", excerpts=[Excerpt(span=TextSpan(3, 7), codings=codings("1:C"))])
    assert rows(study(TextSource(id="t", codings=codings("2:A")), memos=[memo]), "source", "coding", "text") == [("t", "2", None), ("m", "1", "home")]


def test_the_cases_are_those_of_the_source_and_those_of_the_excerpt_each_once() -> None:
    excerpts = [Excerpt(id="x", span=TextSpan(0, 1), codings=codings("2:A")), Excerpt(id="y", span=TextSpan(1, 2), codings=codings("3:A"))]
    text = TextSource(id="t", text="abc", codings=codings("1:A"), excerpts=excerpts)
    cases = [Case(id="K1", sources=["{T}"]), Case(id="K2", excerpts=["X"]), Case(id="K3", sources=["t"], excerpts=["x"]), Case(id="K4", sources=["other"], codes=["A"])]
    assert rows(study(text, cases=cases), "coding", "cases") == [("1", ["K1", "K3"]), ("2", ["K1", "K3", "K2"]), ("3", ["K1", "K3"])]


def test_a_case_that_names_a_source_twice_is_one_case() -> None:
    text = TextSource(id="t", text="abc", excerpts=[Excerpt(id="x", span=TextSpan(0, 1), codings=codings("1:A"))])
    assert rows(study(text, cases=[Case(id="K", sources=["t", "{T}"], excerpts=["x", "X"])]), "cases") == [(["K"],)]


def test_created_is_when_the_code_was_laid() -> None:
    coding = Coding(code="A", created="2024-01-31T12:00:00Z")
    assert [s.created for s in study(TextSource(codings=[coding])).segments()] == ["2024-01-31T12:00:00Z"]


@settings(max_examples=50)
@given(studies())
def test_every_coding_is_exactly_one_segment(study: Study) -> None:
    """Where no excerpt says that it is the same as another."""
    for thing in walk(study):
        if isinstance(thing, Excerpt):
            thing.same_as = None
    segments = [*study.segments()]
    assert len(segments) == len(study.segments())
    assert sorted(s.coding.id for s in segments) == sorted(c.id for c in walk(study) if isinstance(c, Coding))
    assert study.segments().passages <= len(segments)
    for s in segments:
        assert any(s.coding is c for c in (s.excerpt.codings if s.excerpt else [c for h in study.codable() if isinstance(h, Source) for c in h.codings]))
        assert (s.code is None) == (study.get(s.coding.code) is None)


@settings(max_examples=50)
@given(studies(), st.data())
def test_excerpts_that_are_the_same_hide_no_code_and_no_coder(study: Study, data: st.DataObject) -> None:
    """However they refer to each other, what is left out of the segments of a source is there from another excerpt of it, and counts agree."""
    excerpts = [t for t in walk(study) if isinstance(t, Excerpt)]
    for excerpt in excerpts:
        excerpt.same_as = data.draw(st.sampled_from(excerpts)).id
    segments = [*study.segments()]
    assert len(segments) == len(study.segments())
    assert study.segments().passages <= len(segments)
    for source in (*study.sources, *study.memos):
        said = {(fold(c.code), fold(c.coder or ""), c.round or "") for c in walk(source) if isinstance(c, Coding)}
        assert said == {(fold(s.coding.code), fold(s.coding.coder or ""), s.coding.round or "") for s in segments if s.source is source}
