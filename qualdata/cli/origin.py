"""Sentences on where a study comes from: who wrote it, how it counts, which files are missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from qualdata.formats import formats
from qualdata.formats.refi.outgoing import FORMATS
from qualdata.formats.refi.tools import Tool, of_origin
from qualdata.model.positions import Profile
from qualdata.model.reading import Reading
from qualdata.model.source import MediaSource, Written, holders
from qualdata.model.study import Study

__all__ = ["adjusted", "completed", "counting", "folder_beside", "kind", "missing", "missing_sentence", "title", "writer"]

_KNOWN: Final = {
    "measured": "This was measured on files that {} wrote.",
    "reported": "This is reported of {}; it was not measured.",
    "stated": "",
}


def title(study: Study) -> str:
    """What a study is called; a codebook has no title."""
    if study.title:
        return f'"{study.title}"'
    return "A codebook" if study.reading is not None and study.reading.format in ("qdc", "codetable") else "A study without a title"


def kind(reading: Reading) -> str:
    """What kind of file it was."""
    return next((f"{f.title} ({', '.join(f.suffixes)})" for f in formats() if f.name == reading.format), reading.format)


def writer(reading: Reading) -> str:
    """Who wrote the file, in its own words."""
    return reading.origin or "a program that it does not name"


def counting(reading: Reading) -> tuple[str, str]:
    """How the file counts in texts, and how that is known."""
    tool = _row(reading)
    return (tool.words, _KNOWN[tool.evidence].format(tool.title)) if tool else (reading.basis, "")


def adjusted(study: Study) -> str:
    """That positions were adjusted; nothing where the file counts as qualdata does, or nothing is there to count in."""
    if study.reading is None or study.reading.profile == Profile() or not (study.sources or study.memos):
        return ""
    return "Positions were adjusted where needed." if _any_text(study) else "Without the texts, positions stay as they were written."


def _row(reading: Reading) -> Tool | None:
    """What is known of the program that wrote it, unless the file itself counts otherwise."""
    tool = of_origin(reading.origin) if reading.format in FORMATS else None
    return tool if tool is not None and tool.profile == reading.profile else None


def completed(reading: Reading) -> Iterator[str]:
    """By which sidecar a project was made whole, and what was changed in it since."""
    if reading.sidecar is not None:
        yield f"It was made whole by {reading.sidecar}."
        changed = ", ".join(reading.changes)
        yield f"Since that was written: {changed}." if changed else "Nothing was changed since that was written."


def missing(study: Study) -> dict[str, list[str]]:
    """The files that a study names and that are not there, each with the names of what needs it."""
    found: dict[str, list[str]] = {}
    for path, name in _wanting(study):
        names = found.setdefault(path, [])
        if name not in names:
            names.append(name)
    return found


def _wanting(study: Study) -> Iterator[tuple[str, str]]:
    for source in (*study.sources, *study.memos):
        for holder in holders(source):
            for path, file in _files(holder):
                if path is not None and file is None:
                    yield path, source.name or "no name"


def _files(holder: Any) -> tuple[tuple[str | None, object], ...]:
    if isinstance(holder, MediaSource):
        return ((holder.path, holder.media),)
    return (holder.path, holder.stored), (holder.rich_path, holder.rich)


def missing_sentence(study: Study, number: int, sources: Path | None, file: Path | None = None) -> str:
    """How many files of a study, which came from *file*, are missing, what follows, and what to do."""
    files = "1 source file is missing." if number == 1 else f"{number:,} source files are missing."
    shown = "what they hold cannot be shown" if _any_text(study) else "no text can be shown"
    mend = f"or give the folder: --sources {folder_beside(file)}." if sources is None else f"or put them into {sources}: they are not there."
    return f"{files} Codes and positions were read, but {shown}. Export again with files included, {mend}"


def folder_beside(file: Path | None) -> str:
    """The folder to look in: `NAME Media` beside a file, where it is there, as ATLAS.ti writes it. It is named, not opened."""
    media = None if file is None else file.with_name(f"{file.stem} Media")
    return f'"{media}"' if media is not None and media.is_dir() else "FOLDER"


def _any_text(study: Study) -> bool:
    written = (h for s in study.sources for h in holders(s) if isinstance(h, Written))
    return any(h.stored is not None or (h.path is None and h.text is not None) for h in written)
