"""What `qualdata validate` and `qualdata rules` promise: plain words, an exit code that a script can use, and nothing that a terminal obeys."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from qualdata import Study, TextSource, write
from qualdata.rules.registry import rules
from tests.cli.test_failures import BAD
from tests.rules.groups.validation import WAIVER
from tests.rules.sound import PROJECT, package, project, sound


def words(result) -> str:
    """What is told, as one line."""
    return " ".join(result.output.split())


def test_a_sound_study_gives_0_and_a_verdict(run, tmp_path: Path) -> None:
    """And says by what it was checked."""
    result = run("validate", package(tmp_path))
    assert result.exit_code == 0
    assert words(result).startswith("study: Nothing to mend. Checked by qualdata")
    assert "profile core 1" in words(result)


def test_errors_give_1_and_a_verdict_with_the_first(run, tmp_path: Path) -> None:
    """How often, where, and how to mend it."""
    result = run("validate", project(tmp_path, files={}, name="Project.qde"))
    assert result.exit_code == 1
    told = words(result)
    assert told.startswith("study.qdpx: Not ready to deposit: 1 thing must be mended. First: The file internal://")
    for part in ("Must be mended", "(refi-source-missing)", 'text source "P01", Project.qde, line 6', "--sources FOLDER", "Worth knowing", "(refi-container-name)"):
        assert part in told
    assert max(map(len, result.output.splitlines())) <= 80
    assert "Traceback" not in result.output


def test_warnings_give_0_and_with_strict_1(run, tmp_path: Path) -> None:
    """So that a script can ask for a clean file."""
    path = project(tmp_path, ("project:1.0", "project:0:5"))
    result = run("validate", path)
    assert (result.exit_code, "Nothing must be mended: 1 thing should be looked at." in words(result)) == (0, True)
    assert run("validate", "--strict", path).exit_code == 1


def test_what_is_set_aside_is_told(run, tmp_path: Path) -> None:
    """By whom and why."""
    path = project(tmp_path, files={})
    waivers = tmp_path / "w.toml"
    waivers.write_text(WAIVER.replace("exc-range-invalid", "refi-source-missing").replace('"e"', '"*"'))
    result = run("validate", path, "--waivers", waivers)
    assert result.exit_code == 0
    assert "Nothing must be mended: 1 set aside by you." in words(result)
    assert "w, 2024-05-17: r" in words(result)


def test_json_says_the_same(run, tmp_path: Path) -> None:
    """To the terminal, or into a file."""
    path = project(tmp_path, files={})
    result = run("validate", path, "--format", "json")
    assert result.exit_code == 1
    (report,) = json.loads(result.stdout)["reports"]
    assert [f["rule"] for f in report["findings"]] == ["refi-source-missing"]
    assert report["counts"] == [{"rule": "refi-source-missing", "level": "error", "number": 1}]
    assert report["findings"][0]["where"]["line"] == 6
    assert (report["ok"], report["readable"]) == (False, True)
    out = tmp_path / "report.json"
    assert run("validate", path, "--format", "json", "-o", out).exit_code == 1
    assert json.loads(out.read_text(encoding="utf-8"))["reports"][0]["findings"] == report["findings"]


def test_several_paths_and_a_folder_of_them(run, tmp_path: Path) -> None:
    """Each gets its report; the gravest decides."""
    package(tmp_path)
    project(tmp_path, files={})
    (tmp_path / "notes.txt").write_text("Dear diary")
    both = run("validate", tmp_path, "--format", "json")
    assert both.exit_code == 1
    assert [r["head"]["dataset"] for r in json.loads(both.stdout)["reports"]] == ["study", "study.qdpx"]
    each = run("validate", tmp_path / "study", tmp_path / "study.qdpx", "--format", "json")
    assert [r["head"]["dataset"] for r in json.loads(each.stdout)["reports"]] == ["study", "study.qdpx"]
    (tmp_path / "empty").mkdir()
    assert run("validate", tmp_path / "empty").exit_code == 3


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_gives_3(run, tmp_path: Path, kind: str) -> None:
    """In one sentence, with no traceback."""
    name, make = BAD[kind]
    make(tmp_path / name)
    result = run("validate", tmp_path / name)
    assert result.exit_code == 3
    assert "Traceback" not in result.output
    assert 20 < len(words(result)) < 400


def test_a_good_file_beside_a_bad_one_is_still_told(run, tmp_path: Path) -> None:
    """What cannot be read stops itself alone."""
    (tmp_path / "a.qdpx").write_text("words")
    project(tmp_path, files={})
    result = run("validate", tmp_path / "a.qdpx", tmp_path / "study.qdpx")
    assert result.exit_code == 3
    assert "Not read: " in words(result)
    assert "(refi-source-missing)" in words(result)


def test_what_would_be_lost_is_told_for_a_target(run, tmp_path: Path) -> None:
    """One line a kind."""
    study = sound()
    study["friends"].include = "Only friends."
    write(study, tmp_path / "s.qualdata")
    assert "(refi-loss)" not in run("validate", tmp_path / "s.qualdata").output
    assert "(refi-loss)" in run("validate", tmp_path / "s.qualdata", "--target", "nvivo").output
    told = json.loads(run("validate", tmp_path / "s.qualdata", "--target", "nvivo", "--format", "json").stdout)
    assert any(f["message"].startswith("1 code: include would be lost for nvivo (no place)") for f in told["reports"][0]["findings"])


def test_nothing_is_printed_that_a_terminal_obeys(run, tmp_path: Path) -> None:
    """Whatever names and ids say."""
    study = Study(id="s", title="x")
    study.add(TextSource(id="\u202et", name="a\u009b31m\u2028b", text="")).excerpt(0, 5)
    write(study, tmp_path / "s.qualdata")
    output = run("validate", tmp_path / "s.qualdata").output
    assert "(exc-range-invalid)" in output
    assert not set(output) & set("\x1b\x9b\u202e\u2028")


# ---- hostile files ----
def test_a_package_that_would_unpack_to_gigabytes_is_not_opened(run, tmp_path: Path) -> None:
    """It is named instead, soon."""
    path = tmp_path / "bomb.qualdata"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("study.json", '{"qualdata": "1.0", "study": {"id": "s"}}')
        with archive.open("sources/big.txt", "w") as out:
            for _ in range(80):
                out.write(b"\0" * (1 << 20))
    result = run("validate", path)
    assert result.exit_code == 1
    assert "(pkg-path-unsafe)" in result.output


def test_paths_that_leave_the_package_are_named_and_not_opened(run, tmp_path: Path) -> None:
    """By .., by a drive, by a backslash, by a link in the ZIP file."""
    (tmp_path / "secret.txt").write_text("SECRET")
    path = tmp_path / "out.qualdata"
    with ZipFile(path, "w") as archive:
        archive.writestr("study.json", '{"qualdata": "1.0", "study": {"id": "s", "sources": [{"type": "text", "id": "t", "stored": "../secret.txt"}]}}')
        for name in ("../evil.txt", "/evil.txt", "C:/evil.txt"):
            archive.writestr(name, "x")
        link = ZipInfo("sources/link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "../../secret.txt")
    result = run("validate", path, "--format", "json")
    (report,) = json.loads(result.stdout)["reports"]
    assert {f["where"]["file"] for f in report["findings"] if f["rule"] == "pkg-path-unsafe"} == {"../evil.txt", "/evil.txt", "C:/evil.txt", "sources/link.txt", "../secret.txt"}
    assert "SECRET" not in result.output
    assert "val-rule-crashed" not in result.output


def test_deep_codes_and_rings_of_codes_end(run, tmp_path: Path) -> None:
    """However long they are."""
    codes = [{"id": f"c{n}", "name": "x", "parent": f"c{n + 1}"} for n in range(5000)] + [{"id": "c5000", "name": "x", "parent": "c0"}]
    (tmp_path / "study.json").write_text(json.dumps({"qualdata": "1.0", "study": {"id": "s", "codes": codes}}))
    result = run("validate", tmp_path, "--format", "json")
    found = [f["rule"] for f in json.loads(result.stdout)["reports"][0]["findings"]]
    assert found.count("ref-cycle") == 1
    assert "val-rule-crashed" not in found


def test_things_in_things_in_things_end(run, tmp_path: Path) -> None:
    """The text of an excerpt of the text of an excerpt, two hundred deep, is looked at; deeper, it is not JSON that is read."""
    begin, end = '{"id": "%d", "span": {"type": "text", "start": 0, "end": 0}, "representation": {"type": "text", "id": "r%d", "excerpts": [', "]}}"
    for deep in (200, 5000):
        inner = "".join(begin % (n, n) for n in range(deep)) + end * deep
        text = '{"qualdata": "1.0", "study": {"id": "s", "sources": [{"type": "text", "id": "t", "excerpts": [' + inner + "]}]}}"
        (tmp_path / "study.json").write_text(text)
        result = run("validate", tmp_path, "--format", "json")
        assert result.exit_code in (1, 3)
        assert "val-rule-crashed" not in result.output


def test_a_long_text_without_spaces_ends(run, tmp_path: Path) -> None:
    """No pattern needs more time than the text is long."""
    evil = "[" * 20_000 + "0:" * 20_000 + "(" * 20_000 + "\u00c3" * 20_000 + "e" + "\u0301" * 20_000 + "\u200d" * 20_000
    path = project(tmp_path, files={f"sources/{PROJECT.split('internal://')[1].partition('.txt')[0]}.txt": evil.encode()})
    assert run("validate", path).exit_code in (0, 1)


# ---- rules ----
def test_rules_are_listed_and_explained(run) -> None:
    """All of them; one with what, why, how to mend it, and in which profiles it is graver."""
    listed = words(run("rules"))
    assert all(f"{rule.id} ({rule.level})" in listed for rule in rules())
    told = words(run("rules", "pkg-file-unlisted"))
    assert "How to mend it: Take it out of the package" in told
    assert "Level: warning; error in the profiles archive, fsd, qdr, ukds." in told


def test_a_rule_that_there_is_not_is_a_wrong_use(run) -> None:
    """The list is named."""
    result = run("rules", "no-such-rule")
    assert result.exit_code == 2
    assert "qualdata rules" in result.output


def test_the_schema_of_an_extension_can_be_given(run, tmp_path: Path) -> None:
    """Then what it adds is checked; a file that is no schema is told in one sentence."""
    folder = Path(__file__).parents[2] / "examples/extensions/conversation-analysis"
    without = run("validate", folder / "SYNTHETIC-kitchen")
    assert (without.exit_code, "(sch-extension-unverified)" in words(without)) == (0, True)
    result = run("validate", folder / "SYNTHETIC-kitchen", "--extension-schema", folder / "conversation-analysis.schema.json")
    assert (result.exit_code, "sch-extension" in words(result)) == (0, False)
    (tmp_path / "x.json").write_text("{}")
    wrong = run("validate", folder / "SYNTHETIC-kitchen", "--extension-schema", tmp_path / "x.json")
    assert wrong.exit_code == 3
    assert "does not say which extension it is of" in " ".join(wrong.stderr.split())
