"""REFI-QDA projects: `.qdpx`, a ZIP file of one `project.qde` and the files of its sources, and the bare `.qde`.

**What it is.** The exchange format of the Rotterdam Exchange Format Initiative (REFI-QDA 1.5), which NVivo, ATLAS.ti,
MAXQDA, QualCoder and others write and read. `project.qde` is XML in the namespace `urn:QDA-XML:project:1.0`; the files
lie in a flat folder `sources/`, named by GUID.

**Reading.** All of the standard is read. What it does not know stays in the `extra` of the thing it stood in. Containers
are read tolerantly: any folder, any name of the `.qde`, paths without `internal://`, children in another order; each is a
remark in `study.reading`. GUIDs mean the same in braces and in any case. Positions are turned into code points, by what is
known of the program that wrote the file and by what the file itself shows. A quotation of a PDF that stands there twice, on its page and in
its text, is two excerpts, of which the second says that it is the same; a mark that lies in another text than the note it stands
in goes to that text. Files outside the project are found in a folder that is given, by the end of their path.

**Writing.** Targets: `standard` counts code points and puts texts into files; `nvivo`, `nvivo-mac`, `atlasti`, `maxqda` and
`qualcoder` count as these programs do and lay the files out as they do; `as-read` keeps everything that the file said. Bytes
of files are never changed; for NVivo a Word file is made of a text that has none, if python-docx is there. Files that were found
become part of the project, but for `as-read`. A file in it may have 2^31-1 bytes (clause 8.5): a larger one that lay outside stays
there, and recordings of any size can go into a folder beside the project (clause 8.3).

**Interviews, themes and points** travel as variables, sets and notes that can be read in any program, and come back
as what they are: see `conventions`.

**What is lost.** Whatever else the model has beyond the standard (a code's rules of use, kinds of cases and memos, roles
of contributors, documents) has no place in it, and ids that are no GUIDs are replaced. Of what has a place, some is known not to
come back out of the program that a file is written for. `write` returns each as a `Loss`.

**Schema.** `qualdata schema --of project` prints an XML Schema of `project.qde`, made from the table by which it is read and
written. It is not the official one, but accepts and refuses the same files.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.beside import Beside
from qualdata.formats.refi.container import Container
from qualdata.formats.refi.conventions import REASONS, taken_back
from qualdata.formats.refi.gaps import not_carried
from qualdata.formats.refi.incoming import complete
from qualdata.formats.refi.losses import losses
from qualdata.formats.refi.outgoing import QDE, QDPX, Outgoing, tool_for
from qualdata.formats.refi.recordings import Recordings
from qualdata.formats.refi.roots import PROJECT, read_root, sniffed
from qualdata.formats.refi.tools import Tool, target_names
from qualdata.formats.refi.writer import Writer
from qualdata.formats.zip import check_size, copy_member, member, opened
from qualdata.model.loss import Loss
from qualdata.model.media import Media
from qualdata.model.progress import counted, expect, written
from qualdata.model.study import Study

__all__ = ["read_project", "read_qde", "read_qdpx", "sniff_qde", "sniff_qdpx", "target_names", "write_qde", "write_qdpx"]


# ---- reading ----
def read_qdpx(path: Path, sources: Path | None = None) -> Study:
    """The study in a `.qdpx`. Raises ReadError."""
    with opened(path) as archive:
        container = Container(path, archive, sources)
        project = container.media[container.project]
        check_size(project)
        with project.open() as file:
            return read_project(counted(file, project.size), QDPX, container)


def read_qde(path: Path, sources: Path | None = None) -> Study:
    """The study in a bare `.qde`; its files are looked for in the folder *sources* only. Raises ReadError."""
    with path.open("rb") as file:
        return read_project(counted(file, path.stat().st_size), QDE, Container(path, None, sources))


def read_project(file: IO[bytes], format: str, container: Container) -> Study:
    """The study in the XML of a project, whose files are in a container. Raises ReadError."""
    try:
        study, reader = read_root(file, PROJECT, format)
        complete(study, reader, container)
        study = taken_back(study)
    except QualdataError as error:
        if error.path is None:
            error.path = str(container.path)
        raise
    return study


# ---- writing ----
def write_qdpx(study: Study, path: Path, target: str | None = None, beside: Beside | None = None) -> list[Loss]:
    """Write a `.qdpx`, its recordings into a folder beside it if one is given, and return what it could not be told. Raises WriteError."""
    tool = tool_for(study, target)
    out, ready = _prepared(study, tool, False, beside)
    layout = out.reading.layout if tool is None else {}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        writer = _writer(out)
        for name in out.members.order():
            if name == layout.get("project", "project.qde"):
                with archive.open(member(name, packed=tool is None or tool.packed), "w", force_zip64=True) as stream, written(stream, study) as file:
                    writer.write(PROJECT.tag, ready, file, layout.get("hints", ()))
            elif name.endswith("/"):
                archive.writestr(member(name, packed=False), b"")
            else:
                _put(archive, name, out.members.files[name], tool is None or tool.packed)
    return _losses(out, writer)


def write_qde(study: Study, path: Path, target: str | None = None, beside: Beside | None = None) -> list[Loss]:
    """Write a bare `.qde`, texts inside, recordings in a folder beside it if one is given, and return what it could not be told. Raises WriteError."""
    out, ready = _prepared(study, tool_for(study, target), True, beside)
    writer = _writer(out)
    with path.open("wb") as stream, written(stream, study) as file:
        writer.write(PROJECT.tag, ready, file, out.reading.layout.get("hints", ()) if out.tool is None else ())
    return _losses(out, writer)


def _prepared(study: Study, tool: Tool | None, inline: bool, beside: Beside | None) -> tuple[Outgoing, Study]:
    """What is to be written, once the recordings are in the folder beside."""
    recordings = None if beside is None else Recordings(study, beside)
    out = Outgoing(study, tool, inline, recordings)
    ready = out.prepare()
    expect(sum(p.packed for p in (*out.members.files.values(), *(recordings.files.values() if recordings else ())) if isinstance(p, Media)))
    if recordings is not None:
        recordings.copy()
    return out, ready


def _writer(out: Outgoing) -> Writer:
    uri = out.reading.layout.get("namespace", PROJECT.namespace) if out.tool is None else PROJECT.namespace
    upper = out.tool is not None and out.tool.upper
    return Writer(PROJECT.element, uri, study=out.study.id, faithful=out.tool is None, upper=upper, shared=out.shared)


def _put(archive: ZipFile, name: str, payload: Media | bytes, packed: bool) -> None:
    if isinstance(payload, Media):
        copy_member(payload, archive, name, packed=packed)
    else:
        archive.writestr(member(name, packed=packed), payload)


def _losses(out: Outgoing, writer: Writer) -> list[Loss]:
    lost = out.told.told([*out.lost, *writer.lost])
    carried = () if out.tool is None else not_carried(out.study, out.tool, set(lost))
    return [*losses(lost, out.told.renamed | writer.renamed, PROJECT, out.members.outside, REASONS), *out.members.wanting, *carried]


# ---- recognising ----
def sniff_qdpx(path: Path, head: bytes) -> bool:
    """Whether a file is a ZIP file with a project in it."""
    if not head.startswith((b"PK\3\4", b"PK\5\6")):
        return False
    try:
        with opened(path) as archive:
            return any(n.casefold().endswith(".qde") for n in archive.namelist())
    except ReadError:
        return False


sniff_qde = sniffed(PROJECT)
"""Whether a file is XML whose root is a project."""
