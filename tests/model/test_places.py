"""One place, marked in several ways or coded by several people: what counts once, and what does not."""

from __future__ import annotations

import pytest

from qualdata import Case, Code, Contributor, Excerpt, PageSpan, PdfSource, Study, TextSource, TextSpan
from qualdata.cli.holdings import begins
from qualdata.model import Coding

TEXT = "Porridge is warm."


@pytest.fixture
def study() -> Study:
    """A PDF whose word `warm` is marked on the page and in the text."""
    made = Study(codes=[Code(id="warm", name="Warm"), Code(id="food", name="Food")], contributors=[Contributor(id="ann"), Contributor(id="ben")])
    page = Excerpt(id="page", span=PageSpan(0, 10, 20, 30, 40))
    words = Excerpt(id="words", span=TextSpan(12, 16), same_as="PAGE")
    made.add(PdfSource(id="pdf", excerpts=[page], representation=TextSource(id="text", text=TEXT, excerpts=[words])))
    return made


def rows(study: Study) -> list[tuple[str, str | None, str | None]]:
    """Code, coder and words of each segment."""
    return [(s.code.name if s.code else "", s.coder and s.coder.id, s.text) for s in study.segments()]


def test_a_coding_on_both_counts_once_where_it_has_words(study: Study) -> None:
    """One row, that of the text; one passage; and `len` says so too."""
    study["page"].apply("warm", "ann")
    study["words"].apply("WARM", "{ANN}")
    assert rows(study) == [("Warm", "ann", "warm")]
    assert (len(study.segments()), study.segments().passages) == (1, 1)
    assert begins(study) == {"at a word": 1}
    assert len(study.segments(code="warm")) == len(study.segments(coder="ann")) == study.segments(code="warm").passages == 1


def test_words_that_only_the_page_brings_are_shown(study: Study) -> None:
    """Where the text of the PDF is missing; a quotation over the end of a page has the words of both parts."""
    study["page"].representation = TextSource(text="wa")
    study["pdf"].excerpts.append(Excerpt(span=PageSpan(1, 10, 20, 30, 40), same_as="page", representation=TextSource(text="rm")))
    study["words"].apply("warm")
    assert rows(study) == [("Warm", None, "warm")]
    study["text"].text = None
    assert rows(study) == [("Warm", None, "warm")]
    study["page"].apply("food")
    assert rows(study) == [("Food", None, "warm"), ("Warm", None, "warm")]


@pytest.mark.parametrize("other", [Coding(code="food", coder="ann"), Coding(code="warm", coder="ben"), Coding(code="warm"), Coding(code="warm", coder="ann", round="second")])
def test_another_code_coder_or_round_is_another_coding(other: Coding, study: Study) -> None:
    """Two rows, on one passage all the same."""
    study["page"].codings.append(other)
    study["words"].apply("warm", "ann")
    assert len(rows(study)) == len(study.segments()) == 2
    assert study.segments().passages == 1


def test_a_code_that_stands_twice_on_one_excerpt_is_not_taken_for_a_twin(study: Study) -> None:
    """What repeats is another excerpt of the place, not the excerpt itself."""
    for id in ("words", "words", "page"):
        study[id].apply("warm", "ann")
    assert len(study.segments()) == len(rows(study)) == 2


def test_a_passage_in_the_text_at_the_same_place_is_the_same(study: Study) -> None:
    """Another excerpt on the same words adds a coding, no passage; one elsewhere adds both."""
    study["page"].apply("warm")
    study["words"].apply("warm")
    text = study["text"]
    text.excerpt(12, 16).apply("food")
    assert (len(study.segments()), study.segments().passages) == (2, 1)
    text.excerpt(0, 8).apply("food")
    assert (len(study.segments()), study.segments().passages) == (3, 2)


def test_cases_of_either_excerpt_are_the_cases_of_the_place(study: Study) -> None:
    """A case may refer to the rectangle, while the row is that of the words."""
    study["page"].apply("warm")
    study["words"].apply("warm")
    study.add(Case(id="p1", name="P1", excerpts=["page"]))
    study.add(Case(id="p2", name="P2", excerpts=["words"]))
    [segment] = study.segments()
    assert sorted(c.name or "" for c in segment.cases) == ["P1", "P2"]
    assert len(study.segments(case="p1")) == len(study.segments(case="p2")) == 1


@pytest.mark.parametrize("way", [{"a": "b", "b": "a"}, {"a": "a"}, {"a": "b", "b": "c", "c": "a"}, {"a": "nowhere"}, {"c": "b", "b": "a"}])
def test_circles_and_dead_ends_stop_nothing(way: dict[str, str]) -> None:
    """Whatever points at whatever: those that are connected mark one place."""
    made = TextSource(text="abcdef", excerpts=[Excerpt(id=id, span=TextSpan(n, n + 1), same_as=way.get(id)) for n, id in enumerate("abc")])
    for excerpt in made.excerpts:
        excerpt.apply("code")
    connected = {1: [{"a": "a"}, {"a": "nowhere"}], 2: [{"a": "b", "b": "a"}], 3: [{"a": "b", "b": "c", "c": "a"}, {"c": "b", "b": "a"}]}
    largest = next(n for n, ways in connected.items() if way in ways)
    study = Study(sources=[made])
    assert len(study.segments()) == study.segments().passages == 4 - largest


def test_excerpts_of_other_sources_are_not_the_same_place() -> None:
    """A translation may be marked where the original is: each counts."""
    first = TextSource(text="eins", excerpts=[Excerpt(id="a", span=TextSpan(0, 4))])
    second = TextSource(text="one", excerpts=[Excerpt(id="b", span=TextSpan(0, 3), same_as="a")])
    study = Study(sources=[first, second])
    for id in "ab":
        study[id].apply("code")
    assert (len(study.segments()), study.segments().passages) == (2, 2)


def test_codings_of_several_people_on_one_place_all_count() -> None:
    """Three coders with one code on one excerpt, and two on excerpts of their own there: five codings, one passage, each found by its coder."""
    names = ["Ann", "Ben", "Cem", "Dee", "Eva"]
    study = Study(codes=[Code(id="c", name="C")], contributors=[Contributor(id=n, name=n) for n in names])
    text = study.add(TextSource(text="one place"))
    together = text.excerpt(0, 3)
    for name in names[:3]:
        together.apply("c", name)
    for name in names[3:]:
        text.excerpt(0, 3).apply("c", name)
    assert [s.coder and s.coder.name for s in study.segments()] == names
    assert {s.text for s in study.segments()} == {"one"}
    assert (len(study.segments()), study.segments().passages) == (5, 1)
    assert [len(study.segments(coder=n)) for n in names] == [1] * 5
