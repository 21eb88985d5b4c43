"""What the schema promises: it says what the classes say, accepts what we write, and refuses what we cannot read."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from attrs import fields
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qualdata import Code, Document, PdfSource, ReadError, Study, TextSource, read, write
from qualdata.model import Media, Memo
from qualdata.schema import ID_OF_SCHEMA, SHIPPED, classes, described, made, schema, text_of, validator
from qualdata.testing import studies
from qualdata.testing.drawing import rules

for _cls in classes():  # cattrs resolves the types of classes in place, and `rules` reads them as text: before anything is written
    rules(_cls, True)

OURS = validator()
THEIRS = jsonschema_rs.Draft202012Validator(schema())
KEYWORDS = ("$ref", "type", "enum", "const", "oneOf", "pattern", "properties", "items")
SAMPLES = (
    "nvivo-win-12.6-scrubbed.qdpx",
    "atlasti-8.4-standard-project.qde",
    "atlasti-8.4-sources-missing.qdpx",
    "qualcoder-neutral.qdpx",
    "qualcoder-neutral-crlf.qdpx",
    "qualilab-stress.qdpx",
)
MINIMAL: dict[str, Any] = {"qualdata": "1.0", "study": {}}
SMALL: dict[str, Any] = {
    "qualdata": "1.0",
    "study": {
        "id": "1",
        "title": "Moves \U0001f600",
        "extra": {"maxqda:x": [None, 1.5, {"a": "b"}]},
        "codes": [{"id": "c", "name": "Moving", "origin": "a priori"}, {"id": "d", "name": "Why", "parent": "C"}],
        "cases": [{"id": "p", "name": "P1", "values": [{"variable": "v", "value": "41", "type": "Integer"}]}],
        "sources": [
            {
                "type": "text", "id": "t", "text": "So, we\r\nmoved.",
                "excerpts": [{"id": "e", "span": {"type": "text", "start": 4, "end": 6}, "codings": [{"id": "k", "code": "c"}]}],
            },
            {"type": "pdf", "id": "f", "path": "internal://f.pdf", "representation": {"type": "text", "id": "r", "text": ""}},
        ],
        "memos": [{"id": "m", "text": "A thought."}],
    },
    "files": [{"path": "internal://f.pdf", "role": "missing"}],
    "reading": {"format": "qdpx", "profile": {"unit": "utf-16"}, "layout": {"members": ["project.qde"]}},
}
"""A document written by hand: only what is needed of each of some things."""


def refused(document: Any) -> tuple[bool, bool]:
    """Whether each of the two validators refuses a document."""
    return not OURS.is_valid(document), not THEIRS.is_valid(document)


def complaint(document: Any) -> str | None:
    """What `jsonschema` says is wrong, and the place."""
    found = next(OURS.iter_errors(document), None)
    return found and f"{found.json_path}: {found.message[:300]}"


def put(document: Any, folder: Path) -> Path:
    """A package of a document alone."""
    folder.mkdir(exist_ok=True)
    path = folder / "study.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")  # escapes alone would make the reader look twice
    return path


def written(study: Study, path: Path) -> Any:
    """The document that is written of a study."""
    write(study, path)
    return json.loads((path / "study.json").read_text(encoding="utf-8"))


# ---- the schema itself ----
def test_the_schema_is_one() -> None:
    """By the metaschema, in both implementations."""
    Draft202012Validator.check_schema(schema())
    jsonschema_rs.meta.validate(schema())


def test_the_shipped_schema_is_the_one_of_the_classes() -> None:
    """`make schemas` was run since the classes changed, and its file has the bytes that it would write now."""
    shipped = Path(inspect.getfile(Study)).parents[2] / "schemas" / SHIPPED["study"]
    if not shipped.is_file():
        pytest.skip("the library does not stand in a checkout")
    assert shipped.read_bytes().decode() == text_of(made()), "the classes changed: run make schemas"


def test_the_schema_has_a_name_that_is_no_address_and_refers_to_nothing_else() -> None:
    """Nothing need ever be fetched."""
    assert schema()["$id"] == ID_OF_SCHEMA == "urn:qualdata:schema:1.0:study"
    names = {f"#/$defs/{name}" for name in schema()["$defs"]}
    references = {part["$ref"] for part in parts(schema()) if isinstance(part.get("$ref"), str)}
    assert references == names


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in some JSON."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


@pytest.mark.parametrize("cls", classes(), ids=lambda cls: cls.__name__)
def test_every_class_and_field_is_described(cls: type) -> None:
    """In the words of the class; every field says what it may hold, or that it may hold anything."""
    said = schema()["$defs"][cls.__name__]
    assert said["description"] == inspect.getdoc(cls)
    for name, field in said["properties"].items():
        assert field["description"].strip(), name
        assert any(k in field for k in KEYWORDS), name
    assert {f.name for f in fields(cls) if f.init} <= set(described(cls))


def test_what_stands_under_a_field_is_read_with_what_is_inherited() -> None:
    """Written here by hand; a class that declares a field again describes it anew."""
    assert described(Memo)["kind"].startswith("`analytic`, `method`")
    assert described(Memo)["created"] == "When it was made."
    assert described(Code)["id"] == "A GUID, or any string without a `#`; kept as written. REFI-QDA needs a GUID (clause 3.7)."
    assert described(Study)["id"].startswith("A GUID. Not compared")


def test_fields_say_what_they_hold() -> None:
    """A sample of each kind of type, by hand."""
    defs = schema()["$defs"]
    code, excerpt, text, memo = (defs[n]["properties"] for n in ("Code", "Excerpt", "TextSource", "Memo"))
    assert without_words(code["name"]) == {"$ref": "#/$defs/text"}
    assert without_words(code["id"]) == {"$ref": "#/$defs/id"}
    assert without_words(code["parent"]) == {"$ref": "#/$defs/reference"}
    assert without_words(code["memos"]) == {"type": "array", "items": {"$ref": "#/$defs/reference"}}
    assert without_words(code["origin"]) == {"enum": ["a priori", "inductive", "abductive"]}
    assert without_words(code["codable"]) == {"type": "boolean", "default": True}
    assert without_words(excerpt["span"]) == {"$ref": "#/$defs/Span"}
    assert [one["then"]["$ref"][8:] for one in defs["Span"]["allOf"]] == ["TextSpan", "TimeSpan", "AreaSpan", "PageSpan", "TranscriptSpan"]
    assert without_words(text["stored"]) == {"$ref": "#/$defs/file"}
    assert without_words(text["text"]) == {"$ref": "#/$defs/text"}
    assert text["type"]["const"] == "text"
    assert "type" not in memo
    assert defs["TextSource"]["required"] == ["type"]
    assert defs["Coding"]["required"] == ["code"]
    assert "reading" not in defs["Study"]["properties"]


def without_words(field: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in field.items() if k not in ("description", "examples") and not k.startswith("x-")}


# ---- good documents ----
@pytest.mark.parametrize("document", [MINIMAL, SMALL])
def test_a_document_made_by_hand_is_accepted_and_read(document: Any, tmp_path: Path) -> None:
    """The least there can be, and a small one."""
    assert complaint(document) is None
    assert refused(document) == (False, False)
    assert read(put(document, tmp_path)).title == document["study"].get("title", "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(study=studies())
def test_every_document_that_is_written_is_accepted(study: Study, tmp_path: Path) -> None:
    """Whatever the study."""
    document = written(study, tmp_path / "package")
    assert complaint(document) is None
    assert refused(document) == (False, False)


def test_files_that_are_there_and_missing_are_accepted(tmp_path: Path) -> None:
    """A text that becomes a file, a PDF, a document whose role happens to be `missing`, and a file that is not there."""
    (tmp_path / "a b.pdf").write_bytes(b"%PDF")
    study = Study(sources=[TextSource(text="words"), PdfSource(media=Media.file(tmp_path / "a b.pdf"), path="internal://a b.pdf"), PdfSource(path="absolute:///x.pdf")])
    study.add(Document(role="missing", media=Media.file(tmp_path / "a b.pdf")))
    document = written(study, tmp_path / "package")
    assert [f["role"] for f in document["files"]] == ["source", "source", "missing", "missing"]
    assert complaint(document) is None
    assert refused(document) == (False, False)


@pytest.mark.samples
@pytest.mark.parametrize("name", SAMPLES)
def test_the_document_of_every_real_file_is_accepted(name: str, samples: Path, tmp_path: Path) -> None:
    """By both validators, as the programs wrote them."""
    document = written(read(samples / name), tmp_path / "package")
    assert complaint(document) is None
    assert refused(document) == (False, False)


# ---- wrong documents ----
def wrong(change: Callable[[Any], Any]) -> Any:
    """The small document with one change."""
    document = deepcopy(SMALL)
    change(document)
    return document


def text(document: Any) -> Any:
    return document["study"]["sources"][0]


def span(document: Any) -> Any:
    return text(document)["excerpts"][0]["span"]


UNREADABLE: dict[str, Callable[[Any], Any]] = {
    "no version": lambda d: d.pop("qualdata"),
    "a version that is a number": lambda d: d.update(qualdata=1.0),
    "another version": lambda d: d.update(qualdata="2.0"),
    "no study": lambda d: d.pop("study"),
    "a study that is a list": lambda d: d.update(study=[]),
    "a field beside the study": lambda d: d.update(notes=[]),
    "a field that there is not": lambda d: d["study"].update(subtitle="x"),
    "a field that there is not, deep": lambda d: span(d).update(unit="x"),
    "the study's reading within it": lambda d: d["study"].update(reading={}),
    "a title that is a number": lambda d: d["study"].update(title=7),
    "a number that is a text": lambda d: span(d).update(start="4"),
    "a number with a part": lambda d: span(d).update(start=4.5),
    "a number that is true": lambda d: span(d).update(start=True),
    "a position that is missing": lambda d: span(d).pop("end"),
    "a yes that is a number": lambda d: d["study"].update(synthetic=1),
    "codes in an object": lambda d: d["study"].update(codes={"c": {"name": "Moving"}}),
    "a code that is a text": lambda d: d["study"].update(codes=["Moving"]),
    "a code without a name": lambda d: d["study"]["codes"][0].pop("name"),
    "an origin that is no word for one": lambda d: d["study"]["codes"][0].update(origin="guessed"),
    "an origin without a word": lambda d: d["study"]["codes"][0].update(origin=""),
    "memos that are no list": lambda d: d["study"]["codes"][0].update(memos="m"),
    "a memo that is a number": lambda d: d["study"]["codes"][0].update(memos=[1]),
    "a reference that is a number": lambda d: d["study"]["codes"][1].update(parent=1),
    "a coding without a code": lambda d: text(d)["excerpts"][0]["codings"][0].pop("code"),
    "a source without a type": lambda d: text(d).pop("type"),
    "a source of a type that there is not": lambda d: text(d).update(type="hologram"),
    "a source with a field of another": lambda d: text(d).update(transcripts=[]),
    "an excerpt without a span": lambda d: text(d)["excerpts"][0].pop("span"),
    "a span without a type": lambda d: span(d).pop("type"),
    "a span of another type": lambda d: span(d).update(type="area"),
    "a memo with a type": lambda d: d["study"]["memos"][0].update(type="text"),
    "a file above the package": lambda d: text(d).update(stored="sources/../../x.txt"),
    "a file from the root": lambda d: text(d).update(stored="/etc/passwd"),
    "a file on a drive": lambda d: text(d).update(stored="C:/x.txt"),
    "a file with a backslash": lambda d: text(d).update(stored="sources\\x.txt"),
    "a file without a name": lambda d: text(d).update(stored=""),
    "a file that is a number": lambda d: text(d).update(stored=7),
    "the document as a file": lambda d: text(d).update(stored="study.json"),
    "the document as a file, in other words": lambda d: text(d).update(stored=".//STUDY.json/."),
    "a file with a line break": lambda d: text(d).update(stored="x.txt\n"),
    "a number beyond what all programs can hold": lambda d: span(d).update(end=2**53),
    "an extension without a URL": lambda d: d["study"].update(extensions=[{"prefix": "lab"}]),
    "an extension with a prefix in capitals": lambda d: d["study"].update(extensions=[{"prefix": "Lab", "url": "https://example.org/1"}]),
    "an extension with a prefix that goes on": lambda d: d["study"].update(extensions=[{"prefix": "lab\n", "url": "https://example.org/1"}]),
    "an extension with no prefix": lambda d: d["study"].update(extensions=[{"prefix": "", "url": "https://example.org/1"}]),
    "an extra without a prefix": lambda d: d["study"].update(extra={"x": 1}),
    "an extra with a prefix in capitals": lambda d: d["study"].update(extra={"X:y": 1}),
    "an extra that is a list": lambda d: d["study"].update(extra=[]),
    "a character that XML cannot hold": lambda d: text(d).update(text="a\x0bb"),
    "such a character in an extra": lambda d: d["study"].update(extra={"x:y": [{"z": "\x00"}]}),
    "the last character of the plane": lambda d: d["study"].update(title="\uffff"),
    "a way of counting that there is not": lambda d: d["reading"]["profile"].update(unit="words"),
    "a field that a reading has not": lambda d: d["reading"].update(colour="red"),
}
"""What is wrong with the small document after each change."""

UNSAID: dict[str, Callable[[Any], Any]] = {
    "a newer version": lambda d: d.update(qualdata="1.1"),
    "an empty id": lambda d: d["study"]["codes"][0].update(id=""),
    "null for what is absent": lambda d: d["study"].update(abstract=None),
    "null for what is absent, deep within": lambda d: d["study"]["sources"][0]["excerpts"][0]["codings"][0].update(coder=None),
    "null instead of an extra": lambda d: d["study"]["codes"][0].update(extra=None),
    "a text of a PDF that does not say its type": lambda d: d["study"]["sources"][1]["representation"].pop("type"),
    "a file without a role": lambda d: d["files"][0].pop("role"),
    "a file without a path": lambda d: d["files"][0].pop("path"),
    "a file that is there without a SHA-256": lambda d: d["files"][0].update(role="source"),
    "a SHA-256 that goes on": lambda d: d["files"][0].update(role="source", path="x", size=1, media_type="a/b", sha256="0" * 64 + "\n"),
    "the document among the files": lambda d: d["files"][0].update(role="source", path="study.json", size=1, media_type="a/b", sha256="0" * 64),
    "a SHA-256 that is none": lambda d: d["files"][0].update(role="source", path="x", size=1, media_type="a/b", sha256="AB"),
    "a file of less than no bytes": lambda d: d["files"][0].update(role="source", path="x", size=-1, media_type="a/b", sha256="0" * 64),
}
"""What the standard forbids though our reader takes it."""


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_wrong_document_is_refused_by_both_validators_and_by_the_reader(what: str, tmp_path: Path) -> None:
    """Three who share no code say the same."""
    document = wrong(UNREADABLE[what])
    assert refused(document) == (True, True)
    with pytest.raises(ReadError):
        read(put(document, tmp_path))


@pytest.mark.parametrize("what", UNSAID)
def test_the_schema_is_stricter_than_the_reader(what: str, tmp_path: Path) -> None:
    """It tells writers what the standard asks of them; the reader takes what it can understand."""
    document = wrong(UNSAID[what])
    assert refused(document) == (True, True)
    read(put(document, tmp_path))


@pytest.mark.parametrize("document", [None, [], "study", 7])
def test_what_is_no_object_is_refused(document: Any, tmp_path: Path) -> None:
    """By all three."""
    assert refused(document) == (True, True)
    with pytest.raises(ReadError):
        read(put(document, tmp_path))


JUNK = st.sampled_from([None, True, 0, -1, 1.5, 2.0, "", "text", "a\x0cb", [], [1], ["x"], {}, {"x": 1}])


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each place in some JSON: what holds it, and its key there."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(data=st.data())
def test_what_the_schema_accepts_is_read(data: st.DataObject, tmp_path: Path) -> None:
    """After any one change the validators agree, and what they accept can be read unless a file that it names is not there."""
    document = deepcopy(SMALL)
    holder, key = data.draw(st.sampled_from(list(places(document))))
    change = data.draw(st.sampled_from(["replace", "remove", "add"]))
    if change == "remove":
        del holder[key]
    elif change == "add" and isinstance(holder, dict):
        holder[data.draw(st.sampled_from(["type", "name", "text", "stored", "codes", "new", "x:y"]))] = data.draw(JUNK)
    else:
        holder[key] = data.draw(JUNK)
    ours, theirs = refused(document)
    assert ours == theirs
    event("refused" if ours else "accepted")
    if not ours:
        try:
            read(put(document, tmp_path))
        except ReadError as error:
            assert "is not in the package" in error.message  # noqa: PT017 # most are read
