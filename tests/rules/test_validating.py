"""What validation promises as a whole: nothing passes in silence, what is set aside is told, and two runs say the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from attrs import evolve

import qualdata
from qualdata import Quote, ReadError, TextSource, TextSpan
from qualdata.rules import validate
from qualdata.rules import validating as module
from qualdata.rules.finding import nowhere
from qualdata.rules.profile import CORE, profile_named, profile_names
from qualdata.rules.registry import rule_named, rules
from qualdata.rules.reports import as_json, verdict
from qualdata.rules.rule import rule
from tests.rules.groups.package import told, with_file
from tests.rules.groups.validation import WAIVER
from tests.rules.sound import TEXT, package, project, sound


def found(report) -> list[str]:
    return [f.rule for f in report.findings]


def of_files(report) -> list[str]:
    """What is found that has nothing to do with what a project has no place for: documents, consent, access."""
    return [rule for rule in found(report) if not rule.startswith(("doc-", "cbk-", "prv-", "acc-"))]


# ---- places ----
def test_places_of_another_kind_and_replacements_beyond_their_text_are_found() -> None:
    """By hand: an area in a text, a stretch of characters in a picture, the 9th character of a text that has 8."""
    study = qualdata.Study(sources=[TextSource(id="t", name="T", text="in [town"), qualdata.PictureSource(id="p", name="P")])
    study["t"].excerpts.append(qualdata.Excerpt(id="e1", span=qualdata.AreaSpan(0, 0, 5, 5)))
    study["p"].excerpts.append(qualdata.Excerpt(id="e2", span=TextSpan(0, 2)))
    study.add(qualdata.Replacement(id="r1", source="t", span=TextSpan(3, 9), replacement="[town]"))
    study.add(qualdata.Replacement(id="r2", source="t", span=TextSpan(3, 8), replacement="[town"))
    assert [(f.where.id, f.message) for f in validate(study).findings if f.rule == "exc-range-invalid"] == [
        ("e1", "the excerpt marks an area of a picture, but stands in a text source"),
        ("e2", "the excerpt marks characters of a text, but stands in a picture source"),
        ("r1", "the replacement from 3 to 9 lies outside its text, which has 8 characters"),
    ]


# ---- rules that fail ----
@rule("xyz-fails", "info")
def fails(data):
    """It finds one thing, and fails.

    To see what happens.

    Nothing to mend.
    """
    yield nowhere, "one thing"
    raise ZeroDivisionError("by nothing")


def test_a_rule_that_fails_is_an_error_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it had found before stays, and its name is told."""
    study = sound()
    study["e"].span = TextSpan(50, 40)
    monkeypatch.setattr(module, "rules", lambda: (fails, *rules()))
    report = validate(study)
    assert found(report) == ["xyz-fails", "exc-range-invalid", "val-rule-crashed"]
    assert not report.ok
    assert "xyz-fails" in report.findings[-1].message
    assert "ZeroDivisionError: by nothing" in report.findings[-1].message


def test_a_failure_cannot_be_waived(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A waiver of it sets nothing aside."""
    path = package(tmp_path)
    (path / "waivers.toml").write_text(WAIVER.replace("exc-range-invalid", "val-rule-crashed").replace('"e"', '"*"'))
    monkeypatch.setattr(module, "rules", lambda: (fails, *rules()))
    assert {"val-rule-crashed", "val-waiver-unused"} < set(found(validate(path)))


# ---- waivers ----
@pytest.mark.parametrize("place", ["e", "{E}", "P01", "sources[0]", "sources[0].excerpts[0]", "sources/t.txt", "*"])
def test_a_waiver_sets_aside_what_is_at_its_place(place: str, tmp_path: Path) -> None:
    """A thing by its id or name, all within a place of the document, a file, or everywhere; it is told as waived."""
    study = sound()
    study["e"].span = TextSpan(0, 1000)
    path = package(tmp_path, study)
    (path / "waivers.toml").write_text(WAIVER.replace('"e"', f'"{place}"'))
    report = validate(path)
    assert report.findings == ()
    assert report.counts == ()
    assert report.ok
    (waived,) = report.waived
    assert (waived.finding.rule, waived.waiver.who, waived.waiver.reason, waived.waiver.date) == ("exc-range-invalid", "w", "r", "2024-05-17")


@pytest.mark.parametrize("place", ["c", "sources[1]", "sources[0].excerpts[1]", "sources/t", ""])
def test_a_waiver_of_another_place_sets_nothing_aside(place: str, tmp_path: Path) -> None:
    """It is told as unused, or as incomplete."""
    study = sound()
    study["e"].span = TextSpan(0, 1000)
    path = package(tmp_path, study)
    (path / "waivers.toml").write_text(WAIVER.replace('"e"', f'"{place}"'))
    assert found(validate(path)) == ["exc-range-invalid", "val-waiver-unused" if place else "val-waiver-invalid"]


def test_waivers_of_a_project_stand_beside_it(tmp_path: Path) -> None:
    """In a file with its name; or in one that is given."""
    path = project(tmp_path, files={})
    waiver = WAIVER.replace("exc-range-invalid", "refi-source-missing").replace('"e"', '"*"')
    (tmp_path / "given.toml").write_text(waiver)
    assert found(validate(path)) == ["refi-source-missing"]
    assert found(validate(path, waivers=tmp_path / "given.toml")) == []
    (tmp_path / "study.qdpx.waivers.toml").write_text(waiver)
    assert found(validate(path)) == []


def test_given_waivers_that_are_none_are_refused(tmp_path: Path) -> None:
    """They are the mistake of who validates, not of the dataset."""
    (tmp_path / "w.toml").write_text("[[waiver]]\nrule = 'x-y'")
    with pytest.raises(qualdata.QualdataError, match="has no place"):
        validate(sound(), waivers=tmp_path / "w.toml")
    with pytest.raises(qualdata.QualdataError, match="cannot be read"):
        validate(sound(), waivers=tmp_path / "none.toml")


# ---- profiles ----
def own(folder: Path, text: str) -> str:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_profile_of_ones_own_raises(tmp_path: Path) -> None:
    """From what it inherits, as it says; a level that is not above changes nothing, and that is told."""
    rows = '[raise.exc-empty]\nlevel = "error"\nsource = "Our guide"\n[raise.exc-range-invalid]\nlevel = "info"\nsource = "Our guide"\n'
    name = own(tmp_path, f'title = "Ours"\nversion = "7"\ninherits = "archive"\n{rows}')
    study = sound()
    study["e"].span = TextSpan(40, 40)
    report = validate(study, profile=name)
    assert [(f.rule, f.level) for f in report.findings] == [("exc-empty", "error"), ("val-profile-invalid", "warning")]
    assert (report.head.profile, report.head.profile_version) == ("ours.toml", "7")
    profile, range_invalid, unlisted = profile_named(name), rule_named("exc-range-invalid"), rule_named("pkg-file-unlisted")
    assert (profile.level(range_invalid), profile.level(unlisted)) == ("error", "error")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: no", "not TOML"),
        ('colour = "red"', "no colour"),
        ('inherits = "nothing"', "builds on 'nothing'"),
        ('[raise.exc-empty]\nlevel = "fatal"\nsource = "x"', "a level"),
        ('[raise.exc-empty]\nlevel = "error"', "a source"),
    ],
)
def test_a_profile_that_is_none_is_refused(text: str, words: str, tmp_path: Path) -> None:
    """In one sentence that says what is wrong."""
    with pytest.raises(ReadError, match=words):
        validate(sound(), profile=own(tmp_path, text))


def test_a_profile_that_builds_on_itself_is_refused(tmp_path: Path) -> None:
    """Rather than read for ever."""
    path = tmp_path / "ours.toml"
    path.write_text(f'inherits = "{path.as_posix()}"')
    with pytest.raises(ReadError, match="builds on itself"):
        validate(sound(), profile=path.as_posix())


def test_no_profile_lowers_a_rule() -> None:
    """Whatever it builds on."""
    core = profile_named(CORE)
    levels = ["info", "warning", "error"]
    for name in profile_names():
        profile = profile_named(name)
        assert all(levels.index(profile.level(r)) >= levels.index(core.level(r)) for r in rules())


# ---- reports ----
def test_two_runs_give_equal_reports(tmp_path: Path) -> None:
    """But for the time, which is not compared."""
    path = project(tmp_path, files={})
    first, second = validate(path), validate(path)
    assert first == second
    assert evolve(first, head=evolve(first.head, time="x")) == second
    assert first.findings
    one, other = (json.loads(as_json([r])) for r in (first, second))
    one["reports"][0]["head"].pop("time"), other["reports"][0]["head"].pop("time")
    assert one == other


def test_two_processes_give_equal_reports(tmp_path: Path) -> None:
    """Though each puts words in another order where they have none; here, what much else is named by."""
    study = sound()
    study["friends"].extra = {f"lab{n}:x": n for n in range(20)}
    study["e"].memos = [f"m{n}" for n in range(20)]
    study["c"].code, study["p01"].sources = "q", [f"t{n}" for n in range(20)]
    path = package(tmp_path, study)
    said = []
    for seed in ("1", "2"):
        run = [sys.executable, "-m", "qualdata", "validate", str(path), "--format", "json"]
        told = json.loads(subprocess.run(run, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False).stdout)
        told["reports"][0]["head"].pop("time")
        said.append(told)
    assert said[0] == said[1]
    assert len(said[0]["reports"][0]["findings"]) > 60


def test_the_head_says_what_was_looked_at_and_by_what(tmp_path: Path) -> None:
    """The SHA-256 is that of the file, or of the document in a folder."""
    path = project(tmp_path)
    head = validate(path).head
    assert (head.dataset, head.sha256, head.origin) == ("study.qdpx", sha256(path.read_bytes()).hexdigest(), "QualCoder 3.6")
    assert (head.tool, head.standard, head.schema, head.profile) == (qualdata.__version__, "1.0", "urn:qualdata:schema:1.0:study", "core")
    folder = package(tmp_path)
    assert validate(folder).head.sha256 == sha256((folder / "study.json").read_bytes()).hexdigest()
    assert validate(sound()).head.sha256 is None


def test_all_are_counted_though_a_thousand_are_listed() -> None:
    """A file in which everything is wrong gives no endless report."""
    study = sound()
    source = study.add(TextSource(id="u", name="P02", text="Words."))
    study["p01"].sources.append("u")
    for _ in range(1234):
        source.excerpt(2, 2)
    report = validate(study)
    assert len(report.findings) == 1000
    assert [(c.rule, c.level, c.number) for c in report.counts] == [("exc-empty", "warning", 1234)]


def test_general_rules_give_way_to_those_of_refi_qda(tmp_path: Path) -> None:
    """Which apply to a file, and to a study that was read from it."""
    path = project(tmp_path, files={})
    assert found(validate(path)) == found(validate(qualdata.read(path))) == ["refi-source-missing"]


def test_a_reference_that_is_no_guid_is_a_fault_of_structure(tmp_path: Path) -> None:
    """Though the ids themselves are all GUIDs; with its line."""
    report = validate(project(tmp_path, ("<SourceRef targetGUID=", '<SourceRef targetGUID="P01"/><SourceRef targetGUID=')))
    assert {(f.rule, f.where.line) for f in report.findings} == {("ref-dangling", 5), ("refi-structure-invalid", 5)}


def test_what_was_odd_in_a_project_is_no_matter_of_a_package_made_from_it(tmp_path: Path) -> None:
    """Nor of a study that was read from the package; what is missing still is."""
    path = project(tmp_path, ("internal://", ""), ('name="Friends"', 'name="Friends" mood="good"'))
    assert set(found(validate(path))) == {"refi-source-path", "refi-structure-invalid"}
    made = tmp_path / "made.qualdata"
    qualdata.convert(path, made)
    assert of_files(validate(made)) == of_files(validate(qualdata.read(made))) == []
    qualdata.convert(project(tmp_path, files={}), made)
    assert of_files(validate(made)) == ["pkg-file-missing"]


def test_what_was_odd_in_a_table_is_told(tmp_path: Path) -> None:
    """Remarks of a reader of any format are findings of the rules that they name."""
    (tmp_path / "codes.csv").write_text("code,description,origin\nFriends,Someone they knew told them.,guessed\n", encoding="utf-8")
    study = qualdata.read(tmp_path / "codes.csv")
    wanted = {remark.rule for remark in study.reading.remarks}
    assert wanted
    assert wanted <= set(found(validate(tmp_path / "codes.csv")))


def test_places_help(tmp_path: Path) -> None:
    """File and line in a project; the place in `study.json`; the id, the name, and the words with some around them."""
    study = sound()
    study["e"].quote = qualdata.Quote("What no one said.")
    (finding,) = validate(study).findings
    assert (finding.where.path, finding.where.id, finding.where.kind, finding.where.name) == ("sources[0].excerpts[0]", "e", "excerpt of text source", "P01")
    assert finding.where.words == "the group? P01: By accident. [A friend took me along.]"
    (finding,) = validate(project(tmp_path, ("startPosition=", 'startPosition="-5" x='))).findings[-1:]
    assert (finding.where.file, finding.where.line) == ("project.qde", 7)


def test_a_study_is_not_changed_by_looking_at_it() -> None:
    """Validation only reads."""
    study, same = sound(), sound()
    validate(study, profile="archive", target="nvivo")
    assert study == same


EDITED = {
    "its own words": ([Quote(exact="A friend took me along."), Quote(exact="By accident.")], "; 2 passages no longer match"),
    "the words of one": ([Quote(exact="A friend took me along."), None], "; 1 passage no longer matches"),
    "no words": ([None, None], "; whether 2 excerpts of it still match cannot be told, as none says its words"),
}


@pytest.mark.parametrize("what", EDITED)
def test_of_an_edited_text_it_is_told_what_that_did_to_its_passages(what: str, tmp_path: Path) -> None:
    """As far as they say their words; in the first line of the report."""
    quotes, told = EDITED[what]
    study = sound()
    study["t"].excerpt(TextSpan(36, 48)).apply(study["friends"], "ann", created="2024-05-17T10:00:00Z")
    for excerpt, quote in zip(study["t"].excerpts, quotes, strict=True):
        excerpt.quote = quote
    path = package(tmp_path, study)
    (path / "sources" / "t.txt").write_text(TEXT.replace("How did you", "How did you ever"), encoding="utf-8")
    report = validate(path)
    (finding,) = (f for f in report.findings if f.rule == "txt-hash-mismatch")
    assert finding.message == f"the text t.txt was edited after coding{told}"
    assert f"First: The text t.txt was edited after coding{told}" in verdict(report)


@pytest.mark.parametrize("option", [{"target": "nope"}, {"sources": "nowhere"}])
def test_what_was_asked_for_wrongly_is_no_fault_of_the_dataset(option: dict[str, str], tmp_path: Path) -> None:
    """It is said in a sentence, whatever is to be looked at."""
    for dataset in (sound(), project(tmp_path), tmp_path / "none.qdpx"):
        with pytest.raises(qualdata.QualdataError, match="there is no"):
            validate(dataset, **option)


def test_what_cannot_be_written_for_a_program_is_told(tmp_path: Path) -> None:
    """A file that is gone by now: no rule fails."""
    study = qualdata.read(project(tmp_path))
    (tmp_path / "study.qdpx").unlink()
    told = [f.message for f in validate(study, target="nvivo").findings if f.rule == "refi-loss"]
    assert [message.partition(":")[0] for message in told] == ["the study cannot be written for nvivo"]


def test_a_damaged_file_stops_once(tmp_path: Path) -> None:
    """With one finding, and a report that is not readable."""
    path = project(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    report = validate(path)
    assert not report.readable
    assert not report.ok
    assert found(report) == ["val-input-unreadable"]


def test_remarks_of_the_reader_name_rules_that_there_are() -> None:
    """So that none is lost."""
    code = "\n".join(p.read_text(encoding="utf-8") for p in Path(qualdata.__file__).parent.joinpath("formats").rglob("*.py"))
    named = set(re.findall(r'(?:Remark|remark)\(\s*"([a-z-]+)"', code)) | set(re.findall(r'rule: str = "([a-z-]+)"', code))
    assert named
    assert {id for id in named if rule_named(id) is None} == set()


def test_a_folder_of_a_study_that_was_changed_says_so(tmp_path: Path) -> None:
    """Several things at once: none hides another."""
    path = package(tmp_path, with_file(tmp_path, "guide.md", b"Ask."))
    (path / "documents" / "guide.md").write_bytes(b"Tell")
    (path / "sources" / "left.txt").write_text("x")
    told(path, lambda d: d["study"].update(base_path=None))
    assert found(validate(path)) == ["pkg-file-unlisted", "pkg-checksum-mismatch", "sch-invalid"]

