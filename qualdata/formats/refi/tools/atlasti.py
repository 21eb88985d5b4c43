"""ATLAS.ti."""

from __future__ import annotations

from typing import Final

from qualdata.formats.refi.tools.tool import VALUES, Gap, Names, Tool, coded, measured, tried
from qualdata.model.positions import Profile

__all__ = ["ATLASTI"]

_8: Final = "a file of ATLAS.ti 8.4 for Mac"
_SEEN: Final = "files of ATLAS.ti 8.4, 23 and 25"

_COLOURS: Final = measured("colours", "Exports of versions 23 to 25 hold no colours; those of version 8 do.", "files of ATLAS.ti 23 and 25; tried by others for 26")
_CASES: Final = tried("cases", "Cases of other programs do not arrive.")
_VALUES: Final = measured("cases", "Attributes of documents come out as sets, as “age: 67”.", _8)
_NAMES: Final = measured("names of passages", "A passage is named by its words, cut with “…”, or by its times.", _SEEN)
_NOTES: Final = tried("memos", "Version 26 exports the comment of a passage as its description only; author and date of it are lost.")
_REGIONS: Final = tried("PDF", "Passages that NVivo marks as rectangles of a PDF page arrive; those in the text of the PDF seem lost.")

ATLASTI: Final = Tool(
    "atlasti",
    "ATLAS.ti",
    ("ATLAS.ti",),
    Profile(newline="once"),
    words="ATLAS.ti counts a line end as one character, also where the file has two (CR LF).",
    target=True,
    upper=True,
    beside=True,
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
        coded("positions", "A line end of two characters (CR LF) counts as one."),
        measured("positions", "Version 8 counts characters; no file with rare characters such as emoji was seen.", _8),
        measured("files", "The project is named Project.qde (8), project.qde (23) or by the project (25); files lie in Sources (8).", _SEEN),
        coded("files", "Its import is said to refuse a folder whose name begins with a capital."),
        coded("texts", "A text file given as the formatted text of a source breaks its import."),
        tried("texts", "A text file alone, without a Word file, is enough."),
        measured("media", "Recordings lie outside, with a relative path; pictures and PDFs inside.", _8),
        tried("media", "Versions 25 and 26 for Mac write a folder “NAME Media” beside the project, and take relative paths without a base path."),
        measured("ids", "Ids are in upper case, and new on each export.", _SEEN),
        coded("ids", "Its import is strict: the order of elements, ids that occur once, no attribute without a value."),
        coded("codes", "A code without a name crashes its import."),
        tried("codes", "Trees of codes arrive, deep ones too."),
        measured("codes", "All codes are marked as ones that can be coded with.", _SEEN),
        measured("PDF", "A passage in the text of a PDF is written twice, as a rectangle and as a stretch of text, with one id.", _8),
        _REGIONS,
        measured("memos", "In version 8 a memo is a note and a link, a comment is a description.", _8),
        tried("memos", "Notes of other programs appear."),
        _NOTES,
        _NAMES,
        _COLOURS,
        _CASES,
        _VALUES,
        measured("sets", "Code groups and document groups are sets.", _8),
        tried("graphs", "Graphs and links open as networks, with their labels."),
        tried("transcripts", "Passages of transcripts survive; a sync point is a position in the text and a time."),
        measured("transcripts", "A transcript shares its file with a text source.", _8),
        measured("users", "There is a system user, C32A2BD5-537F-4838-8B17-DF9EFBAFDF4B, in every project.", _SEEN),
    ),
    exporting="In ATLAS.ti, choose to export the project as a QDPX file (REFI-QDA). Versions 25 and 26 for Mac also write a folder of media: keep it beside the file.",
    importing="In ATLAS.ti, choose to import a QDPX file as a new project. Keep the folder of media beside it.",
)
