"""Libraries that not everyone has: asked for where they are used, and named in one sentence where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from qualdata.errors import QualdataError

__all__ = ["needed"]


def needed(module: str, install: str, what: str) -> Any:
    """A module that not everyone has. Raises QualdataError, which says *what* it is for and what pip is to install."""
    try:
        return import_module(module)
    except ImportError as error:
        raise QualdataError(f"{what} needs {module.partition('.')[0]}, which is not installed. Install it with: pip install '{install}'") from error
