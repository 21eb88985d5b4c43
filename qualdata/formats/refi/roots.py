"""The roots a REFI-QDA file may have: which one a file begins with, and how it is read from there."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from pyexpat import ExpatError, ParserCreate
from typing import Final

from attrs import frozen

from qualdata.errors import ReadError
from qualdata.formats.refi import binding
from qualdata.formats.refi.events import Readable, no_doctype
from qualdata.formats.refi.reader import Reader
from qualdata.formats.refi.vocabulary import Element
from qualdata.model.reading import Remark
from qualdata.model.study import Study

__all__ = ["CODEBOOK", "PROJECT", "ROOTS", "Root", "read_root", "root_of", "sniffed"]

_HEAD: Final = 1 << 20


@frozen(eq=False)
class Root:
    """A root element of REFI-QDA, and what stands under it."""

    tag: str
    """Its name."""
    namespace: str
    """The namespace that the standard gives it."""
    others: str
    """What the namespaces of other versions begin with, in small letters."""
    element: Element
    """How it is bound to the model."""
    what: str
    """What such a file is, in a word."""
    named: str
    """What it is, in sentences."""
    place: str
    """What has a place for something, or has none."""

    def uri(self, tag: str, uri: str) -> str:
        """The namespace of a file with this root; that of another version, or none, will do. Raises ReadError for another root."""
        if tag == self.tag and (not uri or uri.casefold().startswith(self.others)):
            return uri
        other = next((r.named for r in ROOTS if r.tag == tag and r is not self), None)
        what = f"{other}, not a {self.what}" if other else f"no REFI-QDA {self.what}: it begins with <{tag}>" + (f" of {uri}" if uri else "")
        raise ReadError(f"this is {what}. A {self.what} begins with <{self.tag} xmlns=\"{self.namespace}\">.")


PROJECT: Final = Root(binding.ROOT, binding.NAMESPACE, "urn:qda-xml:project", binding.PROJECT, "project", "a REFI-QDA project", "REFI-QDA")
CODEBOOK: Final = Root(binding.CODEBOOK_ROOT, binding.CODEBOOK_NAMESPACE, "urn:qda-xml:codebook", binding.CODEBOOK, "codebook", "a REFI-QDA codebook (.qdc)", "A codebook")
ROOTS: Final = (PROJECT, CODEBOOK)
"""All that there are."""


def read_root(file: Readable, root: Root, format: str) -> tuple[Study, Reader]:
    """What the XML of a file says, and the reader that read it. Raises ReadError."""
    found, head = root_of(file)
    uri = root.uri(*found) if found else root.namespace  # where none was found, the reader says what is wrong, and where
    reader = Reader(root.tag, root.element, uri)
    study: Study = reader.parse(_Rejoined(head, file))
    assert study.reading is not None
    study.reading.format = format
    if uri != root.namespace:
        study.reading.remarks.append(Remark("refi-namespace", f"the namespace is {uri or 'missing'}, not {root.namespace}; it was read as if it were", 1))
    return study, reader


def sniffed(root: Root) -> Callable[[Path, bytes], bool]:
    """A function that tells whether a file, of which the beginning is given, is XML with such a root, whatever its namespace."""

    def sniff(path: Path, head: bytes) -> bool:
        try:
            found, _ = root_of(BytesIO(head))
        except ReadError:
            return False
        return found is not None and found[0] == root.tag

    return sniff


class _Rejoined:
    """A stream whose first bytes were already taken."""

    def __init__(self, head: bytes, file: Readable) -> None:
        self.head, self.file = head, file

    def read(self, size: int = -1) -> bytes:
        """The bytes that were taken, then the others."""
        if self.head:
            head, self.head = self.head, b""
            return head
        return self.file.read(size)


def root_of(file: Readable) -> tuple[tuple[str, str] | None, bytes]:
    """The name and namespace of a file's root, and the bytes taken to find it. Raises ReadError for a document type."""
    found: list[str] = []
    parser = ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda name, attributes: found.append(name)
    parser.StartDoctypeDeclHandler = no_doctype
    head = b""
    while not found and len(head) < _HEAD and (block := file.read(1 << 12)):
        head += block
        try:
            parser.Parse(block, False)
        except (ExpatError, ValueError, LookupError):
            break
    if not found:
        return None, head
    uri, _, tag = found[0].rpartition("}")
    return (tag, uri), head
