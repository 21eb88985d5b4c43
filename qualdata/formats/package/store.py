"""Where a package keeps its files: in a folder, or in the same folder zipped."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from qualdata.errors import ReadError
from qualdata.formats.zip import check_size, copy_member, member, opened, safe
from qualdata.model.media import Media

__all__ = ["BREAKS", "DOCUMENT", "ITSELF", "Folder", "Store", "Zipped", "adding", "inside", "is_document", "unsafe"]

DOCUMENT: Final = "study.json"
"""The document of a package."""
ITSELF: Final = r"^(\./+)*[sS][tT][uU][dD][yY]\.[jJ][sS][oO][nN](/+\.?)*$"
"""The path of the document, as a regular expression; in any case, as some file systems take no heed of it."""
BREAKS: Final = r"[\t\n\r]"
"""What no path holds, as a regular expression."""
_itself, _breaks = re.compile(ITSELF).search, re.compile(BREAKS).search


def is_document(name: str) -> bool:
    """Whether a path is that of the document, which is no file of the study."""
    return _itself(name) is not None


def unsafe(name: str) -> str | None:
    """Why a path must not be followed, in a sentence; None where it may be."""
    if not safe(name):
        return f"the path {name!r} leaves the package; it is not followed"
    if "\\" in name:
        return f"the path {name!r} has a backslash; folders are divided by /"
    return f"the path {name!r} has a tab or a line break; rename the file" if _breaks(name) else None


class Store(Protocol):
    """A package that is being read."""

    path: Path

    @property
    def size(self) -> int:
        """Bytes of the document."""
        ...

    def document(self) -> IO[bytes]:
        """The document, open."""
        ...

    def file(self, name: str) -> Media | None:
        """A handle on a file, or None when it is not there."""
        ...


class Folder:
    """A package that is a folder."""

    def __init__(self, path: Path) -> None:
        self.path, self.root = path, path.resolve()
        self.size = (path / DOCUMENT).stat().st_size

    def document(self) -> IO[bytes]:
        """The document, open."""
        return (self.path / DOCUMENT).open("rb")

    def file(self, name: str) -> Media | None:
        """A handle on a file, or None when it is not there, or lies elsewhere by a link."""
        path = self.path / name
        return Media.file(path) if path.is_file() and path.resolve().is_relative_to(self.root) else None


class Zipped:
    """A package that is a ZIP file."""

    def __init__(self, path: Path, archive: ZipFile) -> None:
        self.path, self.archive = path, archive
        self.members = Media.members(path, archive)
        if DOCUMENT not in self.members:
            raise ReadError(f"there is no {DOCUMENT} in this ZIP file, so it is no study package.", path=path)
        self.size = self.members[DOCUMENT].size

    def document(self) -> IO[bytes]:
        """The document, open."""
        check_size(self.members[DOCUMENT])
        return self.archive.open(DOCUMENT)

    def file(self, name: str) -> Media | None:
        """A handle on a file, or None when it is not there."""
        found = self.members.get(name)
        if found is not None:
            found.as_read = None
        return found


@contextmanager
def inside(path: Path) -> Iterator[Store]:
    """A package, open for reading: a folder, its study.json, or a `.qualdata` file."""
    folder = path if path.is_dir() else path.parent if path.name == DOCUMENT else None
    if folder is not None:
        if not (folder / DOCUMENT).is_file():
            raise ReadError(f"there is no {DOCUMENT} in this folder, so it is no study package.", path=path)
        yield Folder(folder)
        return
    with opened(path) as archive:
        yield Zipped(path, archive)


class Adding(Protocol):
    """A package that is being written."""

    def document(self) -> IO[bytes]:
        """The document, open for writing."""
        ...

    def put(self, name: str, payload: Media | bytes) -> None:
        """Add a file."""
        ...


class _ToFolder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def document(self) -> IO[bytes]:
        return (self.path / DOCUMENT).open("wb")

    def put(self, name: str, payload: Media | bytes) -> None:
        path = self.path / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as out:
            out.writelines([payload] if isinstance(payload, bytes) else payload.blocks())
        if isinstance(payload, Media) and payload.member is None:
            status = payload.store.stat()  # the same file by its date, for handles on the folder that this one replaces
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


class _ToZip:
    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive

    def document(self) -> IO[bytes]:
        return self.archive.open(member(DOCUMENT), "w", force_zip64=True)

    def put(self, name: str, payload: Media | bytes) -> None:
        if isinstance(payload, bytes):
            self.archive.writestr(member(name), payload)
        else:
            copy_member(payload, self.archive, name)


@contextmanager
def adding(path: Path, folder: bool) -> Iterator[Adding]:
    """A package to write into, at a path where nothing is yet."""
    if folder:
        path.mkdir()
        yield _ToFolder(path)
    else:
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            yield _ToZip(archive)


