"""Points as notes, `Point: HEADING`: their codes are laid on the note, links lead to what they rest on, the rest are lines of the description."""

from __future__ import annotations

from typing import Final, get_args

from qualdata.formats.refi.lines import is_line, joined, parted
from qualdata.formats.refi.telling import Telling
from qualdata.model.coding import Coding
from qualdata.model.copying import shallow
from qualdata.model.link import Link
from qualdata.model.memo import Memo
from qualdata.model.point import Point, Process
from qualdata.model.study import Study

__all__ = ["NAME", "carry", "take"]

NAME: Final = "Point"
_LINK: Final = "rests on"
_LABELS: Final = ("Cases", "Literature", "Process")
_PROCESSES: Final = get_args(Process)
_DATED: Final = ("created", "created_by", "modified", "modified_by")


# ---- into notes ----
def carry(told: Telling) -> Study:
    """The study with notes for its points, and with links to the data that these rest on."""
    study = told.study
    points = [p for p in study.points if not told.numbered(p.id)]
    if not points:
        return study
    points = [told.freed(told.freed(p, "codings", p.codings), "codes", p.codes, "coding") for p in points]
    made = [_note(told, p) for p in points]
    return shallow(study, points=[p for p in study.points if told.numbered(p.id)], **told.together("memos", made))


def _note(told: Telling, point: Point) -> tuple[Memo, list[Link]]:
    if point.extra is not None:
        told.lose(point, "extra")
    memo = Memo(
        id=point.id,
        name=NAME if point.heading is None else f"{NAME}: {point.heading}",
        description=joined(None, _lines(told, point)),
        text=point.text,
        codings=[Coding(id=id, code=code) for id, code in zip(told.ties(point.id, point.codes, "coding"), point.codes, strict=True)],
        memos=point.memos,
        **{name: getattr(point, name) for name in _DATED},
    )
    return memo, told.links(point.id, point.codings, [_LINK] * len(point.codings))


def _lines(told: Telling, point: Point) -> list[tuple[str, str]]:
    lines = []
    cases = told.cases.say(point.cases)
    if cases:
        lines.append(("Cases", cases))
    elif point.cases:
        told.lose(point, "cases")
    if all(map(is_line, point.literature)):
        lines += [("Literature", reference) for reference in point.literature]
    else:
        told.lose(point, "literature")
    if point.process not in _PROCESSES:
        told.lose(point, "process")
    return [*lines, ("Process", point.process if point.process in _PROCESSES else "describe")]


# ---- and back ----
def take(told: Telling) -> Study:
    """The study with points for those of its notes that are as `carry` makes them."""
    study = told.study
    named = [m for m in study.memos if m.name and m.name.startswith(NAME)]
    heard = [(memo, *found) for memo in named if (found := _heard(told, memo))]
    if not heard:
        return study
    return told.taken(carry, points=[*study.points, *(point for _, point, _ in heard)], **told.apart("memos", [(memo, links) for memo, _, links in heard]))


def _heard(told: Telling, memo: Memo) -> tuple[Point, list[Link]] | None:
    """The point that a note stands for, and its links; None if there is more, less or other in it than a point would have."""
    parts = parted(memo.description, _LABELS)
    if parts is None or memo.stored is not None or memo._text is None or told.marked(memo):
        return None
    lines = parts[1]
    ends = [(ref, link) for ref, link in told.ends(memo.id) if link.name == _LINK]
    point = Point(
        id=memo.id,
        heading=None if memo.name == NAME else (memo.name or "").removeprefix(f"{NAME}: "),
        text=memo._text,
        process=next(iter(lines["Process"]), ""),  # type: ignore[arg-type]
        codes=[k.code for k in memo.codings],
        codings=[ref for ref, _ in ends],
        cases=[id for line in lines["Cases"] for id in told.cases.hear(line) or ()],
        literature=lines["Literature"],
        memos=memo.memos,
        **{name: getattr(memo, name) for name in _DATED},
    )
    links = [link for _, link in ends]
    told.lost.clear()
    again = _note(told, point)
    return None if told.lost or not told.alike([memo, links], [*again]) else (point, links)
