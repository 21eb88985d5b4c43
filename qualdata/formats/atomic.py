"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from qualdata.errors import WriteError

__all__ = ["flush", "replacing"]

_DOCUMENT = "study.json"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside *path* that takes its place when the block ends well, and goes when it does not."""
    if path.is_dir() and not (path / _DOCUMENT).is_file() and any(path.iterdir()):
        raise WriteError("there is a folder of this name that is no study package. Choose another name.", path=path)
    temporary = path.with_name(f".{path.name[:100]}.{uuid4().hex[:8]}.part")
    try:
        yield temporary
        flush(temporary)
        _take_place(temporary, path)
    except OSError as error:
        raise WriteError(f"the file cannot be written ({(error.strerror or str(error)).lower()}). Nothing was changed.", path=path) from error
    except WriteError as error:
        error.path = error.path or str(path)
        raise
    finally:
        with suppress(OSError):
            shutil.rmtree(temporary) if temporary.is_dir() else temporary.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Wait until the bytes of a file, or of the files of a folder, are on the disk."""
    for file in [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]:
        with file.open("rb+") as stream:
            os.fsync(stream.fileno())


def _take_place(temporary: Path, path: Path) -> None:
    """Put the temporary file or folder where it belongs; a folder that was there is moved aside until it is done."""
    if temporary.is_dir() != path.is_dir() and path.exists():
        raise WriteError("a file and a folder cannot take each other's place. Choose another name.", path=path)
    if not path.is_dir():
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
        return
    aside = temporary.with_suffix(".old")
    path.rename(aside)
    try:
        temporary.rename(path)
    except OSError:
        aside.rename(path)
        raise
    shutil.rmtree(aside)
