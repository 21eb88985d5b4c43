"""Sources, by what is said of them: their kind, their file, and what they belong to."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urldefrag

from qualdata.formats.webanno.files import Finding, format_of, is_readable_text
from qualdata.formats.webanno.hearing import address
from qualdata.formats.webanno.iris import is_relative, unquoted
from qualdata.formats.webanno.making import Maker
from qualdata.formats.webanno.outline import called, many
from qualdata.formats.webanno.terms import OWN
from qualdata.formats.webanno.writer import TRANSCRIPT
from qualdata.model.excerpt import Excerpt
from qualdata.model.source import AudioSource, MediaSource, PdfSource, PictureSource, SyncPoint, TextSource, Transcript, VideoSource
from qualdata.model.spans import AreaSpan, PageSpan, Span, TimeSpan

__all__ = ["Sources"]

Json = dict[str, Any]
_TYPES: Final = {"Image": PictureSource, "StillImage": PictureSource, "Sound": AudioSource, "Audio": AudioSource, "Video": VideoSource, "MovingImage": VideoSource}
_MAJOR: Final = {"image": PictureSource, "audio": AudioSource, "video": VideoSource}
_MEANT: Final = {TimeSpan: AudioSource, AreaSpan: PictureSource, PageSpan: PdfSource}
"""What is marked in this way, where nothing else says what it is."""


class Sources:
    """Makes the sources of one study, and finds their files."""

    def __init__(self, maker: Maker, finding: Finding) -> None:
        self.maker, self.finding = maker, finding
        self._within: list[tuple[Any, str]] = []

    def add(self, iri: str, entry: Json, span: Span | None = None) -> Any:
        """A source that there was not yet; *span* is how it is marked."""
        cls = _class_of(iri, entry, span)
        source = self.maker.make(cls, iri, entry)
        path = entry.get(f"{OWN}path")
        self._find(source, path if isinstance(path, str) else _path(iri))
        for point in (p for p in many(entry.get(f"{OWN}syncPoints")) if cls is Transcript and isinstance(p, dict) and address(p)):
            source.sync_points.append(self.maker.make(SyncPoint, point["id"], point))
        if (of := address(entry.get(f"{OWN}of"))) is not None or cls is Transcript:
            self._within.append((source, of or ""))
        else:
            self.maker.study.sources.append(source)
        return source

    def _find(self, source: Any, path: str | None) -> None:
        if path is None:
            return
        source.path, media = path, self.finding.find(path)
        if isinstance(source, MediaSource):
            source.media = media
        elif media is not None and not is_readable_text(media):
            self.maker.remark("pkg-file-missing", f"{media.name} is no plain text, or too large for one; it was not read", source)
        else:
            source.stored = media

    def put_within(self) -> None:
        """Put the texts that belong to something where they belong; where that is not there, among the sources."""
        for thing, of in self._within:
            above = self.maker.find(of)
            if isinstance(thing, Transcript) and isinstance(above, AudioSource | VideoSource):
                above.transcripts.append(thing)
            elif isinstance(thing, Transcript):
                self.maker.remark("ref-dangling", f"the transcript {thing.name or thing.id} belongs to no recording that is here; it was left out")
            elif isinstance(above, Excerpt | PdfSource | PictureSource) and above.representation is None:
                above.representation = thing
            else:
                self.maker.study.sources.append(thing)


def _path(iri: str) -> str | None:
    """The path of the file that an address may mean."""
    if is_relative(iri):
        return f"relative:///{unquoted(iri)}"
    return iri if "://" in iri else None


def _class_of(iri: str, entry: Json, span: Span | None) -> type[Any]:
    """What kind of source something is: by its type, its format, the ending of its address, or how it is marked."""
    kinds = [called(kind) for kind in many(entry.get("type"))]
    if TRANSCRIPT in many(entry.get("type")):
        return Transcript
    said = many(entry.get("format"))
    form = str(said[0]) if said else format_of(urldefrag(iri)[0]) or ""
    if form.partition(";")[0] == "application/pdf":
        return PdfSource
    typed = next((_TYPES[kind] for kind in kinds if kind in _TYPES), None)
    return typed or _MAJOR.get(form.partition("/")[0]) or (TextSource if "Text" in kinds else _MEANT.get(type(span), TextSource))
