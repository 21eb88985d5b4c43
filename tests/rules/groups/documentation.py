"""Examples for the rules about documentation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qualdata import Case, Document, Interview, Media, Study
from tests.rules.examples import bad, good
from tests.rules.groups.texts import spoken
from tests.rules.sound import package, sound


@good(
    "doc-study-incomplete", "doc-data-list-incomplete", "doc-readme-missing", "doc-codebook-missing", "doc-instrument-missing", "doc-consent-template-missing",
    "doc-information-sheet-missing", "doc-ethics-missing", "doc-transcription-rules-missing", "doc-method-missing", profile="archive",
)  # fmt: skip
def the_sound_package_in_an_archive(folder: Path) -> Path:
    return package(folder)


@good("doc-count-mismatch")
def less_than_took_part_and_said_so(folder: Path) -> Study:
    study = sound()
    study.participants, study.sampling = 3, "Invented. Data of 1 of the 3 are deposited; two withdrew."
    study.add(Case(name="The town", kind="site", sources=["t"]))
    return study


@good("doc-codebook-missing")
def a_codebook_as_a_document(folder: Path) -> Study:
    study = sound()
    study["t"].excerpts, study.codes = [], []
    path = folder / "codes.csv"
    path.write_text("code;meaning\nFriends;someone told them\n", encoding="utf-8")
    study.add(Document(name="Coding frame", role="codebook", media=Media.file(path)))
    return study


@good("doc-readme-missing")
def a_readme_known_by_its_name(folder: Path) -> Study:
    study = sound()
    study["readme"].role, study["readme"].name = "unreferenced", "READ_ME first"
    return study


def wrong(rule: str, name: str, change: Callable[[Study], Any], **options: Any) -> None:
    """A bad example: the sound study with one change."""

    def make(folder: Path) -> Study:
        study = sound()
        change(study)
        return study

    make.__name__ = name
    bad(rule, **options)(make)


def without(id: str) -> Callable[[Study], None]:
    """Take a document out."""

    def take(study: Study) -> None:
        study.documents = [document for document in study.documents if document.id != id]

    return take


wrong("doc-study-incomplete", "no_abstract", lambda s: setattr(s, "abstract", None))
wrong("doc-study-incomplete", "no_creator", lambda s: setattr(s["ann"], "roles", ["coder"]))
wrong("doc-count-mismatch", "three_of_whom_one_is_here", lambda s: setattr(s, "participants", 3))
wrong("doc-count-mismatch", "more_than_took_part", lambda s: (setattr(s, "participants", 1), s.add(Case(name="P02", sources=["t"]))))
wrong("doc-data-list-incomplete", "an_interview_without_a_date", lambda s: setattr(s["iv"], "date", None))
wrong("doc-data-list-incomplete", "an_interview_without_a_text", lambda s: s.add(Interview(name="P02", date="2024", mode="video", cases=["p01"])))
wrong("doc-data-list-incomplete", "no_interview_at_all", lambda s: s.interviews.clear())
wrong("doc-readme-missing", "no_readme", without("readme"))
wrong("doc-readme-missing", "a_readme_without_its_file", lambda s: setattr(s["readme"], "media", None))
wrong("doc-codebook-missing", "texts_without_codes", lambda s: (s["t"].excerpts.clear(), s.codes.clear(), setattr(s, "method", None)))
wrong("doc-instrument-missing", "no_guide", without("topic-guide"))
wrong("doc-consent-template-missing", "no_consent_form", without("consent-form"))
wrong("doc-information-sheet-missing", "no_information_sheet", without("information-sheet"))
wrong("doc-ethics-missing", "no_ethics", lambda s: s.ethics.clear())
wrong("doc-method-missing", "no_method", lambda s: setattr(s, "method", None))


@bad("doc-transcription-rules-missing")
def turns_without_rules(folder: Path) -> Study:
    study = spoken()
    without("transcription-rules")(study)
    return study
