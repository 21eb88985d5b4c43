"""One case of the conformance suite: a study package, right or wrong, and what there is to say of it."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from attrs import field, frozen

__all__ = ["DOCUMENT", "PAGES", "Case", "Document", "Expected", "listed", "study", "word"]

Document = dict[str, Any]
Expected = tuple[str, str, str, str | None]
"""The id of a coding, the name of the source it stands in, the name of its code, and its words; None where it has none."""

DOCUMENT: Final = "study.json"
NOTICE: Final = "SYNTHETIC: made up for the conformance suite"
PAGES: Final = {
    "package": "docs/standard/package.md",
    "schema": "docs/standard/document.md",
    "positions": "docs/standard/positions.md",
    "identity": "docs/standard/identity.md",
    "versions": "docs/standard/versions.md",
    "extensions": "docs/standard/extensions.md",
    "files": "docs/standard/package.md",
    "texts": "docs/standard/data.md",
    "excerpts": "docs/standard/data.md",
    "codebook": "docs/standard/codes.md",
    "analysis": "docs/standard/analysis.md",
    "consent": "docs/standard/consent.md",
    "privacy": "docs/standard/anonymisation.md",
    "validation": "docs/standard/conformance.md",
}
"""Where each subject is explained."""
_MEDIA: Final = {
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_DATE: Final = (1980, 1, 1, 0, 0, 0)


@frozen(kw_only=True)
class Case:
    """A package and the verdict on it."""

    name: str
    """Its folder, or file, in `valid/` or `invalid/`."""
    shows: str
    """What it shows, in a sentence."""
    subject: str
    """What of the standard it belongs to: a key of `PAGES`."""
    document: Document | bytes | None
    """`study.json`, as an object or byte by byte; None where there is none."""
    files: dict[str, bytes] = field(factory=dict)
    """The other files by their paths; the document lists them unless it says something of files itself."""
    zipped: Literal["", "stored", "deflated"] = ""
    """How it is packed; a folder when empty."""
    members: tuple[tuple[str, bytes], ...] = ()
    """Further members of the ZIP file, which the document does not list."""
    cut: int = 0
    """How many bytes of the ZIP file are missing at its end."""
    rule: str | None = None
    """The rule that refuses it; None for a valid one."""
    schema: tuple[str, str] | Literal["accepts", "cannot say"] = "accepts"
    """Where the schema refuses it, as JSON Pointer and keyword; or that it accepts it, or that there is no JSON to look at."""
    refuse: bool = False
    """Whether a reader must refuse it, too."""
    expected: tuple[Expected, ...] = ()
    """All codings in it."""

    @property
    def path(self) -> str:
        """Its path in the suite."""
        return f"{'invalid' if self.rule else 'valid'}/{self.name}{'.qualdata' if self.zipped else ''}"

    def entry(self) -> Document:
        """What `cases.json` says of it."""
        schema = {"instance": self.schema[0], "keyword": self.schema[1]} if isinstance(self.schema, tuple) else self.schema
        verdict = {"verdict": "invalid", "rule": self.rule} if self.rule else {"verdict": "valid"}
        told = {"path": self.path, "shows": self.shows, "page": PAGES[self.subject], **verdict, "schema": schema}
        if self.rule is not None:
            return {**told, **({"refuse": True} if self.refuse else {})}
        return {**told, "expected": [list(row) for row in self.expected]}

    def bytes_of_document(self) -> bytes | None:
        """`study.json` as it stands in the package."""
        if not isinstance(self.document, dict):
            return self.document
        whole = self.document if "files" in self.document or not self.files else {**self.document, "files": [listed(path, data) for path, data in self.files.items()]}
        return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()

    def contents(self) -> list[tuple[str, bytes]]:
        """All files of the package, each with its path."""
        document = self.bytes_of_document()
        return [*([(DOCUMENT, document)] if document is not None else []), *self.files.items(), *self.members]

    def write(self, root: Path) -> None:
        """Write it into the folder of the suite."""
        path = root / self.path
        if self.zipped:
            path.parent.mkdir(parents=True, exist_ok=True)
            data = zipped(self.contents(), ZIP_STORED if self.zipped == "stored" else ZIP_DEFLATED)
            path.write_bytes(data[: len(data) - self.cut])
            return
        for name, data in self.contents():
            file = path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def listed(path: str, data: bytes) -> Document:
    """What a document says of a file."""
    role = "formatted text" if path.endswith(".docx") else "source" if path.startswith("sources/") else "readme"
    access = {"access": "open"} if role == "readme" else {}
    return {"path": path, "role": role, "media_type": _MEDIA[path[path.rindex(".") :]], "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **access}


def study(title: str, **fields: Any) -> Document:
    """A document of the version 1.0, with a study that says that it is made up."""
    return {"qualdata": "1.0", "study": {"id": "study", "title": title, "abstract": f"{NOTICE}.", "synthetic": True, **fields}}


def word(*paragraphs: str) -> bytes:
    """The least that a Word file can be."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
    }
    return zipped([(name, part.encode()) for name, part in parts.items()], ZIP_STORED)


def zipped(members: list[tuple[str, bytes]], method: int) -> bytes:
    """A ZIP file of some members, of which two may have one name."""
    out = BytesIO()
    with ZipFile(out, "w") as archive, catch_warnings():
        simplefilter("ignore", UserWarning)  # which tells that a name is there already
        for name, data in members:
            archive.writestr(ZipInfo(name, _DATE), data, method)
    return out.getvalue()
