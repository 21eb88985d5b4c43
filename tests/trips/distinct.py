"""Studies whose things can be told apart without their ids, as those of people can."""

from __future__ import annotations

from qualdata import Study
from qualdata.match.texts import MARK
from qualdata.model.source import holders
from qualdata.model.spans import TextSpan
from qualdata.model.study import LISTS

NAMED = ("contributors", "variables", "codes", "cases", "sources", "memos", "sets", "graphs", "links")


def distinct(study: Study) -> Study:
    """The study with a name of its own for everything that has one, and passages that lie in their texts and in no line end."""
    for kind in NAMED:
        for number, thing in enumerate(getattr(study, kind)):
            thing.name = f"{kind} {number} {thing.name or ''}".strip()
    for number, point in enumerate(study.points):
        point.text = f"{number} {point.text}"
    for number, question in enumerate(study.questions):
        question.text = f"{number} {question.text}"
    for source in (*study.sources, *study.memos):
        for holder in holders(source):
            text = getattr(holder, "text", None) or ""
            if text.startswith(MARK):  # programs would take it for a byte order mark
                holder.text = text = text.lstrip(MARK)
            for excerpt in holder.excerpts:
                if isinstance(excerpt.span, TextSpan):
                    excerpt.span = TextSpan(*sorted(_within(text, at) for at in (excerpt.span.start, excerpt.span.end)))
            if holder is not source and hasattr(holder, "name"):
                holder.name = f"{holder.name or ''} within".strip()
    for graph in study.graphs:
        for number, part in enumerate((*graph.vertices, *graph.edges)):
            part.name = f"{number} {part.name or ''}".strip()
    assert set(NAMED) <= set(LISTS.values())
    return study


def _within(text: str, at: int) -> int:
    at = min(max(at, 0), len(text))
    return at - 1 if text[at - 1 : at + 1] == "\r\n" else at
