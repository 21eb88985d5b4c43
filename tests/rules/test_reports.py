"""What the forms of a report promise: they follow their schemas, say the same each time, and obey nothing that stands in a file."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema_rs
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import html

from qualdata import Code, Memo, Study, TextSpan
from qualdata.rules import Report, Waiver, Where, validate
from qualdata.rules.finding import LEVELS, Finding
from qualdata.rules.report import Count, Head
from qualdata.rules.reports import as_html, as_json, as_sarif, verdict
from qualdata.rules.reports import schema as of_reports
from qualdata.rules.reports.words import lines
from qualdata.rules.waivers import Waived
from qualdata.schema import SHIPPED, shipped, text_of
from qualdata.testing import studies
from tests.official import sarif_schema
from tests.rules.examples import BAD, Example
from tests.rules.sound import package, project, sound

SARIF = Draft4Validator(sarif_schema(), format_checker=Draft4Validator.FORMAT_CHECKER)
JSON = Draft202012Validator(json.loads(shipped("report")))
JSON_TOO = jsonschema_rs.Draft202012Validator(json.loads(shipped("report")))
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069]")
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '"><a href="javascript:alert(1)">',
    '=HYPERLINK("http://example.org","x")',
    "[click](http://example.org) {0} {{ 7 * 7 }} {% raw %}",
    "\x1b[2J\x9b31m\x07\x00\u202egnp.exe\u2066",
    "half \udcff and \ud83d",
    "W" * 100_000,
)


def complaints(validator: Any, data: bytes) -> list[str]:
    """What is wrong with a document."""
    return [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(json.loads(data))]


def check(reports: list[Report]) -> None:
    """That reports follow their schemas, in all forms."""
    assert complaints(SARIF, as_sarif(reports)) == []
    assert complaints(JSON, as_json(reports)) == []
    assert JSON_TOO.is_valid(json.loads(as_json(reports)))
    html.document_fromstring(as_html(reports).decode())


def lamed(folder: Path) -> Path:
    """A package in which two things must be mended, one is set aside, and one waiver is not used."""
    study = sound()
    study["e"].span = TextSpan(0, 1000)
    study.add(Code(id="r", name="Ring", parent="r", description="It stands in itself."))
    path = package(folder, study)
    (path / "notes.txt").write_text("by hand")
    rows = {"pkg-file-unlisted": "notes.txt", "exc-empty": "e"}
    waivers = (f'[[waiver]]\nrule = "{r}"\nplace = "{p}"\nreason = "It is ours."\nwho = "A. Curator"\ndate = 2024-05-17\n' for r, p in rows.items())
    (path / "waivers.toml").write_text("".join(waivers))
    return path


# ---- schemas ----
def test_the_shipped_schema_is_the_one_of_the_classes() -> None:
    """As `make schemas` writes it; and it is a schema."""
    path = Path(inspect.getfile(Study)).parents[2] / "schemas" / SHIPPED["report"]
    assert path.read_bytes().decode() == text_of(of_reports.made()), "the classes changed: run make schemas"
    Draft202012Validator.check_schema(of_reports.made())


@pytest.mark.parametrize("example", BAD, ids=str)
def test_whatever_is_found_follows_the_schemas(example: Example, tmp_path: Path) -> None:
    """SARIF by the schema that OASIS publishes, JSON by ours in two validators."""
    check([example.report(tmp_path)])


CHANGES: dict[str, Callable[[Any], Any]] = {
    "no head": lambda r: r.pop("head"),
    "a level that there is not": lambda r: r["findings"][0].update(level="fatal"),
    "a field that there is not": lambda r: r["findings"][0].update(mend="x"),
    "a place that is a text": lambda r: r["findings"][0].update(where="here"),
    "a line 0": lambda r: r["findings"][0]["where"].update(line=0),
    "a SHA-256 that is none": lambda r: r["head"].update(sha256="AB"),
    "null": lambda r: r["head"].update(origin=None),
    "a waiver without a reason": lambda r: r["waived"][0]["waiver"].pop("reason"),
    "how often that is none": lambda r: r["counts"][0].update(number=0),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_schema_refuses_what_no_report_says(what: str, tmp_path: Path) -> None:
    """In both validators."""
    document = json.loads(as_json([validate(lamed(tmp_path))]))
    CHANGES[what](document["reports"][0])
    assert not JSON.is_valid(document)
    assert not JSON_TOO.is_valid(document)


# ---- what they say ----
def test_the_verdict_counts_and_names_the_first(tmp_path: Path) -> None:
    """In the words that a depositor reads first."""
    assert verdict(validate(lamed(tmp_path))) == (
        "Not ready to deposit: 2 things must be mended, 1 should be looked at, 1 set aside by you. First: This one stands in itself: Ring (code \"Ring\")."
    )
    assert verdict(validate(sound())) == "Nothing to mend."


def test_the_text_has_for_each_rule_how_often_three_places_and_the_mend(tmp_path: Path) -> None:
    """Five excerpts that lie outside: three are named, each by where it stands."""
    study = sound()
    for n in range(5):
        study["t"].excerpt(TextSpan(500, 600 + n))
    told = [text for _, text in lines(validate(package(tmp_path, study)))]
    at = next(n for n, text in enumerate(told) if "exc-range-invalid" in text)
    assert told[at] == "5 times, as: the excerpt from 500 to 600 lies outside its source, which has 73 characters (exc-range-invalid)."
    assert told[at + 1] == "At " + "; ".join(f'excerpt of text source "P01", sources[0].excerpts[{n}]' for n in (1, 2, 3)) + " …"
    assert told[at + 2].startswith("Mend: ")


def test_where_there_are_no_places_the_text_tells_what_else_was_found() -> None:
    """Of five, three in all; each as it is."""
    study = sound()
    for n in range(5):
        study["friends"].extra = {**(study["friends"].extra or {}), f"lab{n}:x": 1}
    told = [text for _, text in lines(validate(study))]
    at = next(n for n, text in enumerate(told) if "sch-extension-undeclared" in text)
    says = "content of 1 part of the study stands under the prefix lab{}, which is not explained"
    assert told[at : at + 2] == [f"5 times, as: {says.format(0)} (sch-extension-undeclared).", f"Also: {says.format(1)}; {says.format(2)} …"]


def test_sarif_says_rules_levels_places_and_what_is_set_aside(tmp_path: Path) -> None:
    """The lines and files of a project, which lie in a ZIP file."""
    path = project(tmp_path, ('<CodeRef targetGUID="00000002', '<CodeRef targetGUID="00000009'), ("origin=", "nonsense="))
    (run,) = json.loads(as_sarif([evolve(validate(path), path=Path("deposits/study.qdpx"))]))["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    result = next(r for r in run["results"] if r["ruleId"] == "ref-dangling")
    physical = result["locations"][0]["physicalLocation"]
    assert rules["ref-dangling"]["help"]["text"]
    assert rules["ref-dangling"]["defaultConfiguration"]["level"] == result["level"] == "error"
    assert run["artifacts"][0]["location"]["uri"] == "deposits/study.qdpx"
    assert run["artifacts"][0]["hashes"]["sha-256"] == validate(path).head.sha256
    assert physical["artifactLocation"]["uri"] == "/project.qde"
    assert run["artifacts"][physical["artifactLocation"]["index"]]["parentIndex"] == 0
    assert physical["region"]["startLine"] == 8
    assert result["locations"][0]["logicalLocations"][0]["kind"].startswith("coding")
    (aside,) = (r for r in json.loads(as_sarif([validate(lamed(tmp_path))]))["runs"][0]["results"] if r["suppressions"])
    assert aside["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "It is ours. (A. Curator, 2024-05-17)"}]
    assert aside["ruleId"] == "pkg-file-unlisted"


def test_sarif_never_says_where_files_lie_on_this_computer(tmp_path: Path) -> None:
    """Home folders hold names of people."""
    assert str(tmp_path).encode() not in b"".join(form([validate(lamed(tmp_path))]) for form in (as_sarif, as_json, as_html))


def test_fingerprints_stay_when_lines_and_others_change(tmp_path: Path) -> None:
    """A finding is the same one after a line and a finding more; two of one place are told apart."""
    def fingerprints(path: Path) -> dict[str, list[str]]:
        (run,) = json.loads(as_sarif([validate(path)]))["runs"]
        found: dict[str, list[str]] = {}
        for result in run["results"]:
            found.setdefault(result["ruleId"], []).extend(result["fingerprints"].values())
        return found

    wrong = ('<CodeRef targetGUID="00000002', '<CodeRef targetGUID="00000009')
    before = fingerprints(project(tmp_path, wrong))
    after = fingerprints(project(tmp_path, wrong, ("<Users>", "\n\n<Users>"), ('endPosition="', 'endPosition="9')))
    assert before["ref-dangling"] == after["ref-dangling"]
    assert set(after) > set(before)
    every = [one for many in after.values() for one in many]
    assert len(set(every)) == len(every)


def test_the_page_says_by_what_and_of_which_bytes(tmp_path: Path) -> None:
    """Versions, profile, SHA-256, who set what aside and why; the worst stands first."""
    report = validate(lamed(tmp_path), profile="archive")
    said = " ".join(html.document_fromstring(as_html([report]).decode()).text_content().split())
    head = report.head
    for part in (head.tool, f"standard {head.standard}", head.schema, f"archive {head.profile_version}", str(head.sha256)):
        assert part in said
    assert "A. Curator, 2024-05-17: It is ours." in said
    assert "set aside" in said
    assert said.index("Must be mended") < said.index("Should be looked at") < said.index("Set aside")


def test_the_page_needs_nothing_else(tmp_path: Path) -> None:
    """No script, nothing fetched, and a policy that would forbid both."""
    page = html.document_fromstring(as_html([validate(lamed(tmp_path)), validate(sound())]).decode())
    assert page.xpath("//script | //link | //img | //iframe | //@src | //@onclick") == []
    assert all(address.startswith("#") for address in page.xpath("//@href"))
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "url(" not in page.xpath("string(//style)")
    assert "@import" not in page.xpath("string(//style)")


# ---- hostile names ----
def hostile(words: str) -> Report:
    """A report in which every text that can come from a file is this one."""
    where = Where(file=words, line=1, path=words, id=words, kind="memo", name=words, words=words)
    findings = [Finding(rule="ref-orphan", level=level, message=words, where=where) for level in LEVELS]
    waiver = Waiver(rule="ref-orphan", place=words, reason=words, who=words, date="2024-05-17")
    head = Head(
        dataset=words, format="qdpx", sha256="0" * 64, origin=words, tool="1", standard="1.0", schema="s", profile=words, profile_version="1", time="2024-05-17T10:00:00+00:00"
    )
    counts = tuple(Count("ref-orphan", level, 1) for level in LEVELS)
    return Report(head=head, findings=tuple(findings), counts=counts, waived=(Waived(findings[0], waiver),), path=Path(words.replace("\0", "").replace("/", "")))


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:12]))
def test_names_are_never_obeyed(words: str) -> None:
    """Markup is shown, not built; a terminal and a reading direction are left alone; links and arguments of SARIF are not made."""
    check([hostile(words)])
    for form in (as_html, as_json, as_sarif):
        assert not OBEYED.search(form([hostile(words)]).decode())
    page = html.document_fromstring(as_html([hostile(words)]).decode())
    assert page.xpath("//script | //img | //@onerror | //a") == []
    results = json.loads(as_sarif([hostile(words)]))["runs"][0]["results"]
    assert not any("](" in r["message"]["text"] or re.search(r"(?<!\{)\{\d+\}(?!\})", r["message"]["text"]) for r in results)


@given(words=st.text(max_size=60))
def test_any_name_follows_the_schemas(words: str) -> None:
    """Whatever its characters."""
    check([hostile(words)])
    assert not OBEYED.search(as_html([hostile(words)]).decode())


def test_a_name_without_end_does_not_fill_the_report(tmp_path: Path) -> None:
    """The message is cut in the middle, so that what is wrong with it can be read."""
    study = sound()
    study.add(Memo(name="W" * 1_000_000, text="x"))
    report = validate(study)
    (finding,) = report.findings
    assert len(finding.message) < 500
    assert finding.message.startswith("nothing refers to the memo W")
    assert len(as_html([report])) < 20_000
    assert all(len(text) < 1000 for _, text in lines(report))


def test_a_zip_file_with_hostile_names_is_told_of(tmp_path: Path) -> None:
    """Names that climb, ring the bell, or are markup."""
    path = project(tmp_path)
    with ZipFile(path, "a") as archive:
        for name in ("../../up.txt", "sources/\x1b[2J\x07.txt", "sources/<script>.txt"):
            archive.writestr(name, b"x")
    report = validate(path)
    assert report.findings
    check([report])
    assert not OBEYED.search(as_json([report]).decode())


# ---- the same each time ----
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
@given(study=studies())
def test_two_runs_give_equal_reports(study: Study) -> None:
    """But for the time."""
    first, second = validate(study, profile="archive"), validate(study, profile="archive")
    assert first == second
    at = "2024-05-17T10:00:00+00:00"
    forms = [[form([evolve(r, head=evolve(r.head, time=at))]) for form in (as_html, as_json, as_sarif)] for r in (first, second)]
    assert forms[0] == forms[1]
    check([first])


@pytest.mark.samples
def test_reports_on_real_files_follow_the_schemas(samples: Path) -> None:
    """As the programs wrote them, all in one report."""
    check([validate(path) for path in sorted(samples.glob("*.qd*")) if path.is_file()])
