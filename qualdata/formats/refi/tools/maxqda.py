"""MAXQDA."""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.tool import VALUES, Gap, Names, Tool, believed, coded, measured, stated, tried
from qualdata.model.positions import Profile

__all__ = ["MAXQDA"]

_24: Final = "files of MAXQDA 24"
_HELP: Final = "the help of MAXQDA"

_CASES: Final = tried("cases", "Cases of other programs arrive as codes, and attributes without their values.")

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
        believed("unit of positions", "Characters; no file with emoji was seen."),
        coded("line ends", "CR LF, counted as one, is what it wants on import."),
        measured("byte order mark", "None", _24),
        measured("formatted text", "None", _24),
        coded("importing", "A text file alone is enough."),
        measured("folder of files", "sources", _24),
        measured("project file", "project.qde", _24),
        measured("media", "All files lie in the project.", _24),
        measured("ids", "In upper case.", _24),
        tried("importing", "Ids may be in lower case."),
        measured("codes", "All codes are marked as ones that can be coded with.", _24),
        tried("importing", "Trees of codes arrive."),
        measured("colours", "As #rrggbb, in lower case.", _24),
        coded("codings", "A passage without a coding is a comment, and the comment is its description."),
        coded("memos", "Memos and comments come out as descriptions."),
        tried("memos", "Notes appear; those of NVivo arrive tied to nothing."),
        coded("cases", "Its own exports hold one case without a name for each source, and the values of variables on both."),
        _CASES,
        tried("PDF", "Codings in the text of a PDF do not arrive; those on rectangles of its pages do."),
        measured("sets", "Document groups are sets.", _24),
        tried("sets", "Folders of documents are lost."),
        coded("graphs", "Links between passages are links."),
        coded("media", "A survey becomes one text source for each answer, many of one name."),
        coded("users", "The user who laid a code may be missing."),
        stated("codebooks", "Codebooks are read and written since MAXQDA 2018.1: *Codes > Export/Import Code System*.", _HELP),
        coded("codebooks", "Codebooks in the namespaces urn:QDA-XML:codebook:0:4 and :1:0 are read."),
        coded("codes", "Tables join the names of a path with a backslash or “ > ”."),
        stated("exporting", "The format is not meant for teams that work on the same data in different programs.", _HELP),
    ),
    exporting="In MAXQDA, choose to export the project as a REFI-QDA project (`.qdpx`). What the menus are called could not be confirmed.",
    importing="In MAXQDA, choose to import a REFI-QDA project. What the menus are called, and whether it becomes a project of its own, could not be confirmed.",
)
