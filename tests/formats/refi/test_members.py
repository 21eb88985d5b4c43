"""Members of a project that nothing refers to: kept and said, and what a system left behind called what it is."""

from __future__ import annotations

import warnings
from pathlib import Path
from zipfile import ZipFile

import pytest

from qualdata import Document, Media, Study, write
from tests.independent import members
from tests.loosely import read
from tests.writing import guid, pack
from tests.writing import project as written

QDE = written(f'<Sources><TextSource guid="{guid(1)}" name="t" plainTextPath="internal://t.txt"/></Sources>', origin="qc 1")


def remarks(study: Study, rule: str) -> list[str]:
    assert study.reading is not None
    return [r.message for r in study.reading.remarks if r.rule == rule]


def test_folders_and_their_markers_are_no_documents(tmp_path: Path) -> None:
    """Nested ones neither; as-read writes them all back in their order; a file of that name that holds something is a document."""
    files = {"sources/": b"", "sources/sub/": b"", "sources/sub/t.txt": b"t", "sources/.root": b"", "other/": b"", "other/.root": b"not empty"}
    study = read(pack(tmp_path / "a.qdpx", QDE, files))
    assert study.sources[0].text == "t"
    assert [d.path for d in study.documents] == ["other/.root"]
    write(study, tmp_path / "b.qdpx", target="as-read")
    assert {n: d for n, d in members(tmp_path / "b.qdpx").items() if n != "project.qde"} == files
    assert list(members(tmp_path / "b.qdpx")) == list(members(tmp_path / "a.qdpx"))


LEFT = ("__MACOSX/sources/._t.txt", "sources/.DS_Store", "sources/Thumbs.db", "desktop.ini", "__MACOSX/._project.qde", "._project.qde")


@pytest.mark.parametrize("name", LEFT)
def test_what_a_system_left_behind_is_called_so(name: str, tmp_path: Path) -> None:
    """It is never taken for a source or for the project, is kept all the same, and the remark says that it can go."""
    path = pack(tmp_path / "a.qdpx", QDE, {"sources/t.txt": b"t", name: b"\0\5\26\7 junk"}, name="My study.qde")
    study = read(path)
    assert (study.title, study.sources[0].text) == ("Small", "t")
    assert [d.path for d in study.documents] == [name]
    [remark] = remarks(study, "refi-source-orphan")
    assert "left by macOS or Windows" in remark
    assert not any(".qde files" in m for m in remarks(study, "refi-container-name"))
    for target in ("standard", "as-read"):
        assert write(study, tmp_path / "b.qdpx", target=target) == []
        assert b"\0\5\26\7 junk" in members(tmp_path / "b.qdpx").values()


def test_a_project_in_a_folder_is_found_beside_what_macos_adds(tmp_path: Path) -> None:
    """A folder compressed by the Finder has a second tree, whose project is none."""
    path = pack(tmp_path / "a.qdpx", QDE, {"study/sources/t.txt": b"t", "__MACOSX/._project.qde": b"junk"}, name="study/project.qde")
    assert read(path).sources[0].text == "t"


def test_of_two_members_of_one_name_the_last_is_taken_and_said(tmp_path: Path) -> None:
    """As programs that unpack do; nothing is left out without a word."""
    with warnings.catch_warnings(), ZipFile(tmp_path / "a.qdpx", "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in (("project.qde", QDE), ("sources/t.txt", "first"), ("sources/t.txt", "last")):
            archive.writestr(name, data)
    study = read(tmp_path / "a.qdpx")
    assert study.sources[0].text == "last"
    [remark] = remarks(study, "pkg-name-collision")
    assert "sources/t.txt 2 times" in remark
    for target in ("standard", "as-read"):
        write(study, tmp_path / "b.qdpx", target=target)
        assert sorted(members(tmp_path / "b.qdpx").values())[1:] == [b"last"]


def test_names_that_differ_in_case_only_are_two_members(tmp_path: Path) -> None:
    """The one that is named as written is the source, the other a document; both travel."""
    study = read(pack(tmp_path / "a.qdpx", QDE, {"sources/t.txt": b"t", "sources/T.TXT": b"T"}))
    assert study.sources[0].text == "t"
    assert [d.media.read() for d in study.documents if d.media] == [b"T"]
    for target in ("standard", "as-read"):
        write(study, tmp_path / "b.qdpx", target=target)
        assert sorted(d for n, d in members(tmp_path / "b.qdpx").items() if not n.endswith(".qde")) == [b"T", b"t"]


def test_a_name_that_two_members_have_in_other_folders_means_neither(tmp_path: Path) -> None:
    """Where the path is not that of one of them, it is not guessed; where it ends as one does, that one is meant."""
    files = {"a/t.txt": b"a", "b/t.txt": b"b"}
    study = read(pack(tmp_path / "a.qdpx", QDE, files))
    assert study.sources[0].text is None
    assert "a/t.txt" in remarks(study, "refi-source-path")[0]
    assert len(study.documents) == 2
    study = read(pack(tmp_path / "a.qdpx", QDE.replace("internal://t.txt", "internal://x/b/t.txt"), files))
    assert study.sources[0].text == "b"
    assert remarks(study, "refi-source-path") == []


@pytest.mark.parametrize("target", ["standard", "nvivo", "as-read"])
def test_documents_of_one_name_all_travel(target: str, tmp_path: Path) -> None:
    """From wherever they come, none takes the place of another, in a project and in a package."""
    files = {f"{folder}/notes.pdf": folder.encode() for folder in ("sources", "one", "two", "one/two")}
    study = read(pack(tmp_path / "a.qdpx", QDE, {"sources/t.txt": b"t", **files}))
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.pdf").write_bytes(name.encode())
        study.documents.append(Document(media=Media.file(tmp_path / name / "notes.pdf")))
    write(study, tmp_path / "kept")
    for kept in (study, read(tmp_path / "kept")):
        assert write(kept, tmp_path / "b.qdpx", target=target) == []
        assert {*files.values(), b"x", b"y"} < {*members(tmp_path / "b.qdpx").values()}
