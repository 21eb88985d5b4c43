"""The files of a project: found where they are, looked for where they may be, and never anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualdata import Media, PictureSource, ReadError, Study, TextSource, write
from qualdata.model.media import DERIVED
from tests.canonical import canonical
from tests.independent import members, project_xml
from tests.loosely import read
from tests.writing import BOM, SOURCE, guid, pack
from tests.writing import project as written

TARGETS = ("standard", "nvivo", "nvivo-mac", "as-read")


def texts(*paths: str) -> str:
    """A project with a text for each path."""
    sources = "".join(f'<TextSource guid="{guid(100 + i)}" name="t{i}" plainTextPath="{p}"/>' for i, p in enumerate(paths))
    return written(f"<Sources>{sources}</Sources>", origin="qc 1")


def remarks(study: Study, rule: str) -> list[str]:
    assert study.reading is not None
    return [r.message for r in study.reading.remarks if r.rule == rule]


@pytest.mark.parametrize(
    ("path", "member"),
    [
        ("internal://t.txt", "sources/t.txt"),
        ("internal://t.txt", "Sources/t.txt"),
        ("internal://T.TXT", "sources/t.txt"),
        ("internal://t.txt", "t.txt"),
        ("internal://t.txt", "deep/er/t.txt"),
        ("INTERNAL://t.txt", "sources/t.txt"),
        ("internal://sources/t.txt", "sources/t.txt"),
        ("internal:///t.txt", "sources/t.txt"),
        ("t.txt", "sources/t.txt"),
        ("sources/t.txt", "sources/t.txt"),
        ("internal://a%20b.txt", "sources/a b.txt"),
        ("internal://a%20b.txt", "sources/a%20b.txt"),
        ("internal://caf\u00e9.txt", "sources/cafe\u0301.txt"),
        ("internal://sub\\t.txt", "sources/sub/t.txt"),
        ("internal://t.txt", "data\\t.txt"),
    ],
)
def test_a_file_of_the_project_is_found(path: str, member: str, tmp_path: Path) -> None:
    """In any folder and with letters of any case; escapes and composed characters do not matter. As-read changes nothing."""
    file = pack(tmp_path / "in.qdpx", texts(path), {member: b"here"})
    study = read(file)
    assert study.sources[0].text == "here"
    assert remarks(study, "refi-source-missing") == []
    write(study, tmp_path / "out.qdpx", target="as-read")
    assert members(tmp_path / "out.qdpx")[member] == b"here"
    assert list(members(tmp_path / "out.qdpx")) == list(members(file))
    assert canonical(project_xml(tmp_path / "out.qdpx")) == canonical(project_xml(file))


@pytest.mark.parametrize("target", TARGETS)
def test_a_missing_file_is_named_and_its_path_kept(target: str, tmp_path: Path) -> None:
    """There is no text, but everything else is; the path travels on for another time."""
    file = pack(tmp_path / "in.qdpx", texts("internal://gone.txt", "absolute:///C:/x/y.txt"))
    study = read(file)
    assert [s.text for s in study.sources] == [None, None]
    assert len(remarks(study, "refi-source-missing")) == 2
    assert "internal://gone.txt" in remarks(study, "refi-source-missing")[0]
    write(study, tmp_path / "out.qdpx", target=target)
    assert [s.path for s in read(tmp_path / "out.qdpx").sources] == ["internal://gone.txt", "absolute:///C:/x/y.txt"]


@pytest.mark.parametrize("path", ["internal://t.txt", "relative:///t.txt", "relative:///in/t.txt", "absolute:///C:/Users/ann/t.txt", "absolute:///home/ann/t.txt", "t.txt", "relative:///a%20b/../t.txt"])
@pytest.mark.parametrize("bare", [True, False])
def test_missing_files_are_found_in_the_folder_given(bare: bool, path: str, tmp_path: Path) -> None:
    """By their place or by their name alone, for a packed and for a bare project."""
    folder = tmp_path / "files"
    (folder / "in").mkdir(parents=True)
    (folder / "t.txt").write_text("found")
    (folder / "in" / "t.txt").write_text("found")
    file = tmp_path / ("in.qde" if bare else "in.qdpx")
    file.write_text(texts(path)) if bare else pack(file, texts(path))
    assert read(file).sources[0].text is None
    study = read(file, sources=folder)
    assert study.sources[0].text == "found"
    assert remarks(study, "refi-source-missing") == []
    losses = write(study, tmp_path / "whole.qdpx")
    assert losses == []
    if path.partition("://")[0] == "internal":
        assert read(tmp_path / "whole.qdpx").sources[0].text == "found"


@pytest.mark.parametrize("target", ["standard", "nvivo", "nvivo-mac"])
def test_texts_from_the_folder_travel_in_the_project(target: str, tmp_path: Path) -> None:
    """A text is small: whatever its path said, it is in what is written, so that the next reader has it."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "t.txt").write_text("found")
    study = read(pack(tmp_path / "in.qdpx", texts("internal://t.txt")), sources=tmp_path / "files")
    write(study, tmp_path / "out.qdpx", target=target)
    assert b"found" in members(tmp_path / "out.qdpx").values()
    assert read(tmp_path / "out.qdpx").sources[0].text == "found"


@pytest.mark.parametrize(
    "path",
    [
        "internal://../../secret.txt",
        "internal://../secret.txt",
        "relative:///../secret.txt",
        "relative:///%2e%2e/secret.txt",
        "relative:///..\\secret.txt",
        "absolute:///{}/secret.txt",
        "{}/secret.txt",
        "file://{}/secret.txt",
        "../secret.txt",
        "relative:///link.txt",
        "relative:///way/secret.txt",
        "internal://..",
        "internal://",
        "internal://.",
        "https://example.org/secret.txt",
    ],
)
@pytest.mark.parametrize("bare", [True, False])
def test_no_path_leaves_the_folder(bare: bool, path: str, tmp_path: Path) -> None:
    """Dots, escapes, whole paths and links that lead out of the folder of sources find nothing: the file is missing."""
    folder = tmp_path / "files"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "way").symlink_to(tmp_path, target_is_directory=True)
    file = folder / ("in.qde" if bare else "in.qdpx")
    qde = texts(path.format(tmp_path))
    file.write_text(qde) if bare else pack(file, qde)
    for study in (read(file), read(file, sources=folder)):
        assert study.sources[0].text is None
        assert len(remarks(study, "refi-source-missing")) == 1
    write(read(file, sources=folder), tmp_path / "out.qdpx")
    assert not any(b"secret" in d for n, d in members(tmp_path / "out.qdpx").items() if not n.endswith(".qde"))


@pytest.mark.parametrize("name", ["../evil.txt", "sources/../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "C:/evil.txt", "..\\evil.txt", "sources\\..\\..\\evil.txt"])
def test_a_member_that_would_leave_the_project_is_left_out(name: str, tmp_path: Path) -> None:
    """It is said, a source that means it is missing, nothing is written outside, and nothing that is written holds it."""
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    file = pack(folder / "in.qdpx", texts("internal://evil.txt", "internal://good.txt"), {name: b"evil", "sources/good.txt": b"good"})
    study = read(file)
    assert [s.text for s in study.sources] == [None, "good"]
    assert len(remarks(study, "pkg-path-unsafe")) == 1
    for target in TARGETS:
        write(study, folder / "out.qdpx", target=target)
        assert b"evil" not in members(folder / "out.qdpx").values()
        assert b"good" in members(folder / "out.qdpx").values()
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["in.qdpx", "out.qdpx"]


def test_a_project_file_that_would_leave_the_project_is_none(tmp_path: Path) -> None:
    """One clear error."""
    with pytest.raises(ReadError, match="no project"):
        read(pack(tmp_path / "in.qdpx", texts(), name="../project.qde"))


def test_files_that_nothing_refers_to_are_documents(tmp_path: Path) -> None:
    """They are kept, each with a remark, two of one name too; and they travel with every target."""
    extra = {"sources/notes.pdf": b"%PDF", "readme.md": b"read me", "other/notes.pdf": b"%PDF other"}
    file = pack(tmp_path / "in.qdpx", texts("internal://t.txt"), {"sources/t.txt": b"t", **extra})
    study = read(file)
    assert {(d.role, d.media.read()) for d in study.documents if d.media} == {("unreferenced", data) for data in extra.values()}
    assert len(remarks(study, "refi-source-orphan")) == 3
    for target in TARGETS:
        losses = write(study, tmp_path / "out.qdpx", target=target)
        assert losses == []
        assert sorted(d for n, d in members(tmp_path / "out.qdpx").items() if not n.endswith((".qde", ".root")) and not d.endswith(DERIVED)) == sorted([b"t", *extra.values()])


def test_of_several_projects_the_topmost_is_read(tmp_path: Path) -> None:
    """`project.qde` at the top, else the first one; the others are documents; it is said."""
    file = pack(tmp_path / "in.qdpx", texts().replace("Small", "inner"), {"project.qde": texts().encode()}, name="old/project.qde")
    study = read(file)
    assert study.title == "Small"
    assert len(remarks(study, "refi-container-name")) == 1
    assert [d.path for d in study.documents] == ["old/project.qde"]


@pytest.mark.parametrize("name", ["Project.qde", "My study.qde", "sub/project.qde", "PROJECT.QDE"])
def test_a_project_of_any_name_is_read_and_as_read_keeps_it(name: str, tmp_path: Path) -> None:
    """It is said; other targets name it project.qde."""
    study = read(pack(tmp_path / "in.qdpx", texts("internal://t.txt"), {"sources/t.txt": b"t"}, name=name))
    assert len(remarks(study, "refi-container-name")) == 1
    write(study, tmp_path / "a.qdpx", target="as-read")
    assert list(members(tmp_path / "a.qdpx")) == [name, "sources/t.txt"]
    write(study, tmp_path / "b.qdpx")
    assert "project.qde" in members(tmp_path / "b.qdpx")


@pytest.mark.parametrize(
    ("data", "text", "odd"),
    [
        (b"plain", "plain", False),
        (BOM + "é 😀".encode(), "é 😀", False),
        ("é 😀".encode("utf-16"), "é 😀", True),
        (b"\xfe\xff" + "é 😀".encode("utf-16-be"), "é 😀", True),
        ("Caf\u00e9 \u201cso\u201d \u2013 \u20ac".encode("cp1252"), "Caf\u00e9 \u201cso\u201d \u2013 \u20ac", True),
        ("lost \ufffd here".encode(), "lost \ufffd here", True),
        (b"", "", False),
        (BOM, "", False),
        ("a\r\nb\rc\nd\u2028e\x0bf\x0c".encode(), "a\r\nb\rc\nd\u2028e\x0bf\x0c", False),
        (b"nul \0 and \x01", "nul \0 and \x01", False),
    ],
)
@pytest.mark.parametrize("target", TARGETS)
def test_texts_of_any_encoding_are_read_and_never_rewritten(target: str, data: bytes, text: str, odd: bool, tmp_path: Path) -> None:
    """What is not UTF-8, or was damaged before, is remarked on; the bytes travel as they are."""
    study = read(pack(tmp_path / "in.qdpx", texts("internal://t.txt"), {"sources/t.txt": data}))
    assert study.sources[0].text == text
    assert len(remarks(study, "txt-encoding-damage")) == odd
    write(study, tmp_path / "out.qdpx", target=target)
    assert [d for n, d in members(tmp_path / "out.qdpx").items() if n.endswith(".txt")] == [data]
    assert read(tmp_path / "out.qdpx").sources[0].text == text


@pytest.mark.parametrize("target", TARGETS)
def test_two_sources_may_share_a_file(target: str, tmp_path: Path) -> None:
    """Both have its text, and it is written once."""
    study = read(pack(tmp_path / "in.qdpx", texts("internal://t.txt", "internal://t.txt"), {"sources/t.txt": b"shared"}))
    assert [s.text for s in study.sources] == ["shared", "shared"]
    write(study, tmp_path / "out.qdpx", target=target)
    assert list(members(tmp_path / "out.qdpx").values()).count(b"shared") == 1
    assert [s.text for s in read(tmp_path / "out.qdpx").sources] == ["shared", "shared"]


@pytest.mark.parametrize("target", TARGETS)
def test_two_files_of_one_name_stay_two(target: str, tmp_path: Path) -> None:
    """As `1/t.txt` and `2/t.txt`, which become one flat folder in other targets."""
    name = f"{guid(1)}.txt"
    study = read(pack(tmp_path / "in.qdpx", texts(f"internal://one/{name}", f"internal://two/{name}"), {f"sources/one/{name}": b"one", f"sources/two/{name}": b"two"}))
    assert [s.text for s in study.sources] == ["one", "two"]
    write(study, tmp_path / "out.qdpx", target=target)
    assert [s.text for s in read(tmp_path / "out.qdpx").sources] == ["one", "two"]


@pytest.mark.parametrize("target", ["standard", "nvivo", "nvivo-mac", "as-read"])
def test_a_study_made_by_hand_is_written_with_its_files(target: str, tmp_path: Path) -> None:
    """Texts become files, pictures are taken along from where they are; two that are named alike stay two."""
    (tmp_path / "a").mkdir()
    for folder, data in ((tmp_path, b"one"), (tmp_path / "a", b"two")):
        (folder / "p.jpg").write_bytes(data)
    study = Study(title="by hand")
    for file in (tmp_path / "p.jpg", tmp_path / "a" / "p.jpg"):
        study.add(PictureSource(name="p", media=Media.file(file)))
    study.add(TextSource(id=SOURCE, name="t", text="\ufeffmark\r\n"))
    assert write(study, tmp_path / "out.qdpx", target=target) == []
    back = read(tmp_path / "out.qdpx")
    assert [s.media.read() for s in back.sources if isinstance(s, PictureSource) and s.media] == [b"one", b"two"]
    assert back[SOURCE].text == "\ufeffmark\r\n"
    assert back == study


def test_an_inline_text_stays_inline_as_read_and_becomes_a_file_else(tmp_path: Path) -> None:
    """The model knows no difference."""
    source = f'<TextSource guid="{SOURCE}" name="t"><PlainTextContent>a 😀</PlainTextContent></TextSource>'
    file = pack(tmp_path / "in.qdpx", written(f"<Sources>{source}</Sources>"))
    study = read(file)
    write(study, tmp_path / "a.qdpx", target="as-read")
    assert list(members(tmp_path / "a.qdpx")) == ["project.qde"]
    write(study, tmp_path / "b.qdpx")
    assert members(tmp_path / "b.qdpx")[f"sources/{SOURCE}.txt"] == "a 😀".encode()
    assert read(tmp_path / "b.qdpx") == study


def test_a_bare_project_takes_texts_inside_and_says_what_it_cannot_take(tmp_path: Path) -> None:
    """Texts are inline; a picture has no place, which is a loss."""
    qde = texts("internal://t.txt").replace("</Sources>", f'<PictureSource guid="{SOURCE}" path="internal://p.jpg"/></Sources>')
    file = pack(tmp_path / "in.qdpx", qde, {"sources/t.txt": b"inside", "sources/p.jpg": b"jpg"})
    losses = write(read(file), tmp_path / "out.qde")
    assert [loss.fields for loss in losses] == [("PictureSource.path",)]
    assert read(tmp_path / "out.qde").sources[0].text == "inside"
