"""`qualdata attributes`: what was matched is told both ways, and the study has the values."""

from __future__ import annotations

from pathlib import Path

import pytest

import qualdata
from qualdata.cli.attributes import command
from tests.loosely import read

NAMES = [f"P{n:02}" for n in range(1, 19)]


def spoken(output: str) -> str:
    return " ".join(output.split())


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    """The example study without its ninth case."""
    study = qualdata.example()
    study.cases = [case for case in study.cases if case.name != "P09"]
    qualdata.write(study, tmp_path / "study.qualdata")
    return tmp_path / "study.qualdata"


def table(path: Path, rows: dict[str, str], head: str = "Participant;Years") -> Path:
    path.write_text("\r\n".join([head, *(f"{name};{value}" for name, value in rows.items())]), encoding="cp1252")
    return path


def test_what_was_matched_is_told(run, study_file: Path, tmp_path: Path) -> None:
    """Seventeen of eighteen; the values are in the file that was written, and the types are told."""
    made = table(tmp_path / "t.csv", {name: str(n) for n, name in enumerate(NAMES)})
    result = run("attributes", study_file, made, "--match", "case", "-o", tmp_path / "out.qualdata")
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    text = spoken(result.stdout)
    assert 'Read CSV, semicolons between cells. The column "Participant" names the cases. 17 of 18 matched; P09 not found.' in text
    assert 'New variables: "Years" (Integer). 17 values set, 0 were there already. Saved as a study package, as' in text
    back = read(tmp_path / "out.qualdata")
    (years,) = (variable.id for variable in back.variables if variable.name == "Years")
    told = {case.name: value.value for case in back.cases for value in case.values if value.variable == years}
    assert told == {name: str(n) for n, name in enumerate(NAMES) if name != "P09"}


def test_the_study_itself_can_be_written(run, study_file: Path, tmp_path: Path) -> None:
    """What the table does not name is told; what differs stays, and how it can be replaced."""
    made = table(tmp_path / "t.csv", {"P01": "woman+", "P02": "woman+", "P03": "other"}, "Participant;Gender")
    text = spoken(run("attributes", study_file, made, "-o", study_file).stdout)
    assert "3 of 3 matched. 14 cases of the study are not in the table: P04, P05, P06, P07, P08 and 9 more." in text
    assert '0 values set, 1 was there already. 2 values differed and stayed: P01 "Gender" "man+", in the table "woman+"; P03' in text
    assert "With --replace those of the table are taken." in text
    text = spoken(run("attributes", study_file, made, "-o", study_file, "--replace").stdout)
    assert "2 values differed and took that of the table" in text
    assert 'Set, but none of the values that the variable allows: P03 "Gender" "other".' in text
    text = spoken(run("attributes", study_file, made, "-o", study_file).stdout)
    assert "0 values set, 3 were there already." in text
    assert "differed" not in text


def test_a_table_about_no_one_is_refused(run, study_file: Path, tmp_path: Path) -> None:
    """With whom there is; and so is one that is wrong, with its line. Nothing is written."""
    before = study_file.read_bytes()
    wrong = {"none of its rows is about a case of the study, which has P01, P02": {"X": "1"}, 't.csv, line 3: "p01" stands in line 2, too.': {"P01": "1", "p01": "2"}}
    for said, rows in wrong.items():
        result = run("attributes", study_file, table(tmp_path / "t.csv", rows), "-o", study_file)
        assert result.exit_code == 3
        assert said in spoken(result.stderr)
    assert "which has none" not in result.output
    assert run("attributes", study_file, tmp_path / "t.csv", "-o", tmp_path / "out.xyz").exit_code == 3
    assert run("attributes", study_file, tmp_path / "t.csv", "-o", study_file, "--type", "Years=Number").exit_code == 2
    assert run("attributes", study_file, tmp_path / "gone.csv", "-o", study_file).exit_code == 3
    assert study_file.read_bytes() == before


def test_types_keys_and_workbooks(run, study_file: Path, tmp_path: Path) -> None:
    """The options reach the work."""
    from qualdata.report import Table, write_table

    write_table(Table("t", ["Code", "who"], [["007", "P01"]]), tmp_path / "t.xlsx")
    result = run("attributes", study_file, tmp_path / "t.xlsx", "--key", "who", "--type", "code=integer", "-o", study_file)
    assert 'Read Excel workbook. The column "who" names the cases.' in spoken(result.stdout)
    assert 'New variables: "Code" (Integer).' in spoken(result.stdout)


def test_names_are_not_obeyed_by_the_terminal(run, study_file: Path, tmp_path: Path) -> None:
    """What comes from a table may hold anything."""
    made = table(tmp_path / "t.csv", {"P01": "1", "\x1b[31mred": "2"})
    result = run("attributes", study_file, made, "-o", study_file)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout


def test_the_help_says_what_is_kept() -> None:
    """In a sentence."""
    assert command.help is not None
    assert "1,5 is text" in " ".join(command.help.split())
