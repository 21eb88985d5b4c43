"""The words of coded segments, found with nothing but the modules of Python: a witness that shares no code with the library."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

__all__ = ["segments"]

Row = tuple[str, str | None, str | None, str | None]


def segments(path: Path) -> list[Row]:
    """All codings of a package: id, name of the source, name of the code, words."""
    if path.is_dir():
        return list(_rows(lambda name: (path / name).read_bytes()))
    with ZipFile(path) as archive:
        return list(_rows(archive.read))


def _rows(file: Callable[[str], bytes]) -> Iterator[Row]:
    study = json.loads(file("study.json"))["study"]
    codes = {_fold(code["id"]): code["name"] for code in study.get("codes", [])}
    for source in [*study.get("sources", []), *study.get("memos", [])]:
        for holder in _holders(source):
            text = file(holder["stored"]).decode("utf-8-sig") if "stored" in holder else holder.get("text")
            for coding in holder.get("codings", []):
                yield coding["id"], source.get("name"), codes.get(_fold(coding["code"])), None
            for excerpt in holder.get("excerpts", []):
                for coding in excerpt.get("codings", []):
                    yield coding["id"], source.get("name"), codes.get(_fold(coding["code"])), _words(excerpt, holder, text)


def _holders(source: Any) -> Iterator[Any]:
    yield source
    for inner in [
        *(e["representation"] for e in source.get("excerpts", []) if "representation" in e),
        *([source["representation"]] if "representation" in source else []),
    ]:
        yield from _holders(inner)
    yield from source.get("transcripts", [])


def _words(excerpt: Any, holder: Any, text: str | None) -> str | None:
    span = excerpt["span"]
    if span["type"] == "page":
        return excerpt.get("representation", {}).get("text")
    if text is None or span["type"] not in ("text", "transcript"):
        return None
    if span["type"] == "text":
        return text[int(span["start"]) : int(span["end"])]
    points = {_fold(point["id"]): point.get("position") for point in holder.get("sync_points", [])}
    start = points.get(_fold(span["start"])) if "start" in span else 0
    end = points.get(_fold(span["end"])) if "end" in span else len(text)
    return None if start is None or end is None else text[start:end]


def _fold(id: str) -> str:
    return id.strip("{}").lower()
