"""Files from strangers: one sentence for what cannot be read, no contexts fetched, no limit passed."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualdata import FormatError, QualdataError, ReadError, differences
from qualdata.testing import without
from tests.alone import write
from tests.loosely import read

BAD = {
    "cut off": ('{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation', "this is not JSON"),
    "deep": ('{"type": "Annotation", "target": ' + "[" * 100_000, "this is not JSON"),
    "deeper than is safe": ('{"type": "Annotation", "target": ' + "[" * 100 + "]" * 100 + "}", "things stand more than 64 deep"),
    "no annotation": ('{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Person"}', "there is no annotation in this file"),
    "half a character": ('{"type": "Annotation", "target": "\\ud83d"}', "this is not JSON"),
    "a number alone": ("5", "there is no annotation in this file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_gets_one_sentence(kind: str, tmp_path: Path) -> None:
    text, words = BAD[kind]
    (tmp_path / "a.jsonld").write_text(text)
    with pytest.raises(ReadError) as error:
        read(tmp_path / "a.jsonld")
    assert words in error.value.message
    assert error.value.path == str(tmp_path / "a.jsonld")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """A gigabyte of annotations is none."""
    with (tmp_path / "a.jsonld").open("wb") as file:
        file.write(b'{"type": "Annotation"')
        file.truncate((1 << 30) + 1)
    with pytest.raises(ReadError, match="no more than 1,073,741,824 are read"):
        read(tmp_path / "a.jsonld")


def test_other_json_is_not_taken_for_annotations(tmp_path: Path) -> None:
    """Its ending alone makes no file one of annotations."""
    (tmp_path / "a.json").write_text('{"type": "Feature", "note": "Annotation"}')
    with pytest.raises(FormatError):
        read(tmp_path / "a.json")


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither contexts, nor sources, nor selectors, nor further pages; what is elsewhere is told to be absent."""

    def refuse(*arguments: Any) -> NoReturn:
        raise AssertionError("someone is asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    target = {"source": "http://127.0.0.1/a.txt", "selector": ["http://127.0.0.1/s", {"type": "TextQuoteSelector", "exact": "x"}]}
    first = {"type": "AnnotationPage", "items": [{"type": "Annotation", "target": target, "body": "http://127.0.0.1/b"}, "http://127.0.0.1/anno"], "next": "http://127.0.0.1/2"}
    document = {"@context": ["http://127.0.0.1/context.jsonld"], "type": "AnnotationCollection", "first": first}
    (tmp_path / "a.jsonld").write_text(json.dumps(document))
    study = read(tmp_path / "a.jsonld")
    assert [e.quote.exact for e in study.sources[0].excerpts] == ["x"]
    assert "of which the file has only the address, were left out: 1" in study.reading.remarks[-1].message


def test_characters_that_a_study_cannot_hold_are_replaced_and_told(tmp_path: Path) -> None:
    """In values, in names of properties, and written with percent signs in addresses."""
    said = {"type": "Annotation", "id": "urn:qualdata:id:%00", "target": "http://example.org/%01", "ex:\u0001": "\u0002", "body": {"value": "a\u0000b", "purpose": "tagging"}}
    (tmp_path / "a.jsonld").write_text(json.dumps(said))
    study = read(tmp_path / "a.jsonld")
    assert [c.name for c in study.codes] == ["a\ufffdb"]
    assert study.sources[0].codings[0].extra == {"anno:ex:\ufffd": "\ufffd"}
    assert "txt-encoding-damage" in {r.rule for r in study.reading.remarks}
    write(study, tmp_path / "a.qualdata")
    assert [str(d) for d in differences(study, read(tmp_path / "a.qualdata"))] == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n \t"])
def test_a_byte_order_mark_is_read_over(mark: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(mark + b'[{"type": "Annotation", "target": "http://example.org/a"}]')
    assert len(read(tmp_path / "a.json").sources) == 1


def test_two_things_of_one_id_are_told_apart(tmp_path: Path) -> None:
    """The second gets an id that is the same each time, and it is told."""
    one = {"type": "Annotation", "id": "urn:x:1", "target": "http://example.org/a", "body": {"value": "a", "purpose": "tagging"}}
    (tmp_path / "a.jsonld").write_text(json.dumps([one, one]))
    study = read(tmp_path / "a.jsonld")
    first, second = study.sources[0].codings
    assert first.id == "urn:x:1" != second.id
    assert [r.rule for r in study.reading.remarks] == ["ref-duplicate-id"]
    assert [c.id for c in read(tmp_path / "a.jsonld").sources[0].codings] == [first.id, second.id]


_WORDS = [
    "", "a", "tagging", "commenting", "TextualBody", "SpecificResource", "List", "Choice", "Image", "application/pdf", "qualdata:TextSpan", "qualdata:Transcript",
    "TextPositionSelector", "TextQuoteSelector", "FragmentSelector", "t=2,1", "xywh=1,2,3,4", "page=2&x", "http://example.org/a#t=1,2", "urn:uuid:",
    "urn:qualdata:id:%00", "_:b", "../a", "\x00",
]  # fmt: skip
_KEYS = [
    "@context", "id", "type", "target", "body", "bodyValue", "value", "purpose", "motivation", "source", "selector", "refinedBy", "start", "end", "exact", "prefix",
    "items", "first", "next", "creator", "created", "generator", "name", "label", "format", "canonical", "qualdata:of", "qualdata:path", "qualdata:span", "qualdata:start",
    "qualdata:end", "qualdata:quote", "qualdata:memos", "qualdata:weight", "qualdata:syncPoints", "qualdata:codes", "qualdata:sources", "qualdata:contributors", "ex:own",
]  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.sampled_from([0, 1, -1, 1.5, 10**20]) | st.sampled_from(_WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5),
    max_leaves=25,
)


@given(said=st.lists(st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=6), min_size=1, max_size=3), head=st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=4))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_stands_there_is_read_or_refused(said: list[dict[str, Any]], head: dict[str, Any], folder: Path) -> None:
    """And what was read can be kept in a package, and comes back from a collection but for its losses."""
    items = [{"type": "Annotation", "target": "http://example.org/a", **one} for one in said]
    (folder / "a.jsonld").write_text(json.dumps({**head, "type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": items}}))
    try:
        study = read(folder / "a.jsonld", format="web-annotation")
    except QualdataError:
        return
    write(study, folder / "a.qualdata")
    read(folder / "a.qualdata")
    losses = write(study, folder / "b.jsonld")
    assert [str(d) for d in differences(without(study, losses), read(folder / "b.jsonld"))] == []
