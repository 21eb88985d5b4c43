"""Where a quote stands in a text."""

from __future__ import annotations

import sys
from unicodedata import normalize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from qualdata.match.anchoring import Anchor, anchor, anchor_all
from qualdata.model import Quote, TextSpan
from qualdata.testing import texts

TALK = "I: How was it?\nR: We moved house twice in a year. It was a lot.\nI: A lot?\nR: Yes. We moved house twice, and then we stayed \u2013 at last \u2013 in the city.\n"


def words(found: Anchor | None, text: str = TALK) -> str | None:
    return None if found is None else text[found.span.slice]


# ---- as it is ----
def test_words_that_stand_once_are_found_exactly():
    found = anchor("twice in a year", TALK)
    assert found == Anchor(TextSpan(33, 48), 1.0, "exact")


def test_the_nearest_of_several_places_wins():
    """Whether the stated place lies before or after it, and whatever comes first."""
    first, second = TALK.index("We moved"), TALK.rindex("We moved")
    for stated, found in ((0, first), (first - 2, first), (first + 2, first), (second - 2, second), (second + 2, second), (9999, second)):
        assert anchor("We moved house twice", TALK, near=stated).span.start == found


def test_surroundings_tell_places_apart_better_than_the_stated_place():
    found = anchor(Quote("We moved house twice", suffix=", and then"), TALK, near=0)
    assert (found.span.start, found.confidence) == (TALK.rindex("We moved"), 1.0)


def test_places_that_nothing_tells_apart_share_their_confidence():
    found = anchor("We moved house", TALK)
    assert (found.span.start, found.confidence) == (TALK.index("We moved"), 0.5)


def test_no_words_are_nowhere():
    assert [anchor(q, TALK) for q in ("", "\u200b", "zebra")] == [None, None, None]
    assert anchor("words", "") is None


def test_what_is_seen_as_one_character_is_not_cut_in_two_where_that_can_be_avoided():
    """`cafe` stands in the first word too, before a combining accent."""
    assert anchor("cafe", "cafe\u0301 or cafe").span == TextSpan(9, 13)
    assert anchor("cafe", "cafe\u0301").span == TextSpan(0, 4)


# ---- folded ----
@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("a year. It was", "a year.\r\n\r\nIt was"),
        ("a year. It was", "a year.\u00a0 It\u2009was"),
        ("moved\nhouse", "mo\u00adved \u200bhouse"),
        ("stayed - at last", "stayed \u2014 at last"),
        ("stayed -- at last", "stayed \u2013 at last"),
        ("minus -5", "minus \u22125"),
        ('"twice"', "\u201ctwice\u201d"),
        ("it's", "it\u2019s"),
        ("well... yes", "well\u2026 yes"),
        ("cafe\u0301", "caf\u00e9"),
        ("caf\u00e9 a\u0323\u0307", "cafe\u0301 a\u0307\u0323"),
        ("\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af"),
        ("  twice ", "twice"),
    ],
)
def test_white_space_dashes_quotation_marks_and_composition_do_not_matter(quote, found):
    text = f"\U0001f600 e\u0301 \u2013 before {found} after"
    at = anchor(quote, text)
    assert (words(at, text), at.confidence, at.basis) == (found, 1.0, "folded")


def test_a_cut_name_is_found_by_its_beginning():
    """Tools cut long names with an ellipsis; the place found is that of the words they left."""
    for end in ("\u2026", "...", " \u2026"):
        found = anchor(f"We stayed in the old ho{end}", "Then we left. We stayed in the\nold house.")
        assert (found.span, found.basis, found.cut) == (TextSpan(14, 37), "folded", True)
    assert anchor("and so on\u2026", "and so on\u2026 and so on") == Anchor(TextSpan(0, 10), 1.0, "exact")


# ---- nearly ----
def test_changed_characters_are_found_within_the_bound():
    found = anchor("We stayd at last in the citty.", "And we stay. We stayed at last in the city. Or not.")
    assert (found.span, found.basis, round(found.confidence, 2)) == (TextSpan(13, 43), "fuzzy", 0.93)
    assert anchor("We stayd at last in the citty.", "And we stay. We stayed at last in the city. Or not.", bound=0.05) is None


def test_of_nearly_equal_places_the_one_with_fewest_changes_wins_and_then_the_nearest():
    text = "We paid the rant in June. We paid the rents in July. We paid the runt in May."
    assert words(anchor("We paid the rents, in", text), text) == "We paid the rents in"
    assert words(anchor("We paid the r\u00e9nt in", text, near=60), text) == "We paid the runt in"


def test_nearly_equal_places_that_nothing_tells_apart_are_none():
    text = "We paid the rant in June. We paid the runt in May."
    assert anchor("We paid the rent in", text) is None
    assert words(anchor(Quote("We paid the rent in", suffix=" May"), text), text) == "We paid the runt in"


def test_without_rapidfuzz_nothing_is_measured_and_nothing_fails(monkeypatch):
    monkeypatch.setattr("qualdata.match.nearly.find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    assert anchor("We stayd at last in the citty.", "We stayed at last in the city.") is None
    assert anchor("twice in a year", TALK) is not None


def test_many_quotes_are_anchored_and_what_is_nowhere_is_listed():
    found = anchor_all(["We moved house", "zebra", Quote("A lot?")], TALK, near=[100, None, None])
    assert [a and a.span.start for a in found.anchors] == [TALK.rindex("We moved"), None, TALK.index("A lot?")]
    assert (found.unmatched, found.fuzzy, [q for q, _ in found.found]) == (["zebra"], True, ["We moved house", Quote("A lot?")])


def test_a_shift_of_a_character_or_two_is_mended_by_the_quote():
    """As of positions in RQDA: the stated place is off, the words are right."""
    right = TALK.rindex("Yes")
    assert {anchor("Yes", TALK, near=right + by).span.start for by in (-2, -1, 0, 1, 2)} == {right}


# ---- laws ----
PLACES = st.tuples(st.integers(0, 60), st.integers(1, 20))


@given(texts(max_size=30), PLACES)
@example("e\u0301e", (2, 1))
@example("aaaa", (1, 2))
def test_any_part_of_a_text_is_found_at_its_place(text: str, place: tuple[int, int]):
    """Exactly, whatever the characters."""
    start = place[0] % (len(text) or 1)
    part = text[start : start + place[1]]
    assume(part)
    assert anchor(part, text, near=start) == Anchor(TextSpan(start, start + len(part)), 1.0, "exact")


MANGLED = {
    " ": (" ", "  ", "\n", "\r\n", "\u00a0", " \u200b", "\t"),
    "-": ("-", "\u2013", "\u2014", "\u2212", "--"),
    "'": ("'", "\u2019"),
    '"': ('"', "\u201c", "\u201e"),
    "\u2026": ("\u2026", "..."),
}
FEW = ("we", "moved", "'twice'", '"home"', "so-so", "caf\u00e9", "na\u00efve", "wait\u2026", "\U0001f600", "\U0001f469\u200d\U0001f467", "\ud55c\uae00", "\u05e9\u05dc\u05d5\u05dd")
WORDS = st.lists(st.sampled_from(FEW), min_size=1, max_size=6)


@st.composite
def written(draw: st.DrawFn, plain: str) -> str:
    """Some words as a program might write them."""
    changed = "".join(draw(st.sampled_from(MANGLED[c])) if c in MANGLED else c for c in plain)
    return normalize(draw(st.sampled_from(("NFC", "NFD"))), changed)


OTHERS = st.lists(st.sampled_from(("now", "\u2013", "\u2019s", "\u0919", "e\u0301", "\u00ad", "\U0001f44d\U0001f3fd")), max_size=6)


@given(st.data(), OTHERS, WORDS, OTHERS)
def test_mangled_words_are_found_by_folding_and_the_place_has_the_same_words(data, before, quoted, after):
    """Whatever happened to white space, dashes, quotation marks and composition, in the quote and in the text."""
    text, quote = (data.draw(written(" ".join(w))) for w in ([*before, "|", *quoted, "|", *after], quoted))
    inner = text[text.index("|") + 1 : text.rindex("|")]
    start = text.index("|") + 1 + len(inner) - len(inner.lstrip(" \n\r\u00a0\u200b\t"))
    found = anchor(quote, text, near=start)
    expected = inner.strip(" \n\r\u00a0\u200b\t")
    assert (found.span.start, words(found, text)) == (start, expected)
    assert (found.confidence, found.basis) == (1.0, "exact" if quote == expected else "folded")


QUOTED = "the landlord sold our house and nobody told us until the boxes stood outside"


@given(st.lists(st.tuples(st.integers(15, len(QUOTED) - 16), st.sampled_from(("insert", "leave out", "replace"))), max_size=11), st.integers(0, 300))
def test_words_with_few_changes_are_found_around_their_place(changes, before):
    """Eleven changes are the most that 15 percent of the words allow; the words at both ends are as they were."""
    quote = list(QUOTED)
    for at, change in changes:
        quote[at : at + (change != "insert")] = [] if change == "leave out" else ["\u00a7"]
    text = ("Something else was said here. " * 11)[:before] + "| " + QUOTED + ". Then it went on."
    quoted = "".join(quote)
    assume(len(changes) <= int(0.15 * len(quoted)) and "  " not in quoted)
    found = anchor(quoted, text)
    assert words(found, text) == QUOTED
    assert found.basis == ("fuzzy" if quoted != QUOTED else "exact")


@given(st.text("bcdfg", min_size=1, max_size=40))
def test_nonsense_is_nowhere(quote: str):
    """What shares no characters with a text is not in it."""
    assert anchor(quote, "aeiou iouae " * 20) is None


@given(st.text("ab", min_size=1, max_size=3), st.text("ab ", max_size=40), st.integers(0, 45))
def test_the_nearest_place_is_the_nearest_of_all(quote: str, text: str, near: int):
    """Against all places, looked for one by one, overlapping ones too."""
    places = [i for i in range(len(text)) if text.startswith(quote, i)]
    assume(places)
    least = min(abs(p - near) for p in places)
    found = anchor(quote, text, near=near)
    assert abs(found.span.start - near) == least
    assert found.confidence == 1 / sum(abs(p - near) == least for p in places)
