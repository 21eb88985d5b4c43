"""ZIP files that may come from anywhere: opened within limits, members copied as they are stored."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from qualdata.errors import ReadError
from qualdata.model.base import not_xml
from qualdata.model.media import Media

__all__ = ["LIMITS", "check_size", "copy_member", "member", "opened", "safe"]

LIMITS: Final = {"members": 100_000, "bytes": 1 << 33, "ratio": 200, "ratio_from": 1 << 26}
"""How many members a file may have, how large one that is read may be, and, from 64 MiB on, how far it may have been compressed."""
_DATE: Final = (1980, 1, 1, 0, 0, 0)


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """A ZIP file, open for reading. Raises ReadError for what is none, or is damaged, or has too many members."""
    try:
        with ZipFile(path) as archive:
            if len(archive.infolist()) > LIMITS["members"]:
                raise ReadError(f"the ZIP file has more than {LIMITS['members']:,} members; it is not read.", path=path)
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, struct.error) as error:
        with path.open("rb") as file:
            begins = file.read(2)
        what = f"the ZIP file is damaged or incomplete ({str(error).lower()})" if begins == b"PK" else "this is not a ZIP file, as a .qdpx is"
        raise ReadError(f"{what}. Get a fresh copy, or export it again.", path=path) from error


def check_size(media: Media) -> None:
    """Raise ReadError for a member that unpacks to far more than it should."""
    too_dense = media.size > LIMITS["ratio_from"] and media.size > LIMITS["ratio"] * max(media.packed, 1)
    if media.size > LIMITS["bytes"] or too_dense:
        raise ReadError(f"{media.name} would unpack from {media.packed:,} to {media.size:,} bytes, which is not safe; it is not read.", path=media.store)


def safe(name: str) -> bool:
    """Whether a member's name stays within its archive on every system, and can be said in a study."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and parts[0] != "/" and ".." not in parts and not (len(parts[0]) > 1 and parts[0][1] == ":") and not_xml(name) is None


def member(name: str, *, packed: bool = True) -> ZipInfo:
    """A new member; its date is the same each time, so that the same study gives the same bytes."""
    info = ZipInfo(name, _DATE)
    info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    info.external_attr = 0o644 << 16
    return info


def copy_member(media: Media, archive: ZipFile, name: str, *, packed: bool = True) -> None:
    """Put a payload into an archive: compressed bytes as they are where it comes from a ZIP file, else streamed."""
    with media.open_raw() as (stream, stored):
        if stored is None:
            with archive.open(member(name, packed=packed), "w", force_zip64=media.size > 1 << 31) as out:
                shutil.copyfileobj(stream, out, 1 << 20)
        else:
            _append(archive, stream, stored, name)


def _append(archive: Any, stream: IO[bytes], stored: ZipInfo, name: str) -> None:
    """Add a member without unpacking it. The standard library has no call for this, so its own records are kept by hand."""
    info = ZipInfo(name, stored.date_time)
    info.compress_type, info.external_attr = stored.compress_type, stored.external_attr
    info.CRC, info.compress_size, info.file_size = stored.CRC, stored.compress_size, stored.file_size
    archive.fp.seek(archive.start_dir)
    info.header_offset = archive.fp.tell()
    archive._didModify = True
    archive.fp.write(info.FileHeader())
    left = info.compress_size
    while left:
        block = stream.read(min(left, 1 << 20))
        if not block:
            raise ReadError(f"{stored.filename} is cut short; get a fresh copy of the file.", path=getattr(stream, "name", None))
        archive.fp.write(block)
        left -= len(block)
    archive.start_dir = archive.fp.tell()
    archive.filelist.append(info)
    archive.NameToInfo[name] = info
