"""Tables made from the library itself, so that they cannot differ from it: `{formats}` and `{tools} measured`."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from grid import table
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import qualdata.formats
from qualdata.formats.refi import tools


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("formats", FormatsTable)
    app.add_directive("tools", ToolsTable)
    return {"parallel_read_safe": True}


class FormatsTable(SphinxDirective):
    """All formats that come with the library."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(qualdata.formats.__file__)
        head = ("Name", "Format", "Ending", "Read", "Written", "Targets")
        rows = [
            (f"`{f.name}`", f.title, ", ".join(f"`{s}`" if s else "none: a folder" for s in f.suffixes), _yes(f.read), _yes(f.write), ", ".join(f"`{t}`" for t in f.targets) or "–")
            for f in qualdata.formats.FORMATS
        ]
        return self.parse_text_to_nodes(table(head, rows))


class ToolsTable(SphinxDirective):
    """The tools whose way of counting is known with one grade of evidence."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(tools.__file__)
        rows = [
            (tool.title, ", ".join(f"`{o.strip()}`" for o in tool.origins), tool.words, f"`{tool.name}`" if tool.target else "–")
            for tool in tools.TOOLS
            if tool.evidence == self.arguments[0]
        ]
        if not rows:
            raise self.error(f"There is no tool with the evidence {self.arguments[0]!r}.")
        return self.parse_text_to_nodes(table(("Program", "`origin` begins with", "How it counts", "Target"), rows))


def _yes(function: object) -> str:
    return "no" if function is None else "yes"
