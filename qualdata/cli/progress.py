"""How far an analysis has come, in a few lines for each code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, set_cell_size

from qualdata.cli.terminal import say, width
from qualdata.model.nouns import counted
from qualdata.model.study import Study
from qualdata.shown import clean
from qualdata.tools.ic.extracts import Extract
from qualdata.tools.ic.progress import Progress

__all__ = ["show"]

_NAMELESS = "codings whose code is not in the study"


def show(study: Study, rows: Iterable[Progress], *, by_code: bool = True, left_open: bool = False) -> None:
    """Say how many extracts are addressed: in all and, if asked, of each code, with those that are not."""
    rows = list(rows)
    if by_code and rows:
        _table(study, rows, left_open)
    extracts, done = sum(len(row.extracts) for row in rows), sum(row.addressed for row in rows)
    what = rows[0].code.name if by_code and len(rows) == 1 and rows[0].code else "In all"
    say(f"{what}: {done:,} of {counted(extracts, 'extract')} addressed." if extracts else "There are no extracts: nothing is coded that counts.")


def _table(study: Study, rows: list[Progress], left_open: bool) -> None:
    lines = list(_named(study, rows))
    room = min(max(cell_len(name) for name, _ in lines), width() - 24)
    say(f"{'':{room}}  {'addressed':>13}  {'points':>6}", whole=True)
    for name, row in lines:
        numbers = f"  {f'{row.addressed:,} of {len(row.extracts):,}':>13}  {row.points:>6,}" if row else ""
        say(_cut(name, room) + numbers, whole=True)
        for extract in row.open if row and left_open else ():
            say(_line(extract), indent=4, whole=True)
    say()


def _named(study: Study, rows: Iterable[Progress]) -> Iterator[tuple[str, Progress | None]]:
    """Each code by its name, further in under those above it, which stand there without numbers if they have none."""
    waiting, above = {id(row.code): row for row in rows}, list[str]()
    shown = 0
    for code, depth in study.code_tree.walk():
        above[depth - 1 :] = ["  " * (depth - 1) + clean(code.name)]
        shown = min(shown, depth - 1)
        if row := waiting.pop(id(code), None):
            yield from ((name, None) for name in above[shown:-1])
            yield above[-1], row
            shown = depth
    yield from ((_NAMELESS, row) for row in waiting.values())


def _cut(name: str, room: int) -> str:
    return set_cell_size(name if cell_len(name) <= room else set_cell_size(name, room - 1) + "…", room)


def _line(extract: Extract) -> str:
    """An extract on one line: its label and its first words."""
    words = clean(f"[{extract.label}] {' '.join(extract.text.split())}")
    room = width() - 4
    return words if cell_len(words) <= room else set_cell_size(words, room - 1) + "…"
