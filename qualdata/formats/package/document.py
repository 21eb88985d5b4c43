"""`study.json`: a study as one JSON document, laid out so that it is read and written piece by piece.

Each thing of a list stands on a line of its own. A document laid out so is read line by line, and never stands
whole in memory; any other layout of the same JSON is read as well.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import IO, Any, Final, get_args

import orjson
from attrs import fields
from cattrs.errors import BaseValidationError, CattrsError

from qualdata._converter import explain, files, forgiven, structure, unstructure
from qualdata.errors import ReadError, WriteError
from qualdata.formats.package.newer import FIELDS, put_back, set_aside, top_level
from qualdata.formats.package.versions import VERSION, is_newer, migrated
from qualdata.model.base import not_xml
from qualdata.model.memory import building
from qualdata.model.nouns import counted
from qualdata.model.reading import Reading
from qualdata.model.study import LISTS, Study

__all__ = ["VERSION", "bad_characters", "dump", "load"]

_MARKS: Final = (BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE)
_LARGEST: Final = 1 << 33
_opens_list = re.compile(rb'"(\w+)": \[\n').fullmatch
_bad_escape = re.compile(rb"\\(?:u(?:00[01]|[dD][89a-fA-F]|[fF]{3}[eEfF])|[bf])").search
_bad_bytes = re.compile(rb"\xef\xbf[\xbe\xbf]").search

_WRONG: Final = (CattrsError, BaseValidationError, TypeError, ValueError, LookupError, AttributeError)

FileOf = Callable[[Any], Any]


def _suspect(data: bytes) -> bool:
    """Whether JSON may hold characters that XML cannot. Both patterns begin with one byte, so most of it is passed over at once."""
    return _bad_escape(data) is not None or _bad_bytes(data) is not None


class _OtherLayout(Exception):
    """The document is laid out in another way than ours."""


# ---- writing ----
def dump(study: Study, path_of: FileOf, entries: Iterable[dict[str, Any]], reading: Reading | None, out: IO[bytes]) -> None:
    """Write a document; *path_of* gives the path in the package for a handle on a file."""
    token = files.set(path_of)
    try:
        out.writelines(_lines(study, entries, reading))
    finally:
        files.reset(token)


def _lines(study: Study, entries: Iterable[dict[str, Any]], reading: Reading | None) -> Iterator[bytes]:
    head = unstructure(_bare(study))
    newer = top_level(head)
    told: Callable[[Any], Any] = (lambda thing: put_back(unstructure(thing))) if newer else unstructure
    yield b'{"qualdata": %s,\n"study": {\n' % _json(newer.pop("qualdata", VERSION))
    parts = [b'"%s": %s' % (name.encode(), _json(value)) for name, value in (put_back(head) if told is not unstructure else head).items()]
    lists = [(name, things) for name in _lists() if (things := getattr(study, name))]
    for i, part in enumerate(parts):
        yield part + (b",\n" if i + 1 < len(parts) or lists else b"\n")
    for i, (name, things) in enumerate(lists):
        yield from _list(name, map(told, things), b"],\n" if i + 1 < len(lists) else b"]\n")
    yield b"},\n"
    rest = {**({} if reading is None else {"reading": told(reading)}), **newer}
    yield from _list("files", entries, b"],\n" if rest else b"]\n")
    yield b",\n".join(b"%s: %s" % (_json(name), _json(value)) for name, value in rest.items()) + b"\n}\n" if rest else b"}\n"


def _list(name: str, values: Iterable[Any], end: bytes) -> Iterator[bytes]:
    yield b'"%s": [\n' % name.encode()
    before = b""
    for value in values:
        yield before + _json(value)
        before = b",\n"
    yield (b"\n" if before else b"") + end


def _json(value: Any) -> bytes:
    """JSON of a value. Raises WriteError for what JSON cannot say."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError as error:
        raise WriteError(f"the study cannot be written as JSON ({error}). Correct what is in it.") from error


def _bare(study: Study) -> Study:
    """The study without its lists of things."""
    bare = object.__new__(Study)
    for f in fields(Study):
        setattr(bare, f.name, [] if f.name in LISTS.values() else getattr(study, f.name))
    return bare


def _lists() -> list[str]:
    """The lists of things of a study, in the order they are written."""
    return [f.name for f in fields(Study) if f.name in LISTS.values()]


def _class_of(name: str) -> Any:
    return get_args(next(f.type for f in fields(Study) if f.name == name))[0]


# ---- reading ----
def load(stream: IO[bytes], file_of: FileOf, name: str = "study.json") -> tuple[Study, list[dict[str, Any]]]:
    """The study of a document, and what it says of its files; *file_of* gives a handle for a path in the package.

    Raises ReadError with the place in the document, which has this *name*.
    """
    token = files.set(file_of)
    try:
        with suppress(_OtherLayout), building():
            return _load_lines(stream)
        stream.seek(0)
        return _load_whole(stream.read(_LARGEST), name)
    finally:
        files.reset(token)


def _load_lines(stream: IO[bytes]) -> tuple[Study, list[dict[str, Any]]]:
    found: dict[str, list[Any]] = {}
    rest: list[bytes] = []
    for line in stream:
        rest.append(line)
        if opened := _opens_list(line):
            name = opened[1].decode()
            if name in found or name not in (*_lists(), "files"):
                raise _OtherLayout
            found[name] = list(_items(stream, None if name == "files" else _class_of(name), rest))
    document = _parsed(b"".join(rest))
    entries = found.pop("files", [])
    if document["qualdata"] != VERSION or document.get("files", []) != []:
        raise _OtherLayout
    study = _study(document)
    for name, things in found.items():
        setattr(study, name, things)
    return study, entries


def _items(stream: IO[bytes], cls: Any, rest: list[bytes]) -> Iterator[Any]:
    """The things of a list, one a line, up to the line that ends it."""
    for line in stream:
        if line in (b"]\n", b"],\n"):
            rest.append(line)
            return
        if _suspect(line):
            raise _OtherLayout
        try:
            value = orjson.loads(line.rstrip(b",\n"))
            if cls is None and not isinstance(value, dict):
                raise _OtherLayout
            yield value if cls is None else structure(value, cls)
        except _WRONG as error:  # the detailed form will say what it is
            raise _OtherLayout from error
    raise _OtherLayout


def _study(document: Any) -> Study:
    try:
        study = structure(document["study"], Study)
        study.reading = structure(document["reading"], Reading) if "reading" in document else None
    except _WRONG as error:
        raise _OtherLayout from error
    return study


def _load_whole(data: bytes, name: str) -> tuple[Study, list[dict[str, Any]]]:
    if data.startswith(_MARKS):
        raise ReadError(f"{name} is not JSON: it begins with a byte order mark. Save it as UTF-8 without one.")
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ReadError(f"{name} is not JSON: {error.msg}. Get a fresh copy of it.", line=error.lineno) from None
    if not isinstance(document, dict):
        raise ReadError(f'{name} is no study: it must be an object that begins {{"qualdata": "1.0", "study": …}}.')
    newer = is_newer(migrated(document, name))
    unknown = sorted(set(document) - {*FIELDS})
    if "study" not in document or (unknown and not newer):
        raise ReadError(f"{name} {'has no field' if not unknown else 'has a field of its own,'} {unknown[0] if unknown else 'study'}; see the schema (qualdata schema).")
    if _suspect(data):
        forgiven.get()()  # what was learnt on reading may hold them
        if bad := next(bad_characters(document if newer else document["study"], ""), None):
            raise ReadError(f"{name}: {bad}")
    if newer:
        set_aside(document)
    entries = document.get("files", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise ReadError(f"{name} is no study of the standard: files: a list of objects, one a file, is expected here.")
    problems = [*explain(document["study"], Study), *(explain(document["reading"], Reading, "reading") if "reading" in document else [])]
    if problems:
        more = f" (the first of {counted(len(problems), 'fault')})" if len(problems) > 1 else ""
        raise ReadError(f"{name} is no study of the standard {VERSION}: {problems[0]}{more}.")
    study = structure(document["study"], Study)
    study.reading = structure(document["reading"], Reading) if "reading" in document else None
    return study, entries


def _parsed(data: bytes) -> dict[str, Any]:
    if _suspect(data):
        raise _OtherLayout
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise _OtherLayout from error
    if not isinstance(document, dict) or not {"qualdata", "study"} <= set(document) <= {*FIELDS}:
        raise _OtherLayout
    return document


def bad_characters(value: Any, path: str) -> Iterator[str]:
    """Where a string holds a character that XML cannot hold."""
    todo = [(value, path)]
    while todo:
        value, path = todo.pop()
        if isinstance(value, str) and (found := not_xml(value)):
            place = path if len(path) <= 200 else f"{path[:100]}…{path[-99:]}"
            yield f"{place} holds U+{ord(found[0]):04X} at character {found.start()}, which a study cannot hold: take it out."
        elif isinstance(value, dict):
            todo += [(inner, f"{path}.{key}".lstrip(".")) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            todo += [(inner, f"{path}[{i}]") for i, inner in reversed([*enumerate(value)])]
