"""Media pass through in pieces, whatever their size; they are packed where that gains something, and bombs stay unopened."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from random import Random
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from qualdata import AudioSource, Media, MediaError, PictureSource, QualdataError, Study, VideoSource, WriteError, read, write
from qualdata.formats.refi import members
from qualdata.model import progress
from tests.independent import NAMESPACE
from tests.writing import SOURCE, guid

MIB = 1 << 20
BETWEEN = "import subprocess, sys; sys.exit(subprocess.run([sys.executable, *sys.argv[1:]]).returncode)"
"""A small process between, as one that is started begins with the peak of memory of the one that starts it."""
MEMORY = """
import resource, sys
from pathlib import Path
from zipfile import ZipFile

from qualdata import Media, Study, VideoSource, read, write

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

def pass_through(folder, size):
    film = folder / "film.mp4"
    with film.open("wb") as file:
        file.truncate(size)
    write(Study(sources=[VideoSource(name="film", media=Media.file(film))]), folder / "1.qdpx")
    write(read(folder / "1.qdpx"), folder / "2.qdpx")
    write(read(folder / "2.qdpx"), folder / "3.qualdata")
    write(read(folder / "3.qualdata"), folder / "4")
    write(read(folder / "4"), folder / "5.qdpx", target="nvivo-mac")
    write(read(folder / "5.qdpx"), folder / "6.qdpx", media=folder / "Media")
    assert read(folder / "6.qdpx", sources=folder / "Media").sources[0].media.size == size

first, second = map(Path, sys.argv[1:])
pass_through(first, 3 << 20)
before = peak()
pass_through(second, 64 << 20)
print(peak() - before)
"""


def project(path: Path, kind: str, ending: str, data: bytes, how: int = ZIP_DEFLATED) -> Path:
    """A project with one source that has a file."""
    qde = f'<Project xmlns="{NAMESPACE}" name="x"><Sources><{kind} guid="{SOURCE}" name="one" path="internal://{SOURCE}{ending}"/></Sources></Project>'
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", qde)
        archive.writestr(f"sources/{SOURCE}{ending}", data, how)
    return path


def film(path: Path, size: int = 3000, *, name: str = "Interview 1") -> Study:
    """A study with a video that is a file of this size; a large one takes up no room."""
    with path.open("wb") as file:
        file.truncate(size)
    return Study(title="x", sources=[VideoSource(id=guid(7), name=name, media=Media.file(path))])


# ---- size ----
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage")
def test_media_pass_through_every_kind_of_file_with_little_memory(tmp_path: Path) -> None:
    """From a disk, project, package, folder and back: 64 MiB of them add less than 8 MB to what 3 MiB need."""
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    done = subprocess.run([sys.executable, "-c", BETWEEN, "-c", MEMORY, tmp_path / "1", tmp_path / "2"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 8_000_000


@pytest.mark.parametrize("size", [960, 1000, 1001, 5000])
@pytest.mark.parametrize("name", ["film.mp4", "sound.wav"])
@pytest.mark.parametrize("out", ["out.qdpx", "out.qualdata"])
def test_sizes_beyond_the_old_zip_format_are_written_right(out: str, name: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the border where a ZIP64 record is needed and on either side of it; the border is moved here to 1,000 bytes."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)
    data = Random(size).randbytes(size)
    (tmp_path / name).write_bytes(data)
    write(Study(sources=[VideoSource(media=Media.file(tmp_path / name))]), tmp_path / out)
    write(read(tmp_path / out), tmp_path / f"again-{out}")
    for path in (tmp_path / out, tmp_path / f"again-{out}"):
        with ZipFile(path) as archive:
            assert archive.testzip() is None
            [member] = [i for i in archive.infolist() if i.filename.endswith(name[-4:])]
            assert (member.file_size, archive.read(member)) == (size, data)


def test_a_file_that_the_standard_does_not_allow_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    """Clause 8.5: one byte more than 2^31-1. It is said which file, how large, how large it may be, and what to do."""
    study = film(tmp_path / "film.mp4", 1 << 31)
    with pytest.raises(WriteError) as caught:
        write(study, tmp_path / "out.qdpx")
    for words in ("Interview 1", "2,147,483,648", "2,147,483,647", "--media-folder FOLDER"):
        assert words in caught.value.message
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


def test_what_may_not_lie_outside_gets_other_advice(tmp_path: Path) -> None:
    """A picture has no place in the folder of the recordings."""
    film(tmp_path / "p.tiff", 1 << 31)
    with pytest.raises(WriteError, match=r"p\.tiff has 2,147,483,648 bytes.* Make it smaller"):
        write(Study(sources=[PictureSource(media=Media.file(tmp_path / "p.tiff"))]), tmp_path / "out.qdpx", media=tmp_path / "Media")
    assert [p.name for p in tmp_path.iterdir()] == ["p.tiff"]


def test_the_limit_is_the_last_size_that_passes_and_as_read_keeps_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is moved here to 3,000 bytes."""
    monkeypatch.setattr(members, "LARGEST_FILE", 3000)
    assert write(film(tmp_path / "film.mp4", 3000), tmp_path / "out.qdpx") == []
    study = read(project(tmp_path / "in.qdpx", "VideoSource", ".mp4", b"x" * 3001))
    with pytest.raises(WriteError, match="3,001 bytes"):
        write(study, tmp_path / "out.qdpx")
    assert write(study, tmp_path / "out.qdpx", target="as-read") == []
    assert write(study, tmp_path / "out.qualdata") == []


# ---- packing ----
STORED = "a.mp3 b.m4a c.MP4 d.mov e.jpg f.JPEG g.png h.webp i.docx j.pdf k.zip l.heic m.ogg".split()
DEFLATED = "a.txt b.wav c.tiff d.bmp e.rtf f.html g h.aiff".split()


@pytest.mark.parametrize("out", ["out.qdpx", "out.qualdata"])
def test_what_is_compressed_already_is_stored_and_the_rest_deflated(out: str, tmp_path: Path) -> None:
    """By the ending of the file, when it comes from a disk."""
    study = Study()
    for name in (*STORED, *DEFLATED):
        (tmp_path / name).write_bytes(b"words " * 100)
        study.add(AudioSource(name=name, media=Media.file(tmp_path / name)))
    write(study, tmp_path / out)
    with ZipFile(tmp_path / out) as archive:
        methods = [i.compress_type for i in archive.infolist() if not i.filename.endswith((".qde", ".json"))]
    assert methods == [ZIP_STORED] * len(STORED) + [ZIP_DEFLATED] * len(DEFLATED)


@pytest.mark.parametrize(("how", "named"), [(ZIP_BZIP2, "BZIP2"), (ZIP_LZMA, "LZMA")])
@pytest.mark.parametrize("out", ["out.qdpx", "out.qualdata", "out"])
def test_other_ways_of_packing_are_refused_with_what_to_do(out: str, how: int, named: str, tmp_path: Path) -> None:
    """Few programs can unpack them. The study itself can be read and looked at."""
    study = read(project(tmp_path / "in.qdpx", "VideoSource", ".mp4", b"film" * 100, how))
    with pytest.raises(MediaError, match=rf"\({named}\)\. Unpack the file and pack it again"):
        write(study, tmp_path / out)
    assert [p.name for p in tmp_path.iterdir()] == ["in.qdpx"]


def test_deflate64_is_named(tmp_path: Path) -> None:
    """Windows uses it for large files."""
    path = project(tmp_path / "in.qdpx", "VideoSource", ".mp4", b"film" * 100)
    data = bytearray(path.read_bytes())
    for at in (data.rindex(b"PK\3\4") + 8, data.rindex(b"PK\1\2") + 10):
        data[at : at + 2] = (9).to_bytes(2, "little")
    path.write_bytes(data)
    with pytest.raises(MediaError, match="Deflate64"):
        write(read(path), tmp_path / "out.qualdata")


# ---- damage and harm ----
BOMB = b" " * (100 * MIB)


@pytest.mark.parametrize(("out", "target"), [("out.qdpx", "nvivo-mac"), ("out.qualdata", None), ("out", None)])
def test_a_bomb_is_not_unpacked(out: str, target: str | None, tmp_path: Path) -> None:
    """A picture of 100 MiB from a few hundred KiB, where it would have to be unpacked: refused, and nothing is left."""
    study = read(project(tmp_path / "in.qdpx", "PictureSource", ".bmp", BOMB))
    with pytest.raises(MediaError, match="not safe"):
        write(study, tmp_path / out, target=target)
    assert [p.name for p in tmp_path.iterdir()] == ["in.qdpx"]


@pytest.mark.parametrize("out", ["out.qdpx", "out.qualdata"])
def test_no_bomb_is_made_of_silence(out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound that would shrink to nearly nothing is stored, so that what is written can be read; the limit is moved here to 64 KiB."""
    monkeypatch.setattr("qualdata.model.media._RATIO_FROM", 1 << 16)
    study = Study()
    for name, data in (("silence.wav", bytes(200_000)), ("words.wav", b"words of one and another" * 10_000 + Random(1).randbytes(4000)), ("short.wav", bytes(60_000))):
        (tmp_path / name).write_bytes(data)
        study.add(AudioSource(name=name, media=Media.file(tmp_path / name)))
    write(study, tmp_path / out)
    with ZipFile(tmp_path / out) as archive:
        assert archive.testzip() is None
        assert [i.compress_type for i in archive.infolist() if i.filename.endswith(".wav")] == [ZIP_STORED, ZIP_DEFLATED, ZIP_DEFLATED]
    write(read(tmp_path / out), tmp_path / "again")
    assert read(tmp_path / "again") == study


def test_what_is_large_and_stored_is_no_bomb(tmp_path: Path) -> None:
    """100 MiB that take up 100 MiB."""
    study = read(project(tmp_path / "in.qdpx", "VideoSource", ".mp4", BOMB, ZIP_STORED))
    assert write(study, tmp_path / "out.qualdata") == []


@pytest.mark.parametrize("name", ["in.qdpx", "in.qualdata"])
def test_members_that_lie_over_each_other_are_refused(name: str, tmp_path: Path) -> None:
    """Many records of one place are how a few bytes become many."""
    path = tmp_path / name
    write(film(tmp_path / "film.mp4", 100_000), path)
    data = bytearray(path.read_bytes())
    directory = data.rindex(b"PK\1\2")
    data[directory + 42 : directory + 46] = (1).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(QualdataError, match="lie over each other"):
        read(path)


@pytest.mark.parametrize("how", [ZIP_STORED, ZIP_DEFLATED])
def test_damage_travels_as_damage(how: int, tmp_path: Path) -> None:
    """What is copied as it is stored keeps its CRC, so whoever opens it sees that it is damaged; what is unpacked is refused."""
    path = project(tmp_path / "in.qdpx", "VideoSource", ".mp4", Random(3).randbytes(5000), how)
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\3\4") + 500] ^= 0xFF
    path.write_bytes(data)
    write(read(path), tmp_path / "out.qdpx")
    with ZipFile(tmp_path / "out.qdpx") as archive:
        assert archive.testzip() == f"sources/{SOURCE}.mp4"
    for out in ("out.qualdata", "out"):
        with pytest.raises(MediaError, match="damaged"):
            write(read(path), tmp_path / out)
        assert not (tmp_path / out).exists()


def test_a_file_that_shrinks_while_it_is_copied_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter than it was said to be: nothing is written."""
    study = film(tmp_path / "film.mp4", 3000)
    study.sources[0].media.size = 3001  # type: ignore[union-attr]
    for out in ("out.qdpx", "out"):
        with pytest.raises(MediaError, match="shorter than it should be"):
            write(study, tmp_path / out)
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


# ---- progress ----
class Listener:
    """Adds up what it is told."""

    def __init__(self) -> None:
        self.all = self.done = 0

    def expect(self, size: int) -> None:
        self.all += size

    def advance(self, size: int) -> None:
        self.done += size


@pytest.mark.parametrize("out", ["out.qdpx", "out.qde", "out.qualdata", "out"])
def test_all_that_was_expected_is_done_in_the_end(out: str, tmp_path: Path) -> None:
    """Of a film of 3 MiB: read and written, as a project, a package or a folder."""
    study = film(tmp_path / "film.mp4", 3 * MIB)
    for work in (lambda: write(study, tmp_path / out), lambda: read(tmp_path / out)):
        with progress.watched(listener := Listener()):
            work()
        assert listener.all == listener.done
    assert listener.done > 0


def test_no_one_is_told_outside(tmp_path: Path) -> None:
    """Not after the block."""
    with progress.watched(listener := Listener()):
        pass
    write(film(tmp_path / "film.mp4"), tmp_path / "out.qdpx")
    assert listener.all == listener.done == 0
