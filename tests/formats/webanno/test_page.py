"""The page on Web Annotation: each field of the model stands on it once, each property that is written too, and its example holds."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from attrs import fields

import qualdata
from qualdata.model import TextSpan
from qualdata.schema import classes
from tests.formats.webanno.plainly import tags
from tests.loosely import read
from tests.test_docs import DOCS
from tests.test_mapping import UNTOLD

PAGE = DOCS / "standard" / "web-annotation.md"
TEXT = "\U0001f642 Well,\nit was too loud."


@pytest.fixture(scope="module")
def tables() -> str:
    """The tables that are made for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS / "_ext"))
        return "\n\n".join(run_path(str(DOCS / "_ext" / "webannotation.py"))["mapped"]())


def test_each_field_of_the_model_stands_there_once(tables: str) -> None:
    """Every class that a study is made of is there, and each of its fields has a place in the file, or has none."""
    sections = {part.partition("\n")[0]: part for part in re.split(r"^### ", tables, flags=re.MULTILINE)[1:]}
    for cls in classes():
        if cls.__name__ not in sections:
            assert f"~qualdata.model.{cls.__name__}`" in sections["What has no place"], cls
            continue
        section = sections[cls.__name__]
        found = Counter(re.findall(r"^\| `(\w+)` \| ", section, re.MULTILINE))
        for left in re.findall(r"^Web Annotation has no place for (.+)\.$", section, re.MULTILINE):
            found.update(re.findall(r"`(\w+)`", left))
        assert found == Counter(f.alias for f in fields(cls) if f.init and f.name not in UNTOLD | {"reading"}), cls


def test_each_property_that_is_written_stands_there(tables: str, tmp_path: Path) -> None:
    """Those of the example study, of which every line is looked at."""
    qualdata.write(qualdata.example(), tmp_path / "a.jsonld")
    page = PAGE.read_text(encoding="utf-8") + tables
    document = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    assert {key for key in keys({**document, "@context": None}) if key not in page} == set()


def keys(value: Any) -> set[str]:
    """The names of all properties."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def test_its_example_holds(tmp_path: Path) -> None:
    """It says what the page says of it, to us and to a reader that shares no code with us; positions were counted by hand."""
    (example,) = re.findall(r"^```json\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    (tmp_path / "moving.jsonld").write_text(example, encoding="utf-8")
    (tmp_path / "moving-sources").mkdir()
    (tmp_path / "moving-sources" / "talk.txt").write_bytes(TEXT.encode())
    study = read(tmp_path / "moving.jsonld")
    (source,), (memo,) = study.sources, study.memos
    (excerpt,) = source.excerpts
    (coding,) = excerpt.codings
    assert study.reading.remarks == []
    assert (study.title, source.language, source.text[excerpt.span.slice], excerpt.span) == ("SYNTHETIC: Moving house", "en", "it was too loud", TextSpan(8, 23))
    assert (coding.code, study[coding.code].name, study[study[coding.code].parent].name, study[coding.coder].name) == ("P07 why", "Why", "Moving", "Coder A")
    assert (memo.text, coding.memos) == ("Said twice.", [memo.id])
    assert [tag.words for tag in tags(tmp_path / "moving.jsonld")] == ["it was too loud"]
