"""What the command line promises of files that lie outside a project: how they are found, and that each step is said in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualdata import AudioSource, Study, VideoSource, read, write


@pytest.fixture
def talks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two recordings outside, and a folder beside it in which one of them is, and the other twice; both where we are."""
    monkeypatch.chdir(tmp_path)
    study = Study(title="Talks")
    study.add(AudioSource(name="Talk", path="relative:///AR/talk.m4a"))
    study.add(VideoSource(name="Film", path="absolute:///C:/Users/x/film.mp4"))
    write(study, "talks.qdpx")
    for name in ("AR/talk.m4a", "one/film.mp4", "two/film.mp4"):
        (tmp_path / "talks Media" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "talks Media" / name).write_text(name)
    return Path("talks.qdpx")


def words(result) -> str:
    """What was said, on lines of at most 80 characters."""
    lines = [line for line in result.output.splitlines() if not line.startswith("source,")]  # but for the head of a table
    assert max(map(len, lines)) <= 80
    return " ".join(" ".join(lines).split())


def test_a_folder_beside_the_file_is_proposed_and_not_opened(run, talks: Path) -> None:
    """As ATLAS.ti lays it there; `info`, `segments` and `convert` name it, and nothing is taken from it."""
    hint = '--sources "talks Media".'
    assert f"Export again with files included, or give the folder: {hint}" in words(run("info", talks))
    assert hint in words(run("segments", talks))
    said = words(run("convert", talks, "out.qdpx"))
    assert f"2 source files are missing and cannot travel; `qualdata info` names them. There is a folder beside the file: try {hint}" in said
    assert [s.media for s in read("out.qdpx").sources] == [None, None]  # type: ignore[union-attr]


def test_without_a_folder_beside_it_any_may_be_given(run, talks: Path) -> None:
    """The word FOLDER stands for it."""
    talks.rename("other.qdpx")
    assert "or give the folder: --sources FOLDER." in words(run("info", "other.qdpx"))
    assert "There is a folder" not in words(run("convert", "other.qdpx", "out.qdpx"))


def test_a_file_that_may_be_either_of_two_is_said(run, talks: Path) -> None:
    """It stays missing; both are named, so that one can be taken away."""
    said = words(run("info", talks, "--sources", "talks Media"))
    assert "1 source file is missing." in said
    assert "may mean 2 files of the folder of sources (one/film.mp4, two/film.mp4); none was taken, so it is missing (refi-source-path)." in said
    assert "talk.m4a" not in said


def test_files_of_the_folder_travel(run, talks: Path, tmp_path: Path) -> None:
    """To a project by the standard, with nothing lost; as-read leaves them where they are and says so."""
    (tmp_path / "talks Media" / "one" / "film.mp4").unlink()
    result = run("convert", talks, "out.qdpx", "--sources", "talks Media", "--strict")
    assert (result.exit_code, words(result).endswith("Everything travelled.")) == (0, True)
    assert [s.media.read() for s in read("out.qdpx").sources] == [b"AR/talk.m4a", b"two/film.mp4"]  # type: ignore[union-attr]
    said = words(run("convert", talks, "same.qdpx", "--sources", "talks Media", "--target", "as-read"))
    assert "1 audio source: file; 1 video source: file. It stays outside the project, where the file that was read has it: keep them together." in said
    assert "1 video source: file." in said


def test_a_folder_that_is_none_is_one_sentence(run, talks: Path) -> None:
    """Exit 3, for a name that is not there and for a file."""
    for folder in ("nowhere", talks):
        result = run("convert", talks, "out.qdpx", "--sources", folder)
        assert result.exit_code == 3
        assert "there is no such folder of sources. Check its name." in " ".join(result.stderr.split())
