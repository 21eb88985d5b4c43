"""What is wrong with the structure of a REFI-QDA file, each thing with its line: found by our own schema while the file streams by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from math import inf
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from attrs import frozen

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.refi.complaints import in_words
from qualdata.formats.refi.container import Container
from qualdata.formats.refi.events import no_doctype
from qualdata.formats.refi.roots import PROJECT, ROOTS, Root, root_of
from qualdata.formats.refi.vocabulary import Text, elements, string
from qualdata.formats.refi.xsd import XSD, schema
from qualdata.formats.zip import check_size, opened

if TYPE_CHECKING:
    from lxml.etree import XMLSchema

__all__ = ["MOST", "Problem", "problems"]

MOST: Final = 1000
"""How many problems of one file are told."""
_BLOCK: Final = 1 << 16
_LONGEST: Final = 1 << 16
"""No number, date or word has so many characters; libxml2 needs time by the square of them."""
_TAGS: Final = {b"\xff\xfe": rb"(?:..)*?>\0|.+", b"\xfe\xff": rb"(?:..)*?\0>|.+"}
"""What a piece of a file is that has one tag at most and ends with it, after a byte order mark of UTF-16."""


@frozen
class Problem:
    """One thing that is wrong with the structure of a file."""

    message: str
    """What is wrong, in one sentence."""
    line: int
    """The line on which it shows: where the tag ends that is wrong, or before which something is."""
    id: str | None = None
    """The GUID of the thing in or at which it shows, as written, if it has one."""


def problems(file: Path | IO[bytes]) -> Iterator[Problem]:
    """What is wrong with the structure of a project or a codebook, in the order of the file; at most the first `MOST` things.

    *file* is a `.qdpx`, `.qde` or `.qdc`, or its XML as a stream of bytes that can be read twice: a file in which something is
    wrong is, to see where. A large file takes no more memory than a small one. The namespace of another version of the
    standard is not wrong here. Raises ReadError where a file cannot be read on.
    """
    if not isinstance(file, Path):
        if not _sound(file):
            file.seek(0)
            yield from islice(_found(file, exactly=True), MOST)
        return
    try:
        with _xml(file) as stream:
            yield from problems(stream)
    except QualdataError as error:
        error.path = error.path or str(file)
        raise


@contextmanager
def _xml(path: Path) -> Iterator[IO[bytes]]:
    """The XML of a file: the project in a `.qdpx`, all of any other."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            file.seek(0)
            yield file
            return
    with opened(path) as archive:
        container = Container(path, archive, None)
        project = container.media[container.project]
        check_size(project)
        with project.open() as member:
            yield member


def _sound(file: IO[bytes]) -> bool:
    """Whether nothing is wrong: quicker to find out than what is."""
    try:
        return next(_found(file, exactly=False), None) is None
    except ReadError:
        return False


def _found(file: IO[bytes], *, exactly: bool) -> Iterator[Problem]:
    """All that is wrong; *exactly* where it is. While it streams, libxml2 does not say lines, so pieces then have one tag at most."""
    from lxml.etree import XMLSyntaxError

    name, head = root_of(file)
    root, uri = _root(name)
    guard = _Guard(root, uri)
    parser = _parser(guard, _schema(root, uri))
    line, told = 1, 0
    try:
        for piece in _tags(head, file) if exactly else _blocks(head, file):
            line += piece.count(b"\n")
            parser.feed(piece)
            if len(log := parser.feed_error_log) > told:
                yield from [Problem(in_words(entry.message), line, guard.thing) for entry in log[told:]]
                told = len(log)
        parser.close()
    except XMLSyntaxError as error:
        yield from [Problem(in_words(entry.message), line, guard.thing) for entry in parser.feed_error_log[told:]]
        raise ReadError("the XML is broken, or holds a tag or a comment of more than 10 MB; what follows was not looked at. Export the file again.", line=line) from error


def _root(name: tuple[str, str] | None) -> tuple[Root, str]:
    """The root that a file should have, by the name and the namespace of the one it has, and its namespace."""
    if name is None:
        return PROJECT, PROJECT.namespace  # the parser will say what is wrong, and where
    root = next((r for r in ROOTS if r.takes(*name)), PROJECT)
    return root, root.uri(*name)


def _blocks(head: bytes, file: IO[bytes]) -> Iterator[bytes]:
    block = head
    while block:
        yield block
        block = file.read(_BLOCK)


def _tags(head: bytes, file: IO[bytes]) -> Iterator[bytes]:
    tags = re.compile(_TAGS.get(head[:2], rb"[^>]*>|[^>]+"), re.DOTALL)
    for block in _blocks(head, file):
        yield from tags.findall(block)


def _parser(guard: Any, schema: XMLSchema) -> Any:
    """A parser that checks what it is fed, and keeps nothing of it. Without `huge_tree` what stands in memory at once has its limits."""
    from lxml.etree import XMLParser

    return XMLParser(target=guard, schema=schema, resolve_entities=False, no_network=True, load_dtd=False)


@lru_cache(maxsize=8)
def _schema(root: Root, uri: str) -> XMLSchema:
    """The schema of a root, in which texts are mixed content without elements: of a string, libxml2 would put all pieces together."""
    from lxml import etree

    node = etree.fromstring(schema(root.tag, root.element, uri).encode())
    for element in node.iter(f"{{{XSD}}}element"):
        if element.get("type") == "xsd:string":
            element.set("type", "Mixed")
    etree.SubElement(node, f"{{{XSD}}}complexType", name="Mixed", mixed="true")
    return etree.XMLSchema(node)


class _Guard:
    """Where the parser sends what it finds: nothing is kept but the GUID of each open thing, and what would cost too much stops it."""

    doctype = staticmethod(no_doctype)

    def __init__(self, root: Root, uri: str) -> None:
        short = {tag for e in elements(root.element) for tag, part in e.children.items() if isinstance(part, Text) and part.kind is not string}
        self.short = {f"{{{uri}}}{tag}" if uri else tag for tag in short}
        self.room: float = inf
        self.within: list[str | None] = []
        self.inner: str | None = None
        self.thing: str | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.within.append(self.inner)
        self.inner = self.thing = attributes.get("guid") or self.inner
        self.room = _LONGEST if tag in self.short else inf

    def data(self, text: str) -> None:
        self.room -= len(text)
        if self.room < 0:
            raise ReadError(f"a number, a date or a word of more than {_LONGEST:,} characters stands here; the file is not read on.")

    def end(self, tag: str) -> None:
        self.thing, self.inner = self.inner, self.within.pop()
        self.room = inf

    def close(self) -> None:
        """Nothing is left to do."""
