"""Versions of the standard: which are read, and how a document of an older one becomes one of this one.

A version is MAJOR.MINOR. A minor version only adds fields, so each 1.x reader reads each 1.y; what it does not know it keeps
(`qualdata.formats.package.newer`). A major version may rename, move and drop; then a row of `MIGRATIONS` says what becomes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from attrs import frozen

from qualdata.errors import ReadError
from qualdata.formats.package.objects import study_and_reading

__all__ = ["MIGRATIONS", "VERSION", "Migration", "Renamed", "is_newer", "migrated", "version_of"]

VERSION: Final = "1.0"
"""The version of the standard that documents are written in."""
_version = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})").fullmatch


@frozen
class Renamed:
    """A field that has another name now."""

    cls: str
    """The class it stands in, or that of which it is a kind: `Code`, `Source`, `Thing`."""
    before: str
    """The name that it had."""
    now: str
    """The name that it has."""


@frozen
class Migration:
    """How a document of one version becomes one of a later one."""

    since: str
    """The version, or all of a major one: `1.x`."""
    to: str
    """The version that it then has."""
    renamed: tuple[Renamed, ...] = ()
    """The fields that have other names, in any order."""
    changed: tuple[Callable[[dict[str, Any]], None], ...] = ()
    """What else is changed, in this order, after the names; each is given the whole document."""

    def __call__(self, document: dict[str, Any]) -> None:
        """Bring a document to the later version."""
        for here in study_and_reading(document):
            names = {cls.__name__ for cls in here.cls.__mro__}
            for row in self.renamed:
                if row.cls in names and row.before in here.value:
                    here.value[row.now] = here.value.pop(row.before)
        for change in self.changed:
            change(document)
        document["qualdata"] = self.to


MIGRATIONS: tuple[Migration, ...] = ()
"""How documents of older versions are read: a row a version, taken one after the other. Version 1.0 is the first, so there are none yet."""


def version_of(document: dict[str, Any], name: str = "study.json") -> str:
    """The version that a document says it follows. Raises ReadError where it says none."""
    version = document.get("qualdata")
    if not isinstance(version, str) or not _version(version):
        raise ReadError(f'{name} does not say which version of the standard it follows: it must begin {{"qualdata": "{VERSION}", …}}.')
    return version


def migrated(document: dict[str, Any], name: str = "study.json") -> str:
    """Bring a document of an older version to this one, as far as there are rows for it; the version that it has then.

    Raises ReadError for a version that cannot be read.
    """
    version = first = version_of(document, name)
    while version != VERSION and (row := _row(version)) is not None:
        row(document)
        version = row.to
    if _major(version) != _major(VERSION):
        raise ReadError(f"this study uses qualdata standard {first}; this program reads {_major(VERSION)}.x. Your file is unchanged.")
    return version


def is_newer(version: str) -> bool:
    """Whether a version of the same major one is later than this one."""
    return _version(version) is not None and _major(version) == _major(VERSION) and int(version.partition(".")[2]) > int(VERSION.partition(".")[2])


def _row(version: str) -> Migration | None:
    return next((row for row in MIGRATIONS if row.since in (version, f"{_major(version)}.x")), None)


def _major(version: str) -> str:
    return version.partition(".")[0]
