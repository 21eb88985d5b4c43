"""The SYNTHETIC example study: a package that ships with the library, made by `examples/smart-recovery/build.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qualdata.errors import ReadError
from qualdata.formats import read
from qualdata.model.study import Study

__all__ = ["example"]

_HERE: Final = Path(__file__).parent
_PACKAGE: Final = Path("examples", "smart-recovery", "SYNTHETIC-smart-recovery.qualdata")


def example() -> Study:
    """A whole invented study, read anew at each call: eighteen interviews, codes, codings by two coders, points, themes, memos.

    It is SYNTHETIC, modelled on the published structure of doi:10.1016/j.josat.2024.209570; no one said any of it.
    Raises ReadError when the file is not there.
    """
    found = next((path for path in (_HERE / _PACKAGE, _HERE.parent / _PACKAGE) if path.is_file()), None)
    if found is None:
        raise ReadError("the file of the example study is not there. Install qualdata again.", path=_HERE / _PACKAGE)
    return read(found)
