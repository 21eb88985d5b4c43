"""Sources: the items of data, of five kinds; and the transcripts of recordings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

from attrs import define, field

from qualdata.model.base import REF, Dated, Thing, in_units
from qualdata.model.coding import Coding
from qualdata.model.excerpt import Excerpt
from qualdata.model.media import Media
from qualdata.model.spans import AreaSpan, PageSpan, Span, TextSpan, TimeSpan, TranscriptSpan
from qualdata.model.variable import Value

__all__ = ["AnySource", "AudioSource", "MediaSource", "PdfSource", "PictureSource", "Source", "SyncPoint", "TextSource", "Transcript", "VideoSource", "Written", "holders"]


Access = Literal["open", "registered", "restricted", "closed"]
Relation = Literal["transcript", "translation", "anonymised", "corrected", "summary"]
Role = Literal["participant", "interviewer", "moderator", "interpreter", "unknown"]


class Written:
    """What has a text: inline, or in a file that is opened when the text is asked for."""

    if TYPE_CHECKING:  # a class with slots can have one base with fields, so each class that has a text declares these itself
        _text: str | None
        path: str | None
        stored: Media | None
        rich_path: str | None
        rich: Media | None
    else:
        __slots__ = ()

    @property
    def text(self) -> str | None:
        """The text, without a byte order mark, newlines as they are; None where there is none.

        Raises MediaError when its file is gone. Setting it keeps it inline from then on.
        """
        return self._text if self.stored is None else self.stored.text

    @text.setter
    def text(self, text: str | None) -> None:
        self._text, self.path, self.stored = text, None, None

    @property
    def rich_identity(self) -> object:
        """What two formatted texts are compared by."""
        return identity(self.rich_path, self.rich)

    def find(self, words: str, start: int = 0) -> TextSpan | None:
        """Where words first stand in the text, from position *start* on; None where they do not.

        >>> qualdata.TextSource(text="Tea 🍵, then bread").find("bread")
        TextSpan(start=12, end=17)
        """
        at = (self.text or "").find(words, start)
        return None if at < 0 else TextSpan(at, at + len(words))


@define(kw_only=True, eq=False, repr=False)
class Source(Dated):
    """One item of data. REFI-QDA 1.5, clauses 3.14 and 9."""

    name: str | None = None
    """Its name; several sources may share one."""
    description: str | None = None
    """A comment on it."""
    access: Access | None = None
    """Who may see it."""
    language: str | None = None
    """Its language (BCP 47, as `en-AU`)."""
    derived_from: str | None = field(default=None, metadata=REF)
    """Id of the source it was made from."""
    relation: Relation | None = None
    """What it is to that source."""
    excerpts: list[Excerpt] = field(factory=list)
    """Its parts that were marked, coded or not."""
    codings: list[Coding] = field(factory=list)
    """Codes laid on it as a whole."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""
    values: list[Value] = field(factory=list)
    """Its attributes."""

    def excerpt(self, start: int | Span | None, end: int | None = None, *, name: str | None = None) -> Excerpt:
        """Mark a part, and return the excerpt: from two positions, or from a span as `find` gives.

        Positions are code points in a text, milliseconds in a recording. Raises ValueError where
        there is nothing to mark, or the span is of another kind of source.

        >>> talk = qualdata.TextSource(name="Talk", text="I garden. My neighbours help.")
        >>> talk.excerpt(talk.find("My neighbours")).span
        TextSpan(start=10, end=23)
        """
        made = Excerpt(span=self._span(start, end), name=name)
        self.excerpts.append(made)
        return made

    def _span(self, start: int | Span | None, end: int | None) -> Span:
        allowed = SPANS.get(type(self))
        if allowed is None:
            raise ValueError(f"A {type(self).__name__} is no kind of source that can be marked; take a PictureSource, a TextSource or another.")
        if isinstance(start, int) and isinstance(end, int) and allowed in (TextSpan, TimeSpan):
            if not 0 <= start <= end:
                raise ValueError(f"An excerpt cannot go from {start} to {end}: it begins at 0 or later and ends where it begins or later.")
            return TextSpan(start, end) if allowed is TextSpan else TimeSpan(start, end)
        if isinstance(start, allowed) and end is None:
            return start
        if start is None:
            raise ValueError("There is nothing to mark: the words were not found.")
        positions = " or two positions" if allowed in (TextSpan, TimeSpan) else ""
        raise ValueError(f"A {type(self).__name__} is marked with {'an' if allowed is AreaSpan else 'a'} {allowed.__name__}{positions}.")


@define(kw_only=True, eq=False, repr=False)
class Speaker(Thing):
    """Someone who talks in a text."""

    label: str
    """What stands before their words, as `P07` or `Interviewer`."""
    role: Role = "unknown"
    """What they are there."""
    case: str | None = field(default=None, metadata=REF)
    """Id of the case they are."""


@define(kw_only=True, eq=False, repr=False)
class Turn(Thing):
    """What one speaker says before another does."""

    speaker: str = field(metadata=REF)
    """Id of the speaker."""
    span: TextSpan
    """Where it stands in the text, its label left out."""
    time: TimeSpan | None = None
    """When it was said, in the recording."""


@define(kw_only=True, eq=False, repr=False)
class TextSource(Source, Written):
    """A text: a transcript, field notes, a survey answer (clauses 9.1.2 and 9.1.3)."""

    _text: str | None = field(default=None, metadata={"compare": "text"})
    """The text itself, when it is kept here."""
    path: str | None = field(default=None, eq=False)
    """Where its file is, as written: `internal://NAME`, or None when the text is kept here."""
    stored: Media | None = field(default=None, eq=False)
    """The file, when the text is kept in one that is there."""
    rich_path: str | None = field(default=None, metadata={"compare": "rich_identity"})
    """Where the same text with its formatting is (a .docx), as written."""
    rich: Media | None = field(default=None, eq=False)
    """The file of the text with its formatting, when it is there."""
    speakers: list[Speaker] = field(factory=list)
    """Who talks in it."""
    turns: list[Turn] = field(factory=list)
    """Who talks when, in the order of the text."""

    def detect_turns(self, patterns: Iterable[str] | None = None, *, least: int = 2) -> list[Turn]:
        """Find speakers and turns by the labels that lines begin with, as `P07:`; each must begin *least* lines.

        Words after a label that stands alone belong to no one; see `qualdata.model.turns`. Raises ValueError
        where there are turns already.
        """
        from qualdata.model.turns import LABELS, detect_turns

        return detect_turns(self, LABELS if patterns is None else patterns, least=least)


@define(kw_only=True, eq=False, repr=False)
class SyncPoint(Thing):
    """A moment of a recording and its place in the transcript (clause 3.15)."""

    time: int | None = field(default=None, metadata=in_units("milliseconds"))
    """Milliseconds from the start of the recording."""
    position: int | None = field(default=None, metadata=in_units("Unicode code points"))
    """Code points into the transcript's text."""


@define(kw_only=True, eq=False, repr=False)
class Transcript(Dated, Written):
    """A recording in words, tied to its time by sync points (clause 3.16)."""

    name: str | None = None
    """Its name."""
    description: str | None = None
    """A comment on it."""
    _text: str | None = field(default=None, metadata={"compare": "text"})
    """The text itself, when it is kept here."""
    path: str | None = field(default=None, eq=False)
    """Where its file is, as written."""
    stored: Media | None = field(default=None, eq=False)
    """The file, when the text is kept in one that is there."""
    rich_path: str | None = field(default=None, metadata={"compare": "rich_identity"})
    """Where the same text with its formatting is, as written."""
    rich: Media | None = field(default=None, eq=False)
    """The file of the text with its formatting, when it is there."""
    sync_points: list[SyncPoint] = field(factory=list)
    """Where the text stands in the time of the recording."""
    excerpts: list[Excerpt] = field(factory=list)
    """Its parts that were marked, each between two sync points."""
    memos: list[str] = field(factory=list, metadata=REF)
    """Ids of the memos about it."""


@define(kw_only=True, eq=False, repr=False)
class MediaSource(Source):
    """A source that is a file of its own: a picture, a PDF, a recording."""

    path: str | None = field(default=None, metadata={"compare": "media_identity"})
    """Where its file is, as written: `internal://NAME`, `relative:///PATH` or `absolute:///PATH` (clause 8.3)."""
    current_path: str | None = None
    """Where the file was before it was packed, as written."""
    media: Media | None = field(default=None, eq=False)
    """The file, when it is there."""

    @property
    def media_identity(self) -> object:
        """What two files are compared by."""
        return identity(self.path, self.media)


@define(kw_only=True, eq=False, repr=False)
class PictureSource(MediaSource):
    """A picture (clause 9.1.5)."""

    representation: TextSource | None = None
    """A description of it in words."""


@define(kw_only=True, eq=False, repr=False)
class PdfSource(MediaSource):
    """A PDF document (clause 9.1.4)."""

    representation: TextSource | None = None
    """Its text; text excerpts of the PDF stand there (clause 10.3)."""


@define(kw_only=True, eq=False, repr=False)
class AudioSource(MediaSource):
    """A sound recording (clause 9.1.6)."""

    transcripts: list[Transcript] = field(factory=list)
    """Its transcripts."""


@define(kw_only=True, eq=False, repr=False)
class VideoSource(MediaSource):
    """A video recording (clause 9.1.6)."""

    transcripts: list[Transcript] = field(factory=list)
    """Its transcripts."""


AnySource = TextSource | PictureSource | PdfSource | AudioSource | VideoSource

SPANS: dict[type, type[TextSpan | TimeSpan | AreaSpan | PageSpan | TranscriptSpan]] = {
    TextSource: TextSpan,
    PictureSource: AreaSpan,
    PdfSource: PageSpan,
    AudioSource: TimeSpan,
    VideoSource: TimeSpan,
    Transcript: TranscriptSpan,
}
"""The kind of span by which each kind of source is marked."""


def holders(source: Source) -> Iterator[Source | Transcript]:
    """A source and all within it that excerpts can stand in: representations, and transcripts."""
    yield source
    for excerpt in source.excerpts:
        if excerpt.representation is not None:
            yield from holders(excerpt.representation)
    representation: TextSource | None = getattr(source, "representation", None)
    if representation is not None:
        yield from holders(representation)
    transcripts: list[Transcript] = getattr(source, "transcripts", [])
    yield from transcripts


def identity(path: str | None, media: Media | None) -> object:
    """What a file is compared by: its bytes where it is there, else its path unless that only says where in the study it was stored.

    A formatted text that was made from the plain one says nothing of its own.
    """
    if media is not None:
        return None if media.derived else media
    return None if path is None or "://" not in path or path.startswith("internal://") else path
