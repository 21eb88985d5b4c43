"""Who points at whom: ids, and the references between things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import Any, Final

from qualdata.model.base import Thing, fold
from qualdata.model.case import Case
from qualdata.model.interview import Interview
from qualdata.model.nouns import field_words, noun
from qualdata.model.source import Turn
from qualdata.rules.dataset import Dataset
from qualdata.rules.index import Wrong
from qualdata.rules.places import called
from qualdata.rules.rule import Found, rule

__all__: list[str] = []

_PEOPLE: Final = ("created_by", "modified_by")
_CYCLES: Final = 20
"""How many cycles of one kind are told."""


@rule("ref-duplicate-id", "error")
def duplicate_id(data: Dataset) -> Found:
    """Two things have the same id.

    What refers to that id means one of them, and no one can tell which.

    Give one of them a new id, and let what means it refer to that.
    """
    for thing in data.index.again:
        first = data.index.things[fold(thing.id)]
        kind, name = called(first)
        yield data.at(thing), f"the id {thing.id} is that of another thing too: {kind} {name or data.places.path(first) or ''}".rstrip()


@rule("ref-dangling", "error")
def dangling(data: Dataset) -> Found:
    """Something refers to a thing that is not in the study.

    A coding without its code, or a theme without its evidence, says nothing.

    Add what is missing, or take the reference out.
    """
    for wrong in _wrong(data):
        if wrong.target is None:
            if wrong.field not in _PEOPLE:
                yield data.at(wrong.part), f"{_says(wrong)} {wrong.id}, which is not in the study"
            elif data.kind != "refi":  # there, a rule of its own tells it
                yield data.at(wrong.part), f"{_says(wrong)} {wrong.id}, which is no contributor of the study", "warning"


@rule("ref-wrong-type", "error")
def wrong_type(data: Dataset) -> Found:
    """Something refers to a thing of a kind that it cannot mean: a coding to a case, say.

    Programs will drop the reference or fail on it.

    Look up what is meant, and refer to that.
    """
    for wrong in _wrong(data):
        if wrong.target is not None:
            yield data.at(wrong.part), f"{_says(wrong)} {wrong.id}, which is a {noun(type(wrong.target).__name__)}"


def _wrong(data: Dataset) -> Iterator[Wrong]:
    """Wrong references; who speaks in a turn is a matter of texts, who coded in a project one of REFI-QDA."""
    for wrong in data.index.references.wrong:
        if not isinstance(wrong.part, Turn) and not (data.kind == "refi" and wrong.field == "coder" and wrong.target is None):
            yield wrong


def _says(wrong: Wrong) -> str:
    return f"{field_words(wrong.field)} of this {noun(type(wrong.part).__name__)} is"


@rule("ref-cycle", "error")
def cycle(data: Dataset) -> Found:
    """Things stand under each other in a ring, or are made from each other.

    No tree can be drawn of them, and programs that try may never end.

    Take one of them out of the ring: put it at the top, or under another.
    """
    study = data.study
    yield from data.noted("ref-cycle")
    yield from _rings(data, study.codes, lambda c: [c.parent], "stand under each other")
    yield from _rings(data, study.codes, lambda c: c.derived_from, "are derived from each other")
    yield from _rings(data, study.questions, lambda q: [q.parent], "stand under each other")
    yield from _rings(data, study.themes, lambda t: [t.parent], "stand under each other")
    yield from _rings(data, [*study.sources, *study.memos], lambda s: [s.derived_from], "are derived from each other")


def _rings(data: Dataset, things: list[Any], above: Callable[[Any], list[str | None]], say: str) -> Found:
    graph = {fold(t.id): [fold(id) for id in above(t) if id is not None] for t in things}
    for _ in range(_CYCLES):
        ring = _ring(graph)
        if ring is None:
            return
        found = [data.index.things[id] for id in ring]
        names = ", ".join(str(called(t)[1] or t.id) for t in found[:5]) + (" …" if len(found) > 5 else "")
        yield data.at(found[0]), f"{'this one stands in itself' if len(found) == 1 else f'these {len(found)} {say}'}: {names}"
        graph = {id: inner for id, inner in graph.items() if id not in ring}


def _ring(graph: dict[str, list[str]]) -> list[str] | None:
    """The ids of one ring, each once; None where there is none."""
    try:
        TopologicalSorter({id: [a for a in above if a in graph] for id, above in graph.items()}).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        return list(dict.fromkeys(ring))
    return None


@rule("ref-orphan", "info")
def orphan(data: Dataset) -> Found:
    """Nothing refers to a memo, a variable, a case or an interview, and it holds nothing itself.

    It may be left over, or have lost what it was about.

    Say what it is about, or take it out.
    """
    study, referred = data.study, {fold(id) for id in data.index.references.good}
    for thing in chain(study.memos, study.variables, study.cases, study.interviews):
        if fold(thing.id) not in referred and not _holds(thing):
            kind, name = called(thing)
            yield data.at(thing), f"nothing refers to the {kind} {name or thing.id}"


def _holds(thing: Thing) -> bool:
    """Whether a thing is of use by itself."""
    if isinstance(thing, Case):
        return bool(thing.sources or thing.excerpts or thing.codes)
    if isinstance(thing, Interview):
        return bool(thing.sources or thing.cases)
    return bool(getattr(thing, "excerpts", None) or getattr(thing, "codings", None))
