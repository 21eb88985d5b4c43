"""The filters of `qualdata segments`: by name, path or id, however written; and one sentence for a name that is none, or two."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from qualdata import Case, Code, Contributor, Interview, Speaker, Study, TextSource, write

WORDS = "Ann: We moved.\nModerator: Why?\nBen: The caf\u00e9 closed.\nAnn: Then rain."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two codes called Why, one under the other; a focus group of two and a moderator; two coders who share a name."""
    study = Study(
        codes=[
            Code(id="c-move", name="Moving"), Code(id="c-why", name="Why", parent="c-move"), Code(id="c-cafe", name="Caf\u00e9  closing", parent="c-why"),
            Code(id="c-why2", name="Why"), Code(id="c-none", name="Weather"),
        ],
        contributors=[
            Contributor(id="u-a", name="Coder A", initials="CA"), Contributor(id="u-b", name="Coder B", alias="bee"),
            Contributor(id="u-c", initials="CC"), Contributor(id="u-d", initials="cc"),
        ],
        cases=[Case(id="k-ann", name="Ann"), Case(id="k-ben", name="Ben"), Case(id="k-off", name="Nobody")],
    )  # fmt: skip
    speakers = [Speaker(label="Ann", case="k-ann"), Speaker(label="Ben", case="k-ben"), Speaker(label="Moderator", role="moderator")]
    source = study.add(TextSource(name="Group", text=WORDS, speakers=speakers))
    study.add(Interview(name="Spring group", kind="focus group", sources=[source.id], cases=["k-ann", "k-ben"]))
    source.detect_turns()
    for words, code, coder in (("We moved.", "c-move", "u-a"), ("Why?", "c-why", "u-a"), ("The caf\u00e9 closed.", "c-cafe", "u-b"), ("closed.\nAnn: Then", "c-why2", "u-b")):
        source.excerpt(source.find(words)).apply(code, coder)
    write(study, tmp_path / "group.qualdata")
    return tmp_path / "group.qualdata"


def texts(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [row["text"] for row in csv.DictReader(io.StringIO(result.stdout, newline=""), strict=True)]


MOVED, WHY, CAFE, BOTH = "We moved.", "Why?", "The caf\u00e9 closed.", "closed.\nAnn: Then"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [MOVED, WHY, CAFE, BOTH]),
        (["--code", "Moving"], [MOVED]),
        (["--code", "  moving "], [MOVED]),
        (["--code", "c-move"], [MOVED]),
        (["--code", "{C-MOVE}"], [MOVED]),
        (["--code", "Cafe\u0301 closing"], [CAFE]),
        (["--code", "Moving > Why"], [WHY]),
        (["--code", "moving > why > cafe\u0301 closing"], [CAFE]),
        (["--code", "c-why2"], [BOTH]),
        (["--code", "Weather"], []),
        (["--code", "Moving", "--with-subcodes"], [MOVED, WHY, CAFE]),
        (["--code", "Moving > Why", "--with-subcodes"], [WHY, CAFE]),
        (["--case", "Ann"], [MOVED, BOTH]),
        (["--case", "k-ben"], [CAFE, BOTH]),
        (["--case", "Nobody"], []),
        (["--coder", "Coder A"], [MOVED, WHY]),
        (["--coder", "ca"], [MOVED, WHY]),
        (["--coder", "bee"], [CAFE, BOTH]),
        (["--coder", "U-B"], [CAFE, BOTH]),
        (["--code", "Moving", "--with-subcodes", "--coder", "Coder A", "--case", "Ann"], [MOVED]),
    ],
)  # fmt: skip
def test_filters_take_names_paths_and_ids(run: Callable[..., Result], path: Path, options: list[str], expected: list[str]) -> None:
    """In any case, with accents and spaces however they are written; the moderator's words are about no one."""
    assert texts(run("segments", path, *options)) == expected


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--code", "Movin"], 'there is no code "Movin" in this study. Close to it: Moving, Moving > Why.'),
        (["--code", "Grief"], 'there is no code "Grief" in this study. There are: Moving, Moving > Why, Moving > Why > Café closing, Why, Weather.'),
        (["--code", "why"], '2 codes are called "why": Moving > Why (c-why), Why (c-why2). Give an id instead.'),
        (["--case", "Nobdy"], 'there is no case "Nobdy" in this study. Close to it: Nobody.'),
        (["--case", "Moderator"], 'there is no case "Moderator" in this study. There are: Ann, Ben, Nobody.'),
        (["--coder", "Coder C"], 'there is no coder "Coder C" in this study. Close to it: Coder B, Coder A.'),
        (["--coder", "CC"], '2 coders are called "CC": CC (u-c), cc (u-d). Give an id instead.'),
    ],
)  # fmt: skip
def test_a_name_that_is_none_or_two_gets_one_sentence(run: Callable[..., Result], path: Path, options: list[str], sentence: str) -> None:
    """It says what there is; exit 3, and no table."""
    result = run("segments", path, *options)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert " ".join(sentence.split()) in " ".join(result.stderr.split())


def test_a_study_without_cases_says_so(run: Callable[..., Result], tmp_path: Path) -> None:
    write(Study(), tmp_path / "empty.qualdata")
    result = run("segments", tmp_path / "empty.qualdata", "--case", "Ann")
    assert result.exit_code == 3
    assert 'there is no case "Ann" in this study. It has none at all.' in " ".join(result.stderr.split())


def test_subcodes_need_a_code(run: Callable[..., Result], path: Path) -> None:
    result = run("segments", path, "--with-subcodes")
    assert result.exit_code == 2
    assert "--with-subcodes needs --code: name the code whose subcodes are meant." in " ".join(result.stderr.split())


def test_only_what_is_asked_for_is_saved(run: Callable[..., Result], path: Path, tmp_path: Path) -> None:
    result = run("segments", path, "--code", "Moving", "-o", tmp_path / "s.csv")
    assert "Saved 1 coding as" in result.output
    rows = list(csv.DictReader((tmp_path / "s.csv").read_text("utf-8-sig").splitlines()))
    assert [(r["interview"], r["case"], r["speakers"], r["code_path"]) for r in rows] == [("Spring group", "Ann", "Ann", "Moving")]


def test_nothing_is_saved_for_a_name_that_is_none(run: Callable[..., Result], path: Path, tmp_path: Path) -> None:
    assert run("segments", path, "--code", "Grief", "-o", tmp_path / "s.csv").exit_code == 3
    assert not (tmp_path / "s.csv").exists()
