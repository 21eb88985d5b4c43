"""Laws over whole studies: what is written and read again is the study, but for what the losses name."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from qualdata import Study, differences
from qualdata.formats.refi.tools import target_names
from qualdata.testing import studies, value_at, without
from tests.alone import write
from tests.loosely import read
from tests.official import project_schema

ENDINGS = ("qdpx", "qde")
WRITTEN = [t for t in target_names() if t != "as-read"]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("target", WRITTEN)
@given(study=studies())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_study_comes_back_but_for_its_losses(study: Study, target: str, ending: str, folder: Path) -> None:
    """Taking out exactly what the losses name leaves what the file says; and each of them really differs.

    What is lost in the program, not in the file, is what the tests of emulated trips are about.
    """
    path = folder / f"{target}.{ending}"
    losses = write(study, path, target=target)
    back = read(path)
    assert [str(d) for d in differences(without(study, losses), back)] == []
    for loss in (loss for loss in losses if loss.in_file):
        for name in loss.fields:
            if not name.endswith(".id"):
                for id in loss.ids:
                    assert _differs(study, back, name, id), f"{name} of {id} is called lost, but came back"


def _differs(study: Study, back: Study, name: str, id: str) -> bool:
    try:
        return bool(value_at(study, name, id) != value_at(back, name, id))
    except KeyError:
        return True


@pytest.mark.parametrize("target", WRITTEN)
@given(study=studies())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_as_read_is_the_identity_on_what_was_written(study: Study, target: str, folder: Path) -> None:
    """A file that was written, read and written as-read has the same members, the project canonically equal."""
    first, second = folder / f"{target}-1.qdpx", folder / f"{target}-2.qdpx"
    write(study, first, target=target)
    assert write(read(first), second, target="as-read") == []
    with ZipFile(first) as a, ZipFile(second) as b:
        assert a.namelist() == b.namelist()
        for name in a.namelist():
            if name.endswith(".qde"):
                assert _canonical(a.read(name)) == _canonical(b.read(name))
            else:
                assert a.read(name) == b.read(name)


def _canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n", exclusive=True)


@pytest.mark.parametrize("target", WRITTEN)
@given(study=studies())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_is_valid(study: Study, target: str, folder: Path) -> None:
    """Whatever the study holds, the official schema accepts what is written."""
    path = folder / f"{target}.qdpx"
    write(study, path, target=target)
    with ZipFile(path) as archive:
        project_schema().assertValid(etree.fromstring(archive.read("project.qde")))


@given(study=studies())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_same_study_gives_the_same_bytes(study: Study, folder: Path) -> None:
    """Writing is deterministic."""
    first, second = folder / "one.qdpx", folder / "two.qdpx"
    write(study, first)
    write(study, second)
    assert first.read_bytes() == second.read_bytes()
