"""NVivo, for Windows and for Mac."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from qualdata.formats.refi.tools.tool import VALUES, Gap, Names, Tool, believed, coded, measured, stated, tried
from qualdata.model.positions import Profile

__all__ = ["MAC", "WINDOWS"]

_WIN: Final = "a file of NVivo 12.6 for Windows"
_MAC: Final = "a file of NVivo 12.7 for Mac"
_BOTH: Final = "files of NVivo 12.6 for Windows and 12.7 for Mac"
_12: Final = "a file of NVivo 12"

_HELP: Final = "the help of NVivo"

_COLOURS: Final = stated("importing", "Colours of codes come in only where “Import code colors” (for Mac “Import node colors”) is ticked.", _HELP)
_NAMES: Final = measured("names of passages", "Passages come out without names.", _BOTH)
_VALUES: Final = believed("cases", "Attributes of documents come out as cases with attributes.")
_MEMOS: Final = tried("memos", "The memo of a code arrives as a memo of its own, tied to nothing.")

_FACTS: Final = (
    measured("unit of positions", "UTF-16 code units: an emoji counts two.", _BOTH),
    measured("codings", "Counted in UTF-16 code units 598 of 600 passages begin and end between words, counted in characters 158.", _BOTH),
    measured("project file", "project.qde", _BOTH),
    measured("formatted text", "A Word file (.docx) beside each text.", _BOTH),
    tried("importing", "It wants a text file and a Word file of each text, both named by GUID."),
    measured("ids", "In lower case; those of imported codes are kept.", _BOTH),
    measured("exporting", "Sources get new ids. Exports of one project for Windows and for Mac share no id.", _BOTH),
    _NAMES,
    measured("codings", "A passage has one coding: several codings of a place come out as several passages (up to 11).", _BOTH),
    measured("codes", "All codes are marked as ones that can be coded with.", _BOTH),
    coded("codebooks", "A codebook (.qdc) is in the namespace urn:QDA-XML:codebook:1:0 and has a root code “Nodes” that cannot be coded with."),
    _COLOURS,
    measured("colours", "Almost none come out.", _BOTH),
    _MEMOS,
    coded("memos", "An annotation comes out as a link from a note to the passage."),
    tried("memos", "An annotation on a text comes in where the passage refers to a note."),
    stated("memos", "An annotation on a PDF, a picture or a recording becomes a memo.", _HELP),
    _VALUES,
    stated("cases", "Cases and classifications are exchanged.", _HELP),
    stated("sets", "Sets are exchanged, with exceptions.", _HELP),
    stated("codings", "Codings are exchanged, with exceptions.", _HELP),
    measured("media", "A source that it could not find comes out as an empty text, and nothing says so.", _12),
    stated("media", "All files lie in the one .qdpx; on import it asks for the folder of files that lie outside.", _HELP),
    stated("importing", "An import makes a new project, from a .qdpx, or from a bare .qde without the data.", _HELP),
    stated("exporting", "Datasets and framework matrices, among other things, are not exported.", _HELP),
)

WINDOWS: Final = Tool(
    "nvivo",
    "NVivo for Windows",
    ("NVivo",),
    Profile("utf-16"),
    "measured",
    "NVivo counts emoji and other rare characters as two characters each.",
    target=True,
    folder="Sources",
    bom=True,
    rich=True,
    splits=True,
    new_ids=("Source",),
    values_become="cases",
    names=Names(unique="siblings"),
    gaps=(
        Gap(("Excerpt.name",), "export", _NAMES),
        Gap(("Code.colour",), "import", _COLOURS),
        Gap(("Code.memos",), "import", _MEMOS),
        Gap(VALUES, "export", _VALUES),
    ),
    facts=(
        *_FACTS,
        measured("line ends", "CR LF, counted as two.", _WIN),
        measured("byte order mark", "At the start of texts; not counted.", _WIN),
        measured("folder of files", "Sources", _WIN),
        measured("memos", "Things without a description have an empty one.", _WIN),
        measured("users", "A user has a name and no initials.", _WIN),
    ),
    exporting="In NVivo for Windows, choose *Share > Export Project > REFI-QDA Project* (the help of NVivo).",
    importing=(
        "In NVivo for Windows, choose *File > Open > Browse*, and *REFI-QDA Project* as the type of file. In the dialog *Convert Project* tick "
        "*Import code colors* to keep the colours of codes (the help of NVivo)."
    ),
)

MAC: Final = evolve(
    WINDOWS,
    name="nvivo-mac",
    title="NVivo for Mac",
    origins=("NVivo for Mac",),
    folder="sources",
    bom=False,
    marker=".root",
    packed=False,
    facts=(
        *_FACTS,
        measured("line ends", "LF", _MAC),
        measured("byte order mark", "None", _MAC),
        measured("folder of files", "sources, with an empty file .root.", _MAC),
        measured("exporting", "Nothing in the ZIP file is compressed.", _MAC),
        measured("users", "A user has a name and initials.", _MAC),
    ),
    exporting="In NVivo for Mac, choose *File > Export Project* (the help of NVivo 12 for Mac).",
    importing="In NVivo for Mac, choose *File > Open Project* and pick the `.qdpx`. Tick *Import node colors* to keep the colours of codes (the help of NVivo 12 for Mac).",
)
