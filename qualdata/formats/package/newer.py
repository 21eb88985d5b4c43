"""What a newer version of the standard adds: set aside when a document is read, and put back where it stood when it is written.

A field that is not known is kept by the thing it stood in, in `extra` under `newer:FIELD`; what stood in a part that has no `extra`
of its own, by the next thing around it: `newer:span/certainty`. What stood beside the study is kept by the study, as `newer:/FIELD`; so
is the version, `newer:/qualdata`, by which all of this is known again. Steps are those of a JSON pointer (RFC 6901).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from qualdata.formats.package.objects import Object, study_and_reading
from qualdata.formats.package.versions import is_newer
from qualdata.model.base import Part
from qualdata.model.study import Study, within

__all__ = ["ENTRY", "FIELDS", "VERSION_OF", "Added", "added", "by_path", "put_back", "set_aside", "top_level"]

FIELDS: Final = ("qualdata", "study", "files", "reading")
"""The fields of a document."""
ENTRY: Final = frozenset(("path", "role", "media_type", "size", "sha256", "access"))
"""The fields of what a document says of a file."""
PREFIX: Final = "newer:"
"""What names in `extra` begin with that a newer version has a field for."""
_TOP: Final = f"{PREFIX}/"
VERSION_OF: Final = f"{_TOP}qualdata"
"""The name under which the version is kept."""
_FILES: Final = f"{_TOP}files"
_DIGITS: Final = 10
"""Numbers of so many digits count nothing in a study."""


# ---- setting aside ----
def set_aside(document: dict[str, Any]) -> None:
    """Move what is not known out of the way of reading, in a document of a newer version."""
    version, study = document["qualdata"], document.get("study")
    within = sum(map(_set_aside_in, study_and_reading(document)))
    beside = {f"{_TOP}{name}": document.pop(name) for name in [*document] if name not in FIELDS}
    if files := _set_aside_files(document.get("files")):
        beside[_FILES] = files
    if (within or beside) and isinstance(study, dict) and isinstance(study.setdefault("extra", {}), dict):
        study["extra"] |= {**beside, VERSION_OF: version}


def _set_aside_in(here: Object) -> int:
    """Move what is not known in one object; how much that is."""
    unknown = {PREFIX + "/".join(map(_escaped, (*here.steps, name))): name for name in here.value if name not in here.fields}
    if unknown and isinstance(keeper := here.carrier.setdefault(here.keeps, {}), dict):
        keeper |= {key: here.value.pop(name) for key, name in unknown.items()}
    return len(unknown)


def _set_aside_files(entries: Any) -> dict[str, Any]:
    """What is not known of each file, by its path."""
    found: dict[str, Any] = {}
    for entry in entries if isinstance(entries, list) else ():
        unknown = {name: entry.pop(name) for name in [*entry] if name not in ENTRY} if isinstance(entry, dict) else {}
        if unknown:
            found[str(entry.get("path"))] = unknown
    return found


def by_path(study: Study) -> dict[str, Any]:
    """What a newer version says of each file, by its path."""
    found = (study.extra or {}).get(_FILES)
    return {path: told for path, told in found.items() if isinstance(told, dict)} if isinstance(found, dict) and _version_in(study.extra) else {}


def _version_in(extra: dict[str, Any] | None) -> str | None:
    """The newer version that is kept in the `extra` of a study."""
    version = (extra or {}).get(VERSION_OF)
    return version if isinstance(version, str) and is_newer(version) else None


# ---- putting back ----
def top_level(head: dict[str, Any]) -> dict[str, Any]:
    """What stood beside a study, the version too, taken out of its JSON; the files aside, of which their entries tell. Nothing, if nothing in it is newer."""
    extra = head.get("extra") or {}
    if _version_in(extra) is None:
        return {}
    head["extra"] = {key: value for key, value in extra.items() if not key.startswith(_TOP)}
    if not head["extra"]:
        del head["extra"]
    return {name: value for key, value in extra.items() if key.startswith(_TOP) and (name := key.removeprefix(_TOP)) not in FIELDS[1:]}


def put_back(value: Any) -> Any:
    """JSON of the model, with what was set aside where it stood; what no longer has a place stays in `extra`."""
    if isinstance(value, list):
        return [put_back(item) for item in value]
    if not isinstance(value, dict):
        return value
    whole = {name: inner if name in ("extra", "layout") else put_back(inner) for name, inner in value.items()}
    for keeper in ("extra", "layout"):
        for key in [key for key in whole.get(keeper) or () if key.startswith(PREFIX)]:
            if _placed(whole, key, whole[keeper][key]):
                whole[keeper] = {k: v for k, v in whole[keeper].items() if k != key}
        if whole.get(keeper) == {} and value[keeper]:
            del whole[keeper]
    return whole


def _placed(whole: dict[str, Any], key: str, value: Any) -> bool:
    """Put a field back; say whether there is a place for it."""
    *steps, name = map(_plain, key.removeprefix(PREFIX).split("/"))
    here: Any = whole
    for step in steps:
        number = int(step) if isinstance(here, list) and step.isdecimal() and len(step) < _DIGITS else -1
        here = here.get(step) if isinstance(here, dict) else here[number] if 0 <= number < len(here or ()) else None
    if not isinstance(here, dict) or name in here:
        return False
    here[name] = value
    return True


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _plain(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


# ---- telling ----
@frozen
class Added:
    """What a newer version added to a study."""

    version: str
    """The version."""
    fields: Counter[str]
    """The fields, as `Coding.certainty`, each with how often it is there."""


def added(study: Study) -> Added | None:
    """What of a study is of a newer version of the standard; None where nothing is."""
    version = _version_in(study.extra)
    return None if version is None else Added(version, Counter(_added(study)))


def _added(study: Study) -> Iterator[str]:
    todo: list[Part] = [study]
    while todo:
        part = todo.pop()
        yield from (_named(type(part).__name__, key) for key in part.extra or () if key.startswith(PREFIX) and key not in (VERSION_OF, _FILES))
        todo += within(part)
    yield from (f"files.{name}" for entry in by_path(study).values() for name in entry)
    yield from (_named("Reading", key) for key in (study.reading.layout if study.reading else ()) if key.startswith(PREFIX))


def _named(cls: str, key: str) -> str:
    """What a field is called, by the name that it is kept under."""
    return key.removeprefix(_TOP) if key.startswith(_TOP) else ".".join((cls, *map(_plain, key.removeprefix(PREFIX).split("/"))))
