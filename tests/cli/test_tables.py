"""The commands that write tables: the ending says the form, the terminal gets CSV, and what is wrong is said before work is done."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qualdata import Study, TextSource, write
from qualdata.report import workbook
from tests.loosely import read
from tests.report import plain

COMMANDS = [["segments"], ["codebook"], ["codebook", "export"], ["datalist"]]


def spoken(output: str) -> str:
    return " ".join(output.split())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_another_ending_is_refused_before_the_study_is_read(run, command: list[str], tmp_path: Path) -> None:
    """In one sentence that names those there are."""
    result = run(*command, tmp_path / "no-such-study.qdpx", "-o", tmp_path / "t.txt")
    assert result.exit_code == 3
    assert "a table is not written in this form. Give it one of these endings: .csv (CSV), .xlsx" in spoken(result.stderr)


def test_what_a_file_cannot_hold_is_told(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the file is saved."""
    monkeypatch.setattr(workbook, "LONGEST", 30)
    result = run("datalist", plain.PACKAGE, "-o", tmp_path / "d.xlsx")
    assert "Saved 18 rows as" in spoken(result.stdout)
    assert "were cut and end in" in spoken(result.stdout)


def test_one_row_is_one_row(run, tmp_path: Path) -> None:
    """Not `1 rows`."""
    write(Study(sources=[TextSource(text="x")]), tmp_path / "s.qdpx")
    assert "Saved 1 row as" in spoken(run("datalist", tmp_path / "s.qdpx", "-o", tmp_path / "d.csv").stdout)


# ---- the codebook ----
def test_the_codebook_can_be_edited_in_a_table(run, tmp_path: Path) -> None:
    """Written, changed in a text editor, brought back: the study has the new meaning and the new code, and nothing else is changed."""
    run("codebook", plain.PACKAGE, "--counts", "-o", tmp_path / "c.csv")
    text = (tmp_path / "c.csv").read_text(encoding="utf-8-sig")
    old = next(code for code in plain.study()["codes"] if code["name"] == "Readiness")
    assert text.count(old["description"]) == 1
    lines = text.replace(old["description"], "Being ready.").splitlines(keepends=True)
    head = next(csv.reader([lines[0]]))
    new = {"code": "New one", "parent": "Services"}
    (tmp_path / "c.csv").write_text("".join([*lines, ",".join(new.get(name, "") for name in head) + "\r\n"]), encoding="utf-8-sig", newline="")
    result = run("codebook", "import", plain.PACKAGE, tmp_path / "c.csv", "-o", tmp_path / "out.qualdata")
    assert result.exit_code == 0, result.output
    text = spoken(result.stdout)
    assert "Columns that say nothing of a codebook were left out: codings, passages, cases, sources" in text
    assert '1 code added, 1 changed (the meaning of "Readiness"), 37 as they were.' in text
    assert "matched by name" not in text
    back = read(tmp_path / "out.qualdata")
    (added,) = (code for code in back.codes if code.name == "New one")
    assert back[added.parent].name == "Services"
    assert back[old["id"]].description == "Being ready."


def test_what_a_table_has_no_column_for_stays(run, tmp_path: Path) -> None:
    """Places in the tree, and whether a code may be laid on data: a list of names and meanings says nothing of them."""
    codes = {code["name"]: code["id"] for code in plain.study()["codes"]}
    (tmp_path / "c.csv").write_text(f"id,code,description\n{codes['Services']},Services,What there is.\n{codes['Readiness']},Readiness,Being ready.\n", encoding="utf-8")
    text = spoken(run("codebook", "import", plain.PACKAGE, tmp_path / "c.csv", "-o", tmp_path / "out.qualdata").stdout)
    assert '0 codes added, 2 changed (the meaning of "Services", "Readiness"), 0 as they were.' in text
    back = read(tmp_path / "out.qualdata")
    assert back[codes["Readiness"]].parent is not None
    assert back[codes["Services"]].codable is False


def test_a_study_can_be_the_first_word(run, tmp_path: Path) -> None:
    """Short for `export`; options may come first; other words are subcommands, and the help names them."""
    for arguments in (["codebook", plain.PACKAGE], ["codebook", "-o", tmp_path / "c.csv", plain.PACKAGE], ["codebook", "export", plain.PACKAGE]):
        assert run(*arguments).exit_code == 0
    assert "import" in run("codebook", "--help").output
    assert "--examples" in run("codebook", "export", "--help").output
    assert run("codebook", "imprt", plain.PACKAGE, plain.PACKAGE).exit_code == 2


@pytest.mark.parametrize(("command", "option"), [("segments", "--context"), ("codebook export", "--examples")])
def test_numbers_are_asked_for_in_words(run, command: str, option: str) -> None:
    """No formula in the help; one below 0 is refused in a sentence."""
    assert "x>=" not in run(*command.split(), "--help").output
    refused = run(*command.split(), plain.PACKAGE, option, "-1")
    assert refused.exit_code == 2
    assert f"'{option}': -1 is less than 0. Give 0 or more." in spoken(refused.stderr)
