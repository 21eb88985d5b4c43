"""Handles on payloads: texts, pictures, recordings and documents stay in their store until asked for."""

from __future__ import annotations

import codecs
import hashlib
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from struct import unpack
from typing import IO, Any, Final, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipExtFile, ZipFile, ZipInfo

from attrs import define, field

from qualdata.errors import MediaError
from qualdata.model.progress import advance

__all__ = ["DERIVED", "Media", "decode", "digest", "too_dense"]

DERIVED: Final = b"qualdata: made from the text beside it"
"""What a formatted text ends with that was made from the plain one, and so says nothing of its own."""

_BLOCK = 1 << 20
_RATIO: Final = 200
_RATIO_FROM: Final = 1 << 26
"""How far a member may have been compressed, and from which size on it matters: recordings and texts stay far below, bombs do not."""
_METHODS: Final = {9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def digest(data: bytes) -> str:
    """SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def too_dense(size: int, packed: int) -> bool:
    """Whether so many bytes were compressed further than is safe to unpack."""
    return size > _RATIO_FROM and size > _RATIO * max(packed, 1)


def decode(data: bytes) -> tuple[str, str, bool]:
    """A text file's text, its encoding, and whether it began with a byte order mark (which is no part of the text).

    UTF-8, or UTF-16 if a byte order mark says so; what is neither is taken as Windows-1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding, True
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "cp1252", False


@define(eq=False)
class Media:
    """A payload that stays in its store, a file or a member of a ZIP file, until asked for.

    The store is opened anew for each use. When it was changed meanwhile, a payload that still stands in it
    unchanged is found again by its size and CRC-32; else the use raises MediaError.
    """

    store: Path
    """The file that holds it, or is it."""
    member: str | None = None
    """Its name in the ZIP file; None when the store is the payload."""
    size: int = 0
    """Bytes."""
    crc: int | None = None
    """CRC-32 of the bytes, where the store says it."""
    as_read: str | None = None
    """Its name in the project it was first read from, for writing it `as-read`."""
    newer: dict[str, Any] | None = field(default=None, repr=False)
    """What a newer version of the standard said of it in the package that it was read from."""
    bom: bool = field(default=False, init=False)
    """Whether the file begins with a byte order mark; known once the text was asked for."""
    encoding: str = field(default="utf-8", init=False)
    """How the text is encoded; known once the text was asked for."""
    _info: ZipInfo | None = field(default=None, repr=False)
    _stamp: tuple[int, int] | None = field(default=None, repr=False)
    _text: str | None = field(default=None, init=False, repr=False)
    _sha256: str | None = field(default=None, init=False, repr=False)
    _derived: bool | None = field(default=None, init=False, repr=False)

    @classmethod
    def file(cls, path: str | Path) -> Media:
        """A handle on a file. Raises MediaError when there is none."""
        path = Path(path)
        if path.is_dir():
            raise MediaError("this is a folder, not a file.", path=path)
        try:
            stamp = _stamp(path)
        except OSError as error:
            raise MediaError(f"the file cannot be opened ({error.strerror}).", path=path) from error
        return cls(path, None, stamp[1], stamp=stamp)

    @classmethod
    def members(cls, path: Path, archive: ZipFile) -> dict[str, Media]:
        """Handles on all members of an open ZIP file, folders left out."""
        stamp = _stamp(path)
        return {i.filename: cls(path, i.filename, i.file_size, i.CRC, i.filename, info=i, stamp=stamp) for i in archive.infolist() if not i.is_dir()}

    @property
    def name(self) -> str:
        """The last part of its name, with the extension."""
        return (self.member or self.store.name).rpartition("/")[2]

    @property
    def packed(self) -> int:
        """Bytes that it takes up in its store."""
        return self.size if self._info is None else self._info.compress_size

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes, as a stream. Raises MediaError when they are no longer there, damaged, or not safe to unpack."""
        with self._open_raw() as (stream, info):
            if info is None:
                yield stream
                return
            self._check(info)
            try:
                yield cast(IO[bytes], ZipExtFile(stream, "r", info))
            except (BadZipFile, zlib.error, EOFError) as error:
                raise MediaError(f"{self.member} cannot be unpacked: the file is damaged. Get a fresh copy of it.", path=self.store) from error

    def blocks(self) -> Iterator[bytes]:
        """The bytes, a MiB at a time. Raises MediaError as `open` does, and when there are fewer than there should be."""
        with self.open() as stream:
            yield from self._blocks(stream, self.size)

    @contextmanager
    def raw_blocks(self) -> Iterator[tuple[Iterator[bytes], ZipInfo | None]]:
        """The bytes as they are stored, a MiB at a time, and how they are stored."""
        with self._open_raw() as (stream, info):
            yield self._blocks(stream, self.packed), info

    def _blocks(self, stream: IO[bytes], left: int) -> Iterator[bytes]:
        while left:
            block = stream.read(min(left, _BLOCK))
            if not block:
                raise MediaError(f"{self.name} is shorter than it should be: it is damaged, or changes just now. Get a fresh copy of it.", path=self.store)
            left -= len(block)
            advance(len(block))
            yield block

    def _check(self, info: ZipInfo) -> None:
        """Raise MediaError for a member that is not to be unpacked."""
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            method = _METHODS.get(info.compress_type, f"number {info.compress_type}")
            raise MediaError(f"{self.member} is compressed by a method that is not read ({method}). Unpack the file and pack it again in the usual way (Deflate).", path=self.store)
        if too_dense(self.size, self.packed):
            raise MediaError(
                f"{self.name} would unpack from {self.packed:,} to {self.size:,} bytes, which is not safe; it is not read."
                " If it is meant to be so, unpack the file and pack it again without compression.",
                path=self.store,
            )

    @contextmanager
    def _open_raw(self) -> Iterator[tuple[IO[bytes], ZipInfo | None]]:
        """The bytes as they are stored, and how: of a ZIP member, its compressed bytes and what the ZIP file says of it."""
        self._refresh()
        with self.store.open("rb") as stream:
            if self._info is not None:
                stream.seek(self._info.header_offset)
                header = stream.read(30)
                if len(header) < 30 or header[:4] != b"PK\3\4":
                    raise MediaError(f"{self.member} is not where the ZIP file says: the file is damaged. Get a fresh copy of it.", path=self.store)
                if self._info.flag_bits & 1:
                    raise MediaError(f"{self.member} is protected by a password. Unpack the file and pack it again without one.", path=self.store)
                stream.seek(sum(unpack("<HH", header[26:30])), 1)
            yield stream, self._info

    def read(self) -> bytes:
        """All the bytes."""
        with self.open() as stream:
            return stream.read()

    def decode(self) -> str:
        """The text, read anew; `encoding` and `bom` are then known."""
        text, self.encoding, self.bom = decode(self.read())
        return text

    @property
    def text(self) -> str:
        """The text, kept once asked for."""
        if self._text is None:
            self._text = self.decode()
        return self._text

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal; computed once."""
        if self._sha256 is None:
            digest = hashlib.sha256()
            for block in self.blocks():
                digest.update(block)
            self._sha256 = digest.hexdigest()
        return self._sha256

    @property
    def derived(self) -> bool:
        """Whether it is a formatted text that was made from the plain one; known once asked for."""
        if self._derived is None:
            self._derived = self.name.casefold().endswith(".docx") and b"".join(deque(self.blocks(), 2)).endswith(DERIVED)
        return self._derived

    def same(self, other: Media) -> bool:
        """Whether both hold the same bytes."""
        if (self.store, self.member, self._stamp) == (other.store, other.member, other._stamp):
            return True
        return self.size == other.size and self.sha256 == other.sha256

    def _refresh(self) -> None:
        """Find the payload again when its store was changed."""
        try:
            stamp = _stamp(self.store)
        except OSError as error:
            raise MediaError("the file is no longer there; put it back, or read the study again from where it is now.", path=self.store) from error
        if stamp == self._stamp:
            return
        if self.member is not None:
            try:
                with ZipFile(self.store) as archive:
                    found = [i for i in archive.infolist() if (i.CRC, i.file_size) == (self.crc, self.size)]
            except (OSError, BadZipFile):
                found = []
            if found:
                self._info = min(found, key=lambda i: (i.filename != self.member, i.filename.rpartition("/")[2] != self.name))
                self.member, self._stamp = self._info.filename, stamp
                return
        raise MediaError(f"{self.name} changed after the study was read; read the study again.", path=self.store)


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size
