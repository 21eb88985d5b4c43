"""Attributes from a table: whom a row is about, what its values become, and what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from qualdata import Case, ReadError, Study, TextSource, Value, Variable
from qualdata.formats.sheet import Row, Sheet
from qualdata.model import Interview
from qualdata.tools.attributes import bring_values


def sheet(*lines: str) -> Sheet:
    """A table, its cells parted by bars."""
    head, *rows = (tuple(line.split("|")) for line in lines)
    return Sheet(head, tuple(Row(n, cells) for n, cells in enumerate(rows, 2)), "")


def participants(*names: str, **lists: Any) -> Study:
    return Study(cases=[Case(id=f"id-{name}", name=name) for name in names], **lists)


def values(study: Study) -> dict[str, dict[str, tuple[str, str | None]]]:
    """Of each case, by the name of the variable: the type and the value."""
    names = {variable.id.casefold(): variable.name for variable in study.variables}
    return {str(case.name): {names[value.variable.casefold()]: (value.type, value.value) for value in case.values} for case in study.cases}


def test_values_are_given_to_the_cases_that_are_named() -> None:
    """By name in any case and spacing, or by id; who is missing is told both ways; an empty cell says nothing."""
    study = participants("P 01", "P02", "P03")
    brought = bring_values(study, sheet("who|Age|Town", "p  01|41|", "ID-P02|33|Perth", "P09|1|x"))
    assert values(study) == {"P 01": {"Age": ("Integer", "41")}, "P02": {"Age": ("Integer", "33"), "Town": ("Text", "Perth")}, "P03": {}}
    assert (brought.key, brought.matched, brought.not_found, [case.name for case in brought.left]) == ("who", 2, ["P09"], ["P03"])
    assert ([v.name for v in brought.variables], brought.set, brought.same) == (["Age", "Town"], 3, 0)


def test_the_column_that_names_can_be_given() -> None:
    """Whatever its capitals; the first column is a variable then."""
    study = participants("A")
    brought = bring_values(study, sheet("Age|Participant", "41|a"), key="participant")
    assert (brought.key, values(study)) == ("Participant", {"A": {"Age": ("Integer", "41")}})
    with pytest.raises(ReadError, match=r'no column "x" in the table\. It has: Age, Participant'):
        bring_values(study, sheet("Age|Participant", "41|a"), key="x")


@pytest.mark.parametrize(
    ("words", "type"),
    [
        ("1 -20 0", "Integer"), ("1 2.5", "Float"), ("true false", "Boolean"), ("2024-05-06 1999-12-31", "Date"), ("2024-05-06T10:00:00Z", "DateTime"),
        ("007 1", "Text"), ("1,5 2", "Text"), ("+1 2", "Text"), ("0 1 x", "Text"), ("yes no", "Text"), ("06/05/2024", "Text"), ("1e5", "Text"),
        ("12345678901234567890", "Text"), ("2024-13-01", "Text"), ("", "Text"),
    ],
)  # fmt: skip
def test_types_are_found_only_where_nothing_is_guessed(words: str, type: str) -> None:
    """A new variable becomes Text unless all its values are written as XML Schema writes them, and in no other way."""
    cells = words.split(" ")
    study = participants(*(f"P{n}" for n in range(len(cells))))
    bring_values(study, sheet("who|V", *(f"P{n}|{cell}" for n, cell in enumerate(cells))))
    (variable,) = study.variables
    assert variable.type == type
    assert [value.value for case in study.cases for value in case.values] == [cell for cell in cells if cell]


def test_a_type_can_be_given() -> None:
    """For a new variable; values that do not fit it are refused, with the line and an example, and nothing is changed."""
    study = participants("A", "B")
    bring_values(study, sheet("who|n|t", "A|007|5"), types={"N": "Integer", "t": "Text"})
    assert values(study)["A"] == {"n": ("Integer", "007"), "t": ("Text", "5")}
    for change, types, said in (
        ("1,5", {"m": "Float"}, 'line 3: "1,5" is no Float, which the variable "m" is; it is written as 1.5, with a point'),
        ("May", {"m": "Date"}, "line 3: .*it is written as 2024-05-17"),
        ("1", {"x": "Text"}, 'no column "x"'),
    ):
        with pytest.raises(ReadError, match=said):
            bring_values(study, sheet("who|m", "A|", f"B|{change}"), types=types)  # type: ignore[arg-type]
    with pytest.raises(ReadError, match='the variable "N" of the study is of the type Integer, not Text'):
        bring_values(study, sheet("who|N", "A|1"), types={"N": "Text"})
    assert [variable.name for variable in study.variables] == ["n", "t"]
    assert values(study)["B"] == {}


def test_variables_are_found_by_name_and_keep_their_type() -> None:
    """In any capitals and spacing; what does not fit is refused; a value that the variable does not allow is set, and told."""
    study = participants("A", "B", variables=[Variable(id="AGE", name="Age  band", type="Integer"), Variable(id="g", name="Gender", allowed=["woman", "man"])])
    brought = bring_values(study, sheet("who|age band|gender", "A|+41|woman", "B||other"))
    assert len(study.variables) == 2
    assert values(study) == {"A": {"Age  band": ("Integer", "+41"), "Gender": ("Text", "woman")}, "B": {"Gender": ("Text", "other")}}
    assert [(d.thing.name, d.variable.name, d.before, d.after) for d in brought.not_allowed] == [("B", "Gender", "woman, man", "other")]
    with pytest.raises(ReadError, match='line 2: "young" is no Integer'):
        bring_values(study, sheet("who|AGE BAND", "A|young"))
    study.add(Variable(name="gender"))
    with pytest.raises(ReadError, match='2 variables of the study are called "Gender"'):
        bring_values(study, sheet("who|Gender", "A|man"))


def test_another_value_stays_unless_it_is_to_be_replaced() -> None:
    """It is told either way; equal ones are counted; one that was only named gets its value."""
    study = participants("A", "B", "C", variables=[Variable(id="v", name="V")])
    for case, value in zip(study.cases, ("1", "2", None), strict=True):
        case.values = [Value(variable="V", value=value)]
    table = sheet("who|v", "A|1", "B|5", "C|6")
    brought = bring_values(study, table)
    assert (brought.set, brought.same, [(d.thing.name, d.before, d.after) for d in brought.differing]) == (1, 1, [("B", "2", "5")])
    assert [case.values[0].value for case in study.cases] == ["1", "2", "6"]
    brought = bring_values(study, table, replace=True)
    assert (brought.set, brought.same, len(brought.differing), brought.replaced) == (0, 2, 1, True)
    assert [case.values[0].value for case in study.cases] == ["1", "5", "6"]
    assert [len(case.values) for case in study.cases] == [1, 1, 1]


def test_a_second_time_changes_nothing() -> None:
    """All is there already."""
    study, table = participants("A"), sheet("who|x|y", "A|1|two")
    bring_values(study, table)
    before = values(study)
    again = bring_values(study, table)
    assert (again.set, again.same, again.variables, values(study)) == (0, 2, [], before)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["A|1", "a |2"], r'line 3: "a " stands in line 2, too\. Leave one row for each case'),
        (["A|1", "id-A|2"], 'line 3: "id-A" stands in line 2, too'),
        (["x|1", "X|2"], 'line 3: "X" stands in line 2, too'),
        (["twin|1"], 'line 2: 2 cases are called "twin": id-twin, other. Put the id into the table'),
        (["|1"], 'line 2: the cell in the column "who" is empty'),
    ],
)
def test_rows_that_could_be_mistaken_are_refused(lines: list[str], said: str) -> None:
    """Before anything is changed."""
    study = participants("A", "twin")
    study.add(Case(id="other", name="Twin"))
    with pytest.raises(ReadError, match=said):
        bring_values(study, sheet("who|new", *lines))
    assert study.variables == []


def test_interviews_and_sources_can_have_attributes_too() -> None:
    """Found in their own lists."""
    study = Study(interviews=[Interview(name="I1")], sources=[TextSource(name="T1", text="x")])
    bring_values(study, sheet("interview|Place", "i1|home"), match="interview")
    bring_values(study, sheet("file|Pages", "T1|3"), match="source")
    assert [study.interviews[0].values[0].value, study.sources[0].values[0].value] == ["home", "3"]
