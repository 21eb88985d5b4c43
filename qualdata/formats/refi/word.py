"""A Word file of a plain text, for programs that want one beside each text."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from zipfile import ZipFile

from qualdata.formats.zip import member
from qualdata.model.base import not_xml
from qualdata.model.media import DERIVED

__all__ = ["can_make", "word_file"]


def can_make() -> bool:
    """Whether python-docx is there (the extra `transcripts`)."""
    return find_spec("docx") is not None


def word_file(text: str) -> bytes:
    """A `.docx` with a paragraph for each line of the text; the same bytes each time, marked as made from the text."""
    from docx import Document

    document = Document()
    for line in text.splitlines():
        document.add_paragraph("".join("\ufffd" if not_xml(c) else c for c in line) if not_xml(line) else line)
    made = BytesIO()
    document.save(made)
    return _always_the_same(made)


def _always_the_same(made: BytesIO) -> bytes:
    """The same ZIP file without the time it was made, and with the mark."""
    out = BytesIO()
    with ZipFile(made) as archive, ZipFile(out, "w") as again:
        for name in archive.namelist():
            again.writestr(member(name), archive.read(name))
        again.comment = DERIVED
    return out.getvalue()
