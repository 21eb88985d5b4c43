"""What counts as a listed term in a text, and that nothing of one is left where it is masked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualdata.rules.termlist import list_of
from qualdata.rules.terms import Terms

LISTED = ("Otter Creek", "Lee", "Ann Lee", "O'Brien", "\u00c9mile", "Strau\u00df", "Anne-Marie", "Quillington", "Griffin", "\u674e\u660e", "14 Mill Lane", "--")


def terms(*words: str) -> Terms:
    """The terms of one list."""
    return Terms([list_of([(one, None) for one in words], b"list")])


FOUND = {
    # words by themselves, in the capitals of the list
    "We met in Otter Creek.": [("Otter Creek", True)], "Lee's": [("Lee", True)], "(R. Lee)": [("Lee", True)], "Ann Lee": [("Ann Lee", True), ("Lee", True)],
    "Strau\u00df, 5": [("Strau\u00df", True)],
    "Interview_Ann_Lee_2": [("Ann_Lee", True), ("Lee", True)], "P07Lee2": [("Lee", True)], "7Lee2": [("Lee", True)], "at 14 Mill Lane": [("14 Mill Lane", True)],
    "the Lee-Smith case": [("Lee", True)], "Lee\u2019s, \u2018Lee\u2019": [("Lee", True)] * 2, "\u674e\u660e\u53bb\u4e86": [("\u674e\u660e", True)],
    # however it is written: white space, what has no width, accents, quotation marks, dashes, letters of PDF files
    "Otter\r\n  Creek": [("Otter\r\n  Creek", True)], "Ot\u00adter\u00a0Creek": [("Ot\u00adter\u00a0Creek", True)],
    "E\u0301mile": [("E\u0301mile", True)], "O\u2019Brien": [("O\u2019Brien", True)],
    "Anne\u2011Marie": [("Anne\u2011Marie", True)], "Gri\ufb03n": [("Gri\ufb03n", True)], "\U0001f600 Lee": [("Lee", True)],
    # other capitals
    "otter creek!": [("otter creek", False)], "\u00c9MILE": [("\u00c9MILE", False)], "STRAUSS": [("STRAUSS", False)], "LEE": [("LEE", False)],
    # joined in another way
    "OtterCreek": [("OtterCreek", False)], "otter-creek.txt": [("otter-creek", False)], "Anne Marie": [("Anne Marie", False)], "InterviewAnnLee": [("InterviewAnnLee", False)] * 2,
    "Ann. Lee": [("Ann. Lee", False), ("Lee", True)],
    # part of a longer word, if it is long
    "Quillingtons": [("Quillingtons", False)], "McQuillingtonish": [("McQuillingtonish", False)], "Otter Creeks": [("Otter Creeks", False)],
    "114 Mill Lane": [("114 Mill Lane", False)],
    # nothing of it
    "Otterton Creek": [], "the Lees": [], "sleet, leek, Leeds": [], "Otter, Creek": [], "Ann and Leo": [], "": [], "annlee": [], "\u00e9mil": [],
}  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_where_terms_stand(text: str) -> None:
    """The words at each place, and whether they stand there as in the list."""
    found = [(text[one.start : one.end], one.exact) for one in terms(*LISTED).found(text)]
    assert sorted(found) == sorted(FOUND[text])


@pytest.mark.parametrize("text", FOUND)
def test_they_are_found_in_long_texts_too(text: str) -> None:
    """Where only the different words of a text are looked through first."""
    long = "Nothing. " * 1000
    assert [(f.start - len(long), f.end - len(long), f.exact) for f in terms(*LISTED).found(f"{long}{text}\n")] == [(f.start, f.end, f.exact) for f in terms(*LISTED).found(text)]


WORDS = st.lists(st.sampled_from(["Ann", "Lee", "Ann Lee", "Otter", " ", ", ", "x", "\n", "\u00e9", "\U0001f600"]), max_size=12).map("".join)


@given(WORDS)
def test_every_whole_word_is_found(text: str) -> None:
    """As the plainest search there is finds them."""
    wanted = [m.start() for m in re.finditer(r"\bLee\b", text)] + [m.start() for m in re.finditer(r"\bAnn\s+Lee\b", text)]
    assert sorted(one.start for one in terms("Lee", "Ann Lee").found(text) if one.exact) == sorted(wanted)


@given(WORDS)
def test_where_it_is_masked_nothing_is_found(text: str) -> None:
    """And all else stays as it was."""
    some = terms("Lee", "Ann Lee", "Otter")
    masked = some.masked(text)
    assert some.found(masked) == []
    assert (masked == text) == (some.found(text) == [])
    assert some.masked(masked) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ann Lee and Lee's", "[…] and […]'s"),
        ("McQuillingtons came", "[…] came"),  # what is left of a word would tell the rest
        ("sleet", "sleet"),
        ("He said 'Quilling…'", "He said '[…]…'"),
        ("He said Otter Cr…", "He said […]…"),
        ("…lington came", "…[…] came"),
        ("x…ee", "x…[…]"),
        ("Something… and more", "Something… and more"),
        ("Otter Creek…", "[…]…"),
    ],
)
def test_what_is_masked(text: str, masked: str) -> None:
    """All of the word, and pieces that were cut off at an ellipsis."""
    assert terms("Ann Lee", "Lee", "Quillington", "Otter Creek").masked(text) == masked


@pytest.mark.parametrize("cut", range(2, 12))
def test_wherever_a_text_is_cut_no_piece_of_a_term_is_left(cut: int) -> None:
    """From two letters on, before and after."""
    some = terms("Quillington", "Otter Creek")
    for term in ("Quillington", "Otter Creek"):
        assert some.masked(f"so Mr {term[:cut]}… and on") == "so Mr […]… and on"
        assert some.masked(f"and on …{term[-cut:]} said") == "and on …[…] said"


def test_no_list_finds_nothing() -> None:
    """And masks nothing."""
    assert not Terms()
    assert Terms().found("Ann Lee") == []
    assert Terms().masked("Ann L…") == "Ann L…"


def test_a_term_of_two_lists_is_found_once() -> None:
    """By the hash of the first."""
    first, second = list_of([("Lee", None)], b"a"), list_of([("Lee", None), ("Ann", None)], b"b")
    assert [one.term.hash for one in Terms([first, second]).found("Ann, Lee")] == [second.terms[1].hash, first.terms[0].hash]


NONSENSE = ["Quill" * 40_000, "quillington" * 20_000, "a\u0301" * 100_000, "Lee " * 50_000, "…" * 50_000, "Ann " * 50_000, "\u0301" * 100_000]


@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: ascii(text[:6]))
def test_long_nonsense_takes_no_longer_than_its_length(text: str) -> None:
    """Or this test does not come to an end."""
    some = terms(*LISTED)
    some.found(text)
    some.masked(text)
