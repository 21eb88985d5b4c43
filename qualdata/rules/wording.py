"""All the words in a file, whatever its kind: of a text all of it; of an office file also comments, notes, headers, changes, links and properties."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from mimetypes import guess_type
from typing import Any, Final
from zipfile import ZipFile

from qualdata.errors import QualdataError
from qualdata.model.media import Media, decode
from qualdata.rules.office import BROKEN, OFFICE, xml_in

__all__ = ["words_in"]

_LARGEST: Final = 1 << 26
"""How many bytes of a file are looked into at most, packed and unpacked."""
_HEAD: Final = 1 << 12
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
"""What a text begins with that may hold zeros: UTF-16."""
_ENDS: Final = frozenset(
    "p h si br tab cr line-break c cell comment creator initial-creator lastModifiedBy title subject description keywords keyword category Company Manager".split()
)
"""Elements after which another word begins; within them, words may be in pieces."""


def words_in(media: Media) -> str | None:
    """The words in a file; None for one that is no text and no office file. Raises QualdataError where there may be words that cannot be read."""
    if media.name.casefold().endswith(OFFICE):
        return _in_office(media)
    if _is_seen_or_heard(media.name) or not _is_text(media):
        return None
    return decode(_bytes(media))[0]


def _is_seen_or_heard(name: str) -> bool:
    kind = guess_type(name)[0] or ""
    return kind.startswith(("audio/", "video/", "image/")) and not kind.endswith("xml")


def _is_text(media: Media) -> bool:
    with media.open() as stream:
        head = stream.read(_HEAD)
    return head.startswith(_MARKS) or b"\0" not in head


def _bytes(media: Media) -> bytes:
    if media.size > _LARGEST:
        raise QualdataError(f"it has {media.size:,} bytes, and no more than {_LARGEST:,} are looked into.")
    return media.read()


def _in_office(media: Media) -> str:
    try:
        with ZipFile(BytesIO(_bytes(media))) as archive:
            return "\n".join(words for root in _parts(archive) for words in ("".join(_pieces(root)), *_attributes(root)))
    except QualdataError:
        raise
    except BROKEN as error:
        raise QualdataError("it cannot be opened as an office file.") from error


def _parts(archive: ZipFile) -> Iterator[Any]:
    """The parts of an office file that are XML."""
    left = _LARGEST
    for info in archive.infolist():
        left -= info.file_size
        if info.filename.casefold().endswith((".xml", ".rels")):
            if left < 0:
                raise QualdataError(f"it would unpack to more than {_LARGEST:,} bytes.")
            yield xml_in(archive, info.filename)


def _pieces(root: Any) -> Iterator[str]:
    from lxml import etree

    for event, node in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(node.tag, str):
            continue
        if event == "start":
            yield node.text or ""
        else:
            yield "\n" if etree.QName(node).localname in _ENDS else ""
            yield node.tail or ""


def _attributes(root: Any) -> Iterator[str]:
    """What attributes say: who made a comment or a change, where a link leads."""
    return (value for node in root.iter() for value in node.attrib.values())
