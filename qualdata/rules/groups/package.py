"""The files of a package: that they are there, are what they were, and give nothing away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final
from unicodedata import normalize

from qualdata.errors import QualdataError
from qualdata.formats.package.store import DOCUMENT
from qualdata.model.media import Media
from qualdata.rules.dataset import Dataset
from qualdata.rules.files import proprietary
from qualdata.rules.finding import Where
from qualdata.rules.office import Office, looked_into
from qualdata.rules.rule import Found, rule
from qualdata.rules.waivers import FILE

__all__: list[str] = []

_OURS: Final = (DOCUMENT, FILE)
_conventional = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)?").fullmatch
_pdf_author = re.compile(rb"/Author\s{0,9}(?:\([^)]|<[0-9A-Fa-f]{2})").search
_LONGEST: Final = 64
_PDF: Final = 1 << 26


@rule("pkg-manifest-missing", "error", over=("package",), unread=True)
def manifest_missing(data: Dataset) -> Found:
    """There is no `study.json`.

    Without it no one can tell what the files are, whom they are from, and what was coded in them.

    Write the study again as a package with `qualdata convert`, or give the folder that holds `study.json`.
    """
    return data.noted("pkg-manifest-missing")


@rule("pkg-file-unlisted", "warning", over=("package",))
def file_unlisted(data: Dataset) -> Found:
    """A file lies in the package that `study.json` does not list.

    It may be left over, or have got there by mistake: a key to the pseudonyms, say. Nothing says what it is, and who may see it.

    Take it out of the package, or add it to the study as a document and write the package again.
    """
    for name in data.files.names:
        if name not in data.listed and name not in _OURS:
            yield Where(file=name), f"the file {name} is not listed in {DOCUMENT}"


@rule("pkg-file-missing", "error", over=("package",))
def file_missing(data: Dataset) -> Found:
    """A file that the study names is not there.

    What was coded in it cannot be shown, and nothing can be checked against it.

    Put the file back where it was; if it must stay away, say so in a waiver, with the reason.
    """
    yield from data.noted("pkg-file-missing")
    told = {where.file for where, _ in data.noted("pkg-file-missing")}
    for path, entry in data.listed.items():
        if path not in data.files.names and path not in told:
            listed = "as missing" if entry.get("role") == "missing" else f"in {DOCUMENT}, but is not in the package"
            yield Where(file=path), f"the file {path} is listed {listed}"


@rule("pkg-checksum-mismatch", "error", over=("package",))
def checksum_mismatch(data: Dataset) -> Found:
    """A file is not the one that was deposited: its bytes have another SHA-256.

    It was changed or damaged since the package was written. Places in it may point at something else.

    Get the file from the original package; if the change is meant, read the package and write it again.
    """
    for holder in data.texts:
        data.text(holder)  # read once, for what it says and for its SHA-256
    texts = {data.file_of(holder) for holder in data.texts}
    for path, entry in data.listed.items():
        media = data.files.media.get(path)
        if media is None or not isinstance(entry.get("sha256"), str):
            continue
        differs, why = _differs(media, entry)
        if differs and (why or path not in texts):
            yield Where(file=path), why or f"the file {path} has other bytes than when the package was written"


def _differs(media: Media, entry: dict[str, Any]) -> tuple[bool, str]:
    """Whether a file has another SHA-256 than its entry says, and why it could not be found out."""
    try:
        return media.sha256 != entry["sha256"].lower(), ""
    except QualdataError as error:
        return True, error.message.rstrip(".")


@rule("pkg-checksum-absent", "warning", over=("package",))
def checksum_absent(data: Dataset) -> Found:
    """No SHA-256 is given for a file.

    Whether it is still the file that was deposited cannot be known.

    Read the package with qualdata and write it again: it gives every file its SHA-256.
    """
    for path, entry in data.listed.items():
        if path in data.files and "sha256" not in entry:
            yield Where(file=path), f"{DOCUMENT} gives no SHA-256 for the file {path}"


@rule("pkg-path-unsafe", "error", unread=True)
def path_unsafe(data: Dataset) -> Found:
    """A path leaves the package or is not written with /, a file is a link, or would unpack to far more than it should.

    Unpacked by a careless program, such a file can overwrite others or fill the disk. qualdata does not open it.

    Take the file out, or pack the package again from its folder; ask whoever sent it how it came about.
    """
    for name, why in data.files.unsafe.items():
        yield Where(file=name), f"the file {name!r} is not opened: {why}"
    for where, message in data.noted("pkg-path-unsafe"):
        if data.kind != "refi" or not data.files.names:  # of a project, its reader says the same of the same files
            yield where, message


@rule("pkg-name-collision", "error", over=("package", "refi"), unread=True)
def name_collision(data: Dataset) -> Found:
    """Two files have names that some systems take for one: they differ in capitals or in how accents are written, or not at all.

    Unpacked on Windows or a Mac, one of them overwrites the other.

    Rename one of them in the program that the study comes from, and write the package again.
    """
    if not data.files.names:
        yield from data.noted("pkg-name-collision")
    seen: dict[str, str] = {}
    for name in data.files.names:
        first = seen.setdefault(normalize("NFC", name).casefold(), name)
        if first is not name:
            yield Where(file=name), f"the files {first} and {name} have one name on some systems" if first != name else f"there are two files named {name}"


@rule("pkg-filename-convention", "info", over=("package",))
def filename_convention(data: Dataset) -> Found:
    """A file name has spaces, accents or signs in it, more than one dot, or more than 64 characters.

    Such names get broken in transfer, in links and in scripts.

    Name files with letters, digits, - and _ only, as `P07-interview.txt`.
    """
    for name in data.files.media:
        base = name.rpartition("/")[2]
        if not _conventional(base) or len(base) > _LONGEST:
            yield Where(file=name), f"the name of the file {name} has other signs than letters, digits, - and _, or is long"


@rule("pkg-format-proprietary-only", "warning", over=("package",))
def format_proprietary_only(data: Dataset) -> Found:
    """A file is in a format that only one vendor's program opens, and there is no copy in an open one.

    In some years no program may be left that opens it.

    Put a copy beside it, with the same name and an open format.
    """
    stems = {str(PurePosixPath(name).with_suffix("")).casefold() for name in data.files.media if proprietary(name) is None}
    for name in data.files.media:
        instead = proprietary(name)
        if instead and str(PurePosixPath(name).with_suffix("")).casefold() not in stems:
            yield Where(file=name), f"the file {name} needs a vendor's program, and there is no copy as {instead}"


@rule("pkg-comments-or-changes", "warning", over=("package", "refi"))
def comments_or_changes(data: Dataset) -> Found:
    """A Word file has comments or tracked changes in it.

    They show who worked on it and what stood there before, often the names that were taken out.

    Open it in Word, accept or reject all changes, delete all comments, save it, and put it in the place of the old one.
    """
    for name, office in _offices(data):
        if office.comments or office.changes:
            yield Where(file=name), f"the file {name} has {office.comments} comments and {office.changes} tracked changes in it"


@rule("pkg-author-metadata", "info", over=("package", "refi"))
def author_metadata(data: Dataset) -> Found:
    """A file says inside who wrote it.

    That may be a transcriber who was promised not to be named, or a login name.

    Remove the personal information: in Word under File, Info, Inspect Document; in a PDF by saving it anew without it.
    """
    named = [name for name, office in _offices(data) if office.authors]
    for name in [*named, *_pdfs(data)]:
        yield Where(file=name), f"the file {name} says inside who wrote it"


def _offices(data: Dataset) -> Iterator[tuple[str, Office]]:
    for name, media in data.files.media.items():
        if office := looked_into(media):
            yield name, office


def _pdfs(data: Dataset) -> Iterator[str]:
    """The PDF files that name their author where anyone can read it."""
    for name, media in data.files.media.items():
        if name.casefold().endswith(".pdf") and media.size <= _PDF and _names_author(media):
            yield name


def _names_author(media: Media) -> bool:
    try:
        return _pdf_author(media.read()) is not None
    except QualdataError:  # that it cannot be opened is found by its SHA-256
        return False
