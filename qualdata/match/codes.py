"""Which code of one study is which code of another, and which set."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar
from unicodedata import normalize

from qualdata.match.pairing import Pair, Pairing, Round, paired
from qualdata.model.base import fold, guid_for
from qualdata.model.code import Code
from qualdata.model.set import Set
from qualdata.model.study import Study

__all__ = ["GUID", "NAME", "PATH", "code_pairs", "name_key", "set_pairs"]

GUID: Final = "GUID"
PATH: Final = "path of names"
NAME: Final = "name"

T = TypeVar("T", bound=Code | Set)


def name_key(name: str) -> str:
    """A name as it is compared: capitals, composed characters and white space do not matter."""
    return " ".join(normalize("NFC", normalize("NFD", name).casefold()).split())


def code_pairs(here: Study, there: Study, also: Iterable[Pair[Code]] = ()) -> Pairing[Code]:
    """The codes of two studies that are the same: by GUID, then those of which it is *also* known, then by the path of names.

    A path is followed down from the top: codes of one name are the same if those they stand under are. So a code is
    found under one that was renamed, too. Codes of one name under one code, which nothing else tells apart, are not paired.
    """
    written: Round[Code] = Round(GUID, lambda code: guid_for(here.id, code.id), lambda code: fold(code.id))  # what a project gives for an id that is none
    pairs = [*paired(here.codes, there.codes, [_guids(), written]).pairs, *also]
    known = {id(code) for pair in pairs for code in (pair.here, pair.there)}
    first, second = here.code_tree, there.code_tree
    todo = [(first.roots, second.roots), *((first.under(p.here), second.under(p.there)) for p in pairs)]
    while todo:
        these, those = todo.pop()
        found = paired(_unknown(these, known), _unknown(those, known), [_names(PATH)]).pairs
        pairs += found
        known.update(id(code) for pair in found for code in (pair.here, pair.there))
        todo += [(first.under(p.here), second.under(p.there)) for p in found]
    return Pairing(pairs, _unknown(here.codes_in_order, known), _unknown(there.codes_in_order, known))


def set_pairs(here: Iterable[Set], there: Iterable[Set]) -> Pairing[Set]:
    """The sets that are the same: by GUID, then by name."""
    return paired(here, there, [_guids(), _names(NAME)])


def _guids() -> Round[T]:
    return Round(GUID, lambda thing: fold(thing.id), lambda thing: fold(thing.id))


def _names(basis: str) -> Round[T]:
    return Round(basis, lambda thing: name_key(thing.name), lambda thing: name_key(thing.name))


def _unknown(codes: Iterable[Code], known: set[int]) -> list[Code]:
    return [code for code in codes if id(code) not in known]
