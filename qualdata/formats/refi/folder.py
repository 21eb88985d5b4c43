"""Which of many files a written path means: the one whose place is like it for longest, and none where two are."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path, PurePath
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote

from qualdata.formats.zip import LIMITS
from qualdata.model.media import Media

__all__ = ["Folder", "Places", "key", "only_named_alike", "steps"]

Place = tuple[str, ...]
"""The folders of a file and its name."""
_STEPS: Final = 16
"""How many steps are compared at most."""
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


class Places:
    """Where files are, looked up by how a path ends; at most a few look-ups for each, however many are named alike."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._ends: dict[Place, list[Place]] = {}
        self._best: dict[Place, list[Place]] = {}
        for place in places:
            folded = tuple(map(key, place[-_STEPS:]))
            for n in range(len(folded)):
                self._ends.setdefault(folded[n:], []).append(place)

    def like(self, path: Sequence[str]) -> list[Place]:
        """The places most like a path: those that share the most steps with its end; of these, one that shares all its own, or its letters' case."""
        end = tuple(path[-_STEPS:])
        folded = tuple(map(key, end))
        shared = next((n for n in range(len(end)) if folded[n:] in self._ends), None)
        if shared is None:
            return []
        end = end[shared:]
        if end not in self._best:
            found = self._ends[folded[shared:]]
            found = [p for p in found if len(p) == len(end)] or found
            self._best[end] = [p for p in found if p[-len(end) :] == end] or found
        return self._best[end]


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
    def _places(self) -> Places:
        return Places(self._files())

    def _files(self) -> Iterator[Place]:
        left = LIMITS["members"]
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            above = PurePath(folder).relative_to(self.root).parts
            for name in sorted(names):
                if not left:
                    self.full = True
                    return
                left -= 1
                if self._inside(Path(folder, name)):
                    yield *above, name

    def find(self, path: str) -> list[str]:
        """The files that a path may mean, from the folder: one, or none, or several that fit alike."""
        found = next((found for tried in dict.fromkeys((path, unquote(path))) if (found := self._places.like(steps(tried)))), [])
        return ["/".join(place) for place in found]

    def media(self, place: str) -> Media:
        """The file at a place, one handle for each."""
        if place not in self._media:
            self._media[place] = Media.file(self.root / place)
        return self._media[place]

    def _inside(self, path: Path) -> bool:
        return path.is_file() and (not path.is_symlink() or path.resolve().is_relative_to(self.root))
