"""Lists of terms that must not stand in what is given on: names and places that were replaced. They are kept apart, and never shown.

A list is one of

- a table (`.csv`, `.tsv`): a column `original`, and if there is one `replacement`; of a table without such a head, the first column;
- TOML: `terms = ["…", …]`, or tables `[[term]]` with `original` and `replacement`;
- a text: one term a line; what follows a `#` at the beginning of a line is no term.

Terms of one letter, and of signs alone, are passed over. A report names a term by a short hash that only who has the list can compute.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from qualdata.errors import ReadError
from qualdata.model.media import decode, digest

__all__ = ["Term", "TermList", "is_key", "list_in", "list_of"]

Row = tuple[str, str | None]
"""A term, and what stands in its place."""

_ORIGINAL: Final = ("original", "term", "real name", "realname", "name", "klarname")
_REPLACEMENT: Final = ("replacement", "pseudonym", "alias", "replaced by", "code")
_LARGEST: Final = 1 << 24


@frozen
class Term:
    """One term of a list."""

    words: str
    """What must not occur."""
    replacement: str | None
    """What stands in its place, if that is said."""
    hash: str
    """What a report calls it: eight hexadecimal digits that can be computed only with the list."""


@frozen
class TermList:
    """The terms of one list."""

    terms: tuple[Term, ...]
    """In the order of the list."""
    sha256: str
    """Of the file that it stands in."""


def list_of(rows: Iterable[Row], data: bytes) -> TermList:
    """The list of some terms; *data* are the bytes of the file that they stand in."""
    key = hashlib.sha256(b"qualdata terms" + data).digest()
    return TermList(tuple(Term(words, replacement, hmac.new(key, words.encode(), "sha256").hexdigest()[:8]) for words, replacement in rows), digest(data))


def list_in(path: str | os.PathLike[str]) -> TermList:
    """The list in a file. Raises ReadError where there is none."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"the list of terms cannot be read ({(error.strerror or str(error)).lower()}).", path=path) from error
    if len(data) > _LARGEST:
        raise ReadError("the list of terms is too large.", path=path)
    try:
        rows = [row for row in _rows(path.suffix.casefold(), decode(data)[0]) if _is_term(row[0])]
    except (tomllib.TOMLDecodeError, csv.Error, RecursionError) as error:
        raise ReadError(f"the list of terms cannot be read: {error}.", path=path) from error
    if not rows:
        raise ReadError("there are no terms in this list. Write one a line, or a table with a column original.", path=path)
    return list_of(rows, data)


def _is_term(words: str) -> bool:
    return len(words) > 1 and any(map(str.isalnum, words))


def _rows(suffix: str, text: str) -> Iterator[Row]:
    if suffix == ".toml":
        return _in_toml(tomllib.loads(text))
    if suffix in (".csv", ".tsv"):
        return _in_table(text)
    return ((line.strip(), None) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _in_toml(told: dict[str, Any]) -> Iterator[Row]:
    for value in told.values():
        for one in value if isinstance(value, list) else ():
            if isinstance(one, str):
                yield one.strip(), None
            elif isinstance(one, dict) and isinstance(one.get("original"), str):
                yield one["original"].strip(), one["replacement"] if isinstance(one.get("replacement"), str) else None


def _in_table(text: str) -> Iterator[Row]:
    rows = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    original, replacement = (next((head.index(name) for name in names if name in head), None) for names in (_ORIGINAL, _REPLACEMENT))
    for row in rows if original is None else rows[1:]:
        at = original or 0
        if len(row) > at and row[at].strip():
            yield row[at].strip(), row[replacement].strip() if original is not None and replacement is not None and len(row) > replacement else None


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def is_key(text: str, suffix: str) -> bool:
    """Whether a file tells what was replaced by what: a table with columns for both, or TOML with both."""
    if suffix == ".toml":
        return all(re.search(rf"^[ \t]*{name}[ \t]*=", text, re.MULTILINE) for name in ("original", "replacement"))
    head = {cell.strip().strip('"').casefold() for cell in text.partition("\n")[0].split(_delimiter(text))}
    return bool(head & {"original", "real name", "realname", "klarname"}) and bool(head & set(_REPLACEMENT))
