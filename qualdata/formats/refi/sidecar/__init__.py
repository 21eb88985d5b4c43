"""Sidecars: what a REFI-QDA project has no place for, kept in a file beside it.

`study.sidecar.json` lies beside `study.qdpx`. It is the study as JSON (the document of a study package) without the words:
texts of sources and memos, names and quotations of passages stand in it as their SHA-256 only, so that it tells nothing of
the data that the project does not. It carries the SHA-256 of the project it was written with.

When the project is read and is as it was written, the sidecar completes it: the study is whole again. When the project was
worked on in another program, both are brought together: what the program is known to carry is taken from the project, what it
is known not to carry stays as it was, and what changed is told in `study.reading.changes`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qualdata.errors import ReadError
from qualdata.formats.refi.sidecar import words
from qualdata.formats.refi.sidecar.changes import in_words
from qualdata.formats.refi.sidecar.document import Sidecar, beside, project_hash, read_sidecar
from qualdata.formats.refi.sidecar.keeper import Keeper, keeping
from qualdata.formats.refi.sidecar.merging import merged
from qualdata.formats.refi.sidecar.notes import own_marks
from qualdata.formats.refi.sidecar.withholding import all_holders, finder, give_files, give_words
from qualdata.formats.refi.tools import of_origin, ours
from qualdata.model.reading import Reading, Remark
from qualdata.model.study import Study

__all__ = ["ASIDE", "Keeper", "beside", "complete", "keeping"]

ASIDE: Final = "pkg-checksum-mismatch"
"""The rule of the remark that a sidecar was left aside."""
_LATER: Final = "{0} was left aside: it was kept for another state of this project, which qualdata has written anew. Name it (--sidecar {0}) to bring both together"
_OTHER: Final = "{} was left aside: it was kept for another project, with which this one has no source and no code in common"


def complete(study: Study, path: Path, named: Path | None = None) -> Study:
    """A study that was read from a project, with what a sidecar kept: the one *named*, else the one beside the project, if any.

    Raises ReadError for a sidecar that cannot be read, and for one that is named and was kept for another project.
    """
    file = named if named is not None else beside(path)
    if not file.is_file():
        if named is not None:
            raise ReadError("there is no such sidecar. Check its name.", path=named)
        return study
    sidecar, reading = read_sidecar(file), study.reading or Reading()
    written_here = ours(reading.origin)
    if sidecar.project == project_hash(path):
        return _read_with(_completed(sidecar, study), reading, file)
    if written_here and named is None:
        reading.remarks.append(Remark(ASIDE, _LATER.format(file.name)))
        return study
    own_marks(study, reading, sidecar.study)
    found = merged(sidecar, study, None if written_here else of_origin(reading.origin))
    if found is None:
        return _left(study, reading, file, named)
    reading.remarks += found.remarks
    reading.changes = in_words(found.changes)
    return _read_with(found.study, reading, file)


def _read_with(whole: Study, reading: Reading, file: Path) -> Study:
    """A study that is no longer the file alone, so that this is not written back as it was laid out."""
    reading.sidecar, reading.layout = file.name, {}
    whole.reading = reading
    return whole


def _left(study: Study, reading: Reading, file: Path, named: Path | None) -> Study:
    if named is not None:
        raise ReadError("this sidecar was kept for another project, with which this one has no source and no code in common. Name another, or none.", path=named)
    reading.remarks.append(Remark(ASIDE, _OTHER.format(file.name)))
    return study


def _completed(sidecar: Sidecar, theirs: Study) -> Study:
    """The study that was written."""
    study, find = sidecar.study, finder(sidecar.study, theirs)
    for holder in all_holders(study):
        words.taken_out(holder, words.TEXT)
        if (there := find(holder)) is not None:
            give_files(holder, there)
        give_words(holder, find)
    for document in study.documents:
        if words.taken_out(document, words.FILE):
            document.media = None if (there := find(document)) is None else there.media
    return study
