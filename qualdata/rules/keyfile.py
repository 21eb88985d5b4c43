"""A closed list of terms that must not stand in what is deposited: names and places that were replaced, kept apart in a key file.

A key file is one of

- a table (`.csv`, `.tsv`): a column `original`, and if there is one `replacement`; of a table without such a head, the first column;
- TOML: `terms = ["…", …]`, or tables `[[term]]` with `original` and `replacement`;
- a text: one term a line.

Its terms are never shown, written or kept: a report names a term by a short hash that only who has the file can compute.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import os
import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Final

from qualdata.errors import ReadError
from qualdata.model.media import decode, digest

__all__ = ["KeyFile", "is_key", "key_in"]

Row = tuple[str, str | None]
"""A term, and what stands in its place."""

_ORIGINAL: Final = ("original", "term", "real name", "realname", "name", "klarname")
_REPLACEMENT: Final = ("replacement", "pseudonym", "alias", "replaced by", "code")
_LARGEST: Final = 1 << 24
_word = re.compile(r"\w+").finditer


class KeyFile:
    """Terms that must not stand anywhere, each with what stands in its place, if that is said."""

    def __init__(self, rows: list[Row], key: bytes) -> None:
        self.rows = rows
        self.sha256 = digest(key)
        """Of the key file."""
        self._key = hashlib.sha256(b"qualdata terms" + key).digest()
        self._by_word: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for term, _ in rows:
            if first := next(_word(term), None):
                pattern = re.compile(r"\s+".join(map(re.escape, term.split())), re.IGNORECASE)
                self._by_word.setdefault(first[0].casefold(), []).append((term, pattern))

    def found(self, text: str) -> Iterator[tuple[int, str, bool]]:
        """Where terms stand in a text as whole words, each with its hash, and whether capitals are as in the list."""
        for word in _word(text):
            for term, pattern in self._by_word.get(word[0].casefold(), ()):
                lead = next(_word(term)).start()  # signs before the first word
                match = pattern.match(text, max(word.start() - lead, 0))
                if match and not text[match.end() : match.end() + 1].isalnum():
                    yield match.start(), self.hash(term), " ".join(match[0].split()) == " ".join(term.split())

    def hash(self, term: str) -> str:
        """What a report calls a term: eight hexadecimal digits that can be computed only with the key file."""
        return hmac.new(self._key, term.encode(), "sha256").hexdigest()[:8]


def key_in(path: str | os.PathLike[str]) -> KeyFile:
    """The terms in a key file. Raises ReadError where there are none."""
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"the list of terms cannot be read ({(error.strerror or str(error)).lower()}).", path=path) from error
    if len(data) > _LARGEST:
        raise ReadError("the list of terms is too large.", path=path)
    try:
        rows = [row for row in _rows(path.suffix.casefold(), decode(data)[0]) if len(row[0]) > 1]
    except (tomllib.TOMLDecodeError, csv.Error) as error:
        raise ReadError(f"the list of terms cannot be read: {error}.", path=path) from error
    if not rows:
        raise ReadError("there are no terms in this list. Write one a line, or a table with a column original.", path=path)
    return KeyFile(rows, data)


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
        return re.search(r"^\s*original\s*=", text, re.MULTILINE) is not None and re.search(r"^\s*replacement\s*=", text, re.MULTILINE) is not None
    head = {cell.strip().strip('"').casefold() for cell in text.partition("\n")[0].split(_delimiter(text))}
    return bool(head & {"original", "real name", "realname", "klarname"}) and bool(head & set(_REPLACEMENT))
