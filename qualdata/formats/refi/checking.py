"""A parser that checks the structure of what it is fed, by our own schema, and keeps nothing of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, Final

from qualdata.errors import ReadError
from qualdata.formats.refi.complaints import in_words
from qualdata.formats.refi.events import no_doctype
from qualdata.formats.refi.roots import Root
from qualdata.formats.refi.vocabulary import Element, Text, elements, guid, string
from qualdata.formats.refi.xsd import XSD, schema

if TYPE_CHECKING:
    from lxml.etree import XMLSchema

__all__ = ["Check"]

_LONGEST: Final = 1 << 16
"""No number, date or word has so many characters; libxml2 needs time by the square of them."""


class Check:
    """Takes one file with a root in a namespace, piece by piece; `new()` is what was found wrong since it was last asked.

    A *light* one takes half the time, but does not know in which thing it stands, nor that a value is too long to be looked at.
    Without looking at the form of GUIDs (*guids*), it takes half of that again.
    """

    def __init__(self, root: Root, uri: str, *, light: bool = False, guids: bool = True) -> None:
        from lxml.etree import XMLParser

        guard: Any = _NoGuard() if light else _Guard({f"{{{uri}}}{tag}" if uri else tag for tag in _short(root.element)})
        # huge_tree stays off: in pieces a text may have any length, while one tag, one comment and the depth have their limits
        self.parser: Any = XMLParser(target=guard, schema=_schema(root, uri, guids), resolve_entities=False, no_network=True, load_dtd=False)
        self.guard, self.told = guard, 0

    def feed(self, piece: bytes) -> None:
        """Take the next bytes. Raises ReadError where the file cannot be read on."""
        self._or_refuse(self.parser.feed, piece)

    def close(self) -> None:
        """Take the end of the file. Raises ReadError if it comes too early."""
        self._or_refuse(self.parser.close)

    def _or_refuse(self, take: Any, *piece: bytes) -> None:
        from lxml.etree import XMLSyntaxError

        try:
            take(*piece)
        except XMLSyntaxError as error:
            raise ReadError("the XML is broken here, or a tag or a comment has more than 10 MB; what follows was not looked at. Export the file again.") from error

    def new(self) -> Iterator[tuple[str, str | None]]:
        """What was found wrong, in a sentence, and the GUID of the thing in or at which it was."""
        log = self.parser.feed_error_log
        for entry in log[self.told :] if len(log) > self.told else ():
            yield in_words(entry.message), self.guard.thing
        self.told = len(log)


class _NoGuard:
    """Where a light parser sends what it finds: nothing is asked for but document types."""

    doctype = staticmethod(no_doctype)
    thing = None

    def close(self) -> None:
        """Nothing is left to do."""


class _Guard:
    """Where the parser sends what it finds: it keeps the GUIDs around, and stops at what would cost too much."""

    doctype = staticmethod(no_doctype)

    def __init__(self, short: set[str]) -> None:
        self.short = short
        self.room: float = inf
        self.around: list[str | None] = []
        self.inner: str | None = None
        self.thing: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.around.append(self.inner)
        self.inner = self.thing = attributes.get("guid") or self.inner
        self.room = _LONGEST if tag in self.short else inf

    def data(self, text: str) -> None:
        self.room -= len(text)
        if self.room < 0:
            raise ReadError(f"a number, a date or a word of more than {_LONGEST:,} characters stands here; the file is not read on.")

    def end(self, tag: str) -> None:
        self.thing, self.inner = self.inner, self.around.pop()
        self.room = inf

    def close(self) -> None:
        """Nothing is left to do."""


@lru_cache(maxsize=8)
def _short(root: Element) -> frozenset[str]:
    """The names of the elements that hold a number, a date or a word."""
    return frozenset(tag for e in elements(root) for tag, part in e.children.items() if isinstance(part, Text) and part.kind is not string)


@lru_cache(maxsize=8)
def _schema(root: Root, uri: str, guids: bool = True) -> XMLSchema:
    """The schema of a root, in which a text is mixed content without elements: of a string, libxml2 would put all pieces together."""
    from lxml import etree

    node = etree.fromstring(schema(root.tag, root.element, uri).encode())
    for element in node.iter(f"{{{XSD}}}element"):
        if element.get("type") == "xsd:string":
            element.set("type", "Mixed")
    for kind in () if guids else node.iterfind(f".//{{{XSD}}}restriction"):
        for pattern in [p for p in kind if p.get("value") == guid.facets[0][1]]:
            kind.remove(pattern)
    etree.SubElement(node, f"{{{XSD}}}complexType", name="Mixed", mixed="true")
    return etree.XMLSchema(node)
