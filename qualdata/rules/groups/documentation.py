"""Documentation: that someone who was not there can understand what was done, with whom, and under what promise."""

from __future__ import annotations

import re
from typing import Final

from qualdata.model.nouns import counted
from qualdata.rules.dataset import Dataset
from qualdata.rules.documents import documented
from qualdata.rules.finding import nowhere
from qualdata.rules.rule import Found, Kind, rule

__all__: list[str] = []

_OVER: Final[tuple[Kind, ...]] = ("package", "study")
"""A REFI-QDA file has no place for documents, interviews and ethics."""
_TOLD: Final = ("title", "abstract", "sampling", "setting", "languages", "keywords")
"""What a study says of itself, by its fields."""
_ROW: Final = ("date", "mode", "cases", "sources")
"""What the data list says of each interview, by its fields."""


@rule("doc-study-incomplete", "warning", over=_OVER)
def study_incomplete(data: Dataset) -> Found:
    """The study does not say what it is: its title, what it is about, who made it, how people were found, where and when, in what language.

    Without that no one can find the data, cite them, or judge what they can be used for.

    Complete what is named in the fields of the study; the creator is a contributor with the role `creator`.
    """
    missing = [name for name in _TOLD if not getattr(data.study, name)]
    if not any("creator" in person.roles for person in data.study.contributors):
        missing.append("creator")
    if missing:
        yield nowhere, f"the study does not say its {', '.join(missing)}"


@rule("doc-count-mismatch", "warning", over=_OVER)
def count_mismatch(data: Dataset) -> Found:
    """The number of people who took part is not that of the participants whose data are here.

    Whether some refused, withdrew, or were lost on the way cannot be told.

    Say it in the abstract, in how they were found or where: "14 of 18 are deposited" is an answer. Or correct the number.
    """
    said, here = data.study.participants, sum(case.kind == "participant" for case in data.study.cases)
    if said is not None and said != here and not _answered(data, here, said):
        yield nowhere, f"{said} people took part, but there are {here} participants here, and nothing says why"


def _answered(data: Dataset, here: int, said: int) -> bool:
    study = data.study
    told = " ".join(text for text in (study.abstract, study.sampling, study.setting, study.method) if text)
    return re.search(rf"\b{here} (?:out )?of (?:the |all |these )?{said}\b", told) is not None


@rule("doc-data-list-incomplete", "warning", over=_OVER)
def data_list_incomplete(data: Dataset) -> Found:
    """The data list has gaps: of an interview, its date, mode, participants or file is not said; or no interview is named at all.

    Archives ask for a list with a row for each interview; it is what a user chooses by.

    Complete the interview. The date may be as coarse as promised: a month or a year.
    """
    if data.study.sources and not data.study.interviews:
        yield nowhere, f"no interview or other event is named for {counted(len(data.study.sources), 'Source')}"
    for interview in data.study.interviews:
        if missing := [name for name in _ROW if not getattr(interview, name)]:
            yield data.at(interview), f"the interview does not say its {', '.join(missing)}"


@rule("doc-readme-missing", "warning", over=_OVER)
def readme_missing(data: Dataset) -> Found:
    """There is no readme.

    It is the one file that everyone opens first, and that can be read without any program.

    Write what the study is, what each file holds, and whom to ask, as a text file; add it as a document with the role `readme`.
    """
    yield from _without(data, "readme", "there is no readme")


@rule("doc-codebook-missing", "warning", over=_OVER)
def codebook_missing(data: Dataset) -> Found:
    """There is no codebook: the study has data, but neither codes nor a document with the role `codebook`.

    How the data were read stays in the heads of those who read them.

    Add the codes, with `qualdata codebook`, or the codebook as a document. If nothing was coded, say so in a waiver.
    """
    if data.study.sources and not data.study.codes:
        yield from _without(data, "codebook", "there is no codebook")


@rule("doc-instrument-missing", "warning", over=_OVER)
def instrument_missing(data: Dataset) -> Found:
    """There is no topic guide, questionnaire or other instrument.

    What people said can be understood only by what they were asked.

    Add the guide as a document with the role `guide`.
    """
    if data.study.interviews:
        yield from _without(data, "guide", "there is no topic guide or other instrument")


@rule("doc-consent-template-missing", "warning", over=_OVER)
def consent_template_missing(data: Dataset) -> Found:
    """There is no blank consent form.

    What people agreed to, in their own words, is not known; so no one may say what the data can be used for.

    Add the blank form as a document with the role `consent form`; never a signed one.
    """
    if _people(data):
        yield from _without(data, "consent form", "there is no blank consent form")


@rule("doc-information-sheet-missing", "warning", over=_OVER)
def information_sheet_missing(data: Dataset) -> Found:
    """There is no information sheet for those who took part.

    Consent is worth what people were told before they gave it.

    Add what they were given to read, or to hear, as a document with the role `information sheet`.
    """
    if _people(data):
        yield from _without(data, "information sheet", "there is no information sheet for those who took part")


@rule("doc-ethics-missing", "warning", over=_OVER)
def ethics_missing(data: Dataset) -> Found:
    """Nothing is said of an ethics approval.

    An archive must know who approved the study, and on what terms.

    Say who gave it and under which number, or that none was needed and why, in the field `ethics` of the study.
    """
    if _people(data) and not data.study.ethics:
        yield nowhere, "nothing is said of an ethics approval"


@rule("doc-transcription-rules-missing", "warning", over=_OVER)
def transcription_rules_missing(data: Dataset) -> Found:
    """There are transcripts, but no rules of transcription.

    Whether a pause, a laugh or a broken sentence was written down, or smoothed away, cannot be told.

    Add the rules as a document with the role `transcription rules`; name the signs in [brackets] there.
    """
    if any(getattr(source, "turns", None) or getattr(source, "transcripts", None) or source.relation == "transcript" for source in data.study.sources):
        yield from _without(data, "transcription rules", "there are transcripts, but no rules of transcription")


@rule("doc-method-missing", "warning", over=_OVER)
def method_missing(data: Dataset) -> Found:
    """The study was coded, but does not say by which method.

    A theme means one thing in iterative categorization and another in grounded theory.

    Name the method in the field `method` of the study, with the paper that describes it.
    """
    if not data.study.method and (data.study.codes or data.study.themes):
        yield nowhere, "the study does not say by which method it was analysed"


def _people(data: Dataset) -> bool:
    """Whether the data are about people."""
    return any(case.kind == "participant" for case in data.study.cases) or any(interview.cases for interview in data.study.interviews)


def _without(data: Dataset, role: str, message: str) -> Found:
    if not documented(data, role):
        yield nowhere, message
