"""The codebook: that codes mean something, are told apart, and that its history fits what it became."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import nowhere
from qualdata.rules.history import broken, unlogged
from qualdata.rules.rule import Found, Kind, rule

__all__: list[str] = []

_OVER: Final[tuple[Kind, ...]] = ("package", "study")


@rule("cbk-name-duplicate", "warning")
def name_duplicate(data: Dataset) -> Found:
    """Two codes under the same code have one name.

    No one can tell which of them to use, and some programs merge them on import.

    Merge them, or give one a name of its own.
    """
    seen: dict[tuple[str, str], Code] = {}
    for code in data.study.codes:
        if code.status == "active" and code.name.strip():
            key = (fold(code.parent or ""), " ".join(code.name.split()).casefold())
            if seen.setdefault(key, code) is not code:
                yield data.at(code), f'there is another code "{code.name}" under the same code'


@rule("cbk-definition-missing", "warning")
def definition_missing(data: Dataset) -> Found:
    """Codes have no definition.

    A label alone means something else to each reader, and after a year also to its author.

    Write a sentence for each code: what it means, when to use it and when not. `qualdata codebook` makes a table to fill in.
    """
    codes = list(_laid(data))
    if missing := [code for code in codes if not (code.description or code.include or "").strip()]:
        yield nowhere, f"{len(missing):,} of {len(codes):,} codes have no definition: {_few(missing)}"


@rule("cbk-origin-missing", "info", over=_OVER)
def origin_missing(data: Dataset) -> Found:
    """It is not said where codes came from: from theory or the guide (a priori), or from the data (inductive, abductive).

    A reader cannot tell what was looked for from what was found.

    Fill in the origin of each code.
    """
    codes = list(_laid(data))
    if missing := [code for code in codes if code.origin is None]:
        yield nowhere, f"of {len(missing):,} of {len(codes):,} codes it is not said where they came from: {_few(missing)}"


@rule("cbk-history-broken", "error", over=_OVER)
def history_broken(data: Dataset) -> Found:
    """The history of the codebook contradicts itself or the codebook.

    Which definition stood when a passage was coded can no longer be told.

    Correct the change that is named: its date, its codes, or what it says stood there before.
    """
    for change, message in broken(data.study):
        yield data.at(change), message


@rule("cbk-change-unlogged", "warning", over=_OVER)
def change_unlogged(data: Dataset) -> Found:
    """A code is not what the history of the codebook says it became: the codebook was changed, and no one wrote it down.

    Passages coded before and after the change are taken to mean the same.

    Add the change, with its date and the reason.
    """
    for code, message in unlogged(data.study):
        yield data.at(code), message


@rule("cbk-code-unused", "info")
def code_unused(data: Dataset) -> Found:
    """A code was never laid on data, nor was any code under it.

    It may be left over, or say that something that was looked for is not there; a reader cannot tell which.

    Retire it, or say in its definition that it was looked for and not found.
    """
    known = {fold(code.id) for code in data.study.codes}
    used = set(map(fold, {coding.code for coding in data.index.of(Coding)})) & known
    if not used:  # a codebook by itself, or codings of codes that are not here
        return
    for code in reversed(data.study.codes_in_order):  # those below come first
        if fold(code.id) in used and code.parent is not None:
            used.add(fold(code.parent))
    for code in _laid(data):
        if fold(code.id) not in used:
            yield data.at(code), f'the code "{code.name}" was never laid on data'


def _laid(data: Dataset) -> Iterator[Code]:
    """The codes that are in use and can be laid on data."""
    return (code for code in data.study.codes if code.codable and code.status == "active")


def _few(codes: list[Code]) -> str:
    """The names of the first of some codes."""
    return ", ".join(f'"{code.name}"' for code in codes[:3]) + (" …" if len(codes) > 3 else "")
