"""Files appear whole or not at all, payloads travel as they are, and the same study gives the same bytes."""

from __future__ import annotations

import os
import stat
import time
import tracemalloc
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from qualdata import AudioSource, Code, Media, MediaError, PictureSource, QualdataError, Study, TextSource, WriteError, convert, write
from tests.independent import members
from tests.loosely import read
from tests.writing import QUOTES, SOURCE, WRITERS, guid, nvivo_windows, pack
from tests.writing import project as written

TARGETS = ("standard", "nvivo", "nvivo-mac", "as-read")


def coded(study: Any) -> list[tuple[str | None, ...]]:
    return [(s.code and s.code.name, s.coder and s.coder.name, s.text and s.text.replace("\r\n", "\n")) for s in study.segments() if s.source.id.lower() == SOURCE]


def others(folder: Path, *known: Path) -> list[str]:
    """What else stands in a folder, beside the sidecars of what is known."""
    beside = {p.with_name(f"{p.stem}.sidecar.json") for p in known}
    return sorted(p.name for p in folder.iterdir() if p not in known and p not in beside)


# ---- onto the file that was read ----
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("writer", WRITERS)
def test_a_study_can_be_written_onto_its_own_file(writer: str, target: str, tmp_path: Path) -> None:
    """The file is right, the study is still usable, and can be written there again, for each target in turn."""
    path = WRITERS[writer][0](tmp_path / "in.qdpx")
    study = read(path)
    for each in (target, "nvivo", target, "as-read"):
        write(study, path, target=each)
        assert tuple(coded(study)) == tuple(coded(read(path))) == QUOTES
        assert others(tmp_path, path) == []


def test_a_bare_project_can_be_written_onto_itself(tmp_path: Path) -> None:
    """Its text is inside."""
    path = tmp_path / "in.qde"
    path.write_text(written(f'<Sources><TextSource guid="{SOURCE}"><PlainTextContent>text</PlainTextContent></TextSource></Sources>'))
    study = read(path)
    write(study, path)
    assert study.sources[0].text == read(path).sources[0].text == "text"


def test_a_link_to_a_file_and_its_rights_stay(tmp_path: Path) -> None:
    """Who may read the old file may read the new one."""
    path = nvivo_windows(tmp_path / "in.qdpx")
    path.chmod(0o640)
    write(read(path), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


# ---- writing that fails ----
def unwritable(study: Study) -> Study:
    """A study that fails only once most of it is written: a title of a late source holds what XML cannot say."""
    for i in range(3000):
        study.codes.append(Code(id=guid(5000 + i), name=f"code {i}"))
    last = TextSource(name="late", text="x")
    last.name = "bad \x01"
    study.sources.append(last)
    return study


@pytest.mark.parametrize("suffix", ["qdpx", "qde"])
def test_a_failed_write_leaves_the_old_file(suffix: str, tmp_path: Path) -> None:
    """Byte for byte, and no other file beside it."""
    path = tmp_path / f"out.{suffix}"
    path.write_bytes(b"the old file")
    with pytest.raises(WriteError, match="U\\+0001") as error:
        write(unwritable(Study(title="x")), path)
    assert error.value.path == str(path)
    assert path.read_bytes() == b"the old file"
    assert others(tmp_path, path) == []


def test_a_failed_write_leaves_nothing_where_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(WriteError):
        write(unwritable(Study(title="x")), tmp_path / "out.qdpx")
    assert others(tmp_path) == []


@pytest.mark.parametrize("kind", [KeyboardInterrupt, MemoryError, RuntimeError])
def test_a_write_that_is_broken_off_leaves_the_old_file(kind: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by Ctrl-C in the middle of a large picture."""
    path = nvivo_windows(tmp_path / "in.qdpx")
    study, old = read(path), path.read_bytes()

    def broken(*_: object) -> None:
        raise kind

    monkeypatch.setattr(ZipFile, "writestr", broken)
    monkeypatch.setattr("qualdata.formats.zip._append", broken)
    with pytest.raises(kind):
        write(study, path)
    monkeypatch.undo()
    assert path.read_bytes() == old
    assert others(tmp_path, path) == []
    assert tuple(coded(study)) == QUOTES


@pytest.mark.parametrize("step", ["replace", "open"])
def test_a_disk_that_refuses_is_one_sentence(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No room, no right: a WriteError that names the file, and the old one stays."""
    path = nvivo_windows(tmp_path / "in.qdpx")
    study, old = read(path), path.read_bytes()
    temporary = []

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        temporary.append(self)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(path), step, refuse) if step == "replace" else monkeypatch.setattr(os, "fsync", lambda _: refuse(path))
    with pytest.raises(WriteError, match="no space left on device") as error:
        write(study, path)
    monkeypatch.undo()
    assert temporary
    assert error.value.path == str(path)
    assert path.read_bytes() == old
    assert others(tmp_path, path) == []


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "no" / "out.qdpx", tmp_path / "no" / "out.qde"):
        with pytest.raises(WriteError, match="cannot be written"):
            write(Study(title="x"), path)
    (tmp_path / "out.qdpx").mkdir()
    with pytest.raises(WriteError, match="folder"):
        write(Study(title="x"), tmp_path / "out.qdpx")
    assert others(tmp_path) == ["out.qdpx"]


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    """The temporary file beside it has a shorter one."""
    for name in ("n" * 250 + ".qde", "\u00e9" * 120 + ".qde"):
        write(Study(title="x"), tmp_path / name)
        assert read(tmp_path / name).title == "x"


def test_a_file_without_its_sources_fails_before_the_old_one_goes(tmp_path: Path) -> None:
    """What was read from is gone: nothing is written."""
    study = read(nvivo_windows(tmp_path / "in.qdpx"))
    (tmp_path / "in.qdpx").unlink()
    (tmp_path / "out.qdpx").write_bytes(b"old")
    for target in TARGETS:
        with pytest.raises(MediaError, match="no longer there"):
            write(study, tmp_path / "out.qdpx", target=target)
    assert (tmp_path / "out.qdpx").read_bytes() == b"old"
    assert others(tmp_path) == ["out.qdpx"]


# ---- payloads ----
def picture(path: Path, data: bytes, *, how: int = ZIP_DEFLATED) -> Path:
    """A project with one picture."""
    qde = written(f'<Sources><PictureSource guid="{SOURCE}" path="internal://{SOURCE}.jpg"/></Sources>')
    with ZipFile(path, "w") as archive:
        archive.writestr("project.qde", qde)
        archive.writestr(f"sources/{SOURCE}.jpg", data, how)
    return path


def media_of(study: Any) -> Media:
    media = study.sources[0].media
    assert isinstance(media, Media)
    return media


@pytest.mark.parametrize("how", [b"other", b"longer than it was before", None])
def test_a_store_that_changed_under_a_study_is_not_trusted(how: bytes | None, tmp_path: Path) -> None:
    """What is there now is not what was read: refused, not handed out."""
    path = picture(tmp_path / "in.qdpx", b"right")
    study = read(path)
    path.unlink()
    if how is not None:
        picture(path, how)
        os.utime(path, (1, 1))
    with pytest.raises(MediaError):
        media_of(study).read()
    with pytest.raises(MediaError):
        write(study, tmp_path / "out.qdpx")
    assert others(tmp_path, path) == []


def test_a_store_that_changed_elsewhere_is_found_again(tmp_path: Path) -> None:
    """The same bytes under another name, in a file written anew, are the same payload."""
    path = picture(tmp_path / "in.qdpx", b"right")
    study = read(path)
    pack(path, "<other/>", {"elsewhere/moved.jpg": b"right", "more.txt": b"m"})
    os.utime(path, (1, 1))
    assert media_of(study).read() == b"right"


def test_a_plain_file_that_changed_is_not_trusted(tmp_path: Path) -> None:
    """The same for a picture beside the project."""
    (tmp_path / "p.jpg").write_bytes(b"one")
    study = Study(title="x", sources=[PictureSource(media=Media.file(tmp_path / "p.jpg"))])
    (tmp_path / "p.jpg").write_bytes(b"two")
    os.utime(tmp_path / "p.jpg", (1, 1))
    with pytest.raises(MediaError, match="changed"):
        write(study, tmp_path / "out.qdpx")


def test_damaged_bytes_are_not_handed_out(tmp_path: Path) -> None:
    """A member whose bytes do not fit their CRC is an error where it is used, not where the study is read."""
    path = picture(tmp_path / "in.qdpx", b"right" * 100, how=ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"rightright", b"rightwrong", 1))
    study = read(path)
    with pytest.raises(MediaError, match="damaged"):
        media_of(study).read()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("how", [ZIP_STORED, ZIP_DEFLATED])
def test_members_are_copied_as_they_are_stored(how: int, target: str, tmp_path: Path) -> None:
    """Not unpacked and packed again: CRC, packed size and method are those of the file that was read. NVivo for Mac compresses nothing."""
    data = Random(1).randbytes(5000) + b"x" * 200_000
    path = picture(tmp_path / "in.qdpx", data, how=how)
    with ZipFile(path, "a") as archive:
        archive.writestr("sources/best.bin", data, ZIP_DEFLATED, compresslevel=9)
        archive.writestr("sources/least.bin", data, ZIP_DEFLATED, compresslevel=1)
    write(read(path), tmp_path / "out.qdpx", target=target)
    with ZipFile(path) as before, ZipFile(tmp_path / "out.qdpx") as after:
        assert after.testzip() is None
        old, new = (sorted((i.CRC, i.compress_size, i.file_size, i.compress_type) for i in a.infolist() if not i.filename.endswith((".qde", ".root"))) for a in (before, after))
    assert new == ([(crc, size, size, ZIP_STORED) for crc, _, size, _ in old] if target == "nvivo-mac" else old)


def test_large_payloads_are_never_whole_in_memory(tmp_path: Path) -> None:
    """32 MiB from a ZIP file and 32 MiB from a plain one pass through a few."""
    data = Random(2).randbytes(1 << 25)
    path = picture(tmp_path / "in.qdpx", data, how=ZIP_STORED)
    (tmp_path / "film.mp4").write_bytes(data[::-1])
    study = read(path)
    study.add(AudioSource(name="film", media=Media.file(tmp_path / "film.mp4")))
    tracemalloc.start()
    try:
        write(study, tmp_path / "out.qdpx", target="nvivo-mac")
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
    back = read(tmp_path / "out.qdpx")
    assert [s.media.size for s in back.sources] == [1 << 25, 1 << 25]
    assert [s.media.read() == d for s, d in zip(back.sources, (data, data[::-1]), strict=True)] == [True, True]


def test_what_is_written_can_be_opened_by_any_program(tmp_path: Path) -> None:
    """No ZIP64 where it is not needed, no data descriptors for copied members, no odd names."""
    write(read(picture(tmp_path / "in.qdpx", b"p" * 1000)), tmp_path / "out.qdpx")
    with ZipFile(tmp_path / "out.qdpx") as archive:
        assert all(i.create_system in (0, 3) and i.filename.isascii() for i in archive.infolist())
        [copied] = [i for i in archive.infolist() if i.filename.endswith(".jpg")]
        assert copied.flag_bits & 0x08 == 0


# ---- the same again ----
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_study_gives_the_same_bytes(writer: str, target: str, tmp_path: Path) -> None:
    """At another time, from another reading, in another place."""
    path = WRITERS[writer][0](tmp_path / "in.qdpx")
    write(read(path), tmp_path / "one.qdpx", target=target)
    time.sleep(0.01)
    write(read(path), tmp_path / "two.qdpx", target=target)
    assert (tmp_path / "one.qdpx").read_bytes() == (tmp_path / "two.qdpx").read_bytes()


@pytest.mark.parametrize("target", TARGETS)
def test_writing_settles(target: str, tmp_path: Path) -> None:
    """What is written, read and written again is the same file: nothing drifts."""
    path = nvivo_windows(tmp_path / "in.qdpx")
    for before, after in (("in", "1"), ("1", "2"), ("2", "3")):
        write(read(tmp_path / f"{before}.qdpx"), tmp_path / f"{after}.qdpx", target=target)
    assert (tmp_path / "2.qdpx").read_bytes() == (tmp_path / "3.qdpx").read_bytes()
    assert members(tmp_path / "1.qdpx") == members(tmp_path / "2.qdpx")
    assert path.exists()


def test_writing_does_not_change_the_study(tmp_path: Path) -> None:
    """Two targets, two orders: the same files."""
    study = read(nvivo_windows(tmp_path / "in.qdpx"))
    for name in ("a", "b"):
        for target in TARGETS if name == "a" else reversed(TARGETS):
            write(study, tmp_path / f"{name}-{target}.qdpx", target=target)
    for target in TARGETS:
        assert (tmp_path / f"a-{target}.qdpx").read_bytes() == (tmp_path / f"b-{target}.qdpx").read_bytes()
    assert study == read(tmp_path / "in.qdpx")


def test_convert_reads_and_writes(tmp_path: Path) -> None:
    """One file into another, in one call, with the losses."""
    path = nvivo_windows(tmp_path / "in.qdpx")
    assert convert(path, tmp_path / "out.qdpx", target="nvivo-mac") == []
    assert tuple(coded(read(tmp_path / "out.qdpx"))) == QUOTES
    losses = convert(path, tmp_path / "out.qde")
    assert [loss.fields for loss in losses] == [("TextSource.rich_path",)]
    with pytest.raises(QualdataError):
        convert(path, tmp_path / "out.qdpx", target="word")
