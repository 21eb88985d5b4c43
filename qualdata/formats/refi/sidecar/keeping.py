"""Writing a sidecar beside a project, and reading it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZipFile

from attrs import evolve, frozen

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.atomic import replacing
from qualdata.formats.package.document import dump, load
from qualdata.formats.refi.sidecar import words
from qualdata.formats.refi.sidecar.withholding import all_holders, withheld
from qualdata.formats.refi.tools import target_named
from qualdata.model.base import fold
from qualdata.model.loss import Loss
from qualdata.model.nouns import counted
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["FORMAT", "SUFFIX", "Sidecar", "beside", "keeping", "project_hash", "read_sidecar"]

FORMAT: Final = "sidecar"
SUFFIX: Final = ".sidecar.json"
_FILES: Final = frozenset("path rich_path media rich text".split())
"""Fields that say where a file is, or what is in it: a sidecar holds no files and no texts."""
_BLOCK: Final = 1 << 20
_SMALL: Final = ("no place", "renamed", "not carried")
"""Kinds of losses that follow from the study and the target, and need not be written down."""


@frozen
class Sidecar:
    """What stands in a sidecar."""

    path: Path
    """The file."""
    study: Study
    """The study without its words and files."""
    project: str
    """SHA-256 of the project it was written with."""
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


# ---- writing ----
@contextmanager
def keeping(study: Study, written: Path, path: Path, target: str | None, losses: list[Loss]) -> Iterator[list[Loss]]:
    """Write the sidecar of a project that will stand at *path* and now stands at *written*; give the losses, marked by whether they are kept.

    The sidecar takes its place when the block ends well. Where nothing is lost, and the file is for no program
    that gives out other ids than it took in, there is nothing to keep: a sidecar of an earlier writing goes.
    """
    tool = target_named(target)
    if not losses and (tool is None or not tool.new_ids):
        yield losses
        beside(path).unlink(missing_ok=True)
        return
    lost = [[name, id] for loss in losses if loss.kind not in _SMALL for name in loss.fields for id in loss.ids]
    reading = Reading(format=FORMAT, layout={"project": project_hash(written), "lost": lost})
    with replacing(beside(path)) as temporary:
        with temporary.open("wb") as out:
            dump(withheld(study), _no_file, (), reading, out)
        yield [part for loss in losses for part in _kept(study, loss)]


def _no_file(media: Any) -> Any:
    raise AssertionError(f"a sidecar holds no files, but {media!r} is left in it")


def _kept(study: Study, loss: Loss) -> Iterator[Loss]:
    """A loss, in two where only some of it is kept."""
    gone = _not_kept(study, loss)
    for kept, ids in ((True, tuple(i for i in loss.ids if fold(i) not in gone)), (False, tuple(i for i in loss.ids if fold(i) in gone))):
        if ids == loss.ids or (not loss.ids and not kept):
            yield evolve(loss, kept=kept)
        elif ids:
            yield evolve(loss, kept=kept, ids=ids, where=_recounted(loss, len(ids)))


def _recounted(loss: Loss, number: int) -> str:
    _, _, rest = loss.where.partition(" ")
    (name,) = loss.fields
    return counted(number, name.partition(".")[0]) + rest[rest.index(":") :] if ":" in rest else f"{number:,} {rest}"


def _not_kept(study: Study, loss: Loss) -> set[str]:
    """Folded ids of what a sidecar cannot keep of a loss: files, texts, and names or quotations whose words do not stand in their place."""
    fields = {name.partition(".")[2] for name in loss.fields}
    if fields & _FILES:
        return set(map(fold, loss.ids))
    if fields == {"documents"}:
        return {fold(d.id) for d in study.documents if d.media is not None}
    if loss.fields in (("Excerpt.name",), ("Excerpt.quote",)):
        return set(_without_words(study, set(map(fold, loss.ids)), loss.fields == ("Excerpt.name",)))
    return set()


def _without_words(study: Study, ids: set[str], name: bool) -> Iterator[str]:
    for holder in all_holders(study):
        asked = [e for e in holder.excerpts if fold(e.id) in ids]
        text = getattr(holder, "text", None) if asked else None
        for excerpt in asked:
            if name and excerpt.name is not None and words.name_in(words.of_name(excerpt.name), excerpt, text, None) is None:
                yield fold(excerpt.id)
            if not name and excerpt.quote is not None and words.quote_in(words.of_quote(excerpt.quote), excerpt, text) is None:
                yield fold(excerpt.id)


# ---- reading ----
def read_sidecar(path: Path) -> Sidecar:
    """What stands in a sidecar. Raises ReadError for a file that is none."""
    try:
        with path.open("rb") as stream:
            study, _ = load(stream, _refused)
    except QualdataError as error:
        error.path = error.path or str(path)
        raise
    reading = study.reading
    if reading is None or reading.format != FORMAT or not isinstance(reading.layout.get("project"), str):
        raise ReadError("this is no sidecar: it was not written beside a .qdpx. Name the file that ends in .sidecar.json.", path=path)
    lost = frozenset((name, fold(id)) for name, id in reading.layout.get("lost", ()))
    study.reading = None
    return Sidecar(path, study, reading.layout["project"], lost)


def _refused(name: Any) -> Any:
    raise ReadError(f"a sidecar holds no files, but names {name!r}")
