"""What the reports of `qualdata validate` promise on the command line: exit codes, forms, several datasets, nothing overwritten; and `qualdata rules` in a profile."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from qualdata import Memo, TextSpan, write
from qualdata.rules.registry import rules
from tests.rules.sound import package, project, sound


@pytest.fixture
def deposits(tmp_path: Path) -> Path:
    """A folder with a package that is sound, one with a fault, a project that should be looked at, and what is none of these."""
    folder = tmp_path / "deposits"
    folder.mkdir()
    package(folder).rename(folder / "a-sound.study")
    study = sound()
    study["e"].span = TextSpan(0, 1000)
    package(folder, study).rename(folder / "b-wrong.study")
    project(folder, ('isCodable="true"', 'isCodable="false"')).rename(folder / "c-doubtful.qdpx")
    (folder / "letter.txt").write_text("Dear archive")
    return folder


@pytest.mark.parametrize(
    ("names", "more", "code"),
    [
        (["a-sound.study"], [], 0),
        (["a-sound.study"], ["--strict"], 0),
        (["b-wrong.study"], [], 1),
        (["c-doubtful.qdpx"], [], 0),
        (["c-doubtful.qdpx"], ["--strict"], 1),
        (["a-sound.study", "b-wrong.study"], [], 1),
        (["letter.txt"], [], 3),
        (["nowhere.qdpx"], [], 3),
        (["b-wrong.study", "nowhere.qdpx"], [], 3),
        (["."], [], 1),
        (["a-sound.study"], ["--profile", "nowhere"], 0),
        (["a-sound.study"], ["--profile", "nowhere", "--strict"], 1),
        (["a-sound.study"], ["--format", "pdf"], 2),
        (["a-sound.study"], ["--waivers", "nowhere.toml"], 3),
        (["a-sound.study"], ["--target", "nope"], 2),
        (["a-sound.study"], ["--sources", "nowhere"], 3),
        ([], [], 2),
    ],
)
def test_the_exit_code_says_how_it_went(run, deposits: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], more: list[str], code: int) -> None:
    """0 nothing must be mended, 1 something must, 2 a wrong use, 3 could not be read."""
    monkeypatch.chdir(deposits)
    result = run("validate", *names, *more)
    assert result.exit_code == code
    assert "Traceback" not in result.output


def test_a_folder_means_the_datasets_in_it(run, deposits: Path) -> None:
    """In the order of their names; one that cannot be read stops none of the others."""
    (deposits / "bad.qdpx").write_bytes(b"PK\x03\x04")
    result = run("validate", deposits, "--format", "json")
    reports = json.loads(result.stdout)["reports"]
    assert [(r["head"]["dataset"], r["ok"], r["readable"]) for r in reports] == [
        ("a-sound.study", True, True),
        ("b-wrong.study", False, True),
        ("bad.qdpx", False, False),
        ("c-doubtful.qdpx", True, True),
    ]
    assert result.exit_code == 3


def test_an_unknown_profile_is_told_even_where_nothing_can_be_read(run, tmp_path: Path) -> None:
    """Never silence."""
    (tmp_path / "letter.qdpx").write_text("Dear archive")
    result = run("validate", tmp_path / "letter.qdpx", "--profile", "nowhere")
    assert result.exit_code == 3
    assert "(val-profile-unknown)" in result.stdout
    assert "Not read: " in result.stdout


def test_a_folder_without_datasets_is_said(run, tmp_path: Path) -> None:
    """In a sentence."""
    (tmp_path / "empty").mkdir()
    result = run("validate", tmp_path / "empty")
    assert result.exit_code == 3
    assert "no study in this folder" in result.stderr


def test_a_waiver_that_is_given_for_several_is_unused_only_where_it_is_in_all(run, deposits: Path, tmp_path: Path) -> None:
    """One that a dataset holds itself must be of use there."""
    row = '[[waiver]]\nrule = "{}"\nplace = "*"\nreason = "It is known."\nwho = "A. Curator"\ndate = 2024-05-17\n'
    (tmp_path / "w.toml").write_text(row.format("exc-range-invalid") + row.format("exc-empty"))
    (deposits / "a-sound.study" / "waivers.toml").write_text(row.format("exc-range-invalid"))
    result = run("validate", deposits, "--waivers", tmp_path / "w.toml", "--format", "json")
    reports = json.loads(result.stdout)["reports"]
    unused = {r["head"]["dataset"]: [(f["message"].split()[3], f["where"] != {}) for f in r["findings"] if f["rule"] == "val-waiver-unused"] for r in reports}
    assert unused == {
        "a-sound.study": [("exc-range-invalid", True), ("exc-empty", False)],
        "b-wrong.study": [("exc-empty", False)],
        "c-doubtful.qdpx": [("exc-empty", False)],
    }
    assert result.exit_code == 0


BEGIN = [("text", b"a-sound.study: Nothing to mend.\n"), ("json", b'{\n  "qualdata-reports"'), ("sarif", b'{\n  "$schema"'), ("html", b"<!DOCTYPE html>")]


@pytest.mark.parametrize(("form", "begin"), BEGIN)
def test_a_report_goes_into_a_file_in_each_form(run, deposits: Path, form: str, begin: bytes) -> None:
    """Whole, and it says where; the exit code is the same."""
    out = deposits.parent / "report"
    result = run("validate", deposits, "--format", form, "-o", out)
    assert result.exit_code == 1
    assert "Saved the report as" in result.stdout
    assert out.read_bytes().startswith(begin)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_no_line_of_the_text_is_wider_and_nothing_is_obeyed(run, deposits: Path, form: str) -> None:
    """80 columns of text; no escape sequence in any form, in a file or on the terminal."""
    study = sound()
    study.add(Memo(name="\x9b31m\u202eevil \x85" + "W" * 500, text="x"))
    package(deposits, study)
    for said in (run("validate", deposits, "--format", form).output, _written(run, deposits, form)):
        assert not set(said) & {"\x1b", "\x9b", "\u202e"}
        assert form != "text" or max(map(len, said.splitlines())) <= 80


def _written(run, deposits: Path, form: str) -> str:
    run("validate", deposits, "--format", form, "-o", deposits.parent / "out")
    return (deposits.parent / "out").read_text(encoding="utf-8")


def test_a_report_never_takes_the_place_of_what_is_checked(run, deposits: Path) -> None:
    """A package, what is in it, a file, or a folder."""
    path = deposits / "c-doubtful.qdpx"
    before = path.read_bytes()
    for target in (path, deposits / "a-sound.study", deposits / "a-sound.study" / "study.json", deposits / "a-sound.study" / "report.json", deposits):
        result = run("validate", path, deposits / "a-sound.study", "--format", "json", "-o", target)
        assert result.exit_code == 2
    assert path.read_bytes() == before
    assert (deposits / "a-sound.study" / "study.json").read_bytes().startswith(b'{"qualdata"')


def test_html_without_jinja_is_said(run, deposits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to get it."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    result = run("validate", deposits, "--format", "html")
    assert result.exit_code == 3
    assert "pip install 'qualdata[report]'" in result.stderr


def test_a_study_package_in_one_file_is_checked(run, tmp_path: Path) -> None:
    """As the folder is."""
    write(sound(), tmp_path / "s.qualdata")
    assert run("validate", tmp_path / "s.qualdata").exit_code == 0


# ---- rules ----
def test_rules_lists_all_and_explains_one(run) -> None:
    """Each rule by its id; one with what, why, and how to mend it."""
    said = run("rules").stdout
    assert all(rule.id in said for rule in rules())
    one = " ".join(run("rules", "exc-range-invalid").stdout.split())
    rule = next(r for r in rules() if r.id == "exc-range-invalid")
    assert all(part in one for part in rule.page)
    assert run("rules", "exc-nothing").exit_code == 2


def test_rules_in_a_profile_say_who_raises_them(run, tmp_path: Path) -> None:
    """From what, to what."""
    (tmp_path / "ours.toml").write_text('title = "Ours"\nversion = "3"\n[raise.ref-orphan]\nlevel = "error"\nsource = "Guide for depositors"\n')
    said = run("rules", "--profile", tmp_path / "ours.toml").stdout
    assert said.startswith("Ours (ours.toml 3).\n")
    assert "ref-orphan (error): " in said
    assert "Raised from info: Guide for depositors." in said
    assert run("rules", "--profile", "nowhere").exit_code == 2
