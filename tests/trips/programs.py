"""Programs that a project passes through, as far as is known of them: each a list of deeds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.independent import ONCE, UTF_16
from tests.trips import deeds as d

SYSTEM_USER: Final = "C32A2BD5-537F-4838-8B17-DF9EFBAFDF4B"
_SOURCES: Final = (*d.SOURCES, "Representation", "TextDescription", "Transcript")

NVIVO: Final[Sequence[d.Deed]] = (
    d.without_colours,
    d.frees_notes_of_codes,
    d.one_coding_each,
    d.empties_names,
    d.values_to_cases,
    d.renews(*_SOURCES),
    d.renames_files,
)
TRIPS: Final[dict[str, Sequence[d.Deed]]] = {
    "nvivo": (
        *NVIVO,
        d.rewrites_texts(UTF_16, newline="\r\n", bom=True, word=True),
        d.calls_itself("NVivo for Windows 12.6"),
        d.lays_out(folder="Sources"),
    ),
    "nvivo-mac": (
        *NVIVO,
        d.rewrites_texts(UTF_16, newline="\n", bom=False, word=True),
        d.calls_itself("NVivo for Mac 12.7.0"),
        d.lays_out(stored=True, extra=["sources/.root"]),
    ),
    "atlasti": (
        d.without_colours,
        d.values_to_sets,
        d.leaves_out("Case", "Variable", "VariableValue"),
        d.names_by_words(cut=40),
        d.renews(),
        d.in_capitals,
        d.renames_files,
        d.adds_user(SYSTEM_USER, "System"),
        d.rewrites_texts(ONCE, newline="\r\n", bom=False),
        d.calls_itself("ATLAS.ti 25.0.1 32922 , macOS Version 14"),
        d.lays_out(name="My study.qde"),
    ),
    "maxqda": (
        d.cases_to_codes,
        d.leaves_out("Case", "Variable", "VariableValue"),
        d.renews(),
        d.in_capitals,
        d.renames_files,
        d.rewrites_texts(ONCE, newline="\r\n", bom=False),
        d.calls_itself("MAXQDA 24 (Release 24.7.0)"),
        d.lays_out(),
    ),
    "qualcoder": (
        d.leaves_out("Set", "Graph"),
        d.one_coding_each,
        d.names_by_words(),
        d.dates_on_passages,
        d.renews(),
        d.renames_files,
        d.rewrites_texts(ONCE, newline="\n", bom=True),
        d.calls_itself("QualCoder 3.6"),
        d.lays_out(extra=["sources/"]),
    ),
}
"""For each target, what its program does to a project that it takes in and gives out."""


def travelled(target: str, path: Path, out: Path, *edits: d.Deed) -> Path:
    """What comes back of a project that was written for a target, taken in by its program, edited there, and given out."""
    project = d.unpacked(path)
    for deed in (*edits, *TRIPS[target]):
        deed(project)
    return d.packed(project, out)
