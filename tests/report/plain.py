"""The example study as its study.json says it, read with the standard library alone: what its tables are compared with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

PACKAGE = Path(__file__).parents[2] / "examples" / "smart-recovery" / "SYNTHETIC-smart-recovery.qualdata"


@cache
def study() -> dict[str, Any]:
    """The study, as plain JSON."""
    with ZipFile(PACKAGE) as archive:
        said: dict[str, Any] = json.loads(archive.read("study.json"))["study"]
        for source in said["sources"]:
            source["words"] = archive.read(source["stored"]).decode()
    return said


def by_id(kind: str) -> dict[str, Any]:
    """The things of one list, by id."""
    return {thing["id"]: thing for thing in study()[kind]}


def path(code: str) -> list[str]:
    """The names of a code and of those above it, from the top."""
    codes, names = by_id("codes"), []
    at: str | None = code
    while at:
        names.insert(0, codes[at]["name"])
        at = codes[at].get("parent")
    return names


@cache
def codings() -> tuple[dict[str, Any], ...]:
    """Each coding, with what it stands on; the cases are those of the turns that it touches, but for the interviewer's."""
    return tuple(_codings())


def _codings() -> Iterator[dict[str, Any]]:
    for source in study()["sources"]:
        speakers = {speaker["id"]: speaker for speaker in source["speakers"]}
        for excerpt in source["excerpts"]:
            start, end = excerpt["span"]["start"], excerpt["span"]["end"]
            touched = [speakers[t["speaker"]] for t in source["turns"] if t["span"]["start"] < end and start < t["span"]["end"]]
            cases = list(dict.fromkeys(s["case"] for s in touched if s.get("case") and s.get("role") != "interviewer"))
            labels = list(dict.fromkeys(s["label"] for s in touched))
            for coding in excerpt["codings"]:
                yield {
                    "coding": coding, "excerpt": excerpt, "source": source, "start": start, "end": end, "text": source["words"][start:end],
                    "cases": cases, "labels": labels, "interview": next((i for i in study()["interviews"] if source["id"] in i["sources"]), None),
                }  # fmt: skip


@cache
def that_count() -> tuple[dict[str, Any], ...]:
    """The codings that count: of a source that any coding was agreed in, the agreed ones; else those not rejected, nor on the place of a rejected one."""
    agreed = {c["source"]["id"] for c in codings() if c["coding"].get("status") == "agreed"}
    rejected = {(c["source"]["id"], c["start"], c["end"], c["coding"]["code"]) for c in codings() if c["coding"].get("status") == "rejected"}
    return tuple(
        c for c in codings()
        if c["coding"].get("status") == "agreed"
        or (c["source"]["id"] not in agreed and (c["source"]["id"], c["start"], c["end"], c["coding"]["code"]) not in rejected)
    )  # fmt: skip


def names(cases: list[str]) -> list[str]:
    """What cases are called."""
    return [by_id("cases")[case]["name"] for case in cases]


def values(case: str) -> dict[str, str]:
    """The attributes of a case, by the name of the variable."""
    variables = by_id("variables")
    return {variables[value["variable"]]["name"]: value["value"] for value in by_id("cases")[case].get("values", [])}


def under(code: str) -> set[str]:
    """A code and all under it."""
    found = {code}
    for _ in study()["codes"]:
        found |= {c["id"] for c in study()["codes"] if c.get("parent") in found}
    return found
