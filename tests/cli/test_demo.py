"""What `qualdata demo` promises: files that can be used, a comparison that can fail, words that can be read."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from click.testing import Result
from rich.cells import cell_len

import qualdata
from qualdata import Study, differences, read, write
from qualdata.cli import trips
from qualdata.testing import without
from tests.report import plain

STEM = "SYNTHETIC-smart-recovery"
TARGETS = ("nvivo", "atlasti")
KEPT = {
    "text sources": "sources", "excerpts": "excerpts", "codings": "codings", "codes": "codes", "contributors": "contributors", "cases": "cases",
    "variables": "variables", "interviews": "interviews", "points": "points", "themes": "themes", "research questions": "questions",
}  # fmt: skip
"""What projects hold, as the demo calls it and as study.json does."""
LOST = {
    "speakers": "speakers", "turns": "turns", "consents": "consents", "replacements": "replacements", "published quotes": "quotes",
    "changes of the codebook": "code_changes", "documents": "documents",
}  # fmt: skip
"""What they have no place for."""
SPACE = {"q": "urn:QDA-XML:project:1.0"}
PATHS = {"q:TextSource": "text sources", "q:TextSource/q:PlainTextSelection": "excerpts", "q:TextSource/q:PlainTextSelection/q:Coding": "codings"}


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without python-docx."""
    monkeypatch.setitem(sys.modules, "docx", None)


def spoken(result: Result) -> str:
    return " ".join(result.output.split())


def numbers(result: Result) -> dict[str, list[str]]:
    """The table of what the projects hold."""
    rows = (re.fullmatch(r"  (\D+?)  +([\d,–]+) +([\d,–]+) +([\d,–]+)", line) for line in result.output.splitlines())
    return {row[1]: [row[2], row[3], row[4]] for row in rows if row}


def test_the_demo_makes_files_compares_them_and_says_so(run: Callable[..., Result], tmp_path: Path) -> None:
    """Exit 0; a package equal to the study, two projects that say what their losses leave, Word documents; no line beyond 80 columns but paths."""
    result = run("demo", "-o", tmp_path / "demo")
    assert result.exit_code == 0, result.output
    study = qualdata.example()
    assert read(tmp_path / "demo" / f"{STEM}.qualdata") == study
    for target in TARGETS:
        path, losses = tmp_path / "demo" / f"{STEM}-{target}.qdpx", write(study, tmp_path / f"{target}.qdpx", target=target)
        assert [str(d) for d in differences(without(study, losses), read(path, sidecar=False))] == []
        assert [str(d) for d in differences(study, read(path))] == ["documents.length: 6 ≠ 0"]
        assert str(path) in result.output
    names = [path.name for path in (tmp_path / "demo" / "codings").iterdir()]
    assert len(names) == 64
    assert all(re.fullmatch(r"SYNTHETIC .+ - (codings|analysis)\.docx", name) for name in names)
    assert "the words under each of the 810 codings are the same, character by character" in spoken(result)
    assert spoken(result).count("with the sidecar that lies beside it, but for 6 documents") == 2
    assert all(cell_len(line) <= 80 for line in result.output.splitlines() if str(tmp_path) not in line)


@pytest.mark.usefixtures("plainly")
def test_without_python_docx_the_demo_writes_markdown_and_says_so(run: Callable[..., Result], tmp_path: Path) -> None:
    """Again and again into the same folder, but not over what someone wrote into one of its files."""
    for _ in range(2):
        result = run("demo", "-o", tmp_path)
        assert result.exit_code == 0, result.output
        assert "They are in Markdown" in spoken(result)
        assert "pip install 'qualdata[transcripts]'" in spoken(result)
    files = sorted((tmp_path / "codings").iterdir())
    assert {path.suffix for path in files} == {".md"}
    files[0].write_text("My points.", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}
    refused = run("demo", "-o", tmp_path)
    assert refused.exit_code == 3
    assert "someone worked in this file of an earlier demo" in " ".join(refused.stderr.split())
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.is_file()}


def things(value: Any, key: str) -> Iterator[Any]:
    """What stands under a key anywhere in a JSON value, lists taken apart."""
    if isinstance(value, list):
        for item in value:
            yield from things(item, key)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, list):
                yield from inner
            yield from things(inner, key)


@pytest.mark.usefixtures("plainly")
def test_what_the_demo_says_is_so(run: Callable[..., Result], tmp_path: Path) -> None:
    """Its numbers are those of study.json and, for projects, of the elements of their XML; the path it shows is one."""
    result = run("demo", "-o", tmp_path)
    told, words = numbers(result), spoken(result)
    for name, key in {**KEPT, **LOST}.items():
        number = sum(isinstance(thing, dict) for thing in things(plain.study(), key))
        assert told[name] == [str(number), *([str(number)] * 2 if name in KEPT else ["–", "–"])], name
    for target in TARGETS:
        with ZipFile(tmp_path / f"{STEM}-{target}.qdpx") as archive:
            project = ElementTree.fromstring(archive.read("project.qde"))
        sources, sets = project.find("q:Sources", SPACE), project.findall("q:Sets/q:Set", SPACE)
        assert sources is not None
        assert [len(sources.findall(path, SPACE)) for path in PATHS] == [int(told[name][1 + TARGETS.index(target)]) for name in PATHS.values()]
        assert sum(one.get("name", "").startswith("Theme: ") for one in sets) == int(told["themes"][1])
    total = sum(len(source["words"].split()) for source in plain.study()["sources"])
    assert f"18 interviews with 18 participants, {total:,} words in all; 38 codes, laid 810 times on 307 passages;" in words
    theme, points = plain.study()["themes"][0], plain.by_id("points")
    point = next(points[item["ref"]] for item in theme["evidence"] if item["ref"] in points)
    assert f'theme "{theme["name"]}": {theme["statement"]}' in words
    assert f"point {point['text']} [P" in words
    assert "447 of 447 extracts have a point that rests on them" in words
    assert words.index("Summary") < words.index("The files")


@pytest.mark.usefixtures("plainly")
def test_the_demo_fails_when_what_comes_back_is_not_equal(run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison is real: a study that comes back changed is told, and the exit code is 1."""

    def changed(path: Path, **options: bool) -> Study:
        study = read(path, **options)
        if path.name.endswith("-nvivo.qdpx"):
            study.codes[0].name = "Other"
            study.sources[0].excerpts[0].span = study.sources[0].excerpts[1].span
        return study

    monkeypatch.setattr(trips, "read", changed)
    result = run("demo", "-o", tmp_path)
    assert result.exit_code == 1
    assert "NOT equal" in result.output
    assert "character by character" not in spoken(result)


def test_a_file_in_the_place_of_the_folder_is_told(run: Callable[..., Result], tmp_path: Path) -> None:
    """In one sentence, and it stays."""
    (tmp_path / "demo").write_text("mine")
    assert run("demo", "-o", tmp_path / "demo").exit_code == 3
    assert (tmp_path / "demo").read_text() == "mine"
