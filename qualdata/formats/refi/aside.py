"""Foreign XML, kept aside: the bytes of a stretch of the file, as canonical XML that can stand anywhere."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

__all__ = ["Window", "canonical", "prefixes"]

_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_names = re.compile(r"""([^\s=<>"'/]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


class Window:
    """The last bytes that a parser was given: as far back as something is being kept, else as its last event."""

    def __init__(self) -> None:
        self.data = b""
        self.base = 0
        self.keep: int | None = None
        self.encoding = "utf-8"

    def add(self, block: bytes, reached: int) -> None:
        """Take in the next bytes; what lies before *reached*, and is not kept, goes."""
        if not self.base and not self.data and block[:2] in _UTF16:
            self.encoding = _UTF16[block[:2]]
        start = self.keep if self.keep is not None else max(reached, self.base)
        self.data = self.data[start - self.base :] + block
        self.base = start

    def text(self, start: int, end: int | None = None) -> str:
        """What stands between two positions of the file."""
        return self.data[start - self.base : None if end is None else end - self.base].decode(self.encoding, "replace")

    def element(self, start: int, end: int) -> str:
        """An element: *end* is where its last event began, an end tag or what follows an empty one."""
        body = self.text(start, end)
        if body.endswith("/>") and self.tag(start) == body:
            return body
        rest = self.text(end)
        return body + rest[: rest.index(">") + 1]

    def tag(self, start: int) -> str:
        """The start tag at a position."""
        text = self.text(start)
        return text[: len(text) - len(_after_tag(text))]


def _after_tag(text: str) -> str:
    found = re.match(r"""<[^\s<>/"']+(?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""", text)
    return text[found.end() :] if found else ""


def prefixes(tag: str) -> dict[str, list[str]]:
    """For each local name of an attribute in a start tag, the prefixes it is written with."""
    found: dict[str, list[str]] = {}
    for name in _names.findall(tag):
        prefix, _, local = name.rpartition(":")
        found.setdefault(local, []).append(prefix)
    return found


def canonical(element: str, scope: dict[str, str]) -> str:
    """An element as exclusive canonical XML, given the namespaces around it; it means the same wherever it is put."""
    from lxml import etree

    show: Any = partial(etree.tostring, method="c14n", exclusive=True)
    declared = "".join(f' xmlns{":" + p if p else ""}="{_escaped(uri)}"' for p, uri in scope.items() if p != "xml" and (uri or not p))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_blank_text=False)
    root: Any = etree.fromstring(f"<w{declared}>{element}</w>".encode(), parser)[0]
    root.tail = None
    xml: str = show(root, with_comments=True).decode()
    bare = any(isinstance(e.tag, str) and not e.tag.startswith("{") for e in root.iter())
    if bare and ' xmlns="' not in xml[: len(xml) - len(_after_tag(xml))]:
        xml = re.sub(r"^<[^\s>/]+", lambda m: m[0] + ' xmlns=""', xml)  # it will stand in a default namespace
    return xml


def _escaped(uri: str) -> str:
    return uri.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
