"""`qualdata ic`: each table agrees with one that is computed here from study.json, with nothing but json and csv."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from click.testing import Result

import qualdata
from qualdata import Case, Code, Contributor, Evidence, Point, Study, TextSource, Theme, write

EXAMPLE = Path(qualdata.__file__).parents[1] / "examples" / "smart-recovery" / "SYNTHETIC-smart-recovery.qualdata"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The document of the example, as JSON."""
    with ZipFile(EXAMPLE) as archive:
        return json.loads(archive.read("study.json"))["study"]


class Known:
    """What tables are made of, looked up in the document."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        self.cases = {case["id"]: case["name"] for case in told["cases"]}
        self.codes = {code["id"]: code for code in told["codes"]}
        self.points = told["points"]
        self.person: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.name: dict[str, str] = {}
        self.counting: dict[str, str] = {}
        owner = {source: case["name"] for case in told["cases"] for source in case.get("sources", ())}
        with ZipFile(EXAMPLE) as archive:
            for source in told["sources"]:
                text = archive.read(source["stored"]).decode()
                statuses = {coding["status"] for excerpt in source["excerpts"] for coding in excerpt.get("codings", ())}
                wanted = "agreed" if "agreed" in statuses else "independent"
                for excerpt in source["excerpts"]:
                    self.words[excerpt["id"]] = text[excerpt["span"]["start"] : excerpt["span"]["end"]]
                    self.person[excerpt["id"]] = owner[source["id"]]
                    self.name[excerpt["id"]] = excerpt["name"]
                    for coding in excerpt.get("codings", ()):
                        self.person[coding["id"]] = owner[source["id"]]
                        if coding["status"] == wanted:
                            self.counting[coding["id"]] = coding["code"]

    @property
    def addressed(self) -> set[str]:
        return {coding for point in self.points for coding in point["codings"]}


@pytest.fixture(scope="module")
def known(told: dict[str, Any]) -> Known:
    return Known(told)


def table(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout, newline=""), strict=True))


# ---- tables ----
def test_the_grid(run, known: Known) -> None:
    """192 points by 18 participants."""
    rows = table(run("ic", "grid", EXAMPLE))
    assert len(rows) == len(known.points) == 192
    for row, point in zip(rows, known.points, strict=True):
        people = Counter(known.person[coding] for coding in point["codings"])
        assert {name: row[name] for name in known.cases.values()} == {name: str(people[name]) if people[name] else "" for name in known.cases.values()}
        assert row["participants"] == str(len(people))
        assert (row["point"], row["process"], row["heading"]) == (point["text"], point.get("process", "describe"), point["heading"])
        assert row["code"] == "; ".join(known.codes[code]["name"] for code in point["codes"])


def test_the_summary(run, known: Known) -> None:
    """A row for each code that has codings which count."""
    rows = table(run("ic", "summary", EXAMPLE))
    by_code = Counter(known.counting.values())
    assert len(rows) == len(by_code)
    for row in rows:
        (code,) = (c for c in known.codes.values() if c["name"] == row["code"].rpartition(" > ")[2])
        here = [coding for coding, of in known.counting.items() if of == code["id"]]
        people = {known.person[coding] for coding in here}
        points = [point for point in known.points if code["id"] in point["codes"]]
        assert row["extracts"] == str(len(here)) == str(by_code[code["id"]])
        assert row["addressed"] == str(len(known.addressed & set(here)))
        assert row["who"] == "; ".join(name for name in known.cases.values() if name in people)
        assert (row["participants"], row["points"], row["meaning"]) == (str(len(people)), str(len(points)), code["description"])
        assert row["headings"] == "; ".join(dict.fromkeys(point["heading"] for point in points))


def test_the_evidence(run, told: dict[str, Any], known: Known) -> None:
    """All themes; the parts of each by what they do for it, else in their order."""
    rows = table(run("ic", "evidence", EXAMPLE))
    points = {point["id"]: point for point in known.points}
    order = ["supports", "illustrates", "qualifies", "contradicts"]
    expected = []
    for theme in told["themes"]:
        for role in order:
            for item in (e for e in theme["evidence"] if e.get("role", "supports") == role):
                ref, note = item["ref"], item.get("note", "")
                if ref in points:
                    people = "; ".join(name for id, name in known.cases.items() if id in points[ref]["cases"])
                    expected.append([theme["name"], role, "point", "", people, points[ref]["text"], note])
                else:
                    expected.append([theme["name"], role, "excerpt", known.name[ref], known.person[ref], known.words[ref], note])
    assert [list(row.values()) for row in rows] == expected
    assert len(expected) == sum(len(theme["evidence"]) for theme in told["themes"])


def test_status(run, known: Known) -> None:
    """A line for each code, and one for all; of one code alone, that in words."""
    result = run("ic", "status", EXAMPLE)
    total = len(known.counting)
    assert result.output.splitlines()[-1] == f"In all: {len(known.addressed & set(known.counting))} of {total} extracts addressed."
    for code, number in Counter(known.counting.values()).items():
        (line,) = (line for line in result.output.splitlines() if line.startswith(f"  {known.codes[code]['name']} "))
        done = sum(coding in known.addressed for coding, of in known.counting.items() if of == code)
        points = sum(code in point["codes"] for point in known.points)
        assert line.split()[-4:] == [str(done), "of", str(number), str(points)]


def test_codings_files_hold_all_that_counts(run, known: Known, tmp_path: Path) -> None:
    """Each passage once for each coding, in the file of its code; nothing that was rejected."""
    assert run("ic", "codings", EXAMPLE, "--format", "md", "-o", tmp_path).exit_code == 0
    files = list(tmp_path.glob("*- codings.md"))
    assert len(files) == len(set(known.counting.values()))
    assert sum(path.read_text(encoding="utf-8").count("\n**[") for path in files) == len(known.counting)
    words = Counter(known.person[coding] for coding in known.counting)
    seen = Counter(line.partition("** ")[2].removesuffix("\\") for path in files for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("**["))
    assert seen == words


# ---- forms ----
@pytest.mark.parametrize(("name", "options"), [("grid", ["--code", "Fit"]), ("summary", []), ("evidence", ["--theme", "Delayed attendance"])])
def test_tables_for_people_say_the_same(name: str, options: list[str], run, tmp_path: Path) -> None:
    """Word and Markdown: SYNTHETIC in the title, as many rows as the CSV, and the same in each column they have."""
    rows = table(run("ic", name, EXAMPLE, *options))
    for ending in ("docx", "md"):
        result = run("ic", name, EXAMPLE, *options, "-o", tmp_path / f"t.{ending}")
        assert result.exit_code == 0, result.output
        assert f"Saved {len(rows)} " in result.output
    document = docx.Document(str(tmp_path / "t.docx"))
    assert document.paragraphs[0].text.startswith("SYNTHETIC: ")
    assert (tmp_path / "t.md").read_text(encoding="utf-8").startswith("# SYNTHETIC: ")
    shown = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    head = [next(n for n in rows[0] if n.casefold() == title.casefold()) for title in shown[0]]
    assert [[row[name] for name in head] for row in rows] == shown[1:]
    assert (tmp_path / "t.md").read_text(encoding="utf-8").count("\n| ") == len(rows) + 2


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
