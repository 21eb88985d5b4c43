"""From a study to what a target can be told: copied where it must be otherwise, and what has no place there."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from attrs import define, field

from qualdata import __version__
from qualdata.errors import WriteError
from qualdata.formats.refi.annotations import LAYOUT, put_back, unmarked
from qualdata.formats.refi.conventions import Carried, carried
from qualdata.formats.refi.counting import Counting
from qualdata.formats.refi.events import DEPTH
from qualdata.formats.refi.members import Members
from qualdata.formats.refi.recordings import Recordings
from qualdata.formats.refi.tools import AS_READ, STANDARD, Tool, of_origin, target_named, target_names
from qualdata.formats.refi.twins import shared, untold
from qualdata.model.base import not_xml
from qualdata.model.copying import shallow
from qualdata.model.reading import Reading
from qualdata.model.source import MediaSource, PdfSource, TextSource
from qualdata.model.study import Study

__all__ = ["FORMATS", "QDE", "QDPX", "Outgoing", "check_depth", "signature", "tool_for"]

QDPX: Final = "qdpx"
QDE: Final = "qde"
FORMATS: Final = (QDPX, QDE)
"""The names of the formats of projects."""


@define
class Outgoing:
    """What is to be written of a study for one target. The study itself is not changed."""

    study: Study
    """The study as it came."""
    tool: Tool | None
    """The row of the target; None for `as-read`, which keeps what the file said."""
    inline: bool
    """Whether there is no place for files, so that texts stand in the project itself."""
    recordings: Recordings | None = None
    """The recordings that are to lie beside the project."""
    lost: list[tuple[str, str, str]] = field(factory=list, init=False)
    """Ids of things, their classes and fields that are not written."""
    shared: Set[str] = field(init=False)
    """Ids of twins, folded, that are written as the one that they repeat."""
    told: Carried = field(init=False)
    """The study with its interviews, points and themes put into what a project has."""
    members: Members = field(init=False)
    """The files to write."""
    counting: Counting = field(init=False)
    """How the target counts in texts."""

    @shared.default
    def _as_one(self) -> Set[str]:
        return shared(self.study, self.tool)

    @told.default
    def _as_told(self) -> Carried:
        return carried(self.study, faithful=self.tool is None, shared=self.shared)

    @members.default
    def _its_members(self) -> Members:
        return Members(self.study, self.tool, self.inline, self.recordings, self.lost)

    @counting.default
    def _its_counting(self) -> Counting:
        tool = self.tool
        return Counting(tool.profile if tool else self.reading.profile, tool is not None and tool.bom, tool is None, self.lost)

    @property
    def reading(self) -> Reading:
        """How the study was read."""
        return self.study.reading or Reading()

    def prepare(self) -> Study:
        """The study to hand to the writer: a shallow copy in which only what must be otherwise is copied."""
        check_depth(self.study, above=3, what="project")
        origin = signature(self.tool) if self.tool else self.reading.origin
        study = self.told.study
        sources = [self.media_source(s) if isinstance(s, MediaSource) else self.written(s, top=True) for s in study.sources]
        notes = unmarked(study, self.lost) if self.tool is not None and self.tool.notes else study.memos
        memos = [self.written(m, top=True) for m in notes]
        if self.tool is None and (marks := self.reading.layout.get(LAYOUT)):
            sources, memos = put_back(sources, memos, marks)
        self.members.take_documents()
        self.members.check_sizes()
        ready = shallow(study, reading=Reading(origin=origin), base_path=self.base_path(), sources=sources, memos=memos, documents=[])
        return self.told.guarded(ready)

    def base_path(self) -> str | None:
        """The folder that relative paths begin in."""
        now, was = self.recordings.base_path if self.recordings else self.study.base_path, self.study.base_path
        if was not in (None, now):
            self.lost.append((self.study.id, "Study", "base_path"))
        return now

    def media_source(self, source: MediaSource) -> Any:
        """A source that is a file, copied where its path, or a text in it, is to be written otherwise."""
        changes: dict[str, Any] = {}
        source = untold(source, self.tool) if isinstance(source, PdfSource) else source
        if source.media is not None:
            changes["path"] = self.members.path_of(source.path, source.media, source)
        for name in ("representation", "transcripts"):
            inner = getattr(source, name, None)
            if inner:
                changes[name] = [self.written(t) for t in inner] if isinstance(inner, list) else self.written(inner)
        if any(e.representation for e in source.excerpts):
            changes["excerpts"] = [e if e.representation is None else shallow(e, representation=self.written(e.representation)) for e in source.excerpts]
        return _changed(source, changes)

    def written(self, holder: Any, top: bool = False) -> Any:
        """A text, a memo or a transcript, copied where its paths, positions or text are to be written otherwise."""
        changes, files = self.counting.changes(holder), self.members
        derived = holder.rich is not None and holder.rich.derived
        if self.tool is not None and (derived or (top and holder.rich_path is None)):
            changes["rich_path"] = files.path_of_word(holder)
        elif holder.rich is not None:
            changes["rich_path"] = files.path_of(holder.rich_path, holder.rich, holder, "rich_path")
        if holder.stored is not None and (holder.path is not None if self.tool is None else not self.inline):
            changes |= {"path": files.path_of(holder.path, holder.stored, holder, "text")} | ({} if self.tool is None else {"_text": None})
        elif holder.text is None or (self.tool is None and holder.path is not None and holder.stored is None):
            pass  # there is no text, or the file says where it was and what it is
        elif self.inline or self.tool is None or not (top and type(holder) is TextSource):
            changes |= self.inlined(holder)
        else:
            changes |= {"path": files.path_of_text(holder), "_text": None}
        return _changed(holder, changes)

    def inlined(self, holder: Any) -> dict[str, Any]:
        """What changes of a text that stands in the project itself."""
        text = holder.text
        if not_xml(text):
            self.lost.append((holder.id, type(holder).__name__, "text"))
            text = "".join("\ufffd" if not_xml(c) else c for c in text)
        return {"path": None, "_text": text}


def tool_for(study: Study, target: str | None) -> Tool | None:
    """The row of a target; None for as-read, which is the file itself. Raises WriteError where there is no such target.

    As-read means standard for a study that was not read from a project, and the program that the project came from for one
    that a sidecar has made whole, as that is more than the file.
    """
    reading = study.reading or Reading()
    if target == AS_READ and reading.format in FORMATS:
        tool = of_origin(reading.origin)
        return None if reading.sidecar is None else tool if tool is not None and tool.target else STANDARD
    tool = target_named("standard" if target == AS_READ else target)
    if tool is None:
        raise WriteError(f"there is no target {target!r}; choose one of {', '.join(target_names())}.")
    return tool


def check_depth(study: Study, above: int, what: str) -> None:
    """Refuse codes that stand too deep to be read back, under so many elements. Raises WriteError."""
    deepest = max((depth for _, depth in study.code_tree.walk()), default=0)
    if deepest + above > DEPTH:
        raise WriteError(f"the codes stand {deepest} deep under each other; a REFI-QDA {what} can be read back up to {DEPTH - above}. Move some of them up.")


def signature(tool: Tool) -> str:
    """What a file that is written for a tool says of who wrote it."""
    return f"qualdata {__version__} ({tool.name})"


def _changed(thing: Any, changes: dict[str, Any]) -> Any:
    changes = {k: v for k, v in changes.items() if v is not getattr(thing, k)}
    return shallow(thing, **changes) if changes else thing
