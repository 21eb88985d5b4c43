"""A reader of annotations that shares no code with qualdata: JSON, files and slices of strings.

It knows what the Recommendation says of TextPositionSelector and TextQuoteSelector, and that `source` is a relative IRI; of the
properties of qualdata it knows none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote


class Tag(NamedTuple):
    """One annotation that tags a part of a text."""

    code: str
    coder: str | None
    text: str
    """The whole text."""
    position: tuple[int, int]
    exact: str
    prefix: str
    suffix: str

    @property
    def words(self) -> str:
        """The words at the position."""
        return self.text[slice(*self.position)]


def annotations(path: Path) -> list[Any]:
    """The annotations of a collection."""
    items: list[Any] = json.loads(path.read_text(encoding="utf-8"))["first"]["items"]
    return items


def decoded(path: Path) -> str:
    """A text file, by its byte order mark; without one UTF-8. The mark is no part of the text."""
    data = path.read_bytes()
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


def tags(path: Path) -> Iterator[Tag]:
    """All tags on parts of texts, in the order of the file."""
    for annotation in annotations(path):
        target = annotation["target"]
        if annotation["motivation"] == "tagging" and isinstance(target, dict):
            said = {selector["type"]: selector for selector in target["selector"]}
            position, quote = said["TextPositionSelector"], said["TextQuoteSelector"]
            yield Tag(
                annotation["body"]["source"]["label"],
                annotation.get("creator", {}).get("name"),
                decoded(path.parent / unquote(target["source"])),
                (position["start"], position["end"]),
                quote["exact"],
                quote.get("prefix", ""),
                quote.get("suffix", ""),
            )
