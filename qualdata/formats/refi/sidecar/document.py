"""The file itself: the document of a study package with a word on the project it belongs to."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZipFile

from attrs import frozen

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.package.document import dump, load
from qualdata.formats.refi.sidecar import words
from qualdata.formats.refi.sidecar.withholding import all_holders, withheld
from qualdata.formats.zip import LIMITS
from qualdata.model.base import fold
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["FORMAT", "SUFFIX", "Sidecar", "beside", "is_sidecar", "project_hash", "read_sidecar", "write_sidecar"]

SUFFIX: Final = ".sidecar.json"
FORMAT: Final = "sidecar"
"""The format that the reading of a sidecar names."""
_BEGINS: Final = b'"reading": {"format":"sidecar"'
_BLOCK: Final = 1 << 20
_ASIDE: Final = "Read the project without it (--no-sidecar, in Python sidecar=False), or get a fresh copy of it"
_NONE: Final = "this is no sidecar: it was not written beside a .qdpx. Name the file that ends in .sidecar.json."


@frozen
class Sidecar:
    """What stands in a sidecar."""

    path: Path
    """The file."""
    study: Study
    """The study without its words and files."""
    project: str
    """SHA-256 of the project it was written with."""
    target: str
    """What that was written for."""
    lost: frozenset[tuple[str, str]]
    """Fields (`Class.field`) and folded ids of things that could not be told though their kind can."""


def beside(path: Path) -> Path:
    """Where the sidecar of a project is: `study.sidecar.json` beside `study.qdpx`."""
    return path.with_name(path.stem + SUFFIX)


def project_hash(path: Path) -> str:
    """SHA-256 of the project in a `.qdpx`, in hexadecimal."""
    with ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.casefold().endswith(".qde"))
        with archive.open(name) as stream:
            return _digest(stream)


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def write_sidecar(study: Study, project: str, target: str, lost: list[list[str]], out: IO[bytes]) -> None:
    """Write the sidecar of a study, given the hash of its project, what that is for, and which fields of which things it could not be told."""
    reading = Reading(format=FORMAT, layout={"project": project, "target": target, "lost": lost})
    dump(withheld(study), _no_file, (), reading, out)


def _no_file(media: Any) -> Any:
    raise AssertionError(f"a sidecar holds no files, but {media!r} is left in it")


def is_sidecar(path: Path) -> bool:
    """Whether a file is a sidecar that qualdata wrote, by how it is laid out."""
    with path.open("rb") as stream:
        return stream.readline(_BLOCK).startswith(b'{"qualdata":') and any(line.startswith(_BEGINS) for line in stream)


# ---- reading ----
def read_sidecar(path: Path) -> Sidecar:
    """What stands in a sidecar. Raises ReadError for a file that is none."""
    if path.stat().st_size > LIMITS["bytes"]:
        raise ReadError(f"this sidecar has {path.stat().st_size:,} bytes, and no more than {LIMITS['bytes']:,} are read. {_ASIDE}.", path=path)
    try:
        with path.open("rb") as stream:
            study, _ = load(stream, _refused, "it")
    except QualdataError as error:
        raise ReadError(f"this sidecar cannot be read: {error.message.rstrip('.')}. {_ASIDE}.", path=path, line=error.line) from error
    reading = study.reading
    if reading is None or reading.format != FORMAT:
        raise ReadError(_NONE, path=path)
    study.reading = None
    layout = reading.layout
    lost: Any = layout.get("lost")
    if not isinstance(layout.get("project"), str) or not _are_pairs(lost) or not _well_formed(study):
        raise ReadError(f"this sidecar was changed by hand, and cannot be read any more. {_ASIDE}.", path=path)
    return Sidecar(path, study, layout["project"], str(layout.get("target")), frozenset((name, fold(id)) for name, id in lost))


def _refused(name: Any) -> Any:
    raise ReadError(f"a sidecar holds no files, but this one names {name!r}")


def _are_pairs(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(v, str) for v in pair) for pair in value)


def _well_formed(study: Study) -> bool:
    """Whether what words and files are known by has the form that it is written in."""
    holders = list(all_holders(study))
    things = [*holders, *(e for h in holders for e in h.excerpts), *study.documents]
    return all(words.SHAPES[key](value) for t in things for key, value in (t.extra or {}).items() if key in words.SHAPES)
