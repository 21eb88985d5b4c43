"""The tables of the example study, each worked out a second time from its study.json by the standard library: rows of texts by column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tests.report import plain

Row = dict[str, str]
ROLES = ("supports", "illustrates", "qualifies", "contradicts")


# ---- segments ----
def segments(case: str | None = None, *, attributes: bool = False, context: int = 0) -> list[Row]:
    """A row for each coding, or each that is about one case."""
    return [_segment(c, attributes, context) for c in plain.codings() if case is None or case in plain.names(c["cases"])]


def _segment(c: dict[str, Any], attributes: bool, context: int) -> Row:
    coding, text = c["coding"], c["source"]["words"]
    around = (before(text, c["start"], context), before(text[::-1], len(text) - c["end"], context)[::-1]) if context else ()
    return {
        "source": c["source"]["name"], "interview": c["interview"]["name"], "case": "; ".join(plain.names(c["cases"])), "speakers": "; ".join(c["labels"]),
        "code": plain.by_id("codes")[coding["code"]]["name"], "code_path": " > ".join(plain.path(coding["code"])), "coder": plain.by_id("contributors")[coding["coder"]]["name"],
        "start": str(c["start"]), "end": str(c["end"]), **({"before": around[0]} if around else {}), "text": c["text"], **({"after": around[1]} if around else {}),
        "created": coding.get("created", ""), "round": coding.get("round", ""), "status": coding.get("status", ""), "weight": "",
        "coding_id": coding["id"], "excerpt_id": c["excerpt"]["id"], "source_id": c["source"]["id"], **(_attributes(c["cases"]) if attributes else {}),
    }  # fmt: skip


def _attributes(cases: list[str]) -> Row:
    """The values of one case; each variable has a column."""
    (case,) = cases
    return {variable["name"]: plain.values(case).get(variable["name"], "") for variable in plain.study()["variables"]}


def before(text: str, start: int, most: int) -> str:
    """What stands before a place, its first word dropped if it is cut and another follows."""
    window = text[max(0, start - most) : start]
    if start <= most or text[start - most - 1].isspace() or not any(c.isspace() for c in window):
        return window
    return window[next(n for n, c in enumerate(window) if c.isspace()) + 1 :]


# ---- the codebook ----
def codebook(examples: int = 3) -> list[Row]:
    """A row for each code, in the order of the tree: its meaning, how often it was laid, alone and with those under it, and extracts."""
    return [_code(code, examples) for code in _in_order(None)]


def _in_order(parent: str | None) -> Iterator[dict[str, Any]]:
    for code in plain.study()["codes"]:
        if code.get("parent") == parent:
            yield code
            yield from _in_order(code["id"])


def _code(code: dict[str, Any], examples: int) -> Row:
    names = ("codings", "passages", "cases", "sources")
    counts, below = _counts({code["id"]}), _counts(plain.under(code["id"]))
    return {
        "code": code["name"], **{name: code.get(name, "") for name in ("description", "include", "exclude", "example")},
        **dict(zip(names, counts, strict=True)), **{f"{name}_with_subcodes": number for name, number in zip(names, below, strict=True)},
        "extracts": "\n".join(_extracts(code["id"])[:examples]), "colour": code.get("colour", ""), "codable": "no" if code.get("codable") is False else "yes",
        "in_vivo": "yes" if code.get("in_vivo") else "no", "origin": code.get("origin", ""), "status": code.get("status", "active"),
        "parent": plain.by_id("codes")[code["parent"]]["name"] if "parent" in code else "", "path": " > ".join(plain.path(code["id"])), "id": code["id"],
    }  # fmt: skip


def _counts(codes: set[str]) -> list[str]:
    """Codings, places, cases and sources of what counts."""
    laid = [c for c in plain.that_count() if c["coding"]["code"] in codes]
    places = {(c["source"]["id"], c["start"], c["end"]) for c in laid}
    return [str(n) for n in (len(laid), len(places), len({case for c in laid for case in c["cases"]}), len({c["source"]["id"] for c in laid}))]


def _extracts(code: str) -> list[str]:
    """The first of each case in the order of the data, then the second; no place twice, nothing that does not count."""
    by_case: dict[str, list[str]] = {}
    places = set()
    for c in plain.that_count():
        place = (c["source"]["id"], c["start"], c["end"])
        if c["coding"]["code"] == code and place not in places:
            places.add(place)
            (name,) = plain.names(c["cases"])
            by_case.setdefault(name, []).append(f"“{c['text']}” ({name}, {c['start']}–{c['end']})")
    depth = max(map(len, by_case.values()), default=0)
    return [told[n] for n in range(depth) for told in by_case.values() if n < len(told)]


# ---- the data list ----
def datalist() -> list[Row]:
    """A row for each interview."""
    return [_interview(interview) for interview in plain.study()["interviews"]]


def _interview(interview: dict[str, Any]) -> Row:
    (source,) = (s for s in plain.study()["sources"] if s["id"] in interview["sources"])
    places = {(c["start"], c["end"]) for c in plain.that_count() if c["source"] is source}
    return {
        "interview": interview["name"], "source": source["name"], "cases": "; ".join(plain.names(interview["cases"])), "kind": "individual", "mode": interview["mode"],
        "wave": "", "date": interview["date"], "minutes": str(interview["duration"] // 60_000), "language": source["language"], "type": "text source",
        "words": str(len(source["words"].split())), "coded_passages": str(len(places)), "access": source["access"], "file": source["stored"].split("/")[1],
        "interview_id": interview["id"], "source_id": source["id"], **_attributes(interview["cases"]),
    }  # fmt: skip


# ---- iterative categorization ----
def grid(code: str | None = None) -> list[Row]:
    """A row for each point, or each about one code: how many of its codings are whose."""
    codes, owner = plain.by_id("codes"), {c["coding"]["id"]: plain.names(c["cases"]) for c in plain.codings()}
    found = []
    for point in plain.study()["points"]:
        names = [codes[id]["name"] for id in point["codes"]]
        if code is None or code in names:
            people = Counter(name for id in point["codings"] for name in owner[id])
            cells = {case["name"]: str(people[case["name"]] or "") for case in plain.study()["cases"]}
            head = {"code": "; ".join(names), "process": point.get("process", "describe"), "heading": point["heading"], "point": point["text"]}
            found.append({**head, "participants": str(len(people)), **cells})
    return found


def summary() -> list[Row]:
    """A row for each code that was laid and counts: extracts, those that a point rests on, whom they are about."""
    addressed = {id for point in plain.study()["points"] for id in point["codings"]}
    found = []
    for code in _in_order(None):
        laid = [c for c in plain.that_count() if c["coding"]["code"] == code["id"]]
        who = {case for c in laid for case in c["cases"]}
        points = [point for point in plain.study()["points"] if code["id"] in point["codes"]]
        if laid:
            found.append({
                "code": " > ".join(plain.path(code["id"])), "meaning": code["description"], "extracts": str(len(laid)),
                "addressed": str(sum(c["coding"]["id"] in addressed for c in laid)), "participants": str(len(who)), "who": "; ".join(_in_turn(who)),
                "points": str(len(points)), "headings": "; ".join(dict.fromkeys(point["heading"] for point in points)),
            })  # fmt: skip
    return found


def evidence(theme: str | None = None) -> list[Row]:
    """A row for each piece of evidence: of each theme, or one, by what it does for it, else in its order."""
    points, passages = plain.by_id("points"), {c["excerpt"]["id"]: c for c in plain.codings()}
    found = []
    for one in plain.study()["themes"]:
        pieces = [(role, piece) for role in ROLES for piece in one["evidence"] if piece.get("role", "supports") == role]
        for role, piece in pieces if theme in (None, one["name"]) else ():
            if point := points.get(piece["ref"]):
                told = {"kind": "point", "name": "", "participants": "; ".join(_in_turn(point["cases"])), "text": point["text"]}
            else:
                passage = passages[piece["ref"]]
                told = {"kind": "excerpt", "name": passage["excerpt"]["name"], "participants": "; ".join(_in_turn(passage["cases"])), "text": passage["text"]}
            found.append({"theme": one["name"], "role": role, **told, "note": piece.get("note", "")})
    return found


def _in_turn(cases: Iterable[str]) -> list[str]:
    """The names of some cases, in the order of the study."""
    there = set(cases)
    return [case["name"] for case in plain.study()["cases"] if case["id"] in there]
