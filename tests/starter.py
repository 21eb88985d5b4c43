"""The SYNTHETIC starter study of `examples/starter/`: small, and full of what programs stumble over."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

from qualdata import Study

STARTER = Path(__file__).parents[1] / "examples" / "starter"


def study() -> Study:
    """The study, built anew from its files."""
    made: Study = run_path(str(STARTER / "build.py"))["study"]()
    return made
