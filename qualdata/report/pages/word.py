"""Pages as Word documents (.docx). What is typed into them in Word, LibreOffice or another editor is read back, tracked changes as accepted."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from qualdata._extras import needed
from qualdata.errors import ReadError
from qualdata.formats.zip import check_size, member, opened
from qualdata.model.media import Media
from qualdata.report.pages.page import BOLD, Block, Line, Lines, Page

__all__ = ["as_written", "read_docx", "to_docx"]

GREY: Final = (0x76, 0x76, 0x76)
_STYLES: Final = {"prompt": "Prompt", "quiet": "Quiet", "label": "Extract Label"}
"""The character style of words that look so."""
_PAPER: Final = (11906, 16838)
"""A4, in twentieths of a point."""
_MARGIN: Final = 1304
_LARGEST: Final = 1 << 28
_NOT_READ: Final = {"commentReference": "comment", "footnoteReference": "footnote", "endnoteReference": "endnote"}
_WORDS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED: Final = {"del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText"}
_HEADING: Final = re.compile(r"(?:heading ([1-9])|title)", re.IGNORECASE)
_WHAT: Final = "Reading and writing Word documents"


def to_docx(page: Page) -> bytes:
    """A page as a file; the same page gives the same bytes. Raises QualdataError where python-docx is missing."""
    document = needed("docx", "qualdata[transcripts]", _WHAT).Document()
    _prepare(document, page.title)
    styles = {style.name: style.style_id for style in document.styles}
    for block in page.blocks:
        _add(document, block, styles)
    out = io.BytesIO()
    document.save(out)
    return _sealed(out)


def _prepare(document: Any, title: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor, Twips

    document.core_properties.title, document.core_properties.author, document.core_properties.comments = title[:255], "", ""
    page = document.sections[0]
    page.page_width, page.page_height = map(Twips, _PAPER)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Twips(_MARGIN)
    styles = {look: document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER) for look, name in _STYLES.items()}
    styles["prompt"].font.color.rgb = styles["quiet"].font.color.rgb = RGBColor(*GREY)
    styles["label"].font.bold = True
    document.styles["Normal"].paragraph_format.space_after = Pt(8)


def _add(document: Any, block: Block, styles: dict[str, str]) -> None:
    """A paragraph. Styles are set by their ids: by name, python-docx would go through all of them for each run, half of the time."""
    paragraph = document.add_paragraph()
    if block.level or block.listed:
        paragraph._p.style = styles[f"Heading {min(block.level, 9)}" if block.level else "List Bullet"]
    for run in block.runs:
        lines = (run.text + "|").splitlines()  # so that a line end at its end is one
        added = paragraph.add_run("\n".join(lines)[:-1])
        if run.look in _STYLES:
            added._r.style = styles[_STYLES[run.look]]


# ---- whether a file is as it was written ----
def _sealed(file: io.BytesIO) -> bytes:
    """A ZIP file whose comment says what is in it: every editor that saves it leaves that out."""
    out = io.BytesIO()
    with ZipFile(file) as made, ZipFile(out, "w") as archive:
        for info in made.infolist():
            archive.writestr(member(info.filename), made.read(info))
        archive.comment = _digest(archive)
    return out.getvalue()


def _digest(archive: ZipFile) -> bytes:
    return b"qualdata " + sha256(repr([(i.filename, i.CRC) for i in archive.infolist()]).encode()).hexdigest().encode()


def as_written(path: Path) -> bool:
    """Whether a file is as it was written here."""
    try:
        with ZipFile(path) as archive:
            return archive.comment == _digest(archive)
    except (BadZipFile, OSError):
        return False


# ---- what stands in a file ----
def read_docx(path: Path) -> Lines:
    """The paragraphs of a file, those in tables and text boxes included. Raises ReadError for a damaged one, QualdataError where python-docx is missing."""
    docx = needed("docx", "qualdata[transcripts]", _WHAT)
    with opened(path) as archive:
        members = Media.members(path, archive)
        for media in members.values():
            check_size(media)
        if sum(media.size for media in members.values()) > _LARGEST:
            raise ReadError(f"the file unpacks to more than {_LARGEST:,} bytes; it is not read.", path=path)
    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx lets through whatever its parser and its look-ups raise
        raise ReadError("this is no Word document (.docx), or it is damaged. Save it again.", path=path) from error
    levels = _levels(document)
    paragraphs = (e for e in document.element.body.iter() if _name(e) == "p" and not _dropped(e))
    lines = (_line(number, paragraph, levels) for number, paragraph in enumerate(paragraphs, 1))
    return Lines(tuple(line for line in lines if line.text.strip()), tuple(_apart(document)))


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _dropped(element: Any) -> bool:
    """Whether an element stands in what was deleted, or stands there twice for older programs."""
    return any(_name(above) in _SKIPPED for above in element.iterancestors())


def _levels(document: Any) -> dict[str, int]:
    """The level of headings, by the id of their style; a style made of a heading's is one."""
    levels: dict[str, int] = {}
    for style in document.styles:
        base, seen = style, 0
        while base is not None and seen < 10:
            if found := _HEADING.fullmatch(base.name or ""):
                levels[style.style_id] = int(found[1] or 1)
                break
            base, seen = getattr(base, "base_style", None), seen + 1
    return levels


def _line(number: int, paragraph: Any, levels: dict[str, int]) -> Line:
    text = "".join(_words(paragraph)).strip()
    level = levels.get(getattr(paragraph, "style", None) or "", 0)
    return Line(number, text, level or (BOLD if text and _all_bold(paragraph) else 0))


def _words(element: Any) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in _WORDS:
            yield _WORDS[name]
        elif name != "p" and name not in _SKIPPED:
            yield from _words(child)


def _all_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter() if _name(run) == "r" and "".join(_words(run)).strip()]
    return bool(runs) and all(_bold(run) for run in runs)


def _bold(run: Any) -> bool:
    marks = [e for look in run if _name(look) == "rPr" for e in look if _name(e) == "b"]
    return bool(marks) and all(value not in ("0", "false", "off") for mark in marks for value in mark.attrib.values())


def _apart(document: Any) -> Iterator[str]:
    found = Counter(_name(e) for e in document.element.body.iter())
    for name, word in _NOT_READ.items():
        if number := found[name]:
            yield f"{number:,} {word}{'' if number == 1 else 's'}"
