"""The files of a dataset, as they lie in its folder or ZIP file; nothing is unpacked, and no link is followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from stat import S_ISLNK
from typing import Final
from zipfile import ZipFile

from attrs import field, frozen

from qualdata.errors import MediaError, ReadError
from qualdata.formats.zip import opened, safe
from qualdata.model.media import Media, too_dense

__all__ = ["Files", "files_in", "proprietary"]

_MOST = 100_000
"""How many files of a folder are looked at."""


@frozen
class Files:
    """What lies in a package, or in a project."""

    names: tuple[str, ...] = ()
    """All names, with `/`, as they stand there; a ZIP file may have one twice."""
    media: dict[str, Media] = field(factory=dict)
    """Handles on those that can be opened safely."""
    unsafe: dict[str, str] = field(factory=dict)
    """Those that are not opened, each with the reason."""

    def __contains__(self, name: str) -> bool:
        return name in self.media


def files_in(path: Path) -> Files:
    """The files in a folder or a ZIP file; of any other file, none. Raises ReadError for a damaged ZIP file."""
    if path.is_dir():
        return _made(_in_folder(path))
    with path.open("rb") as file:
        zipped = file.read(2) == b"PK"
    if not zipped:
        return Files()
    with opened(path) as archive:
        return _made(_in_zip(path, archive))


Row = tuple[str, Media | None, str]
"""A name; the handle, or why there is none."""


def _made(rows: Iterator[Row]) -> Files:
    found = list(rows)
    unsafe = {name: why for name, media, why in found if media is None}
    return Files(tuple(name for name, _, _ in found), {name: media for name, media, _ in found if media is not None and name not in unsafe}, unsafe)


def _in_zip(path: Path, archive: ZipFile) -> Iterator[Row]:
    handles = Media.members(path, archive)
    for info in archive.infolist():
        name = info.orig_filename.partition("\0")[0] or info.filename  # as it stands in the file: with backslashes
        if info.is_dir():
            continue
        if S_ISLNK(info.external_attr >> 16):
            yield name, None, "it is a link to another file"
        else:
            yield name, *_looked_at(name, handles[info.filename])


def _looked_at(name: str, media: Media) -> tuple[Media | None, str]:
    if not safe(name) or "\\" in name:
        return None, "its path leaves the package, or is not written with /"
    if too_dense(media.size, media.packed):
        return None, f"it would unpack from {media.packed:,} to {media.size:,} bytes"
    return media, ""


def _in_folder(root: Path) -> Iterator[Row]:
    """All files below a folder, in the order of their names."""
    count = 0
    for folder, within, names in os.walk(root):
        within.sort()
        links = [name for name in within if Path(folder, name).is_symlink()]
        for name in sorted([*names, *links]):
            count += 1
            if count > _MOST:
                raise ReadError(f"the folder has more than {_MOST:,} files; it is not looked at.", path=root)
            path = Path(folder, name)
            yield path.relative_to(root).as_posix(), *_on_disk(path)


def _on_disk(path: Path) -> tuple[Media | None, str]:
    if path.is_symlink():
        return None, "it is a link to another file"
    if not path.is_file():
        return None, "it is no plain file"
    try:
        return Media.file(path), ""
    except MediaError as error:
        return None, error.message.rstrip(".")


_PROPRIETARY: Final = {
    ".txt": "doc wpd wps pages msg one",
    ".csv": "xls numbers mdb accdb sav por dta sas7bdat",
    ".pdf": "ppt key pub vsd indd",
    ".qdpx": "nvp nvpx nvcx mqda mx mx3 mx4 mx5 mx11 mx12 mx18 mx20 mx22 mx24 mex24 atlproj atlproj23 hpr7 hpr6 dedoose qrk",
    ".wav or .flac": "wma ra ram dss ds2 amr",
    ".mp4": "wmv asf rm",
    ".tif or .png": "psd heic cr2 nef raw",
}
"""Endings of formats that one vendor's programs open, by what to use instead."""
_INSTEAD: Final = {f".{ending}": instead for instead, endings in _PROPRIETARY.items() for ending in endings.split()}


def proprietary(name: str) -> str | None:
    """What to use instead of the format of a file, if only one vendor's programs open it."""
    return _INSTEAD.get(PurePosixPath(name).suffix.casefold())
