"""What participants agreed to, and what of theirs is here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qualdata.model.base import Part, fold
from qualdata.model.case import Case
from qualdata.model.consent import Consent, Use
from qualdata.model.excerpt import Excerpt
from qualdata.model.source import AudioSource, PdfSource, PictureSource, Source, TextSource, VideoSource
from qualdata.rules.dataset import Dataset

__all__ = ["exceeded", "kept", "without_consent"]

_USES: Final[dict[str, tuple[Use, ...]]] = {
    "open": ("archiving", "reuse", "teaching"),
    "registered": ("archiving", "reuse"),
    "restricted": ("archiving", "reuse"),
}
"""What each level of access lets others do; what is closed, no one may use."""
_DATA: Final[dict[type, tuple[str, ...]]] = {
    TextSource: ("transcript", "text"),
    AudioSource: ("recording", "audio"),
    VideoSource: ("recording", "video"),
    PictureSource: ("picture", "photograph"),
    PdfSource: ("document", "text"),
}
"""What consents call a source of each class."""


def without_consent(data: Dataset, people: Iterable[Case]) -> Iterator[Case]:
    """The participants of whom there is no record of consent, neither their own nor one for the study as a whole."""
    agreed = _agreed(data)
    return (case for case in people if not agreed[fold(case.id)])


def _agreed(data: Dataset) -> dict[str, list[Consent]]:
    """The consents of each participant, by folded id; where there is none, those that are for all."""
    everyone = [consent for consent in data.study.consents if consent.case is None]
    of: dict[str, list[Consent]] = {}
    for consent in data.study.consents:
        of.setdefault(fold(consent.case or ""), []).append(consent)
    named = {fold(consent.id): consent for consent in reversed(data.study.consents)}
    found = {}
    for case in data.study.cases:
        id, own = fold(case.id), named.get(fold(case.consent or ""))
        found[id] = [*of.get(id, ()), *([own] if own is not None and fold(own.case or "") != id else ())] or everyone
    return found


def exceeded(data: Dataset) -> Iterator[tuple[Part, str]]:
    """What is open to a use that was refused, each with the use."""
    about = _cases(data)
    refusals = {id: _refused(consents) for id, consents in _agreed(data).items()}
    if not any(refusals.values()):
        return
    for source in data.study.sources:
        refused = {pair for id in about.get(fold(source.id), ()) for pair in refusals.get(id, ())}
        for use in _USES.get(source.access or data.study.access or "", ()):
            if refused & {(use, kind) for kind in ("", *_DATA.get(type(source), ()))}:
                yield source, f"a participant refused {_said(use)}, but the access is {source.access or data.study.access}"
    for case in data.study.cases:
        for use in _USES.get(data.study.access or "", ()) if case.values else ():
            if refusals[fold(case.id)] & {(use, "attributes"), (use, "")}:
                yield case, f"this participant refused {_said(use)}, but has attributes here, and the access is {data.study.access}"
    yield from _quoted(data, about, refusals)


def _refused(consents: list[Consent]) -> set[tuple[str, str]]:
    """What was refused: each use with each kind of data, or with an empty word for all kinds."""
    return {(one.use, kind) for consent in consents for one in consent.permissions if not one.given for kind in (map(str.casefold, one.data) if one.data else ("",))}


def _said(use: str) -> str:
    return {"archiving": "archiving", "reuse": "reuse by others", "teaching": "use in teaching", "quotation": "to be quoted"}.get(use, use)


def _quoted(data: Dataset, about: dict[str, set[str]], refusals: dict[str, set[tuple[str, str]]]) -> Iterator[tuple[Part, str]]:
    """The published quotations of participants who refused to be quoted."""
    refusing = {id for id, refused in refusals.items() if any(use == "quotation" for use, _ in refused)}
    if not refusing or not data.study.quotes:
        return
    spoken: dict[str, set[str]] = {}
    for segment in data.study.segments():
        if segment.excerpt is not None:
            spoken.setdefault(fold(segment.excerpt.id), set()).update(fold(case.id) for case in segment.cases)
    for quote in data.study.quotes:
        excerpt = data.index.get(quote.excerpt) if quote.excerpt else None
        if isinstance(excerpt, Excerpt):
            holder = data.places.holder(excerpt)
            cases = spoken.get(fold(excerpt.id)) or about.get(fold(holder.id), set())
            if cases & refusing:
                yield quote, "a participant who refused to be quoted is quoted"


def _cases(data: Dataset) -> dict[str, set[str]]:
    """The folded ids of the cases that each source is about."""
    found: dict[str, set[str]] = {}
    for case in data.study.cases:
        for id in case.sources:
            found.setdefault(fold(id), set()).add(fold(case.id))
    for interview in data.study.interviews:
        for id in interview.sources:
            found.setdefault(fold(id), set()).update(map(fold, interview.cases))
    return found


def kept(data: Dataset) -> Iterator[tuple[Case, str]]:
    """The cases whose consent was taken back, but of which something is here, and what."""
    about: dict[str, list[Source]] = {}
    sources = {fold(source.id): source for source in data.study.sources}
    for id, cases in _cases(data).items():
        for case_id in cases if id in sources else ():
            about.setdefault(case_id, []).append(sources[id])
    agreed = _agreed(data)
    for case in data.study.cases:
        if any(consent.withdrawn for consent in agreed[fold(case.id)] if consent.case is not None or consent.id == case.consent):
            here = len(about.get(fold(case.id), ()))
            if here or case.excerpts or case.values:
                yield case, "a source of theirs is" if here == 1 else f"{here} sources of theirs are" if here else "excerpts or attributes of theirs are"
