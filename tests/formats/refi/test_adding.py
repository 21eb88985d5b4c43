"""What the binding promises to those who add to it: a field in the model and one row, and all that is made of the table follows.

The element and the attributes here are made up; REFI-QDA has none of them. docs/design.md shows the first of them.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from attrs import define, field, fields
from lxml import etree

from qualdata import Case, Study
from qualdata.formats.refi.binding import CASE, NAMESPACE, PROJECT
from qualdata.formats.refi.reader import Reader
from qualdata.formats.refi.vocabulary import Element, Part, box, date, element, guid, many, text
from qualdata.formats.refi.writer import Writer
from qualdata.formats.refi.xsd import schema
from qualdata.model import Reading
from qualdata.model.base import Thing
from tests.official import project_schema
from tests.writing import guid as number
from tests.writing import project


# ---- the model ----
@define(kw_only=True, eq=False, repr=False)
class Oath(Thing):
    """Something that a witness swore; a thing of its own."""

    sworn: str | None = None
    """When."""


@define(kw_only=True, eq=False, repr=False)
class Witnessed(Case):
    """A case with three fields more."""

    witness: str | None = None
    """Who can say that it is so."""
    heard: str | None = None
    """When the witness was heard."""
    oaths: list[Oath] = field(factory=list)
    """What the witness swore."""


# ---- the rows ----
w, o, p = fields(Witnessed), fields(Oath), fields(Study)
OATH = element(Oath, guid=guid.must(o.id), sworn=date(o.sworn))
ROWS: dict[str, dict[str, Part]] = {
    "witness": {"Witness": text(w.witness)},
    "heard": {"heard": date(w.heard)},
    "oaths": {"Oath": many(w.oaths, OATH)},
}
"""By field: a child that holds text, an attribute, a child of its own."""

# ---- what is written, what it means, and what is wrong ----
RIGHT = {
    "witness": f'<Case guid="{number(1)}"><Witness>Ann &amp; Ben</Witness></Case>',
    "heard": f'<Case guid="{number(1)}" heard="2024-05-17"></Case>',
    "oaths": f'<Case guid="{number(1)}"><Oath guid="{number(2)}" sworn="2024-05-17"></Oath><Oath guid="{number(3)}"></Oath></Case>',
}
MEANT = {"witness": "Ann & Ben", "heard": "2024-05-17", "oaths": [(number(2), "2024-05-17"), (number(3), None)]}
WRONG = {
    "witness": f'<Case guid="{number(1)}"><Witness/><Witness/></Case>',
    "heard": f'<Case guid="{number(1)}" heard="in May"/>',
    "oaths": f'<Case guid="{number(1)}"><Oath/></Case>',
}


def binding(**rows: Part) -> Element:
    """The binding of projects, that of cases with some rows more."""
    case = element(Witnessed, **CASE.parts, **rows)
    return element(Study, **{**PROJECT.parts, "Cases": box(p.cases, Case=case)})


def read(case: str, root: Element) -> Study:
    """The study of a project with one case."""
    study = Reader("Project", root, NAMESPACE).parse(BytesIO(project(f"<Cases>{case}</Cases>").encode()))
    assert isinstance(study, Study)
    return study


def written(case: Case, root: Element) -> tuple[bytes, list[tuple[str, str, str]]]:
    """A project with one case, and what was lost: the id of the thing, its class, its field."""
    writer, file = Writer(root, NAMESPACE, study="s", faithful=False), BytesIO()
    writer.write("Project", Study(title="x", cases=[case], reading=Reading()), file)
    return file.getvalue(), writer.lost


def valid(case: str, root: Element) -> bool:
    """Whether the schema of a binding accepts a project with one case."""
    made = etree.XMLSchema(etree.fromstring(schema("Project", root, NAMESPACE).encode()))
    return made.validate(etree.fromstring(project(f"<Cases>{case}</Cases>").encode()))


# ---- what follows from a row ----
@pytest.mark.parametrize("name", ROWS)
def test_the_reader_and_the_writer_follow(name: str) -> None:
    """What stands in the file stands in the field; what stands in the field stands in the file."""
    root = binding(**ROWS[name])
    study = read(RIGHT[name], root)
    value: Any = getattr(study.cases[0], name)
    assert ([(oath.id, oath.sworn) for oath in value] if name == "oaths" else value) == MEANT[name]
    assert study.reading is not None
    assert study.reading.remarks == []
    xml, lost = written(study.cases[0], root)
    assert lost == []
    case = next(etree.fromstring(xml).iter("{*}Case"))
    case.tail = None
    assert etree.tostring(case, method="c14n", exclusive=True).decode().replace(f' xmlns="{NAMESPACE}"', "").replace("\n", "") == RIGHT[name]


@pytest.mark.parametrize("name", ROWS)
def test_the_schema_follows(name: str) -> None:
    """It takes what the row says and nothing else. Without the row it does not, and the official schema knows nothing of it."""
    root = binding(**ROWS[name])
    assert valid(RIGHT[name], root)
    assert not valid(WRONG[name], root)
    assert not valid(RIGHT[name], binding())
    assert not project_schema().validate(etree.fromstring(project(f"<Cases>{RIGHT[name]}</Cases>").encode()))


@pytest.mark.parametrize("name", ROWS)
def test_what_cannot_be_said_follows(name: str) -> None:
    """Without the row the field is among those that are lost, and said to be; with it, it is not."""
    case = read(RIGHT[name], binding(**ROWS[name])).cases[0]
    assert name in element(Witnessed, **CASE.parts).unsaid
    assert {field for _, _, field in written(case, binding())[1]} == {name}
    assert name not in element(Witnessed, **CASE.parts, **ROWS[name]).unsaid
    assert written(case, binding(**ROWS[name]))[1] == []


def test_without_the_row_what_is_read_is_kept_aside() -> None:
    """Nothing is lost on reading."""
    study = read(RIGHT["witness"], PROJECT)
    assert "Ann &amp; Ben" in str(study.cases[0].extra)
