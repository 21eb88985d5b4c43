"""A dataset: a study with the file it came from, as the rules look at it. What several rules need is made once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from attrs import define, evolve, field

from qualdata.errors import QualdataError
from qualdata.formats.zip import check_size
from qualdata.model.base import Part, Thing
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.media import Media
from qualdata.model.source import MediaSource, holders
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study
from qualdata.model.tree import Tree
from qualdata.rules.dates import days
from qualdata.rules.digits import digits
from qualdata.rules.extensions import Extensions
from qualdata.rules.files import Files
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.identifiers import found
from qualdata.rules.index import Index
from qualdata.rules.passages import Passages
from qualdata.rules.places import Places, called
from qualdata.rules.profile import Profile
from qualdata.rules.rule import Kind
from qualdata.rules.terms import Terms

__all__ = ["Dataset"]

Sign = tuple[int, str]
"""Where in a text something stands, and what it may be."""
_KEPT: Final = 1 << 24
"""How many characters of texts are kept at most."""
_AROUND: Final = 30
_NEAR: Final = 300
"""How far around words that are shown nothing may stand that would give someone away: cut off, or with brackets in it, it would not be known."""
_CLOSED: Final = ("closed", "restricted")


@define(kw_only=True, eq=False, slots=False)
class Dataset:
    """What rules look at."""

    study: Study = field(factory=Study)
    """The study; an empty one where it could not be read."""
    kind: Kind = "study"
    """What it is."""
    format: str = ""
    """Name of the format of its file."""
    path: Path | None = None
    """Its file or folder; None for a study that was handed over."""
    read: bool = True
    """Whether the study could be read."""
    readable: bool = True
    """Whether it could be looked at, at all."""
    files: Files = field(factory=Files)
    """What lies in its folder or ZIP file."""
    entries: list[dict[str, Any]] = field(factory=list)
    """What `study.json` says of the files of the package."""
    xml: bytes | None = field(default=None, repr=False)
    """The XML of a project, unless it is too large to be kept."""
    target: str | None = None
    """The program that it is to be written for, where one was named."""
    terms: Terms = field(factory=Terms)
    """What must not stand in the dataset: the terms of the lists of the profile, and of one that was given."""
    concealed: set[str] = field(factory=set)
    """Labels that rules found to give someone away, so that no report shows them."""
    extensions: Extensions = field(factory=Extensions)
    """The schemas of extensions that were given."""
    profile: Profile | None = None
    """The profile that was asked for."""
    notes: dict[str, list[tuple[Where, str]]] = field(factory=dict)
    """What was found before any rule looked, by the id of the rule it bears on."""
    _passages: dict[int, Passages] = field(factory=dict, init=False, repr=False)
    _texts: OrderedDict[int, str | None] = field(factory=OrderedDict, init=False, repr=False)
    _size: int = field(default=0, init=False, repr=False)

    # ---- what was found on opening ----
    def note(self, rule: str, where: Where, message: str) -> None:
        """Keep what was found on opening, for the rule that tells it."""
        self.notes.setdefault(rule, []).append((where, message))

    def noted(self, rule: str) -> Iterator[tuple[Where, str]]:
        """What was found on opening that bears on a rule."""
        return iter(self.notes.get(rule, ()))

    # ---- places ----
    def at(self, part: Part, within: Any = None, words: str | None = None) -> Where:
        """The place of a part of the study, for a finding.

        *within* is the source, memo or transcript it stands in, if that is known; *words* are those to show, where that is safe.
        """
        kind, name = called(part)
        id = part.id if isinstance(part, Thing) else None
        holder = within or self.places.holder(part)
        if name is not None and isinstance(part, Excerpt) and not self.shows(name, holder):
            name = None
        file = self.file_of(holder if holder is not None else part)
        path = self.places.path(part, within) if self.kind != "refi" else None
        if name is None and isinstance(part, Excerpt | Coding) and holder is not None:
            around, name = called(holder)
            kind = f"{kind} of {around}" if name else f"{kind} of a {around}"
        return Where(file=file, path=path, id=id, kind=kind, name=name, words=words)

    def at_places(self, holder: Any, text: str, places: Iterable[int]) -> Iterator[Where]:
        """Places in a text, each with its line; the words are not shown. Fast if the places come in their order."""
        where, line, last = self.at(holder), 1, 0
        for place in places:
            line, last = (line, last) if place >= last else (1, 0)
            line, last = line + text.count("\n", last, place), place
            yield evolve(where, line=line)

    def at_file(self, name: str, line: int | None = None) -> Where:
        """The place of a file, or of a line in it."""
        return evolve(self.at_entry(name), file=name, line=line)

    def at_signs(self, holder: Any, signs: list[Sign]) -> Iterator[tuple[Where, str]]:
        """Where signs in a text stand, each with what it may be."""
        places = self.at_places(holder, self.text(holder) or "", (at for at, _ in signs)) if signs else ()
        return ((where, kind) for where, (_, kind) in zip(places, signs, strict=True))

    def at_entry(self, name: str) -> Where:
        """The place of what `study.json` says of a file, where its name must not be shown."""
        number = next((number for number, entry in enumerate(self.entries) if entry.get("path") == name), None)
        return nowhere if number is None else Where(path=f"files[{number}]")

    def at_id(self, id: str, line: int | None = None) -> Where:
        """The place of the thing with an id."""
        thing = self.study.get(id)
        where = Where(id=id) if thing is None else self.at(thing)
        return where if line is None else Where(file=self.document, line=line, path=where.path, id=where.id, kind=where.kind, name=where.name)

    @property
    def document(self) -> str | None:
        """The name of the file that the study stands in: `study.json`, `project.qde` or a bare file's own."""
        if self.kind == "refi" and self.study.reading is not None:
            name: str = self.study.reading.layout.get("project", "")
            return name if name in self.files else self.path.name if self.path else None
        return "study.json" if self.kind == "package" else None

    def file_of(self, part: Any) -> str | None:
        """The name in the dataset of the file that a source, memo, transcript or document is kept in."""
        media: Media | None = getattr(part, "media", None) or getattr(part, "stored", None)
        return None if media is None else self.file_name(media)

    def file_name(self, media: Media) -> str:
        """The name of a file in the dataset."""
        if media.member is None and self.path is not None and media.store.is_relative_to(self.path):
            return media.store.relative_to(self.path).as_posix()
        return media.member or media.name

    @cached_property
    def places(self) -> Places:
        """Where the parts of the study stand in its document."""
        return Places(self.index)

    @cached_property
    def listed(self) -> dict[str, dict[str, Any]]:
        """What `study.json` says of each file, by its path."""
        return {entry["path"]: entry for entry in self.entries if isinstance(entry.get("path"), str)}

    # ---- what is in the study ----
    @cached_property
    def index(self) -> Index:
        """All things of the study, by their id."""
        return Index(self.study)

    @cached_property
    def codes(self) -> Tree[Code]:
        """The codes as a tree."""
        return self.study.code_tree

    @cached_property
    def holders(self) -> list[Any]:
        """All that excerpts can stand in: sources, memos, representations and transcripts."""
        return [holder for source in (*self.study.sources, *self.study.memos) for holder in holders(source)]

    @cached_property
    def texts(self) -> list[Any]:
        """Those of them that have a text: text sources, memos, representations and transcripts."""
        return [holder for holder in self.holders if not isinstance(holder, MediaSource)]

    @cached_property
    def data_texts(self) -> list[Any]:
        """The texts that are data: all but memos."""
        return [holder for source in self.study.sources for holder in holders(source) if not isinstance(holder, MediaSource)]

    @cached_property
    def codings(self) -> list[tuple[Coding, Excerpt | None, Any]]:
        """All codings, each with the excerpt it stands on (None on a whole source) and the source, memo or transcript of that."""
        whole = ((coding, None, holder) for holder in self.holders for coding in getattr(holder, "codings", ()))
        return [*whole, *((coding, excerpt, holder) for holder in self.holders for excerpt in holder.excerpts for coding in excerpt.codings)]

    @cached_property
    def _access(self) -> dict[int, str | None]:
        sources = (*self.study.sources, *self.study.memos)
        return {id(holder): getattr(holder, "access", None) or source.access for source in sources for holder in holders(source)}

    def access(self, holder: Any) -> str | None:
        """The access level of a source or memo, also of a text that belongs to it; None where it has none of its own."""
        return self._access.get(id(holder))

    def passages(self, holder: Any) -> Passages:
        """The passages that are marked in the text of a source, memo, representation or transcript."""
        key = id(holder)
        if key not in self._passages:
            self._passages[key] = Passages.of(holder)
        return self._passages[key]
    # ---- texts ----
    def text(self, holder: Any) -> str | None:
        """The text of a source, memo, representation or transcript; None where there is none, or it cannot be opened safely.

        Texts from files are kept only up to a size, so go through the texts of a study one after the other.
        """
        if holder.stored is None:
            inline: str | None = holder.text
            return inline
        key = id(holder)
        if key not in self._texts:
            self._keep(key, _decoded(holder.stored, hashed=self.kind == "package"))
        return self._texts[key]

    @cached_property
    def signs(self) -> list[tuple[Any, list[Sign], list[Sign]]]:
        """The texts that hold what may give someone away: signs of a person, and days. Digits, around which both stand, are looked for once."""
        told = ((holder, text, digits(text)) for holder in self.data_texts if (text := self.text(holder)))
        looked = ((holder, sorted(found(text, runs)), sorted(days(text, runs))) for holder, text, runs in told)
        return [(holder, people, named) for holder, people, named in looked if people or named]

    def _keep(self, key: int, text: str | None) -> None:
        self._texts[key] = text
        self._size += len(text or "")
        while self._size > _KEPT and len(self._texts) > 1:
            self._size -= len(self._texts.popitem(last=False)[1] or "")

    def at_words(self, excerpt: Excerpt, holder: Any) -> Where:
        """The place of an excerpt of a text, with its words in brackets and some around them, where they may be shown."""
        span, text = excerpt.span, self.text(holder)
        if text is None or not isinstance(span, TextSpan):
            return self.at(excerpt, holder)
        start, end = max(span.start, 0), max(span.end, 0)
        near = text[max(start - _NEAR, 0) : end + _NEAR] if end - start < _NEAR else f"{text[max(start - _NEAR, 0) : start + _NEAR]}\n{text[end - _NEAR : end + _NEAR]}"
        return self.at(excerpt, holder, _words(text, start, end) if self.shows(near, holder) else None)

    def shows(self, words: str, holder: Any) -> bool:
        """Whether a report may show words from a text: not those of one that is closed or restricted, nor what may give someone away."""
        access = self.access(holder) or self.study.access
        return access not in _CLOSED and not (self.terms.found(words) or any(found(words)) or any(days(words)))


def _words(text: str, start: int, end: int) -> str:
    there = text[start:end]
    there = there if len(there) <= 2 * _AROUND else f"{there[:_AROUND]}…{there[-_AROUND:]}"
    return " ".join(f"{text[max(start - _AROUND, 0) : start]}[{there}]{text[end : end + _AROUND]}".split())


def _decoded(media: Media, hashed: bool) -> str | None:
    try:
        check_size(media)
        return media.decode(hashed=hashed)
    except QualdataError:  # that the file cannot be opened is found by the rules about files
        return None
