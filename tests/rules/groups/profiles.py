"""Examples for what a profile asks for."""

from __future__ import annotations

from pathlib import Path

from qualdata import Code, Document, Study
from qualdata.model import Media
from tests.rules.examples import bad, good
from tests.rules.sound import package, sound

PROFILES = Path(__file__).parents[1] / "profiles"
DEMANDING = str(PROFILES / "demanding.toml")
RULES = ("pro-file-required", "pro-file-forbidden", "pro-term-present")


def agreed(folder: Path, *more: str) -> Study:
    """The sound study with the agreement that the profile asks for, and other documents."""
    study = sound()
    for name in ("agreement-signed.pdf", *more):
        (folder / name).write_bytes(b"%PDF-1.7\n%%EOF\n")
        study.add(Document(role="deposit agreement", media=Media.file(folder / name)))
    return study


@good(*RULES, profile=DEMANDING)
def all_that_is_asked_for(folder: Path) -> Path:
    return package(folder, agreed(folder))


@good(*RULES)
def a_profile_that_asks_for_nothing(folder: Path) -> Path:
    return package(folder)


@bad("pro-file-required", profile=DEMANDING)
def no_agreement(folder: Path) -> Path:
    return package(folder)


@bad("pro-file-forbidden", profile=DEMANDING)
def a_word_file(folder: Path) -> Path:
    return package(folder, agreed(folder, "notes.docx"))


@bad("pro-term-present", profile=DEMANDING)
def a_name_in_a_code(folder: Path) -> Path:
    study = agreed(folder)
    study.add(Code(id="q", name="What Quillington did", description="And how.", origin="inductive"))
    study["e"].apply(study["q"], "ann", created="2024-05-17T10:00:00Z").id = "c2"
    return package(folder, study)


@bad("pro-term-present", profile=DEMANDING)
def a_name_in_a_text(folder: Path) -> Path:
    study = agreed(folder)
    study["t"].text += "I: And then?\nP01: mrs ödmark came.\n"
    return package(folder, study)
