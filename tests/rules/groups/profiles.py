"""Examples for what a profile asks for."""

from __future__ import annotations

from pathlib import Path

from qualdata import Document, Study
from qualdata.model import Media
from tests.rules.examples import bad, good
from tests.rules.groups.package import word
from tests.rules.groups.texts import file
from tests.rules.sound import package, sound

PROFILES = Path(__file__).parents[1] / "profiles"
DEMANDING = str(PROFILES / "demanding.toml")
RULES = ("pro-file-required", "pro-file-forbidden")


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
    study = agreed(folder)
    study.add(Document(role="notes", media=file(folder, "notes.docx", word())))
    return package(folder, study)
