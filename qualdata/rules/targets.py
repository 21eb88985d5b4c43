"""What each reference of the model may point at."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from attrs import fields

from qualdata import model as m
from qualdata.model.base import REF, Thing
from qualdata.model.source import Source

__all__ = ["plan"]

_BY_NAME: Final[dict[str, tuple[type, ...]]] = {
    **dict.fromkeys(("by", "coder", "created_by", "interviewers", "modified_by"), (m.Contributor,)),
    **dict.fromkeys(("case", "cases"), (m.Case,)),
    **dict.fromkeys(("code", "codes"), (m.Code,)),
    **dict.fromkeys(("excerpt", "excerpts"), (m.Excerpt,)),
    **dict.fromkeys(("form", "guide"), (m.Document,)),
    **dict.fromkeys(("memos", "own_memos"), (m.Memo,)),
    **dict.fromkeys(("source", "sources"), (Source,)),
    "codings": (m.Coding,),
    "consent": (m.Consent,),
    "questions": (m.ResearchQuestion,),
    "ref": (m.Excerpt, m.Coding, m.Point, m.Memo, m.Theme),
    "represents": (Thing,),
    "span": (m.SyncPoint,),
    "speaker": (m.Speaker,),
    "variable": (m.Variable,),
}
"""By the name of the field, whatever it stands in."""
_BY_FIELD: Final[dict[str, tuple[type, ...]]] = {
    "Code.derived_from": (m.Code,),
    "Code.parent": (m.Code,),
    "Contributor.same_as": (m.Contributor,),
    "Edge.origin": (m.Vertex,),
    "Edge.target": (m.Vertex,),
    "Excerpt.same_as": (m.Excerpt,),
    "Link.origin": (Thing,),
    "Link.target": (Thing,),
    "ResearchQuestion.parent": (m.ResearchQuestion,),
    "Theme.parent": (m.Theme,),
}
"""Where fields of one name differ."""
_SOURCES: Final = {"derived_from": (Source,)}
"""In sources of all kinds, and memos."""


@cache
def plan(cls: Any) -> tuple[tuple[str, tuple[type, ...], bool], ...]:
    """The fields of a class that refer to things, each with what it may point at, and whether it holds many references."""
    named: Any = fields(cls)
    referring = [f for f in named if f.metadata.get("role") == REF["role"] or (cls is m.Excerpt and f.name == "span")]
    return tuple((f.name, _allowed(cls, f.name), "list[" in str(f.type)) for f in referring)


def _allowed(cls: type, name: str) -> tuple[type, ...]:
    own = _SOURCES.get(name) if issubclass(cls, Source) else None
    return own or _BY_FIELD.get(f"{cls.__name__}.{name}") or _BY_NAME[name]
