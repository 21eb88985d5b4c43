"""The REFI-QDA standard itself, for programs that have no row of their own."""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.tool import Tool, stated

__all__ = ["LARGEST_FILE", "STANDARD"]

LARGEST_FILE: Final = (1 << 31) - 1
"""Bytes that a file within a project may have at most (clause 8.5)."""

_BY: Final = "REFI-QDA 1.5"

STANDARD: Final = Tool(
    "standard",
    "the REFI-QDA standard",
    ("qualdata",),
    evidence="stated",
    words="Positions count Unicode characters, as the standard says.",
    target=True,
    facts=(
        stated("unit of positions", "Unicode characters, from 0 (clause 10.2).", _BY),
        stated("codings", "In all its examples a passage ends before the character that its end names.", _BY),
        stated("folder of files", "sources; files named by GUID (clause 8.4).", _BY),
        stated("project file", "project.qde (clause 8.1)", _BY),
        stated("formatted text", "A Word file (.docx), with a text file beside it (clause 9.1.3).", _BY),
        stated("colours", "As #RRGGBB or #RGB.", _BY),
        stated("ids", "GUIDs, and no two things share one (clause 3.7).", _BY),
        stated("media", "A file inside the project has at most 2,147,483,647 bytes; a larger one stays outside (clauses 8.5, 8.3).", _BY),
    ),
    exporting="Choose the export as a REFI-QDA project (`.qdpx`), not as a codebook (`.qdc`), and let it include the source files.",
    importing="Write the file with `--target standard`, which is the default, and import it as a REFI-QDA project.",
)
