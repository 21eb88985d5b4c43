"""How far reading and writing have come, for whoever watches. Without a watcher it costs nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, Any, Protocol, cast

__all__ = ["Watcher", "advance", "counted", "expect", "watched"]


class Watcher(Protocol):
    """Someone who is told how many bytes there are to work through, and how many are done."""

    def expect(self, size: int) -> None:
        """So many more bytes are to come."""
        ...

    def advance(self, size: int) -> None:
        """So many more bytes are done."""
        ...


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Within it, what is read and written is told to *watcher*."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def expect(size: int) -> None:
    """Tell that so many more bytes are to come."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher.expect(size)


def advance(size: int) -> None:
    """Tell that so many more bytes are done."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher.advance(size)


def counted(stream: IO[bytes], size: int) -> IO[bytes]:
    """A stream of so many bytes, each told when it is read; the stream itself where no one watches."""
    watcher = _watcher.get()
    if watcher is None:
        return stream
    watcher.expect(size)
    return cast(IO[bytes], io.BufferedReader(_Counted(stream, watcher), 1 << 16))


class _Counted(io.RawIOBase):
    def __init__(self, stream: IO[bytes], watcher: Watcher) -> None:
        self.stream, self.watcher = stream, watcher

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self.stream.read(len(buffer))
        buffer[: len(block)] = block
        self.watcher.advance(len(block))
        return len(block)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self.stream.seek(offset, whence)
