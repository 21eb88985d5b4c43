"""What the properties of an object say of a thing of the model, and which of them say nothing that it has a field for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from qualdata.formats.webanno.iris import id_of
from qualdata.formats.webanno.outline import many
from qualdata.formats.webanno.terms import OWN, Kind, Term, terms

__all__ = ["STRUCTURE", "address", "hear"]

Json = dict[str, Any]
STRUCTURE: Final = {
    "@context", "id", "type", "canonical", "format", "motivation", "purpose", "target", "body", "bodyValue", "source", "selector", "value", "items",
    "generator", "first", "last", "next", "prev", "partOf", "startIndex", "total", f"{OWN}path", f"{OWN}of", f"{OWN}syncPoints", f"{OWN}free", f"{OWN}withoutText",
    f"{OWN}quote", f"{OWN}span", f"{OWN}contributors", f"{OWN}codes", f"{OWN}sources",
}  # fmt: skip
"""Properties that are looked at where the thing is made; where they are not, what is there is kept by hand."""


def address(value: Any) -> str | None:
    """The IRI that something is, or has."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) and found else None


def hear(cls: type, entry: Json, id: Callable[[str], str] = id_of, person: Callable[[Any], str | None] = address) -> tuple[Json, Json]:
    """The fields that an object says of a thing of a class, and the properties that are left; *id* gives the id for an IRI, *person* that of someone."""
    said: Json = {}
    known = set(STRUCTURE)
    for term in terms(cls):
        key = f"{OWN}{term.key}" if term.kind == "moment" and f"{OWN}{term.key}" in entry else term.key
        if key in entry and (value := _value(term, entry[key], id, person)) is not None:
            said[term.field] = value
            known.add(key)
    return said, {key: value for key, value in entry.items() if key not in known}


def _value(term: Term, value: Any, id: Callable[[str], str], person: Callable[[Any], str | None]) -> Any:
    """What a property says; None where it is not of the kind that the field holds."""
    if term.kind == "person":
        return person(value)
    if term.kind in ("reference", "references"):
        found = [address(v) for v in many(value)]
        ids = [id(iri) for iri in found if iri is not None]
        return None if len(ids) < len(found) else ids if term.kind == "references" else ids[0] if len(ids) == 1 else None
    said = _PLAIN[term.kind](value)
    return said if said is not None and (not term.choices or said in term.choices) else None


def _text(value: Any) -> str | None:
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    return one if isinstance(one, str) else None


def _texts(value: Any) -> list[str] | None:
    return many(value) if all(isinstance(v, str) for v in many(value)) else None


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


_PLAIN: Final[dict[Kind, Callable[[Any], Any]]] = {"text": _text, "moment": _text, "texts": _texts, "truth": _truth, "whole number": _whole, "number": _number}
