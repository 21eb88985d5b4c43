"""A study as far as a program that renews ids, splits passages and rewrites line ends can leave it."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from qualdata import Case, Code, Contributor, Link, Memo, Set, Study, Variable
from qualdata.match import match_studies
from qualdata.model.base import fold
from qualdata.model.point import Point
from qualdata.model.positions import Codec, Profile
from qualdata.model.references import each_reference
from qualdata.model.source import holders
from qualdata.model.spans import TextSpan, TranscriptSpan
from qualdata.model.study import walk

MADE = {"cases": Case, "sets": Set, "codes": Code, "contributors": Contributor, "memos": Memo, "links": Link, "variables": Variable}
"""What programs make of other things, or for themselves; and what stands for interviews, points and evidence, where these are not taken back."""
OWN_NAMES = ("maxqda",)
"""Programs that are not known to give passages other names."""


def plainly(study: Study, target: str) -> Study:
    """Line ends are LF, passages of one place are one, known and ordered by it; names that programs give passages are none."""
    study = deepcopy(study)
    places: dict[str, str] = {}
    for source in (*study.sources, *study.memos):
        for holder in holders(source):
            _text(holder)
            _passages(holder, target in OWN_NAMES, places)
    for thing in walk(study):
        thing.id = places.get(fold(thing.id), thing.id)
    each_reference(study, lambda id: places.get(fold(id), id))
    return study


def as_ours(back: Study, ours: Study, points: Iterable[Point] = ()) -> Study:
    """What came back with the ids it had; what only it has, and the program made, is left out.

    Of *points*, which came back as notes, these are left out too, but what leads to the note leads to the point.
    """
    back = deepcopy(back)
    matches = match_studies(ours, back)
    noted = {(_note_of(p), p.text): p.id for p in points}
    left = {fold(m.id): id for m in back.memos if (id := noted.get((m.name, m.text)))}
    for thing in walk(back):
        thing.id = matches.id_of(thing.id) or thing.id
    each_reference(back, lambda id: matches.id_of(id) or left.get(fold(id), id))
    known = {fold(thing.id) for thing in walk(ours)}
    for name in MADE:
        gone = {fold(t.id) for t in getattr(back, name)} - known
        setattr(back, name, [t for t in getattr(back, name) if fold(t.id) not in gone])
        each_reference(back, lambda id, gone=gone: None if fold(id) in gone else id)
    return back


def _note_of(point: Point) -> str:
    return "Point" if point.heading is None else f"Point: {point.heading}"


def _text(holder: Any) -> None:
    holder_text = getattr(holder, "text", None)
    if hasattr(holder, "rich"):
        holder.rich = holder.rich_path = None
    if holder_text is None:
        return
    text = holder_text.replace("\r\n", "\n").replace("\r", "\n")
    codec = Codec(holder_text, Profile(newline="once"))
    for thing in (*holder.excerpts, *getattr(holder, "turns", ())):
        thing.span = TextSpan(*codec.write(thing.span.start, thing.span.end)) if isinstance(thing.span, TextSpan) else thing.span
    for point in getattr(holder, "sync_points", ()):
        point.position = None if point.position is None else codec.write(point.position, point.position)[0]
    holder.text = text


def _passages(holder: Any, own_names: bool, places: dict[str, str]) -> None:
    found: dict[object, Any] = {}
    for excerpt in holder.excerpts:
        span = excerpt.span
        key = ("transcript", span.start and fold(span.start), span.end and fold(span.end)) if isinstance(span, TranscriptSpan) else span
        excerpt.name = excerpt.name or None if own_names else None
        first = found.setdefault(key, excerpt)
        places[fold(excerpt.id)] = f"{fold(holder.id)} {key}"
        if first is not excerpt:
            first.codings += [c for c in excerpt.codings if all(c.id != other.id for other in first.codings)]
    for excerpt in found.values():
        excerpt.codings.sort(key=lambda c: fold(c.id))
    holder.excerpts = sorted(found.values(), key=lambda e: repr(e.span))
