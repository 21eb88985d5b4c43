"""A closed world: a schema refers to itself and to what is shipped, nothing is fetched, and both validators say the same."""

from __future__ import annotations

import builtins
import json
import socket
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qualdata import ReadError, Study, write
from qualdata.formats.refi.sidecar import beside
from qualdata.schema import Checker, closed, schema, validator
from qualdata.schema.examples import COMPLETE
from qualdata.testing import studies
from tests.test_schema import JUNK, places

WHOLE = json.loads(COMPLETE.read_text(encoding="utf-8"))
SIDECAR = json.loads(COMPLETE.with_name("sidecar.json").read_text(encoding="utf-8"))


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


# ---- the closed world ----
@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("ref", ["https://example.org/other.json", "other.json", "file:///etc/passwd", "http://127.0.0.1:9/x.json#/$defs/a", "urn:example:other"])
@pytest.mark.parametrize("place", ["$ref", "$dynamicRef"])
def test_a_reference_to_another_file_is_refused_in_words(ref: str, place: str) -> None:
    """It names what is referred to, and says what to do; nothing is opened."""
    with pytest.raises(ReadError, match="nothing is fetched") as caught:
        closed({"$id": "https://example.org/mine", "properties": {"a": {place: ref}}})
    assert ref in caught.value.message


@pytest.mark.usefixtures("no_network")
def test_a_schema_may_refer_to_itself_and_to_what_is_shipped() -> None:
    """By a pointer, by its own name, and to a class of the standard."""
    own = {"$id": "https://example.org/mine", "$defs": {"n": {"type": "integer"}}}
    refs = {"a": "#/$defs/n", "b": "https://example.org/mine#/$defs/n", "c": "urn:qualdata:schema:1.0:study#/$defs/TextSpan"}
    checker = closed({**own, "properties": {name: {"$ref": ref} for name, ref in refs.items()}})
    assert checker.is_valid({"a": 1, "b": 2, "c": {"type": "text", "start": 0, "end": 1}})
    for wrong in ({"a": "1"}, {"b": "2"}, {"c": {"type": "text", "start": 0}}):
        assert not checker.is_valid(wrong)


def test_a_reference_to_what_is_not_there_is_refused() -> None:
    """In the schema itself."""
    with pytest.raises(ReadError, match="not in it"):
        closed({"properties": {"a": {"$ref": "#/$defs/nothing"}}})


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "another version of JSON Schema"),
        ({"type": "text"}, "no JSON Schema"),
        ({"properties": []}, "no JSON Schema"),
    ],
)
def test_what_is_no_schema_is_refused(document: Any, words: str) -> None:
    """In one sentence."""
    with pytest.raises(ReadError, match=words):
        closed(document)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("of", ["study", "sidecar", "report", "table"])
def test_what_is_shipped_is_closed(of: str) -> None:
    """All that it refers to is shipped."""
    assert closed(schema(of)).schema["$id"] == f"urn:qualdata:schema:1.0:{of}"


# ---- one verdict ----
def verdicts(document: Any, of: str) -> set[bool]:
    """What jsonschema-rs, jsonschema, and the whole of errors say."""
    fast, slow = Checker(schema(of)), Checker(schema(of), fast=False)
    return {fast.is_valid(document), slow.is_valid(document), not [*fast.errors(document)], not [*slow.errors(document)]}


def test_the_fast_validator_gives_the_verdict_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one says what is wrong; without the extra it gives the verdict too."""
    checker = Checker(schema())
    assert isinstance(checker.judge, jsonschema_rs.Draft202012Validator)
    assert isinstance(checker.teller, Draft202012Validator)
    original = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "jsonschema_rs":
            raise ImportError(name)
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    alone = Checker(schema())
    assert alone.judge is alone.teller
    assert alone.is_valid(WHOLE)
    assert not alone.is_valid({})


@pytest.mark.parametrize(("of", "document"), [("study", WHOLE), ("sidecar", SIDECAR)])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80, deadline=None)
@given(data=st.data())
def test_both_validators_give_one_verdict_of_a_changed_document(of: str, document: Any, data: st.DataObject) -> None:
    """Whatever is put, taken out or changed in a document in which every field occurs."""
    changed = deepcopy(document)
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(list(places(changed))))
        change = data.draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "remove":
            del holder[key]
        elif change == "add" and isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["type", "name", "text", "stored", "new", "x:y"]))] = data.draw(JUNK)
        else:
            holder[key] = data.draw(JUNK)
    said = verdicts(changed, of)
    event(f"{said}")
    assert len(said) == 1


# ---- sidecars ----
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30, deadline=None)
@given(study=studies())
def test_every_sidecar_that_is_written_is_accepted(study: Study, tmp_path: Path) -> None:
    """By both validators, and as a study document too."""
    write(study, tmp_path / "s.qdpx", target="nvivo")
    path = beside(tmp_path / "s.qdpx")
    if path.is_file():
        document = json.loads(path.read_bytes())
        assert [e.message for e in validator("sidecar").iter_errors(document)] == []
        assert verdicts(document, "sidecar") == {True}
        assert verdicts(document, "study") == {True}


def holder(document: Any) -> Any:
    return next(s for s in document["study"]["sources"] if s["type"] == "text")


LEAKING: dict[str, Any] = {
    "the text of a source": lambda d: holder(d).update(text="words"),
    "the text of a memo": lambda d: d["study"]["memos"][0].update(text="words"),
    "the text of a transcript": lambda d: d["study"]["sources"][0]["transcripts"][0].update(text="words"),
    "the text of a representation": lambda d: d["study"]["sources"][2]["representation"].update(text="words"),
    "the text in an excerpt": lambda d: holder(d)["excerpts"][0]["representation"].update(text="words"),
    "the name of an excerpt": lambda d: holder(d)["excerpts"][0].update(name="words"),
    "the quotation of an excerpt": lambda d: holder(d)["excerpts"][0].update(quote={"exact": "words"}),
    "a file": lambda d: d["files"].append({"path": "x", "role": "missing"}),
    "the file of a document": lambda d: d["study"]["documents"][0].update(media="documents/x.txt"),
    "another format": lambda d: d["reading"].update(format="qdpx"),
    "no project": lambda d: d["reading"]["layout"].pop("project"),
    "no reading": lambda d: d.pop("reading"),
    "a hash that is none": lambda d: holder(d)["excerpts"][0]["extra"].update({"sidecar:on": "x"}),
    "a field that a study has not": lambda d: d["study"].update(subtitle="x"),
}


@pytest.mark.parametrize("what", LEAKING)
def test_a_sidecar_with_words_or_files_or_of_no_project_is_refused(what: str) -> None:
    """By both validators; without the fault it is accepted."""
    document = deepcopy(SIDECAR)
    assert verdicts(document, "sidecar") == {True}
    LEAKING[what](document)
    assert verdicts(document, "sidecar") == {False}
