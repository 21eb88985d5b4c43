"""REFI-QDA projects: `.qdpx`, a ZIP file of one `project.qde` and the files of its sources, and the bare `.qde`.

**What it is.** The exchange format of the Rotterdam Exchange Format Initiative (REFI-QDA 1.5), which NVivo, ATLAS.ti,
MAXQDA, QualCoder and others write and read. `project.qde` is XML in the namespace `urn:QDA-XML:project:1.0`; the files
lie in a flat folder `sources/`, named by GUID.

**Reading.** All of the standard is read. What it does not know stays in the `extra` of the thing it stood in. Containers
are read tolerantly: any folder, any name of the `.qde`, paths without `internal://`, GUIDs in braces or in another case,
children in another order; each is a remark in `study.reading`. Positions are turned into code points, by what is known of
the program that wrote the file and by what the file itself shows.

**Writing.** Targets: `standard` counts code points and puts texts into files; `nvivo` and `nvivo-mac` count UTF-16 code
units and lay the files out as NVivo does; `as-read` keeps everything that the file said. Bytes of files are never changed.

**Interviews, themes and points** travel as variables, sets and notes that can be read in any program, and come back
as what they are: see `conventions`.

**What is lost.** Whatever else the model has beyond the standard (a code's rules of use, kinds of cases and memos, roles
of contributors, documents) has no place in it, and ids that are no GUIDs are replaced. `write` returns each as a `Loss`.
"""

from __future__ import annotations

from pathlib import Path
from pyexpat import ExpatError, ParserCreate
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from qualdata.errors import QualdataError, ReadError, WriteError
from qualdata.formats.refi import binding
from qualdata.formats.refi.container import Container
from qualdata.formats.refi.conventions import Carried, carried, taken_back
from qualdata.formats.refi.events import no_doctype
from qualdata.formats.refi.incoming import complete
from qualdata.formats.refi.losses import losses
from qualdata.formats.refi.outgoing import Outgoing
from qualdata.formats.refi.reader import Reader
from qualdata.formats.refi.tools import AS_READ, Tool, is_marker, target_named, target_names
from qualdata.formats.refi.writer import Writer
from qualdata.formats.zip import check_size, copy_member, member, opened
from qualdata.model.loss import Loss
from qualdata.model.media import Media
from qualdata.model.reading import Remark
from qualdata.model.study import Study

__all__ = ["read_qde", "read_qdpx", "sniff_qde", "sniff_qdpx", "target_names", "write_qde", "write_qdpx"]

QDPX: Final = "qdpx"
QDE: Final = "qde"
_HEAD: Final = 1 << 20


# ---- reading ----
def read_qdpx(path: Path, sources: Path | None = None) -> Study:
    """The study in a `.qdpx`. Raises ReadError."""
    with opened(path) as archive:
        container = Container(path, archive, sources)
        project = container.media[container.project]
        check_size(project)
        with project.open() as file:
            return _read(file, QDPX, container)


def read_qde(path: Path, sources: Path | None = None) -> Study:
    """The study in a bare `.qde`; its files are looked for in the folder *sources* only. Raises ReadError."""
    with path.open("rb") as file:
        return _read(file, QDE, Container(path, None, sources))


def _read(file: IO[bytes], format: str, container: Container) -> Study:
    try:
        uri, head = _namespace(file)
        reader = Reader(binding.ROOT, binding.PROJECT, uri)
        study: Study = reader.parse(_Rejoined(head, file))
        assert study.reading is not None
        study.reading.format = format
        if uri != binding.NAMESPACE:
            study.reading.remarks.append(Remark("refi-namespace", f"the namespace is {uri or 'missing'}, not {binding.NAMESPACE}; it was read as if it were", 1))
        complete(study, reader, container)
        study = taken_back(study)
    except QualdataError as error:
        if error.path is None:
            error.path = str(container.path)
        raise
    return study


class _Rejoined:
    """A stream whose first bytes were already taken."""

    def __init__(self, head: bytes, file: IO[bytes]) -> None:
        self.head, self.file = head, file

    def read(self, size: int = -1) -> bytes:
        """The bytes that were taken, then the others."""
        if self.head:
            head, self.head = self.head, b""
            return head
        return self.file.read(size)


def _namespace(file: IO[bytes]) -> tuple[str, bytes]:
    """The namespace of a project's root, and the bytes taken to find it. Raises ReadError for another root."""
    root: list[str] = []
    parser = ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda name, attributes: root.append(name)
    parser.StartDoctypeDeclHandler = no_doctype
    head = b""
    while not root and len(head) < _HEAD and (block := file.read(1 << 12)):
        head += block
        try:
            parser.Parse(block, False)
        except (ExpatError, ValueError, LookupError):
            break  # the reader will say what is wrong, and where
    uri, _, name = (root or [""])[0].rpartition("}")
    if name == binding.ROOT and (not uri or uri.casefold().startswith("urn:qda-xml:project")):
        return uri, head
    if root:
        what = "a REFI-QDA codebook (.qdc), not a project" if name == "CodeBook" else f"no REFI-QDA project: it begins with <{name}>" + (f" of {uri}" if uri else "")
        raise ReadError(f"this is {what}. A project begins with <Project xmlns=\"{binding.NAMESPACE}\">.")
    return binding.NAMESPACE, head


# ---- writing ----
def write_qdpx(study: Study, path: Path, target: str | None = None) -> list[Loss]:
    """Write a `.qdpx`, and return what it could not be told. Raises WriteError."""
    tool = _tool(study, target)
    told = carried(study, faithful=tool is None)
    out = Outgoing(told.study, tool, inline=False)
    ready = told.guarded(out.prepare())
    layout = out.reading.layout if tool is None else {}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        writer = _writer(out)
        for name in _order(out, layout):
            if name == layout.get("project", "project.qde"):
                with archive.open(member(name, packed=tool is None or tool.packed), "w", force_zip64=True) as file:
                    writer.write(binding.ROOT, ready, file, layout.get("hints", ()))
            elif name.endswith("/"):
                archive.writestr(member(name, packed=False), b"")
            else:
                _put(archive, name, out.files[name], tool is None or tool.packed)
    return _losses(told, out, writer)


def write_qde(study: Study, path: Path, target: str | None = None) -> list[Loss]:
    """Write a bare `.qde`, texts inside, and return what it could not be told. Raises WriteError."""
    tool = _tool(study, target)
    told = carried(study, faithful=tool is None)
    out = Outgoing(told.study, tool, inline=True)
    ready = told.guarded(out.prepare())
    writer = _writer(out)
    with path.open("wb") as file:
        writer.write(binding.ROOT, ready, file, out.reading.layout.get("hints", ()) if out.tool is None else ())
    return _losses(told, out, writer)


def _tool(study: Study, target: str | None) -> Tool | None:
    """The row of a target; None for as-read, which means standard for a study that was never read."""
    if target == AS_READ and study.reading is not None and study.reading.layout:
        return None
    tool = target_named("standard" if target == AS_READ else target)
    if tool is None:
        raise WriteError(f"there is no target {target!r}; choose one of {', '.join(target_names())}.")
    return tool


def _writer(out: Outgoing) -> Writer:
    uri = out.reading.layout.get("namespace", binding.NAMESPACE) if out.tool is None else binding.NAMESPACE
    return Writer(binding.PROJECT, uri, study=out.study.id, faithful=out.tool is None)


def _order(out: Outgoing, layout: dict[str, Any]) -> list[str]:
    """The members in the order they are written: the file's own, then what is new."""
    project = layout.get("project", "project.qde")
    markers = [f"{out.folder}/{out.tool.marker}"] if out.tool is not None and out.tool.marker else [n for n in layout.get("members", ()) if is_marker(n)]
    for marker in markers:
        out.files.setdefault(marker, b"")
    old = [n for n in layout.get("members", ()) if n == project or n.endswith("/") or n in out.files]
    return list(dict.fromkeys([*(old or [project]), *out.files]))


def _put(archive: ZipFile, name: str, payload: Media | bytes, packed: bool) -> None:
    if isinstance(payload, Media):
        copy_member(payload, archive, name, packed=packed)
    else:
        archive.writestr(member(name, packed=packed), payload)


def _losses(told: Carried, out: Outgoing, writer: Writer) -> list[Loss]:
    return losses(told.told([*out.lost, *writer.lost]), told.renamed | writer.renamed)


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


def sniff_qde(path: Path, head: bytes) -> bool:
    """Whether a file is XML whose root is a project, or a codebook, of which the reader can say that it is none."""
    plain = head.replace(b"\0", b"")
    return any(root in plain for root in (b"<Project", b":Project", b"<CodeBook"))
