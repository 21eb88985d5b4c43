"""The codebook as a table: a row for each code, in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from qualdata.match.codes import name_key
from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.nouns import called
from qualdata.model.segments import Segment, code_paths
from qualdata.model.spans import TextSpan
from qualdata.model.study import Study
from qualdata.report.counts import COUNTS, counted_codes, valid
from qualdata.report.table import Cell, Indented, Table
from qualdata.report.titles import titled

__all__ = ["codebook_table"]

_MEANING: Final = ("code", "description", "include", "exclude", "example")
_MORE: Final = ("colour", "codable", "in_vivo", "origin", "status", "parent", "path", "id")
_WITH_SUBCODES: Final = tuple(f"{name}_with_subcodes" for name in COUNTS)


def codebook_table(study: Study, *, counts: bool = False, with_subcodes: bool = False, examples: int = 0, for_people: bool = False) -> Table:
    """The codes of a study with their meaning, names indented on paper; `qualdata codebook import` reads the table back.

    *counts* adds how often each was laid: codings, passages (distinct places), cases and sources; *with_subcodes* the same with
    what was coded with the codes under it. *examples* adds so many coded extracts of each, word for word: the first of each case,
    in the order of the data, then the second, and so on. Only the codings that count are there (`qualdata.model.counting`). *for_people* leaves out
    ids, looks and columns in which nothing stands.
    """
    numbers = [counted_codes(study)] if counts else []
    numbers += [counted_codes(study, with_subcodes=True)] if with_subcodes else []
    counted = [*(COUNTS if counts else ()), *(_WITH_SUBCODES if with_subcodes else ())]
    extracts = _extracts(study, examples) if examples else None
    head = (*_MEANING, *counted, *(["extracts"] if examples else []), *_MORE)

    def rows() -> Iterator[tuple[Cell, ...]]:
        for code, facts in _facts(study):
            key = fold(code.id)
            told = [number for table in numbers for number in table[key].numbers()]
            words = ["\n".join(extracts.get(key, ()))] if extracts is not None else []
            yield (*(facts[name] for name in _MEANING), *told, *words, *(facts[name] for name in _MORE))

    table = Table(titled("Codebook", study), head, rows())
    return table.for_people(*_MEANING, *counted, "extracts") if for_people else table


def _facts(study: Study) -> Iterator[tuple[Code, dict[str, Cell]]]:
    tree = study.code_tree
    paths, names = code_paths(tree), _Names(study.codes)
    above = {id(child): code for code in study.codes for child in tree.under(code)}
    for code, depth in tree.walk():
        parent = above.get(id(code))
        own: dict[str, Cell] = {name: getattr(code, name) for name in ("description", "include", "exclude", "example", "colour", "origin", "status", "id")}
        flags = {name: "yes" if getattr(code, name) else "no" for name in ("codable", "in_vivo")}
        yield code, {**own, **flags, "code": Indented(code.name, depth - 1), "path": paths[fold(code.id)], "parent": names.one(parent) if parent else None}


class _Names:
    """How a code is named so that no other is meant."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self.ids = {fold(code.id) for code in codes}
        self.times: dict[str, int] = {}
        for code in codes:
            self.times[name_key(code.name)] = self.times.get(name_key(code.name), 0) + 1

    def one(self, code: Code) -> str:
        """Its name, or its id where the name is that of several, or an id."""
        key = name_key(code.name)
        return code.name if key and self.times[key] == 1 and fold(code.name) not in self.ids else code.id


# ---- extracts ----
def _extracts(study: Study, most: int) -> dict[str, list[str]]:
    """Passages of each code, word for word, each with where it is from."""
    found: dict[str, dict[object, list[Segment]]] = {}
    places: set[tuple[str, object]] = set()
    for segment in valid(study):
        if segment.code is None or not segment.text:
            continue
        key, case = fold(segment.code.id), id(segment.cases[0]) if segment.cases else id(segment.source)
        if (key, segment.place) not in places:
            places.add((key, segment.place))
            found.setdefault(key, {}).setdefault(case, []).append(segment)
    return {key: [_told(segment) for segment in _in_turn(cases.values())[:most]] for key, cases in found.items()}


def _in_turn(lists: Iterable[list[Segment]]) -> list[Segment]:
    """The first of each list, then the second of each, and so on."""
    return [segment for row in zip_longest(*lists) for segment in row if segment is not None]


def _told(segment: Segment) -> str:
    span = segment.excerpt.span if segment.excerpt else None
    place = f", {span.start}–{span.end}" if isinstance(span, TextSpan) else ""
    return f"“{segment.text}” ({'; '.join(map(called, segment.cases or [segment.source]))}{place})"
