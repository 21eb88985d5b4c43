"""The lines of Python that write an element, made of its binding and of nothing else."""

from __future__ import annotations

from typing import Any

from qualdata.formats.refi.vocabulary import Attr, Box, Child, Element, Nested, Ref, Text

__all__ = ["element_lines", "head_lines", "written"]


def head_lines(e: Element) -> list[str]:
    """The attributes of a start tag."""
    lines = [f"if o.{f}.__class__ is not {c.__name__}: misfit(o, {c.__name__}, o.{f})" for f, c in dict.fromkeys(a.group for a in e.attributes.values() if a.group)]
    lines += [f"if o.{name} {'is not' if default is None else '!='} {default!r}: unsaid(o, {name!r})" for name, default in e.unsaid.items()]
    lines.append("h = ''")
    run = ""
    for xml, a in e.attributes.items():
        value = f"o.{a.group[0]}.{a.field}" if a.group else f"o.{a.field}"
        if a.required and not _may_fail(a):
            run += f' {xml}="{{show_{xml}({value})}}"' if a.kind.convert != "int" else f' {xml}="{{{value}}}"'
            continue
        if run:
            lines.append(f"h += f'{run}'")
            run = ""
        lines += _checked_lines(xml, a, value)
    return [*lines, *([f"h += f'{run}'"] if run else [])]


def element_lines(e: Element, faithful: bool) -> list[str]:
    """An element without foreign XML: its start tag, and those children that there are."""
    lines = ["if o.extra: return fully(o, add, tag, first)", *head_lines(e)]
    if not e.children:
        return [*lines, "add(f'\\n<{tag}{first}{h}/>')"]
    tags = {id(part): tag for tag, part in e.children.items()}
    children = [_child_line(i, tags[id(part)], part, faithful) for i, part in enumerate(written(e))]
    return [*lines, "add(f'\\n<{tag}{first}{h}>')", *children, "add(f'</{tag}>')"]


def _child_line(i: int, tag: str, part: Any, faithful: bool) -> str:
    """A line for the children of one kind; what is more than a line is left to the function that knows foreign XML too."""

    def pointer(value: str) -> str:
        return f"""add(f'<{tag} {part.attribute}="{{guid({value})}}"/>')"""

    match part:
        case Text(field=field, tell=None):
            return f"if o.{field} is not None: add(f'<{tag}>{{content(o.{field})}}</{tag}>')"
        case Ref(field=field, many=True):
            return f"for g in o.{field}: {pointer('g')}"
        case Ref(field=field):
            return f"{f'if o.{field}: ' if faithful else ''}{pointer(f'o.{field}')}"
        case Child(field=field, many=True) if hasattr(part.element.cls, "id"):
            return f"for c in o.{field}: write_{i}(c, add, {tag!r})"
        case Child(field=field):
            return f"if o.{field}: children[{i}](o, add, None)"
    return f"children[{i}](o, add, None)"


def written(e: Element) -> list[Text | Ref | Child | Nested | Box]:
    """The children as they are written: of several that stand for one field, the first."""
    told: set[str] = set()
    first = []
    for part in e.children.values():
        if not isinstance(part, Text) or part.tell is None or part.field not in told:
            first.append(part)
        told.add(part.field)
    return first


def _may_fail(a: Attr) -> bool:
    return a.kind.pattern is not None and a.kind.share != "memo"


def _checked_lines(xml: str, a: Attr, value: str) -> list[str]:
    """Lines for an attribute that may be absent, or may hold what the schema does not allow."""
    if not _may_fail(a):
        return [f"v = {value}", f"if v is not None: h += f' {xml}=\"{{show_{xml}(v)}}\"'"]
    otherwise = f"lose(o, {a.field!r}); h += wrong(o, {a.field!r}, v, {xml!r})" if a.required else f"lose(o, {a.field!r})"
    return [f"v = {value}", "if v is not None:", f"  w = show_{xml}(v)", f"  if w is None: {otherwise}", f"  else: h += f' {xml}=\"{{w}}\"'"]
