"""What is wrong is told where it is: of several kinds of source or span, the schema looks at the one that `type` names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest

from qualdata.schema import schema, validator
from tests.test_schema import SMALL, parts, span, text

OURS = validator()
THEIRS = jsonschema_rs.Draft202012Validator(schema())

BROKEN: dict[str, tuple[Callable[[Any], Any], tuple[str | int, ...], str]] = {
    "a field that a text has not": (lambda d: text(d).update(transcripts=[]), ("study", "sources", 0), "transcripts"),
    "a name that is a number": (lambda d: text(d).update(name=7), ("study", "sources", 0, "name"), "string"),
    "a word for access that there is not": (lambda d: text(d).update(access="secret"), ("study", "sources", 0, "access"), "open"),
    "an access of the PDF": (lambda d: d["study"]["sources"][1].update(access="secret"), ("study", "sources", 1, "access"), "open"),
    "a kind that there is not": (lambda d: text(d).update(type="hologram"), ("study", "sources", 0, "type"), "picture"),
    "no kind": (lambda d: text(d).pop("type"), ("study", "sources", 0), "type"),
    "a text within the PDF": (lambda d: d["study"]["sources"][1]["representation"].update(text=7), ("study", "sources", 1, "representation", "text"), "string"),
    "a start that is a text": (lambda d: span(d).update(start="4"), ("study", "sources", 0, "excerpts", 0, "span", "start"), "integer"),
    "no end": (lambda d: span(d).pop("end"), ("study", "sources", 0, "excerpts", 0, "span"), "end"),
    "a field that a span has not": (lambda d: span(d).update(page=1), ("study", "sources", 0, "excerpts", 0, "span"), "page"),
    "a kind of span that there is not": (lambda d: span(d).update(type="words"), ("study", "sources", 0, "excerpts", 0, "span", "type"), "text"),
    "a coding without its code": (lambda d: text(d)["excerpts"][0]["codings"][0].pop("code"), ("study", "sources", 0, "excerpts", 0, "codings", 0), "code"),
}


def broken(what: str) -> Any:
    """The small document with one fault."""
    document = deepcopy(SMALL)
    BROKEN[what][0](document)
    return document


def told(document: Any) -> dict[str, Iterator[tuple[tuple[str | int, ...], str]]]:
    """What each validator says is wrong, and where."""
    return {
        "jsonschema": ((tuple(e.absolute_path), e.message) for e in OURS.iter_errors(document)),
        "jsonschema-rs": ((tuple(e.instance_path), e.message) for e in THEIRS.iter_errors(document)),
    }


@pytest.mark.parametrize("by", ["jsonschema", "jsonschema-rs"])
@pytest.mark.parametrize("what", BROKEN)
def test_one_fault_is_told_once_in_its_place(what: str, by: str) -> None:
    """With the word that says what it is; not that none of several schemas fits."""
    _, place, word = BROKEN[what]
    [(where, message)] = told(broken(what))[by]
    assert where == place
    assert word in message
    assert "given schemas" not in message
    assert "oneOf" not in message


@pytest.mark.parametrize("of", ["study", "sidecar", "report", "table"])
def test_no_schema_leaves_open_which_of_several_is_meant(of: str) -> None:
    """What may be of several kinds says by its `type` which it is."""
    assert [part for part in parts(schema(of)) if "oneOf" in part or "anyOf" in part] == []
