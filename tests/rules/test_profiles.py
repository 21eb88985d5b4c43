"""What profiles of one's own, rules of one's own, and waivers promise: they raise, never lower, and never pass in silence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from types import ModuleType
from zipfile import ZipFile

import pytest

from qualdata import Memo, QualdataError, ReadError, TextSpan, write
from qualdata.rules import profile as module
from qualdata.rules import registry, rule, validate
from qualdata.rules.profile import profile_named, profile_names
from qualdata.rules.reports import as_sarif
from tests.rules.groups.profiles import DEMANDING, agreed
from tests.rules.sound import package, sound

ROW = '[raise.ref-orphan]\nlevel = "error"\nsource = "Guide for depositors, section 3"\n'


def profile(folder: Path, text: str, name: str = "ours.toml") -> str:
    """A profile file."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


# ---- profiles ----
def test_a_profile_of_ones_own_raises_a_rule(tmp_path: Path) -> None:
    """The report names it, by the name of its file alone."""
    study = sound()
    study.add(Memo(name="A thought", text="x"))
    report = validate(study, profile=profile(tmp_path, f'version = "3"\ninherits = "archive"\n{ROW}'))
    assert [(c.rule, c.level) for c in report.counts] == [("ref-orphan", "error")]
    assert [(c.rule, c.level) for c in validate(study).counts] == [("ref-orphan", "info")]
    assert (report.head.profile, report.head.profile_version) == ("ours.toml", "3")


def test_a_profile_builds_on_one_beside_it(tmp_path: Path) -> None:
    """Wherever the command is run; files that one asks for, the other asks for too."""
    profile(tmp_path, f'{ROW}[[require]]\nfile = "a.pdf"\nsource = "Guide for depositors"\n', "below.toml")
    used = profile_named(profile(tmp_path, 'inherits = "below.toml"\n[[require]]\nfile = "b.pdf"\nsource = "Guide for depositors"\n'))
    assert used is not None
    assert [asked.file for asked in used.asks("required")] == ["b.pdf", "a.pdf"]
    assert used.level(next(r for r in registry.rules() if r.id == "ref-orphan")) == "error"


WRONG = {
    "not TOML": ("raise = ", "not TOML"),
    "a field that there is not": ("rules = 1", "has no rules"),
    "a level that there is not": ('[raise.x]\nlevel = "fatal"\nsource = "s"', "level"),
    "a row without a source": ('[raise.x]\nlevel = "error"', "source"),
    "a row that is a text": ('raise = "all"', "[raise.ID]"),
    "a base that there is not": ('inherits = "nowhere"', "nowhere"),
    "itself as its base": ('inherits = "ours.toml"', "itself"),
    "evidence that there is not": ('[raise.x]\nlevel = "error"\nsource = "s"\nevidence = "felt"', "evidence"),
    "a file without a source": ('[[require]]\nfile = "x"', "source"),
    "a file that is a text": ('forbid = "*.docx"', "forbid"),
    "a list of terms that is not there": ('terms = "no.txt"', "terms"),
    "things too deep in each other": (f"x = {'[' * 5000}", "TOML"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_profile_that_is_none_is_said_in_a_sentence(what: str, tmp_path: Path) -> None:
    """With its file."""
    text, told = WRONG[what]
    with pytest.raises(ReadError, match=r"(ours\.toml|no\.txt): ") as caught:
        validate(sound(), profile=profile(tmp_path, text))
    assert told in caught.value.message


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of a profile that an installed package names by its entry point, and of one that it does not have."""
    path = tmp_path / "kept elsewhere.toml"
    lab = ModuleType("qualdata_lab")
    lab.profile = path
    monkeypatch.setitem(sys.modules, "qualdata_lab", lab)
    points = EntryPoints(EntryPoint(name, f"qualdata_lab:{what}", "qualdata.profiles") for name, what in (("lab", "profile"), ("torn", "nothing")))
    monkeypatch.setattr(module, "entry_points", lambda group: points.select(group=group))
    return path


def test_a_profile_of_an_installed_package_is_known_by_the_name_of_its_entry_point(installed: Path) -> None:
    """It builds on ours, and others on it; the report names it by that name."""
    installed.write_text(f'title = "Our lab"\nversion = "2"\ninherits = "ukds"\n{ROW}')
    study = sound()
    study.add(Memo(name="A thought", text="x"))
    report = validate(study, profile="lab")
    assert [(c.rule, c.level) for c in report.counts] == [("ref-orphan", "error")]
    assert (report.head.profile, report.head.profile_version) == ("lab", "2")
    assert {"lab", "torn"} < set(profile_names())
    above = profile_named(profile(installed.parent, 'inherits = "lab"'))
    assert above is not None
    assert [one.name for one in above.lineage()] == ["ours.toml", "lab", "ukds", "archive", "core"]


def test_a_profile_of_an_installed_package_that_is_torn_stops_only_who_asks_for_it(installed: Path) -> None:
    """In a sentence."""
    assert validate(sound()).findings == ()
    with pytest.raises(ReadError, match="the profile torn of an installed package cannot be loaded"):
        validate(sound(), profile="torn")


def test_what_is_only_reported_of_an_archive_is_said_to_be(tmp_path: Path) -> None:
    """In the words for who asks; what says nothing of it is stated."""
    used = profile_named(profile(tmp_path, f'{ROW}[raise.exc-empty]\nlevel = "error"\nsource = "A colleague"\nevidence = "reported"\n'))
    assert used is not None
    assert {id: str(one) for id, one in used.raised.items()} == {"ref-orphan": "Guide for depositors, section 3", "exc-empty": "A colleague (reported)"}


@pytest.mark.parametrize("name", ["nowhere", "gone/nowhere.toml"])
def test_an_unknown_profile_is_a_warning(name: str) -> None:
    """Core is taken, and the report says so."""
    report = validate(sound(), profile=name)
    assert [(f.rule, f.level) for f in report.findings] == [("val-profile-unknown", "warning")]
    assert report.head.profile == "core"


def test_files_are_asked_for_by_the_end_of_their_path(tmp_path: Path) -> None:
    """Whatever the capitals; the finding says who asks."""
    (tmp_path / "notes.DOCX").write_bytes(b"PK")
    study = agreed(tmp_path, "NOTES.DOCX")
    found = {f.rule: f for f in validate(package(tmp_path, study), profile=DEMANDING).findings}
    assert found["pro-file-forbidden"].where.file == "documents/NOTES.DOCX"
    assert "Guide for depositors, section 2" in found["pro-file-forbidden"].message


# ---- rules of one's own ----
@rule("lab-ends", "warning")
def ends(data) -> Iterator:
    """It ends badly.

    We have seen it.

    Mend it.
    """
    yield data.at(data.study), "it ends"
    raise RuntimeError("half-way")


@rule("exc-empty", "warning")
def taken(data) -> Iterator:
    """It takes an id.

    We have seen it.

    Mend it.
    """
    yield from ()


@rule("lab-pageless", "warning")
def pageless(data) -> Iterator:
    """It has no page."""
    yield from ()


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """Installs a module of rules, as a package with an entry point would."""
    def install(**rules: object) -> None:
        module = ModuleType("lab")
        vars(module).update(rules)
        point = EntryPoint("Our lab", "lab", "qualdata.rules")
        monkeypatch.setattr(EntryPoint, "load", lambda self: module if rules else 1 / 0)
        monkeypatch.setattr(registry, "entry_points", lambda group: [point])
        registry._installed.cache_clear()

    yield install
    monkeypatch.undo()
    registry._installed.cache_clear()


def test_a_rule_that_fails_is_an_error_and_the_others_go_on(install) -> None:
    """What it found before stays; never a silent pass, in any form."""
    install(ends=ends)
    study = sound()
    study.add(Memo(name="A thought", text="x"))
    report = validate(study)
    assert [(f.rule, f.level) for f in report.findings] == [("ref-orphan", "info"), ("lab-ends", "warning"), ("val-rule-crashed", "error")]
    assert not report.ok
    assert "lab-ends failed" in report.findings[-1].message
    assert b'"executionSuccessful": false' in as_sarif([report])


@pytest.mark.parametrize("rules", [{}, {"taken": taken}, {"pageless": pageless}], ids=["a module that does not load", "an id that is taken", "no page"])
def test_rules_that_cannot_be_used_are_an_error(install, rules) -> None:
    """By the name of their package; ours go on."""
    install(**rules)
    report = validate(sound())
    assert [(f.rule, f.level) for f in report.findings] == [("val-rule-crashed", "error")]
    assert "Our lab" in report.findings[0].message


# ---- waivers ----
WAIVER = '[[waiver]]\nrule = "exc-range-invalid"\nplace = "{}"\nreason = "It is known."\nwho = "A. Curator"\ndate = 2024-05-17\n'
PLACES = ("*", "e", "E", "{e}", "P01", "sources[0]", "sources[0].excerpts[0]", "sources/P01.txt")


@pytest.mark.parametrize("place", PLACES)
def test_a_waiver_names_a_place_in_many_ways(place: str, tmp_path: Path) -> None:
    """Everywhere, an id in any form, a name, a place in the document or what it stands in, a file."""
    study = sound()
    study["e"].span = TextSpan(0, 1000)
    path = package(tmp_path, study)
    (tmp_path / "mine.toml").write_text(WAIVER.format(next((f.relative_to(path).as_posix() for f in path.glob("sources/*")), place) if "/" in place else place))
    report = validate(path, waivers=tmp_path / "mine.toml")
    assert report.findings == ()
    assert [w.finding.rule for w in report.waived] == ["exc-range-invalid"]


@pytest.mark.parametrize("place", ["t2", "sources[0].excerpts[1]", "sources[0].exc", ""])
def test_a_waiver_of_another_place_sets_nothing_aside(place: str, tmp_path: Path) -> None:
    """And is found to be unused, or not to be one."""
    study = sound()
    study["e"].span = TextSpan(0, 1000)
    path = package(tmp_path, study)
    (path / "waivers.toml").write_text(WAIVER.format(place))
    found = [f.rule for f in validate(path).findings]
    assert found == ["exc-range-invalid", "val-waiver-unused" if place else "val-waiver-invalid"]


def test_waivers_that_cannot_be_read_stop_nothing(tmp_path: Path) -> None:
    """A damaged file in the package, and one that is far too large."""
    write(sound(), tmp_path / "s.qualdata")
    for number, data in enumerate((WAIVER.format("e").encode(), b"#" * (1 << 21))):
        path = tmp_path / f"{number}.qualdata"
        path.write_bytes((tmp_path / "s.qualdata").read_bytes())
        with ZipFile(path, "a") as archive:
            archive.writestr("waivers.toml", data)
        path.write_bytes(path.read_bytes().replace(b"It is known", b"It is kNown"))
        assert [f.rule for f in validate(path).findings] == ["val-waiver-invalid"]


def test_a_waiver_is_not_called_unused_where_its_rule_could_not_look(tmp_path: Path) -> None:
    """As nothing is known of it; one for a rule that looked, or that there is not, is."""
    path = package(tmp_path)
    rows = ("exc-range-invalid", "pkg-path-unsafe", "exc-rnage-invalid")
    (path / "waivers.toml").write_text("".join(WAIVER.format("*").replace("exc-range-invalid", rule) for rule in rows))
    unused = [f.message.split()[3] for f in validate(path).findings if f.rule == "val-waiver-unused"]
    assert unused == list(rows)
    (path / "study.json").write_text("{}")
    unused = [f.message.split()[3] for f in validate(path).findings if f.rule == "val-waiver-unused"]
    assert unused == ["pkg-path-unsafe", "exc-rnage-invalid"]


def test_what_tells_of_validation_itself_is_not_set_aside(tmp_path: Path) -> None:
    """Such a waiver is unused."""
    path = package(tmp_path)
    (path / "waivers.toml").write_text(WAIVER.format("*").replace("exc-range-invalid", "val-profile-unknown"))
    assert [f.rule for f in validate(path, profile="nowhere").findings] == ["val-profile-unknown", "val-waiver-unused"]


@pytest.mark.parametrize("text", ["I waive it all.", 'waiver = "all"', WAIVER.format("e").replace("2024-05-17", '"soon"'), WAIVER.format("e").replace('who = "A. Curator"', "")])
def test_waivers_that_are_given_must_be_good(text: str, tmp_path: Path) -> None:
    """One sentence, with their file."""
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(QualdataError, match=r"mine\.toml") as caught:
        validate(sound(), waivers=tmp_path / "mine.toml")
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
