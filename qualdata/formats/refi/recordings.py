"""Recordings that lie in a folder beside a project, and are named by it (REFI-QDA 1.5, clause 8.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from qualdata.formats.beside import Beside
from qualdata.model.media import Media
from qualdata.model.source import AudioSource, MediaSource, VideoSource
from qualdata.model.study import Study

__all__ = ["RECORDINGS", "Recordings"]

RECORDINGS: Final = (AudioSource, VideoSource)
"""The kinds of source that may lie outside a project."""


class Recordings:
    """The recordings of a study on their way into a folder, and the paths by which a project finds them there.

    Paths are relative to the project's base path, which becomes the folder. Where other files are found by the
    base path that there is, it stays, and the paths are absolute.
    """

    def __init__(self, study: Study, beside: Beside) -> None:
        self.study, self.beside = study, beside
        self.files: dict[str, Media] = {}  # those to copy
        self._names: dict[object, str] = {}
        self._relative = not (study.base_path and any(map(_needs_base, study.sources)))

    def path(self, media: Media, name: Callable[[], str]) -> str:
        """The path to write; one that lies in the folder already keeps its name."""
        key = (media.store, media.member)
        if key not in self._names:
            here = self.beside.holds(media)
            new = media.name if here else "".join(c for c in name() if c.isalnum() or c in "-_.")
            self._names[key] = new
            if not here:
                self.files[new] = media
        folder = self.beside.folder.as_posix().removeprefix("/")
        return f"relative:///{self._names[key]}" if self._relative else f"absolute:///{folder}/{self._names[key]}"

    @property
    def base_path(self) -> str | None:
        """The base path to write."""
        return self.beside.folder.as_posix() if self._names and self._relative else self.study.base_path

    def copy(self) -> None:
        """Put them into the folder."""
        for name, media in self.files.items():
            self.beside.put(name, media)


def _needs_base(source: object) -> bool:
    """Whether a source is found, or was, by the base path."""
    if not isinstance(source, MediaSource):
        return False
    moves = isinstance(source, RECORDINGS) and source.media is not None
    return any(p is not None and p.casefold().startswith("relative:") for p in (None if moves else source.path, source.current_path))
