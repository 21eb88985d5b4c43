"""Codebooks as tables: what is written is read back, and what others write is understood."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import qualdata
from qualdata import Code, FormatError, ReadError, Study
from qualdata.formats import detect
from qualdata.report import write_table
from qualdata.report.codebook import codebook_table
from qualdata.testing import studies
from tests.loosely import read

KEPT = ("name", "description", "include", "exclude", "example", "colour", "codable", "in_vivo", "origin", "status")


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def said(study: Study) -> list[Any]:
    """Codes in the order of the tree: what a table has a place for, and how deep and under which they stand; empty words are none."""
    above: list[str] = []
    found = []
    for code, depth in study.code_tree.walk():
        above[depth - 1 :] = [code.id]
        found.append((code.id, tuple(above), *(getattr(code, name) or None for name in KEPT)))
    return found


def paths(study: Any) -> list[str]:
    """The codes as `Above/Below`, in the order of the tree."""
    above: list[str] = []
    found = []
    for code, depth in study.code_tree.walk():
        above[depth - 1 :] = [code.name]
        found.append("/".join(above))
    return found


def remarks(study: Any) -> list[tuple[int | None, str]]:
    return [(remark.line, remark.message) for remark in study.reading.remarks]


@given(studies(max_sources=1), st.sampled_from(["csv", "xlsx"]))
@example(Study(codes=[Code(id="a", name="a > b"), Code(id="b", name="b", parent="a"), Code(id="B2", name="b", parent="a"), Code(id="c", name="c", parent="b2")]), "csv")
@example(Study(codes=[Code(id="x", name="y"), Code(id="y", name="=z", parent="x"), Code(id="z", name="", parent="Y"), Code(id="w", name=" w ", parent="z")]), "xlsx")
@example(Study(codes=[Code(id="'=x", name="'=1"), Code(id="d", name="d", parent="'=X")]), "csv")
def test_a_codebook_comes_back_from_its_table(folder: Path, study: Study, ending: str) -> None:
    """Ids, names, tree and definitions, whatever stands in them; counts and extracts are left out on reading, and that is said."""
    write_table(codebook_table(study, counts=True, examples=1), folder / f"c.{ending}")
    back = read(folder / f"c.{ending}")
    assert said(back) == said(study)
    assert any("codings, passages, cases, sources, extracts" in message for _, message in remarks(back))


def test_the_example_comes_back(tmp_path: Path) -> None:
    """And so does the example study's, without a remark but for what is no part of a codebook."""
    study = qualdata.example()
    write_table(codebook_table(study), tmp_path / "c.csv")
    back = read(tmp_path / "c.csv")
    assert said(back) == said(study)
    assert remarks(back) == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("tag,description\nTrust,In people\nFear,\n", ["Trust", "Fear"]),
        ("Code\tComment\tCode Group 1\nTrust\tIn people\tFeelings\nFear\t\tFeelings\n", ["Trust", "Fear"]),
        ("Id;Parent Id;Depth;Title;Description\n1;;0;Feelings;\n2;1;1;Trust;In people\n3;1;1;Fear;\n", ["Feelings", "Feelings/Trust", "Feelings/Fear"]),
        ("level,code\n1,Feelings\n2,Trust\n3,In people\n2,Fear\n1,Work\n", ["Feelings", "Feelings/Trust", "Feelings/Trust/In people", "Feelings/Fear", "Work"]),
        ("name,parent\nTrust,feelings\nFeelings,\nFear,Feelings\n", ["Feelings", "Feelings/Trust", "Feelings/Fear"]),
        ("Code path\nFeelings > Trust\nFeelings > Fear\n", ["Feelings", "Feelings/Trust", "Feelings/Fear"]),
        ("code,path\nTrust,Feelings > Trust\na > b,Feelings > a > b\n", ["Feelings", "Feelings/Trust", "Feelings/a > b"]),
    ],
)
def test_tables_of_others_are_understood(table: str, expected: list[str], tmp_path: Path) -> None:
    """By the names of their columns, in capitals or not: lists, and trees told by id, by name, by level or by path."""
    found = read(put(tmp_path / "c.csv", table))
    assert paths(found) == expected
    trust = next(code for code in found.codes if code.name == "Trust")
    assert trust.description == ("In people" if "In people" in table and "level" not in table else None)


def test_groups_become_sets(tmp_path: Path) -> None:
    """As in the list of codes that ATLAS.ti is reported to write; a group in two columns is one."""
    found = read(put(tmp_path / "c.csv", "Code,Comment,Code Group 1,Code Group 2\nA,,X,Y\nB,,Y,\nC,,,\n"))
    names = {code.id: code.name for code in found.codes}
    assert {s.name: ([names[id] for id in s.codes], s.kind) for s in found.sets} == {"X": (["A"], "code group"), "Y": (["B", "A"], "code group")}


def test_words_for_fields_are_read(tmp_path: Path) -> None:
    """Yes and no, allowed words in any case; a word that is none is left out and told, with its line."""
    table = "name;Inclusion criteria;when not to use;Color;codable;In vivo;Origin;status;id\nA;i;e;#123456;No;TRUE;A Priori;retired;x\nB;;;;maybe;;guessed;;\n"
    found = read(put(tmp_path / "c.csv", table))
    a, b = found.codes
    assert (a.include, a.exclude, a.colour, a.codable, a.in_vivo, a.origin, a.status, a.id) == ("i", "e", "#123456", False, True, "a priori", "retired", "x")
    assert (b.codable, b.origin, b.status, len(b.id)) == (True, None, "active", 36)
    assert [(line, message[:20]) for line, message in remarks(found)] == [(3, 'the origin "guessed"'), (3, 'the codable "maybe" ')]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("a,b\n1,2\n", 'no column has the names of the codes. Call it "code"; there are a, b.'),
        ("code,description\n,x\n", "line 2: this row has no name of a code"),
        ("code,parent\nA,B\n", 'line 2: there is no code "B", which this one is to stand under'),
        ("code,parent\nA,\na,\nB,A\nC,a \nD,A  x\n", 'line 5: 2 codes are called "a "'),
        ("code,id\nA,x\nB,X\n", "line 3: the id X stands in line 2, too"),
        ("code,path\nA,B > C\n", 'line 2: the path "B > C" does not end with the name of the code, "A"'),
        ("code,level\nA,one\n", 'line 2: the level "one" is no number'),
    ],
)
def test_what_is_wrong_is_said_with_its_line(table: str, message: str, tmp_path: Path) -> None:
    """In one sentence, with the way out where there is one."""
    with pytest.raises(ReadError) as error:
        read(put(tmp_path / "c.csv", table))
    assert message in str(error.value).replace(", line", " line").replace(str(tmp_path / "c.csv"), "")


def test_a_code_can_not_stand_under_itself(tmp_path: Path) -> None:
    """It is put at the top, with a remark; so is a path that says otherwise than the column of the code above."""
    found = read(put(tmp_path / "c.csv", "code,parent,path\nA,B,A\nB,A,B\nC,A,B > C\n"))
    assert paths(found) == ["A", "A/C", "B"]
    assert sorted(remark.rule for remark in found.reading.remarks) == ["ref-cycle", "ref-cycle", "sch-invalid"]


def test_a_table_is_known_by_its_head(tmp_path: Path) -> None:
    """A CSV file or workbook; one that is none of codes says what is missing."""
    write_table(codebook_table(Study(codes=[Code(name="A")])), tmp_path / "c.xlsx")
    assert detect(tmp_path / "c.xlsx").name == "codetable"
    assert detect(put(tmp_path / "c.tsv", "Tag\tx\nA\t1\n")).name == "codetable"
    with pytest.raises(ReadError, match="no column has the names of the codes"):
        read(put(tmp_path / "d.csv", "x,y\n1,2\n"))
    with pytest.raises(FormatError, match="it is not known in which format to write this"):
        qualdata.write(Study(), tmp_path / "e.csv")


