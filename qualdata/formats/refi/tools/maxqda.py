"""MAXQDA."""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.tool import VALUES, Gap, Names, Tool, coded, measured, stated, tried
from qualdata.model.positions import Profile

__all__ = ["MAXQDA"]

_24: Final = "files of MAXQDA 24"

_CASES: Final = tried("cases", "Cases of other programs arrive as codes, and attributes without their values.")
_PDF: Final = tried("PDF", "Codings in the text of a PDF do not arrive; those on rectangles of its pages do.")
_LINKS: Final = tried("memos", "Notes appear; those of NVivo arrive tied to nothing.")

MAXQDA: Final = Tool(
    "maxqda",
    "MAXQDA",
    ("MAXQDA",),
    Profile(newline="once"),
    words="MAXQDA counts a line end as one character, also where the file has two (CR LF).",
    target=True,
    upper=True,
    new_ids=("Thing",),
    cases_become="codes",
    names=Names(separator="\\"),
    gaps=(
        Gap(("Study.cases", "Study.variables", *VALUES, "Memo.values"), "import", _CASES),
    ),
    facts=(
        coded("positions", "On import texts should have CR LF at the ends of lines, which count as one."),
        measured("texts", "Texts come as text files alone, without a byte order mark.", _24),
        measured("files", "The project is project.qde; files lie in sources.", _24),
        measured("ids", "Ids are in upper case.", _24),
        tried("ids", "It takes projects whose ids are in lower case."),
        measured("codes", "All codes are marked as ones that can be coded with.", _24),
        tried("codes", "Trees of codes arrive."),
        measured("colours", "Colours are given in hexadecimal, in lower case.", _24),
        coded("names of passages", "A passage without a code is a comment, and stands there as its description."),
        coded("cases", "Its own exports hold one case without a name for each source, and the values of variables on both."),
        coded("codes", "Tables join the names of a path with a backslash or “ > ”."),
        _CASES,
        _PDF,
        _LINKS,
        measured("sets", "Document groups are sets.", _24),
        tried("sets", "Folders of documents are lost."),
        coded("graphs", "Links between passages are links."),
        coded("files", "A survey becomes one text source for each answer, many of one name."),
        coded("users", "The user who laid a code may be missing."),
        stated("codes", "Codebooks are read and written since MAXQDA 2018.1.", "the vendor"),
    ),
    exporting="In MAXQDA, choose to export the project in the REFI-QDA format (`.qdpx`).",
    importing="In MAXQDA, choose to import a REFI-QDA project. It becomes a project of its own.",
)
