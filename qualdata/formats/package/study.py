"""Study packages: a folder of `study.json`, `sources/` and `documents/`, or the same folder zipped as `.qualdata`.

**What it is.** The library's own format, which holds all of the model. `study.json` is UTF-8 JSON:
`{"qualdata": "1.0", "study": {…}, "files": […], "reading": {…}}`. Names are those of the model in snake_case; what is
absent is left out, what is empty is kept; sources and spans say their `type`; excerpts and codings stand in what they
are part of. `files` lists each file with role, media type, size, SHA-256 and access; one that is missing has no SHA-256.
`reading` is what was learnt when the study was read from another format, so that it can be written back `as-read`.

**Reading.** A good document is read line by line; a wrong one gets one sentence that names the place, as
`sources[3].excerpts[17].span.end`. Files are opened when they are asked for.

**Writing.** The text of a source that came from no file becomes one; all other files travel byte for byte. The same
study gives the same bytes.

**What is lost.** Nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path, PurePosixPath
from typing import Any

from attrs import evolve

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.package.document import dump, load
from qualdata.formats.package.newer import by_path
from qualdata.formats.package.store import DOCUMENT, Store, adding, inside, is_document, unsafe
from qualdata.formats.zip import opened
from qualdata.model.copying import shallow
from qualdata.model.loss import Loss
from qualdata.model.media import Media, digest
from qualdata.model.progress import counted, expect, written
from qualdata.model.reading import Reading
from qualdata.model.source import MediaSource, TextSource, holders
from qualdata.model.study import Study

__all__ = ["read_package", "sniff_folder", "sniff_package", "write_folder", "write_package"]


# ---- reading ----
def read_package(path: Path, sources: Path | None = None) -> Study:
    """The study in a package: a folder, its study.json or a `.qualdata` file. Raises ReadError."""
    with inside(path) as store:
        try:
            handles = _Handles(store)
            with store.document() as stream:
                study, _ = load(counted(stream, store.size), handles)
        except QualdataError as error:
            error.path = error.path or str(store.path)
            raise
        handles.name(study)
        return study


class _Handles:
    """Handles on the files that a document names, one for each file."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.made: dict[str, Media] = {}

    def __call__(self, name: Any) -> Media:
        if not isinstance(name, str):
            raise TypeError(f"the path of a file is expected here, not {name!r}")
        if name not in self.made:
            if why := unsafe(name):
                raise ReadError(why)
            if is_document(name):
                raise ReadError(f"the path {name!r} is that of the document itself, which is no file of the study")
            found = self.store.file(name)
            if found is None:
                raise ReadError(f"the file {name} is not in the package")
            self.made[name] = found
        return self.made[name]

    def name(self, study: Study) -> None:
        """Give the files the names they had in the project that was first read, and what a newer version says of them."""
        for name, first in (study.reading.layout.get("names", {}) if study.reading is not None else {}).items():
            if name in self.made:
                self.made[name].as_read = first
        for name, told in by_path(study).items():
            if name in self.made:
                self.made[name].newer = told


# ---- writing ----
def write_package(study: Study, path: Path, target: str | None = None) -> list[Loss]:
    """Write a `.qualdata` file."""
    return _write(study, path, folder=False)


def write_folder(study: Study, path: Path, target: str | None = None) -> list[Loss]:
    """Write a package as a folder."""
    return _write(study, path, folder=True)


def _write(study: Study, path: Path, folder: bool) -> list[Loss]:
    packed = _Packed(study)
    expect(sum(p.size + p.packed for p in packed.files.values() if isinstance(p, Media)))  # each is read for its SHA-256, and again to be copied
    with adding(path, folder) as out:
        with out.document() as file, written(file, study) as stream:
            dump(packed.study, packed.path_of, packed.entries(), packed.reading(), stream)
        for name, payload in packed.files.items():
            out.put(name, payload)
    return []


class _Packed:
    """A study as it goes into a package, and the files that go with it."""

    def __init__(self, study: Study) -> None:
        self.files: dict[str, Media | bytes] = {}
        self.paths: dict[int, str] = {}
        self.names: dict[str, str] = {}
        self.roles: dict[str, tuple[str, str | None]] = {}
        self.missing: list[str] = []
        self.kept: list[Media] = []  # what is looked up by id() must stay
        self.taken: dict[str, int] = {}
        self.study = shallow(study, sources=[self.source(s) for s in study.sources])
        for memo in study.memos:
            self.source(memo)
        for document in study.documents:
            self.file(document.media, document.path, "documents", document.role, document.access)

    def source(self, source: Any) -> Any:
        holder: Any
        for holder in holders(source):
            access = getattr(holder, "access", None)
            if isinstance(holder, MediaSource):
                self.file(holder.media, holder.path, "sources", "source", access)
            else:
                self.file(holder.stored, holder.path, "sources", "source", access)
                self.file(holder.rich, holder.rich_path, "sources", "formatted text", access)
        if type(source) is TextSource and source.stored is None and source.path is None and source._text is not None:
            return shallow(source, _text=None, stored=self.text(source))
        return source

    def text(self, source: TextSource) -> Media:
        """A file for the text of a source."""
        mark = "\ufeff" if (source.text or "").startswith("\ufeff") else ""
        data = (mark + (source.text or "")).encode()
        handle = Media(Path(), size=len(data))
        self.add(handle, data, f"{source.id.strip('{}')}.txt", "sources", "source", source.access)
        return handle

    def file(self, media: Media | None, path: str | None, folder: str, role: str, access: str | None) -> None:
        """Take a file in."""
        if media is None:
            if path:
                self.missing.append(path)
        elif id(media) not in self.paths:
            name = self.add(media, media, media.name, folder, role, access)
            if media.as_read is not None:
                self.names[name] = media.as_read

    def add(self, handle: Media, payload: Media | bytes, base: str, folder: str, role: str, access: str | None) -> str:
        base = "".join(c if c.isalnum() or c in "-_. " else "_" for c in base).strip(". ") or "file"
        name = self.free(folder, base)
        self.files[name] = payload
        self.paths[id(handle)] = name
        self.roles[name] = (role, access)
        self.kept.append(handle)
        return name

    def free(self, folder: str, base: str) -> str:
        """A name that no other file has, in any case; of many that are named alike, each is tried once."""
        name = wanted = f"{folder}/{base}"
        while name.casefold() in self.taken:
            self.taken[wanted.casefold()] = count = self.taken[wanted.casefold()] + 1
            name = f"{folder}/{PurePosixPath(base).stem}-{count}{PurePosixPath(base).suffix}"
        self.taken[name.casefold()] = 1
        return name

    def path_of(self, media: Media) -> str:
        """The path in the package for a handle."""
        return self.paths[id(media)]

    def reading(self) -> Reading | None:
        """What was learnt on reading, with the names that files had there."""
        reading = self.study.reading
        return None if reading is None else evolve(reading, layout={**reading.layout, "names": self.names})

    def entries(self) -> Iterator[dict[str, Any]]:
        """What the document says of each file."""
        newer = by_path(self.study)
        for name, payload in self.files.items():
            role, access = self.roles[name]
            media_type = guess_type(name)[0] or "application/octet-stream"
            size, sha256 = (payload.size, payload.sha256) if isinstance(payload, Media) else (len(payload), digest(payload))
            more = payload.newer if isinstance(payload, Media) and newer else None
            yield {"path": name, "role": role, "media_type": media_type, "size": size, "sha256": sha256, **({"access": access} if access else {}), **(more or {})}
        for path in dict.fromkeys(self.missing):
            yield {"path": path, "role": "missing", **newer.get(path, {})}


# ---- recognising ----
def sniff_folder(path: Path, head: bytes) -> bool:
    """Whether this is a folder with a study.json."""
    return path.is_dir() and (path / DOCUMENT).is_file()


def sniff_package(path: Path, head: bytes) -> bool:
    """Whether this is a ZIP file with a study.json, or a study.json."""
    if head.startswith(b"PK"):
        try:
            with opened(path) as archive:
                return DOCUMENT in archive.namelist()
        except ReadError:
            return False
    return path.name == DOCUMENT and head.lstrip().startswith(b"{")
