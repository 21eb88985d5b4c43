"""The root of the model: putting in, looking up, walking through."""

from __future__ import annotations

import pytest

from qualdata.model import (
    AudioSource,
    Case,
    Code,
    Coding,
    Contributor,
    Document,
    Edge,
    Excerpt,
    Graph,
    Link,
    Memo,
    PageSpan,
    PdfSource,
    PictureSource,
    Set,
    Study,
    SyncPoint,
    TextSource,
    TextSpan,
    Transcript,
    TranscriptSpan,
    Value,
    Variable,
    Vertex,
    VideoSource,
    walk,
)  # fmt: skip


def test_each_thing_goes_into_the_list_of_its_kind() -> None:
    study = Study()
    added = [
        study.add(thing)
        for thing in (
            Contributor(), Variable(name="v"), Code(name="c"), Case(), TextSource(), PictureSource(), PdfSource(), AudioSource(), VideoSource(),
            Memo(), Link(), Set(name="s"), Graph(), Document(),
        )
    ]  # fmt: skip
    names = "contributors variables codes cases sources sources sources sources sources memos links sets graphs documents".split()
    for name, thing in zip(names, added, strict=True):
        assert any(thing is t for t in getattr(study, name)), name
    assert [len(getattr(study, n)) for n in dict.fromkeys(names)] == [1, 1, 1, 1, 5, 1, 1, 1, 1, 1]


def test_adding_returns_the_thing_itself() -> None:
    code = Code(name="a")
    assert Study().add(code) is code


def test_an_id_that_is_taken_is_refused_and_nothing_is_added() -> None:
    study = Study(codes=[Code(id="C1", name="a")])
    with pytest.raises(ValueError, match=r"The id \{c1\} is taken: Code\(id='C1', name='a'\)\."):
        study.add(Case(id="{c1}"))
    assert study.cases == []


@pytest.mark.parametrize("thing", [Excerpt(span=TextSpan(0, 1)), Coding(code="c"), Vertex(left=0, top=0), Edge(origin="a", target="b"), SyncPoint(), Transcript(), Study()])
def test_what_stands_within_other_things_is_refused(thing: Excerpt) -> None:
    with pytest.raises(TypeError, match=r"has no list of \w+s\. Excerpts are made with source\.excerpt\(\), codings with excerpt\.apply\(\)\."):
        Study().add(thing)


def nested() -> Study:
    return Study(
        id="S",
        codes=[Code(id="c", name="c")],
        cases=[Case(id="k", values=[Value(variable="v")])],
        sources=[
            PdfSource(
                id="P",
                excerpts=[Excerpt(id="x", span=PageSpan(0, 1, 2, 3, 4), codings=[Coding(id="cx", code="c")], representation=TextSource(id="xr", text="x"))],
                codings=[Coding(id="cp", code="c")],
                representation=TextSource(id="r", text="abc", excerpts=[Excerpt(id="xx", span=TextSpan(0, 1))]),
            ),
            AudioSource(id="a", transcripts=[Transcript(id="t", sync_points=[SyncPoint(id="sp")], excerpts=[Excerpt(id="tx", span=TranscriptSpan())])]),
        ],
        memos=[Memo(id="m", text="", excerpts=[Excerpt(id="mx", span=TextSpan(0, 0))])],
        graphs=[Graph(id="g", vertices=[Vertex(id="v1", left=0, top=0)], edges=[Edge(id="e", origin="v1", target="v1")])],
    )


def test_all_things_with_an_id_are_walked_in_the_order_of_their_fields() -> None:
    assert [t.id for t in walk(nested())] == "S c k P x cx xr cp r xx a t sp tx m mx g v1 e".split()


@pytest.mark.parametrize("id", "S c k P x cx xr cp r xx a t sp tx m mx g v1 e".split())
def test_everything_is_found_whatever_the_case_and_braces(id: str) -> None:
    study = nested()
    assert study[id].id == id
    assert study[f"{{{id.upper()}}}"] is study[id.lower()] is study.get(f" {id} ") is study[id]


def test_what_is_not_there_is_not_found() -> None:
    study = nested()
    assert study.get("nobody") is None
    with pytest.raises(KeyError, match="nobody"):
        study["nobody"]


def test_what_comes_later_is_found_too() -> None:
    """Added, appended by hand, made within a source, given another id."""
    study = nested()
    assert study.get("new") is None
    new = study.add(Code(id="NEW", name="new"))
    assert study["new"] is new
    study.codes.append(Code(id="by-hand", name="b"))
    assert study["BY-HAND"].name == "b"
    excerpt = study["r"].excerpt(0, 1)
    assert study[excerpt.id] is excerpt
    study["c"].id = "c-2"
    assert study["c-2"] is study.codes[0]
    assert study.get("c") is None


def test_a_source_is_added_with_all_within_it() -> None:
    study = Study()
    assert study.get("x") is None
    source = study.add(TextSource(text="abc", excerpts=[Excerpt(id="x", span=TextSpan(0, 1))]))
    assert study["x"] is source.excerpts[0]


def test_codable_is_every_source_memo_and_representation_each_before_its_excerpts() -> None:
    """Transcripts take no codings themselves, their excerpts do."""
    assert [t.id for t in nested().codable()] == "P x xr r xx a tx m mx".split()


def test_the_codes_in_order_are_the_tree_flattened() -> None:
    study = Study(codes=[Code(id="a1", name="a1", parent="A"), Code(id="b", name="b"), Code(id="a", name="a")])
    assert [c.name for c in study.codes_in_order] == ["b", "a", "a1"]
    assert [(c.name, depth) for c, depth in study.code_tree.walk()] == [("b", 1), ("a", 1), ("a1", 2)]


def test_a_study_shows_what_it_holds() -> None:
    assert repr(Study(title="Moving")) == "<Study 'Moving': empty>"
    assert repr(Study(title="T", codes=[Code(name="a"), Code(name="b")], memos=[Memo()], own_memos=["m"])) == "<Study 'T': 2 codes, 1 memos>"


def test_new_studies_share_nothing() -> None:
    one, other = Study(), Study()
    one.add(Code(name="a"))
    assert other.codes == []
    assert one.id != other.id
