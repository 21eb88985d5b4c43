"""Texts: that they are what was coded, can be read, and say who speaks when."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final
from unicodedata import normalize

from qualdata.errors import QualdataError
from qualdata.model.base import fold
from qualdata.model.media import Media
from qualdata.model.nouns import counted
from qualdata.model.source import AudioSource, SyncPoint, TextSource, VideoSource
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Where
from qualdata.rules.headers import conflicts
from qualdata.rules.office import looked_into
from qualdata.rules.quoting import misquoted
from qualdata.rules.ranges import empty_but_coded
from qualdata.rules.rule import Found, rule

__all__: list[str] = []

_LINES: Final = ((b"\r\n", b"\n"), (b"\n", b"\r\n"), (b"\r", b"\n"), (b"\n", b"\r"))
"""What line ends may have been turned into, and from what."""
_mojibake = re.compile("\u00c3[\u0080-\u00bf]|\u00e2\u20ac[\u0080-\u00bf\u2018-\u2122\u0153]|\u00c2[\u00a0-\u00bf]|\u00f0\u0178").findall
"""Letters of UTF-8 that were read as Windows-1252 or Latin-1."""
_FIRST: Final = "\u00c3\u00e2\u00c2\u00f0"
"""What they begin with."""
_FEW: Final = 2
_invisible = re.compile("[\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_clock = re.compile(r"(?<![\d:.,])(?:\d{1,2}:)?\d{1,3}:(\d\d)(?![\d:])").finditer
_bracketed = re.compile(r"[\[({#<]([^\])}#>\r\n]{0,40}\d:\d\d[^\])}#>\r\n]{0,20})[\])}#>]").finditer


@rule("txt-hash-mismatch", "error", over=("package",))
def hash_mismatch(data: Dataset) -> Found:
    """A text was edited after the package was written: its bytes have another SHA-256.

    Codes stand at positions in the text; after an edit they stand on other words. Where only line ends changed, that is told as a warning.

    Put the text back as it was coded; if the change is meant, make it in the program it was coded in, and export again.
    """
    for holder in data.texts:
        name = data.file_of(holder) or ""
        sha256 = str(data.listed.get(name, {}).get("sha256", "")).lower()
        if sha256 and holder.stored is not None and _readable(holder.stored) and holder.stored.sha256 != sha256:
            if _only_line_ends(holder.stored.read(), sha256):
                yield data.at(holder), f"the line ends of the text {holder.stored.name} were changed after coding", "warning"
            else:
                yield data.at(holder), f"the text {holder.stored.name} was edited after coding{_effect(data, holder)}"


def _effect(data: Dataset, holder: Any) -> str:
    """What an edit did to the passages of a text, as far as that can be told."""
    passages = data.passages(holder)
    if wrong := sum(1 for _ in misquoted(data.text(holder) or "", passages)):
        return f"; {wrong:,} passages no longer match" if wrong > 1 else "; 1 passage no longer matches"
    if passages.excerpts and not any(excerpt.quote or excerpt.name for excerpt in passages.excerpts):
        return f"; whether {counted(len(passages.excerpts), 'Excerpt')} of it still match cannot be told, as none says its words"
    return ""


def _readable(media: Media) -> bool:
    try:
        return bool(media.sha256)
    except QualdataError:  # a rule about files tells it
        return False


def _only_line_ends(data: bytes, sha256: str) -> bool:
    forms = (data.replace(old, new) for old, new in _LINES)
    return any(hashlib.sha256(form).hexdigest() == sha256 for form in forms)


@rule("txt-empty-with-codings", "error")
def empty_with_codings(data: Dataset) -> Found:
    """A text is empty, but passages of it are coded.

    The text was lost on export: NVivo writes an empty one, without a word, where it cannot find the file.

    Open the project in the program it comes from, look for the source, and export again.
    """
    for holder in data.texts:
        if holder.excerpts and empty_but_coded(holder, data.text(holder)):
            number = sum(len(excerpt.codings) for excerpt in holder.excerpts)
            yield data.at(holder), f"the text is empty, but has {number} codings"


@rule("txt-encoding-damage", "warning")
def encoding_damage(data: Dataset) -> Found:
    """A text is not UTF-8, or letters of it were lost or turned into others when it was read in a wrong encoding.

    Names and words cannot be searched or read right, and positions may be off.

    Take the text from before it was damaged, save it as UTF-8, and import it again.
    """
    for holder in data.texts:
        text = data.text(holder)
        if not text:
            continue
        if holder.stored is not None and holder.stored.encoding != "utf-8":
            yield data.at(holder), f"the text is not UTF-8; it was read as {holder.stored.encoding}"
        lost = text.count("\ufffd")
        wrong = len(_mojibake(text)) if any(first in text for first in _FIRST) else 0
        if lost:
            yield data.at(holder), f"{lost} characters were lost: U+FFFD stands in their place"
        if wrong > _FEW:
            yield data.at(holder), f"{wrong} letters look as if UTF-8 had been read as another encoding"


@rule("txt-rich-text-differs", "error")
def rich_text_differs(data: Dataset) -> Found:
    """The formatted text that goes with a plain one says something else. One that cannot be read is told as a warning.

    NVivo puts a Word file beside each text. Where only the plain text was anonymised, the Word file still gives everyone away.

    Look at both. Delete the Word file, or put the anonymised text in its place.
    """
    for holder in data.texts:
        if holder.rich is None or not _readable(holder.rich) or holder.rich.derived:
            continue
        text, office = data.text(holder), looked_into(holder.rich)
        where = Where(file=data.file_name(holder.rich), **_named(data.at(holder)))
        if office is None or office.text is None:
            yield where, f"the formatted text {holder.rich.name} cannot be read, so it was not compared with the plain one", "warning"
        elif text is not None and (at := _first_difference(text, office.text)) is not None:
            yield where, f"the formatted text {holder.rich.name} says something else than the plain one, from character {at:,} on"


def _named(where: Where) -> dict[str, Any]:
    return {"path": where.path, "id": where.id, "kind": where.kind, "name": where.name}


def _first_difference(plain: str, rich: str) -> int | None:
    """Where in a text another begins to say something else, white space and what cannot be seen aside; None where it does not."""
    left, right = (_invisible.sub("", normalize("NFKC", text)) for text in (plain, rich))
    if left == right:
        return None
    same = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    seen = 0
    for at, character in enumerate(plain):
        seen += len(_invisible.sub("", normalize("NFKC", character)))
        if seen > same:
            return at
    return len(plain)


@rule("txt-transcript-missing", "warning")
def transcript_missing(data: Dataset) -> Found:
    """A recording has no transcript.

    It can be neither searched nor shared without being heard, and a voice gives someone away.

    Add the transcript, or say of the text which recording it was made from.
    """
    transcribed = {fold(s.derived_from) for s in (*data.study.sources, *data.study.memos) if s.derived_from is not None}
    for source in data.study.sources:
        if isinstance(source, AudioSource | VideoSource) and not source.transcripts and fold(source.id) not in transcribed:
            yield data.at(source), "the recording has no transcript"


@rule("txt-turns-invalid", "error")
def turns_invalid(data: Dataset) -> Found:
    """A turn of a speaker lies outside its text, ends before it begins, or lies over another.

    Then words are given to someone who did not say them.

    Find the speakers anew, with `source.detect_turns()`, or correct the turn.
    """
    for source in _with_turns(data):
        text = data.text(source)
        for turn in source.turns:
            span = turn.span
            if not (0 <= span.start <= span.end and (text is None or span.end <= len(text))):
                yield data.at(turn), f"a turn from {span.start} to {span.end} lies outside its text, or ends before it begins"
        for one, other in pairwise(sorted(source.turns, key=lambda turn: (turn.span.start, turn.span.end))):
            if 0 <= other.span.start < one.span.end and other.span.end > other.span.start:
                yield data.at(other), f"a turn begins at {other.span.start}, before the one before it ends, at {one.span.end}"


def _with_turns(data: Dataset) -> Iterator[TextSource]:
    return (holder for holder in data.texts if isinstance(holder, TextSource) and holder.turns)


@rule("txt-speaker-undeclared", "warning")
def speaker_undeclared(data: Dataset) -> Found:
    """A turn is by a speaker whom its text does not have.

    Whose words they are is then not known, and consent cannot be looked up.

    Add the speaker to the text, with a role and, if it is a participant, the case.
    """
    for source in _with_turns(data):
        known = {fold(speaker.id) for speaker in source.speakers}
        for turn in source.turns:
            if fold(turn.speaker) not in known:
                yield data.at(turn), "the turn is by a speaker whom the text does not have"


@rule("txt-time-invalid", "warning")
def time_invalid(data: Dataset) -> Found:
    """A time runs backwards, or is none: the end of a turn, the points of a transcript, a time stamp such as [00:71:20].

    The passage cannot be found in the recording.

    Look up the time in the recording, and correct it.
    """
    for holder in data.texts:
        for turn in getattr(holder, "turns", ()):
            if turn.time is not None and not 0 <= turn.time.start <= turn.time.end:
                yield data.at(turn), "the turn ends before it begins"
        for point in _backwards(getattr(holder, "sync_points", [])):
            yield data.at(point), "the sync point comes later in the text, but earlier in the recording"
        text = data.text(holder) or ""
        for stamp in _wrong_stamps(text) if ":" in text else ():
            yield data.at(holder), f"the time stamp {stamp} is none"


def _backwards(points: list[SyncPoint]) -> Iterator[SyncPoint]:
    known = sorted((p.position, p.time, n) for n, p in enumerate(points) if p.position is not None and p.time is not None)
    latest = 0
    for _, time, number in known:
        if time < latest:
            yield points[number]
        latest = max(latest, time)


def _wrong_stamps(text: str) -> Iterator[str]:
    """Time stamps in brackets whose seconds are more than 59, or whose minutes are if there are hours."""
    for bracket in _bracketed(text):
        for stamp in _clock(bracket[1]):
            parts = stamp[0].split(":")
            if int(parts[-1]) > 59 or (len(parts) == 3 and int(parts[1]) > 59):
                yield stamp[0]


@rule("txt-header-conflict", "warning")
def header_conflict(data: Dataset) -> Found:
    """The lines at the head of a transcript say something else than the study: another participant, date or way of interviewing.

    One of them is wrong, so the words may be taken for someone else's.

    Look up what is right, and correct the header or the interview.
    """
    for source in data.study.sources:
        if isinstance(source, TextSource):
            for message in conflicts(data, source):
                yield data.at(source), message
