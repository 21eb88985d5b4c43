"""What is wrong with a `study.json`: all faults of one that cannot be read, and what the standard forbids though it can."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, Any, Final

import orjson

from qualdata._converter import explain, files
from qualdata.errors import ReadError
from qualdata.formats.package.document import VERSION, bad_characters, check_version, suspect
from qualdata.model.reading import Reading
from qualdata.model.study import Study

__all__ = ["Fault", "Watched", "faults", "unsaid"]

Fault = tuple[str, str | None, int | None, str]
"""The rule that it breaks, the place in the document, the line, and what is wrong, in a sentence."""

_FIELDS: Final = {"qualdata", "study", "files", "reading"}
_ANYTHING: Final = {"extra", "layout"}
"""Fields that may hold any JSON."""
_null = re.compile(rb"[:\[,]\s*null\s*[,}\]]").search


_TYPED: Final = ("representation", "span", "time")
"""Fields whose value must say its type, though it can be of one only."""
_HOLDERS: Final = (b'"representation"', b'"speaker"', b'"replacement"')
"""What stands where such fields do."""


def _suspect(data: bytes) -> bool:
    """Whether there may be a null, or a missing type; most bytes are passed over at once."""
    return (b"null" in data and _null(data) is not None) or _untyped(data)


def _untyped(data: bytes) -> bool:
    if not any(holder in data for holder in _HOLDERS):
        return False
    return any(data.count(b'"%s"' % name) != data.count(b'"%s":{"type":' % name) for name in map(str.encode, _TYPED))


class Watched:
    """A stream that is looked at as it goes by: whether it may hold what the standard forbids though it can be read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.suspect = stream, False

    def __iter__(self) -> Iterator[bytes]:
        for line in self.stream:
            self.suspect = self.suspect or _suspect(line)
            yield line

    def read(self, size: int = -1) -> bytes:
        """So many of the next bytes."""
        data = self.stream.read(size)
        self.suspect = self.suspect or _suspect(data) or suspect(data)  # lines with such characters are not read by line
        return data

    def seek(self, to: int) -> int:
        """Go back."""
        return self.stream.seek(to)


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
        newer = check_version(document)
    except ReadError as error:
        missing = not isinstance(document.get("qualdata"), str)
        yield "sch-version-missing" if missing else "sch-version-unsupported", None, None, error.message.rstrip(".")
        return
    for name in sorted(set(document) - _FIELDS if not newer else ()):
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
