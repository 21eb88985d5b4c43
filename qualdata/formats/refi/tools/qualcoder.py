"""QualCoder, and qc."""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.tool import Gap, Names, Tool, measured, tried
from qualdata.model.positions import Profile

__all__ = ["QC", "QUALCODER"]

_3: Final = "files of QualCoder 3"
_QC: Final = "a file of qc 1.3"

_SETS: Final = tried("sets", "Sets are dropped.")
_GRAPHS: Final = tried("graphs", "Graphs are dropped.")
_NAMES: Final = measured("names of passages", "A passage is named by its words; line ends in them become spaces.", _3)

_DATES: Final = measured("names of passages", "The date of a coding stands on its passage; a passage has one coding.", _3)

QUALCODER: Final = Tool(
    "qualcoder",
    "QualCoder",
    ("QualCoder",),
    Profile(newline="once"),
    "measured",
    "QualCoder counts a line end as one character, also where the file has two (CR LF).",
    target=True,
    bom=True,
    splits=True,
    new_ids=("Thing",),
    names=Names(unique="project", separator=">>"),
    gaps=(
        Gap(("Study.sets",), "import", _SETS),
        Gap(("Study.graphs",), "import", _GRAPHS),
        Gap(("Excerpt.name",), "export", _NAMES),
        Gap(("Coding.created",), "export", _DATES),
    ),
    facts=(
        measured("positions", "Positions count Unicode characters (753 of 753); a line end counts one, also where its MAXQDA option writes two.", _3),
        measured("texts", "Text files begin with a byte order mark, and have LF at the ends of lines; no Word files.", _3),
        measured("files", "The project is project.qde; files lie in sources.", _3),
        measured("ids", "Ids are in lower case, and all new on each export.", _3),
        measured("codes", "Categories are codes that cannot be coded with.", _3),
        measured("codes", "A codebook begins with a byte order mark; only version 1.0 of codebooks is read.", _3),
        measured("memos", "An annotation is a note whose positions stand in the text of the source.", _3),
        measured("cases", "Attributes stand on cases and on sources; a value that is empty has no element.", _3),
        tried("cases", "Dates and truth values become text."),
        measured("users", "The user who made the project is not among the users.", _3),
        tried("importing", "An import always makes a new project."),
        _NAMES,
        _DATES,
        _SETS,
        _GRAPHS,
    ),
    exporting="In QualCoder, choose to export the project as REFI-QDA (`.qdpx`).",
    importing="In QualCoder, choose to import a REFI-QDA project; it becomes a new project.",
)

QC: Final = Tool(
    "qc",
    "qc",
    ("qc ",),
    words="qc counts Unicode characters.",
    facts=(measured("files", "Paths are bare names of files, without internal://, and text sources have no names.", _QC),),
)
