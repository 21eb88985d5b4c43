"""The files of a project on their way: which become members, under which names, and which stay outside or lie beside it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Final

from attrs import define, field

from qualdata.errors import WriteError
from qualdata.formats.refi.container import is_outside
from qualdata.formats.refi.losses import KEPT, LARGE
from qualdata.formats.refi.names import guid_for, is_guid
from qualdata.formats.refi.recordings import RECORDINGS, Recordings
from qualdata.formats.refi.tools import LARGEST_FILE, Tool, is_marker
from qualdata.formats.refi.word import can_make, word_file
from qualdata.formats.zip import safe
from qualdata.model.base import Thing
from qualdata.model.loss import Loss
from qualdata.model.media import Media
from qualdata.model.nouns import counted
from qualdata.model.reading import Reading
from qualdata.model.source import TextSource
from qualdata.model.study import Study

__all__ = ["Members"]

_FIELDS: Final = {"path": "media", "text": "text", "rich_path": "rich"}
"""For each field that says where a file is, the field in which the file is; where it lies outside, the path is not lost with it."""
_BESIDE: Final = "Put the recordings into a folder beside it: --media-folder FOLDER, in Python media=FOLDER."


@define
class Members:
    """The files of one project that is written."""

    study: Study
    """The study as it came."""
    tool: Tool | None
    """The row of the target; None for `as-read`, which keeps the names that the file had."""
    inline: bool
    """Whether there is no place for files."""
    recordings: Recordings | None
    """The recordings that are to lie beside the project."""
    lost: list[tuple[str, str, str]]
    """To which ids of things, their classes and fields are added that are not written."""
    files: dict[str, Media | bytes] = field(factory=dict, init=False)
    """The members to write, by name."""
    outside: list[tuple[str, str, str, str]] = field(factory=list, init=False)
    """As what is lost, the files that the project does not hold, each with the reason."""
    wordless: list[str] = field(factory=list, init=False)
    """Ids of texts for which the target wants a Word file that could not be made."""
    folder: str = field(init=False)
    """The folder of files."""
    _names: dict[object, str] = field(factory=dict, init=False)
    _taken: set[str] = field(factory=set, init=False)

    @folder.default
    def _its_folder(self) -> str:
        return self.tool.folder if self.tool else next((m.partition("/")[0] for m in self._layout.get("members", ()) if m.casefold().startswith("sources/")), "sources")

    @property
    def _layout(self) -> dict[str, Any]:
        return (self.study.reading or Reading()).layout

    # ---- taking in ----
    def path_of(self, path: str | None, media: Media, holder: Thing, name: str = "path") -> str | None:
        """The path to write for a file that is there: that of a member of the project, or its own if it stays outside."""
        if self.recordings is not None and isinstance(holder, RECORDINGS):
            return self.recordings.path(media, lambda: self._named(path, media, holder))
        outside, what = is_outside(path), type(holder).__name__
        if self.inline:
            self.lost.append((holder.id, what, _FIELDS[name] if outside else name))
            return path
        if outside and (why := self._stays_outside(media)):
            self.outside.append((holder.id, what, _FIELDS[name], why))
            return path
        if self.tool is None and path is not None and (member := media.as_read or self._meant(path, media)):
            self._put(member, media)
            return path
        key = (media.store, media.member)
        if key not in self._names:
            self._names[key] = self._named(path, media, holder)
            self._put(f"{self.folder}/{self._names[key]}", media)
        return f"internal://{self._names[key]}"

    def path_of_text(self, source: TextSource) -> str:
        """The path of a text that gets a file of its own."""
        text = source.text or ""
        mark = "\ufeff" if text.startswith("\ufeff") or (self.tool is not None and self.tool.bom) else ""
        return self._new(source, ".txt", (mark + text).encode())

    def path_of_word(self, holder: Any) -> str | None:
        """The path of a Word file made from a text, where the target wants one."""
        wanted = self.tool is not None and self.tool.rich and not self.inline and type(holder) is TextSource
        text = holder.text if wanted else None
        if text is None:
            return None
        if not can_make():
            self.wordless.append(holder.id)
            return None
        return self._new(holder, ".docx", word_file(text))

    def take_documents(self) -> None:
        """Files that nothing refers to travel along; a document with a role has no place."""
        for document in self.study.documents:
            media = document.media
            if document.role != "unreferenced" or media is None or self.inline:
                self.lost.append((document.id, "Study", "documents"))
                continue
            names = [media.as_read] if self.tool is None else [f"{self.folder}/{media.name}", media.as_read]
            free = next((n for n in names if n is not None and n.casefold() not in self._taken), None)
            self._put(free or f"{self.folder}/{self._unique(media.name, document)}", media)

    # ---- when all are taken in ----
    def order(self) -> list[str]:
        """Their names in the order they are written, that of the project among them: the file's own, then what is new."""
        layout = self._layout if self.tool is None else {}
        markers = [f"{self.folder}/{self.tool.marker}"] if self.tool and self.tool.marker else [n for n in layout.get("members", ()) if is_marker(n)]
        for marker in markers:
            self.files.setdefault(marker, b"")
        project = layout.get("project", "project.qde")
        old = [n for n in layout.get("members", ()) if n == project or n.endswith("/") or n in self.files]
        return list(dict.fromkeys([*(old or [project]), *self.files]))

    def check_sizes(self) -> None:
        """Raise WriteError for a file that is larger than a project may hold (clause 8.5)."""
        for payload in self.files.values() if self.tool else ():
            size = payload.size if isinstance(payload, Media) else len(payload)
            if size > LARGEST_FILE:
                source = next((s for s in self.study.sources if getattr(s, "media", None) is payload), None)
                name = (source and source.name) or (payload.name if isinstance(payload, Media) else "of a text")
                mend = _BESIDE if isinstance(source, RECORDINGS) else "Make it smaller, or take it out."
                raise WriteError(f"the file {name} has {size:,} bytes; a file in a REFI-QDA project may have {LARGEST_FILE:,} (2 GB) at most. {mend}")

    @property
    def wanting(self) -> list[Loss]:
        """What the target wants, and did not get."""
        if not self.wordless or self.tool is None:
            return []
        why = f"{self.tool.title} is reported to want one beside each text. Install python-docx (`pip install 'qualdata[transcripts]'`) to have them made."
        return [Loss("missing", (), tuple(self.wordless), f"{counted(len(self.wordless), 'TextSource')}: Word file", why)]

    # ---- names ----
    def _stays_outside(self, media: Media) -> str:
        """Why a file that lay outside does not become a member of the project; empty where it does."""
        if self.tool is None:
            return KEPT if media.as_read is None else ""
        return LARGE if media.size > LARGEST_FILE else ""

    def _meant(self, path: str, media: Media) -> str | None:
        """The member that a path of the project means, where it is to be had."""
        name = f"{self.folder}/{path.rpartition('://')[2].strip('/')}"
        return name if safe(name) and (name.casefold() not in self._taken or self.files.get(name) is media) else None

    def _new(self, holder: Thing, ending: str, data: bytes) -> str:
        """The path of a file that is made for a text."""
        name = self._unique(f"{self._guid(holder.id)}{ending}", holder)
        self._put(f"{self.folder}/{name}", data)
        return f"internal://{name}"

    def _named(self, path: str | None, media: Media, holder: Thing) -> str:
        """A file's name: a GUID and the extension it had (REFI-QDA 1.5, clause 8.4)."""
        base = PurePosixPath((path or media.name).replace("\\", "/")).name or media.name
        stem, suffix = PurePosixPath(base).stem, PurePosixPath(base).suffix or PurePosixPath(media.name).suffix
        return self._unique(f"{stem if is_guid(stem) else self._guid(holder.id)}{suffix}", holder)

    def _guid(self, id: str) -> str:
        return id.strip("{}") if is_guid(id) else guid_for(self.study.id, id)

    def _unique(self, name: str, holder: Thing) -> str:
        free = f"{self.folder}/{name}".casefold() not in self._taken
        name = name if free else f"{guid_for(self.study.id, f'{holder.id}/{name}')}{PurePosixPath(name).suffix}"
        self._taken.add(f"{self.folder}/{name}".casefold())
        return name

    def _put(self, name: str, payload: Media | bytes) -> None:
        self.files[name] = payload
        self._taken.add(name.casefold())
