"""`qualdata.read` for tests that know what is in the file: what it gives is not type-checked, so that `study.sources[0].text` needs no proof.

It is the file alone that they are about: what a sidecar beside it kept is left aside, unless it is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import qualdata


def read(path: Path, **options: Any) -> Any:
    """The study in a file."""
    return qualdata.read(path, **{"sidecar": False, **options})
