"""ZIP files that may come from anywhere: opened within limits, members copied as they are stored."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from qualdata.errors import ReadError
from qualdata.model.base import not_xml
from qualdata.model.media import Media, too_dense

__all__ = ["LIMITS", "check_size", "copy_member", "member", "opened", "safe"]

LIMITS: Final = {"members": 100_000, "bytes": 1 << 33}
"""How many members a file may have, and how large a document or text that is read into a study may be. Recordings may have any size."""
_PACKED: Final = frozenset(
    ".aac .amr .ds2 .dss .flac .m4a .m4b .mp2 .mp3 .oga .ogg .opus .weba .wma"
    " .3gp .avi .flv .m4v .mkv .mov .mp4 .mpeg .mpg .mts .ogv .webm .wmv"
    " .avif .gif .heic .heif .jp2 .jpe .jpeg .jpg .png .webp"
    " .docm .docx .epub .odp .ods .odt .pdf .pptx .xlsx"
    " .7z .bz2 .gz .qdpx .qualdata .rar .xz .zip .zst".split()
)
"""Endings of files that are compressed in themselves: to deflate them takes long and gains nothing."""
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 4
"""How hard members are packed: two thirds of the time of the usual level 6, for XML that is a twentieth larger."""
_HEADER: Final = 30
"""Bytes that stand before a member at least."""


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """A ZIP file, open for reading. Raises ReadError for what is none, or is damaged, or has too many members."""
    try:
        with ZipFile(path) as archive:
            if len(archive.infolist()) > LIMITS["members"]:
                raise ReadError(f"the ZIP file has more than {LIMITS['members']:,} members; it is not read.", path=path)
            _check_places(archive, path)
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, struct.error) as error:
        with path.open("rb") as file:
            begins = file.read(2)
        what = f"the ZIP file is damaged or incomplete ({str(error).lower()})" if begins == b"PK" else "this is not a ZIP file, as a .qdpx is"
        raise ReadError(f"{what}. Get a fresh copy, or export it again.", path=path) from error


def _check_places(archive: Any, path: Path) -> None:
    """Raise ReadError when members lie over each other, or beyond where members can lie: a few bytes that stand for many."""
    end = archive.start_dir
    for info in sorted(archive.infolist(), key=lambda i: i.header_offset, reverse=True):
        if info.header_offset + _HEADER + info.compress_size > end:
            raise ReadError("members of the ZIP file lie over each other, which is not safe; it is not read. Get a fresh copy, or export it again.", path=path)
        end = info.header_offset


def check_size(media: Media) -> None:
    """Raise ReadError for a document or text that is too large to be read."""
    if media.size > LIMITS["bytes"]:
        raise ReadError(f"{media.name} has {media.size:,} bytes, and no more than {LIMITS['bytes']:,} are read. Divide the study into parts.", path=media.store)


def safe(name: str) -> bool:
    """Whether a member's name stays within its archive on every system, and can be said in a study."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts and not (len(parts[0]) > 1 and parts[0][1] == ":") and not_xml(name) is None


def member(name: str, *, packed: bool = True) -> ZipInfo:
    """A new member; its date is the same each time, so that the same study gives the same bytes."""
    info = ZipInfo(name, _DATE)
    info.compress_type = ZIP_DEFLATED if packed and PurePosixPath(name).suffix.casefold() not in _PACKED else ZIP_STORED
    info.external_attr = 0o644 << 16
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # all that zipfile offers for a member that is opened
    return info


def copy_member(media: Media, archive: ZipFile, name: str, *, packed: bool = True) -> None:
    """Put a payload into an archive, piece by piece: from a ZIP file as it is stored there, else packed where that gains something.

    Unless *packed*, it is stored without compression. What is copied as it is stored is not looked into: damage
    stays what it was, and is found by the CRC-32 that travels along.
    """
    with media.raw_blocks() as (blocks, stored):
        if stored is not None and stored.compress_type in (ZIP_STORED, ZIP_DEFLATED if packed else ZIP_STORED):
            _append(archive, blocks, stored, name)
            return
    info = _add(media, archive, member(name, packed=packed))
    if too_dense(info.file_size, info.compress_size):  # silence, say: no one would dare to unpack it
        _take_back(archive, info)
        _add(media, archive, member(name, packed=False))


def _add(media: Media, archive: ZipFile, info: ZipInfo) -> ZipInfo:
    info.file_size = media.size  # so that a size that needs it gets a ZIP64 record
    with archive.open(info, "w") as out:
        out.writelines(media.blocks())
    return info


def _take_back(archive: Any, info: ZipInfo) -> None:
    """Forget the last member; what is written next takes its place."""
    archive.filelist.remove(info)
    del archive.NameToInfo[info.filename]
    archive.start_dir = info.header_offset


def _append(archive: Any, blocks: Iterable[bytes], stored: ZipInfo, name: str) -> None:
    """Add a member without unpacking it. The standard library has no call for this, so its own records are kept by hand."""
    info = ZipInfo(name, stored.date_time)
    info.compress_type, info.external_attr = stored.compress_type, stored.external_attr
    info.CRC, info.compress_size, info.file_size = stored.CRC, stored.compress_size, stored.file_size
    archive.fp.seek(archive.start_dir)
    info.header_offset = archive.fp.tell()
    archive._didModify = True
    archive.fp.write(info.FileHeader())
    archive.fp.writelines(blocks)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(info)
    archive.NameToInfo[name] = info
