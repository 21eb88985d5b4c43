"""Handles and names of files: short, stable, safe, each of one thing."""

from __future__ import annotations

import string
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualdata import Code, Coding, Study
from qualdata.model.base import fold
from qualdata.testing import studies
from qualdata.tools.ic import handles
from qualdata.tools.ic.citations import cited
from qualdata.tools.ic.extracts import Extracts
from qualdata.tools.ic.handles import SHORTEST, Handles
from qualdata.tools.ic.names import file_stems


@given(studies())
def test_each_coding_has_a_label_of_its_own_that_leads_back(study: Study) -> None:
    """Whatever its case is called, and however the label's capitals are written."""
    extracts = Extracts(study)
    labels = [extracts.label(segment.coding) for segment in extracts.segments.values()]
    assert len(set(map(str.lower, labels))) == len(labels)
    for segment, label in zip(extracts.segments.values(), labels, strict=True):
        for written in (label, label.upper(), label.replace("-", "\u2011")):
            (found,) = extracts.codings.find(cited(f"Words [{written}].", extracts.whos).labels[0].replace("\u2011", "-").rpartition("-")[2])
            assert found is segment.coding


def test_handles_stay_when_others_come_and_go() -> None:
    """Ten thousand codings: all handles differ, and hardly any changes when half of them go."""
    codings = [Coding(id=f"c{n}", code="x") for n in range(10_000)]
    all_of, half_of = Handles(codings), Handles(codings[::2])
    made = [all_of.of(coding) for coding in codings]
    assert len(set(made)) == len(made)
    assert sum(all_of.of(coding) != half_of.of(coding) for coding in codings[::2]) < 10
    assert all(half_of.of(coding).startswith(all_of.of(coding)[:SHORTEST]) for coding in codings[::2])


def test_a_handle_that_has_come_to_mean_two_things_means_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hashes that begin alike: both handles get longer, and the short one leads to both."""
    monkeypatch.setattr(handles, "_hashed", {"a": "bcdfghjk", "b": "bcdfgkkk", "c": "zzzzzzzz"}.__getitem__)
    a, b, c = things = [Coding(id=id, code="x") for id in "abc"]
    made = Handles(things)
    assert [made.of(thing) for thing in things] == ["bcdfgh", "bcdfgk", "zzzzz"]
    assert [len(made.find(handle)) for handle in ("bcdfg", "bcdfgh", "zzzzz", "zzzz")] == [2, 1, 1, 0]
    assert made.find("BCDFGK")[0] is b
    assert (made.find("bcdfgh")[0], made.find("zzzzz")[0]) == (a, c)


HOSTILE = ["../../etc/passwd", "C:\\temp", "con", "NUL.txt", "a" * 400, "\u202egnp.exe", "-rf", "~$x", "..", "", "   ", "tab\there"]
HOSTILE += ["caf\u00e9", "cafe\u0301", "Fit", "fit", "\U0001f600" * 200]


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=20)), max_size=8))
def test_names_of_files_are_safe(names: list[str]) -> None:
    """One part of a path, that every system takes, seen as it is, of 200 bytes at most; and no two alike."""
    try:
        codes = [Code(name=name) for name in names]
    except ValueError:
        return  # a character that no study can hold
    stems = file_stems(codes)
    for stem in stems:
        assert stem
        assert not set(stem) & {*'<>:"/\\|?*', *map(chr, range(32)), "\x7f", "\u202e"}
        assert stem[0] not in " .-~"
        assert stem[-1] not in " ."
        assert len(stem.encode()) <= 200
        assert stem.partition(".")[0].strip().lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}
    assert max(Counter(map(str.casefold, stems)).values(), default=1) == 1


def test_what_is_usual_stays_as_it_is() -> None:
    """Names without anything odd; and two of one name are told apart by what stays when others come."""
    assert file_stems([Code(name="Time before"), Code(name="Hearing one's own story")]) == ["Time before", "Hearing one's own story"]
    one, two = (Code(id=id, name="Why") for id in ("a", "b"))
    first, second = file_stems([one, two])
    assert first.startswith("Why ")
    assert second.startswith("Why ")
    assert first != second
    assert file_stems([two, Code(name="Other"), one]) == [second, "Other", first]


def test_labels_are_found_as_people_write_them() -> None:
    """One in brackets, several, of both kinds of brackets; words in brackets stay; a slip is known for one."""
    letters = handles.LETTERS
    assert not set(letters) & set("aeiouyl01")
    assert set(letters) <= {*string.ascii_lowercase, *string.digits}
    said = cited("He waited [P07-4kx9q; p12-8MDTZ and P03-22222], [inaudible] (laughs) for [the boss]  (P01-bcdfg). [#zzzzz]", {"p07", "p12", "p03"})
    assert said.text == "He waited, [inaudible] (laughs) for [the boss]."
    assert said.labels == ("P07-4kx9q", "p12-8MDTZ", "P03-22222", "P01-bcdfg")
    assert said.marks == ("zzzzz",)
    assert not said.first
    assert cited("[P07-slip] Words", {"p07"}).labels == ("P07-slip",)
    assert cited("[P07-slip] Words", set()).labels == ()
    assert cited("[P07-4kx9q, see there] Words", {"p07"}).strange == ("see", "there")


def test_ids_are_folded() -> None:
    """As everywhere, capitals and braces of an id say nothing."""
    assert Handles([Coding(id="{ABC}", code="x")]).of(Coding(id="abc", code="x")) == Handles([Coding(id="abc", code="x")]).of(Coding(id=fold("{ABC}"), code="x"))
