"""What stands within an element: for each kind of part of the binding, a function that writes it."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from attrs import fields

from qualdata.errors import WriteError
from qualdata.formats.refi.vocabulary import Box, Child, Element, Nested, Ref, Text
from qualdata.formats.refi.xml import Places, content
from qualdata.model.tree import Tree

if TYPE_CHECKING:
    from qualdata.formats.refi.writer import Writer

__all__ = ["Add", "WriteChild", "child", "wrong"]

Add = Callable[[str], None]
WriteChild = Callable[[Any, Add, "Places | None"], None]


def child(writer: Writer, tag: str, part: Any, e: Element) -> WriteChild:
    """A function that writes a part of an element's things, with its places where what was unknown is put back."""
    return _MADE[type(part), getattr(part, "many", False)](writer, tag, part, e)


def _words(writer: Writer, tag: str, part: Text, e: Element) -> WriteChild:
    if part.tell:
        return _choice(writer, part.field, part.tell[0], e)
    get = attrgetter(part.field)

    def words(o: Any, add: Add, places: Places | None) -> None:
        value = get(o)
        if value is not None:
            _text(tag, value, add, places)

    return words


def _choice(writer: Writer, field: str, tell: str, e: Element) -> WriteChild:
    """The one child, of several, that a value's type asks for."""
    usual = next(f.default for f in fields(e.cls) if f.name == tell)
    kinds = {p.tell[1]: (tag, p.kind) for tag, p in e.children.items() if isinstance(p, Text) and p.tell and p.field == field}

    def choice(o: Any, add: Add, places: Places | None) -> None:
        value = getattr(o, field)
        if value is None:
            if getattr(o, tell) != usual:
                writer.lose(o, tell)
            return
        tag, kind = kinds.get(getattr(o, tell)) or wrong(o, tell, getattr(o, tell))
        if writer.faithful or kind.allows(value):
            _text(tag, value, add, places)
            return
        writer.lose(o, field)
        if getattr(o, tell) != usual:
            writer.lose(o, tell)

    return choice


def _reference(writer: Writer, tag: str, part: Ref, e: Element) -> WriteChild:
    get, guid, attribute = attrgetter(part.field), writer.guid, part.attribute

    def reference(o: Any, add: Add, places: Places | None) -> None:
        target = get(o)
        if not target and writer.faithful:
            return
        if places is None:
            add(f'<{tag} {attribute}="{guid(target)}"/>')
        else:
            _pointer(writer, tag, attribute, tag, target, add, places)

    return reference


def _references(writer: Writer, tag: str, part: Ref, e: Element) -> WriteChild:
    get, guid, attribute = attrgetter(part.field), writer.guid, part.attribute

    def references(o: Any, add: Add, places: Places | None) -> None:
        for i, target in enumerate(get(o)):
            if places is None:
                add(f'<{tag} {attribute}="{guid(target)}"/>')
            else:
                _pointer(writer, tag, attribute, f"{tag}[{i}]", target, add, places)

    return references


def _pointer(writer: Writer, tag: str, attribute: str, where: str, target: str, add: Add, places: Places) -> None:
    places.next()
    add(f'<{tag} {attribute}="{writer.guid(target)}"{places.attributes(where)}>')
    places.all(where)
    add(f"</{tag}>")


def _only(writer: Writer, tag: str, part: Child, e: Element) -> WriteChild:
    write, get = writer.element(part.element), attrgetter(part.field)

    def only(o: Any, add: Add, places: Places | None) -> None:
        child = get(o)
        if child is not None:
            if places is not None:
                places.next()
            write(child, add, tag)

    return only


def _children(writer: Writer, tag: str, part: Child, e: Element) -> WriteChild:
    write, get = writer.element(part.element), attrgetter(part.field)
    anonymous = not hasattr(part.element.cls, "id")

    def children(o: Any, add: Add, places: Places | None) -> None:
        for i, child in enumerate(get(o)):
            if places is not None:
                places.next()
            before = len(writer.lost)
            write(child, add, tag)
            if anonymous and len(writer.lost) > before:
                writer.lost[before:] = [(f"{o.id}/{i}", cls, field) for _, cls, field in writer.lost[before:]]

    return children


def _below(writer: Writer, tag: str, part: Nested, e: Element) -> WriteChild:
    def below(o: Any, add: Add, places: Places | None) -> None:
        for child in writer.trees[id(e)].under(o):
            if places is not None:
                places.next()
            writer.made[id(e)](child, add, tag)

    return below


def _box(writer: Writer, tag: str, part: Box, e: Element) -> WriteChild:
    kinds = {e.cls: (t, writer.element(e)) for t, e in part.holds.items()}
    nests = [(e, next(p.field for p in e.children.values() if isinstance(p, Nested))) for e in part.holds.values() if any(isinstance(p, Nested) for p in e.children.values())]
    path = (tag, *part.path)
    wheres = ["/".join(path[: i + 1]) for i in range(len(path))]

    def box(o: Any, add: Add, places: Places | None) -> None:
        held = getattr(o, part.field)
        if not held and not (places and places.has(tag)):
            return
        for nest, parent in nests:
            tree = writer.trees[id(nest)] = Tree.of(held, attrgetter(parent))
            held = tree.roots
            for thing in tree.misplaced:
                writer.lose(thing, parent)
        places = places or Places((), add)
        places.next(bool(held))
        levels = len(path) if held else max(i + 1 for i in range(len(path)) if places.has(wheres[i]))
        for i, t in enumerate(path[:levels]):
            if i:
                places.at(wheres[i - 1], 0)
            add(f"\n<{t}{places.attributes(wheres[i])}>")
        for i, thing in enumerate(held):
            places.at(wheres[-1], i)
            if thing.__class__ not in kinds:
                raise WriteError(f"{thing!r} cannot stand among the {part.field}: REFI-QDA knows {', '.join(c.__name__ for c in kinds)} there.")
            t, write = kinds[thing.__class__]
            write(thing, add, t)
            writer.flush()
        for i in range(levels - 1, -1, -1):
            places.all(wheres[i])
            add(f"</{path[i]}>")

    return box


def _text(tag: str, value: str, add: Add, places: Places | None) -> None:
    if places is None:
        add(f"<{tag}>{content(value)}</{tag}>")
        return
    places.next()
    add(f"<{tag}{places.attributes(tag)}>")
    places.text(tag, value)
    add(f"</{tag}>")


def wrong(thing: Any, field: str, value: Any, xml: str = "") -> Any:
    """What stands for a required value that the schema does not allow: the usual one."""
    usual = next(f.default for f in fields(type(thing)) if f.name == field)
    if xml and isinstance(usual, str):
        return f' {xml}="{usual}"'
    raise WriteError(f"{thing!r}: {value!r} is no {field} that REFI-QDA knows.")


_MADE: Final[dict[tuple[type, bool], Callable[[Writer, str, Any, Element], WriteChild]]] = {
    (Text, False): _words,
    (Ref, False): _reference,
    (Ref, True): _references,
    (Child, False): _only,
    (Child, True): _children,
    (Nested, False): _below,
    (Box, False): _box,
}
"""By the kind of part, and whether there may be several."""
