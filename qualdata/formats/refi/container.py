"""The files of a project: which member is the project, and which one each path means."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize
from urllib.parse import unquote
from zipfile import ZipFile

from qualdata.errors import ReadError
from qualdata.formats.refi.tools import is_marker
from qualdata.formats.zip import safe
from qualdata.model.media import Media
from qualdata.model.reading import Remark

__all__ = ["Container"]


class Container:
    """The members of a `.qdpx`, or none for a bare `.qde`, and a folder to look in for what is missing."""

    def __init__(self, path: Path, archive: ZipFile | None, sources: Path | None) -> None:
        self.path, self.sources = path, sources
        self.remarks: list[Remark] = []
        self.order = [] if archive is None else [i.filename for i in archive.infolist()]
        self.media = {} if archive is None else Media.members(path, archive)
        for name in [n for n in self.order if not safe(n)]:
            self.remark("pkg-path-unsafe", f"the member {name!r} would lie outside the project, or has a name that cannot be kept; it is left out")
            self.media.pop(name, None)
        self.order = [n for n in self.order if safe(n)]
        self.project = "project.qde" if archive is None else self._project()
        self.used: set[str] = {self.project}
        self._names = {_key(n): n for n in reversed(self.media)}
        self._bases: dict[str, list[str]] = {}
        for name in self.media:
            self._bases.setdefault(_key(name).rpartition("/")[2], []).append(name)

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
        return self._beside(rest)

    def _member(self, name: str) -> str | None:
        for tried in dict.fromkeys((name, unquote(name))):
            key = _key(tried).strip("/")
            for full in (f"sources/{key}", key):
                if full in self._names:
                    return self._names[full]
            if found := self._bases.get(key.rpartition("/")[2]):
                return found[0]
        return None

    def _beside(self, name: str) -> Media | None:
        """A file of the folder of sources: at the same relative place, or by its name alone."""
        if self.sources is None:
            return None
        root = self.sources.resolve()
        for tried in dict.fromkeys((name, unquote(name))):
            parts = [p for p in tried.replace("\\", "/").split("/") if p not in ("", ".")]
            for path in [root.joinpath(*parts), root / parts[-1]] if parts else []:
                if path.resolve().is_relative_to(root) and path.is_file():
                    return Media.file(path)
        return None

    def left(self) -> list[str]:
        """The members that nothing refers to."""
        return [n for n in self.order if n in self.media and n not in self.used and not (is_marker(n) and not self.media[n].size)]

    def _project(self) -> str:
        found = sorted((n for n in self.media if n.casefold().endswith(".qde")), key=lambda n: (n.count("/"), n.casefold() != "project.qde", n))
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


def _key(name: str) -> str:
    """A member's name as it is looked up: case, separators and composed characters do not matter."""
    return normalize("NFC", name.replace("\\", "/")).casefold()
