"""The documents of a study, by what they are for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from qualdata.errors import QualdataError
from qualdata.formats.zip import check_size
from qualdata.model.document import Document
from qualdata.model.media import decode
from qualdata.rules.dataset import Dataset
from qualdata.rules.office import looked_into

__all__ = ["documented", "documents", "words_of"]

_ROLES: Final = {
    "readme": ("readme", "read me"),
    "codebook": ("codebook", "coding frame", "code list"),
    "guide": ("guide", "questionnaire", "instrument", "interview schedule", "topic list", "protocol", "diary form", "prompt"),
    "consent form": ("consent",),
    "information sheet": ("information", "participant information"),
    "transcription rules": ("transcription", "conventions"),
}
"""What may stand in the role of a document, or in its name where it has none."""
_TEXTS: Final = (".txt", ".md", ".rst", ".csv", "")
_LARGEST: Final = 1 << 22


def documents(data: Dataset, role: str) -> Iterator[Document]:
    """The documents with a role, or with a name that says as much."""
    for document in data.study.documents:
        told = document.role if document.role != "unreferenced" else f"{document.name or ''} {document.path or ''}"
        if any(word in told.casefold().replace("-", " ").replace("_", " ") for word in _ROLES[role]):
            yield document


def documented(data: Dataset, role: str) -> bool:
    """Whether there is a document with a role, with its file."""
    return any(document.media is not None for document in documents(data, role))


def words_of(document: Document) -> str:
    """The words of a document that is a text or a Word file; of any other, none."""
    media = document.media
    if media is None or media.size > _LARGEST:
        return ""
    if office := looked_into(media):
        return office.text or ""
    if PurePosixPath(media.name).suffix.casefold() not in _TEXTS:
        return ""
    try:
        check_size(media)
        return decode(media.read())[0]
    except QualdataError:  # a rule about files tells it
        return ""
