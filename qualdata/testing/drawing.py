"""How each field of the model is drawn: by its role, else by its name, else by its type."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, get_args

from attrs import NOTHING, Attribute, fields
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.contributor import Contributor
from qualdata.model.excerpt import Excerpt
from qualdata.model.graph import LineStyle, Shape
from qualdata.model.link import Direction, Link
from qualdata.model.memo import Memo
from qualdata.model.set import Set
from qualdata.model.source import Source
from qualdata.model.variable import Variable
from qualdata.testing import words

if TYPE_CHECKING:
    from qualdata.testing.making import Maker

__all__ = ["NUMBERS", "rules"]

Rule = Callable[["Maker"], Any]
Rules = tuple[tuple[str, Rule], ...]
NUMBERS: Final = st.integers(0, 600)

ANY: Final = (Code, Source, Excerpt, Memo, Case, Contributor, Variable, Set, Link)
REFERS: Final[dict[str, tuple[type, ...]]] = {
    "created_by": (Contributor,),
    "modified_by": (Contributor,),
    "coder": (Contributor,),
    "memos": (Memo,),
    "own_memos": (Memo,),
    "codes": (Code,),
    "sources": (Source,),
    "excerpts": (Excerpt,),
    "represents": ANY,
    "origin": ANY,
    "target": ANY,
}
"""What the references of each field point at."""

WORDS: Final[dict[str, tuple[Any, ...]]] = {
    "Case.kind": ("participant", "organisation", "site", "event"),
    "Code.origin": ("a priori", "inductive", "abductive", ""),
    "Document.role": ("unreferenced", "guide", "readme"),
    "Edge.line": get_args(LineStyle),
    "Memo.kind": ("analytic", "reflexive", "a word of one's own"),
    "Variable.type": words.TYPES,
    "Vertex.shape": get_args(Shape),
    "base_path": ("C:\\Data", "/home/a b/", ""),
    "direction": get_args(Direction),
    "orcid": ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
}
"""Fields that hold one of a few words."""

BY_NAME: Final[dict[str, Callable[[bool], SearchStrategy[Any]]]] = {
    "colour": lambda awkward: words.colours(),
    "created": lambda awkward: words.moments(awkward=awkward),
    "current_path": lambda awkward: words.paths("mp4", awkward=awkward),
    "extra": lambda awkward: words.foreign() if awkward else st.none(),
    "modified": lambda awkward: words.moments(awkward=awkward),
    "name": lambda awkward: words.names(awkward=awkward),
    "path": lambda awkward: words.paths("jpg", awkward=awkward),
    "rich_path": lambda awkward: words.paths("docx", awkward=awkward),
    "roles": lambda awkward: st.lists(st.sampled_from(("coder", "interviewer", "transcriber", "creator")), max_size=2),
    "title": lambda awkward: words.names(awkward=awkward),
}
BY_TYPE: Final[dict[str, Callable[[bool], SearchStrategy[Any]]]] = {
    "bool": lambda awkward: st.booleans(),
    "int": lambda awkward: NUMBERS,
    "str": lambda awkward: words.texts(awkward=awkward, max_size=3),
}


@cache
def rules(cls: Any, awkward: bool) -> tuple[Rules, list[Rules]]:
    """How the fields of a class are drawn: those it must have, and the fillings of those it may have, fewer before more.

    A filling is none, one, two, half or all of them: one draw chooses, which is fast and shrinks well.
    What holds other parts, and handles on files, are left to the maker.
    """
    must: Rules = ()
    may: Rules = ()
    for f in fields(cls):
        if f.init and (rule := _rule(cls, f, awkward)):
            here = ((f.alias or f.name, rule),)
            must, may = (must + here, may) if f.default is NOTHING or f.name == "id" else (must, may + here)
    half = [(may[i:] + may[:i])[: len(may) // 2] for i in range(len(may))]
    return must, [*(few for n in range(3) for few in combinations(may, n)), *half, may]


def _rule(cls: type, f: Attribute[Any], awkward: bool) -> Rule | None:
    role, kinds = f.metadata.get("role"), REFERS.get(f.name)
    if role == "id":
        return lambda make: make.id(cls)
    if role == "ref":
        if kinds is None:
            return None
        return (lambda make: make.ref(kinds)) if f.default is None else (lambda make: make.refs(kinds))
    strategy = _strategy(cls, f, awkward)
    if strategy is None:
        return None
    if f.name == "extra":
        return lambda make: make.draw(strategy) if make.upto(1) else None
    return lambda make: make.draw(strategy)


def _strategy(cls: type, f: Attribute[Any], awkward: bool) -> SearchStrategy[Any] | None:
    """The strategy for what a field holds when it holds something; None for one that only says how something is stored."""
    if not f.eq:
        return None
    if choices := WORDS.get(f"{cls.__name__}.{f.name}") or WORDS.get(f.name):
        return st.sampled_from(choices)
    make = BY_NAME.get(f.name) or BY_TYPE.get(str(f.type).removesuffix(" | None"))
    return make(awkward) if make else None
