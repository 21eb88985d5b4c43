"""A small study in which no rule finds anything, in any profile but for what is said there; bad examples change one thing of it."""

from __future__ import annotations

from pathlib import Path

from qualdata import Case, Code, Contributor, Study, TextSource, write

TEXT = "I: How did you find the group?\nP01: By accident. A friend took me along.\n"
WORDS = "A friend took me along."


def sound() -> Study:
    """One interview, one code, one coding."""
    study = Study(id="s", title="Finding a group", synthetic=True)
    study.add(Contributor(id="ann", name="Coder A", roles=["coder", "creator"]))
    code = study.add(Code(id="friends", name="Friends", description="Someone they knew told them of it."))
    text = study.add(TextSource(id="t", name="P01", text=TEXT))
    study.add(Case(id="p01", name="P01", sources=[text.id]))
    passage = text.excerpt(text.find(WORDS))
    passage.id = "e"
    passage.apply(code, "ann", created="2024-05-17T10:00:00Z").id = "c"
    return study


def package(folder: Path, study: Study | None = None) -> Path:
    """The sound study, or another, as a package in a folder of the folder."""
    path = folder / "study"
    write(study or sound(), path)
    return path
