"""What `qualdata convert` promises: it says what it read, what it saved, and what could not travel."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualdata import Code, PictureSource, Study, VideoSource, read, write
from qualdata.formats.refi import members
from qualdata.model import Media


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A project with a file, which a bare .qde cannot hold."""
    (tmp_path / "p.jpg").write_bytes(b"jpg")
    study = Study(title="Photos")
    study.add(PictureSource(name="Photo", path="internal://p.jpg", media=Media.file(tmp_path / "p.jpg")))
    write(study, tmp_path / "photos.qdpx")
    return tmp_path / "photos.qdpx"


def test_it_says_what_was_read_and_saved(run, project: Path, tmp_path: Path) -> None:
    """Title, writer, target, file; and that nothing was lost."""
    result = run("convert", project, tmp_path / "n.qdpx", "--target", "nvivo")
    words = " ".join(result.output.split())
    assert result.exit_code == 0
    assert words.startswith('Read "Moves" from qualdata ')
    assert f"Saved for NVivo for Windows as {tmp_path / 'n.qdpx'}." in words
    assert words.endswith("Everything travelled.")
    assert read(tmp_path / "n.qdpx") == read(project)


def test_it_says_when_the_file_that_was_read_counts_otherwise(run, study: Study, tmp_path: Path) -> None:
    """NVivo's positions are adjusted; a standard file needs no word."""
    write(study, tmp_path / "n.qdpx", target="nvivo")
    words = " ".join(run("convert", tmp_path / "n.qdpx", tmp_path / "s.qdpx").output.split())
    assert "NVivo counts emoji and other rare characters as two characters each. Positions were adjusted" in words
    assert "adjusted" not in run("convert", tmp_path / "s.qdpx", tmp_path / "t.qdpx").output


def test_each_loss_is_told_with_its_why(run, picture: Path, tmp_path: Path) -> None:
    """What, how many, and why."""
    result = run("convert", picture, tmp_path / "p.qde")
    words = " ".join(result.output.split())
    assert result.exit_code == 0
    assert "1 kind of content cannot travel as it is: 1 picture source: file. A bare .qde holds no files;" in words


def test_strict_writes_nothing_that_would_lose(run, picture: Path, tmp_path: Path) -> None:
    """Exit 1, the losses on stderr, the old file as it was, nothing left beside it."""
    (tmp_path / "p.qde").write_text("old")
    before = sorted(p.name for p in tmp_path.iterdir())
    result = run("convert", picture, tmp_path / "p.qde", "--strict")
    assert result.exit_code == 1
    assert "1 picture source: file" in result.stderr
    assert "Saved" not in result.output
    assert (tmp_path / "p.qde").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_strict_writes_what_loses_nothing(run, project: Path, tmp_path: Path) -> None:
    """Also onto the file that was read."""
    was = read(project)
    assert run("convert", project, tmp_path / "s.qde", "--strict").exit_code == 0
    assert read(tmp_path / "s.qde") == was
    assert run("convert", tmp_path / "s.qde", tmp_path / "s.qde", "--strict", "--target", "nvivo").exit_code == 0
    assert read(tmp_path / "s.qde") == was


def test_the_format_can_be_named(run, project: Path, tmp_path: Path) -> None:
    """Where the ending of the file does not say it."""
    assert run("convert", project, tmp_path / "study.xml", "--format", "qde", "--strict").exit_code == 0
    assert (tmp_path / "study.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_a_target_or_format_that_is_none_is_a_usage_error_that_lists_them(run, project: Path, tmp_path: Path) -> None:
    """Exit 2, and nothing is read or written."""
    result = run("convert", project, tmp_path / "x.qdpx", "--target", "word")
    assert result.exit_code == 2
    assert "choose one of standard, nvivo, nvivo-mac, atlasti, maxqda, qualcoder, as-read." in result.stderr
    result = run("convert", project, tmp_path / "x.qdpx", "--format", "docx")
    assert result.exit_code == 2
    assert "choose one of package, folder, qdpx, qde" in result.stderr
    assert not (tmp_path / "x.qdpx").exists()


def test_an_ending_that_says_no_format_is_explained(run, project: Path, tmp_path: Path) -> None:
    """One sentence that lists the endings."""
    result = run("convert", project, tmp_path / "x.docx")
    assert result.exit_code == 3
    assert ".qdpx" in result.stderr


def test_missing_files_are_told(run, tmp_path: Path) -> None:
    """They cannot travel either."""
    study = Study()
    study.add(PictureSource(path="relative:///p.jpg"))
    write(study, tmp_path / "p.qdpx")
    assert "1 source file is missing and cannot travel" in " ".join(run("convert", tmp_path / "p.qdpx", tmp_path / "q.qdpx").output.split())


# ---- recordings ----
@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A package with a film, and a code that says more than a project can."""
    (tmp_path / "film.mp4").write_bytes(b"film")
    study = Study(title="Films")
    study.add(VideoSource(name="Film", media=Media.file(tmp_path / "film.mp4")))
    study.add(Code(name="c", include="all"))
    write(study, tmp_path / "films.qualdata")
    return tmp_path / "films.qualdata"


def test_recordings_go_into_the_folder_that_was_named(run, film: Path, tmp_path: Path) -> None:
    """It is said where they are; with the folder, they are found again."""
    result = run("convert", film, tmp_path / "f.qdpx", "--target", "nvivo", "--media-folder", tmp_path / "Media")
    assert result.exit_code == 0
    assert f"The recordings are in {tmp_path / 'Media'}: keep both together." in " ".join(result.output.split())
    assert [p.read_bytes() for p in (tmp_path / "Media").iterdir()] == [b"film"]
    assert "1 source file is missing" in run("info", tmp_path / "f.qdpx").output
    assert "missing" not in run("info", tmp_path / "f.qdpx", "--sources", tmp_path / "Media").output


def test_a_program_that_has_recordings_beside_its_projects_is_named(run, film: Path, tmp_path: Path) -> None:
    """ATLAS.ti does so; what is proposed is the name that it gives such a folder."""
    words = " ".join(run("convert", film, tmp_path / "f.qdpx", "--target", "atlasti").output.split())
    assert 'ATLAS.ti itself puts recordings into a folder beside the project: --media-folder "f Media" does so too.' in words
    assert "--media-folder" not in run("convert", film, tmp_path / "f.qdpx", "--target", "nvivo").output


def test_no_folder_is_spoken_of_where_there_are_no_recordings(run, project: Path, tmp_path: Path) -> None:
    """And none is made."""
    result = run("convert", project, tmp_path / "f.qdpx", "--media-folder", tmp_path / "Media")
    assert "recordings" not in result.output
    assert not (tmp_path / "Media").exists()


def test_strict_leaves_the_folder_alone_too(run, film: Path, tmp_path: Path) -> None:
    """The code's rule would be lost: no project, no recordings."""
    before = sorted(p.name for p in tmp_path.iterdir())
    assert run("convert", film, tmp_path / "f.qdpx", "--strict", "--media-folder", tmp_path / "Media").exit_code == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_a_package_needs_no_folder_for_recordings(run, film: Path, tmp_path: Path) -> None:
    """It is a usage error."""
    result = run("convert", film, tmp_path / "f", "--media-folder", tmp_path / "Media")
    assert result.exit_code == 2
    assert "has no recordings beside it" in " ".join(result.stderr.split())


def test_a_recording_that_is_too_large_gets_one_sentence_that_says_what_to_do(run, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it offers, works."""
    monkeypatch.setattr(members, "LARGEST_FILE", 3)
    result = run("convert", film, tmp_path / "f.qdpx")
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "the file Film has 4 bytes" in result.stderr
    assert "--media-folder FOLDER" in result.stderr
    assert run("convert", film, tmp_path / "f.qdpx", "--media-folder", tmp_path / "Media").exit_code == 0


def test_a_codebook_is_read_in_a_sentence_and_counts_nothing(run, tmp_path: Path) -> None:
    """Within a sentence its title is not written large; how positions count says nothing where there are none."""
    write(Study(codes=[Code(name="a")]), tmp_path / "b.qdc")
    assert run("convert", tmp_path / "b.qdc", tmp_path / "o.qdc").output.startswith("Read a codebook from ")
    write(Study(title="T", codes=[Code(name="a")]), tmp_path / "p.qde", target="nvivo")
    assert "Positions" not in (told := run("convert", tmp_path / "p.qde", tmp_path / "o.qde").output)
    assert "count" not in told


def test_annotations_are_told_with_the_folder_of_their_sources(run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written and where, what could not travel; `info` counts as any program does there, and names what is missing."""
    monkeypatch.chdir(tmp_path)
    said = " ".join(run("convert", "moves.qdpx", "moves.jsonld").output.split())
    assert "Saved as a Web Annotation collection, as moves.jsonld. Its sources are in moves-sources: keep both together." in said
    assert "1 variable; 2 cases. Web Annotation has no place for it." in said
    told = " ".join(run("info", "moves.jsonld").output.split())
    assert "Web Annotation collection (.jsonld), written by qualdata" in told
    assert "Positions count Unicode characters, as Web Annotation says." in told
    assert "3 codings on 2 passages; all begin at a word." in told
    Path("moves-sources").rename("elsewhere")
    assert "1 source file is missing." in " ".join(run("info", "moves.jsonld").output.split())
    assert "missing" not in run("info", "moves.jsonld", "--sources", "elsewhere").output


def test_strict_leaves_no_folder_of_sources(run, project: Path, tmp_path: Path) -> None:
    """Nothing is written, nothing is left beside."""
    before = sorted(tmp_path.iterdir())
    assert run("convert", project, tmp_path / "moves.jsonld", "--strict").exit_code == 1
    assert sorted(tmp_path.iterdir()) == before
