"""What `qualdata demo` promises: files that can be used, a comparison that can fail, words that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from qualdata import read
from qualdata.cli import synthetic
from qualdata.model import Profile, differences


def test_the_demo_makes_files_compares_them_and_says_so(run, tmp_path: Path) -> None:
    """Exit 0, three projects that hold the same study, no line beyond 80 columns."""
    result = run("demo", "-o", tmp_path / "demo")
    assert result.exit_code == 0
    files = [tmp_path / "demo" / name for name in ("interviews.qdpx", "interviews-nvivo.qdpx", "interviews-back.qdpx")]
    first, nvivo, back = map(read, files)
    assert first == nvivo == back
    assert nvivo.reading.profile == Profile("utf-16")
    assert all(str(f) in result.output for f in files)
    assert "coded texts are the same, character by character" in " ".join(result.output.split())
    assert all(cell_len(line) <= 80 for line in result.output.splitlines() if str(tmp_path) not in line)


def test_the_demo_shows_positions_as_characters_and_as_nvivo_counts(run, tmp_path: Path) -> None:
    """Counted here another way: NVivo's unit is half the length in UTF-16."""
    lines = run("demo", "-o", tmp_path).output.splitlines()
    for segment in synthetic.study().segments():
        text = segment.source.text
        utf16 = [len(text[:at].encode("utf-16-le")) // 2 for at in (segment.start, segment.end)]
        assert any(line.split()[:2] == [f"{segment.start}–{segment.end}", f"{utf16[0]}–{utf16[1]}"] for line in lines)


def test_the_demo_says_what_could_not_travel_and_what_to_try_next(run, tmp_path: Path) -> None:
    """The rule of a code, its origin, the coders' roles, a memo's kind."""
    words = " ".join(run("demo", "-o", tmp_path).output.split())
    assert "4 kinds of content cannot travel" in words
    assert all(f"{loss}. REFI-QDA has no place for it." in words for loss in ("1 code: include", "1 code: origin", "2 contributors: roles", "1 memo: kind"))
    assert "qualdata info" in words


def test_the_demo_fails_when_what_comes_back_is_not_equal(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison is real: a study that comes back changed is told, and the exit code is 1."""

    def changed(path: Path) -> object:
        study = read(path)
        if path.name == "interviews-back.qdpx":
            study.codes[0].name = "Other"
            study.sources[0].excerpts[0].span = study.sources[0].excerpts[1].span
        return study

    monkeypatch.setattr("qualdata.cli.demo.read", changed)
    result = run("demo", "-o", tmp_path)
    assert result.exit_code == 1
    assert "NOT equal" in result.output
    assert "codes_in_order" in result.output or "codes[0].name" in result.output


def test_the_study_of_the_demo_is_awkward_and_says_that_it_is_synthetic() -> None:
    """All that programs stumble over, in both texts a note of their origin."""
    study = synthetic.study()
    texts = [s.text for s in study.sources]
    both = "".join(texts)
    assert all("Synthetic" in t and "No one said this" in t for t in texts)
    assert all(part in both for part in ("\u200d", "\u0301", "\r\n", "\u4f60", "\u05e9", "<", "&", ">", '"'))
    assert max(depth for _, depth in study.code_tree.walk()) == 3
    assert len(study.segments()) > study.segments().passages
    assert next(differences(study, synthetic.study()), None) is not None  # ids are new each time
