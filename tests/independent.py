"""Readers of `.qdpx` that share no code with qualdata: one made here of zipfile and lxml, and pyrefiqda.

The first knows one thing only: which words stand under which code. It is told how the file counts, and cuts
the encoded bytes of the text at the written positions.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile, is_zipfile

from lxml import etree

NAMESPACE = "urn:QDA-XML:project:1.0"
NS = f"{{{NAMESPACE}}}"
_CODEC = {"code point": ("utf-32-le", 4), "utf-16": ("utf-16-le", 2), "utf-8": ("utf-8", 1)}


class Manner(NamedTuple):
    """How a file counts in its texts."""

    unit: str = "code point"
    once: bool = False
    """Whether CR LF is one; the texts then come with LF."""
    bom: bool = False
    """Whether a byte order mark is counted."""


class Quote(NamedTuple):
    """A code, who laid it, and the words it was laid on; positions as the file has them."""

    code: str | None
    coder: str | None
    source: str | None
    start: int
    end: int
    text: str | None


CODE_POINTS, UTF_16, ONCE = Manner(), Manner("utf-16"), Manner(once=True)


def members(path: Path) -> dict[str, bytes]:
    """The members of a `.qdpx`, folders too; of a `.qde` itself."""
    if not is_zipfile(path):
        return {"project.qde": path.read_bytes()}
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def project_xml(path: Path) -> bytes:
    """The project of a file."""
    return next(data for name, data in members(path).items() if name.lower().endswith(".qde"))


def project(path: Path) -> Any:
    """The root of the project of a file, an element of lxml."""
    return etree.fromstring(project_xml(path), etree.XMLParser(huge_tree=True))


class Text:
    """A text that is cut at positions of its encoded bytes."""

    def __init__(self, text: str, manner: Manner) -> None:
        self.encoding, self.width = _CODEC[manner.unit]
        self.data = text.encode(self.encoding)

    def cut(self, start: int, end: int) -> str:
        """The words between two positions."""
        return self.data[start * self.width : end * self.width].decode(self.encoding, "surrogatepass")


def quotes(path: Path, manner: Manner) -> list[Quote]:
    """All codings of text selections, in the order of the file; without a text where its file is not there."""
    root = project(path)
    codes, users = _names(root, "Code"), _names(root, "User")
    found = []
    for selection, text in _selections(root, members(path), manner):
        start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        words = None if text is None else text.cut(start, end)
        source = _top(selection).get("name")
        found += [
            Quote(codes.get(_fold(ref.get("targetGUID"))), users.get(_fold(coding.get("creatingUser"))), source, start, end, words)
            for coding in selection.iterchildren(f"{NS}Coding")
            for ref in coding.iterchildren(f"{NS}CodeRef")
        ]
    return found


def within_words(path: Path, manner: Manner) -> int:
    """How many codings of text selections begin or end inside a word."""
    count = 0
    for selection, text in _selections(project(path), members(path), manner):
        assert text is not None
        places = (int(selection.get("startPosition", "")), int(selection.get("endPosition", "")))
        inside = any(re.match(r"\w\w", text.cut(max(at - 1, 0), at) + text.cut(at, at + 1)) for at in places)
        count += inside * len(selection.findall(f"{NS}Coding"))
    return count


def _selections(root: etree._Element, files: dict[str, bytes], manner: Manner) -> Iterator[tuple[etree._Element, Text | None]]:
    texts: dict[etree._Element, Text | None] = {}
    for selection in root.iter(f"{NS}PlainTextSelection"):
        holder = selection.getparent()
        assert holder is not None
        if holder not in texts:
            text = _text(holder, files, manner)
            texts[holder] = None if text is None else Text(text, manner)
        yield selection, texts[holder]


def _names(root: etree._Element, tag: str) -> dict[str, str | None]:
    return {_fold(e.get("guid")): e.get("name") for e in root.iter(NS + tag)}


def _fold(guid: str | None) -> str:
    return (guid or "").strip("{} ").lower()


def _top(element: etree._Element) -> etree._Element:
    return next(e for e in element.iterancestors() if (above := e.getparent()) is not None and above.tag in (f"{NS}Sources", f"{NS}Notes"))


def _text(holder: etree._Element, files: dict[str, bytes], manner: Manner) -> str | None:
    path = holder.get("plainTextPath")
    if path is None:
        text = holder.findtext(f"{NS}PlainTextContent")
    else:
        name = path.rpartition("/")[2].lower()
        data = next((d for n, d in files.items() if n.rpartition("/")[2].lower() == name), None)
        text = None if data is None else data.decode("utf-8" if manner.bom else "utf-8-sig")
    return text.replace("\r\n", "\n") if text is not None and manner.once else text


# ---- pyrefiqda ----
def as_pyrefiqda_reads(path: Path) -> dict[str, list[Any]]:
    """The codes (with the code above), selections (with their places) and codings (with their code) that pyrefiqda reads; ids without regard to case and braces."""
    from pyrefiqda.models import Project
    from xsdata_pydantic.bindings import XmlParser

    found: dict[str, list[Any]] = {"codes": [], "selections": [], "codings": []}
    for thing, above in _walk(XmlParser().from_bytes(project_xml(path), Project), None):
        kind = type(thing).__name__
        if kind == "CodeType":
            found["codes"].append((_fold(thing.guid), thing.name, thing.is_codable, _fold(above)))
        elif kind == "CodingType":
            found["codings"].append((_fold(thing.guid), thing.code_ref and _fold(thing.code_ref.target_guid), _fold(thing.creating_user), _fold(above)))
        elif kind.endswith(("SelectionType", "selectionType")):
            place = [getattr(thing, name, None) for name in ("page", "first_x", "first_y", "second_x", "second_y", "begin", "end", "start_position", "end_position")]
            found["selections"].append((_fold(thing.guid), thing.name, place, _fold(above)))
    return found


def _walk(thing: Any, above: str | None) -> Iterator[tuple[Any, str | None]]:
    yield thing, above
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        for inner in value if isinstance(value, list) else (value,):
            if hasattr(type(inner), "model_fields"):
                yield from _walk(inner, getattr(thing, "guid", above))


def xml_of(element: etree._Element) -> bytes:
    """A project as it stands in a file."""
    out = io.BytesIO()
    element.getroottree().write(out, xml_declaration=True, encoding="UTF-8")
    return out.getvalue()
