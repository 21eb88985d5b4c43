"""One text in several forms."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualdata.match.folding import fold_text, folded
from qualdata.match.texts import between, quote_hash, text_hash
from qualdata.model import TextSpan
from qualdata.testing import texts

PLAIN = "One.\nTwo \U0001f600.\n\nThree"


def forms(text: str) -> list[str]:
    return [mark + text.replace("\n", newline) + newline * last for newline in ("\n", "\r\n", "\r") for mark in ("", "\ufeff") for last in (0, 1, 2)]


def test_all_forms_of_a_text_have_one_hash():
    assert len({text_hash(form) for form in forms(PLAIN)}) == 1
    assert len({text_hash(t) for t in (PLAIN, PLAIN.replace("\n\n", "\n"), PLAIN + ".", "", " ")}) == 5


@pytest.mark.parametrize("here", forms(PLAIN))
def test_places_are_the_same_words_in_every_form(here: str):
    """In all 18 forms, of each word and of the whole text."""
    for there in forms(PLAIN):
        to = between(here, there)
        for words in ("One", "\U0001f600", "Three"):
            found = to(TextSpan(here.index(words), here.index(words) + len(words)))
            assert there[found.slice] == words
        whole = to(TextSpan(0, len(here)))
        assert there[whole.slice].strip("\ufeff").split() == ["One.", "Two", "\U0001f600.", "Three"]


def test_other_texts_have_no_way_between():
    assert between("One.\nTwo.", "One. Two.") is None


@given(texts(max_size=20).filter(lambda text: "\r" not in text and not text.startswith("\ufeff\ufeff")), st.integers(0, 200), st.integers(0, 50))
def test_places_come_back_unless_they_lie_beyond_the_last_words(text: str, start: int, length: int):
    """From LF to CR LF and back; newlines at the end, and a mark before the text, are not counted."""
    body = text.removeprefix("\ufeff").rstrip("\n")
    start = start % (len(body) + 1)
    span = TextSpan(start, min(start + length, len(body)))
    other = body.replace("\n", "\r\n") + "\r\n"
    there = between(body, other)(span)
    assert there.start == start + body[:start].count("\n")
    assert other[there.slice].replace("\r\n", "\n") == body[span.slice]
    assert between(other, body)(there) == span


def test_places_beyond_the_end_keep_their_distance():
    to = between("a\r\nb\r\n", "\ufeffa\nb")
    assert (to(TextSpan(3, 9)), to(TextSpan(-2, 1))) == (TextSpan(3, 7), TextSpan(-2, 2))


def test_a_place_within_a_line_end_moves_outward():
    assert between("a\r\nb", "a\nb")(TextSpan(0, 2)) == TextSpan(0, 2)


def test_a_quote_has_one_hash_however_it_is_written():
    assert len({quote_hash(q) for q in ("\u201cA b\u201d \u2013 c", '"A b" - c', ' "A\r\nb"\u00a0\u2014 c\n')}) == 1
    assert quote_hash(" \u200b\n") is None


@given(texts(max_size=20))
def test_folding_twice_is_folding_once_and_places_come_back_in_order(text: str):
    """And no place of the folded text is lost on the way back."""
    found = fold_text(text)
    assert folded(found.text) == found.text
    backs = [found.back(i, i + 1) for i in range(len(found.text))]
    assert all(a < b for a, b in backs)
    assert backs == sorted(backs)
    assert all(folded(text[a:b]).strip() in (c, "") or c in folded(text[a:b]) for c, (a, b) in zip(found.text, backs, strict=True))
    assert all(found.to(a) <= i for i, (a, _) in enumerate(backs))


@given(st.lists(st.sampled_from(("\ud55c", "\uae00", "\u0958", "\u00e9", "\u01d6", "a\u0323\u0307", "\u05e9", "\U0001f600", "\u4e2d")), min_size=100, max_size=600).map("".join))
def test_long_texts_of_letters_fold_alike_however_they_are_composed(text: str):
    """Also where no plain character parts them."""
    assert folded(normalize("NFD", text)) == folded(normalize("NFC", text))


def test_a_heap_of_marks_takes_no_time():
    """Composing them all at once would take the square of their number: minutes here."""
    heap = "e" + "\u0301\u0323" * 200_000
    assert len(folded(heap)) == len(heap) - 1
