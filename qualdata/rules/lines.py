"""The lines of a REFI-QDA file at which things stand that something was found about; the file is looked through once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

from attrs import evolve

from qualdata.model.base import fold
from qualdata.model.media import Media
from qualdata.rules.dataset import Dataset
from qualdata.rules.finding import Finding

__all__ = ["with_lines"]

_BLOCK: Final = 1 << 20
_guid = re.compile(rb"""\bguid\s*=\s*["']([^"']*)["']""").finditer


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
    twice = {id.rpartition("#")[0] for id in wanted if "#" in id}
    seen: Counter[str] = Counter()
    before = 1
    while block := b"".join(stream.readlines(_BLOCK)):
        at = 0
        for match in _guid(block):
            id = fold(match[1].decode("latin-1"))
            if id in twice:
                seen[id] += 1
                id = id if seen[id] == 1 else f"{id}#{seen[id]}"
            if id in wanted and id not in found:
                before += block.count(b"\n", at, match.start())
                found[id], at = before, match.start()
        before += block.count(b"\n", at)
    return found


@contextmanager
def _xml(data: Dataset) -> Iterator[IO[bytes]]:
    """The XML of a project or a codebook."""
    assert data.path is not None
    media = data.files.media.get(data.document or "") or Media.file(data.path)
    with media.open() as stream:
        yield stream
