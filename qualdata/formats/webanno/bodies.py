"""What the bodies of an annotation are: codes that it lays, notes that it makes, or something else."""

from __future__ import annotations

from typing import Any, Final, Literal

from attrs import frozen

from qualdata.formats.webanno.hearing import address
from qualdata.formats.webanno.iris import unquoted
from qualdata.formats.webanno.outline import called, many

__all__ = ["Body", "bodies", "label_of", "last_of", "motivations"]

_TAGS: Final = frozenset(("tagging", "classifying", "identifying"))
"""The motivations by which a body is what a passage is called, and so a code."""
_LABELS: Final = ("label", "skos:prefLabel", "prefLabel", "name", "rdfs:label", "title")

Json = dict[str, Any]


@frozen
class Body:
    """One body of an annotation."""

    kind: Literal["code", "note", "other"]
    """What becomes of it."""
    value: Any
    """The body, as it stands there."""
    iri: str | None
    """The address of the code or the note."""
    text: str | None
    """The text of the note, or the name of the code."""
    entry: Json
    """What else is said of the code or the note."""


def motivations(annotation: Json) -> list[str]:
    """Why it was made, in the words of the Recommendation."""
    return [called(m) for m in many(annotation.get("motivation"))]


def bodies(annotation: Json) -> list[Body]:
    """The bodies of an annotation, in order."""
    found = [{"type": "TextualBody", "value": annotation["bodyValue"]}] if isinstance(annotation.get("bodyValue"), str) else []
    return [_body(body, motivations(annotation)) for body in (*found, *many(annotation.get("body")))]


def _body(body: Any, why: list[str]) -> Body:
    entry: Json = body if isinstance(body, dict) else {}
    purposes = {called(p) for p in many(entry.get("purpose"))} or set(why)
    if isinstance(text := entry.get("value"), str):
        return Body("code" if purposes & _TAGS else "note", body, address(entry), text, entry)
    concept = entry.get("source", body)
    if (iri := address(concept)) and (purposes & _TAGS or _is_concept(concept)):
        said = concept if isinstance(concept, dict) else {}
        return Body("code", body, iri, label_of(said), said)
    return Body("other", body, None, None, entry)


def _is_concept(concept: Any) -> bool:
    return isinstance(concept, dict) and "Concept" in {called(kind) for kind in many(concept.get("type"))}


def label_of(entry: Json) -> str | None:
    """What something is called."""
    found = (v for name in _LABELS for v in many(entry.get(name)))
    return next((v for v in found if isinstance(v, str)), None)


def last_of(iri: str) -> str:
    """The last part of an IRI, as a name for what has none."""
    return unquoted(iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]) or iri
