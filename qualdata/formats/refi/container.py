"""The files of a project: which member is the project, and which one each path means."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import unquote
from zipfile import ZipFile

from qualdata.errors import ReadError
from qualdata.formats.refi.folder import Folder, Places, key, only_named_alike, steps
from qualdata.formats.refi.tools import is_marker
from qualdata.formats.zip import safe
from qualdata.model.media import Media
from qualdata.model.reading import Remark

__all__ = ["Container", "is_outside", "left_by_system"]

_SYSTEM: Final = {".ds_store", "thumbs.db", "desktop.ini", "__macosx"}
"""Names of files and folders that macOS and Windows leave behind."""


class Container:
    """The members of a `.qdpx`, or none for a bare `.qde`, and a folder to look in for what is missing."""

    def __init__(self, path: Path, archive: ZipFile | None, sources: Path | None) -> None:
        self.path, self.folder = path, None if sources is None else Folder(sources)
        self.base = ""
        """The folder that `relative:///` paths start from, as the project says; only to compare places, never to open them."""
        self.remarks: list[Remark] = []
        self.order = [] if archive is None else [i.filename for i in archive.infolist()]
        self.media = {} if archive is None else Media.members(path, archive)
        for name in [n for n in self.order if not safe(n)]:
            self.remark("pkg-path-unsafe", f"the member {name!r} would lie outside the project, or has a name that cannot be kept; it is left out")
            self.media.pop(name, None)
        self.order = [n for n in self.order if safe(n)]
        for name, times in Counter(n for n in self.order if n in self.media).items():
            if times > 1:
                self.remark("pkg-name-collision", f"the ZIP file holds {name} {times} times; the last was taken, the others are left out")
        self.project = "project.qde" if archive is None else self._project()
        self.used: set[str] = {self.project}
        self._names = {key(n): n for n in reversed(self.media)}

    def remark(self, rule: str, message: str) -> None:
        """Take down what was odd."""
        self.remarks.append(Remark(rule, message))

    def find(self, written: str) -> Media | None:
        """The file that a path means, or None. Nothing outside the project and the folder of sources is ever opened."""
        scheme, colon, rest = written.partition("://")
        internal = not colon or scheme.casefold() == "internal"
        if not colon:
            rest = written
        if internal and (name := self._member(rest)):
            self.used.add(name)
            return self.media[name]
        return self._beside(f"{self.base}/{rest}" if scheme.casefold() == "relative" else rest, written)

    @cached_property
    def _places(self) -> tuple[dict[tuple[str, ...], str], Places]:
        names = {tuple(n.replace("\\", "/").split("/")): n for n in reversed(self.media)}
        return names, Places(names)

    def _member(self, name: str) -> str | None:
        for tried in dict.fromkeys((name, unquote(name))):
            wanted = key(tried).strip("/")
            for full in (f"sources/{wanted}", wanted):
                if full in self._names:
                    return self._names[full]
            names, places = self._places
            found = [names[place] for place in places.like(steps(tried))]
            if len(found) > 1:
                self._unclear(name, sorted(found), "members of the project")
            elif found:
                return found[0]
        return None

    def _beside(self, place: str, written: str) -> Media | None:
        """A file of the folder of sources: the one whose place is most like the path."""
        if self.folder is None:
            return None
        found = self.folder.find(place)
        if len(found) > 1:
            self._unclear(written, found, "files of the folder of sources")
        if len(found) != 1:
            return None
        if only_named_alike(place, found[0]):
            self.remark("refi-source-path", f"for {written} the file {found[0]} of the folder of sources was taken, by its name alone")
        return self.folder.media(found[0])

    def _unclear(self, path: str, found: list[str], what: str) -> None:
        more = ", …" if len(found) > 3 else ""
        self.remark("refi-source-path", f"the path {path} may mean {len(found)} {what} ({', '.join(found[:3])}{more}); none was taken, so it is missing")

    def left(self) -> list[str]:
        """The members that nothing refers to."""
        return [n for n in self.order if n in self.media and n not in self.used and not (is_marker(n) and not self.media[n].size)]

    def _project(self) -> str:
        found = sorted((n for n in self.media if n.casefold().endswith(".qde") and not left_by_system(n)), key=lambda n: (n.count("/"), n.casefold() != "project.qde", n))
        if not found:
            books = [n for n in self.media if n.casefold().endswith(".qdc")]
            what = "It holds a codebook (.qdc), not a project." if books else "A REFI-QDA project holds a file project.qde."
            raise ReadError(f"there is no project in this ZIP file. {what} Export the project again.", path=self.path)
        if len(found) > 1:
            self.remark("refi-container-name", f"there are {len(found)} .qde files; {found[0]} was read")
        if found[0] != "project.qde":
            self.remark("refi-container-name", f"the project is named {found[0]}, not project.qde")
        folders = {n.partition("/")[0] for n in self.order if "/" in n and n.casefold().startswith("sources/")}
        for folder in sorted(folders - {"sources"}):
            self.remark("refi-container-name", f"the folder of files is named {folder}, not sources")
        return found[0]


def left_by_system(name: str) -> bool:
    """Whether a member was left by macOS or Windows, and says nothing of the study."""
    return any(step in _SYSTEM or step.startswith("._") for step in key(name).split("/"))


def is_outside(path: str | None) -> bool:
    """Whether a path means a file outside the project (clause 8.3)."""
    return path is not None and path.partition("://")[0].casefold() in ("relative", "absolute", "file")
