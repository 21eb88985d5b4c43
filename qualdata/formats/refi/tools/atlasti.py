"""ATLAS.ti."""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.tool import VALUES, Gap, Names, Tool, coded, measured, tried
from qualdata.model.positions import Profile

__all__ = ["ATLASTI"]

_8: Final = "a file of ATLAS.ti 8.4 for Mac"
_SEEN: Final = "files of ATLAS.ti 8.4, 23 and 25"
_BOOK: Final = "a codebook of ATLAS.ti 23.4 for Windows"

_COLOURS: Final = measured("colours", "Projects of versions 23 and 25 have none.", "files of ATLAS.ti 23 and 25")
_CASES: Final = tried("cases", "Cases of other programs do not arrive.")
_VALUES: Final = measured("cases", "Attributes of documents come out as sets, as “age: 67”.", _8)
_NAMES: Final = measured("names of passages", "A passage is named by its words, cut with “…”, by its times, or by a number.", _8)
_NOTES: Final = tried("memos", "Version 26 exports the comment of a passage as its description only; author and date of it are lost.")

ATLASTI: Final = Tool(
    "atlasti",
    "ATLAS.ti",
    ("ATLAS.ti",),
    Profile(newline="once"),
    words="ATLAS.ti counts a line end as one character, also where the file has two (CR LF).",
    target=True,
    upper=True,
    beside=True,
    twins=True,
    new_ids=("Thing",),
    values_become="sets",
    system_users=("C32A2BD5-537F-4838-8B17-DF9EFBAFDF4B",),
    names=Names(unique="project", needed=True),
    gaps=(
        Gap(("Code.colour",), "export", _COLOURS),
        Gap(("Study.cases",), "import", _CASES),
        Gap(("Excerpt.name",), "export", _NAMES),
        Gap((*VALUES, "Memo.values", "Study.variables"), "export", _VALUES),
    ),
    facts=(
        measured("unit of positions", "Characters; no file with emoji was seen.", _8),
        coded("line ends", "CR LF, counted as one."),
        tried("importing", "QualCoder's author saw its codings shift by one character after each line end.", "the documentation of QualCoder"),
        measured("formatted text", "A Word file (.docx) beside each text, also beside one that was a text file.", _8),
        coded("importing", "A text file given as the formatted text of a source breaks it."),
        tried("importing", "A text file alone is enough."),
        measured("folder of files", "Sources (version 8).", _8),
        coded("importing", "It is said to refuse a folder whose name begins with a capital."),
        measured("project file", "Project.qde (8), project.qde (23 for Windows), the project's name (25 for Mac).", _SEEN),
        tried("exporting", "Version 26 for Mac names the file by the project."),
        measured("media", "Recordings lie outside, with a relative path, in a folder “NAME Media” that the base path names; pictures and PDFs inside.", _8),
        tried("media", "Versions 25 and 26 for Mac write a folder “NAME Media” beside the project, and take relative paths without a base path."),
        coded("media", "Recordings may have no name."),
        measured("ids", "In upper case.", _SEEN),
        tried("ids", "New on each export."),
        coded("importing", "It is strict: the order of elements, ids that occur once, another id for the text of a PDF than for the PDF, no attribute without a value."),
        coded("importing", "A code without a name crashes it."),
        tried("importing", "Trees of codes arrive, deep ones too."),
        measured("codes", "All codes are marked as ones that can be coded with.", _8),
        measured("codings", "A passage may have several codings.", _8),
        tried("codings", "There are passages of no length."),
        measured("codebooks", "Version 9 writes the namespace urn:QDA-XML:codebook:0:4, 23.4 that of the standard.", "codebooks of ATLAS.ti 9 and 23.4"),
        coded("codebooks", "Versions up to 26.1 write the namespace urn:QDA-XML:codebook:0:4."),
        measured("PDF", "A passage in the text of a PDF is written twice, as a rectangle and as a stretch of text, with one id.", _8),
        measured("PDF", "One that goes over the end of a page has a further rectangle on the next, with an id of its own.", _8),
        tried("PDF", "Passages that NVivo marks as rectangles of a PDF page arrive; those in the text of the PDF seem lost."),
        measured("memos", "In version 8 a memo is a note and a link, a comment is a description.", _8),
        tried("memos", "Notes of other programs appear."),
        _NOTES,
        _NAMES,
        _COLOURS,
        measured("colours", "Projects of version 8 have them.", _8),
        measured("codebooks", "A codebook of version 23 holds colours.", _BOOK),
        tried("exporting", "Projects of version 26 hold no colours."),
        _CASES,
        _VALUES,
        measured("sets", "Code groups and document groups are sets; an empty one is written too.", _8),
        tried("graphs", "Graphs and links open as networks, with their labels."),
        tried("transcripts", "Passages of transcripts survive; a sync point is a position in the text and a time."),
        measured("transcripts", "A transcript shares its file with a text source.", _8),
        measured("users", "There is a system user, C32A2BD5-537F-4838-8B17-DF9EFBAFDF4B, in every project.", _SEEN),
    ),
    exporting=(
        "In ATLAS.ti, choose to export the project as a QDPX file (REFI-QDA). What the menus are called could not be confirmed. Where a folder of media "
        "is written too (“NAME Media”), keep it beside the file."
    ),
    importing="In ATLAS.ti, choose to import a QDPX file as a project; what the menus are called could not be confirmed. Keep the folder of media beside it.",
)
