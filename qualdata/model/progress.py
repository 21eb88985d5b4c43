"""How far reading and writing have come, for whoever watches. Without a watcher it costs nothing."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, TYPE_CHECKING, Any, Final, Protocol, cast

if TYPE_CHECKING:
    from qualdata.model.study import Study

__all__ = ["Watcher", "advance", "counted", "expect", "watched", "written"]


class Watcher(Protocol):
    """Someone who is told how many bytes there are to work through, and how many are done."""

    def expect(self, size: int) -> None:
        """So many more bytes are to come."""
        ...

    def advance(self, size: int) -> None:
        """So many more bytes are done."""
        ...


_PART: Final = 280
"""Bytes that an excerpt or a coding takes up, in XML or JSON, as measured on projects of several programs."""
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


@contextmanager
def written(out: IO[bytes], study: Study) -> Iterator[IO[bytes]]:
    """A stream that a study is written into, each byte told; the stream itself where no one watches. How many there will be is guessed."""
    watcher = _watcher.get()
    if watcher is None:
        yield out
        return
    guess = _PART * sum(1 + len(e.codings) for s in study.sources for e in s.excerpts)
    watcher.expect(guess)
    telling = _Telling(out, watcher)
    yield cast(IO[bytes], telling)
    watcher.expect(telling.done - guess)


class _Telling:
    def __init__(self, out: IO[bytes], watcher: Watcher) -> None:
        self.out, self.watcher, self.done = out, watcher, 0

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.done += len(data)
        self.watcher.advance(len(data))

    def writelines(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            self.write(line)


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
