"""Examples for what there is to tell of validation itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualdata import Study, TextSpan
from tests.rules.examples import bad, good
from tests.rules.sound import package, sound

PROFILES = Path(__file__).parents[1] / "profiles"
WAIVER = '[[waiver]]\nrule = "exc-range-invalid"\nplace = "e"\nreason = "r"\nwho = "w"\ndate = 2024-05-17\n'


@good("val-input-unreadable", "val-rule-crashed", "val-profile-unknown", "val-profile-invalid")
def the_sound_package(folder: Path) -> Path:
    return package(folder)


@good("val-waiver-unused", "val-waiver-invalid")
def a_waiver_that_is_used(folder: Path) -> Path:
    study = sound()
    study["e"].span = TextSpan(0, 1000)
    path = package(folder, study)
    (path / "waivers.toml").write_text(WAIVER)
    return path


@bad("val-input-unreadable")
def a_letter(folder: Path) -> Path:
    path = folder / "in.qdpx"
    path.write_text("Dear diary")
    return path


@bad("val-rule-crashed")
def a_study_that_holds_a_number(folder: Path) -> Study:
    study = sound()
    sources: list[Any] = study.sources
    sources.append(7)
    return study


@bad("val-profile-unknown", profile="nowhere")
def any_study(folder: Path) -> Study:
    return sound()


@bad("val-profile-invalid", profile=str(PROFILES / "idle.toml"))
@bad("val-profile-invalid", profile=str(PROFILES / "lowering.toml"))
def any_other_study(folder: Path) -> Study:
    return sound()


@bad("val-waiver-unused")
def a_waiver_of_what_is_not_there(folder: Path) -> Path:
    path = package(folder)
    (path / "waivers.toml").write_text(WAIVER)
    return path


@bad("val-waiver-invalid")
def a_waiver_without_a_reason(folder: Path) -> Path:
    path = package(folder)
    (path / "waivers.toml").write_text(WAIVER.replace('reason = "r"\n', ""))
    return path


@bad("val-waiver-invalid")
def a_waiver_of_some_day(folder: Path) -> Path:
    path = package(folder)
    (path / "waivers.toml").write_text(WAIVER.replace("2024-05-17", '"in spring"'))
    return path


@bad("val-waiver-invalid")
def waivers_too_deep(folder: Path) -> Path:
    path = package(folder)
    (path / "waivers.toml").write_text(f"waiver = {'[' * 100_000}")
    return path


@bad("val-waiver-invalid")
def waivers_that_are_no_toml(folder: Path) -> Path:
    path = package(folder)
    (path / "waivers.toml").write_text("I waive it all.")
    return path
