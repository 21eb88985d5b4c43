"""The conformance suite: qualdata keeps to it, two JSON Schema validators agree with it, and it leaves nothing out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema_rs
import pytest

from qualdata import QualdataError, read, write
from qualdata.rules import validate
from qualdata.rules.registry import rules
from qualdata.schema import schema, validator
from tests.conformance.make import CASES, INDEX, make
from tests.conformance.misshapen import ROWS, placed
from tests.conformance.plain import segments

HERE = Path(__file__).parent
INDEXED: list[dict[str, Any]] = json.loads((HERE / INDEX).read_text(encoding="utf-8"))["cases"]
VALID = [case for case in INDEXED if case["verdict"] == "valid"]
INVALID = [case for case in INDEXED if case["verdict"] == "invalid"]
SCHEMATIC = [case for case in INDEXED if case["schema"] != "cannot say"]
OURS = validator()
THEIRS = jsonschema_rs.Draft202012Validator(schema())
NOT_OF_A_FILE = {
    "sch-extension-invalid": "it says what the schema of an extension asks, which is never part of a package",
    "prv-log-leak": "it looks for what a list of terms holds, which is never part of a package",
    "pro-file-required": "it says what a profile asks for",
    "pro-file-forbidden": "it says what a profile asks for",
    "val-rule-crashed": "it says that a rule failed",
}
"""The rules of the level error that no package breaks by itself, each with the reason."""


KEYWORDS = ("type", "enum", "const", "pattern", "required", "additionalProperties", "minimum", "maximum", "minLength", "not")
"""What a schema can ask."""


def case_of(case: dict[str, Any]) -> str:
    return str(case["path"])


def document(case: dict[str, Any]) -> Any:
    """The document of a case."""
    path = HERE / case["path"]
    if path.is_dir():
        return json.loads((path / "study.json").read_bytes())
    with ZipFile(path) as archive:
        return json.loads(archive.read("study.json"))


# ---- what the library says ----
@pytest.mark.parametrize("case", INDEXED, ids=case_of)
def test_the_validator_gives_the_verdict_by_the_rule_that_is_named_and_no_other(case: dict[str, Any]) -> None:
    """Of the level error; warnings on what small studies leave unsaid are no matter of conformance."""
    found = {finding.rule for finding in validate(HERE / case["path"]).findings if finding.level == "error"}
    assert found == ({case["rule"]} if case["verdict"] == "invalid" else set())


@pytest.mark.parametrize("case", VALID, ids=case_of)
def test_the_reader_finds_the_words_that_are_written_by_hand(case: dict[str, Any]) -> None:
    """Every coding of every valid case, and no other."""
    found = [(s.coding.id, s.source.name, s.code.name if s.code else None, s.text) for s in read(HERE / case["path"]).segments()]
    assert sorted(found) == sorted(map(tuple, case["expected"]))


@pytest.mark.parametrize("case", VALID, ids=case_of)
def test_what_is_written_of_a_valid_case_is_valid_and_says_the_same(case: dict[str, Any], tmp_path: Path) -> None:
    """By the validator, by the schema, and by the reader in plain Python."""
    path = tmp_path / "study"
    assert write(read(HERE / case["path"]), path) == []
    assert {finding.rule for finding in validate(path).findings if finding.level == "error"} == set()
    written = json.loads((path / "study.json").read_bytes())
    assert OURS.is_valid(written) == (case["schema"] == "accepts")
    assert sorted(segments(path)) == sorted(map(tuple, case["expected"]))


@pytest.mark.parametrize(
    ("name", "version", "kept"), [("newer", "1.1", {"mood", "warmth", "heat", "tempo"}), ("extension", "1.0", {"lab:room", "door", "lab:rank", "lab:tags"})]
)
def test_what_is_not_known_is_written_as_it_was(name: str, version: str, kept: set[str], tmp_path: Path) -> None:
    """Fields of a newer version, and those of an extension."""
    write(read(HERE / "valid" / name), tmp_path / "study")
    written = json.loads((tmp_path / "study" / "study.json").read_bytes())
    assert written["qualdata"] == version
    assert kept <= set(keywords(written))


@pytest.mark.parametrize("case", [case for case in INVALID if case.get("refuse")], ids=case_of)
def test_the_reader_refuses_what_no_reader_may_read(case: dict[str, Any]) -> None:
    """In one sentence."""
    with pytest.raises(QualdataError):
        read(HERE / case["path"])


@pytest.mark.parametrize("case", VALID, ids=case_of)
def test_a_reader_of_a_few_lines_finds_the_same_words(case: dict[str, Any]) -> None:
    """It is written in plain Python and shares no code with the library, so what is written by hand is right by two witnesses."""
    assert sorted(segments(HERE / case["path"])) == sorted(map(tuple, case["expected"]))


# ---- what validators of JSON Schema say ----
@pytest.mark.parametrize("case", SCHEMATIC, ids=case_of)
def test_two_validators_of_json_schema_agree_with_the_suite(case: dict[str, Any]) -> None:
    """Both accept, or both refuse; and what is named in the suite is among what they say."""
    value, said = document(case), case["schema"]
    assert OURS.is_valid(value) == THEIRS.is_valid(value) == (said == "accepts")
    if said != "accepts":
        assert (said["instance"], said["keyword"]) in {(pointer(e.absolute_path), e.validator) for e in OURS.iter_errors(value)}
        assert (said["instance"], said["keyword"]) in {(pointer(e.instance_path), e.schema_path[-1]) for e in THEIRS.iter_errors(value)}


def pointer(steps: Any) -> str:
    """A place as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_only_one_thing_is_wrong_in_a_misshapen_document(row: Any) -> None:
    """Without it, the schema accepts the document."""
    assert OURS.is_valid(placed(row, row.least)[0])


# ---- that nothing is left out ----
def test_every_class_and_every_field_of_the_standard_stands_in_the_valid_case_named_whole() -> None:
    """Whoever adds a class or a field is told here."""
    missing = {f"{name}.{field}" for name, told in schema()["$defs"].items() for field in told.get("properties", {})} - set(told_by(document(whole()), schema()))
    assert not missing


def whole() -> dict[str, Any]:
    return next(case for case in VALID if case["path"] == "valid/whole")


def told_by(value: Any, of: dict[str, Any], name: str = "") -> Iterator[str]:
    """Every field that a document says, as `Class.field`."""
    if "$ref" in of:
        name = of["$ref"].rpartition("/")[2]
        of = schema()["$defs"][name]
    for branch in of.get("allOf", ()):
        if branch["if"]["properties"]["type"]["const"] == value["type"]:
            yield from told_by(value, branch["then"])
    for key in set(value) & set(of.get("properties", ())) if isinstance(value, dict) else ():
        yield f"{name}.{key}"
        yield from told_by(value[key], of["properties"][key])
    for inner in value if isinstance(value, list) and "items" in of else ():
        yield from told_by(inner, of["items"])


def test_every_constraint_of_every_class_has_a_case() -> None:
    """Of each class: a required field left out, a field there is not, a value of another type, a word that is none of those allowed."""
    has = {(row.name, keyword) for row in ROWS for keyword, *_ in row.wrong()}
    asked = {(name, keyword) for name, told in {"Root": schema(), **schema()["$defs"]}.items() if "title" in told for keyword in constraints(told)}
    assert asked - has == set()


def constraints(told: dict[str, Any]) -> Iterator[str]:
    if set(told.get("required", [])) - {"type"}:  # what has no type is of no class yet
        yield "required"
    assert told["additionalProperties"] is False
    yield from ("additionalProperties", "type")
    if any("enum" in field for field in told["properties"].values()):
        yield "enum"


def test_every_kind_of_constraint_has_a_case() -> None:
    """Patterns, bounds and what else the schema asks."""
    asked = {key for key in keywords(schema()) if key in KEYWORDS}
    assert asked == {case["schema"]["keyword"] for case in INVALID if isinstance(case["schema"], dict)}


def keywords(value: Any) -> Iterator[str]:
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield key
        yield from keywords(inner)
    for inner in value if isinstance(value, list) else ():
        yield from keywords(inner)


def test_every_rule_that_a_package_can_break_has_a_case() -> None:
    """Of the level error, but for those that need more than the package."""
    errors = {rule.id for rule in rules() if rule.level == "error" and "package" in rule.over}
    assert errors - {case.get("rule") for case in INVALID} == set(NOT_OF_A_FILE)


def test_every_page_that_a_case_names_is_there() -> None:
    """So that whoever fails a case finds out why."""
    assert [case["page"] for case in INDEXED if not (HERE.parents[1] / case["page"]).is_file()] == []


# ---- the files ----
def test_the_files_are_those_that_are_made(tmp_path: Path) -> None:
    """`python -m tests.conformance.make` was run since a case was changed, and no file is left over."""
    make(tmp_path)
    assert contents(tmp_path) == {name: data for name, data in contents(HERE).items() if name.split("/")[0] in ("valid", "invalid", INDEX)}


def contents(root: Path) -> dict[str, Any]:
    """All files by their paths: bytes, or of a ZIP file that is whole its members, as versions of zlib pack differently."""
    return {path.relative_to(root).as_posix(): unpacked(path.read_bytes()) for path in root.rglob("*") if path.is_file() and "node_modules" not in path.parts}


def unpacked(data: bytes) -> Any:
    if not data.startswith(b"PK") or data[-22:-18] != b"PK\x05\x06":
        return data
    with ZipFile(BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def test_everything_in_the_suite_says_that_it_is_made_up() -> None:
    """Every document that has a place for it, and the index."""
    assert json.loads((HERE / INDEX).read_text(encoding="utf-8"))["synthetic"] is True
    silent = [case.path for case in CASES if isinstance(case.document, dict) and not says_so(case.document.get("study", {}))]
    assert silent == ["valid/minimal", "invalid/schema/root-required"]


def says_so(study: dict[str, Any]) -> bool:
    return bool(study.get("synthetic")) or "SYNTHETIC" in study.get("title", "")
