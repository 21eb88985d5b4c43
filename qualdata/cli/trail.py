"""One path through a study, from what someone said to a finding."""

from __future__ import annotations

from collections import Counter
from typing import Final

from qualdata.cli.terminal import say, width
from qualdata.model.nouns import counted
from qualdata.model.point import Point
from qualdata.model.segments import Segment
from qualdata.model.study import Study
from qualdata.model.theme import Theme
from qualdata.shown import clean
from qualdata.tools.ic.documents import point_text
from qualdata.tools.ic.extracts import Extract, Extracts

__all__ = ["tell_trail"]

_LEFT: Final = 8


def tell_trail(study: Study) -> None:
    """Say a passage, the codes laid on it, a point that rests on it, and the theme that rests on the point; nothing where there is no such path."""
    extracts = Extracts(study)
    for theme in study.themes:
        for point in (study.get(evidence.ref) for evidence in theme.evidence):
            if isinstance(point, Point) and (found := [e for e in extracts.of() if e.segment.coding.id in point.codings]):
                _tell(study, extracts, found[0], point, theme)
                return


def _tell(study: Study, extracts: Extracts, extract: Extract, point: Point, theme: Theme) -> None:
    if extract.prompt:
        _row("asked", _short(extract.prompt))
    _row("said", _short(f"{', '.join(case.name or case.id for case in extract.segment.cases)}: {extract.text}"))
    _row("coded", f"{extract.segment.code_path}: {_coders(study, extract.segment)}")
    _row("point", point_text(point, extracts))
    _row("theme", f'"{theme.name}": {theme.statement}')
    roles = Counter(evidence.role for evidence in theme.evidence)
    _row("", f"It rests on {counted(len(theme.evidence), 'Evidence')}: {', '.join(f'{role} ({n:,})' for role, n in roles.items())}.")


def _row(what: str, words: str) -> None:
    say(f"{what:{_LEFT}}{words}", indent=2, hang=_LEFT)


def _coders(study: Study, segment: Segment) -> str:
    """Who laid the code of a coding on its place, in which rounds."""
    same = (s for s in study.segments(code=segment.coding.code) if s.excerpt is segment.excerpt)
    return "; ".join(f"{s.coder.name if s.coder else 'no one'}{f', {s.coding.status}' if s.coding.status else ''}" for s in same)


def _short(words: str) -> str:
    """As much of a text as two or three lines hold."""
    room, line = 3 * (width() - _LEFT - 2) - 10, clean(" ".join(words.split()))
    return line if len(line) <= room else line[:room].rsplit(" ", 1)[0] + " …"
