"""Pairing the things of two lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualdata.match.pairing import Round, paired


def first(word: str) -> str:
    return word[0]


def whole(word: str) -> str:
    return word


SAME = Round("word", whole, whole)
INITIAL = Round("initial", first, first)


def told(here: list[str], there: list[str], *rounds: Round[str]) -> tuple[list[tuple[str, str, str]], list[str], list[str]]:
    found = paired(here, there, rounds)
    return [(p.here, p.there, p.basis) for p in found.pairs], found.here, found.there


def test_an_earlier_round_goes_first():
    assert told(["cost", "care"], ["care", "coin"], SAME, INITIAL) == ([("care", "care", "word"), ("cost", "coin", "initial")], [], [])


def test_what_a_round_cannot_tell_apart_is_left():
    """Two words with one initial on one side: neither is taken for the third."""
    assert told(["cost", "care"], ["coin"], SAME, INITIAL) == ([], ["cost", "care"], ["coin"])


def test_equal_keys_are_paired_in_order_only_where_asked_and_as_many():
    in_order = Round("initial", first, first, in_order=True)
    assert told(["a1", "a2"], ["a3", "a4"], in_order) == ([("a1", "a3", "initial"), ("a2", "a4", "initial")], [], [])
    assert told(["a1", "a2"], ["a3", "a4"], INITIAL) == ([], ["a1", "a2"], ["a3", "a4"])
    assert told(["a1", "a2"], ["a3"], in_order) == ([], ["a1", "a2"], ["a3"])


def test_no_key_is_no_match():
    none: Round[str] = Round("nothing", lambda word: None, lambda word: None)
    assert told(["a"], ["a"], none) == ([], ["a"], ["a"])


WORDS = st.lists(st.text("ab", min_size=1, max_size=2), max_size=6)


@given(WORDS, WORDS)
def test_each_thing_is_paired_once_or_left(here: list[str], there: list[str]):
    """Nothing is lost and nothing is used twice."""
    a, b = [f"{w}{i}" for i, w in enumerate(here)], [f"{w}{i}" for i, w in enumerate(there)]
    found = paired(a, b, [SAME, INITIAL, Round("last", lambda w: w[-1], lambda w: w[-1], in_order=True)])
    assert sorted([p.here for p in found.pairs] + found.here) == sorted(a)
    assert sorted([p.there for p in found.pairs] + found.there) == sorted(b)
