"""Recordings in a folder beside a project (clause 8.3): found by relative paths, whole or not there, nothing of others touched."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from qualdata import AudioSource, Code, FormatError, Media, PictureSource, Study, VideoSource, WriteError
from qualdata.formats.refi import members
from tests.alone import write
from tests.loosely import read
from tests.official import project_schema
from tests.writing import guid


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A film, a sound and a picture."""
    for name in ("film.mp4", "sound.wav", "photo.jpg"):
        (tmp_path / name).write_bytes(name.encode() * 100)
    return Study(
        title="x",
        sources=[
            VideoSource(id=guid(1), name="Film", media=Media.file(tmp_path / "film.mp4")),
            AudioSource(id=guid(2), name="Sound", media=Media.file(tmp_path / "sound.wav")),
            PictureSource(id=guid(3), name="Photo", media=Media.file(tmp_path / "photo.jpg")),
        ],
    )


def root(path: Path) -> etree._Element:
    if path.suffix == ".qde":
        return etree.parse(path).getroot()
    with ZipFile(path) as archive:
        return etree.fromstring(archive.read("project.qde"))


def paths(path: Path) -> list[str | None]:
    return [e.get("path") for e in root(path).iterfind("{*}Sources/*")]


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize("target", ["standard", "nvivo", "nvivo-mac", "as-read"])
def test_recordings_lie_in_the_folder_and_all_else_in_the_project(study: Study, target: str, tmp_path: Path) -> None:
    """Named by GUID, relative to the base path; the schema allows it; given the folder, the study is read back as it was."""
    out, folder = tmp_path / "out.qdpx", tmp_path / "Media"
    assert write(study, out, target=target, media=folder) == []
    assert paths(out) == [f"relative:///{guid(1)}.mp4", f"relative:///{guid(2)}.wav", f"internal://{guid(3)}.jpg"]
    assert root(out).get("basePath") == folder.resolve().as_posix()
    assert project_schema().validate(root(out))
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == {f"{guid(1)}.mp4": b"film.mp4" * 100, f"{guid(2)}.wav": b"sound.wav" * 100}
    with ZipFile(out) as archive:
        assert [n for n in archive.namelist() if n.endswith((".mp4", ".wav"))] == []
    back = read(out, sources=folder)
    back.base_path = None
    assert back == study
    assert study.base_path is None
    assert study.sources[0].path is None  # type: ignore[union-attr]


def test_a_bare_project_can_have_recordings_too(study: Study, tmp_path: Path) -> None:
    """Only the picture is left behind."""
    [loss] = write(study, tmp_path / "out.qde", media=tmp_path / "Media")
    assert (loss.fields, loss.ids) == (("PictureSource.path",), (guid(3),))
    assert [s.media is not None for s in read(tmp_path / "out.qde", sources=tmp_path / "Media").sources] == [True, True, False]  # type: ignore[union-attr]


def test_what_lies_in_the_folder_already_keeps_its_name(study: Study, tmp_path: Path) -> None:
    """It is named, not copied."""
    before = names(tmp_path)
    write(study, tmp_path / "out.qdpx", media=tmp_path)
    assert paths(tmp_path / "out.qdpx")[:2] == ["relative:///film.mp4", "relative:///sound.wav"]
    assert names(tmp_path) == sorted([*before, "out.qdpx"])


def test_it_can_be_done_again(study: Study, tmp_path: Path) -> None:
    """The same recordings are there already: they stay, and other files in the folder too."""
    (tmp_path / "Media").mkdir()
    (tmp_path / "Media" / "mine.txt").write_text("mine")
    write(study, tmp_path / "out.qdpx", media=tmp_path / "Media")
    before = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "Media").iterdir()}
    write(study, tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "Media").iterdir()} == before
    assert names(tmp_path / "Media") == [f"{guid(1)}.mp4", f"{guid(2)}.wav", "mine.txt"]


def test_another_file_of_the_same_name_is_never_replaced(study: Study, tmp_path: Path) -> None:
    """Nothing is written, and the file that was in the way is named."""
    (tmp_path / "Media").mkdir()
    (tmp_path / "Media" / f"{guid(2)}.wav").write_bytes(b"mine")
    with pytest.raises(WriteError, match="another file of this name") as caught:
        write(study, tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert caught.value.path == str(tmp_path / "Media" / f"{guid(2)}.wav")
    assert {p.name: p.read_bytes() for p in (tmp_path / "Media").iterdir()} == {f"{guid(2)}.wav": b"mine"}
    assert not (tmp_path / "out.qdpx").exists()


def test_two_recordings_that_want_one_name_both_travel(tmp_path: Path) -> None:
    """Both come from files that are named by one GUID."""
    sources = []
    for i in (1, 2):
        (tmp_path / str(i)).mkdir()
        (tmp_path / str(i) / f"{guid(9)}.mp4").write_bytes(b"%d" % i)
        sources.append(VideoSource(id=guid(i), media=Media.file(tmp_path / str(i) / f"{guid(9)}.mp4")))
    write(Study(sources=sources), tmp_path / "out.qdpx", media=tmp_path / "Media")
    back = read(tmp_path / "out.qdpx", sources=tmp_path / "Media")
    assert [s.media.read() for s in back.sources if isinstance(s, VideoSource) and s.media] == [b"1", b"2"]


# ---- recordings that lie outside a project that was read ----
@pytest.fixture
def outside(tmp_path: Path) -> Study:
    """A film that lies at the top of a folder and one deeper in it, both found there; the first is larger than a project may hold."""
    (tmp_path / "Media" / "AR").mkdir(parents=True)
    (tmp_path / "Media" / "Long.mp4").write_bytes(b"long" * 100)
    (tmp_path / "Media" / "AR" / "talk.mp4").write_bytes(b"talk")
    study = Study(sources=[VideoSource(id=guid(1), path="RELATIVE:///Long.mp4"), VideoSource(id=guid(2), path="absolute:///C:/AR/talk.mp4")])
    write(study, tmp_path / "in.qdpx")
    return read(tmp_path / "in.qdpx", sources=tmp_path / "Media")


@pytest.mark.parametrize("target", ["standard", "atlasti", "as-read"])
def test_a_folder_takes_what_lay_outside(outside: Study, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its size, also as-read: it is asked for. What lies in the folder already stays, what lies deeper in it is copied to its top."""
    monkeypatch.setattr(members, "LARGEST_FILE", 300)
    assert [loss for loss in write(outside, tmp_path / "out.qdpx", target=target, media=tmp_path / "Media") if loss.in_file] == []
    assert paths(tmp_path / "out.qdpx") == ["relative:///Long.mp4", f"relative:///{guid(2)}.mp4"]
    assert names(tmp_path / "Media") == sorted(["AR", "Long.mp4", f"{guid(2)}.mp4"])
    back = read(tmp_path / "out.qdpx", sources=tmp_path / "Media")
    assert [s.media.read() for s in back.sources if isinstance(s, VideoSource) and s.media] == [b"long" * 100, b"talk"]


def test_without_a_folder_it_is_packed_unless_it_is_too_large(outside: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it stays where it is, which is a loss and no reason to write nothing."""
    monkeypatch.setattr(members, "LARGEST_FILE", 300)
    [loss] = write(outside, tmp_path / "out.qdpx")
    assert (loss.kind, loss.fields, loss.ids) == ("missing", ("VideoSource.media",), (guid(1),))
    assert paths(tmp_path / "out.qdpx") == ["RELATIVE:///Long.mp4", f"internal://{guid(2)}.mp4"]


def test_a_file_that_is_found_by_the_base_path_keeps_it(tmp_path: Path) -> None:
    """In whatever case its scheme is written."""
    (tmp_path / "film.mp4").write_bytes(b"film")
    here, there = VideoSource(media=Media.file(tmp_path / "film.mp4")), VideoSource(path="RELATIVE:///AR/talk.mp4")
    write(Study(base_path="C:/PROJECT", sources=[here, there]), tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert root(tmp_path / "out.qdpx").get("basePath") == "C:/PROJECT"
    assert (paths(tmp_path / "out.qdpx")[0] or "").startswith("absolute:///")


# ---- the base path that there was ----
def test_a_base_path_that_nothing_needs_any_more_is_replaced_and_said(study: Study, tmp_path: Path) -> None:
    """It is a loss."""
    study.base_path = "C:/PROJECT/Sources"
    [loss] = write(study, tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert (loss.kind, loss.fields, loss.ids) == ("changed", ("Study.base_path",), (study.id,))
    assert read(tmp_path / "out.qdpx").base_path == (tmp_path / "Media").resolve().as_posix()


def test_a_base_path_that_other_files_are_found_by_stays(study: Study, tmp_path: Path) -> None:
    """Then the new paths are absolute, and nothing is lost."""
    study.base_path = "C:/PROJECT/Sources"
    study.add(VideoSource(path="relative:///AR/John Interview.mp4"))
    assert write(study, tmp_path / "out.qdpx", media=tmp_path / "Media") == []
    assert root(tmp_path / "out.qdpx").get("basePath") == "C:/PROJECT/Sources"
    folder = (tmp_path / "Media").resolve().as_posix().removeprefix("/")
    assert paths(tmp_path / "out.qdpx")[::3] == [f"absolute:///{folder}/{guid(1)}.mp4", "relative:///AR/John Interview.mp4"]


def test_a_study_without_recordings_has_no_use_for_the_folder(tmp_path: Path) -> None:
    """It is not made, and not named."""
    write(Study(title="x"), tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert names(tmp_path) == ["out.qdpx"]
    assert read(tmp_path / "out.qdpx").base_path is None


# ---- what fails ----
def test_a_package_holds_its_recordings_itself(study: Study, tmp_path: Path) -> None:
    """A folder beside it is refused."""
    before = names(tmp_path)
    for out in ("out.qualdata", "out"):
        with pytest.raises(FormatError, match="has no recordings beside it"):
            write(study, tmp_path / out, media=tmp_path / "Media")
    assert names(tmp_path) == before


@pytest.mark.parametrize("there", [True, False])
def test_a_write_that_fails_leaves_the_folder_as_it_was(study: Study, there: bool, tmp_path: Path) -> None:
    """When it fails after the recordings were copied."""
    (tmp_path / "out.qdpx").write_bytes(b"old")
    if there:
        (tmp_path / "Media").mkdir()
    code = study.add(Code(name="fine"))
    code.name = "bad \x01"
    before = names(tmp_path)
    with pytest.raises(WriteError):
        write(study, tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert names(tmp_path) == before
    assert not there or names(tmp_path / "Media") == []
    assert (tmp_path / "out.qdpx").read_bytes() == b"old"


@pytest.mark.parametrize("kind", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("step", ["in a recording", "placing the recordings", "placing the project"])
def test_whatever_breaks_it_off_nothing_is_left(study: Study, step: str, kind: BaseException | type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C or a full disk, at any time: no new recording, the old project."""
    (tmp_path / "out.qdpx").write_bytes(b"old")
    before = names(tmp_path)
    rename, replace = Path.rename, Path.replace

    def broken(*_: object) -> None:
        raise kind

    if step == "in a recording":
        monkeypatch.setattr(Media, "blocks", broken)
    elif step == "placing the recordings":
        monkeypatch.setattr(Path, "rename", lambda path, to: broken() if path.suffix == ".wav" else rename(path, to))
    else:
        monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises((WriteError, KeyboardInterrupt)):
        write(study, tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert Path.replace is replace or step == "placing the project"
    assert names(tmp_path) == before
    assert (tmp_path / "out.qdpx").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["film.mp4", "no/Media"])
def test_a_folder_that_cannot_be_is_one_sentence(study: Study, name: str, tmp_path: Path) -> None:
    """A file of that name; a folder in one that is not there."""
    before = names(tmp_path)
    with pytest.raises(WriteError, match="files cannot be written into this folder") as caught:
        write(study, tmp_path / "out.qdpx", media=tmp_path / name)
    assert caught.value.path == str(tmp_path / name)
    assert names(tmp_path) == before


def test_an_ending_from_a_file_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """Whatever a project says that a file was called."""
    sources = []
    for i, path in enumerate(("internal://x.mp4:..\\..\\evil", "internal://..%2f.a b/..", "internal://a.mp4:stream", "internal://b." + "long" * 9)):
        (tmp_path / f"{i}.mp4").write_bytes(b"%d" % i)
        sources.append(VideoSource(id=guid(i), path=path, media=Media.file(tmp_path / f"{i}.mp4")))
    write(Study(sources=sources), tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert sorted(p.read_bytes() for p in (tmp_path / "Media").iterdir()) == [b"0", b"1", b"2", b"3"]
    assert all(set(n) <= set("0123456789abcdefghijklmnopqrstuvwxyz-.") for n in names(tmp_path / "Media"))
