"""Which code is which, in two studies: by GUID, then by the path of names."""

from __future__ import annotations

from typing import Any

from qualdata import Code, Study
from qualdata.match.codes import code_pairs, set_pairs
from qualdata.model import Set


def study(*codes: tuple[Any, ...]) -> Study:
    """A study of codes, each given as id, name and the id of the code above."""
    return Study(codes=[Code(id=id, name=name, parent=above[0] if above else None) for id, name, *above in codes])


def told(here: Study, there: Study) -> tuple[set[tuple[str, str, str]], list[str], list[str]]:
    """The pairs with their basis, and the ids that are left on each side."""
    found = code_pairs(here, there)
    return {(p.here.id, p.there.id, p.basis) for p in found.pairs}, [c.id for c in found.here], [c.id for c in found.there]


def test_a_guid_tells_more_than_a_name() -> None:
    """Also where a name has wandered to another code; case and braces of a GUID do not matter."""
    here = study(("a", "Cost"), ("b", "Trust"))
    there = study(("{A}", "Trust"), ("x", "Cost"))
    assert told(here, there) == ({("a", "{A}", "GUID")}, ["b"], ["x"])
    assert told(study(("a", "Cost"), ("b", "Trust")), study(("A", "Trust"), ("B", "Cost"))) == ({("a", "A", "GUID"), ("b", "B", "GUID")}, [], [])


def test_names_are_compared_as_people_read_them() -> None:
    """Capitals, white space and composed characters do not matter; letters do."""
    here = study(("a", "Café  culture"), ("b", "STRASSE"), ("c", "Trust"))
    there = study(("x", " cafe\u0301 Culture "), ("y", "straße"), ("z", "Trusts"))
    assert told(here, there) == ({("a", "x", "path of names"), ("b", "y", "path of names")}, ["c"], ["z"])


def test_a_name_is_the_same_under_the_same_code_only() -> None:
    """Two codes of one name in two places are two codes."""
    here = study(("1", "Home"), ("2", "Work"), ("a", "Cost", "1"), ("b", "Cost", "2"))
    there = study(("x", "Work"), ("y", "Cost", "x"), ("z", "Cost"))
    assert told(here, there) == ({("2", "x", "path of names"), ("b", "y", "path of names")}, ["1", "a"], ["z"])


def test_a_path_goes_on_under_a_code_that_was_renamed_or_moved() -> None:
    """The code above is the same by its GUID, so those under it are found by their names."""
    here = study(("1", "Home"), ("a", "Cost", "1"))
    there = study(("0", "Places"), ("1", "House", "0"), ("x", "cost", "1"))
    assert told(here, there) == ({("1", "1", "GUID"), ("a", "x", "path of names")}, [], ["0"])


def test_what_a_name_cannot_tell_is_not_paired() -> None:
    """Two of one name under one code, on either side; nor what stands under them. If a GUID tells one, the other is clear."""
    twice = study(("a", "Other"), ("b", "other"), ("c", "Cost", "a"))
    assert told(twice, study(("x", "Other"), ("y", "Cost", "x"))) == (set(), ["a", "c", "b"], ["x", "y"])
    assert told(twice, study(("x", "Other"), ("z", "Other")))[0] == set()
    assert told(twice, study(("A", "Other"), ("x", "Other"), ("y", "Cost", "a")))[0] == {("a", "A", "GUID"), ("b", "x", "path of names"), ("c", "y", "path of names")}


def test_codes_that_stand_under_no_one_or_each_other_stand_at_the_top() -> None:
    """As everywhere."""
    here, there = study(("a", "Cost", "gone"), ("b", "Ring", "c"), ("c", "Rung", "b")), study(("x", "Cost"), ("y", "Ring"), ("z", "Rung"))
    assert told(here, there)[0] == {("a", "x", "path of names"), ("b", "y", "path of names"), ("c", "z", "path of names")}


def test_sets_are_told_by_guid_then_by_name() -> None:
    """They have no place in a tree."""
    found = set_pairs([Set(id="a", name="One"), Set(id="b", name="Two")], [Set(id="x", name="two"), Set(id="A", name="Three")])
    assert {(p.here.id, p.there.id, p.basis) for p in found.pairs} == {("a", "A", "GUID"), ("b", "x", "name")}
