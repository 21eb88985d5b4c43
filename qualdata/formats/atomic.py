"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from qualdata.errors import WriteError

__all__ = ["replacing"]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside *path* that takes its place when the block ends well, and goes when it does not."""
    if path.is_dir():
        raise WriteError("there is a folder of this name. Choose another name.", path=path)
    temporary = path.with_name(f".{path.name[:100]}.{uuid4().hex[:8]}.part")
    try:
        yield temporary
        if path.exists():
            shutil.copymode(path, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise WriteError(f"the file cannot be written ({(error.strerror or str(error)).lower()}). Nothing was changed.", path=path) from error
    except WriteError as error:
        error.path = error.path or str(path)
        raise
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
