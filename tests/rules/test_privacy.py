"""What the rules about privacy promise beyond what each finds: key files of several forms, and reports that can be sent on."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qualdata
from qualdata.cli import main
from qualdata.cli.validate import WRITERS
from qualdata.errors import ReadError
from qualdata.rules import validate
from qualdata.rules.keyfile import KeyFile, is_key, key_in
from qualdata.rules.marks import declared
from qualdata.rules.opening import of_study
from qualdata.rules.windows import windows
from qualdata.testing import studies
from tests import starter
from tests.rules.examples import BAD
from tests.rules.groups.privacy import KEY
from tests.rules.sound import TEXT, package, sound

SECRETS = ("ann.lee@", "0412 345", "NSW 2042", "DE89 3704", "17 May", "in 1984", "Otter", "Ann Lee", "ann lee", "Dr Lee", "Mrs Lee", "Mr_Lee", "alee")


@pytest.mark.parametrize("example", [e for e in BAD if e.rule.startswith("prv-")], ids=str)
def test_reports_do_not_repeat_what_was_found(example, tmp_path: Path) -> None:
    """In no form of report; a name in a file name is told by the place of the file in `study.json`."""
    report = example.report(tmp_path)
    told = "".join(write([report]).decode() for write in WRITERS.values())
    assert [secret for secret in SECRETS if secret in told] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "original,replacement\nAnn Lee,P01\nOtter Creek,[town]\n"),
        ("a.csv", "id;Original;Pseudonym\n1;Ann Lee;P01\n2;Otter Creek;[town]\n"),
        ("a.tsv", "name\treplacement\nAnn Lee\tP01\nOtter Creek\t[town]\n"),
        ("a.toml", '[[term]]\noriginal = "Ann Lee"\nreplacement = "P01"\n[[term]]\noriginal = "Otter Creek"\nreplacement = "[town]"\n'),
        ("a.csv", '\ufefforiginal,replacement\r\n"Ann Lee",P01\r\nOtter Creek ,[town]\r\n'),
    ],
)
def test_key_files_of_several_forms_are_read(name: str, text: str, tmp_path: Path) -> None:
    """Tables with a head, in any order of columns, and TOML."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert key_in(tmp_path / name).rows == [("Ann Lee", "P01"), ("Otter Creek", "[town]")]


@pytest.mark.parametrize(("name", "text"), [("a.txt", "# ours\nAnn Lee\n\nOtter Creek\n"), ("a.csv", "Ann Lee\nOtter Creek\n"), ("a.toml", 'terms = ["Ann Lee", "Otter Creek"]\n')])
def test_plain_lists_are_read(name: str, text: str, tmp_path: Path) -> None:
    """One term a line, a table without a head, a list in TOML."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert key_in(tmp_path / name).rows == [("Ann Lee", None), ("Otter Creek", None)]


@pytest.mark.parametrize(("name", "text"), [("a.txt", "\n"), ("a.toml", "terms = ["), ("a.toml", 'other = "x"\n'), ("a.csv", "original,replacement\n")])
def test_a_key_file_without_terms_is_refused(name: str, text: str, tmp_path: Path) -> None:
    """So that nothing is believed clean that was not looked at."""
    (tmp_path / name).write_text(text)
    with pytest.raises(ReadError):
        key_in(tmp_path / name)
    with pytest.raises(ReadError):
        key_in(tmp_path / "none.csv")


WORDS = [
    ("We met in Otter Creek.", [True]), ("otter creek!", [False]), ("Otter\r\n  Creek", [True]), ("Otter Creeks", []), ("Otterton Creek", []), ("the Lees", []), ("Lee's", [True]),
    ("Ann Lee", [True, True]), ("O'Brien, and \u00c9mile", [True, True]), ("\u00c9MILE", [False]), ("Stra\u00dfe 5", [True]), ("(R. Lee)", [True]), ("sleet", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "exact"), WORDS)
def test_terms_are_found_as_whole_words(text: str, exact: list[bool]) -> None:
    """However the words are parted by white space; capitals as in the list, or not."""
    terms = KeyFile([(t, None) for t in ("Otter Creek", "Lee", "Ann Lee", "O'Brien", "\u00c9mile", "Stra\u00dfe")], b"key")
    assert sorted(is_exact for _, _, is_exact in terms.found(text)) == exact


@given(st.lists(st.sampled_from(["Ann", "Lee", "Ann Lee", "Otter", " ", ", ", "x", "\n"]), max_size=12).map("".join))
def test_every_whole_word_is_found(text: str) -> None:
    """As the plainest search there is finds them."""
    import re

    terms = KeyFile([("Lee", None), ("Ann Lee", None)], b"key")
    wanted = [m.start() for m in re.finditer(r"\bLee\b", text)] + [m.start() for m in re.finditer(r"\bAnn\s+Lee\b", text)]
    assert sorted(at for at, _, _ in terms.found(text)) == sorted(wanted)


def test_hashes_cannot_be_guessed_without_the_key_file() -> None:
    """The same each time with one key file, another with another, and not that of the term alone."""
    one, again, other = (KeyFile([("Lee", None)], key).hash("Lee") for key in (b"a", b"a", b"b"))
    assert one == again != other
    assert one not in hashlib.sha256(b"Lee").hexdigest()


def test_the_key_file_itself_is_known_in_a_package(tmp_path: Path) -> None:
    """By its bytes, whatever it is called."""
    study = sound()
    (tmp_path / "x.bin").write_bytes(KEY.read_bytes())
    study.add(qualdata.Document(name="x", role="report", media=qualdata.Media.file(tmp_path / "x.bin")))
    path = package(tmp_path, study)
    assert "prv-key-in-package" not in [f.rule for f in validate(path).findings]
    assert [f.message for f in validate(path, key=KEY).findings if f.rule == "prv-key-in-package"] == ["the file is the key file itself"]


@pytest.mark.parametrize(
    ("text", "suffix", "key"),
    [
        ("original,replacement\n", ".csv", True), ("Klarname;Pseudonym\n", ".csv", True), ('[[a]]\noriginal = "x"\nreplacement = "y"\n', ".toml", True),
        ("name,age\n", ".csv", False), ("code,name\n", ".csv", False), ("pseudonym,age\n", ".csv", False), ("original,size\n", ".csv", False), ('name = "x"\n', ".toml", False),
    ],
)  # fmt: skip
def test_a_key_is_known_by_its_columns(text: str, suffix: str, key: bool) -> None:
    """Both what was there and what stands there now; a data list or a codebook is none."""
    assert is_key(text, suffix) == key


def test_terms_on_the_command_line(tmp_path: Path) -> None:
    """The line is told, the term is not; a list that is not there stops with 3."""
    study = sound()
    study["t"].text = f"{TEXT}I: Where?\nP01: In Otter Creek.\n"
    path = package(tmp_path, study)
    result = CliRunner().invoke(main, ["validate", str(path), "--terms", str(KEY)])
    assert result.exit_code == 1
    assert "line 4" in result.stdout
    assert "prv-log-leak" in result.stdout
    assert "Otter" not in result.stdout
    assert CliRunner().invoke(main, ["validate", str(path), "--terms", str(tmp_path / "none.csv")]).exit_code == 3


def test_signs_of_transcription_are_those_that_the_rules_name(tmp_path: Path) -> None:
    """In [brackets], on lines that do not speak of replacements."""
    assert declared(of_study(sound())) == {"laughs", "waves"}


SIGNS = [
    "laughs", "both laugh", "Laughter", "long pause", "pause", "sighs", "inaudible", "inaudible 00:12:31", "inaudible at 12:31", "noise: baby", "noise", "crying", "crosstalk",
    "…", "...", "?", "xxx", "2 secs", "(2.0)", "00:12:31", "12:31", "S", "phone rings", "the door slams", "background noise",
    "dog barking", "baby cries", "sic", "unclear", "overlapping",
    "laughs at this", "lacht", "unverständlich", "recording paused", "interview ends", "3", "#5", "they both laugh", "waves", "Waves",
]  # fmt: skip
REPLACED = [
    "town", "daughter's name", "phone number", "music teacher's name", "recording studio", "name of friend", "sound engineer", "door number", "country", "P03", "Ann", "my brother",
    "service", "hospital", "number", "dog's name", "car dealer", "a small town", "train station", "partner", "date", "redacted", "Ort", "nom", "end of the street",
]  # fmt: skip


def in_brackets(words: str) -> list[str]:
    """The rules that find something where these words stand in brackets."""
    study = sound()
    study["t"].text = f"{TEXT}P01: So [{words}] it was.\n"
    return [f.rule for f in validate(study).findings if f.rule != "prv-date-in-text"]


@pytest.mark.parametrize("words", SIGNS)
def test_signs_of_transcription_are_no_replacements(words: str) -> None:
    """Those that all use, and `[waves]`, which the rules of transcription of the study name."""
    assert in_brackets(words) == []


@pytest.mark.parametrize("words", REPLACED)
def test_what_may_be_a_replacement_must_be_in_the_log(words: str) -> None:
    """Also where it begins as a sign does."""
    assert in_brackets(words) == ["prv-replacement-unlogged"]


@given(st.lists(st.integers(0, 200), max_size=10).map(sorted), st.integers(0, 20))
def test_windows_cover_all_places_and_do_not_overlap(places: list[int], around: int) -> None:
    """Each place with what is around it, within the text."""
    found = list(windows([(p, p + 1) for p in places], around, 201))
    covered = Counter(at for start, end in found for at in range(start, end))
    assert set(covered) == {at for p in places for at in range(max(p - around, 0), min(p + 1 + around, 201))}
    assert set(covered.values()) <= {1}


def test_the_example_study_addresses_what_is_to_be_addressed() -> None:
    """It is clean where iterative categorization is asked for; without one point, a code is not."""
    study = qualdata.example()
    assert validate(study, profile="iterative-categorization").findings == ()
    dropped = study.points.pop(0)
    found = [f for f in validate(study, profile="iterative-categorization").findings if f.rule == "ana-coding-unaddressed"]
    assert {f.where.id for f in found} <= set(dropped.codes)
    assert [f.level for f in found] == ["warning"] * len(found) != []


def test_the_starter_study_says_what_it_leaves_out() -> None:
    """It is small: four documents are missing, most codings are not addressed, and its four people stand out."""
    study = starter.study()
    missing = {f"doc-{name}-missing": "warning" for name in ("readme", "consent-template", "information-sheet", "transcription-rules")}
    assert {c.rule: c.level for c in validate(study).counts} == {**missing, "ana-coding-unaddressed": "info", "prv-rare-combination": "info"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(studies())
def test_no_rule_fails_whatever_the_study(study: qualdata.Study) -> None:
    """With references to nothing, in rings, and to things of other kinds."""
    report = validate(study, profile="archive", key=KEY)
    assert [f.message for f in report.findings if f.rule == "val-rule-crashed"] == []
