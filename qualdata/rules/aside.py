"""What is set aside: the waivers of a dataset, those that were given, and those that set nothing aside."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qualdata.errors import QualdataError
from qualdata.model.media import Media
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.registry import rules
from qualdata.rules.waivers import FILE, Waived, Waiver, waivers_of

__all__ = ["UNUSED", "given_waivers", "note_unused", "own_waivers"]

UNUSED: Final = "val-waiver-unused"
"""The rule that tells of waivers that set nothing aside: of those that were given without a place, as they lie elsewhere."""
_LARGEST: Final = 1 << 20
"""How many bytes of waivers in a dataset are read at most."""


def given_waivers(path: str | os.PathLike[str] | None) -> list[Waiver]:
    """The waivers of a file that was named. Raises QualdataError where it is not one."""
    if path is None:
        return []
    try:
        found, wrong = waivers_of(Path(path).read_bytes())
    except OSError as error:
        raise QualdataError(f"the waivers cannot be read ({(error.strerror or str(error)).lower()}).", path=path) from error
    if wrong:
        raise QualdataError(f"{wrong[0]}.", path=path)
    return found


def own_waivers(data: Dataset) -> list[Waiver]:
    """The waivers in a dataset, or beside it where it can hold none; what is wrong with them is noted."""
    media = _file(data)
    if media is None:
        return []
    try:
        found, wrong = waivers_of(media.read()) if media.size <= _LARGEST else ([], ["the file is too large; nothing is set aside"])
    except QualdataError as error:
        found, wrong = [], [f"{error.message.rstrip('.')}; nothing is set aside"]
    for sentence in wrong:
        data.note("val-waiver-invalid", Where(file=media.name), sentence)
    return found


def _file(data: Dataset) -> Media | None:
    if data.kind == "package":
        return data.files.media.get(FILE)
    path = data.path.with_name(f"{data.path.name}.{FILE}") if data.path is not None and data.readable else None
    return Media.file(path) if path is not None and path.is_file() and not path.is_symlink() else None


def note_unused(data: Dataset, own: Sequence[Waiver], given: Sequence[Waiver], waived: Sequence[Waived], looked: set[str]) -> None:
    """Note the waivers that set nothing aside. Where the study could not be read, of those for rules that did not look nothing is known."""
    used = {id(w.waiver) for w in waived}
    resting = set() if data.read else {rule.id for rule in rules()} - looked
    file = _file(data) if own else None
    for waivers, where in ((own, nowhere if file is None else Where(file=file.name)), (given, nowhere)):
        for waiver in waivers:
            if id(waiver) not in used and waiver.rule not in resting:
                data.note(UNUSED, where, f"the waiver of {waiver.rule} at {waiver.place} ({waiver.who}, {waiver.date}) sets nothing aside")
