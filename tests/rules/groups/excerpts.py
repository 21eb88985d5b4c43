"""Examples for the rules about excerpts and codings."""

from __future__ import annotations

from pathlib import Path

from qualdata import Study, TextSpan
from tests.rules.examples import bad, good
from tests.rules.sound import TEXT, sound


@good("exc-range-invalid")
def the_sound_study(folder: Path) -> Study:
    return sound()


@bad("exc-range-invalid")
def beyond_the_end(folder: Path) -> Study:
    study = sound()
    study["e"].span = TextSpan(40, len(TEXT) + 1)
    return study


@bad("exc-range-invalid")
def reversed_places(folder: Path) -> Study:
    study = sound()
    study["e"].span = TextSpan(48, 40)
    return study
