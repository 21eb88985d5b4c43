"""A sidecar on its way to its place beside a project: there when the project is, or all is as it was."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from qualdata.errors import WriteError
from qualdata.formats.atomic import flush
from qualdata.formats.refi.losses import unsaid
from qualdata.formats.refi.outgoing import tool_for
from qualdata.formats.refi.roots import PROJECT
from qualdata.formats.refi.sidecar.document import beside, is_sidecar, project_hash, write_sidecar
from qualdata.formats.refi.sidecar.kept import kept
from qualdata.model.loss import NOT_CARRIED, Loss
from qualdata.model.study import Study

__all__ = ["Keeper", "keeping"]

_RENAMED: Final = "renamed"


class Keeper:
    """What will stand beside one project."""

    def __init__(self, path: Path) -> None:
        self.path = beside(path)
        self._placed = False
        mark = uuid4().hex[:8]
        self._part = self.path.with_name(f".{self.path.name[:100]}.{mark}.part")
        self._old = self.path.with_name(f".{self.path.name[:100]}.{mark}.old")

    def keep(self, study: Study, written: Path, target: str | None, losses: list[Loss]) -> list[Loss]:
        """Write down what a project, as it is *written*, could not be told; give the losses, marked by whether they are kept.

        Where nothing is lost, and the file is for no program that gives out other ids than it took in, there is nothing to keep.
        """
        tool = tool_for(study, target)
        if not losses and (tool is None or not tool.new_ids):
            return losses
        lost = [[name, id] for loss in losses if _follows_not(loss) for name in loss.fields for id in loss.ids]
        with _told(self.path), self._part.open("wb") as out:
            write_sidecar(study, project_hash(written), "" if tool is None else tool.name, lost, out)
        return [part for loss in losses for part in kept(study, loss)]

    def place(self) -> None:
        """Let the sidecar take its place. Where there is nothing to keep, one that an earlier writing left goes."""
        with _told(self.path):
            if self.path.is_file() and is_sidecar(self.path):
                shutil.copy2(self.path, self._old)
            elif self.path.exists() and self._part.exists():
                raise WriteError("there is something else of this name, which is no sidecar. Choose another name for the project.", path=self.path)
            if self._part.exists():
                flush(self._part)
                self._part.replace(self.path)
                self._placed = True
            elif self._old.exists():
                self.path.unlink()

    def take_back(self) -> None:
        """Leave all as it was."""
        with suppress(OSError):
            if self._old.exists():
                self._old.replace(self.path)
            elif self._placed:
                self.path.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Take away what is not in its place."""
        for path in (self._part, self._old):
            with suppress(OSError):
                path.unlink(missing_ok=True)


@contextmanager
def keeping(path: Path) -> Iterator[Keeper]:
    """What keeps a sidecar beside the project at *path*; when the block does not end well, that is as it was before."""
    keeper = Keeper(path)
    try:
        yield keeper
    except BaseException:
        keeper.take_back()
        raise
    finally:
        keeper.tidy()


def _follows_not(loss: Loss) -> bool:
    """Whether a loss has to be written down: it does not follow from the study and the target."""
    return loss.kind not in (_RENAMED, NOT_CARRIED) and not unsaid(PROJECT).issuperset(loss.fields)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WriteError(f"the sidecar cannot be written ({(error.strerror or str(error)).lower()}). Nothing was changed.", path=path) from error
