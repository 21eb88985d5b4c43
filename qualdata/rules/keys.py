"""Keys to the pseudonyms that got into what is deposited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from qualdata.errors import QualdataError
from qualdata.model.media import Media, decode
from qualdata.rules.dataset import Dataset
from qualdata.rules.termlist import is_key

__all__ = ["keys_in"]

_named = re.compile(
    r"""(?:.*[\ _.-])?(?:keys?|keyfile|namensliste|sleutelbestand|schl(?:ü|ue)ssel(?:datei|liste)?
        |(?:pseudonym|anonymi[sz]ation|name|linking|link|identity|id)s?[\ _-]?(?:key|log|list|map|mapping|table|file))""",
    re.IGNORECASE | re.VERBOSE,
).fullmatch
_ENDINGS: Final = (".csv", ".tsv", ".toml", ".txt", ".xlsx", ".xls", ".ods", ".docx", ".json", ".kdbx")
_TABLES: Final = (".csv", ".tsv", ".toml")
_LARGEST: Final = 1 << 22
_ROLES: Final = ("key", "pseudonym key", "key file", "pseudonyms", "anonymisation key", "anonymization key")


def keys_in(data: Dataset) -> Iterator[tuple[str, str]]:
    """The files that look like a key, each with the reason."""
    roles = {data.file_of(document): document.role.casefold() for document in data.study.documents if document.media is not None}
    media = {**{name: document.media for document in data.study.documents if document.media and (name := data.file_of(document))}, **data.files.media}
    for name, file in media.items():
        if any(_same(file, one.sha256) for one in data.terms.lists):
            yield name, "the file is the list of terms itself"
        elif roles.get(name) in _ROLES:
            yield name, "the file is said to be a key to the pseudonyms"
        elif _looks_so(name, file):
            yield name, "the file looks like a key to the pseudonyms"


def _same(file: Media, sha256: str) -> bool:
    try:
        return file.size <= _LARGEST and file.sha256 == sha256
    except QualdataError:  # a rule about files tells it
        return False


def _looks_so(name: str, file: Media) -> bool:
    path = PurePosixPath(name)
    suffix = path.suffix.casefold()
    if suffix in _ENDINGS and _named(path.stem):
        return True
    if suffix not in _TABLES or file.size > _LARGEST:
        return False
    try:
        return is_key(decode(file.read())[0], suffix)
    except QualdataError:
        return False
