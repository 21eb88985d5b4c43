"""How each field of the model is drawn: by its role, else by its name, else by its type."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from attrs import NOTHING, Attribute, fields
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from qualdata.model.annotations import holds
from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.consent import Consent
from qualdata.model.contributor import Contributor
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt, Quote
from qualdata.model.interview import Interview
from qualdata.model.link import Link
from qualdata.model.memo import Memo
from qualdata.model.point import Point
from qualdata.model.question import ResearchQuestion
from qualdata.model.set import Set
from qualdata.model.source import Source
from qualdata.model.spans import TextSpan, TimeSpan
from qualdata.model.theme import Theme
from qualdata.model.variable import Variable
from qualdata.testing import words

if TYPE_CHECKING:
    from qualdata.testing.making import Maker

__all__ = ["NUMBERS", "rules"]

Rule = Callable[["Maker"], Any]
Rules = tuple[tuple[str, Rule], ...]
NUMBERS: Final = st.integers(0, 600)

ANY: Final = (Code, Source, Excerpt, Memo, Case, Contributor, Variable, Set, Link, Coding, Interview, Point, Theme)
REFERS: Final[dict[str, tuple[type, ...]]] = {
    "Code.derived_from": (Code,),
    "Contributor.same_as": (Contributor,),
    "Excerpt.same_as": (Excerpt,),
    "Replacement.source": (Source,),
    "ResearchQuestion.parent": (ResearchQuestion,),
    "Theme.parent": (Theme,),
    "Evidence.ref": (Excerpt, Coding, Point, Memo, Theme),
    "by": (Contributor,),
    "created_by": (Contributor,),
    "modified_by": (Contributor,),
    "coder": (Contributor,),
    "interviewers": (Contributor,),
    "case": (Case,),
    "cases": (Case,),
    "codings": (Coding,),
    "consent": (Consent,),
    "derived_from": (Source,),
    "excerpt": (Excerpt,),
    "form": (Document,),
    "guide": (Document,),
    "memos": (Memo,),
    "questions": (ResearchQuestion,),
    "own_memos": (Memo,),
    "codes": (Code,),
    "sources": (Source,),
    "excerpts": (Excerpt,),
    "represents": ANY,
    "origin": ANY,
    "target": ANY,
}
"""What the references of each field point at, by `Class.field` or by the field alone."""

_LANGUAGES: Final = ("en-AU", "de", "zh-Hant-TW")
WORDS: Final[dict[str, tuple[Any, ...]]] = {
    "Document.role": ("unreferenced", "guide", "readme"),
    "Extension.prefix": ("lab", "ca"),
    "Extension.url": ("https://example.org/extensions/lab/1",),
    "Memo.kind": ("analytic", "reflexive", "a word of one's own"),
    "Replacement.action": ("replace", "generalise", "remove", "pseudonymise"),
    "base_path": ("C:\\Data", "/home/a b/", ""),
    "language": _LANGUAGES,
    "languages": _LANGUAGES,
    "licence": ("CC-BY-4.0", "https://example.org/licence"),
    "orcid": ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
}
"""Fields that hold one of a few words, or some of them, beside those whose annotation says which."""

BY_NAME: Final[dict[str, Callable[[bool], SearchStrategy[Any]]]] = {
    "colour": lambda awkward: words.colours(),
    "created": lambda awkward: words.moments(awkward=awkward),
    "current_path": lambda awkward: words.paths("mp4", awkward=awkward),
    "date": lambda awkward: words.dates(),
    "decided": lambda awkward: words.dates(),
    "extra": lambda awkward: words.unknown() if awkward else st.none(),
    "label": lambda awkward: words.names(awkward=awkward),
    "modified": lambda awkward: words.moments(awkward=awkward),
    "name": lambda awkward: words.names(awkward=awkward),
    "path": lambda awkward: words.paths("jpg", awkward=awkward),
    "rich_path": lambda awkward: words.paths("docx", awkward=awkward),
    "roles": lambda awkward: st.lists(st.sampled_from(("coder", "interviewer", "transcriber", "creator")), max_size=2),
    "title": lambda awkward: words.names(awkward=awkward),
    "withdrawn": lambda awkward: words.dates(),
}
BY_TYPE: Final[dict[Any, Callable[[bool], SearchStrategy[Any]]]] = {
    bool: lambda awkward: st.booleans(),
    int: lambda awkward: NUMBERS,
    float: lambda awkward: st.one_of(st.sampled_from((0.0, 1.0, 0.1)), st.floats(allow_nan=False, allow_infinity=False)) if awkward else st.sampled_from((0.0, 0.5)),
    str: lambda awkward: words.texts(awkward=awkward, max_size=3),
    Quote: lambda awkward: st.builds(Quote, *[words.texts(awkward=awkward, max_size=2)] * 3),
    TextSpan: lambda awkward: st.builds(lambda start, length: TextSpan(start, start + length), NUMBERS, NUMBERS),
    TimeSpan: lambda awkward: st.builds(lambda start, length: TimeSpan(start, start + length), NUMBERS, NUMBERS),
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
    role, kinds = f.metadata.get("role"), REFERS.get(f"{cls.__name__}.{f.name}") or REFERS.get(f.name)
    if role == "id":
        return lambda make: make.id(cls)
    if role == "ref":
        if kinds is None:
            return None
        return (lambda make: make.refs(kinds)) if holds(cls, f.name)[1] else (lambda make: make.ref(kinds))
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
    held, many = holds(cls, f.name)
    choices = WORDS.get(f"{cls.__name__}.{f.name}") or WORDS.get(f.name) or (get_args(held) if get_origin(held) is Literal else None)
    if choices:
        one: SearchStrategy[Any] = st.sampled_from(choices)
        return st.lists(one, min_size=1, max_size=2) if many else one
    if f.name in BY_NAME:
        return BY_NAME[f.name](awkward)
    if held not in BY_TYPE:
        return None
    one = BY_TYPE[held](awkward)
    return st.lists(one, min_size=1, max_size=2) if many else one
