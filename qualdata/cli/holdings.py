"""What a study holds, counted, and whether its codings begin at words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from unicodedata import combining

from qualdata.model.nouns import counted, noun
from qualdata.model.places import Places
from qualdata.model.source import Source, Transcript, holders
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study

__all__ = ["begins", "codings_sentence", "counts"]

_ORDER: Final = ("TextSource", "PictureSource", "PdfSource", "AudioSource", "VideoSource")
_UNSPACED: Final = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0x20000, 0x3FFFF))
"""Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""


def counts(study: Study) -> Iterator[tuple[int, str]]:
    """Numbers and what they count, in words; what there is none of is left out."""
    texts = [h for s in (*study.sources, *study.memos) for h in holders(s)]

    def within(name: str) -> int:
        return sum(len(getattr(text, name, ())) for text in texts)

    sources = Counter(type(s).__name__ for s in study.sources)
    transcripts = sum(isinstance(h, Transcript) for h in texts)
    rows = [
        *_rows({cls: sources[cls] for cls in _ORDER}),
        *_rows({"Transcript": transcripts, "SyncPoint": within("sync_points")}),
        _excerpts(texts),
        _codings(study),
        _codes(study),
        *_rows({cls: len(things) for cls, things in _lists(study).items()}),
        *_rows({"Speaker": within("speakers"), "Turn": within("turns")}),
    ]
    return (row for row in rows if row[0])


def _rows(numbers: dict[str, int]) -> Iterator[tuple[int, str]]:
    return ((number, noun(cls, number)) for cls, number in numbers.items())


def _lists(study: Study) -> dict[str, list[Any]]:
    values = [v for thing in (*study.cases, *study.sources, *study.interviews) for v in thing.values]
    return {
        "Contributor": study.contributors,
        "Case": study.cases,
        "Variable": study.variables,
        "Value": values,
        "Interview": study.interviews,
        "Consent": study.consents,
        "ResearchQuestion": study.questions,
        "CodeChange": study.code_changes,
        "Point": study.points,
        "Theme": study.themes,
        "Evidence": [e for theme in study.themes for e in theme.evidence],
        "Replacement": study.replacements,
        "PublishedQuote": study.quotes,
        "Memo": study.memos,
        "Link": study.links,
        "Set": study.sets,
        "Graph": study.graphs,
        "Document": study.documents,
    }


def _excerpts(inner: list[Source | Transcript]) -> tuple[int, str]:
    number = sum(len(h.excerpts) for h in inner)
    again = sum(e.same_as is not None for h in inner for e in h.excerpts)
    return number, noun("Excerpt", number) + (f"; {again:,} of them mark{'s' if again == 1 else ''} a place again, in another way" if again else "")


def _codings(study: Study) -> tuple[int, str]:
    segments = study.segments()
    return (n := len(segments)), f"{noun('Coding', n)} on {counted(segments.passages, 'passage')}"


def _codes(study: Study) -> tuple[int, str]:
    number = len(study.codes)
    depth = max((d for _, d in study.code_tree.walk()), default=0)
    groups = sum(not c.codable for c in study.codes)
    deep = f", {depth} deep" if depth > 1 else ""
    return number, noun("Code", number) + deep + (f"; {groups:,} of them only {'groups' if groups == 1 else 'group'} others" if groups else "")


def codings_sentence(study: Study) -> str:
    """How many codings there are, and how those in texts begin; a sign of whether positions were counted right."""
    segments = study.segments()
    if not len(segments):
        return "Nothing is coded."
    head = f"{counted(len(segments), 'Coding')} on {counted(segments.passages, 'passage')}"
    found = begins(study)
    number = sum(found.values())
    if not number:
        return f"{head}."
    start = f"{head}; " if number == len(segments) else f"{head}. Of the {number:,} on texts that are there, "
    doubt = " Perhaps this file counts otherwise than was thought." if number >= 20 and found["inside one"] > number / 2 else ""
    return f"{start}{_how(found, number)}.{doubt}"


def _how(found: Counter[str], number: int) -> str:
    if found["at a word"] == number:
        return "all begin at a word" if number > 1 else "it begins at a word"
    return ", ".join(f"{n:,} begin{'s' if n == 1 else ''} {where}" for where in ("at a word", "inside one", "outside the text") if (n := found[where]))


def begins(study: Study) -> Counter[str]:
    """How many codings on texts that are there begin at a word, inside one, outside the text. Texts are not kept."""
    found: Counter[str] = Counter()
    for source in (*study.sources, *study.memos):
        again = Places(source).again
        for holder in holders(source):
            places = [(e.span.start, sum(id(c) not in again for c in e.codings)) for e in holder.excerpts if isinstance(e.span, TextSpan) and e.codings]
            text = _text(holder) if places else None
            if text is not None:
                for start, codings in places:
                    found[_begin(text, start)] += codings
    return found


def _text(holder: Source | Transcript) -> str | None:
    stored = getattr(holder, "stored", None)
    text: str | None = getattr(holder, "text", None) if stored is None else stored.decode()
    return text


def _begin(text: str, start: int) -> str:
    if not 0 <= start <= len(text):
        return "outside the text"
    before, after = text[max(start - 1, 0) : start], text[start : start + 1]
    return "inside one" if _joined(before) and (_joined(after) or combining(after or " ")) and not (_unspaced(before) or _unspaced(after)) else "at a word"


def _joined(character: str) -> bool:
    return character.isalnum() or character == "_"


def _unspaced(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _UNSPACED)
