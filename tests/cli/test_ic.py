"""`qualdata ic`: what its files and sentences say of the example is what study.json says; and what it says of less usual studies."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from qualdata import Case, Code, Contributor, Evidence, Point, Study, TextSource, Theme, write
from tests.report import plain, said

EXAMPLE = plain.PACKAGE


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout, newline=""), strict=True))


# ---- what counts ----
def test_status(run) -> None:
    """Worked out from study.json: a line for each code and one for all; of one code alone, that in words."""
    result, summary = run("ic", "status", EXAMPLE), said.summary()
    for row in summary:
        (line,) = (line for line in result.output.splitlines() if line.startswith(f"  {row['code'].rpartition(' > ')[2]} "))
        assert line.split()[-4:] == [row["addressed"], "of", row["extracts"], row["points"]]
    done, number = (sum(int(row[name]) for row in summary) for name in ("addressed", "extracts"))
    assert result.output.splitlines()[-1] == f"In all: {done} of {number} extracts addressed."
    (fit,) = (row for row in summary if row["code"].endswith(" > Fit"))
    assert run("ic", "status", EXAMPLE, "--code", "Fit").output.splitlines()[-1] == f"Fit: {fit['addressed']} of {fit['extracts']} extracts addressed."


def bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def asked(coding: dict[str, Any]) -> str:
    """What was asked before a passage: the last turn of the interviewer, and those before it as long as it has fewer than four words; at most three."""
    source, start, end = coding["source"], coding["start"], coding["end"]
    asking = {speaker["id"] for speaker in source["speakers"] if speaker["role"] == "interviewer"}
    turns = [(t["span"]["start"], t["span"]["end"], t["speaker"] in asking) for t in source["turns"]]
    first = next(turn for turn in turns if turn[1] > start)
    if first[2] and first[0] < end:
        return ""
    shown: list[str] = []
    for at, to, asks in reversed(turns[: turns.index(first)]):
        if asks and len(shown) < 3 and (not shown or len(shown[0].split()) < 4):
            shown.insert(0, source["words"][at:to])
    return "".join(f"INT{words}" for words in shown)


def test_codings_files_hold_all_that_counts(run, tmp_path: Path) -> None:
    """In the file of each code each of its passages, in the order of participants: who, what was asked, what was said; nothing that was rejected."""
    assert run("ic", "codings", EXAMPLE, "--format", "md", "--attributes", "Gender", "-o", tmp_path).exit_code == 0
    order = {case["name"]: n for n, case in enumerate(plain.study()["cases"])}
    labels = Counter[str]()
    for code in {c["coding"]["code"] for c in plain.that_count()}:
        here = [c for c in plain.that_count() if c["coding"]["code"] == code]
        here.sort(key=lambda c: (order[plain.names(c["cases"])[0]], c["start"]))
        for kind in ("codings", "analysis"):
            text = (tmp_path / f"SYNTHETIC {plain.by_id('codes')[code]['name']} - {kind}.md").read_text(encoding="utf-8")
            assert text.startswith("SYNTHETIC: ")
            blocks = re.findall(r"^\*\*\[(.+?)\]\*\* (.+?)\\\n(.+?)\n(?=\n)", text, re.MULTILINE | re.DOTALL)
            people = [(*plain.names(c["cases"]), plain.values(c["cases"][0])["Gender"]) for c in here]
            assert [who for _, who, _ in blocks] == [f"{name} (Gender: {gender})" for name, gender in people]
            assert [label.partition("-")[0] for label, _, _ in blocks] == [name for name, _ in people]
            assert [bare(words) for _, _, words in blocks] == [bare(asked(c) + c["text"]) for c in here]
            labels.update(label for label, _, _ in blocks)
    assert set(labels.values()) == {2}
    assert len(labels) == len(plain.that_count())


# ---- forms ----
def test_a_spreadsheet_computes_nothing(run, tmp_path: Path) -> None:
    """A point that begins like a formula gets an apostrophe; with --exact it does not."""
    write(Study(points=[Point(text="=1+1")]), tmp_path / "s.qualdata")
    assert [table(run("ic", "grid", tmp_path / "s.qualdata", *more))[0]["point"] for more in ([], ["--exact"])] == ["'=1+1", "=1+1"]


def test_evidence_that_no_one_coded_or_that_is_not_there_is_shown(run, tmp_path: Path) -> None:
    """A passage without a code has its words and its participant; what the study has not, its id; a theme its statement."""
    study = Study(cases=[Case(name="P07", sources=["s"])])
    passage = study.add(TextSource(id="s", text="We moved.")).excerpt(3, 8, name="E1")
    part = study.add(Theme(name="Part", statement="They move."))
    study.add(Theme(name="All", evidence=[Evidence(ref="gone"), Evidence(ref=part.id, role="qualifies"), Evidence(ref=passage.id, note="n")]))
    write(study, tmp_path / "s.qualdata")
    assert [list(row.values())[1:] for row in table(run("ic", "evidence", tmp_path / "s.qualdata"))] == [
        ["supports", "unknown", "gone", "", "", ""], ["supports", "excerpt", "E1", "P07", "moved", "n"], ["qualifies", "theme", "Part", "", "They move.", ""],
    ]  # fmt: skip


# ---- status and words ----
@pytest.fixture
def open_study(tmp_path: Path) -> Path:
    """Two coders, one code under another, three extracts of which one is addressed; long names."""
    study = Study(title="Moves", cases=[Case(id="p7", name="P07", sources=["s"])], contributors=[Contributor(id="a", name="A")])
    study.codes = [Code(id="top", name="All that was said about moving from one house to another and back again, at length"), Code(id="low", name="Why", parent="top")]
    source = study.add(TextSource(id="s", name="S", text="We moved. " * 20))
    codings = [source.excerpt(start, start + 100).apply("low", "a") for start in (0, 10, 20)]
    study.add(Point(text="They moved.", codings=[codings[0].id], codes=["low"]))
    write(study, tmp_path / "s.qualdata")
    return tmp_path / "s.qualdata"


def test_what_is_open_is_listed_within_80_columns(run, open_study: Path) -> None:
    """Each with its label and first words."""
    result = run("ic", "status", open_study, "--open")
    assert max(map(len, result.output.splitlines())) <= 80
    assert [line[:9] for line in result.output.splitlines() if "[P07-" in line] == ["    [P07-", "    [P07-"]
    assert "Why" in result.output
    assert result.output.splitlines()[-1] == "Why: 1 of 3 extracts addressed."


def test_a_study_without_codings_says_so(run, tmp_path: Path) -> None:
    """In each command, without a fault."""
    write(Study(title="Empty"), tmp_path / "s.qualdata")
    assert run("ic", "status", tmp_path / "s.qualdata").output.strip() == "There are no extracts: nothing is coded that counts."
    result = run("ic", "codings", tmp_path / "s.qualdata", "-o", tmp_path / "dir")
    assert result.exit_code == 3
    assert not (tmp_path / "dir").exists()
    for name in ("grid", "summary", "evidence"):
        assert table(run("ic", name, tmp_path / "s.qualdata")) == []
        assert run("ic", name, tmp_path / "s.qualdata", "-o", tmp_path / "t.docx").exit_code == 0


def test_reading_tells_what_it_did_and_what_it_could_not(run, open_study: Path, tmp_path: Path) -> None:
    """Added, as they were, unread; the file that was read can be written, a second time nothing is new."""
    folder = tmp_path / "dir"
    assert run("ic", "codings", open_study, "--format", "md", "-o", folder).exit_code == 0
    (file,) = folder.glob("*analysis.md")
    text = file.read_text(encoding="utf-8")
    label = text.split("**[")[2].partition("]")[0]
    file.write_text(text.replace("## Differentiate\n", f"## Differentiate\n\n- Some moved twice. [{label}]\n- Nothing.\n"), encoding="utf-8")
    for expected in ("1 point added, 0 changed, 1 as it was.", "0 points added, 0 changed, 2 as they were."):
        output = " ".join(run("ic", "read", open_study, folder, "-o", open_study).output.split())
        assert expected in output
        assert "Not read, or not wholly: Why - analysis.md, line" in output
        assert "In all: 2 of 3 extracts addressed. Saved as a study package, as" in output
    refused = run("ic", "codings", open_study, "--format", "md", "-o", folder)
    assert refused.exit_code == 3
    assert "--replace" in refused.stderr
    assert run("ic", "codings", open_study, "--format", "md", "-o", folder, "--replace").exit_code == 0


def test_names_that_are_not_known_are_told(run, tmp_path: Path) -> None:
    """Of a code, a variable, a theme, the ending of a table."""
    into = ["-o", tmp_path / "d"]
    for name, *more in (["codings", "--code", "Fitt", *into], ["codings", "--attributes", "Agge", *into], ["evidence", "--theme", "Delay"], ["grid", "-o", tmp_path / "x.pdf"]):
        result = run("ic", name, EXAMPLE, *more)
        assert result.exit_code == 3, result.output
        assert result.stderr.startswith("Error: ")
    assert not (tmp_path / "d").exists()
