"""`qualdata codebook import`: what it does is told in plain words, and the study is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualdata import Code, Study, write
from qualdata.model import Memo
from tests.loosely import read


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")


def make(path: Path, *codes: Code, **lists: Any) -> Path:
    write(Study(title="Book", codes=[*codes], **lists), path)
    return path


def spoken(output: str) -> str:
    return " ".join(output.split())


def test_codes_of_one_name_that_cannot_be_told_apart_are_named_once(run, project: Path, tmp_path: Path) -> None:
    """However many there are."""
    book = make(tmp_path / "b.qdc", Code(name="Moving"), Code(name="Moving"))
    result = run("codebook", "import", project, book, "-o", tmp_path / "out.qdpx")
    assert 'It cannot be told which is meant by "Moving": the name stands twice in one place. They were added beside yours.' in spoken(result.stdout)


def test_what_it_did_is_told(run, study: Study, project: Path, tmp_path: Path) -> None:
    """Added, changed and how, the same, left; and how codes were matched."""
    moving, _ = study.codes
    book = make(tmp_path / "b.qdc", Code(id=moving.id, name="Moves", colour="#FF0000", description="d"), Code(name="why", parent=moving.id), Code(name="New"))
    result = run("codebook", "import", project, book, "-o", tmp_path / "out.qdpx")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80
    text = spoken(result.stdout)
    assert '1 code added, 1 changed ("Moving" is now "Moves"; the meaning of "Moves"; the colour of "Moves"), 1 as it was.' in text
    assert "1 of 2 codes was matched by name and place, as the GUIDs differ." in text
    assert "not in the codebook" not in text
    assert "Saved by the REFI-QDA standard as" in text
    assert "Everything travelled." in text
    back = read(tmp_path / "out.qdpx")
    assert [c.name for c in back.codes] == ["Moves", "Why", "New"]
    assert [(s.code.name, s.text) for s in back.segments()] == [("Moves", "we moved"), ("Why", "we moved"), ("Why", "stayed")]


def test_the_file_that_was_read_can_be_written(run, project: Path, tmp_path: Path) -> None:
    """OUT is STUDY; codes that the codebook has not stay, and that is told; so is what cannot be told apart."""
    book = make(tmp_path / "b.qdc", *(Code(name=name) for name in ("Other", "Other", "Moving")))
    for expected in ("2 codes added, 0 changed, 1 as it was.", "0 codes added, 0 changed, 3 as they were."):
        text = spoken(run("codebook", "import", project, book, "-o", project).stdout)
        assert expected in text
        assert "1 code of the study is not in the codebook; it stays." in text
    write(Study(codes=[Code(name="Other")]), tmp_path / "c.qdc")
    assert 'It cannot be told which is meant by "Other"' in spoken(run("codebook", "import", project, tmp_path / "c.qdc", "-o", project).stdout)
    assert len(read(project).codes) == 5


def test_of_many_changes_some_are_named(run, tmp_path: Path) -> None:
    """Three of each kind."""
    here = make(tmp_path / "a.qdpx", Code(id="top", name="Top"), *(Code(id=f"c{n}", name=f"C{n}") for n in range(5)))
    ids = [c.id for c in read(here).codes]
    top, *under = Code(id=ids[0], name="Top", memos=["m"], codable=False), *(Code(id=id, name=f"D{n}", parent=ids[0]) for n, id in enumerate(ids[1:]))
    book = make(tmp_path / "b.qdpx", top, *under, memos=[Memo(id="m", text="t")])
    text = spoken(run("codebook", "import", here, book, "-o", tmp_path / "out.qdpx", "--target", "nvivo").stdout)
    assert '"Top" now only groups other codes; "C0" is now "D0", "C1" is now "D1", "C2" is now "D2" and 2 more;' in text
    assert '"D0" now stands under "Top", "D1" now stands under "Top", "D2" now stands under "Top" and 2 more), 0 as they were.' in text
    assert "1 memo about codes of the codebook was not brought in." in text
    assert "Saved for NVivo for Windows as" in text


def test_the_history_is_kept_when_asked(run, project: Path, tmp_path: Path) -> None:
    """A package keeps it, a project cannot and says so."""
    book = make(tmp_path / "b.qdc", Code(name="New"))
    run("codebook", "import", project, book, "-o", tmp_path / "a.qualdata")
    assert read(tmp_path / "a.qualdata").code_changes == []
    run("codebook", "import", project, book, "-o", tmp_path / "b.qualdata", "--record")
    kept = read(tmp_path / "b.qualdata")
    assert [(c.action, kept[c.codes[0]].name) for c in kept.code_changes] == [("add", "New")]
    assert len(kept.code_changes[0].date) == 10
    assert "1 change of the codebook. REFI-QDA has no place for it." in spoken(run("codebook", "import", project, book, "-o", tmp_path / "b.qdpx", "--record").stdout)


def test_a_codebook_without_codes_is_refused(run, project: Path, tmp_path: Path) -> None:
    """One sentence, and nothing is written; the same for a target or a form that is none."""
    (tmp_path / "b.qdc").write_text('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>')
    before = project.read_bytes()
    result = run("codebook", "import", project, tmp_path / "b.qdc", "-o", project)
    assert result.exit_code == 3
    assert result.stderr.startswith(f"Error: {tmp_path / 'b.qdc'}: there are no codes in it")
    assert run("codebook", "import", project, project, "-o", project, "--target", "word").exit_code == 2
    assert run("codebook", "import", project, project, "-o", tmp_path / "x.docx").exit_code == 3
    assert run("codebook", "import", project, project).exit_code == 2
    assert project.read_bytes() == before
    assert not (tmp_path / "x.docx").exists()


def test_names_are_not_obeyed_by_the_terminal(run, project: Path, tmp_path: Path) -> None:
    """Nor longer than a sentence bears."""
    here = read(project)
    book = make(tmp_path / "b.qdc", Code(id=here.codes[0].id, name="red\u202e\u0085" + "x" * 200))
    result = run("codebook", "import", project, book, "-o", tmp_path / "out.qdpx")
    assert "\u202e" not in result.stdout
    assert "x" * 50 not in result.stdout
    assert "…" in result.stdout


def test_info_calls_a_codebook_by_its_name(run, tmp_path: Path) -> None:
    """It has no title, and nothing in it is counted in characters."""
    lines = run("info", make(tmp_path / "b.qdc", Code(name="New"))).stdout.splitlines()
    assert lines[0] == "A codebook"
    assert lines[1].startswith("REFI-QDA codebook (.qdc), written by qualdata")
    assert lines[2:4] == ["", "It holds"]
