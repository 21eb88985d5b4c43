"""The rules about the document find something exactly where the schema of the standard refuses it. The witnesses are `jsonschema` and `jsonschema-rs`."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from qualdata.rules import validate
from qualdata.schema.examples import COMPLETE
from tests.test_schema import JUNK, OURS, SMALL, THEIRS, UNREADABLE, UNSAID, places, put, wrong

WHOLE = json.loads(COMPLETE.read_text(encoding="utf-8"))

DOCUMENT = ("sch-invalid", "sch-encoding", "sch-version", "pkg-path-unsafe", "pkg-checksum-absent")
"""The rules that tell what the schema tells: what a document may say, which paths, and that each file has a SHA-256."""


def found(document: Any, folder: Path) -> list[str]:
    """What is found that is a matter of the document alone."""
    report = validate(put(document, folder))
    assert not [f for f in report.findings if f.rule == "val-rule-crashed"]
    return [f"{f.rule}: {f.where.path}: {f.message}" for f in report.findings if f.rule.startswith(DOCUMENT)]


def refused(document: Any) -> bool:
    """What both validators say."""
    said = {not OURS.is_valid(document), not THEIRS.is_valid(document)}
    assert len(said) == 1
    return said.pop()


@pytest.mark.parametrize("change", {**UNREADABLE, **UNSAID}.values(), ids=[*UNREADABLE, *UNSAID])
def test_what_the_schema_refuses_is_found(change: Any, tmp_path: Path) -> None:
    """Each fault of a list written by hand; a newer version of the standard is none."""
    document = wrong(change)
    assert refused(document)
    assert bool(found(document, tmp_path)) == (document.get("qualdata") != "1.1")


@pytest.mark.parametrize("whole", [SMALL, WHOLE], ids=["small", "every field"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(data=st.data())
def test_after_any_change_something_is_found_where_the_schema_refuses_it(whole: Any, data: st.DataObject, tmp_path: Path) -> None:
    """And nowhere else; in a small document, and in one in which every field of the standard occurs."""
    document = deepcopy(whole)
    holder, key = data.draw(st.sampled_from(list(places(document))))
    change = data.draw(st.sampled_from(["replace", "remove", "add"]))
    if change == "remove":
        del holder[key]
    elif change == "add" and isinstance(holder, dict):
        holder[data.draw(st.sampled_from(["type", "name", "text", "stored", "codes", "new", "x:y"]))] = data.draw(JUNK)
    else:
        holder[key] = data.draw(JUNK)
    event("refused" if refused(document) else "accepted")
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources/P07.txt").touch()  # whether a SHA-256 must be given is asked of files that are there
    assert bool(found(document, tmp_path)) == refused(document)


@pytest.mark.parametrize("what", [None, [], "study", 7])
def test_what_is_no_object_is_found(what: Any, tmp_path: Path) -> None:
    """One finding."""
    assert len(found(what, tmp_path)) == 1


def test_all_faults_are_found_with_their_places(tmp_path: Path) -> None:
    """Not the first alone."""
    document = deepcopy(SMALL)
    document["study"]["title"] = 7
    document["study"]["codes"][0].pop("name")
    report = validate(put(document, tmp_path))
    assert {(f.where.file, f.where.path) for f in report.findings if f.rule == "sch-invalid"} == {("study.json", "title"), ("study.json", "codes[0].name")}
