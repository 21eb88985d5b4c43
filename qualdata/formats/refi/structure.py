"""What is wrong with the structure of a REFI-QDA file, each thing with its line: found by our own schema while the file streams by."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Final

from attrs import frozen

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.refi.checking import Check
from qualdata.formats.refi.container import Container
from qualdata.formats.refi.roots import PROJECT, ROOTS, Root, root_of
from qualdata.formats.zip import check_size, opened

__all__ = ["MOST", "Problem", "problems"]

MOST: Final = 1000
"""How many problems of one file are told."""
_BLOCK: Final = 1 << 16
_TAGS: Final = {b"\xff\xfe": ("utf-16-le", rb"(?:..)*?>\0|.+"), b"\xfe\xff": ("utf-16-be", rb"(?:..)*?\0>|.+")}
"""After a byte order mark of UTF-16: its encoding, and what a piece is that has one tag at most and ends with it."""
_no_tags = re.compile(rb"<[!?]").findall
"""Comments, document types, CDATA and instructions: the XML declaration among them."""
_usual = re.compile(r"[\w:./#-]*", re.ASCII).fullmatch


@frozen
class Problem:
    """One thing that is wrong with the structure of a file."""

    message: str
    """What is wrong, in one sentence."""
    line: int
    """The line on which it shows: where the tag ends that is wrong, or before which something is."""
    id: str | None = None
    """The GUID of the thing in or at which it shows, as written, if it has one."""


def problems(file: Path | IO[bytes], *, guids: bool = True) -> Iterator[Problem]:
    """What is wrong with the structure of a project or a codebook, in the order of the file; at most the first `MOST` things.

    *file* is a `.qdpx`, `.qde` or `.qdc`, or its XML as a stream of bytes that can be read twice: a file in which something is
    wrong is, to see where. *guids* is False where it is known that all GUIDs have the right form, which saves time. A large file
    takes no more memory than a small one. The namespace of another version of the standard is not wrong here. Raises ReadError
    where a file cannot be read on.
    """
    if not isinstance(file, Path):
        if not _sound(file, guids):
            file.seek(0)
            yield from islice(_found(file, exactly=True), MOST)
        return
    try:
        with _xml(file) as stream:
            yield from problems(stream, guids=guids)
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


def _sound(file: IO[bytes], guids: bool) -> bool:
    """Whether nothing is wrong: quicker to find out than what is."""
    try:
        with suppress(_LongText):
            return _lightly_sound(file, guids)
        file.seek(0)
        return next(_found(file, exactly=False), None) is None
    except ReadError:
        return False


class _LongText(Exception):
    """There may be a number or a date with more characters than a light check can stand: a block without a tag, or with comments."""


def _lightly_sound(file: IO[bytes], guids: bool) -> bool:
    """The same, in half the time, as long as there is a tag in each block and nothing but tags."""
    name, head = root_of(file)
    check = Check(*_root(name), light=True, guids=guids)
    for number, (block, _) in enumerate(_blocks(head, file)):
        declared = not number and block.lstrip(BOM_UTF8).startswith(b"<?xml")
        if b"<" not in block or b"\0" in block or len(_no_tags(block)) > declared:
            raise _LongText
        check.feed(block)
    check.close()
    return next(check.new(), None) is None


def _found(file: IO[bytes], *, exactly: bool) -> Iterator[Problem]:
    """All that is wrong; *exactly* where it is: libxml2 does not say lines while it streams, so pieces then have one tag at most."""
    name, head = root_of(file)
    check, line = Check(*_root(name)), 1
    try:
        for piece, lines in _tags(head, file) if exactly else _blocks(head, file):
            line += lines
            check.feed(piece)
            yield from (Problem(message, line, thing) for message, thing in check.new())
        check.close()
    except ReadError as error:
        yield from (Problem(message, line, thing) for message, thing in check.new())
        error.line = line
        raise


def _root(name: tuple[str, str] | None) -> tuple[Root, str]:
    """The root that a file should have, by the name and the namespace of the one it has, and its namespace."""
    if name is None:
        return PROJECT, PROJECT.namespace  # the parser will say what is wrong, and where
    root = next((r for r in ROOTS if r.tag == name[0]), PROJECT)
    uri = root.uri(*name)
    return root, uri if _usual(uri) else root.namespace  # no schema can be of what is no URI


def _blocks(head: bytes, file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    block = head
    while block:
        yield block, 0
        block = file.read(_BLOCK)


def _tags(head: bytes, file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """The pieces of a file, each with how many lines end in it."""
    encoding, pattern = _TAGS.get(head[:2], ("latin-1", rb"[^>]*>|[^>]+"))
    split = re.compile(pattern, re.DOTALL).findall
    for block, _ in _blocks(head, file):
        yield from ((piece, piece.decode(encoding, "ignore").count("\n")) for piece in split(block))
