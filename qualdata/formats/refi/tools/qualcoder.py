"""QualCoder, and qc."""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.tool import Gap, Names, Tool, coded, measured, stated, tried
from qualdata.model.positions import Profile

__all__ = ["QC", "QUALCODER"]

_3: Final = "files of QualCoder 3"
_DOCS: Final = "the documentation of QualCoder"
_QC: Final = "a file of qc 1.3"

_SETS: Final = stated("sets", "Sets are not imported.", _DOCS)
_GRAPHS: Final = stated("graphs", "Graphs are not imported.", _DOCS)
_NAMES: Final = measured("names of passages", "A passage is named by its words; line ends in them become spaces.", _3)
_DATES: Final = measured("codings", "A passage has one coding, whose date stands on the passage.", _3)

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
    notes=True,
    new_ids=("Thing",),
    names=Names(unique="project", separator=">>"),
    gaps=(
        Gap(("Study.sets",), "import", _SETS),
        Gap(("Study.graphs",), "import", _GRAPHS),
        Gap(("Excerpt.name",), "export", _NAMES),
        Gap(("Coding.created",), "export", _DATES),
    ),
    facts=(
        measured("unit of positions", "Characters (753 of 753 passages).", _3),
        measured("line ends", "LF; with its option for MAXQDA CR LF, counted as one.", _3),
        coded("exporting", "On Windows line ends become CR LF, with its option for MAXQDA CR CR LF."),
        measured("byte order mark", "At the start of texts and notes; not counted.", _3),
        measured("formatted text", "None", _3),
        measured("folder of files", "sources", _3),
        measured("media", "Beside each text lies the file as it was imported, without a byte order mark; nothing refers to it.", _3),
        measured("project file", "project.qde", _3),
        measured("ids", "In lower case, and all new on each export.", _3),
        measured("codes", "Categories are codes that cannot be coded with.", _3),
        measured("colours", "Codes have them, categories have none.", _3),
        measured("codebooks", "A codebook begins with a byte order mark.", _3),
        tried("codebooks", "Only version 1.0 of codebooks is read."),
        measured("memos", "An annotation is a note whose positions stand in the text of the source.", _3),
        measured("cases", "Attributes stand on cases and on sources; a value that is empty has no element.", _3),
        tried("cases", "On import dates and truth values become text."),
        stated("cases", "Attributes that it writes do not arrive in ATLAS.ti and MAXQDA.", _DOCS),
        measured("users", "The user who made the project is not among the users.", _3),
        tried("importing", "An import always makes a new project."),
        _NAMES,
        _DATES,
        _SETS,
        _GRAPHS,
    ),
    exporting="In QualCoder, choose *Project > Exports*, and there the REFI-QDA project (the documentation of QualCoder). Its option with more line ends is meant for MAXQDA.",
    importing="In QualCoder, choose *Project > Imports*, and there the REFI-QDA project (the documentation of QualCoder). It is reported to become a new project.",
)

QC: Final = Tool(
    "qc",
    "qc",
    ("qc ",),
    words="qc counts Unicode characters.",
    facts=(measured("folder of files", "Paths are bare names of files, without internal://; text sources have no names.", _QC),),
)
