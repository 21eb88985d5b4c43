"""A study's way into the project of another program and back: what came back, what was kept, and what was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from qualdata.cli.terminal import say
from qualdata.formats import read, write
from qualdata.formats.refi.tools import Tool
from qualdata.model.base import fold
from qualdata.model.compare import differences
from qualdata.model.law import without
from qualdata.model.loss import Loss
from qualdata.model.nouns import field_words, listed, noun
from qualdata.model.study import Study, walk

__all__ = ["Trip", "numbers", "send", "tell_trips", "unlike"]

_KINDS: Final = (
    "TextSource Excerpt Coding Code Contributor Case Variable Interview Point Theme ResearchQuestion Memo Set Speaker Turn Consent Replacement PublishedQuote CodeChange Document"
).split()
"""What is counted, in this order."""


@frozen
class Trip:
    """A project that was written for a program, and what came back from it."""

    tool: Tool
    """The program."""
    path: Path
    """The project."""
    losses: list[Loss]
    """What it could not be told."""
    alone: Study
    """What it says without its sidecar."""
    faults: tuple[str, ...]
    """Where what came back is not what it was said to be."""

    @property
    def gone(self) -> str:
        """What neither the project nor its sidecar holds, in words."""
        return "; ".join(loss.where for loss in self.losses if loss.in_file and not loss.kept)


def send(study: Study, tool: Tool, path: Path) -> Trip:
    """Write a study for a program, read it with its sidecar and alone, and compare both with what the losses leave of the study."""
    losses = write(study, path, target=tool.name)
    whole, alone = read(path), read(path, sidecar=False)
    faults = (*unlike(without(study, [loss for loss in losses if not loss.kept]), whole), *unlike(without(study, losses), alone))
    return Trip(tool, path, losses, alone, faults)


def unlike(expected: Study, returned: Study) -> Iterator[str]:
    """Where what came back is not what it was said to be; coded texts are compared on their own as well."""
    yield from map(str, differences(expected, returned))
    there, back = ({fold(s.coding.id): s.text for s in side.segments()} for side in (expected, returned))
    yield from (f"the text of the coding {id}: {text!r} ≠ {back.get(id)!r}" for id, text in there.items() if back.get(id) != text)


def numbers(study: Study) -> Counter[str]:
    """How many things of each class a study holds."""
    return Counter(type(thing).__name__ for thing in walk(study))


# ---- telling ----
def tell_trips(study: Study, trips: Sequence[Trip]) -> None:
    """Say what each project keeps and loses, as it was found by reading it alone."""
    _tell_numbers(["study", *(trip.tool.title for trip in trips)], [numbers(study), *(numbers(trip.alone) for trip in trips)])
    told = {trip.tool.title: tuple(_fields(trip.losses)) for trip in trips}
    for fields in dict.fromkeys(told.values()):
        say()
        say(f"What has a dash has no place in the file for {' or '.join(name for name, of in told.items() if of == fields)}. Nor has this of what is there:")
        for line in fields:
            say(line, indent=2, hang=2)
    say()
    say("In the programs themselves more is known to stay behind, or is reported to; `qualdata convert` tells the reasons:")
    for trip in trips:
        say(f"{trip.tool.title}: {'; '.join(loss.where for loss in trip.losses if not loss.in_file)}", indent=2, hang=2)


def _tell_numbers(heads: Sequence[str], columns: Sequence[Counter[str]]) -> None:
    """A row for each kind of thing that the first column has; a dash for none."""
    widths, left = [max(len(head), 7) for head in heads], max(len(noun(kind, 2)) for kind in _KINDS)
    for kind in ("", *(kind for kind in _KINDS if columns[0][kind])):
        cells = [f"{column[kind]:,}" if column[kind] else "–" for column in columns] if kind else heads
        say(f"{noun(kind, 2) if kind else '':{left}}{''.join(f'{cell:>{room + 2}}' for cell, room in zip(cells, widths, strict=True))}", indent=2, whole=True)


def _fields(losses: Iterable[Loss]) -> Iterator[str]:
    """What a file has no place for of the things that it holds, a line for each kind of thing."""
    said: dict[str, list[str]] = {}
    for cls, field in (name.split(".") for loss in losses if loss.in_file for name in loss.fields if not listed(name)):
        said.setdefault(cls, []).append(field_words(field))
    for cls, words in said.items():
        yield f"{'the study' if cls == 'Study' else noun(cls, 2)}: {', '.join(words)}"
