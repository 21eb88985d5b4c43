"""NVivo, for Windows and for Mac."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from qualdata.formats.refi.tools.tool import VALUES, Gap, Names, Tool, coded, measured, stated, tried
from qualdata.model.positions import Profile

__all__ = ["MAC", "WINDOWS"]

_WIN: Final = "a file of NVivo 12.6 for Windows"
_MAC: Final = "a file of NVivo 12.7 for Mac"
_BOTH: Final = "files of NVivo 12.6 for Windows and 12.7 for Mac"

_COLOURS: Final = stated("colours", "Colours of codes come in only where “Import code colors” is ticked; its own exports hold almost none.")
_NAMES: Final = measured("names of passages", "Passages come out without names.", _BOTH)
_VALUES: Final = measured("cases", "Attributes of documents come out as cases with attributes.", _BOTH)
_MEMOS: Final = tried("memos", "The memo of a code arrives as a memo of its own, tied to nothing.")

_FACTS: Final = (
    measured("positions", "Positions count UTF-16 code units: an emoji counts two.", _BOTH),
    measured("texts", "A Word file (.docx) always lies beside each text file.", _BOTH),
    tried("texts", "On import it wants a text file and a Word file of each text, both named by GUID."),
    measured("ids", "The ids of an imported code are kept; sources get new ones. The exports for Windows and for Mac of one project share no id.", _BOTH),
    measured("codes", "All codes are marked as ones that can be coded with.", _BOTH),
    coded("codes", "A codebook (.qdc) is in the namespace urn:QDA-XML:codebook:1:0 and has a root code “Nodes” that cannot be coded with."),
    measured("names of passages", "A passage has one coding: several codings of a place come out as several passages (up to 11).", _BOTH),
    _NAMES,
    _COLOURS,
    _MEMOS,
    coded("memos", "An annotation is a link from a note to the passage."),
    stated("memos", "An annotation on a PDF, a picture or a recording becomes a memo."),
    _VALUES,
    stated("cases", "Cases, classifications and attributes come in."),
    stated("sets", "Sets come in, with exceptions."),
    measured("files", "A source that it could not find becomes an empty text, and nothing says so.", _WIN),
    stated("importing", "An import makes a new project, from a .qdpx or a bare .qde; it asks for the folder of media that lie outside."),
    stated("exporting", "Datasets and framework matrices, among other things, are not exported."),
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
        measured("texts", "Text files begin with a byte order mark, which is not counted; line ends are CR LF, which counts two.", _WIN),
        measured("files", "Files lie in the folder Sources.", _WIN),
    ),
    exporting="In NVivo, choose to export the project as a REFI-QDA project; the menus differ between versions.",
    importing="In NVivo, choose File > Open, pick the `.qdpx`, and let it be converted into a new project. Tick “Import code colors” to keep the colours of codes.",
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
        measured("texts", "Text files have no byte order mark; line ends are LF.", _MAC),
        measured("files", "Files lie in the folder sources, with an empty file sources/.root; nothing in the ZIP file is compressed.", _MAC),
        measured("users", "The id of a user is their initials.", _MAC),
    ),
)
