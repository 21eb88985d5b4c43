"""What the API reference needs beyond autodoc."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import attrs
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-read", leave_builtins)
    app.connect("missing-reference", by_short_name)
    app.connect("autodoc-process-signature", leave_to_fields)
    app.connect("autodoc-process-docstring", say_what_is_needed)
    return {"parallel_read_safe": True}


def leave_builtins(app: Sphinx, tree: nodes.document) -> None:
    """In an annotation, `type` is Python's own and no field of that name."""
    for node in list(tree.findall(pending_xref)):
        if node.get("refdomain") == "py" and node.get("reftype") == "class" and hasattr(builtins, node["reftarget"]):
            node.replace_self(nodes.inline(node["reftarget"], node["reftarget"]))


def by_short_name(app: Sphinx, env: Any, node: pending_xref, content: nodes.Element) -> nodes.reference | None:
    """Names in annotations that are imported for type checkers only: the one documented object of that name."""
    if node.get("refdomain") != "py":
        return None
    short = node["reftarget"].rpartition(".")[2]
    found = {(o.docname, o.node_id) for name, o in env.domains.python_domain.objects.items() if name.rpartition(".")[2] == short and o.objtype in ("class", "data", "exception")}
    if len(found) != 1:
        return None
    page, anchor = found.pop()
    return make_refnode(app.builder, node["refdoc"], page, anchor, content)


def leave_to_fields(app: Sphinx, what: str, name: str, thing: object, options: Any, arguments: str | None, result: str | None) -> tuple[str, None] | None:
    """The arguments of an attrs class are its fields, which are listed below it with their types: say them once."""
    return ("", None) if isinstance(thing, type) and attrs.has(thing) else None


def say_what_is_needed(app: Sphinx, what: str, name: str, thing: object, options: Any, lines: list[str]) -> None:
    """Mark the fields of a class that have no default."""
    if what != "attribute" or not lines:
        return
    module, cls_name, field_name = ["", "", *name.rsplit(".", 2)][-3:]
    cls = getattr(sys.modules.get(module), cls_name, None)
    if isinstance(cls, type) and attrs.has(cls):
        field = attrs.fields_dict(cls).get(field_name)
        if field is not None and field.init and field.default is attrs.NOTHING:
            last = max(n for n, line in enumerate(lines) if line.strip())
            lines[last] += " *Required.*"
