"""The document of a package: whether it says what the standard lets it say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qualdata.formats.package.newer import added
from qualdata.formats.package.store import DOCUMENT
from qualdata.formats.package.versions import VERSION
from qualdata.model.base import Part, without_prefix
from qualdata.model.extension import Extension
from qualdata.rules.dataset import Dataset
from qualdata.rules.entries import wrong_in
from qualdata.rules.extensions import RESERVED, own_names
from qualdata.rules.finding import Where, nowhere
from qualdata.rules.rule import Found, rule
from qualdata.schema import schema

__all__: list[str] = []

_is_url = re.compile(r"[a-z][a-z0-9+.-]*:\S+").fullmatch


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
        if (bare := without_prefix(part.extra)) is not None:
            yield data.at(part), f"{bare!r} in extra has no prefix in small letters, as lab:{bare}"


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
    """`study.json` follows a version of the standard that this program does not read, or knows only in part.

    Fields may mean something else there, so nothing was looked at; of a later version 1.x, all but the fields that it adds, which are kept.

    Use a version of qualdata that reads it; the file is as it was.
    """
    yield from data.noted("sch-version-unsupported")
    if (newer := added(data.study)) is not None:
        many = newer.fields.total()
        told = f"{many} fields that it adds are" if many > 1 else "1 field that it adds is"
        yield Where(file=DOCUMENT), f"it follows standard {newer.version}, and {VERSION} is known here: {told} kept, and not looked at", "warning"


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
    """Content in `extra` has a prefix that the study does not explain, or explains in more than one way, or not by a URL.

    Whoever finds it later cannot know what it means or where it came from.

    Say in `extensions` of the study what each prefix stands for: `{"prefix": "lab", "url": "https://lab.example/fields"}`.
    """
    yield from data.noted("sch-extension-undeclared")
    declared = _declared(data)
    for prefix, number in _prefixes(data).items():
        if prefix not in declared:
            yield nowhere, f"content of {_counted(number)} stands under the prefix {prefix}, which is not explained"
    for prefix, told in declared.items():
        if prefix in RESERVED:
            yield nowhere, f"the prefix {prefix} belongs to the standard; an extension needs another"
        elif len({extension.url for extension in told}) > 1:
            yield nowhere, f"the prefix {prefix} is explained by {len(told)} extensions, and can stand for one only"
        elif not _is_url(told[0].url):
            yield nowhere, f"the prefix {prefix} is explained by what is no URL"


@rule("sch-extension-unverified", "warning")
def extension_unverified(data: Dataset) -> Found:
    """Content in `extra` belongs to an extension whose schema was not given, so that it could not be checked.

    It is kept and travels with the study, but may be wrong or give someone away unseen.

    Give the schema of the extension (`--extension-schema FILE`); without one, have it checked by whoever made it, and look through it.
    """
    for prefix, number in _prefixes(data).items():
        for extension in _declared(data).get(prefix, ())[:1]:
            if not data.extensions.knows(extension):
                yield nowhere, f"content of {_counted(number)} belongs to the extension {prefix}, which was not checked"


@rule("sch-extension-invalid", "error")
def extension_invalid(data: Dataset) -> Found:
    """Content in `extra` is not as the schema of its extension asks.

    Programs that know the extension will refuse it, or read it in another way.

    Correct the place that is named, by the definition of the extension.
    """
    known = [told[0] for told in _declared(data).values() if data.extensions.knows(told[0])]
    for part in data.index.extras if known else ():
        for extension in known:
            if own_names(part, extension.prefix):
                yield from ((data.at(part), sentence) for sentence in data.extensions.wrong_in(extension, part))


def _prefixes(data: Dataset) -> Counter[str]:
    """The prefixes in use that are not of the standard itself, and in how many parts of the study each is."""
    found: Counter[str] = Counter()
    for part in data.index.extras:
        found.update([*dict.fromkeys(prefix for key in part.extra or () if (prefix := key.partition(":")[0]) not in RESERVED)])
    return found


def _counted(number: int) -> str:
    return f"{number:,} part{'s' if number > 1 else ''} of the study"


def _declared(data: Dataset) -> dict[str, list[Extension]]:
    """What each prefix is said to stand for."""
    found: dict[str, list[Extension]] = {}
    for extension in data.study.extensions:
        found.setdefault(extension.prefix, []).append(extension)
    return found
