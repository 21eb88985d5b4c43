"""A sidecar completes the project it was written with."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import sampled_from

from qualdata import Study, differences, read, write
from qualdata.formats.refi.tools import target_names
from qualdata.testing import studies, without

TARGETS = [t for t in target_names() if t != "as-read"]


@given(study=studies(), target=sampled_from(TARGETS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_the_study_is_whole_again(study: Study, target: str, folder: Path) -> None:
    """But for what was said not to be kept; and without its sidecar the project is what the losses say."""
    path = folder / f"{target}.qdpx"
    losses = write(study, path, target=target)
    whole = read(path)
    assert [str(d) for d in differences(without(study, [loss for loss in losses if not loss.kept]), whole)] == []
    bare = read(path, sidecar=False)
    assert [str(d) for d in differences(without(study, losses), bare)] == []
