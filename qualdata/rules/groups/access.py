"""Consent, access and rights: that the data are given to no one to whom they were not promised."""

from __future__ import annotations

import re
from typing import Final

from qualdata.model.base import Part, fold
from qualdata.model.nouns import noun
from qualdata.model.source import PdfSource, PictureSource, Source
from qualdata.rules.closed import repeated
from qualdata.rules.consents import exceeded, kept, without_consent
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import nowhere
from qualdata.rules.rule import Found, Kind, rule

__all__: list[str] = []

_OVER: Final[tuple[Kind, ...]] = ("package", "study")
"""A REFI-QDA file has no place for consent, access and licence."""
EMBARGO: Final = "qualdata:embargo"
"""The key of `extra` of the study, a source or a document that says the first day on which it may be opened: `2030-01-01`."""
RIGHTS: Final = "qualdata:rights"
"""The key of `extra` of a source that says who holds the rights in it, and what they allow."""
_day = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])").fullmatch
_rights = re.compile(r"rights?|licen[cs]e|copyright", re.IGNORECASE).search


@rule("prv-consent-missing", "error", over=_OVER)
def consent_missing(data: Dataset) -> Found:
    """A participant has no record of consent, while others have; or there is none at all, which is told as a warning.

    No one may pass on data of someone who was not asked.

    Add what the person agreed to, or one consent for the study where all agreed to the same. If no one was asked, say so: `not asked`, and why.
    """
    people = [case for case in data.study.cases if case.kind == "participant"]
    if people and not data.study.consents and not any(case.consent for case in people):
        yield nowhere, f"there is no record of what {len(people)} participants agreed to", "warning"
        return
    for case in without_consent(data, people):
        yield data.at(case), "there is no record of what this participant agreed to"


@rule("prv-consent-exceeded", "error", over=_OVER)
def consent_exceeded(data: Dataset) -> Found:
    """Data are open to a use that the participant refused: to be archived, reused or taught with, or to be quoted.

    It breaks the promise on which they were given.

    Raise the access level of the source to what was agreed, leave it out, or take the quotation back.
    """
    for part, message in exceeded(data):
        yield data.at(part), message


@rule("prv-withdrawn-present", "error", over=_OVER)
def withdrawn_present(data: Dataset) -> Found:
    """A participant took consent back, but the data are still here.

    They must no longer be used, and not be passed on.

    Take out the sources, excerpts and attributes of this participant. That someone withdrew may stay.
    """
    for case, what in kept(data):
        yield data.at(case), f"this participant took consent back, but {what} still here"


@rule("acc-level-missing", "warning", over=_OVER)
def level_missing(data: Dataset) -> Found:
    """It is not said who may see the data.

    An archive must then keep all of it closed, or ask.

    Set the access of the study: `open`, `registered`, `restricted` or `closed`; and that of single sources and documents where it differs.
    """
    if data.study.access is None:
        items = [*data.study.sources, *data.study.documents]
        missing = sum(item.access is None for item in items)
        if missing or not items:
            yield nowhere, f"it is not said who may see the study, nor {missing} of {len(items)} sources and documents"


@rule("acc-closed-text-in-open-file", "error", over=_OVER)
def closed_text_in_open_file(data: Dataset) -> Found:
    """Words of a closed source stand where others may read them: in a quotation, a point, an example of a code, a memo, or in `study.json` itself.

    Closing the file of the source does not help if its words are elsewhere.

    Take the words out there, close what they stand in, or open the source, if consent allows it.
    """
    for part, message in repeated(data):
        yield data.at(part), message


@rule("acc-licence-missing", "warning", over=_OVER)
def licence_missing(data: Dataset) -> Found:
    """No licence is given, though the data are not closed.

    Without one no one may use them, whoever may see them.

    Name a licence in the field `licence` of the study, by its SPDX id or its address: `CC-BY-4.0`.
    """
    if not data.study.licence and data.study.access != "closed":
        yield nowhere, "no licence says what the data may be used for"


@rule("acc-embargo-invalid", "error", over=_OVER)
def embargo_invalid(data: Dataset) -> Found:
    """An embargo (`qualdata:embargo` in `extra`) names no day, one before the study began, or is put on what is open.

    The archive cannot know when it may open the data, or they are open already.

    Write the first day on which they may be opened, as 2030-01-01, and give them another access than `open` until then.
    """
    for part in (data.study, *data.study.sources, *data.study.documents):
        embargo = (part.extra or {}).get(EMBARGO)
        if embargo is None:
            continue
        if not isinstance(embargo, str) or not _day(embargo):
            yield data.at(part), "the embargo names no day"
        elif data.study.created and embargo < data.study.created[:10]:
            yield data.at(part), f"the embargo ends on {embargo}, before the study began"
        elif (part.access or data.study.access) == "open":
            yield data.at(part), f"there is an embargo until {embargo}, but the access is open"


@rule("src-rights-missing", "warning", over=_OVER)
def rights_missing(data: Dataset) -> Found:
    """A picture or a PDF that comes from none of the participants does not say who holds the rights in it.

    Someone else may have made it, and the licence of the study does not cover it.

    Say whose it is, and what they allow, in `qualdata:rights` in its `extra`, or in an attribute named `Rights`.
    """
    names = {fold(v.id) for v in data.study.variables if _rights(v.name)}
    own = {fold(id) for ids in (*(c.sources for c in data.study.cases), *(i.sources for i in data.study.interviews)) for id in ids}
    for source in data.study.sources:
        if isinstance(source, PdfSource | PictureSource) and source.media is not None and fold(source.id) not in own and not _says_rights(source, names):
            yield data.at(source), f"the {noun(type(source).__name__)} does not say who holds the rights in it"


def _says_rights(source: Source, names: set[str]) -> bool:
    said: Part = source
    return bool((said.extra or {}).get(RIGHTS)) or any(value.value and fold(value.variable) in names for value in source.values)
