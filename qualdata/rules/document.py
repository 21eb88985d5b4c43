"""What is wrong with a `study.json`: all faults of one that cannot be read, and what the standard forbids though it can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import orjson

from qualdata._converter import explain, files
from qualdata.errors import ReadError
from qualdata.formats.package.document import VERSION, bad_characters
from qualdata.formats.package.newer import FIELDS, set_aside
from qualdata.formats.package.versions import is_newer, migrated
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["Fault", "faults", "unsaid"]

Fault = tuple[str, str | None, int | None, str]
"""The rule that it breaks, the place in the document, the line, and what is wrong, in a sentence."""

_ANYTHING: Final = {"extra", "layout"}
"""Fields that may hold any JSON."""
_TYPED: Final = ("representation", "span", "time")
"""Fields whose value must say its type, though it can be of one only."""


def faults(data: bytes, file_of: Callable[[Any], Any]) -> Iterator[Fault]:
    """All that is wrong with a document that cannot be read."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield "sch-encoding", None, data.count(b"\n", 0, error.start) + 1, "study.json is not UTF-8"
        return
    if text.startswith("\ufeff"):
        yield "sch-encoding", None, 1, "study.json begins with a byte order mark, which JSON must not have"
        return
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        yield "sch-invalid", None, error.lineno, f"study.json is not JSON: {error.msg}"
        return
    yield from _of_document(document, file_of)


def _of_document(document: Any, file_of: Callable[[Any], Any]) -> Iterator[Fault]:
    if not isinstance(document, dict):
        yield "sch-invalid", None, 1, 'it must be an object that begins {"qualdata": "1.0", "study": …}'
        return
    try:
        newer = is_newer(migrated(document))
    except ReadError as error:
        missing = not isinstance(document.get("qualdata"), str)
        yield "sch-version-missing" if missing else "sch-version-unsupported", None, None, error.message.rstrip(".")
        return
    if newer:
        set_aside(document)
    for name in sorted(set(document) - {*FIELDS}):
        yield "sch-invalid", name, None, f"there is no field {name} beside the study"
    if "study" not in document:
        yield "sch-invalid", "study", None, "it is missing"
        return
    if not isinstance(document.get("files", []), list) or not all(isinstance(e, dict) for e in document.get("files", [])):
        yield "sch-invalid", "files", None, "a list of objects, one a file, is expected here"
    token = files.set(file_of)
    try:
        told = [*bad_characters(document["study"], ""), *explain(document["study"], Study), *explain(document.get("reading", {}), Reading, "reading")]
    finally:
        files.reset(token)
    for sentence in told:
        path, colon, what = sentence.partition(": ")
        yield ("sch-invalid", path, None, what) if colon and " " not in path else ("sch-invalid", None, None, sentence)


def unsaid(data: bytes) -> Iterator[Fault]:
    """What the standard forbids in a document that can be read: null for what is absent, and values that do not say their type."""
    document = orjson.loads(data)
    if document["qualdata"] != VERSION:
        return
    reading = {name: value for name, value in document.get("reading", {}).items() if name not in _ANYTHING}
    for sentence in bad_characters(reading, "reading"):
        path, _, what = sentence.partition(" ")
        yield "sch-invalid", path, None, f"it {what}".rstrip(".")
    todo: list[tuple[str, Any]] = [("reading", reading), ("", document["study"])]
    while todo:
        path, value = todo.pop()
        if value is None:
            yield "sch-invalid", path, None, "null stands here; what is absent is left out"
        elif isinstance(value, dict):
            for name in [n for n in _TYPED if isinstance(value.get(n), dict) and "type" not in value[n]]:
                yield "sch-invalid", f"{path}.{name}.type".lstrip("."), None, "it is missing"
            todo += [(f"{path}.{key}".lstrip("."), inner) for key, inner in reversed(value.items()) if inner is None or key not in _ANYTHING]
        elif isinstance(value, list):
            todo += [(f"{path}[{i}]", inner) for i, inner in reversed([*enumerate(value)])]
