"""Which of many files a written path means: the one whose place is like it for longest, and none where two are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from qualdata.formats.zip import LIMITS
from qualdata.model.media import Media

__all__ = ["Folder", "alike", "key", "only_named_alike", "steps"]

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?=//)")


def key(name: str) -> str:
    """A name as it is looked up: case, separators and composed characters do not matter."""
    return normalize("NFC", name.replace("\\", "/")).casefold()


def steps(path: str) -> list[str]:
    """The folders of a path and its file, whichever system wrote it: `C:\\A\\b.mp4`, `file:///C:/A/b.mp4`, `/A/../A/b.mp4`."""
    found: list[str] = []
    for step in _SCHEME.sub("", path).replace("\\", "/").split("/"):
        if step == "..":
            del found[-1:]
        elif step not in ("", "."):
            found.append(step)
    return found


def alike(path: Sequence[str], places: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """The places most like a path: those that share the most steps with its end; of these, one that shares all its own, and its letters' case."""
    ranked = [(_shared(path, place), place) for place in places]
    best = max((rank for rank, _ in ranked), default=None)
    return [place for rank, place in ranked if rank == best]


def _shared(path: Sequence[str], place: Sequence[str]) -> tuple[int, bool, bool]:
    count = 0
    for a, b in zip(reversed(path), reversed(place), strict=False):
        if key(a) != key(b):
            break
        count += 1
    return count, count == len(place), [*path[-count:]] == [*place[-count:]]


def only_named_alike(path: str, place: str) -> bool:
    """Whether a file lies in a folder that a path does not speak of."""
    folders = place.split("/")[:-1]
    return bool(folders) and key(folders[-1]) not in {key(step) for tried in (path, unquote(path)) for step in steps(tried)[-2:-1]}


class Folder:
    """A folder in which files are looked for. Only what lies in it is found; a link that leads out of it is not followed."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.full = False
        """Whether it holds more files than are looked through."""
        self._media: dict[str, Media] = {}

    @cached_property
    def _files(self) -> dict[str, list[tuple[str, ...]]]:
        """The files of each name, as steps from the folder."""
        found: dict[str, list[tuple[str, ...]]] = {}
        left = LIMITS["members"]
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            for name in sorted(names)[:left]:
                found.setdefault(key(name), []).append((*PurePath(folder).relative_to(self.root).parts, name))
            left -= min(len(names), left)
            if not left:
                self.full = True
                break
        return found

    def find(self, path: str) -> list[str]:
        """The files that a path may mean, from the folder: one, or none, or several that fit alike."""
        for tried in dict.fromkeys((path, unquote(path))):
            wanted = steps(tried)
            places = [p for p in self._files.get(key(wanted[-1]), ()) if self._inside(p)] if wanted else []
            if places:
                return ["/".join(place) for place in alike(wanted, places)]
        return []

    def media(self, place: str) -> Media:
        """The file at a place, one handle for each."""
        if place not in self._media:
            self._media[place] = Media.file(self.root / place)
        return self._media[place]

    def _inside(self, place: Sequence[str]) -> bool:
        path = self.root.joinpath(*place)
        return path.is_file() and path.resolve().is_relative_to(self.root)
