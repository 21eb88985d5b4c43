"""Files in a folder beside a study: there when all is written, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from qualdata.errors import WriteError
from qualdata.formats.atomic import flush
from qualdata.model.media import Media

__all__ = ["Beside", "filling"]


class Beside:
    """Files on their way into a folder. What lies there already is never replaced."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._parts = self.folder / f".{uuid4().hex[:8]}.part"
        self._placed: list[Path] = []

    def holds(self, media: Media) -> bool:
        """Whether a payload is a file that lies in the folder."""
        return media.member is None and media.store.resolve().parent == self.folder

    def takes(self, name: str, payload: Media | bytes) -> bool:
        """Whether a payload can lie there under a name: no other file has it."""
        path = self.folder / name
        with _told(self.folder):
            return not path.exists() or (path.is_file() and _same(Media.file(path), payload))

    def put(self, name: str, payload: Media | bytes) -> None:
        """Copy a payload, unless it lies there already. Raises WriteError when another file has its name."""
        path = self.folder / name
        if not self.takes(name, payload):
            raise WriteError("there is another file of this name already. Choose another folder for the recordings.", path=path)
        with _told(self.folder):
            if not path.exists():
                with (self._parts / name).open("wb") as out:
                    out.writelines([payload] if isinstance(payload, bytes) else payload.blocks())

    def place(self) -> None:
        """Let the copies appear."""
        with _told(self.folder):
            flush(self._parts)
            for part in sorted(self._parts.glob("*")):
                self._placed.append(self.folder / part.name)
                part.rename(self.folder / part.name)

    def make(self) -> None:
        """Make the folder, and a place in it for what is not whole yet."""
        with _told(self.folder):
            self.folder.mkdir(exist_ok=True)
            self._parts.mkdir()

    def take_back(self) -> None:
        """Leave the folder as it was."""
        with suppress(OSError):
            for path in self._placed:
                path.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Take away what is not in its place."""
        shutil.rmtree(self._parts, ignore_errors=True)


@contextmanager
def filling(folder: Path | None) -> Iterator[Beside | None]:
    """A folder for files; when the block does not end well, it is as it was before. None where there is to be none."""
    if folder is None:
        yield None
        return
    new, files = not folder.exists(), Beside(folder)
    try:
        files.make()
        yield files
    except BaseException:
        files.take_back()
        raise
    finally:
        files.tidy()
        if new:
            with suppress(OSError):  # there are files in it now
                folder.rmdir()


def _same(file: Media, payload: Media | bytes) -> bool:
    return file.same(payload) if isinstance(payload, Media) else file.size == len(payload) and file.read() == payload


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(f"files cannot be written into this folder ({(error.strerror or str(error)).lower()}). Nothing was changed.", path=folder) from error
