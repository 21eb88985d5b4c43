"""Projects on their own: written without a sidecar, so that what is read again is what the project itself says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import qualdata
from qualdata import Loss, Study

__all__ = ["write"]


def write(study: Study, path: Path, **options: Any) -> list[Loss]:
    """Write a study, and nothing beside it."""
    return qualdata.write(study, path, sidecar=False, **options)
