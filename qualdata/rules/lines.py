"""The lines of a REFI-QDA file at which things stand that something was found about; the file is looked through once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Final

from attrs import evolve

from qualdata.model.base import fold, folded
from qualdata.model.media import Media
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Finding

__all__ = ["with_lines"]

_BLOCK: Final = 1 << 16
_guid = re.compile(rb"""guid\s*=\s*["']([^"']*)["']""")


def with_lines(data: Dataset, findings: list[Finding]) -> list[Finding]:
    """The findings, each about a thing of a REFI-QDA file with its line, where the file is there to look in."""
    wanted = {fold(f.where.id) for f in findings if f.where.id and f.where.line is None}
    if data.kind != "refi" or data.path is None or not wanted:
        return findings
    with _xml(data) as stream:
        lines = _lines(stream, wanted)
    return [_placed(f, data.document, lines) for f in findings]


def _placed(finding: Finding, document: str | None, lines: dict[str, int]) -> Finding:
    line = lines.get(fold(finding.where.id or "")) if finding.where.line is None else None
    return finding if line is None else evolve(finding, where=evolve(finding.where, file=document, line=line))


def _lines(stream: IO[bytes], wanted: set[str]) -> dict[str, int]:
    """The line of each id that is wanted; of an id that occurs again, `#2` means the second place."""
    found: dict[str, int] = {}
    bare = {id.partition("#")[0] for id in wanted}
    seen: Counter[str] = Counter()
    before = 1
    for block in _blocks(stream):
        if not bare.isdisjoint(folded(_written(b"\n".join(_guid.findall(block))).split("\n"))):
            for id, at in _places(block, bare):
                seen[id] += 1
                found.setdefault(id if seen[id] == 1 else f"{id}#{seen[id]}", before + block.count(b"\n", 0, at))
        before += block.count(b"\n")
    return found


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces of XML that end with a tag."""
    rest = b""
    while data := stream.read(_BLOCK):
        block, end, rest = (rest + data).rpartition(b">")
        yield block + end
    yield rest


def _places(block: bytes, ids: set[str]) -> Iterator[tuple[str, int]]:
    """Where in a piece of XML ids stand that are looked for."""
    for match in _guid.finditer(block):
        if (id := fold(_written(match[1]))) in ids:
            yield id, match.start()


def _written(id: bytes) -> str:
    return id.decode("latin-1")


@contextmanager
def _xml(data: Dataset) -> Iterator[IO[bytes]]:
    """The XML of a project or a codebook."""
    assert data.path is not None
    if data.xml is not None:
        yield BytesIO(data.xml)
        return
    media = data.files.media.get(data.document or "") or Media.file(data.path)
    with media.open() as stream:
        yield stream
