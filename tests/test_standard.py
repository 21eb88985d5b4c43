"""The pages of the standard: they leave no class and no field out, their examples are valid, and what they ask can be cited."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from qualdata.model import Codec, Profile
from qualdata.schema import Checker, classes, schema
from tests.test_docs import DOCS

PAGES = sorted((DOCS / "standard").glob("*.md"))
ELSEWHERE = ("conformance-suite.md", "web-annotation.md")
"""Pages on other things than study documents, whose JSON is of another kind."""
EXAMPLE = re.compile(r"(?:^<!-- example: (\w+) -->\n)?^```json\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WORD = re.compile(r"\b(?:MUST|SHOULD|MAY)\b")
STATEMENT = re.compile(r"\*\*([A-Z]\d+)\.?\*\*")


def examples() -> list[Any]:
    """Each example in JSON: the class that it is of, or none for a document, and its text."""
    return [
        pytest.param(found[1], found[2], id=f"{page.stem}-{n}")
        for page in PAGES
        if page.name not in ELSEWHERE
        for n, found in enumerate(EXAMPLE.finditer(page.read_text(encoding="utf-8")), 1)
    ]


def prose(page: Path) -> str:
    """A page without its examples."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def extension(request: pytest.FixtureRequest) -> Any:
    """A module that makes parts of the pages, by its name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS / "_ext"))
        return run_path(str(DOCS / "_ext" / f"{request.param}.py"))


@pytest.mark.parametrize(("cls", "text"), examples())
def test_every_example_is_valid(cls: str | None, text: str) -> None:
    """By the schema: as a whole document, or as what the comment before it says that it is."""
    of = {"$ref": f"{schema()['$id']}#" + (f"/$defs/{cls}" if cls else "")}
    assert [f"{error.json_path}: {error.message}" for error in Checker(of).errors(json.loads(text))] == []


def test_examples_in_json_are_found() -> None:
    """None hides under another name."""
    for page in PAGES:
        assert not re.search(r"^(?:```|~~~)\s*(?:\{code-block\}\s*json|JSON|jsonc)", page.read_text(encoding="utf-8"), re.MULTILINE), page
    assert len(examples()) > 25


@pytest.mark.parametrize("extension", ["standard"], indirect=True)
def test_every_class_and_field_has_its_place(extension: Any) -> None:
    """Each class has one table; each of its fields stands in that, or in the table of a class that it shares the field with."""
    tables = Counter(name for page in PAGES for name in re.findall(r"^```\{fields\} (\w+)$", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert tables == Counter(extension["names"]())
    for cls in classes():
        told = {field for base in cls.__mro__ if base.__name__ in tables for field in extension["own"](base.__name__)}
        assert told >= set(schema()["$defs"][cls.__name__]["properties"]), cls


@pytest.mark.parametrize("extension", ["diagram"], indirect=True)
def test_the_picture_of_the_model_is_true(extension: Any) -> None:
    """Each box and arrow in it is in the model, and each list of a study is in it."""
    extension["check"]()


def test_each_statement_has_a_number_of_its_own() -> None:
    """What has MUST, SHOULD or MAY in it can be cited, and no number is given twice."""
    given = Counter[str]()
    for page in PAGES:
        for paragraph in re.split(r"\n\n+", prose(page)):
            given.update(re.findall(r"(?:^|\()\*\*([A-Z]\d+)\.?\*\*", paragraph, re.MULTILINE))
            for piece in re.split(r"\n(?=\d+\. |- |\|)", paragraph):
                assert not WORD.search(piece) or STATEMENT.search(piece) or "RFC 2119" in piece or re.match(r"[A-Z, ]+\n: ", piece), f"{page.name}: {piece}"
    assert {number: times for number, times in given.items() if times > 1} == {}


def test_positions_in_three_units_are_those_of_the_library() -> None:
    """The numbers of the page, written here by hand once more, come out of the codec too."""
    text = "Zoe\u0308: I moved \U0001f469\u200d\U0001f33e in.\r\nWhy?"
    written = {
        Profile("utf-16"): [(8, 13), (14, 19), (20, 22), (25, 28)],
        Profile("utf-8"): [(9, 14), (15, 26), (27, 29), (32, 35)],
        Profile("utf-16", bom=True): [(9, 14), (15, 20), (21, 23), (26, 29)],
        Profile("utf-8", bom=True): [(12, 17), (18, 29), (30, 32), (35, 38)],
        Profile(bom=True): [(9, 14), (15, 18), (19, 21), (24, 27)],
        Profile(newline="once"): [(8, 13), (14, 17), (18, 20), (22, 25)],
    }
    for profile, places in written.items():
        codec = Codec(text, profile, bom=True)
        assert [codec.write(*place) for place in [(8, 13), (14, 17), (18, 20), (23, 26)]] == places
