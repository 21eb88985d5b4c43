"""Laws over whole studies: what annotations say is the study, but for what the losses name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from qualdata import Study, differences
from qualdata.testing import studies, value_at, without
from tests.alone import write
from tests.loosely import read

LAW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@given(study=studies())
@LAW
def test_a_study_comes_back_but_for_its_losses(study: Study, folder: Path) -> None:
    """Taking out exactly what the losses name leaves what the file says; each of them really differs, and nothing was odd."""
    path = folder / "a.jsonld"
    losses = write(study, path)
    back = read(path)
    assert [str(d) for d in differences(without(study, losses), back)] == []
    assert back.reading.remarks == []
    for loss in losses:
        for name in loss.fields:
            for id in loss.ids:
                assert _differs(study, back, name, id), f"{name} of {id} is called lost, but came back"


def _differs(study: Study, back: Any, name: str, id: str) -> bool:
    try:
        return bool(value_at(study, name, id) != value_at(back, name, id))
    except KeyError:
        return True


@given(study=studies())
@LAW
def test_what_was_read_is_written_as_it_was(study: Study, folder: Path) -> None:
    """A file that was written, read and written again in its place has the same bytes, and nothing is lost a second time."""
    path = folder / "b.jsonld"
    write(study, path)
    first = path.read_bytes()
    assert write(read(path), path) == []
    assert path.read_bytes() == first
