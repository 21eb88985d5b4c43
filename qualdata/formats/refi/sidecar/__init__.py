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
from qualdata.formats.refi.sidecar.changes import told
from qualdata.formats.refi.sidecar.keeping import Sidecar, beside, keeping, project_hash, read_sidecar
from qualdata.formats.refi.sidecar.merging import merged
from qualdata.formats.refi.sidecar.withholding import all_holders, finder, give_files, give_words
from qualdata.formats.refi.tools import of_origin
from qualdata.model.reading import Remark
from qualdata.model.study import Study

__all__ = ["beside", "complete", "keeping"]

_OURS: Final = "qualdata "


def complete(study: Study, path: Path, named: Path | None = None) -> Study:
    """A study that was read from a project, with what a sidecar kept: the one *named*, else the one beside the project, if any.

    Raises ReadError for a sidecar that cannot be read.
    """
    file = named if named is not None else beside(path)
    if not file.is_file():
        if named is not None:
            raise ReadError("there is no such sidecar. Check its name.", path=named)
        return study
    sidecar, reading = read_sidecar(file), study.reading
    assert reading is not None
    if sidecar.project == project_hash(path):
        whole = _completed(sidecar, study)
        reading.sidecar = file.name
    elif (reading.origin or "").startswith(_OURS):
        reading.remarks.append(Remark("pkg-checksum-mismatch", f"{file.name} was written for another file than this one; it was left aside"))
        return study
    else:
        whole, changes = merged(sidecar, study, of_origin(reading.origin))
        reading.sidecar, reading.changes = file.name, told(changes)
    whole.reading = reading
    reading.layout = {}  # it is no longer the file that was read
    return whole


def _completed(sidecar: Sidecar, theirs: Study) -> Study:
    """The study that was written."""
    ours, find = sidecar.study, finder(sidecar.study, theirs)
    for holder in all_holders(ours):
        if (there := find(holder)) is not None:
            give_files(holder, there)
    give_words(ours, find)
    for document in ours.documents:
        there = find(document) if words.taken_out(document, words.FILE) else None
        document.media = None if there is None else there.media
    return ours
