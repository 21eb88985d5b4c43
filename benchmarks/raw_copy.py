"""A member of a ZIP file copied as it is, without unpacking: what the lxml round trip does with the texts."""

from __future__ import annotations

from copy import copy
from struct import unpack
from typing import IO
from zipfile import ZipFile, ZipInfo

BLOCK = 1 << 20
FIXED = 30
"""Bytes of a local header before the name and the extra field, whose lengths are its last four bytes."""
LATER = 0x08
"""The flag that says: sizes and checksum follow the data."""


def copy_raw(store: IO[bytes], info: ZipInfo, target: ZipFile) -> None:
    """Copy the compressed bytes of a member of *store* to the end of *target*."""
    stream = target.fp
    assert stream is not None
    new = copy(info)
    new.flag_bits, new.extra, new.header_offset = info.flag_bits & ~LATER, b"", stream.tell()
    stream.write(new.FileHeader(zip64=False))
    store.seek(info.header_offset)
    store.seek(sum(unpack("<HH", store.read(FIXED)[-4:])), 1)
    left = info.compress_size
    while left:
        block = store.read(min(left, BLOCK))
        left -= len(block)
        stream.write(block)
    target.filelist.append(new)
    target.NameToInfo[new.filename] = new
    target.start_dir = stream.tell()
    target._didModify = True  # type: ignore[attr-defined]  # so that closing writes the directory
