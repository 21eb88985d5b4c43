"""The document of a package: whether it says what the standard lets it say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from qualdata.formats.package.store import DOCUMENT
from qualdata.model.base import Part
from qualdata.rules.dataset import Dataset
from qualdata.rules.entries import wrong_in
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.rule import Found, rule
from qualdata.schema import schema

__all__: list[str] = []

DECLARED: Final = "qualdata:extensions"
"""The key of the study's `extra` that says what prefixes stand for: an object from each prefix to a sentence or a URL."""
_OWN: Final = ("anno", "qualdata", "refi")
"""Prefixes that the library itself knows."""
_prefixed = re.compile(r"[a-z][a-z0-9]*:").match


@rule("sch-invalid", "error", over=("package", "study"), unread=True)
def invalid(data: Dataset) -> Found:
    """`study.json` says something that the standard does not let it say, or leaves out something that must be there.

    Other programs that follow the standard will refuse it, or read it in another way.

    Correct the place that is named, or write the study again with qualdata. `qualdata schema` prints what is allowed.
    """
    yield from data.noted("sch-invalid")
    for number, entry in enumerate(data.entries):
        for path, message in wrong_in(entry):
            yield Where(file=DOCUMENT, path=f"files[{number}]{path}"), message
    for thing in data.index.parts if "" in data.index.things else ():
        if getattr(thing, "id", None) == "":
            yield data.at(thing), "an id must not be empty"
    for part in data.index.extras:
        for key in part.extra or ():
            if not _prefixed(key):
                yield data.at(part), f"{key!r} in extra has no prefix in small letters, as lab:{key}"


@rule("sch-encoding", "error", over=("package",), unread=True)
def encoding(data: Dataset) -> Found:
    """`study.json` is not written as plain UTF-8.

    JSON is UTF-8 (RFC 8259); programs will refuse it or show wrong letters.

    Save it as UTF-8 without a byte order mark, or write the study again with qualdata.
    """
    return data.noted("sch-encoding")


@rule("sch-version-missing", "error", over=("package",), unread=True)
def version_missing(data: Dataset) -> Found:
    """`study.json` does not say which version of the standard it follows.

    What its fields mean is then a guess.

    Let it begin `{"qualdata": "1.0", …}` if that is the standard it was written for.
    """
    return data.noted("sch-version-missing")


@rule("sch-version-unsupported", "error", over=("package",), unread=True)
def version_unsupported(data: Dataset) -> Found:
    """`study.json` follows a version of the standard that this program does not read.

    Fields may mean something else there, so nothing was looked at.

    Use a version of qualdata that reads it; the file is as it was.
    """
    return data.noted("sch-version-unsupported")


@rule("sch-deprecated-field", "warning", over=("package", "study"))
def deprecated_field(data: Dataset) -> Found:
    """The study uses a field that the standard will drop.

    A later version will not read it.

    Move what it says to the field that took its place; the description of the field in the schema names it.
    """
    dropped = dict(deprecated())
    counts = Counter(f"{cls}.{name}" for part in (data.index.parts if dropped else ()) for cls in _names(part) for name in dropped.get(cls, ()) if getattr(part, name))
    for name, number in counts.items():
        yield nowhere, f"{number} times the field {name} is used, which is deprecated"


def deprecated() -> Iterator[tuple[str, list[str]]]:
    """Each class of the standard with the fields of it that the schema says are deprecated, if any."""
    for cls, told in schema()["$defs"].items():
        names = [name for name, said in told.get("properties", {}).items() if said.get("deprecated")]
        if names:
            yield cls, names


def _names(part: Part) -> list[str]:
    return [cls.__name__ for cls in type(part).__mro__]


@rule("sch-extension-undeclared", "error")
def extension_undeclared(data: Dataset) -> Found:
    """Content in `extra` has a prefix that the study does not explain.

    Whoever finds it later cannot know what it means or where it came from.

    Say in the `extra` of the study what the prefix stands for: `"qualdata:extensions": {"lab": "https://lab.example/fields"}`.
    """
    yield from data.noted("sch-extension-undeclared")
    for prefix, number in _prefixes(data).items():
        if prefix not in _declared(data):
            yield nowhere, f"{number} parts of the study have content under the prefix {prefix}, which is not explained"


@rule("sch-extension-unverified", "warning")
def extension_unverified(data: Dataset) -> Found:
    """Content in `extra` belongs to an extension that this program cannot check.

    It is kept and travels with the study, but may be wrong or give someone away unseen.

    Have it checked by whoever made the extension; look through it before the study is published.
    """
    for prefix, number in _prefixes(data).items():
        if prefix in _declared(data):
            yield nowhere, f"{number} parts of the study have content of the extension {prefix}, which was not checked"


def _prefixes(data: Dataset) -> Counter[str]:
    """The prefixes in use that the library does not know itself, and in how many parts of the study each is."""
    found: Counter[str] = Counter()
    for part in data.index.extras:
        found.update({key.partition(":")[0] for key in part.extra or () if _prefixed(key)} - {*_OWN})
    return found


def _declared(data: Dataset) -> dict[str, Any]:
    told = (data.study.extra or {}).get(DECLARED)
    return told if isinstance(told, dict) else {}
