"""Formats: how they are found, asked for, and added by others."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from qualdata import FormatError, Loss, QualdataError, ReadError, Study, formats, read, write
from qualdata.formats import FORMATS, Format, detect, register
from tests.writing import QUOTES, nvivo_windows, pack
from tests.writing import project as written


def put(text: str, path: Path) -> list[Loss]:
    path.write_text(text)
    return []


NOTES = Format(
    "notes",
    "Notes of mine",
    (".notes",),
    lambda path, head: head.startswith(b"NOTES"),
    lambda path, sources: Study(title=path.read_text()[5:].strip()),
    lambda study, path, target: put(f"NOTES {study.title}", path),
)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats that are registered here are gone after the test."""
    monkeypatch.setattr(formats, "_registered", [])


@pytest.mark.parametrize("name", ["a.qdpx", "a.QDPX", "a.zip", "a.txt", "a", "a.qde", "a.csv"])
def test_a_project_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    """Whatever its ending, even another format's."""
    path = nvivo_windows(tmp_path / name)
    assert detect(path).name == "qdpx"
    assert len(read(path).segments()) == len(QUOTES)


@pytest.mark.parametrize("name", ["b.qde", "b.QDE", "b.xml", "b.txt", "b", "b.qdpx"])
@pytest.mark.parametrize("before", ["", "<!-- made by hand -->" * 50, '<?xml version="1.0"?>\n\n'])
def test_a_bare_project_is_known_by_its_content(name: str, before: str, tmp_path: Path) -> None:
    """The same without its files."""
    (tmp_path / name).write_text(before + '<Project xmlns="urn:QDA-XML:project:1.0" name="x"/>')
    assert detect(tmp_path / name).name == "qde"
    assert read(tmp_path / name).title == "x"


def test_a_format_can_be_asked_for(tmp_path: Path) -> None:
    """On reading and on writing, the name given wins over content and ending."""
    path = nvivo_windows(tmp_path / "a.qdpx")
    with pytest.raises(ReadError):
        read(path, format="qde")
    write(read(path, format="qdpx"), tmp_path / "out.data", format="qde")
    assert (tmp_path / "out.data").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a", "qdpx"])
def test_what_no_format_fits_is_said_with_what_is_read(name: str, tmp_path: Path) -> None:
    """One error, which names the formats there are."""
    (tmp_path / name).write_text("Dear diary")
    with pytest.raises(FormatError, match=r"\.qdpx") as error:
        read(tmp_path / name)
    assert error.value.path == str(tmp_path / name)
    with pytest.raises(FormatError, match=r"\.qdpx"):
        write(Study(title="x"), tmp_path / "new.docx")
    assert not (tmp_path / "new.docx").exists()


def test_a_format_or_target_that_is_none_is_said_with_those_there_are(tmp_path: Path) -> None:
    """On both ways."""
    path = nvivo_windows(tmp_path / "a.qdpx")
    with pytest.raises(FormatError, match="qdpx"):
        read(path, format="word")
    with pytest.raises(FormatError, match="qdpx"):
        write(Study(title="x"), tmp_path / "o.qdpx", format="word")
    with pytest.raises(ReadError, match="no such folder"):
        read(path, sources=tmp_path / "none")
    with pytest.raises(QualdataError, match="nvivo-mac"):
        write(Study(title="x"), tmp_path / "o.qdpx", target="word")
    assert not (tmp_path / "o.qdpx").exists()


def test_as_read_of_a_study_that_was_never_read_is_the_standard(tmp_path: Path) -> None:
    """Byte for byte."""
    study = Study(title="x")
    write(study, tmp_path / "a.qdpx", target="as-read")
    write(study, tmp_path / "b.qdpx", target="standard")
    write(study, tmp_path / "c.qdpx")
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes() == (tmp_path / "c.qdpx").read_bytes()


def test_a_package_is_written_as_a_bare_project_and_back(tmp_path: Path) -> None:
    """As-read too, into the other of the two formats."""
    path = nvivo_windows(tmp_path / "a.qdpx")
    for target in ("standard", "nvivo", "as-read"):
        write(read(path), tmp_path / "b.qde", target=target)
        write(read(tmp_path / "b.qde"), tmp_path / "c.qdpx", target=target)
        assert [s.code_path for s in read(tmp_path / "c.qdpx").segments()] == [s.code_path for s in read(path).segments()]
        if target != "as-read":  # which keeps the path of a file that a bare project does not hold
            assert [s.text for s in read(tmp_path / "c.qdpx").segments()] == [s.text for s in read(path).segments()]


# ---- added by others ----
@pytest.mark.usefixtures("registry")
def test_a_registered_format_is_read_written_and_named(tmp_path: Path) -> None:
    """Like one of ours: by content, by ending and by name."""
    register(NOTES)
    assert formats.formats()[-1] is NOTES
    write(Study(title="mine"), tmp_path / "a.notes")
    assert (tmp_path / "a.notes").read_text() == "NOTES mine"
    (tmp_path / "a.notes").rename(tmp_path / "a.txt")
    assert read(tmp_path / "a.txt").title == "mine"
    with pytest.raises(FormatError, match=r"\.notes"):
        read(pack(tmp_path / "x.dat", "<a/>", name="a.xml"))


@pytest.mark.usefixtures("registry")
def test_a_name_is_taken_once() -> None:
    """Neither ours nor another's."""
    with pytest.raises(ValueError, match="qdpx"):
        register(Format("qdpx", "another", (), lambda path, head: False))
    register(NOTES)
    with pytest.raises(ValueError, match="notes"):
        register(NOTES)


@pytest.mark.usefixtures("registry")
def test_a_format_may_only_read_or_only_write(tmp_path: Path) -> None:
    """And says so when asked for the other."""
    register(Format("in", "In only", (".in",), lambda path, head: head.startswith(b"IN"), lambda path, sources: Study(title="in")))
    register(Format("out", "Out only", (".out",), lambda path, head: False, None, lambda study, path, target: put("o", path)))
    (tmp_path / "a.in").write_text("IN")
    assert read(tmp_path / "a.in").title == "in"
    with pytest.raises(FormatError):
        write(Study(title="x"), tmp_path / "b.in")
    write(Study(title="x"), tmp_path / "b.out")
    with pytest.raises(FormatError, match="Out only"):
        read(tmp_path / "b.out", format="out")


@pytest.mark.usefixtures("registry")
def test_formats_of_installed_packages_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the entry points of the group `qualdata.formats`."""
    asked = []

    class Point:
        def load(self) -> Format:
            return NOTES

    def points(*, group: str) -> list[Point]:
        asked.append(group)
        return [Point()]

    monkeypatch.setattr(formats, "entry_points", points)
    formats._installed.cache_clear()
    try:
        assert [f.name for f in formats.formats()] == [*(f.name for f in FORMATS), "notes"]
        (tmp_path / "a").write_text("NOTES found")
        assert read(tmp_path / "a").title == "found"
        assert asked == ["qualdata.formats"]
    finally:
        formats._installed.cache_clear()


def test_the_group_of_entry_points_is_readable() -> None:
    """Nothing that is installed here breaks it."""
    assert [p.load() for p in importlib.metadata.entry_points(group="qualdata.formats")] == list(formats._installed())


def test_each_format_says_what_it_is() -> None:
    """A name of its own and a title; REFI-QDA has targets, the standard first."""
    assert len({f.name for f in FORMATS}) == len(FORMATS)
    assert all(f.title for f in FORMATS)
    for f in FORMATS:
        if f.name in ("qdpx", "qde"):
            assert f.suffixes == (f".{f.name}",)
            assert f.targets[0] == "standard"
            assert "as-read" in f.targets


def test_a_project_in_text_is_no_project(tmp_path: Path) -> None:
    """A table or a letter that mentions <Project is not taken for one unless its ending says so; either way there is one error."""
    (tmp_path / "a.txt").write_text('He wrote "<Project>" on the wall')
    with pytest.raises((FormatError, ReadError)):
        read(tmp_path / "a.txt")
    assert written().count("<Project") == 1
