"""Extensions: what others add to the standard is kept by all, and checked where their schema is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qualdata import Extension, ReadError, Study, TextSource, read, validate, write
from qualdata.schema import validator

FOLDER = Path(__file__).parents[2] / "examples/extensions/conversation-analysis"
SCHEMA = FOLDER / "conversation-analysis.schema.json"
KITCHEN = FOLDER / "SYNTHETIC-kitchen"
URL = "https://example.org/extensions/conversation-analysis/1.0"
DOCUMENT: Any = json.loads((KITCHEN / "study.json").read_text(encoding="utf-8"))


def source(document: Any) -> Any:
    return document["study"]["sources"][0]


def found(document: Any, folder: Path, *schemas: Path) -> list[tuple[str, str, str | None]]:
    """What the rules about extensions find in a document: rule, message, and the id of the thing."""
    folder.mkdir(exist_ok=True)
    (folder / "study.json").write_text(json.dumps(document), encoding="utf-8")
    return [(f.rule, f.message, f.where.id) for f in validate(folder, extensions=schemas).findings if f.rule.startswith(("sch-", "val-"))]


# ---- the example ----
def test_the_example_is_good_by_the_standard_and_by_its_own_schema(tmp_path: Path) -> None:
    """And its schema is one, each of whose examples is as its property asks."""
    assert validator().is_valid(DOCUMENT)
    assert found(DOCUMENT, tmp_path, SCHEMA) == []
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["$id"] == DOCUMENT["study"]["extensions"][0]["url"] == URL
    Draft202012Validator.check_schema(schema)
    for name, inner in schema["$defs"].items():
        for told in inner["properties"].values():
            assert told["description"], name
            assert told["examples"], name


def test_its_places_are_those_of_its_words() -> None:
    """By hand."""
    study = read(KITCHEN)
    talk = study["kitchen-talk"]
    assert [talk.text[turn.span.slice] for turn in talk.turns] == ["so when are you mo:ving", "u:m (.) not be[fore spring]", "[oh not yet ]", "((shakes head))"]
    assert [segment.text for segment in study.segments()] == ["u:m (.) not be"]


def test_what_it_adds_comes_back(tmp_path: Path) -> None:
    """From a package, and from a project by its sidecar."""
    write(read(KITCHEN), tmp_path / "p.qualdata")
    assert read(tmp_path / "p.qualdata") == read(KITCHEN)
    write(read(KITCHEN), tmp_path / "p.qdpx")
    back = read(tmp_path / "p.qdpx")
    assert back.extensions == read(KITCHEN).extensions
    assert back["repair-1"].extra == {"ca:phenomenon": "repair"}


# ---- right and wrong content ----
WRONG: dict[str, tuple[Callable[[Any], Any], str, str]] = {
    "a system that there is not": (
        lambda d: source(d)["extra"]["ca:conventions"].update(system="Ann's own"),
        'ca:conventions.system: it must be one of "Jefferson", "GAT 2", "HIAT", "CHAT", "other"', "kitchen-talk",
    ),
    "no version": (lambda d: source(d)["extra"]["ca:conventions"].pop("version"), "ca:conventions: 'version' is a required property", "kitchen-talk"),
    "a sign without a meaning": (
        lambda d: source(d)["extra"]["ca:conventions"]["symbols"].append({"sign": "@"}), "ca:conventions.symbols[1]: 'meaning' is a required property", "kitchen-talk",
    ),
    "a sign that is empty": (
        lambda d: source(d)["extra"]["ca:conventions"]["symbols"][0].update(sign=""), "ca:conventions.symbols[0].sign: it must have at least 1 characters", "kitchen-talk",
    ),
    "a name that there is not": (
        lambda d: source(d)["extra"].update({"ca:mood": "Ann is sad"}), "ca: Additional properties are not allowed ('mood' was unexpected)", "kitchen-talk",
    ),
    "a silence that is a text": (lambda d: source(d)["turns"][1]["extra"].update({"ca:silence_before": "Ann"}), 'ca:silence_before: it must be of the type "integer"', "turn-2"),
    "a silence of less than nothing": (lambda d: source(d)["turns"][1]["extra"].update({"ca:silence_before": -1}), "ca:silence_before: it must be at least 0", "turn-2"),
    "an id that is a number": (lambda d: source(d)["turns"][2]["extra"].update({"ca:overlaps": [7]}), 'ca:overlaps[0]: it must be of the type "string"', "turn-3"),
    "a thing it adds nothing to": (lambda d: d["study"]["codes"][0].update(extra={"ca:phenomenon": "repair"}), "ca: the extension adds nothing to a Code", "repair"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_wrong_content_is_found_where_it_stands_and_never_shown(what: str, tmp_path: Path) -> None:
    """One finding, which names the place and what is asked, not what is there."""
    change, message, id = WRONG[what]
    document = deepcopy(DOCUMENT)
    change(document)
    assert validator().is_valid(document)
    assert found(document, tmp_path, SCHEMA) == [("sch-extension-invalid", message, id)]
    assert "Ann" not in message


def test_without_its_schema_it_is_told_that_nothing_was_checked(tmp_path: Path) -> None:
    """A warning, whatever stands there; also where the schema of another extension was given."""
    document = deepcopy(DOCUMENT)
    WRONG["no version"][0](document)
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"$id": "https://example.org/other"}))
    for schemas in ((), (other,)):
        [(rule, message, _)] = found(document, tmp_path / "p", *schemas)
        assert rule == "sch-extension-unverified"
        assert message == "content of 4 parts of the study belongs to the extension ca, which was not checked"


def test_the_url_says_which_extension_it_is_not_the_prefix(tmp_path: Path) -> None:
    """Another study may use another prefix for it."""
    document = json.loads(json.dumps(DOCUMENT).replace('"ca:', '"talk:').replace('"prefix": "ca"', '"prefix": "talk"'))
    assert found(document, tmp_path, SCHEMA) == []
    source(document)["extra"]["talk:numbered"] = 1
    assert found(document, tmp_path, SCHEMA) == [("sch-extension-invalid", 'talk:numbered: it must be of the type "boolean"', "kitchen-talk")]


def test_a_study_in_memory_is_checked_too() -> None:
    """With the same words."""
    study = Study(extensions=[Extension(prefix="ca", url=URL)], sources=[TextSource(id="t", text="x", extra={"ca:numbered": "yes"})])
    assert [f.message for f in validate(study, extensions=[SCHEMA]).findings if f.rule == "sch-extension-invalid"] == ['ca:numbered: it must be of the type "boolean"']


# ---- what is no schema of an extension ----
NONE: dict[str, tuple[str, str]] = {
    "no JSON": ("words", "not JSON"),
    "too deep": ("[" * 100_000, "not JSON"),
    "a list": ("[]", r"give it an \"\$id\""),
    "no $id": ("{}", r"give it an \"\$id\""),
    "no schema": ('{"$id": "https://example.org/x", "type": 7}', "no JSON Schema"),
    "one that is deep": ('{"$id": "https://example.org/x", ' + '"not": {' * 900 + "}" * 901, "too deep"),
    "an old one": ('{"$id": "https://example.org/x", "$schema": "http://json-schema.org/draft-07/schema#"}', "another version of JSON Schema"),
    "one that refers elsewhere": ('{"$id": "https://example.org/x", "$ref": "https://example.org/y"}', "refers to https://example.org/y, which is another file"),
}


@pytest.mark.parametrize("what", NONE)
def test_what_is_no_schema_is_refused_before_anything_is_looked_at(what: str, tmp_path: Path) -> None:
    """In one sentence with the name of the file."""
    text, words = NONE[what]
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(ReadError, match=words) as caught:
        validate(tmp_path / "there is nothing here", extensions=[tmp_path / "x.json"])
    assert "x.json" in str(caught.value.path)


def test_a_schema_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As any file."""
    with pytest.raises(ReadError, match="cannot be read"):
        validate(KITCHEN, extensions=[tmp_path / "x.json"])


@pytest.mark.parametrize(("pattern", "good", "bad"), [(r"^(?P<a>x)(?P=a)\Z", "xx", "xy"), (r"^\d$", "\u0663", "x"), (r"^x$", "x\n", "y")])
def test_patterns_mean_one_thing_whatever_is_installed(pattern: str, good: str, bad: str, tmp_path: Path) -> None:
    """That which they mean to jsonschema: jsonschema-rs knows no such groups, other digits, or a line end after the end."""
    (tmp_path / "x.json").write_text(json.dumps({"$id": URL, "properties": {"TextSource": {"properties": {"mood": {"pattern": pattern}}}}}))
    for mood, number in ((good, 0), (bad, 1)):
        study = Study(extensions=[Extension(prefix="ca", url=URL)], sources=[TextSource(id="t", text="x", extra={"ca:mood": mood})])
        findings = validate(study, extensions=[tmp_path / "x.json"]).findings
        assert len([f for f in findings if f.rule == "sch-extension-invalid"]) == number
        assert not [f for f in findings if f.rule == "val-rule-crashed"]


# ---- names ----
@pytest.mark.parametrize("name", ["mood", "Lab:mood", ":mood", "1ab:mood", "la b:mood"])
def test_a_name_without_a_prefix_is_refused_everywhere(name: str, tmp_path: Path) -> None:
    """When it is made, when it is written, and when it is read; a study in memory that got one is told of it."""
    with pytest.raises(ValueError, match="has no prefix"):
        Study(extra={name: 1})
    study = Study(id="s", title="x")
    study.extra = {name: 1}
    with pytest.raises(Exception, match="no prefix in small letters"):
        write(study, tmp_path / "p")
    assert not (tmp_path / "p").exists()
    assert [f.rule for f in validate(study).findings if f.rule == "sch-invalid"] == ["sch-invalid"]
