"""What an office file says besides its words: comments, changes, authors; and the words of a Word file. Nothing in it is run or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from attrs import frozen

from qualdata.errors import QualdataError
from qualdata.model.media import Media

__all__ = ["BROKEN", "OFFICE", "Office", "looked_into", "xml_in"]

_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH: Final = _WORD + "p"
_WORDS: Final = _WORD + "t"
_MARKS: Final = {_WORD + "tab": "\t", _WORD + "br": "\n", _WORD + "cr": "\n", _WORD + "noBreakHyphen": "-"}
_CHANGES: Final = tuple(_WORD + name for name in ("ins", "del", "moveFrom", "moveTo"))
_PROGRAMS: Final = ("", "python-docx", "Apache POI", "un-named", "unknown")
"""What stands for an author where no one is named."""
_LARGEST: Final = 1 << 26
OFFICE: Final = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
"""Endings of office files that are ZIP files of XML."""
BROKEN: Final = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, SyntaxError)
"""What reading a damaged one raises; lxml raises a SyntaxError."""


@frozen
class Office:
    """What is in an office file."""

    comments: int
    """How many comments it holds."""
    changes: int
    """How many tracked changes it holds."""
    authors: int
    """How many people it names as its authors."""
    text: str | None
    """The words of a Word file, a line a paragraph; None for other files."""


def looked_into(media: Media) -> Office | None:
    """What is in an office file; None for another file, and for one that cannot be opened."""
    if not media.name.casefold().endswith(OFFICE) or media.size > _LARGEST:
        return None
    try:
        with ZipFile(BytesIO(media.read())) as archive:
            return _in(archive)
    except (QualdataError, *BROKEN):
        return None


def _in(archive: ZipFile) -> Office:
    body = _xml(archive, "word/document.xml")
    notes = _xml(archive, "word/comments.xml")
    return Office(
        comments=0 if notes is None else len(list(notes.iter(_WORD + "comment"))),
        changes=0 if body is None else len(list(body.iter(*_CHANGES))),
        authors=sum(_named(archive)),
        text=None if body is None else "\n".join(_lines(body)),
    )


def _xml(archive: ZipFile, name: str) -> Any:
    """A part of the file, if it has one that can be opened safely."""
    return xml_in(archive, name) if name in archive.namelist() and archive.getinfo(name).file_size <= _LARGEST else None


def xml_in(archive: ZipFile, name: str) -> Any:
    """A part of an office file, which it must have."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), parser)


def _lines(body: Any) -> list[str]:
    """The words of each paragraph, without those of paragraphs within it."""
    from lxml import etree

    found: list[list[str]] = []
    around: list[list[str]] = []
    for event, node in etree.iterwalk(body, events=("start", "end"), tag=(_PARAGRAPH, _WORDS, *_MARKS)):
        if node.tag != _PARAGRAPH:
            if event == "start" and around:
                around[-1].append(_MARKS.get(node.tag, node.text or ""))
        elif event == "start":
            around.append([])
            found.append(around[-1])
        else:
            around.pop()
    return ["".join(words) for words in found]


def _named(archive: ZipFile) -> Iterator[bool]:
    """For each place where an author may be named: whether someone is."""
    for part in ("docProps/core.xml", "meta.xml"):
        root = _xml(archive, part)
        for node in () if root is None else root.iter("{*}creator", "{*}lastModifiedBy", "{*}initial-creator"):
            yield (node.text or "").strip() not in _PROGRAMS
