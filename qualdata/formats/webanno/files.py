"""The files of sources: put into a folder beside the annotations, and found there again."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from qualdata.formats.beside import Beside
from qualdata.formats.refi.folder import Folder
from qualdata.model.media import Media
from qualdata.model.source import MediaSource

__all__ = ["Finding", "Placing", "folder_of", "format_of", "is_readable_text"]

_LONGEST: Final = 100
_LARGEST_TEXT: Final = 1 << 29
_MARK: Final = "\ufeff"
_NO_TEXT: Final = ("text/html", "application/xhtml+xml", "application/pdf")
"""What holds a text, but is none."""


def folder_of(path: Path) -> Path:
    """The folder of the sources of a file: `NAME-sources` beside it."""
    return path.with_name(f"{path.stem}-sources")


def format_of(name: str) -> str | None:
    """The media type of a file, by its ending."""
    return guess_type(PurePosixPath(name).name)[0]


# ---- writing ----
class Placing:
    """Files on their way into the folder, one for each source that has one; none where there is no folder."""

    def __init__(self, beside: Beside | None) -> None:
        self.beside = beside
        self.taken: set[str] = set()
        self._tried: dict[str, int] = {}

    def iri(self, holder: Any) -> str | None:
        """Put what a source holds into the folder, and return the address of the file; None where there is nothing, or no folder."""
        payload = _payload(holder)
        if payload is None or self.beside is None:
            return None
        name = self._name(holder, payload)
        self.taken.add(name.casefold())
        self.beside.put(name, payload)
        return f"{quote(self.beside.folder.name, safe='')}/{quote(name, safe='')}"

    def _name(self, holder: Any, payload: Media | bytes) -> str:
        """A name that no other file has; of many that are named alike, each is tried once."""
        wanted = PurePosixPath(_safe(payload.name if isinstance(payload, Media) else f"{holder.id.strip('{}')}.txt"))
        name, key = str(wanted), str(wanted).casefold()
        while not self._free(name, payload):
            self._tried[key] = number = self._tried.get(key, 1) + 1
            name = f"{wanted.stem}-{number}{wanted.suffix}"
        return name

    def _free(self, name: str, payload: Media | bytes) -> bool:
        return name.casefold() not in self.taken and self.beside is not None and self.beside.takes(name, payload)


def _payload(holder: Any) -> Media | bytes | None:
    """What a source, or a text in it, has in a file or is to have in one."""
    stored: Media | None = holder.media if isinstance(holder, MediaSource) else holder.stored
    text: str | None = None if stored is not None or isinstance(holder, MediaSource) else holder.text
    return stored if text is None else ((_MARK if text.startswith(_MARK) else "") + text).encode()


def _safe(name: str) -> str:
    plain = "".join(c if c.isalnum() or c in "-_. " else "_" for c in name).strip(". ") or "file"
    path = PurePosixPath(plain)
    return f"{path.stem[:_LONGEST]}{path.suffix[:_LONGEST]}"


# ---- reading ----
class Finding:
    """Where the files of sources are looked for: in the folder that was given, and in the one that belongs to the file."""

    def __init__(self, path: Path, sources: Path | None) -> None:
        self.folders = [Folder(folder) for folder in (sources, folder_of(path)) if folder is not None and folder.is_dir()]

    def find(self, address: str) -> Media | None:
        """The one file that an address can mean; None where there is none, or it cannot be told which."""
        for folder in self.folders:
            if len(found := folder.find(address)) == 1:
                return folder.media(found[0])
        return None


def is_readable_text(media: Media) -> bool:
    """Whether a file can be the text of a source: it is a plain one, and not too large."""
    return format_of(media.name) not in _NO_TEXT and media.size <= _LARGEST_TEXT
