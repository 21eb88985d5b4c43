"""Laws over whole studies: what a package holds is the study."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from qualdata import Study, differences
from qualdata.testing import studies
from tests.alone import write
from tests.canonical import canonical
from tests.independent import members
from tests.loosely import read

quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize("name", ["one.qualdata", "one"])
@given(study=studies())
@quick
def test_a_package_gives_the_study_back(study: Study, name: str, folder: Path) -> None:
    """Nothing is lost, in a ZIP file or a folder; also after a second stay."""
    assert write(study, folder / name) == []
    back = read(folder / name)
    assert [str(d) for d in differences(study, back)] == []
    assert back.id == study.id
    write(back, folder / f"again-{name}")
    assert [str(d) for d in differences(study, read(folder / f"again-{name}"))] == []


@given(study=studies())
@quick
def test_the_same_study_gives_the_same_bytes(study: Study, folder: Path) -> None:
    write(study, folder / "a.qualdata")
    write(study, folder / "b.qualdata")
    assert (folder / "a.qualdata").read_bytes() == (folder / "b.qualdata").read_bytes()


@given(study=studies())
@quick
def test_another_layout_of_the_same_json_is_read_as_well(study: Study, folder: Path) -> None:
    write(study, folder / "laid")
    path = folder / "laid" / "study.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=2))
    assert [str(d) for d in differences(study, read(folder / "laid"))] == []


@given(study=studies())
@quick
def test_a_project_goes_through_a_package_and_back_as_read(study: Study, folder: Path) -> None:
    first, second = folder / "first.qdpx", folder / "second.qdpx"
    write(study, first)
    through(first, folder / "between.qualdata", second)


def through(first: Path, between: Path, second: Path) -> None:
    """A REFI-QDA file into a package and out again: the same members, remarks and project."""
    original = read(first)
    write(original, between)
    packed = read(between)
    assert [str(d) for d in differences(original, packed)] == []
    assert packed.reading is not None
    assert original.reading is not None
    assert packed.reading.remarks == original.reading.remarks
    assert write(packed, second, target="as-read") == []
    before, after = members(first), members(second)
    assert sorted(n for n in before if not n.endswith("/")) == sorted(after)
    for name, data in after.items():
        if name.endswith(".qde"):
            assert canonical(before[name]) == canonical(data)
        else:
            assert before[name] == data, name


@pytest.mark.samples
def test_every_sample_goes_through_a_package_and_back(samples: Path, tmp_path: Path) -> None:
    found = sorted([*samples.glob("*.qdpx"), *samples.glob("*.qde")])
    assert found
    for sample in found:
        first = read(sample)
        package = tmp_path / f"{sample.stem}.qualdata"
        write(first, package)
        assert [str(d) for d in differences(first, read(package))] == [], sample.name
        assert write(read(package), tmp_path / f"packed-{sample.name}", target="as-read") == write(first, tmp_path / f"direct-{sample.name}", target="as-read")
        assert members(tmp_path / f"packed-{sample.name}") == members(tmp_path / f"direct-{sample.name}"), sample.name
