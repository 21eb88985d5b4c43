"""What the rules about privacy promise beyond what each finds: reports that can be sent on, and signs of transcription that are no replacements."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qualdata
from qualdata.cli.validate import WRITERS
from qualdata.rules import validate
from qualdata.rules.marks import declared
from qualdata.rules.opening import of_study
from qualdata.rules.windows import windows
from qualdata.testing import studies
from tests import starter
from tests.rules.examples import BAD
from tests.rules.groups.privacy import KEY
from tests.rules.sound import TEXT, sound

SECRETS = ("ann.lee@", "0412 345", "NSW 2042", "DE89 3704", "17 May", "in 1984", "Otter", "Ann Lee", "ann lee", "Dr Lee", "Mrs Lee", "Mr_Lee", "alee")


@pytest.mark.parametrize("example", [e for e in BAD if e.rule.startswith("prv-")], ids=str)
def test_reports_do_not_repeat_what_was_found(example, tmp_path: Path) -> None:
    """In no form of report; a name in a file name is told by the place of the file in `study.json`."""
    report = example.report(tmp_path)
    told = "".join(write([report]).decode() for write in WRITERS.values())
    assert [secret for secret in SECRETS if secret in told] == []


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
    report = validate(study, profile="archive", terms=KEY)
    assert [f.message for f in report.findings if f.rule == "val-rule-crashed"] == []
