"""A codebook brought into a study: what is new is added, what it says is followed, and nothing is deleted."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from qualdata import Code, Memo, Study, TextSource, write
from qualdata.model import Set
from qualdata.model.base import fold
from qualdata.testing import studies
from qualdata.tools.codebook import Changes, bring_in, record
from tests.loosely import read


def study(*codes: Code, **lists: Any) -> Study:
    return Study(title="x", codes=[*codes], **lists)


def rows(made: Study) -> list[tuple[int, str]]:
    """Depth and name of each code, in the order of the tree."""
    return [(depth, code.name) for code, depth in made.code_tree.walk()]


def told(changes: Changes) -> list[tuple[str, str, Any, Any]]:
    return [(c.thing.name, c.field, getattr(c.before, "name", c.before), getattr(c.after, "name", c.after)) for c in changes.changed]


def test_new_codes_come_where_the_codebook_has_them_and_in_its_order() -> None:
    """After those that are there, with the GUIDs of the codebook, and all that it says of them."""
    here = study(Code(id="a", name="Home"), Code(id="b", name="Rent", parent="a"))
    zoo, art = Code(id="z", name="Zoo", parent="x", colour="#F00"), Code(id="y", name="Art", parent="z", include="always")
    there = study(Code(id="x", name="home"), zoo, art, Code(id="w", name="New", memos=["m"]))
    changes = bring_in(here, there)
    assert rows(here) == [(1, "Home"), (2, "Rent"), (2, "Zoo"), (3, "Art"), (1, "New")]
    assert [(c.id, c.parent) for c in changes.added] == [("z", "a"), ("y", "z"), ("w", None)]
    assert here["z"].colour == "#F00"
    assert here["y"].include == "always"
    assert here["w"].memos == []
    assert changes.memos == 1
    assert [c.name for c in changes.left] == ["Rent"]
    assert [c.name for c in changes.same] == ["Home"]
    assert changes.changed == ()


def test_what_the_codebook_says_of_a_code_is_followed() -> None:
    """Name, place, use and looks of a code that has its GUID, each told with what was there before."""
    here = study(Code(id="a", name="Cost", description="old", colour="#F00"), Code(id="b", name="Home"))
    changes = bring_in(here, study(Code(id="B", name="Home"), Code(id="A", name="Money", parent="b", description="new", colour="#00F", codable=False)))
    assert rows(here) == [(1, "Home"), (2, "Money")]
    assert told(changes) == [
        ("Money", "name", "Cost", "Money"), ("Money", "description", "old", "new"), ("Money", "codable", True, False),
        ("Money", "colour", "#F00", "#00F"), ("Money", "parent", None, "Home"),
    ]  # fmt: skip
    assert [c.thing.name for c in changes.moved] == ["Money"]
    back = bring_in(here, study(Code(id="a", name="Money")))
    assert told(back) == [("Money", "codable", False, True), ("Money", "parent", "Home", None)]


def test_what_the_codebook_leaves_out_stays() -> None:
    """No colour, no meaning or an empty one, no rules: what the study has is not erased. Nor does the same colour in other letters change it."""
    code = Code(id="a", name="Cost", description="d", colour="#ABCDEF", include="i", in_vivo=True, status="retired", memos=["m"])
    here = study(deepcopy(code))
    for silent in (Code(id="a", name="Cost"), Code(id="a", name="Cost", description="", colour="#abcdef")):
        changes = bring_in(here, study(silent))
        assert changes.changed == ()
        assert here.codes == [code]


def test_a_code_that_is_matched_by_its_path_keeps_its_name() -> None:
    """Which is the same but for capitals and white space."""
    here = study(Code(id="a", name="Cost of living"))
    changes = bring_in(here, study(Code(id="x", name="COST OF  LIVING", colour="#F00")))
    assert here.codes[0].name == "Cost of living"
    assert told(changes) == [("Cost of living", "colour", None, "#F00")]
    assert [p.basis for p in changes.pairs] == ["path of names"]


def test_codes_that_stood_under_each_other_are_put_right() -> None:
    """If the codebook says where they stand; a parent that is not there goes, too."""
    here = study(Code(id="a", name="A", parent="b"), Code(id="b", name="B", parent="a"), Code(id="c", name="C", parent="gone"))
    changes = bring_in(here, study(Code(id="a", name="A"), Code(id="b", name="B", parent="a"), Code(id="c", name="C")))
    assert [(c.id, c.parent) for c in here.codes] == [("a", None), ("b", "a"), ("c", None)]
    assert [c.thing.name for c in changes.moved] == ["A", "B", "C"]


def test_names_that_tell_nothing_apart_are_added_and_told() -> None:
    """Two codes of one name in one place stay as they are; that of the codebook comes beside them."""
    here = study(Code(id="a", name="Other"), Code(id="b", name="Other"))
    changes = bring_in(here, study(Code(id="x", name="other"), Code(id="y", name="New"), Code(id="z", name="New")))
    assert [c.id for c in changes.ambiguous] == ["x"]
    assert [c.id for c in changes.left] == ["a", "b"]
    here.sets += [Set(name="s"), Set(name="S")]
    assert bring_in(here, study(sets=[Set(id="t", name="s"), Set(name="u")])).ambiguous == (here["t"],)
    assert rows(here) == [(1, "Other"), (1, "Other"), (1, "other"), (1, "New"), (1, "New")]


def test_a_guid_that_another_thing_has_is_replaced() -> None:
    """Ids stay unique."""
    here = study(sources=[TextSource(id="s", text="t")])
    [code] = bring_in(here, study(Code(id="S", name="New"), Code(id="y", name="Under", parent="s"))).added[:1]
    assert fold(code.id) != "s"
    assert rows(here) == [(1, "New"), (2, "Under")]


def test_sets_of_codes_come_along() -> None:
    """New ones, and new members of those that are there; sets of other things stay where they are."""
    here = study(Code(id="a", name="Home"), Code(id="b", name="Rent"), sets=[Set(id="s", name="Both", codes=["b"], sources=["t"])])
    there = study(
        Code(id="x", name="Home"), Code(id="y", name="New"), memos=[Memo(id="m", text="t")],
        sets=[Set(name="both", codes=["x", "y"], description="d"), Set(name="Fresh", codes=["y"], memos=["m"]), Set(name="Files", sources=["f"]), Set(name="Empty")],
    )  # fmt: skip
    changes = bring_in(here, there)
    assert [(s.name, s.codes, s.sources, s.memos) for s in here.sets] == [("Both", ["b", "a", "y"], ["t"], []), ("Fresh", ["y"], [], []), ("Empty", [], [], [])]
    assert [s.name for s in changes.sets_added] == ["Fresh", "Empty"]
    assert [(c.field, c.before, c.after) for c in changes.sets_changed] == [("description", None, "d"), ("codes", ["b"], ["b", "a", "y"])]


def test_what_was_done_can_be_recorded() -> None:
    """As history of the codes: one entry for all that was added, one for each that was renamed, moved, redefined or retired."""
    here = study(Code(id="a", name="Cost", description="old"), Code(id="b", name="Home"), Code(id="c", name="Old"))
    home, money = Code(id="b", name="Home", colour="#F00"), Code(id="a", name="Money", description="new", parent="b")
    there = study(home, money, Code(id="n", name="N"), Code(id="o", name="O"), Code(id="c", name="Old", status="retired"))
    entries = record(here, bring_in(here, there), "2024-05-06")
    assert [(e.action, e.codes, e.before, e.after, e.date) for e in entries] == [
        ("add", ["n", "o"], None, None, "2024-05-06"),
        ("rename", ["a"], "Cost", "Money", "2024-05-06"),
        ("redefine", ["a"], "old", "new", "2024-05-06"),
        ("move", ["a"], None, "Home", "2024-05-06"),
        ("retire", ["c"], "active", "retired", "2024-05-06"),
    ]
    assert here.code_changes == entries
    assert record(here, bring_in(here, there), "2024-05-07") == []


@given(here=studies(max_sources=1), there=studies(max_sources=1))
def test_a_codebook_is_brought_in_once_and_nothing_is_deleted(here: Study, there: Study) -> None:
    """Whatever the two hold: the codebook is not changed, all codes and codings that were there still are, and the second time nothing happens."""
    before, book = [(c.id, c.memos) for c in here.codes], deepcopy(there)
    codings = [(s.coding.id, s.coding.code) for s in here.segments()]
    changes = bring_in(here, there)
    assert there == book
    assert [(c.id, c.memos) for c in here.codes][: len(before)] == before
    assert [(s.coding.id, s.coding.code) for s in here.segments()] == codings
    assert len(here.codes) == len(before) + len(changes.added)
    assert len(changes.pairs) + len(changes.added) == len(there.codes)
    assert len(changes.pairs) + len(changes.left) == len(before)
    assert len({fold(c.id) for c in here.codes}) == len(here.codes)
    if any(type(t) is not type(here.get(t.id)) for t in (*there.codes, *there.sets) if here.get(t.id)):
        return  # a GUID of another thing was replaced, and is not known again where the name does not tell
    again = bring_in(here, there)
    assert (again.added, again.changed, again.sets_added, again.sets_changed) == ((), (), (), ())


@given(here=studies(max_sources=0), there=studies(max_sources=0))
def test_the_tree_of_the_codebook_is_followed(here: Study, there: Study) -> None:
    """Each of its codes stands under the one it stands under there."""
    changes = bring_in(here, there)
    ours = {fold(p.there.id): p.here for p in changes.pairs}
    order = iter(changes.added)
    for code in there.codes_in_order:
        ours.setdefault(fold(code.id), None) or ours.update({fold(code.id): next(order)})
    above, theirs = _above(here), _above(there)
    for code in there.codes:
        mine = above.get(fold(ours[fold(code.id)].id))
        assert mine is (ours[fold(theirs[fold(code.id)].id)] if fold(code.id) in theirs else None)


def _above(made: Study) -> dict[str, Code]:
    tree = made.code_tree
    return {fold(child.id): code for code in made.codes for child in tree.under(code)}


@pytest.mark.samples
def test_two_exports_of_one_project_have_one_codebook(samples: Path, tmp_path: Path) -> None:
    """QualCoder's GUIDs differ each time: all codes are found by their path, nothing is added or changed, and all codings stay."""
    here = read(samples / "qualcoder-neutral.qdpx")
    words = [(s.code.name, s.text) for s in here.segments()]
    changes = bring_in(here, read(samples / "qualcoder-neutral.qdc"))
    assert [p.basis for p in changes.pairs] == ["path of names"] * 6
    assert (changes.added, changes.changed, changes.left) == ((), (), ())
    changes = bring_in(here, read(samples / "atlasti-23.4.qdc"))
    assert [c.name for c in changes.added] == ["code1"]
    assert len(changes.left) == 6
    write(here, tmp_path / "out.qdpx", target="as-read")
    back = read(tmp_path / "out.qdpx")
    assert [(s.code.name, s.text) for s in back.segments()] == words
    assert [c.name for c in back.codes][-1] == "code1"
