"""Things that are asked for by name, path or id, however these are written."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from qualdata.errors import ReadError
from qualdata.model.base import Thing, fold
from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.contributor import Contributor
from qualdata.model.nouns import counted
from qualdata.model.segments import code_paths
from qualdata.model.study import Study
from qualdata.model.theme import Theme
from qualdata.model.variable import Variable

__all__ = ["asked_case", "asked_code", "asked_coder", "asked_theme", "asked_variable"]

T = TypeVar("T", bound=Thing)


def asked_code(study: Study, word: str, file: Path) -> Code:
    """The code of a name, a path or an id. Raises ReadError for one that the study does not know, or knows twice; as all these do."""
    paths = code_paths(study.code_tree)
    return _named(file, "code", word, [(c, (paths[fold(c.id)], c.name)) for c in study.codes])


def asked_case(study: Study, word: str, file: Path) -> Case:
    """The case of a name or an id."""
    return _named(file, "case", word, [(c, (c.name,)) for c in study.cases])


def asked_coder(study: Study, word: str, file: Path) -> Contributor:
    """The contributor of a name, initials or an id."""
    return _named(file, "coder", word, [(c, (c.name, c.initials, c.alias)) for c in study.contributors])


def asked_theme(study: Study, word: str, file: Path) -> Theme:
    """The theme of a name or an id."""
    return _named(file, "theme", word, [(t, (t.name,)) for t in study.themes])


def asked_variable(study: Study, word: str, file: Path) -> Variable:
    """The variable of a name or an id."""
    return _named(file, "variable", word, [(v, (v.name,)) for v in study.variables])


def _named(file: Path, what: str, word: str, among: Sequence[tuple[T, tuple[str | None, ...]]]) -> T:
    """The one thing with this id, or with this name."""
    asked = _plain(word)
    found = [t for t in among if fold(t[0].id) == fold(word)] or [t for t in among if asked in {_plain(n) for n in t[1] if n}]
    if len(found) == 1:
        return found[0][0]
    if found:
        which = _some([f"{next(filter(None, names))} ({thing.id})" for thing, names in found])
        raise ReadError(f'{counted(len(found), what)} are called "{word}": {which}. Give an id instead.', path=file)
    known = {_plain(n): n for _, names in among for n in names if n}
    close = get_close_matches(asked, known, n=3, cutoff=0.5)
    near = f"Close to it: {', '.join(known[c] for c in close)}." if close else f"There are: {_some([next(filter(None, names), t.id) for t, names in among])}."
    raise ReadError(f'there is no {what} "{word}" in this study. {near if known else "It has none at all."}', path=file)


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")


def _plain(name: str) -> str:
    """A name as it is looked up: however its accents and spaces are written, in any case."""
    return " ".join(normalize("NFC", name).casefold().split())
