"""From a path to a dataset. What can be read around is noted for the rules; what cannot be read at all raises."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from qualdata._converter import forgiven
from qualdata.errors import ReadError
from qualdata.formats import detect, read
from qualdata.formats.package.document import load
from qualdata.formats.package.store import DOCUMENT, Store, inside, is_document, unsafe
from qualdata.formats.refi.container import Container
from qualdata.formats.refi.project import read_project
from qualdata.formats.zip import check_size, opened
from qualdata.model.media import Media
from qualdata.model.study import Study
from qualdata.rules.dataset import Dataset
from qualdata.rules.document import faults, unsaid
from qualdata.rules.files import Files, files_in
from qualdata.rules.finding import Where, nowhere

__all__ = ["dataset_of", "of_study"]

_REFI: Final = ("qdpx", "qde", "qdc")
_PROJECTS: Final = ("qdpx", "qde")
PACKED: Final = "names"
"""What stands in the layout of a reading that came out of a package: what was odd on first reading is no matter of the package."""
_KEPT: Final = 1 << 26
"""How many bytes of XML are kept at most."""


def dataset_of(path: str | os.PathLike[str], sources: str | os.PathLike[str] | None = None) -> Dataset:
    """The dataset in a file or folder. Raises QualdataError where there is nothing that can be looked at."""
    try:
        return _opened(Path(path), None if sources is None else Path(sources))
    except OSError as error:
        raise ReadError(f"it cannot be read ({(error.strerror or str(error)).lower()}).", path=path) from error
    except RecursionError as error:
        raise ReadError("things stand too deep in each other in this file; it is not read.", path=path) from error


def _opened(path: Path, sources: Path | None) -> Dataset:
    if path.name == DOCUMENT and path.is_file():
        path = path.parent
    if path.is_dir() or (path.suffix == ".qualdata" and path.exists()):
        return _package(path)
    name = detect(path).name
    if name == "package":
        return _package(path)
    files = files_in(path)
    study, xml = _project(path, files, sources) if name in _PROJECTS else (read(path, sources=sources), None)
    data = of_study(study)
    data.path, data.format, data.files, data.xml = path, name, files, xml
    return data


def _project(path: Path, files: Files, sources: Path | None) -> tuple[Study, bytes | None]:
    """The study in a project, and its XML if that is not too large to be kept, so that it is unpacked once."""
    if not files.names:
        xml = path.read_bytes() if path.stat().st_size <= _KEPT else None
        return (read(path, sources=sources) if xml is None else read_project(BytesIO(xml), "qde", Container(path, None, sources))), xml
    with opened(path) as archive:
        container = Container(path, archive, sources)
        project = container.media[container.project]
    if project.size > _KEPT:
        return read(path, sources=sources), None
    xml = project.read()
    return read_project(BytesIO(xml), "qdpx", container), xml


def of_study(study: Study) -> Dataset:
    """The dataset of a study in memory. One that was read from a REFI-QDA file is looked at as what that file says."""
    reading = study.reading if study.reading is not None and PACKED not in study.reading.layout else None
    refi = reading is not None and reading.format in _REFI
    data = Dataset(study=study, kind="refi" if refi else "study", format=reading.format if reading else "")
    for remark in reading.remarks if reading else ():
        data.note(remark.rule, nowhere if remark.id is None and remark.line is None else _place(data, remark.id, remark.line), remark.message)
    return data


def _place(data: Dataset, id: str | None, line: int | None) -> Where:
    return Where(file=data.document, line=line) if id is None else data.at_id(id, line)


# ---- packages ----
def _package(path: Path) -> Dataset:
    data = Dataset(kind="package", format="folder" if path.is_dir() else "package", path=path, files=files_in(path), read=False)
    if DOCUMENT in data.files:
        with inside(path) as store:
            _load(data, store, data.files.media[DOCUMENT])
    else:
        data.note("pkg-manifest-missing", nowhere, f"there is no {DOCUMENT} here, so this is no study package")
    return data


def _load(data: Dataset, store: Store, document: Media) -> None:
    """Read the study; where it cannot be read, find out all that is wrong with its document."""
    handles = _Handles(data, store)
    check_size(document)
    suspect: set[bool] = set()
    token = forgiven.set(partial(suspect.add, True))
    try:
        with store.document() as stream:
            data.study, data.entries = load(stream, handles)
        data.read = True
    except ReadError:
        _note(data, faults(document.read(), handles))
        return
    finally:
        forgiven.reset(token)
    if suspect:
        _note(data, unsaid(document.read()))


def _note(data: Dataset, found: Iterator[tuple[str, str | None, int | None, str]]) -> None:
    for rule, path, line, message in found:
        data.note(rule, Where(file=DOCUMENT, line=line, path=path), message)


class _Handles:
    """Handles on the files that a document names; what is not there, or must not be opened, is noted and left out."""

    def __init__(self, data: Dataset, store: Store) -> None:
        self.data, self.store = data, store
        self.made: dict[str, Media | None] = {}

    def __call__(self, name: Any) -> Media | None:
        if not isinstance(name, str):
            raise TypeError(f"the path of a file is expected here, not {name!r}")
        if name not in self.made:
            self.made[name] = self.find(name)
        return self.made[name]

    def find(self, name: str) -> Media | None:
        files: Files = self.data.files
        if is_document(name):
            self.data.note("sch-invalid", Where(file=DOCUMENT), f"the study names {name!r}, its own document, as the file of a source")
            return None
        if unsafe(name):
            self.data.note("pkg-path-unsafe", Where(file=name), f"the study names the file {name!r}, which would lie outside the package; it is not opened")
            return None
        if name in files.unsafe:
            return None  # told once, for the file itself
        found = self.store.file(name)
        if found is None:
            self.data.note("pkg-file-missing", Where(file=name), f"the study names the file {name}, which is not in the package")
        elif name in files:
            files.media[name] = found  # one handle on each file, so that its SHA-256 is computed once
        return found


