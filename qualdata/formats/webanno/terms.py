"""Which property of the JSON is which field of the model: one table, by which the writer, the reader and the page on the mapping work."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal, get_args, get_origin

from attrs import Attribute, fields_dict, frozen

from qualdata.model.annotations import holds
from qualdata.model.base import REF
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.contributor import Contributor
from qualdata.model.excerpt import Excerpt
from qualdata.model.memo import Memo
from qualdata.model.source import AudioSource, PdfSource, PictureSource, SyncPoint, TextSource, Transcript, VideoSource
from qualdata.model.study import Study

__all__ = ["ANNO", "CONTEXT", "OWN", "PLACES", "TERMS", "Kind", "Term", "said", "terms"]

Kind = Literal["text", "texts", "number", "whole number", "truth", "reference", "references", "person", "moment"]
"""What stands there; a moment that is not in UTC is told by a property of our own, as the Recommendation wants it in UTC."""

ANNO: Final = "http://www.w3.org/ns/anno.jsonld"
"""The context of Web Annotation. It is named, and never fetched."""
OWN: Final = "qualdata:"
"""The prefix of our own properties."""

_DATED: Final = {"created": "created", "created_by": "creator", "modified": "modified", "modified_by": "qualdata:modifiedBy"}
_ABOUT: Final = {"name": "label", "description": "dcterms:description", **_DATED, "memos": "qualdata:memos"}
_SOURCE: Final = {
    **_ABOUT, "language": "language", "access": "qualdata:access", "derived_from": "qualdata:derivedFrom", "relation": "qualdata:relation",
}  # fmt: skip
_FILE: Final = {**_SOURCE, "current_path": "qualdata:currentPath"}

TERMS: Final[dict[type, dict[str, str]]] = {
    Study: {
        "title": "label", "abstract": "dcterms:abstract", **_DATED, "own_memos": "qualdata:memos", "languages": "dcterms:language",
        "licence": "dcterms:license", "access": "qualdata:access", "keywords": "dcterms:subject", "synthetic": "qualdata:synthetic",
    },
    Contributor: {
        "name": "name", "initials": "nickname", "alias": "qualdata:alias", "roles": "qualdata:roles", "positionality": "qualdata:positionality",
        "same_as": "qualdata:sameAs", "orcid": "qualdata:orcid",
    },
    Code: {
        "name": "label", "parent": "skos:broader", "description": "skos:definition", "example": "skos:example", "colour": "schema:color",
        "include": "qualdata:include", "exclude": "qualdata:exclude", "origin": "qualdata:origin", "in_vivo": "qualdata:inVivo",
        "derived_from": "qualdata:derivedFrom", "aggregate": "qualdata:aggregate", "status": "qualdata:status", "codable": "qualdata:codable",
        "memos": "qualdata:memos",
    },
    TextSource: _SOURCE,
    PictureSource: _FILE,
    PdfSource: _FILE,
    AudioSource: _FILE,
    VideoSource: _FILE,
    Transcript: _ABOUT,
    SyncPoint: {"time": "qualdata:time", "position": "qualdata:position"},
    Memo: {**_SOURCE, "kind": "qualdata:kind"},
    Excerpt: {**_ABOUT, "same_as": "qualdata:sameAs"},
    Coding: {
        "coder": "creator", "created": "created", "round": "qualdata:round", "status": "qualdata:status", "weight": "qualdata:weight", "memos": "qualdata:memos",
    },
}  # fmt: skip
"""By class and field, the property that says it."""

_MARKED: Final = {"excerpts": "`target` of annotations", "codings": "annotations whose `target` it is"}
_HELD: Final = {**_MARKED, "path": "`source`, or `qualdata:path` where the file is missing"}
_LARGER: Final = {"representation": "another source, `qualdata:of` this one"}
_SPOKEN: Final = {"transcripts": "other sources, `qualdata:of` this one"}

PLACES: Final[dict[type, dict[str, str]]] = {
    Study: {
        "id": "`id` of the collection", "contributors": "`qualdata:contributors`", "codes": "`qualdata:codes`", "sources": "`qualdata:sources`",
        "memos": "annotations with the motivation `commenting`",
    },
    Contributor: {"id": "`id`"},
    Code: {"id": "`id`"},
    TextSource: {"id": "`id`, or `canonical` beside that of its file", "text": "the file that `id` names", **_HELD},
    PictureSource: {"id": "`id`, or `canonical` beside that of its file", **_HELD, **_LARGER},
    PdfSource: {"id": "`id`, or `canonical` beside that of its file", **_HELD, **_LARGER},
    AudioSource: {"id": "`id`, or `canonical` beside that of its file", **_HELD, **_SPOKEN},
    VideoSource: {"id": "`id`, or `canonical` beside that of its file", **_HELD, **_SPOKEN},
    Transcript: {"id": "`id`, or `canonical` beside that of its file", "text": "the file that `id` names", "excerpts": _MARKED["excerpts"], "sync_points": "`qualdata:syncPoints`"},
    SyncPoint: {"id": "`id`"},
    Memo: {"id": "`id` of the body", "text": "`value` of the body", **_MARKED},
    Excerpt: {
        "id": "`id` of the target", "span": "`selector`, and `qualdata:span` where that does not say it all", "quote": "`TextQuoteSelector`, or `qualdata:quote`",
        "codings": _MARKED["codings"], **_LARGER,
    },
    Coding: {"id": "`id` of the annotation", "code": "`source` of the body"},
}  # fmt: skip
"""By class and field, where it is said by what stands in what."""

_LISTS: Final = ("codes", "contributors", "sources", "syncPoints")


@frozen
class Term:
    """One field of a class, and the property that says it."""

    field: str
    """The field."""
    key: str
    """The property."""
    kind: Kind
    """What stands there."""
    default: Any
    """What the field holds when nothing is said."""
    choices: tuple[str, ...]
    """The only words that may stand there; any when there are none here."""


@cache
def terms(cls: Any) -> tuple[Term, ...]:
    """The properties of a class, in the order in which they are written."""
    attributes = fields_dict(cls)
    return tuple(_term(cls, attributes[name], key) for name, key in TERMS[cls].items())


def _term(cls: type, attribute: Attribute[Any], key: str) -> Term:
    held, many = holds(cls, attribute.name)
    default: Any = attribute.default
    return Term(
        attribute.name, key, _kind(attribute, key, held, many), default.factory() if hasattr(default, "factory") else default, get_args(held) if get_origin(held) is Literal else ()
    )


def _kind(attribute: Attribute[Any], key: str, held: Any, many: bool) -> Kind:
    if key == "creator":
        return "person"
    if key in ("created", "modified"):
        return "moment"
    if attribute.metadata.get("role") == REF["role"]:
        return "references" if many else "reference"
    if held is bool:
        return "truth"
    return "number" if held is float else "whole number" if held is int else "texts" if many else "text"


@cache
def said(cls: Any) -> frozenset[str]:
    """The fields of a class that have a place, by the names they are given to the constructor; of a class that has none, no field."""
    return frozenset((*TERMS.get(cls, ()), *PLACES.get(cls, ())))


def _own_context() -> dict[str, Any]:
    """What our own properties mean. Names of the vocabularies that are used are known to the context of Web Annotation."""
    context: dict[str, Any] = {"qualdata": "urn:qualdata:term:", "Sound": "dctypes:Sound"}
    context |= {f"{OWN}{name}": {"@id": f"{OWN}{name}", "@container": "@list"} for name in _LISTS}
    for cls in TERMS:
        for term in terms(cls):
            if term.kind in ("reference", "references"):
                context[term.key] = {"@id": term.key, "@type": "@id"} | ({"@container": "@list"} if term.kind == "references" else {})
    return context | {f"{OWN}of": {"@id": f"{OWN}of", "@type": "@id"}}


CONTEXT: Final[tuple[str, dict[str, Any]]] = (ANNO, _own_context())
"""The context of what is written."""
