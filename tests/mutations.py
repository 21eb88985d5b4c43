"""Mutants of an XML file: each differs in one thing, of all the ways in which a file can be valid or not.

Every element is changed in every way, so that a schema that says too much or too little of any of them is found out. Nothing
here knows of our binding.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from random import Random

from attrs import frozen
from lxml import etree

Node = etree._Element
Change = Callable[[Node, Random], object]

GUID = "00000001-aaaa-4bbb-8ccc-0123456789ab"
VALUES = [
    "", " ", "x", "é 😀", "\n", "0", "1", "-3", "+3", "007", " 7 ", "1.5", "-.50", "5.", "1e3", "NaN", "INF", "٣", "99999999999999999999",
    "true", "false", "TRUE", "yes", " true\n",
    "2020-02-29", "2021-02-29", "2020-13-01", "20-01-01", "-0044-03-15Z", "12020-01-01+14:00", "0000-01-01", "2020-01-01T00:00:00", "2020-01-01T24:00:00Z",
    "2020-01-01T24:00:01", "2020-01-01T00:00:60", "2020-01-01 00:00:00", "2020-01-01T00:00:00.123+02:00", "2020-01-01T00:00:00+14:01", "2020-01-01T00:00",
    "#abc", "#A0B1C2", " #abc\t", "#12345", "#ABG", "red",
    GUID, GUID.upper(), f"{{{GUID}}}", f" {GUID} ", f"{{{GUID}", f"{GUID}}}", f"({GUID})", GUID[:-1], f"{GUID}0", GUID.replace("-", ""), GUID.replace("a", "g"), f"urn:uuid:{GUID}",
    "Associative", "OneWay", "oneway", "Bidirectional", " OneWay ", "One Way", "Text", "Boolean", "DateTime", "dotted", "solid", "Solid", "Person", "RoundedRectangle", "Note",
]  # fmt: skip


@frozen
class Mutant:
    """A changed file: which element was changed, how, and what became of it."""

    tag: str
    change: str
    root: Node


def mutants(xml: bytes, random: Random, *, apart: bool) -> Iterator[Mutant]:
    """Every element of a file, changed in every way; of elements that stand in elements of the same names, the first.

    Where an element of that name was changed elsewhere, its attributes get a few of the values only.
    *apart* says that any child of the root may stand there alone: what lies deeper is then changed in a file without the others,
    which is quicker.
    """
    whole = etree.fromstring(xml)
    seen: set[tuple[str, str]] = set()
    yield from _changed(whole, random, [whole, *whole] if apart else whole.iter(etree.Element), seen)
    for n, part in enumerate(whole if apart else ()):
        if len(part):
            small = copy.deepcopy(whole)
            small[:] = [small[n]]
            yield from _changed(small, random, small.iter(etree.Element), seen)


def _changed(original: Node, random: Random, elements: Iterable[Node], seen: set[tuple[str, str]]) -> Iterator[Mutant]:
    numbers = {e: n for n, e in enumerate(original.iter(etree.Element))}
    for e in elements:
        place = (str(above.tag) if (above := e.getparent()) is not None else "", str(e.tag))
        if place in seen:
            continue
        values = random.sample(VALUES, 10) if e.tag in {tag for _, tag in seen} else VALUES
        seen.add(place)
        for name, change in _changes(e, values):
            root = copy.deepcopy(original)
            change(list(root.iter(etree.Element))[numbers[e]], random)
            yield Mutant(etree.QName(e).localname, name, root)


def several(xml: bytes, random: Random) -> Mutant:
    """A few elements, each changed in one way."""
    root = etree.fromstring(xml)
    done = []
    for _ in range(random.randint(2, 4)):
        e = random.choice(list(root.iter(etree.Element)))
        name, change = random.choice([*_changes(e, VALUES)])
        change(e, random)
        done.append(f"{name} at {etree.QName(e).localname}")
    return Mutant("", "; ".join(done), root)


def _changes(e: Node, values: list[str]) -> Iterator[tuple[str, Change]]:
    yield from _CHANGES.items()
    yield from _of_attributes(e, values)
    yield from _of_text(e, values)


def _of_attributes(e: Node, values: list[str]) -> Iterator[tuple[str, Change]]:
    for name in map(str, e.attrib):
        yield f"without {name}", lambda e, r, a=name: e.attrib.pop(a)
        yield f"{name} renamed", lambda e, r, a=name: e.set(f"{a}s", str(e.attrib.pop(a)))
        yield f"{name} in other letters", lambda e, r, a=name: e.set(a.swapcase(), str(e.attrib.pop(a)))
        yield f"{name} in a namespace", lambda e, r, a=name: e.set(f"{{urn:x}}{a}", str(e.attrib.pop(a)))
        for value in values:
            yield f"{name} = {value!r}", lambda e, r, a=name, v=value: e.set(a, v)


def _of_text(e: Node, values: list[str]) -> Iterator[tuple[str, Change]]:
    if e.text and e.text.strip():
        for value in values:
            yield f"holds {value!r}", lambda e, r, v=value: setattr(e, "text", v)


def _root(e: Node) -> Node:
    return e.getroottree().getroot()


def _random(e: Node, random: Random) -> Node:
    return random.choice(list(_root(e).iter(etree.Element)))


def _known(e: Node, random: Random) -> str:
    """The name of some element, in the namespace of the file."""
    return str(_random(e, random).tag)


def _put(above: Node | None, at: int, new: Node) -> None:
    if above is not None and new not in above.iterancestors() and new is not above:
        new.tail = None
        above.insert(at, new)


def _beside(e: Node, new: Node, by: int) -> None:
    above = e.getparent()
    if above is not None:
        _put(above, above.index(e) + by, new)


def _drop(e: Node) -> None:
    above = e.getparent()
    if above is not None:
        above.remove(e)


def _attribute(e: Node, random: Random) -> None:
    """An attribute that some element has, with the value that it has there."""
    other = random.choice([o for o in _root(e).iter(etree.Element) if o.attrib])
    name = random.choice(list(other.attrib))
    e.set(name, other.attrib[name])


def _tail(e: Node, text: str) -> None:
    if e.getparent() is not None:
        e.tail = text


def _plain(name: str) -> Node:
    """An element of no namespace, which says so when it is written."""
    return etree.fromstring(f'<r xmlns="urn:r"><{name} xmlns=""/></r>')[0]


def _in_no_namespace(e: Node) -> None:
    above, plain = e.getparent(), _plain(etree.QName(e).localname)
    if above is not None:
        plain.text = e.text
        plain.attrib.update(e.attrib)
        plain.extend(e[:])
        above.replace(e, plain)


_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_CHANGES: dict[str, Change] = {
    "as it is": lambda e, r: None,
    "dropped": lambda e, r: _drop(e),
    "doubled": lambda e, r: _beside(e, copy.deepcopy(e), 1),
    "swapped with the next": lambda e, r: e.getnext() is not None and _beside(e, e.getnext(), 0),
    "swapped with the last": lambda e, r: _beside(e, e.getparent()[-1], 0) if e.getparent() is not None else None,
    "put first": lambda e, r: _put(e.getparent(), 0, e),
    "put last": lambda e, r: e.getparent() is not None and e.getparent().append(e),
    "put into the next": lambda e, r: e.getnext() is not None and _put(e.getnext(), 0, e),
    "put elsewhere": lambda e, r: (to := _random(e, r)) not in e.iter() and _put(to, r.randint(0, len(to)), e),
    "put up": lambda e, r: e.getparent() is not None and _beside(e.getparent(), e, 1),
    "its children put up": lambda e, r: [_beside(e, child, 0) for child in e[:]],
    "renamed": lambda e, r: setattr(e, "tag", _known(e, r)),
    "renamed to nothing known": lambda e, r: setattr(e, "tag", f"{e.tag}s"),
    "in no namespace": lambda e, r: _in_no_namespace(e),
    "in another namespace": lambda e, r: setattr(e, "tag", f"{{urn:x}}{etree.QName(e).localname}"),
    "emptied": lambda e, r: e.__delitem__(slice(None)),
    "without its first child": lambda e, r: len(e) and e.remove(e[0]),
    "without its last child": lambda e, r: len(e) and e.remove(e[-1]),
    "its children turned round": lambda e, r: e.__setitem__(slice(None), e[::-1]),
    "its children doubled": lambda e, r: e.extend(copy.deepcopy(e)[:]),
    "without attributes": lambda e, r: e.attrib.clear(),
    "its attributes turned round": lambda e, r: [e.set(name, e.attrib.pop(name)) for name in list(e.attrib)[::-1]],
    "with an attribute of another": _attribute,
    "with an attribute of yet another": _attribute,
    "with a foreign attribute": lambda e, r: e.set("{urn:x}a", "1"),
    "with an unknown attribute": lambda e, r: e.set("unknown", "1"),
    "with a language": lambda e, r: e.set("{http://www.w3.org/XML/1998/namespace}lang", "en"),
    "with a hint": lambda e, r: e.set(f"{_XSI}schemaLocation", "urn:x x.xsd"),
    "said to be nil": lambda e, r: e.set(f"{_XSI}nil", "true"),
    "said not to be nil": lambda e, r: e.set(f"{_XSI}nil", "false"),
    "begins with text": lambda e, r: setattr(e, "text", "words"),
    "begins with white space": lambda e, r: setattr(e, "text", "\n \t"),
    "begins with a comment": lambda e, r: e.insert(0, etree.Comment("c")),
    "begins with an instruction": lambda e, r: e.insert(0, etree.PI("p", "i")),
    "followed by text": lambda e, r: _tail(e, "words"),
    "followed by white space": lambda e, r: _tail(e, "\r\n"),
    "followed by a comment": lambda e, r: _beside(e, etree.Comment("c"), 1),
    "followed by an element": lambda e, r: _beside(e, etree.Element(_known(e, r)), 1),
    "followed by an element of another place": lambda e, r: _beside(e, copy.deepcopy(_random(e, r)), 1),
    "followed by a foreign element": lambda e, r: _beside(e, etree.Element("{urn:x}e"), 1),
    "with an element": lambda e, r: e.append(etree.Element(_known(e, r))),
    "with an element of another place": lambda e, r: e.insert(r.randint(0, len(e)), copy.deepcopy(_random(e, r))),
    "with an element of yet another place": lambda e, r: e.insert(r.randint(0, len(e)), copy.deepcopy(_random(e, r))),
    "with a foreign element": lambda e, r: e.append(etree.Element("{urn:x}e")),
    "with an element of no namespace": lambda e, r: e.append(_plain("e")),
}
"""What can be done to an element; what is not possible where it stands leaves the file as it is."""
