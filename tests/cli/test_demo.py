"""What `qualdata demo` promises: files that can be used, a comparison that can fail, words that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from qualdata import read
from qualdata.cli import synthetic
from qualdata.model import Profile, differences

STEM = "SYNTHETIC-community-garden"


def test_the_demo_makes_files_compares_them_and_says_so(run, tmp_path: Path) -> None:
    """Exit 0; two packages equal to the study, two projects equal to each other; no line beyond 80 columns but paths."""
    result = run("demo", "-o", tmp_path / "demo")
    assert result.exit_code == 0
    files = [tmp_path / "demo" / name for name in (STEM, f"{STEM}.qualdata", f"{STEM}.qdpx", f"{STEM}-nvivo.qdpx")]
    folder, package, standard, nvivo = map(read, files)
    assert folder == package == synthetic.study()
    assert standard == nvivo
    assert nvivo.reading.profile == Profile("utf-16")
    assert all(str(f) in result.output for f in files)
    assert " ".join(result.output.split()).count("coded texts are the same, character by character") == 4
    assert all(cell_len(line) <= 80 for line in result.output.splitlines() if str(tmp_path) not in line)


def test_the_demo_shows_positions_as_characters_and_as_nvivo_counts(run, tmp_path: Path) -> None:
    """Counted here another way: the standard library's own UTF-16, read from the file made for NVivo."""
    output = " ".join(run("demo", "-o", tmp_path).output.split())
    shown = 0
    for segment in synthetic.study().segments():
        text = segment.source.text
        utf16 = [len(text[:at].encode("utf-16-le")) // 2 for at in (segment.start, segment.end)]
        shown += f"characters {segment.start}–{segment.end}; as NVivo counts {utf16[0]}–{utf16[1]}" in output
    assert shown >= 4


def test_the_demo_says_what_could_not_travel_and_what_to_try_next(run, tmp_path: Path) -> None:
    """Whole things, and fields of things, that a project has no place for."""
    words = " ".join(run("demo", "-o", tmp_path).output.split())
    assert "What a .qdpx has no place for; the package keeps it, and so does the sidecar beside the .qdpx:" in words
    assert all(part in words for part in ("3 interviews", "1 theme", "1 research question", "of contributors: roles", "of memos: kind"))
    assert "qualdata info" in words


def test_the_demo_fails_when_what_comes_back_is_not_equal(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison is real: a study that comes back changed is told, and the exit code is 1."""

    def changed(path: Path) -> object:
        study = read(path)
        if path.name.endswith("-nvivo.qdpx"):
            study.codes[0].name = "Other"
            study.sources[0].excerpts[0].span = study.sources[0].excerpts[1].span
        return study

    monkeypatch.setattr("qualdata.cli.demo.read", changed)
    result = run("demo", "-o", tmp_path)
    assert result.exit_code == 1
    assert "NOT equal" in result.output


def test_the_study_of_the_demo_is_awkward_says_that_it_is_synthetic_and_is_always_the_same() -> None:
    """All that programs stumble over, and a note of their origin in each text."""
    study = synthetic.study()
    texts = [s.text for s in study.sources]
    both = "".join(texts)
    assert study.synthetic
    assert "SYNTHETIC" in study.title
    assert all("SYNTHETIC" in t.splitlines()[0] for t in texts)
    assert all(part in both for part in ("\u200d", "\u0301", "\r\n", "<", "&", ">", '"'))
    assert max(depth for _, depth in study.code_tree.walk()) == 3
    assert len(study.segments()) > study.segments().passages
    assert next(differences(study, synthetic.study()), None) is None
