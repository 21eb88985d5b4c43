"""What stands where in a file of annotations: parsed within limits, the collection and its annotations found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson
from attrs import frozen

from qualdata.errors import ReadError
from qualdata.model.base import not_xml
from qualdata.model.progress import counted

__all__ = ["Outline", "called", "many", "outlined", "parsed", "sniff"]

_LARGEST: Final = 1 << 30
_DEEPEST: Final = 64
_MARK: Final = b"\xef\xbb\xbf"
_ALIASES: Final = {"@id": "id", "@type": "type"}
_names_context = re.compile(rb'"https?://www\.w3\.org/ns/anno(?:\.jsonld)?"').search
_is_annotation = re.compile(rb'"@?type"\s*:\s*(?:\[\s*)?"(?:oa:)?Annotation(?:Page|Collection)?"').search


def sniff(path: Path, head: bytes) -> bool:
    """Whether a file is JSON that names the context of Web Annotation, or something of the type of an annotation."""
    plain = head.removeprefix(_MARK).lstrip()
    return plain[:1] in (b"{", b"[") and bool(_names_context(plain) or _is_annotation(plain))


# ---- parsing ----
def parsed(path: Path) -> tuple[Any, int]:
    """The JSON of a file, and how many texts in it had characters that a study cannot hold; each became U+FFFD. Raises ReadError."""
    size = path.stat().st_size
    if size > _LARGEST:
        raise ReadError(f"the file has {size:,} bytes, and no more than {_LARGEST:,} are read. Divide it into several.")
    with path.open("rb") as file:
        data = counted(file, size).read().removeprefix(_MARK)
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ReadError(f"this is not JSON, as a file of annotations is: {error.msg}. Get a fresh copy of it.", line=error.lineno) from None
    return _checked(document)


def _checked(document: Any) -> tuple[Any, int]:
    """A document, no deeper than is safe, with plain names for `@id` and `@type`, and characters that a study can hold."""
    replaced = 0
    level: list[Any] = [[document]]
    root = level[0]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for holder in level:
            for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
                if isinstance(value, dict | list):
                    below.append(value)
                elif isinstance(value, str) and not_xml(value):
                    holder[key] = _mended(value)
                    replaced += 1
            if isinstance(holder, dict):
                _rename(holder)
        if not below:
            return root[0], replaced
        level = below
    raise ReadError(f"things stand more than {_DEEPEST} deep in each other in this file; it is not read.")


def _rename(holder: dict[str, Any]) -> None:
    for key in [k for k in holder if k in _ALIASES or not_xml(k)]:
        holder.setdefault(_ALIASES.get(key) or _mended(key), holder.pop(key))


def _mended(text: str) -> str:
    return "".join("\ufffd" if not_xml(c) else c for c in text)


# ---- finding ----
@frozen
class Outline:
    """What a file holds."""

    collection: dict[str, Any]
    """What is said of all of it; empty for annotations that stand by themselves."""
    annotations: list[dict[str, Any]]
    """The annotations."""
    absent: int
    """How many annotations, or pages of them, are only named: they are elsewhere."""


def outlined(document: Any) -> Outline:
    """Find the annotations of a document: one, a list, a page or a collection. Raises ReadError where there can be none."""
    collection: dict[str, Any] = {}
    found: list[dict[str, Any]] = []
    absent = 0
    for part in _parts(document):
        kinds = {called(kind) for kind in many(part.get("type"))} if isinstance(part, dict) else set()
        if "AnnotationCollection" in kinds:
            collection = collection or part
        elif "AnnotationPage" in kinds:
            collection = collection or (part["partOf"] if isinstance(part.get("partOf"), dict) else {})
        elif _is_one(part):
            found.append(part)
        elif isinstance(part, str):
            absent += 1
    if not (found or collection or absent):
        raise ReadError("there is no annotation in this file. Web Annotation wants objects of the type Annotation, or a collection or page of them.")
    return Outline(collection, found, absent)


def _parts(document: Any) -> Iterator[Any]:
    """A document and what stands in it, in order: the pages of a collection, the annotations of a page."""
    todo = [document]
    while todo:
        part = todo.pop()
        if isinstance(part, list):
            todo += reversed(part)
        else:
            yield part
        if isinstance(part, dict) and not _is_one(part):
            within = [part[name] for name in ("@graph", "items", "first", "next") if name in part]
            todo += reversed([w for w in within if isinstance(w, dict | list) or (isinstance(w, str) and "items" not in part)])


def _is_one(part: Any) -> bool:
    """Whether something is an annotation."""
    return isinstance(part, dict) and ("target" in part or "Annotation" in map(called, many(part.get("type"))))


def many(value: Any) -> list[Any]:
    """What may be one, or several, or none."""
    return value if isinstance(value, list) else [] if value is None else [value]


def called(name: Any) -> str:
    """The last part of a name: `Annotation` for `oa:Annotation` and for its IRI."""
    return re.split(r"[#:/]", name)[-1] if isinstance(name, str) else ""
