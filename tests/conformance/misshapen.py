"""Invalid cases that the schema refuses: a row for each class, with the least document that has one, and what is wrong in it.

What is wrong is said by keyword: a required field is left out, a field that there is not is added, a value is of another type
or none of those allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from attrs import field, frozen

from tests.conformance.case import Case, Document, listed, study

__all__ = ["MISSHAPEN"]

REFUSED: Final = "something else"
"""A text that is none of those allowed."""


@frozen
class Row:
    """A class of the standard: where one stands, and how it can be wrong."""

    name: str
    """The class."""
    within: str
    """The class that it stands in."""
    place: str
    """In which field of it; with `[]` where it is one of a list."""
    least: Document
    """The least that it can be."""
    required: str | None = None
    """A field that it cannot do without."""
    type: tuple[str, Any] | None = None
    """A field and a value of a type that it must not have."""
    enum: str | None = None
    """A field that holds one of a few words."""
    beside: Document = field(factory=dict)
    """What must stand beside it, in what it stands in."""
    needs: Document = field(factory=dict)
    """What must stand in the study."""
    files: dict[str, bytes] = field(factory=dict)
    """What must lie in the package."""

    def wrong(self) -> Iterator[tuple[str, str, str, Document]]:
        """The keyword that refuses it, where in it, what is wrong, and the thing."""
        yield "additionalProperties", "", "has a field that there is not", {**self.least, "nickname": "x"}
        if self.required:
            yield "required", "", f"has no `{self.required}`", {name: value for name, value in self.least.items() if name != self.required}
        if self.type:
            name, value = self.type
            yield "type", f"/{name}", f"has a `{name}` of another type", {**self.least, name: value}
        if self.enum:
            yield "enum", f"/{self.enum}", f"has a `{self.enum}` that is none of those allowed", {**self.least, self.enum: REFUSED}


WORDS: Final = {"type": "text", "start": 3, "end": 8}
EXCERPT: Final = {"id": "e", "span": WORDS}
FILES: Final = {"sources/a.txt": b"We moved."}
LISTED: Final = listed("sources/a.txt", FILES["sources/a.txt"])
TALK: Final = {"type": "text", "id": "talk", "text": "We moved."}
CODES: Final = {"codes": [{"id": "moving", "name": "Moving"}]}
VARIABLES: Final = {"variables": [{"id": "tone", "name": "Tone"}]}
SOURCES: Final = {"sources": [TALK]}
SPEAKERS: Final = {"speakers": [{"id": "s", "label": "P"}]}
VERTICES: Final = {"vertices": [{"id": "v", "left": 0, "top": 0}]}
ROWS: Final = (
    Row("Root", "", "", study("SYNTHETIC"), required="study", type=("files", {})),
    Row("Study", "Root", "study", study("SYNTHETIC")["study"], type=("participants", "eighteen"), enum="access"),
    Row("File", "Root", "files[]", LISTED, required="role", type=("media_type", 7), enum="access", files=FILES),
    Row("Reading", "Root", "reading", {"format": "qdpx"}, type=("layout", [])),
    Row("Profile", "Reading", "profile", {"unit": "utf-16"}, type=("bom", "yes"), enum="unit"),
    Row("Remark", "Reading", "remarks[]", {"rule": "exc-empty", "message": "made up"}, required="message", type=("line", "7")),
    Row("Extension", "Study", "extensions[]", {"prefix": "lab", "url": "https://lab.example/fields"}, required="url", type=("description", 7)),
    Row("Contributor", "Study", "contributors[]", {"id": "ann", "name": "A"}, type=("roles", "coder")),
    Row("Variable", "Study", "variables[]", {"id": "tone", "name": "Tone"}, required="name", type=("allowed", "calm"), enum="disclosure"),
    Row("ResearchQuestion", "Study", "questions[]", {"id": "why", "text": "Why?"}, required="text", type=("text", ["Why?"])),
    Row("Code", "Study", "codes[]", {"id": "moving", "name": "Moving"}, required="name", type=("codable", "yes"), enum="origin"),
    Row(
        "CodeChange",
        "Study",
        "code_changes[]",
        {"id": "c", "action": "add", "codes": ["moving"]},
        required="action",
        type=("codes", "moving"),
        enum="action",
        needs=CODES,
    ),
    Row("Case", "Study", "cases[]", {"id": "p", "name": "P"}, type=("sources", {}), enum="kind"),
    Row("Interview", "Study", "interviews[]", {"id": "i", "name": "I"}, type=("duration", 60.5), enum="mode"),
    Row("TextSource", "Study", "sources[]", TALK, type=("excerpts", {}), enum="access"),
    Row("PictureSource", "Study", "sources[]", {"type": "picture", "id": "shore"}, type=("excerpts", {}), enum="relation"),
    Row("PdfSource", "Study", "sources[]", {"type": "pdf", "id": "leaflet"}, type=("codings", {}), enum="access"),
    Row("AudioSource", "Study", "sources[]", {"type": "audio", "id": "call"}, type=("transcripts", {}), enum="access"),
    Row("VideoSource", "Study", "sources[]", {"type": "video", "id": "walk"}, type=("values", {}), enum="relation"),
    Row("Excerpt", "TextSource", "excerpts[]", EXCERPT, required="span", type=("codings", "moving")),
    Row("Coding", "Excerpt", "codings[]", {"id": "k", "code": "moving"}, required="code", type=("weight", "0.5"), enum="status", needs=CODES),
    Row("Quote", "Excerpt", "quote", {"exact": "moved"}, required="exact", type=("prefix", 7)),
    Row("TextSpan", "Excerpt", "span", WORDS, required="end", type=("start", "3")),
    Row("TimeSpan", "AudioSource", "excerpts[].span", {"type": "time", "start": 0, "end": 9}, required="start", type=("end", 9.5)),
    Row("AreaSpan", "PictureSource", "excerpts[].span", {"type": "area", "left": 0, "top": 0, "right": 9, "bottom": 9}, required="bottom", type=("left", "0")),
    Row("PageSpan", "PdfSource", "excerpts[].span", {"type": "page", "page": 0, "left": 0, "top": 9, "right": 9, "bottom": 0}, required="page", type=("page", "i")),
    Row("Speaker", "TextSource", "speakers[]", {"id": "s", "label": "P"}, required="label", type=("label", 7), enum="role"),
    Row("Turn", "TextSource", "turns[]", {"id": "t", "speaker": "s", "span": WORDS}, required="speaker", type=("span", [3, 8]), beside=SPEAKERS),
    Row("Transcript", "AudioSource", "transcripts[]", {"id": "w", "text": "We moved."}, type=("sync_points", {})),
    Row("SyncPoint", "Transcript", "sync_points[]", {"id": "n", "time": 0, "position": 0}, type=("position", "0")),
    Row("TranscriptSpan", "Transcript", "excerpts[].span", {"type": "transcript"}, type=("start", 7)),
    Row("Value", "Case", "values[]", {"variable": "tone", "value": "calm"}, required="variable", type=("value", 41), enum="type", needs=VARIABLES),
    Row(
        "Point",
        "Study",
        "points[]",
        {"id": "n", "text": "They moved.", "process": "externalise", "literature": ["a paper"]},
        required="text",
        type=("literature", "a paper"),
        enum="process",
    ),
    Row("Theme", "Study", "themes[]", {"id": "t", "name": "Theme"}, required="name", type=("evidence", {}), enum="status"),
    Row("Evidence", "Theme", "evidence[]", {"ref": "e"}, required="ref", type=("note", 7), enum="role", needs={"sources": [{**TALK, "excerpts": [EXCERPT]}]}),
    Row("Memo", "Study", "memos[]", {"id": "m", "text": "A thought."}, type=("excerpts", {}), enum="access"),
    Row("Link", "Study", "links[]", {"id": "l", "name": "leads to"}, type=("memos", "m"), enum="direction"),
    Row("Set", "Study", "sets[]", {"id": "s", "name": "All"}, required="name", type=("codes", "moving"), enum="kind"),
    Row("Graph", "Study", "graphs[]", {"id": "g", "name": "Drawing"}, type=("vertices", {})),
    Row("Vertex", "Graph", "vertices[]", {"id": "v", "left": 0, "top": 0}, required="left", type=("top", "0"), enum="shape"),
    Row("Edge", "Graph", "edges[]", {"id": "d", "origin": "v", "target": "v"}, required="target", type=("name", 7), enum="line", beside=VERTICES),
    Row("Consent", "Study", "consents[]", {"id": "c"}, type=("permissions", "all"), enum="basis"),
    Row("Permission", "Consent", "permissions[]", {"use": "archiving"}, required="use", type=("given", "no"), enum="use"),
    Row("Replacement", "Study", "replacements[]", {"id": "r", "source": "talk", "replacement": "[town]"}, required="source", type=("span", "3-8"), needs=SOURCES),
    Row("PublishedQuote", "Study", "quotes[]", {"id": "q", "publication": "A report", "text": "We moved."}, required="publication", type=("text", 7)),
    Row("Document", "Study", "documents[]", {"id": "d", "name": "Readme", "role": "readme"}, type=("role", 7), enum="access"),
)
"""A row a class, in the order of the standard."""
_ROW: Final = {row.name: row for row in ROWS}


def placed(row: Row, thing: Document) -> tuple[Document, str]:
    """The least document in which a thing stands, and where."""
    if not row.within:
        return deepcopy(thing), ""
    holder = _ROW[row.within]
    inner, pointer = deepcopy({**holder.least, **row.beside}), ""
    node = inner
    *above, last = row.place.split(".")
    for step in above:
        node[step.removesuffix("[]")], pointer = [{"id": "e"}], f"{pointer}/{step.removesuffix('[]')}/0"
        node = node[step.removesuffix("[]")][0]
    name = last.removesuffix("[]")
    node[name] = [thing] if last.endswith("[]") else thing
    document, before = placed(holder, inner)
    document["study"] = {**deepcopy(row.needs), **document["study"]}
    return document, f"{before}{pointer}/{name}{'/0' if last.endswith('[]') else ''}"


def _of_rows() -> Iterator[Case]:
    for row in ROWS:
        for keyword, within, wrong, thing in row.wrong():
            document, pointer = placed(row, thing)
            yield _case(f"{_kebab(row.name)}-{keyword.lower()}", f"{_article(row.name)} {wrong}.", document, pointer + within, keyword, files=row.files)


def _case(name: str, shows: str, document: Document, pointer: str, keyword: str, rule: str = "sch-invalid", files: dict[str, bytes] | None = None) -> Case:
    of_path = keyword == "not" and pointer.endswith("/stored")  # which no reader may open
    return Case(
        name=f"schema/{name}",
        subject="files" if of_path else "schema",
        shows=shows,
        document=document,
        rule=rule,
        schema=(pointer, keyword),
        files=files or {},
        refuse=of_path,
    )


def _kebab(name: str) -> str:
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _article(name: str) -> str:
    return "The document" if name == "Root" else f"{'An' if name[0] in 'AEIO' else 'A'} {name}"


def of_code(**fields: Any) -> Document:
    """A document with one code."""
    return study("SYNTHETIC", codes=[{"id": "moving", "name": "Moving", **fields}])


def of_file(**fields: Any) -> Document:
    """A document that lists one file."""
    return {**study("SYNTHETIC"), "files": [{name: value for name, value in {**LISTED, **fields}.items() if value is not None}]}


def of_text(**fields: Any) -> Document:
    """A document with one text."""
    return study("SYNTHETIC", sources=[{**TALK, **fields}])


SHARED: Final = (
    _case("text-type", "A text is a number.", of_code(name=7), "/study/codes/0/name", "type"),
    _case("text-pattern", "A text holds U+FFFF, which is no character.", of_code(name="Mov\uffffing"), "/study/codes/0/name", "pattern"),
    _case("id-type", "An id is a number.", of_code(id=7), "/study/codes/0/id", "type"),
    _case("reference-type", "A reference is a number.", of_code(parent=7), "/study/codes/0/parent", "type"),
    _case("references-items", "One of several references is a number.", of_code(memos=[7]), "/study/codes/0/memos/0", "type"),
    _case("extra-type", "What has no field of its own is a list, without prefixes.", of_code(extra=["lab:x"]), "/study/codes/0/extra", "type"),
    _case("extra-no-prefix", "What has no field of its own has no prefix.", of_code(extra={"rank": 1}), "/study/codes/0/extra", "pattern"),
    _case("extra-capitals", "A prefix is written in capitals.", of_code(extra={"Lab:rank": 1}), "/study/codes/0/extra", "pattern"),
    _case(
        "extra-pattern",
        "Deep in what has no field of its own, a text holds a character that XML cannot hold.",
        of_code(extra={"lab:x": [{"y": "\u0000"}]}),
        "/study/codes/0/extra/lab:x/0/y",
        "pattern",
    ),
    _case("path-drive", "A path begins with a drive.", of_text(stored="C:/talk.txt"), "/study/sources/0/stored", "not", "pkg-path-unsafe"),
    _case("path-within", "A path leaves the package on its way.", of_text(stored="sources/../../talk.txt"), "/study/sources/0/stored", "not", "pkg-path-unsafe"),
    _case("path-empty", "A path names nothing.", of_text(stored=""), "/study/sources/0/stored", "not", "pkg-path-unsafe"),
    _case("path-document", "A text is said to stand in the document itself.", of_text(stored="Study.json"), "/study/sources/0/stored", "not"),
    _case("path-line-break", "A path has a line break in it.", of_text(stored="sources/talk\n.txt"), "/study/sources/0/stored", "not", "pkg-path-unsafe"),
    _case("path-type", "A path is a number.", of_text(stored=7), "/study/sources/0/stored", "type"),
    _case(
        "boolean-for-integer", "A position is true.", of_text(excerpts=[{"id": "e", "span": {**WORDS, "start": True}}]), "/study/sources/0/excerpts/0/span/start", "type"
    ),
    _case(
        "fraction-for-integer",
        "A position is no whole number.",
        of_text(excerpts=[{"id": "e", "span": {**WORDS, "start": 3.5}}]),
        "/study/sources/0/excerpts/0/span/start",
        "type",
    ),
    _case(
        "integer-too-large",
        "A position is larger than all programs can hold.",
        of_text(excerpts=[{"id": "e", "span": {**WORDS, "end": 2**53}}]),
        "/study/sources/0/excerpts/0/span/end",
        "maximum",
    ),
    _case("source-type-unknown", "A source is of a type that there is not.", of_text(type="hologram"), "/study/sources/0/type", "enum"),
    _case(
        "span-type-unknown",
        "A place is of a type that there is not.",
        of_text(excerpts=[{"id": "e", "span": {**WORDS, "type": "word"}}]),
        "/study/sources/0/excerpts/0/span/type",
        "enum",
    ),
    _case(
        "extension-prefix",
        "A prefix is explained that is written in capitals.",
        study("SYNTHETIC", extensions=[{"prefix": "Lab", "url": "https://lab.example/fields"}]),
        "/study/extensions/0/prefix",
        "pattern",
    ),
    _case("source-type", "A source does not say its type.", study("SYNTHETIC", sources=[{"id": "talk", "text": "We moved."}]), "/study/sources/0", "required"),
    _case("span-type", "A place does not say its type.", of_text(excerpts=[{"id": "e", "span": {"start": 3, "end": 8}}]), "/study/sources/0/excerpts/0/span", "required"),
    _case(
        "turn-span-type",
        "The place of a turn does not say its type.",
        of_text(**SPEAKERS, turns=[{"id": "t", "speaker": "s", "span": {"start": 3, "end": 8}}]),
        "/study/sources/0/turns/0/span",
        "required",
    ),
    _case(
        "representation-type",
        "The text of a PDF does not say its type.",
        study("SYNTHETIC", sources=[{"type": "pdf", "id": "leaflet", "representation": {"id": "talk", "text": "We moved."}}]),
        "/study/sources/0/representation",
        "required",
    ),
    _case(
        "replacement-span-type",
        "The place of a replacement does not say its type.",
        study("SYNTHETIC", sources=[TALK], replacements=[{"id": "r", "source": "talk", "replacement": "[town]", "span": {"start": 3, "end": 8}}]),
        "/study/replacements/0/span",
        "required",
    ),
    _case("file-sha256", "A SHA-256 is written in capitals.", of_file(sha256=LISTED["sha256"].upper()), "/files/0/sha256", "pattern", files=FILES),
    _case("file-size", "A file has less than no bytes.", of_file(size=-1), "/files/0/size", "minimum", files=FILES),
    _case("file-media-type", "Of a file that is there, the media type is not said.", of_file(media_type=None), "/files/0", "required", files=FILES),
)
"""What many fields share, and what only one has."""
MISSHAPEN: Final[tuple[Case, ...]] = (*_of_rows(), *SHARED)
