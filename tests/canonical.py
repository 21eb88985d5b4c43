"""When two projects are the same: in exclusive canonical XML, without white space between elements and the written form of integers and booleans."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import Any

from lxml import etree

TEXTS = set("Description PlainTextContent TextValue BooleanValue IntegerValue FloatValue DateValue DateTimeValue".split())
"""The elements of a project or a codebook in which white space is content."""
_INTEGERS = "startPosition endPosition firstX firstY secondX secondY begin end page timeStamp position".split()
_BOOLEANS = {"0": "false", "1": "true"}


def normal(data: bytes) -> etree._Element:
    """A project or a codebook without what is not compared."""
    root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    for e in root.iter():
        if not isinstance(e.tag, str) or etree.QName(e).namespace != etree.QName(root).namespace:
            continue
        if etree.QName(e).localname not in TEXTS:
            e.text = e.text if e.text and e.text.strip() else None
            for child in e:
                child.tail = child.tail if child.tail and child.tail.strip() else None
        for name in _INTEGERS:
            with suppress(KeyError, ValueError):
                e.set(name, str(int(e.attrib[name])))
        if (codable := e.get("isCodable")) is not None:
            e.set("isCodable", _BOOLEANS.get(codable.strip(), codable.strip()))
    return root


def canonical(data: bytes) -> str:
    """What two equal projects have in common, one element a line."""
    text = etree.tostring(normal(data).getroottree(), method="c14n", exclusive=True, with_comments=True).decode()
    return text.replace("><", ">\n<")


def contents(data: bytes) -> Counter[Any]:
    """All that a project holds, whatever its order and depth: for each element its name, attributes and text."""
    found: Counter[Any] = Counter()
    for e in normal(data).iter():
        if isinstance(e.tag, str):
            text = (e.text or "") if etree.QName(e).localname in TEXTS else (e.text or "").strip()
            found[e.tag, tuple(sorted(e.attrib.items())), text] += 1
        if e.tail and e.tail.strip():
            found["tail", e.tail.strip()] += 1
    return found
