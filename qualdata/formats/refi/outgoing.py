"""From a study to what a target can be told: files named, positions counted its way, and what has no place there."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Final

from attrs import define, field

from qualdata import __version__
from qualdata.errors import WriteError
from qualdata.formats.refi.annotations import LAYOUT, put_back
from qualdata.formats.refi.container import is_outside
from qualdata.formats.refi.events import DEPTH
from qualdata.formats.refi.incoming import WRITTEN
from qualdata.formats.refi.losses import KEPT, LARGE
from qualdata.formats.refi.names import guid_for, is_guid
from qualdata.formats.refi.recordings import RECORDINGS, Recordings
from qualdata.formats.refi.tools import LARGEST_FILE, Tool
from qualdata.formats.refi.twins import further, numbered
from qualdata.formats.refi.word import can_make, word_file
from qualdata.formats.zip import safe
from qualdata.model.base import Thing, fold, not_xml
from qualdata.model.copying import shallow
from qualdata.model.excerpt import Excerpt
from qualdata.model.loss import Loss
from qualdata.model.media import Media
from qualdata.model.nouns import counted
from qualdata.model.positions import Codec, Profile
from qualdata.model.reading import Reading
from qualdata.model.source import MediaSource, PdfSource, TextSource, Transcript
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study

__all__ = ["Outgoing", "check_depth", "signature"]

_FILES: Final = {"path": "media", "text": "text", "rich_path": "rich"}
"""For each field that says where a file is, the field in which the file is; where it lies outside, the path is not lost with it."""

_BESIDE = "Put the recordings into a folder beside it: --media-folder FOLDER, in Python media=FOLDER."


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
    files: dict[str, Media | bytes] = field(factory=dict, init=False)
    """The members to write, by name."""
    lost: list[tuple[str, str, str]] = field(factory=list, init=False)
    """Ids of things, their classes and fields that are not written."""
    wordless: list[str] = field(factory=list, init=False)
    """Ids of texts for which the target wants a Word file that could not be made."""
    outside: list[tuple[str, str, str, str]] = field(factory=list, init=False)
    """The same of files that the project does not hold, each with the reason."""
    shared: set[str] = field(factory=set, init=False)
    """Ids of twins, folded, that are written as the one that they repeat."""
    folder: str = field(init=False)
    """The folder of files."""
    _names: dict[object, str] = field(factory=dict, init=False)
    _taken: set[str] = field(factory=set, init=False)

    @folder.default
    def _its_folder(self) -> str:
        members = self.reading.layout.get("members", ())
        return self.tool.folder if self.tool else next((m.partition("/")[0] for m in members if m.casefold().startswith("sources/")), "sources")

    @property
    def reading(self) -> Reading:
        """How the study was read."""
        return self.study.reading or Reading()

    @property
    def profile(self) -> Profile:
        """How the target counts in texts."""
        return self.tool.profile if self.tool else self.reading.profile

    def prepare(self) -> Study:
        """The study to hand to the writer: a shallow copy in which only what must be otherwise is copied."""
        check_depth(self.study, above=3, what="project")
        origin = signature(self.tool) if self.tool else self.reading.origin
        sources = [self.source(s) for s in self.study.sources]
        memos = [self.source(m) for m in self.study.memos]
        if self.tool is None and (notes := self.reading.layout.get(LAYOUT)):
            sources, memos = put_back(sources, memos, notes)
        self.documents()
        self.check_sizes()
        return shallow(self.study, reading=Reading(origin=origin), base_path=self.base_path(), sources=sources, memos=memos, documents=[])

    # ---- sources ----
    def source(self, source: Any) -> Any:
        """A source, copied where its paths, positions or text are to be written otherwise."""
        if isinstance(source, MediaSource):
            return self.media_source(source)
        return self.written(source, top=True)

    def media_source(self, source: MediaSource) -> Any:
        changes: dict[str, Any] = {}
        source = self.without_twins(source) if isinstance(source, PdfSource) else source
        if source.media is not None:
            changes["path"] = self.file(source.path, source.media, source)
        for name in ("representation", "transcripts"):
            inner = getattr(source, name, None)
            if inner:
                changes[name] = [self.written(t) for t in inner] if isinstance(inner, list) else self.written(inner)
        if any(e.representation for e in source.excerpts):
            changes["excerpts"] = [e if e.representation is None else shallow(e, representation=self.written(e.representation)) for e in source.excerpts]
        return _changed(source, changes)

    def without_twins(self, pdf: PdfSource) -> PdfSource:
        """A PDF whose twins do not say that they are, where that is read off what is written."""
        pairs = [(twin, page) for twin, page in numbered(pdf) if self.tells_twin(twin.id, page.id)]
        known = {id(e) for e, page in (*pairs, *further(pdf, pairs)) if fold(e.same_as or "") == fold(page.id)}
        if self.tool is not None and self.tool.twins:
            self.shared |= {fold(twin.id) for twin, _ in pairs}

        def silent(excerpts: list[Excerpt]) -> list[Excerpt]:
            return [shallow(e, same_as=None) if id(e) in known else e for e in excerpts]

        text = pdf.representation
        return shallow(pdf, excerpts=silent(pdf.excerpts), representation=text and shallow(text, excerpts=silent(text.excerpts))) if known else pdf

    def tells_twin(self, twin: str, page: str) -> bool:
        """Whether the written ids say what is a twin of what."""
        return self.tool is None or (is_guid(page) is not None and (self.tool.twins or twin.endswith("#2")))

    def written(self, holder: Any, top: bool = False) -> Any:
        """A text, a memo or a transcript."""
        changes = self.positions(holder)
        derived = holder.rich is not None and holder.rich.derived
        if self.tool is not None and (derived or (top and holder.rich_path is None)):
            changes["rich_path"] = self.word(holder)
        elif holder.rich is not None:
            changes["rich_path"] = self.file(holder.rich_path, holder.rich, holder, "rich_path")
        if holder.stored is not None and (holder.path is not None if self.tool is None else not self.inline):
            changes |= {"path": self.file(holder.path, holder.stored, holder, "text")} | ({} if self.tool is None else {"_text": None})
        elif holder.text is None or (self.tool is None and holder.path is not None and holder.stored is None):
            pass  # there is no text, or the file says where it was and what it is
        elif self.inline or self.tool is None or not (top and type(holder) is TextSource):
            changes |= self.inlined(holder)
        else:
            changes |= {"path": self.new_file(holder), "_text": None}
        return _changed(holder, changes)

    def inlined(self, holder: Any) -> dict[str, Any]:
        text = holder.text
        if not_xml(text):
            self.lost.append((holder.id, type(holder).__name__, "text"))
            text = "".join("\ufffd" if not_xml(c) else c for c in text)
        return {"path": None, "_text": text}

    def positions(self, holder: Any) -> dict[str, Any]:
        """Excerpts and sync points counted the target's way, where that is another."""
        if self.profile == Profile():
            return {}
        text = holder.text
        bom = holder.stored.bom if holder.stored else self.tool is not None and self.tool.bom
        if text is None or self.profile.plain(text, bom):
            return {}
        codec = Codec(text, self.profile, bom)
        changes: dict[str, Any] = {"excerpts": [self.excerpt(e, codec) for e in holder.excerpts]}
        if isinstance(holder, Transcript):
            changes["sync_points"] = [p if p.position is None else shallow(p, position=self.units(p, codec, p.position)[0]) for p in holder.sync_points]
        return changes

    def excerpt(self, excerpt: Any, codec: Codec) -> Any:
        span = excerpt.span
        return shallow(excerpt, span=TextSpan(*self.units(excerpt, codec, span.start, span.end))) if isinstance(span, TextSpan) else excerpt

    def units(self, thing: Thing, codec: Codec, start: int, end: int | None = None) -> tuple[int, ...]:
        """Positions in the target's units: as the file wrote them where they still mean the same, else computed."""
        here = (start, start if end is None else end)
        kept = (thing.extra or {}).get(WRITTEN) if self.tool is None else None
        if kept and codec.read(kept[0], kept[-1])[: len(kept)] == here[: len(kept)]:
            return tuple(kept)
        units = codec.write(*here)
        if self.tool is not None and codec.read(*units) != (here if end is not None else (start, codec.read(*units)[1])):
            self.lost.append((thing.id, type(thing).__name__, "position" if end is None else "span"))
        return units

    # ---- files ----
    def file(self, path: str | None, media: Media, holder: Thing, name: str = "path") -> str | None:
        """The path to write for a file that is there: that of a member of the project, or its own if it stays outside."""
        if self.recordings is not None and isinstance(holder, RECORDINGS):
            return self.recordings.path(media, lambda: self.name(path, media, holder))
        outside, what = is_outside(path), type(holder).__name__
        if self.inline:
            self.lost.append((holder.id, what, _FILES[name] if outside else name))
            return path
        if outside and (why := self.stays_outside(media)):
            self.outside.append((holder.id, what, _FILES[name], why))
            return path
        if self.tool is None and path is not None and (member := media.as_read or self.free_member(path, media)):
            self.put(member, media)
            return path
        key = (media.store, media.member)
        if key not in self._names:
            self._names[key] = self.name(path, media, holder)
            self.put(f"{self.folder}/{self._names[key]}", media)
        return f"internal://{self._names[key]}"

    def stays_outside(self, media: Media) -> str:
        """Why a file that lay outside does not become a member of the project; empty where it does."""
        if self.tool is None:
            return KEPT if media.as_read is None else ""
        return LARGE if media.size > LARGEST_FILE else ""

    def free_member(self, path: str, media: Media) -> str | None:
        """The member that a path of the project means, where it is to be had."""
        name = f"{self.folder}/{path.rpartition('://')[2].strip('/')}"
        return name if safe(name) and (name.casefold() not in self._taken or self.files.get(name) is media) else None

    def base_path(self) -> str | None:
        """The folder that relative paths begin in."""
        now, was = self.recordings.base_path if self.recordings else self.study.base_path, self.study.base_path
        if was not in (None, now):
            self.lost.append((self.study.id, "Study", "base_path"))
        return now

    def check_sizes(self) -> None:
        """Raise WriteError for a file that is larger than a project may hold (clause 8.5)."""
        for payload in self.files.values() if self.tool else ():
            size = payload.size if isinstance(payload, Media) else len(payload)
            if size > LARGEST_FILE:
                source = next((s for s in self.study.sources if getattr(s, "media", None) is payload), None)
                name = (source and source.name) or (payload.name if isinstance(payload, Media) else "of a text")
                mend = _BESIDE if isinstance(source, RECORDINGS) else "Make it smaller, or take it out."
                raise WriteError(f"the file {name} has {size:,} bytes; a file in a REFI-QDA project may have {LARGEST_FILE:,} (2 GB) at most. {mend}")

    def new_file(self, source: TextSource) -> str:
        """The path of a text that gets a file of its own."""
        text = source.text or ""
        mark = "\ufeff" if text.startswith("\ufeff") or (self.tool is not None and self.tool.bom) else ""
        name = self.unique(f"{_guid(source.id, self.study.id)}.txt", source)
        self.put(f"{self.folder}/{name}", (mark + text).encode())
        return f"internal://{name}"

    def word(self, holder: Any) -> str | None:
        """The path of a Word file made from a text, where the target wants one."""
        wanted = self.tool is not None and self.tool.rich and not self.inline and type(holder) is TextSource
        text = holder.text if wanted else None
        if text is None:
            return None
        if not can_make():
            self.wordless.append(holder.id)
            return None
        name = self.unique(f"{_guid(holder.id, self.study.id)}.docx", holder)
        self.put(f"{self.folder}/{name}", word_file(text))
        return f"internal://{name}"

    @property
    def wanting(self) -> list[Loss]:
        """What the target wants, and did not get."""
        if not self.wordless or self.tool is None:
            return []
        why = f"{self.tool.title} is reported to want one beside each text. Install python-docx (`pip install 'qualdata[transcripts]'`) to have them made."
        return [Loss("missing", (), tuple(self.wordless), f"{counted(len(self.wordless), 'TextSource')}: Word file", why)]

    def name(self, path: str | None, media: Media, holder: Thing) -> str:
        """A file's name: a GUID and the extension it had (REFI-QDA 1.5, clause 8.4)."""
        base = PurePosixPath((path or media.name).replace("\\", "/")).name or media.name
        stem, suffix = PurePosixPath(base).stem, PurePosixPath(base).suffix or PurePosixPath(media.name).suffix
        return self.unique(f"{stem if is_guid(stem) else _guid(holder.id, self.study.id)}{suffix}", holder)

    def unique(self, name: str, holder: Thing) -> str:
        free = f"{self.folder}/{name}".casefold() not in self._taken
        name = name if free else f"{guid_for(self.study.id, f'{holder.id}/{name}')}{PurePosixPath(name).suffix}"
        self._taken.add(f"{self.folder}/{name}".casefold())
        return name

    def put(self, name: str, payload: Media | bytes) -> None:
        """Take a member in."""
        self.files[name] = payload
        self._taken.add(name.casefold())

    def documents(self) -> None:
        """Files that nothing refers to travel along; a document with a role has no place."""
        for document in self.study.documents:
            media = document.media
            if document.role != "unreferenced" or media is None or self.inline:
                self.lost.append((document.id, "Study", "documents"))
                continue
            names = [media.as_read] if self.tool is None else [f"{self.folder}/{media.name}", media.as_read]
            free = next((n for n in names if n is not None and n.casefold() not in self._taken), None)
            self.put(free or f"{self.folder}/{self.unique(media.name, document)}", media)


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


def _guid(id: str, study: str) -> str:
    return id.strip("{}") if is_guid(id) else guid_for(study, id)
