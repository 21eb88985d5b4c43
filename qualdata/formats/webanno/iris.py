"""Ids as IRIs, and back."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from qualdata.model.base import fold, is_bare_guid, not_xml

__all__ = ["id_of", "iri_of", "is_relative", "unquoted"]

_GUID: Final = "urn:uuid:"
_OTHER: Final = "urn:qualdata:id:"
_is_iri = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[^\s<>\"{}|\\^`]+").fullmatch


def iri_of(id: str) -> str:
    """The IRI of an id: `urn:uuid:` for a GUID, an IRI as it is, `urn:qualdata:id:` for any other."""
    bare = fold(id)
    if is_bare_guid(bare):
        return _GUID + bare
    ours = bare.startswith((_GUID, _OTHER))
    return id if _is_iri(id) and not ours else _OTHER + quote(id, safe="")


def id_of(iri: str) -> str:
    """The id that an IRI stands for; of an IRI that is not ours, itself."""
    if iri.startswith(_GUID) and is_bare_guid(iri, len(_GUID)):
        return iri[len(_GUID) :]
    scheme = next((s for s in (_GUID, _OTHER) if iri[: len(s)].lower() == s), "")
    id = unquoted(iri[len(scheme) :]) if scheme == _OTHER else iri[len(scheme) :]
    return id if (is_bare_guid(id) if scheme == _GUID else fold(id)) else iri


def unquoted(text: str) -> str:
    """A text with what stands in percent signs; as it is, where that is nothing that a study can hold."""
    plain = unquote(text)
    return plain if not_xml(plain) is None else text


def is_relative(iri: str) -> bool:
    """Whether an IRI names a file beside the one it stands in."""
    return not re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//|_:", iri)
