"""Examples for the rules about the files of a package. Word files are made with python-docx, or part by part."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from docx import Document as Word

from qualdata import Document, Media, PdfSource, Study
from tests.rules.examples import bad, good
from tests.rules.sound import package, sound


def told(path: Path, change: Callable[[Any], Any]) -> Path:
    """A package with a change of what its document says."""
    document = json.loads((path / "study.json").read_text(encoding="utf-8"))
    change(document)
    (path / "study.json").write_text(json.dumps(document), encoding="utf-8")
    return path


def with_file(folder: Path, name: str, data: bytes) -> Study:
    """The sound study with a file as one of its documents."""
    study = sound()
    path = folder / name
    path.write_bytes(data)
    study.add(Document(id="d", name="Guide", role="guide", access="open", media=Media.file(path)))
    return study


def word(text: str = "Ask them how they are.", parts: dict[str, str] | None = None) -> bytes:
    """A Word file that names no one; *parts* are put in the place of those it has."""
    made = Word()
    made.add_paragraph(text)
    out, again = BytesIO(), BytesIO()
    made.save(out)
    with ZipFile(out) as old, ZipFile(again, "w") as new:
        for name in [*old.namelist(), *(n for n in parts or {} if n not in old.namelist())]:
            new.writestr(name, (parts or {}).get(name) or old.read(name))
    return again.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
COMMENTS = f'<w:comments {W}><w:comment w:id="0" w:author="x"/></w:comments>'
CHANGED = f'<w:document {W}><w:body><w:p><w:ins w:id="1" w:author="x"><w:r><w:t>new</w:t></w:r></w:ins></w:p></w:body></w:document>'
OF_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CORE = f'<cp:coreProperties xmlns:cp="{OF_PROPERTIES}" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>T. Typist</dc:creator></cp:coreProperties>'


@good("pkg-manifest-missing", "pkg-file-unlisted", "pkg-file-missing", "pkg-checksum-mismatch", "pkg-checksum-absent", "pkg-path-unsafe")
def the_sound_package(folder: Path) -> Path:
    return package(folder)


@good("pkg-comments-or-changes", "pkg-author-metadata", "pkg-name-collision", "pkg-filename-convention", "pkg-format-proprietary-only")
def with_a_plain_word_file(folder: Path) -> Path:
    return package(folder, with_file(folder, "guide.docx", word()))


@good("pkg-format-proprietary-only")
def with_a_copy_in_an_open_format(folder: Path) -> Path:
    study = with_file(folder, "guide.doc", b"\xd0\xcf\x11\xe0")
    path = folder / "guide.txt"
    path.write_text("Ask.")
    study.add(Document(id="d2", name="Guide", role="guide", access="open", media=Media.file(path)))
    return package(folder, study)


@bad("pkg-manifest-missing")
def a_folder_of_texts(folder: Path) -> Path:
    (folder / "P01.txt").write_text("I: Hello?")
    return folder


@bad("pkg-manifest-missing")
def a_zipped_package_without_its_document(folder: Path) -> Path:
    path = folder / "study.qualdata"
    with ZipFile(path, "w") as archive:
        archive.writestr("P01.txt", "I: Hello?")
    return path


@bad("pkg-file-unlisted")
def a_file_left_over(folder: Path) -> Path:
    path = package(folder)
    (path / "sources" / "old.txt").write_text("I: How did you come?")
    return path


@bad("pkg-file-missing")
def a_text_that_was_deleted(folder: Path) -> Path:
    path = package(folder)
    (path / "sources" / "t.txt").unlink()
    return told(path, lambda d: d["study"]["sources"][0].update(excerpts=[]))


@bad("pkg-file-missing")
def a_picture_that_never_came(folder: Path) -> Path:
    study = sound()
    study.add(PdfSource(id="pdf", name="Leaflet", path="internal://leaflet.pdf"))
    return package(folder, study)


@bad("pkg-file-missing")
def a_file_that_is_listed_only(folder: Path) -> Path:
    entry = {"path": "sources/u.txt", "role": "source", "media_type": "text/plain", "size": 1, "sha256": "0" * 64}
    return told(package(folder), lambda d: d["files"].append(entry))


@bad("pkg-checksum-mismatch")
def a_document_that_was_changed(folder: Path) -> Path:
    path = package(folder, with_file(folder, "guide.md", b"Ask."))
    (path / "documents" / "guide.md").write_bytes(b"Tell")
    return path


@bad("pkg-checksum-mismatch")
def a_document_that_is_damaged(folder: Path) -> Path:
    path = package(folder, with_file(folder, "guide.md", b"Ask them how they are."))
    zipped = folder / "study.qualdata"
    with ZipFile(zipped, "w") as archive:
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            archive.write(file, file.relative_to(path).as_posix())
    zipped.write_bytes(zipped.read_bytes().replace(b"Ask them", b"Tell her"))
    return zipped


@bad("pkg-checksum-absent")
def no_sha256(folder: Path) -> Path:
    return told(package(folder), lambda d: d["files"][0].pop("sha256"))


@bad("pkg-path-unsafe")
def a_document_above_the_package(folder: Path) -> Path:
    path = package(folder, with_file(folder, "guide.md", b"Ask."))
    (folder / "outside.md").write_text("Ask.")
    return told(path, lambda d: (d["study"]["documents"][-1].update(media="../outside.md"), (path / "documents" / "guide.md").unlink(), d["files"].pop()))


@bad("pkg-path-unsafe")
def a_link(folder: Path) -> Path:
    path = package(folder, with_file(folder, "guide.md", b"Ask."))
    (path / "documents" / "guide.md").rename(folder / "elsewhere.md")
    (path / "documents" / "guide.md").symlink_to(folder / "elsewhere.md")
    return path


def zipped(folder: Path, *members: tuple[str | ZipInfo, bytes]) -> Path:
    """The sound package as a ZIP file, with more members in it that its document lists."""
    path = told(package(folder), lambda d: d["files"].extend(entry(getattr(name, "filename", name)) for name, _ in members))
    made = folder / "study.qualdata"
    with ZipFile(made, "w") as archive:
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            archive.write(file, file.relative_to(path).as_posix())
        for name, data in members:
            archive.writestr(name, data, compress_type=8)
    return made


def entry(name: str) -> dict[str, Any]:
    return {"path": name, "role": "source", "media_type": "text/plain", "size": 1, "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}


@bad("pkg-name-collision")
def names_that_differ_in_capitals(folder: Path) -> Path:
    return zipped(folder, ("sources/a.txt", b"a"), ("sources/A.txt", b"a"))


@bad("pkg-filename-convention")
def a_name_with_a_space(folder: Path) -> Path:
    return package(folder, with_file(folder, "our guide.md", b"Ask."))


@bad("pkg-format-proprietary-only")
def a_word_file_of_old(folder: Path) -> Path:
    return package(folder, with_file(folder, "guide.doc", b"\xd0\xcf\x11\xe0"))


@bad("pkg-comments-or-changes")
def a_word_file_with_comments(folder: Path) -> Path:
    return package(folder, with_file(folder, "guide.docx", word(parts={"word/comments.xml": COMMENTS})))


@bad("pkg-comments-or-changes")
def a_word_file_with_changes(folder: Path) -> Path:
    return package(folder, with_file(folder, "guide.docx", word(parts={"word/document.xml": CHANGED})))


@bad("pkg-author-metadata")
def a_word_file_with_an_author(folder: Path) -> Path:
    return package(folder, with_file(folder, "guide.docx", word(parts={"docProps/core.xml": CORE})))


@bad("pkg-author-metadata")
def a_pdf_with_an_author(folder: Path) -> Path:
    return package(folder, with_file(folder, "guide.pdf", b"%PDF-1.4\n1 0 obj <</Author (T. Typist)>> endobj\n"))
