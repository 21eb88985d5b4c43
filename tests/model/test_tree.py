"""Trees made of flat lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualdata.model import Code, Tree, fold


def tree(*pairs: str) -> Tree[Code]:
    """A tree of codes, each given as `name` or `name<parent`."""
    return Tree.of((Code(id=name, name=name, parent=parent or None) for name, _, parent in (p.partition("<") for p in pairs)), lambda c: c.parent)


def walked(t: Tree[Code]) -> str:
    return " ".join(f"{c.id}{depth}" for c, depth in t.walk())


def misplaced(t: Tree[Code]) -> list[str]:
    return [c.id for c in t.misplaced]


def test_each_comes_before_those_under_it_and_siblings_as_they_stand() -> None:
    t = tree("b", "a", "b2<b", "a1<a", "b1<b", "b2x<b2")
    assert walked(t) == "b1 b22 b2x3 b12 a1 a12"
    assert [c.id for c in t.under(t.roots[0])] == ["b2", "b1"]
    assert misplaced(t) == []


def test_a_child_may_stand_before_its_parent() -> None:
    assert walked(tree("a1<a", "a")) == "a1 a12"


def test_parents_are_found_whatever_their_case_and_braces() -> None:
    assert walked(tree("{A}", "a1<a", "a2<{a}")) == "{A}1 a12 a22"


def test_a_parent_that_is_not_there_counts_as_none() -> None:
    t = tree("a", "b<gone", "b1<b")
    assert walked(t) == "a1 b1 b12"
    assert misplaced(t) == ["b"]


def test_those_in_a_circle_stand_at_the_top_and_what_hangs_below_stays_there() -> None:
    t = tree("a<b", "b<c", "c<a", "d<c", "e<d")
    assert walked(t) == "a1 b1 c1 d2 e3"
    assert misplaced(t) == ["a", "b", "c"]


def test_one_that_stands_under_itself_stands_at_the_top() -> None:
    t = tree("a<A", "b<a")
    assert walked(t) == "a1 b2"
    assert misplaced(t) == ["a"]


def test_an_empty_list_is_an_empty_tree() -> None:
    assert walked(tree()) == ""


def test_depth_has_no_limit() -> None:
    t = tree("0", *(f"{i}<{i - 1}" for i in range(1, 5000)))
    assert [depth for _, depth in t.walk()] == [*range(1, 5001)]


@given(st.lists(st.none() | st.integers(0, 11), max_size=10))
def test_each_comes_exactly_once_under_its_parent_unless_misplaced(parents: list[int | None]) -> None:
    codes = [Code(id=f"c{i}", name="", parent=None if p is None else f"C{p}") for i, p in enumerate(parents)]
    t = Tree.of(codes, lambda c: c.parent)
    order = [c for c, _ in t.walk()]
    assert sorted(c.id for c in order) == sorted(c.id for c in codes)
    above: dict[str, int] = {}
    for place, (code, depth) in enumerate(t.walk()):
        above[code.id] = depth
        if code.parent is None or any(code is m for m in t.misplaced):
            assert depth == 1
        else:
            assert above[fold(code.parent)] == depth - 1
            assert [c.id for c in order].index(fold(code.parent)) < place
