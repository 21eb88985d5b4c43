"""What all tests share: where the real files are, that a slow machine fails no property, and that a failing one is told soon."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import engine

settings.register_profile("qualdata", deadline=None, max_examples=30, derandomize="CI" in os.environ)  # where a run must be one that others can repeat
settings.load_profile("qualdata")
engine.MAX_SHRINKING_SECONDS = 30  # of five minutes; the next run goes on from the smallest example that was found until then


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all examples of a law share, so that files are written over others."""
    return tmp_path_factory.mktemp("law")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real files that the environment variable QUALDATA_SAMPLES names."""
    folder = os.environ.get("QUALDATA_SAMPLES")
    if not folder:
        pytest.skip("QUALDATA_SAMPLES does not say where the real files are")
    path = Path(folder)
    if not path.is_dir():
        pytest.skip(f"QUALDATA_SAMPLES names {folder}, which is no folder")
    return path
