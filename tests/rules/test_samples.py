"""Real files: what is found in each is what is known to be wrong with it, and nothing else. Written by hand, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import qualdata
from qualdata.rules import validate
from qualdata.rules.profile import profile_names

STRUCTURE, MISSING, REUSED, ORPHAN, NAME = "refi-structure-invalid", "refi-source-missing", "refi-guid-reused", "ref-orphan", "refi-container-name"

ATLASTI = {
    (MISSING, "error"): 20,  # 17 files of the project and 3 recordings beside it; nothing is said twice of one that is named twice
    (REUSED, "warning"): 2,  # a passage of a PDF and its coding, given out once for the page and once for its text
    ("cod-duplicate", "warning"): 1,  # that passage goes on on the next page, where it and its coding are given out again
    ("txt-transcript-missing", "warning"): 1,  # the sound recording; both videos have theirs
    (ORPHAN, "info"): 1,  # the memo "Research Plan" is linked to nothing
}
QUALCODER = {
    ("refi-range-invalid", "error"): 1,  # an annotation is exported as a note whose positions count in the text it is about; the reader puts it there
    ("refi-user-dangling", "warning"): 1,  # the project is by a user that it does not have
    ("refi-source-orphan", "warning"): 2,  # it gives out the texts of two notes as files that nothing names
    (ORPHAN, "info"): 3,  # a journal, and two cases that lost the link to their texts
}
EXPECTED = {
    "nvivo-win-12.6-scrubbed.qdpx": {
        ("txt-rich-text-differs", "warning"): 1,  # its Word file was replaced by 29 bytes that are none
        (NAME, "info"): 1,  # Sources/ with a capital
    },
    "atlasti-8.4-standard-project.qde": ATLASTI,
    "atlasti-8.4-sources-missing.qdpx": {**ATLASTI, (NAME, "info"): 2},  # Project.qde and Sources/, each with a capital
    "atlasti-23.4.qdc": {},
    "qualcoder-neutral.qdpx": QUALCODER,
    "qualcoder-neutral-crlf.qdpx": QUALCODER,
    "qualcoder-neutral.qdc": {},
    "qualilab-stress.qdpx": {(STRUCTURE, "error"): 16},  # in each case SourceRef stands before VariableValue; all 2,332 names quote their place
}
UNREAD = {
    "qualcoder-neutral.qda": "pkg-manifest-missing",  # a folder without study.json
    "taguette-public-bills.sqlite3": "val-input-unreadable",
    "rqda-empty.rqda": "val-input-unreadable",
}
"""Projects in forms that validation does not look into; that is told, never taken for a clean one."""
CODES = {
    ("cbk-definition-missing", "warning"): 1,  # 7 of 14 codes have no Description
    ("cbk-code-unused", "info"): 5,  # 5 of 14 codes are in no Coding, and none is under them
    ("prv-path-or-login", "warning"): 1,  # basePath leads through a folder in /Users
}
CONTENT = {
    "nvivo-win-12.6-scrubbed.qdpx": {
        ("cbk-definition-missing", "warning"): 1,  # 51 of 60 have an empty Description, or none
        ("cbk-code-unused", "info"): 15,  # in no Coding, and none under them
        ("prv-possible-identifier", "warning"): 1900,  # posts of a network: names with an @ before them, scrambled
    },
    "atlasti-8.4-standard-project.qde": CODES,
    "atlasti-8.4-sources-missing.qdpx": CODES,
    "atlasti-23.4.qdc": {},
    "qualcoder-neutral.qdpx": {},
    "qualcoder-neutral-crlf.qdpx": {},
    "qualcoder-neutral.qdc": {},
    "qualilab-stress.qdpx": {
        ("cbk-definition-missing", "warning"): 1,  # none of 90
        ("cbk-code-unused", "info"): 6,
        ("prv-date-in-text", "info"): 80,  # one date, given in full five times in each of 16 texts
    },
}
OTHERS = ("doc-", "cbk-", "ana-", "thm-", "quo-", "prv-", "acc-", "src-")
"""What the ids begin with of rules that are about other things than the files themselves."""


@pytest.mark.samples
@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_found_in_a_real_file_is_what_is_known_of_it(name: str, samples: Path) -> None:
    """Each rule, its level, and how often."""
    report = validate(samples / name)
    assert {(c.rule, c.level): c.number for c in report.counts if not c.rule.startswith(OTHERS)} == EXPECTED[name]


@pytest.mark.samples
@pytest.mark.parametrize("name", CONTENT)
def test_what_is_found_in_what_a_real_file_holds_is_what_is_known_of_it(name: str, samples: Path) -> None:
    """Codebook, analysis, privacy; a project has no place for documentation, consent and access."""
    report = validate(samples / name)
    assert {(c.rule, c.level): c.number for c in report.counts if c.rule.startswith(OTHERS)} == CONTENT[name]


@pytest.mark.samples
@pytest.mark.parametrize("name", UNREAD)
def test_what_is_no_project_is_not_taken_for_a_clean_one(name: str, samples: Path) -> None:
    """One finding, and that is an error."""
    report = validate(samples / name)
    assert [(c.rule, c.level, c.number) for c in report.counts] == [(UNREAD[name], "error", 1)]


@pytest.mark.samples
def test_of_each_real_file_it_is_written_down_what_is_found(samples: Path) -> None:
    """None is left out."""
    assert {path.name for path in samples.iterdir()} == {*EXPECTED, *UNREAD}
    assert EXPECTED.keys() == CONTENT.keys()


@pytest.mark.parametrize("profile", profile_names())
def test_the_example_study_is_clean(profile: str) -> None:
    """In every profile, with nothing set aside: as a file, and in memory."""
    study = qualdata.example()
    path = study.sources[0].stored.store
    for dataset in (path, study):
        report = validate(dataset, profile=profile)
        assert [(f.rule, f.message) for f in report.findings] == []
        assert report.waived == ()
