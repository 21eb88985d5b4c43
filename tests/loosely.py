"""`qualdata.read` for tests that know what is in the file: what it gives is not type-checked, so that `study.sources[0].text` needs no proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import qualdata


def read(path: Path, **options: Any) -> Any:
    """The study in a file."""
    return qualdata.read(path, **options)
