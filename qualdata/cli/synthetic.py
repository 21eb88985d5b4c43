"""The synthetic starter study: in the wheel beside the package, in a checkout under `examples/`."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path
from typing import Final

from qualdata.errors import ReadError
from qualdata.model.study import Study

__all__ = ["study"]

_PACKAGE: Final = Path(__file__).parent.parent
_BUILD: Final = Path("examples", "starter", "build.py")


def study() -> Study:
    """The study, made anew; the same each time. Raises ReadError when its files are not there."""
    found = next((path for path in (_PACKAGE / _BUILD, _PACKAGE.parent / _BUILD) if path.is_file()), None)
    if found is None:
        raise ReadError("the files of the example study are not there. Install qualdata again.", path=_PACKAGE / _BUILD)
    made: Study = run_path(str(found))["study"]()
    return made
