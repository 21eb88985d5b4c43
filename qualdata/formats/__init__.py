"""Formats: many readers and many writers around one model.

A format is one module and one line in `FORMATS`. Other packages add theirs with `register`, or with an
entry point of the group `qualdata.formats` that names a `Format`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from attrs import frozen

from qualdata.errors import FormatError, ReadError
from qualdata.formats import codetable
from qualdata.formats.atomic import replacing
from qualdata.formats.beside import Beside, filling
from qualdata.formats.package import study as package
from qualdata.formats.refi import codebook, sidecar
from qualdata.formats.refi import project as refi
from qualdata.formats.sheet import ENDINGS
from qualdata.formats.webanno import collection as webanno
from qualdata.formats.webanno.files import folder_of
from qualdata.model.loss import Loss
from qualdata.model.study import Study

__all__ = ["FORMATS", "Format", "convert", "detect", "formats", "read", "register", "write"]

_HEAD = 1 << 16


@frozen
class Format:
    """One format: how it is known, read and written."""

    name: str
    """Its short name, as `qdpx`."""
    title: str
    """Its name in sentences."""
    suffixes: tuple[str, ...]
    """The endings of its files, with the dot; an empty one for folders, which have none."""
    sniff: Callable[[Path, bytes], bool]
    """Whether a file, of which the first 64 KiB are given, is of this format."""
    read: Callable[[Path, Path | None], Study] | None = None
    """Reads a file, given a folder to look in for missing sources. Raises ReadError."""
    write: Callable[[Study, Path, str | None], list[Loss]] | None = None
    """Writes a file for a target, and returns what it could not say. Raises WriteError."""
    targets: tuple[str, ...] = ()
    """The targets it can be written for, the usual one first."""
    write_beside: Callable[[Study, Path, str | None, Beside], list[Loss]] | None = None
    """Writes a file whose recordings go into a folder beside it; None where they have their place in the file."""
    folder: Callable[[Path], Path] | None = None
    """The folder beside a file into which the files of its sources go, where none is named; None where they have their place in the file."""
    keeping: Callable[[Path], AbstractContextManager[sidecar.Keeper]] | None = None
    """Keeps beside a file what it could not be told."""
    complete: Callable[[Study, Path, Path | None], Study] | None = None
    """Makes a study whole by what was kept beside its file, or in the file that is named."""


FORMATS: tuple[Format, ...] = (
    Format("package", "study package", (".qualdata", "study.json"), package.sniff_package, package.read_package, package.write_package),
    Format("folder", "study package as a folder", ("",), package.sniff_folder, package.read_package, package.write_folder),
    Format(
        "qdpx", "REFI-QDA project", (".qdpx",), refi.sniff_qdpx, refi.read_qdpx, refi.write_qdpx, tuple(refi.target_names()),
        write_beside=refi.write_qdpx, keeping=sidecar.keeping, complete=sidecar.complete,
    ),
    Format("qde", "REFI-QDA project without its files", (".qde",), refi.sniff_qde, refi.read_qde, refi.write_qde, tuple(refi.target_names()), refi.write_qde),
    Format("qdc", "REFI-QDA codebook", (".qdc",), codebook.sniff_qdc, codebook.read_qdc, codebook.write_qdc, codebook.TARGETS),
    Format("codetable", "codebook as a table", ENDINGS, codetable.sniff_codetable, codetable.read_codetable),
    Format(
        "web-annotation", "Web Annotation collection", (".jsonld",), webanno.sniff, webanno.read_annotations, webanno.write_annotations,
        write_beside=webanno.write_annotations, folder=folder_of,
    ),
)
_registered: list[Format] = []


def register(format: Format) -> None:
    """Add a format. Raises ValueError when its name is taken."""
    if any(f.name == format.name for f in formats()):
        raise ValueError(f"There is a format {format.name!r} already.")
    _registered.append(format)


@cache
def _installed() -> tuple[Format, ...]:
    return tuple(point.load() for point in entry_points(group="qualdata.formats"))


def formats() -> tuple[Format, ...]:
    """All formats: ours, those of installed packages, those registered here."""
    return (*FORMATS, *_installed(), *_registered)


def detect(path: str | os.PathLike[str]) -> Format:
    """The format of a file, by its content first and its ending second. Raises FormatError, ReadError."""
    path = Path(path)
    try:
        head = b"" if path.is_dir() else _head(path)
    except OSError as error:
        raise ReadError(f"the file cannot be opened ({(error.strerror or 'no reason given').lower()}). Check the name and the folder.", path=path) from error
    if not head and not path.is_dir():
        raise ReadError("the file is empty. Export it again.", path=path)
    readable = [f for f in formats() if f.read is not None]
    found = next((f for f in readable if f.sniff(path, head)), None) or by_ending(path, [f for f in readable if "" not in f.suffixes])
    if found is None:
        endings = ", ".join(f.suffixes[0] for f in readable if f.suffixes[0])
        raise FormatError(f"this is no format that qualdata reads, neither by its content nor by its ending. It reads {endings}; `qualdata formats` tells more.", path=path)
    return found


def read(
    path: str | os.PathLike[str], *, format: str | None = None, sources: str | os.PathLike[str] | None = None, sidecar: bool | str | os.PathLike[str] = True
) -> Study:
    """The study in a file; what was learnt on the way stands in its `reading`.

    *format* is a format's name, when the file is not to decide; *sources* a folder to look in for files that
    are missing. What a sidecar beside the file kept completes it; *sidecar* names another one, or is False to leave it aside.
    Raises FormatError when no format fits, ReadError when the file is not what it should be.

    >>> losses = qualdata.write(qualdata.example(), "study.qdpx", target="nvivo")
    >>> study = qualdata.read("study.qdpx")
    >>> study.reading.origin, len(study.sources)
    ('qualdata ... (nvivo)', 18)
    """
    path = Path(path)
    found = detect(path) if format is None else _named(format)
    if found.read is None:
        raise FormatError(f"qualdata writes {found.title}, but does not read it.", path=path)
    if sources is not None and not Path(sources).is_dir():
        raise ReadError("there is no such folder of sources. Check its name.", path=sources)
    try:
        study = found.read(path, None if sources is None else Path(sources))
        return study if sidecar is False or found.complete is None else found.complete(study, path, None if sidecar is True else Path(sidecar))
    except OSError as error:
        raise ReadError(f"the file cannot be read ({(error.strerror or str(error)).lower()}).", path=path) from error


def write(
    study: Study,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    target: str | None = None,
    media: str | os.PathLike[str] | None = None,
    sidecar: bool = True,
) -> list[Loss]:
    """Write a study, and return all that the file could not be told.

    The format is *format*, else the one of the path's ending. The file appears whole or not at all; it may be
    the one that the study was read from. What a `.qdpx` cannot be told is kept in a sidecar beside it, unless
    *sidecar* is False. *media* is a folder for the recordings, which then lie beside a REFI-QDA project and are
    named by it, whatever their size; with annotations, the one for all files of sources. Raises FormatError, WriteError.

    >>> qualdata.write(qualdata.example(), "study.qualdata")
    []
    >>> losses = qualdata.write(qualdata.example(), "study.qdc")
    >>> losses[0].fields, losses[0].why
    (('Study.created_by',), 'A codebook has no place for it.')
    """
    with writing(study, path, format=format, target=target, media=media, sidecar=sidecar) as losses:
        return losses


@contextmanager
def writing(
    study: Study,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    target: str | None = None,
    media: str | os.PathLike[str] | None = None,
    sidecar: bool = True,
) -> Iterator[list[Loss]]:
    """Write a study as `write` does; its files take their places only when the block, which is given the losses, ends well."""
    path = Path(path)
    writable = [f for f in formats() if f.write is not None]
    found = by_ending(path, writable) if format is None else _named(format)
    if found is None or found.write is None:
        raise FormatError(f"it is not known in which format to write this. Give it one of these endings: {_listed(writable)}.", path=path)
    if media is not None and found.write_beside is None:
        raise FormatError(f"a {found.title} has no recordings beside it; leave the folder for them out.", path=path)
    keeping = found.keeping(path) if sidecar and found.keeping is not None else nullcontext()
    folder = Path(media) if media is not None else None if found.folder is None else found.folder(path)
    with keeping as keeper, filling(folder) as recordings, replacing(path) as temporary:
        losses = _written(found, study, temporary, target, recordings)
        yield losses if keeper is None else keeper.keep(study, temporary, target, losses)
        if recordings is not None:
            recordings.place()
        if keeper is not None:
            keeper.place()


def _written(found: Format, study: Study, path: Path, target: str | None, recordings: Beside | None) -> list[Loss]:
    assert found.write is not None
    if recordings is None:
        return found.write(study, path, target)
    assert found.write_beside is not None
    return found.write_beside(study, path, target, recordings)


def convert(
    source: str | os.PathLike[str],
    target_path: str | os.PathLike[str],
    *,
    format: str | None = None,
    target: str | None = None,
    sources: str | os.PathLike[str] | None = None,
    media: str | os.PathLike[str] | None = None,
    sidecar: bool = True,
) -> list[Loss]:
    """Read one file and write another, and return all that the new one could not be told; see `read` and `write`."""
    return write(read(source, sources=sources, sidecar=sidecar), target_path, format=format, target=target, media=media, sidecar=sidecar)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _named(name: str) -> Format:
    found = next((f for f in formats() if f.name == name), None)
    if found is None:
        raise FormatError(f"there is no format {name!r}; there are {', '.join(f.name for f in formats())}.")
    return found


def by_ending(path: Path, among: list[Format]) -> Format | None:
    """The format that a file's ending means; a name without one is a folder's."""
    name = path.name.casefold()
    return next((f for f in among if any(name.endswith(s) if s else not path.suffix for s in f.suffixes)), None)


def _listed(among: list[Format]) -> str:
    return ", ".join(f"{f.title} ({f.suffixes[0] or 'no ending'})" for f in among)
