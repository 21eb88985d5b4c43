"""REFI-QDA files: what the standard asks of a project or a codebook, beyond what holds for every study."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from qualdata.errors import QualdataError
from qualdata.formats import write
from qualdata.formats.refi.names import is_guid
from qualdata.formats.refi.structure import problems
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.source import TextSource
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.ranges import outside
from qualdata.rules.rule import Found, rule

__all__: list[str] = []

_LARGEST: Final = (1 << 31) - 1
"""Bytes that a file in a project may have (clause 8.5)."""


@rule("refi-structure-invalid", "error", over=("refi",))
def structure_invalid(data: Dataset) -> Found:
    """The XML is not built as REFI-QDA asks (Project.xsd, Codebook.xsd).

    Other programs may refuse the file, or leave out what they do not understand without saying so.

    Tell the makers of the program that wrote it. `qualdata convert FILE NEW.qdpx` writes it anew in good form, and says what it leaves out.
    """
    if data.path is None or data.format not in ("qdpx", "qde", "qdc"):
        yield from data.noted("refi-structure-invalid")
        return
    no_guids = [f" {where.id!r}; " for where, _ in data.noted("refi-guid-invalid")]  # a rule of its own tells those
    try:
        for problem in problems(data.path if data.xml is None else BytesIO(data.xml), guids=not _all_guids(data)):
            if any(id in problem.message for id in no_guids):
                continue
            where = Where(file=data.document, line=problem.line) if problem.id is None else data.at_id(problem.id, problem.line)
            yield where, problem.message.rstrip(".")
    except QualdataError as error:
        yield Where(file=data.document, line=error.line), error.message.rstrip(".")


def _all_guids(data: Dataset) -> bool:
    """Whether all GUIDs that were read have the right form."""
    written = data.index.references
    return not data.notes.get("refi-guid-invalid") and all(map(is_guid, chain(written.good, (wrong.id for wrong in written.wrong))))


@rule("refi-guid-reused", "error", over=("refi",), instead_of="ref-duplicate-id")
def guid_reused(data: Dataset) -> Found:
    """A GUID is given to two things.

    What refers to it means one of them, and programs differ in which they take. Of a passage in a PDF that is marked in the page and
    in its text, ATLAS.ti gives both one GUID; that is told as a warning.

    Export the project again; if it stays, tell the makers of the program. qualdata tells them apart by a #2 and writes them as they were.
    """
    for where, message in data.noted("refi-guid-reused"):
        if where.id is not None and _is_twin(data, where.id):
            yield where, message, "warning"
        else:
            yield where, message


def _is_twin(data: Dataset, id: str) -> bool:
    """Whether a thing with a #2 is the mark in the text of a PDF that the first one is in its page, or a coding there."""
    first, second = data.study.get(id.rpartition("#")[0]), data.study.get(id)
    if type(first) is not type(second) or not isinstance(first, Excerpt | Coding):
        return False
    holders = [data.places.holder(thing) for thing in (first, second)]
    return any(getattr(one, "representation", None) is other for one, other in (holders, holders[::-1]))


@rule("refi-guid-invalid", "error", over=("refi",))
def guid_invalid(data: Dataset) -> Found:
    """An id is no GUID.

    REFI-QDA takes only GUIDs (clause 3.7), and programs fail on others.

    Export the project again, or let qualdata write it anew: it gives each such id a GUID, the same each time.
    """
    return data.noted("refi-guid-invalid")


@rule("refi-namespace", "warning", over=("refi",))
def namespace(data: Dataset) -> Found:
    """The XML is in the namespace of another version of REFI-QDA, or in none.

    Programs that look at it will not know the file.

    Export it with a newer version of the program, or let qualdata write it anew.
    """
    return data.noted("refi-namespace")


@rule("refi-container-name", "info", over=("refi",))
def container_name(data: Dataset) -> Found:
    """The project in a `.qdpx` is not named `project.qde`, or the folder of its files not `sources`.

    The standard asks for these names (clause 8.1), and some programs look for them alone.

    If a program refuses the file, let qualdata write it anew.
    """
    return data.noted("refi-container-name")


@rule("refi-source-path", "warning", over=("refi",))
def source_path(data: Dataset) -> Found:
    """The path of a file is written without `internal://`.

    A program that keeps to the standard (clause 8.3) will not find the file.

    Let qualdata write the project anew.
    """
    return data.noted("refi-source-path")


@rule("refi-source-missing", "error", over=("refi",), instead_of="pkg-file-missing")
def source_missing(data: Dataset) -> Found:
    """A file that the project names is not there.

    Its text cannot be shown, and no code can be seen on its words.

    Export the project again with all files included, or give the folder they are in: `--sources FOLDER`.
    """
    return data.noted("refi-source-missing")


@rule("refi-source-orphan", "warning", over=("refi",), instead_of="pkg-file-unlisted")
def source_orphan(data: Dataset) -> Found:
    """There is a file in the project that nothing in it refers to.

    It may be left over, or have got there by mistake; nothing says what it is, and who may see it.

    Look what it is. If it does not belong there, delete it in the program and export again.
    """
    return data.noted("refi-source-orphan")


@rule("refi-text-both-or-neither", "error", over=("refi",))
def text_both_or_neither(data: Dataset) -> Found:
    """A text source has its text twice, inside and in a file, or not at all.

    The standard asks for one of them (clause 9.1.2). Programs differ in which they take, and positions fit only one.

    Export the project again; if it stays, tell the makers of the program.
    """
    for source in (*data.study.sources, *data.study.memos):
        if isinstance(source, TextSource):
            inside = source._text is not None
            if inside and source.path:
                yield data.at(source), "its text stands in the project and in a file as well"
            elif not inside and source.path is None:
                yield data.at(source), "it has no text, neither in the project nor in a file"


@rule("refi-range-invalid", "error", over=("refi",), instead_of="exc-range-invalid")
def range_invalid(data: Dataset) -> Found:
    """A selection ends before it begins, or reaches beyond its source.

    It cannot be shown, and the codings on it stand on nothing, or on other words than the coder meant.

    Look up the passage in the program it comes from, mark it again, and export anew.
    """
    yield from data.noted("refi-range-invalid")
    yield from ((where, message) for where, message in data.noted("exc-range-invalid") if "inside a character" in message)
    for holder in data.holders:
        for excerpt, why in outside(data, holder):
            yield data.at(excerpt, holder), why


@rule("refi-user-dangling", "warning", over=("refi",))
def user_dangling(data: Dataset) -> Found:
    """Something is by a user who is not in the project.

    Who coded or wrote it is not known, and agreement between coders cannot be computed.

    Export the project again with its users; QualCoder names no one for the project itself, which does no harm.
    """
    for wrong in data.index.references.wrong:
        if wrong.target is None and wrong.field in ("created_by", "modified_by", "coder"):
            yield data.at(wrong.part), f"it is by a user {wrong.id}, who is not in the project"


@rule("refi-size-limit", "error", over=("refi",))
def size_limit(data: Dataset) -> Found:
    """A file in the project is larger than 2 GB, or a text too large to be looked into.

    The standard allows 2,147,483,647 bytes for a file inside a project (clause 8.5); programs fail on larger ones.

    Keep the recording beside the project, and export again without it; or divide the text.
    """
    yield from data.noted("refi-size-limit")
    for name, media in data.files.media.items():
        if media.size > _LARGEST:
            yield Where(file=name), f"the file {name} has {media.size:,} bytes, more than a file in a project may have"


@rule("refi-loss", "warning")
def loss(data: Dataset) -> Found:
    """The program that the study is to be written for cannot take something in.

    It is gone once the study is only there.

    Keep the study package beside what is written; `qualdata convert` names each thing that stays behind.
    """
    if data.target is None:
        return
    try:
        with TemporaryDirectory() as folder:
            losses = write(data.study, Path(folder) / "out.qdpx", target=data.target)
    except QualdataError as error:
        yield nowhere, f"the study cannot be written for {data.target}: {error.message.rstrip('.')}"
        return
    for lost in losses:
        yield nowhere, f"{lost.where} would be lost for {data.target} ({lost.kind}): {lost.why.rstrip('.')}"
