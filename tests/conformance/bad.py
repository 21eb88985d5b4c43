"""Invalid cases that a rule refuses: each is a small study that would be right but for one thing."""

from __future__ import annotations

import json
from typing import Any, Final

from tests.conformance.case import Case, Document, study, word
from tests.conformance.good import CODES, MOVING, inline, part, stored

__all__ = ["BAD"]

TEXT: Final = b"We moved."


def talk(title: str, *excerpts: Document, **fields: Any) -> Document:
    """A study of one text of nine characters."""
    return study(f"SYNTHETIC: {title}", codes=CODES, sources=[inline("We moved.", *excerpts)], **fields)


def filed(title: str, *excerpts: Document, path: str = "sources/talk.txt", **fields: Any) -> Document:
    """The same, with the text in a file."""
    return study(f"SYNTHETIC: {title}", codes=CODES, sources=[stored(*excerpts, path=path, **fields)])


def listing(document: Document, *entries: Document) -> Document:
    """A document with what it says of files."""
    return {**document, "files": [*entries]}


def entry(path: str, **fields: Any) -> Document:
    """What is said of a file with the text of nine characters."""
    return {"path": path, "role": "source", "media_type": "text/plain", "size": 9, "sha256": "3c38eee82f8ae0f0f9f0b6ed8b1e4f8a0f5e5f0f2ee5a5d0b6b6fdd1f9b2c0aa", **fields}


def raw(document: Document, encoding: str = "utf-8") -> bytes:
    """A document byte by byte."""
    return json.dumps(document, indent=2, ensure_ascii=False).encode(encoding)


PERSON: Final = {"id": "p", "name": "P", "sources": ["talk"]}
"""A participant whose text it is."""
AREA: Final = {"type": "picture", "id": "shore", "name": "Shore", "excerpts": [{"id": "a", "span": {"type": "area", "left": 9, "top": 0, "right": 3, "bottom": 5}}]}
TIME: Final = {"type": "audio", "id": "call", "name": "Call", "excerpts": [{"id": "a", "span": {"type": "time", "start": 900, "end": 300}}]}
TURNS: Final = {"speakers": [{"id": "tells", "label": "P"}], "turns": [{"id": "t", "speaker": "tells", "span": {"type": "text", "start": 0, "end": 10}}]}
OVER: Final = {
    "speakers": TURNS["speakers"],
    "turns": [
        {"id": "t", "speaker": "tells", "span": {"type": "text", "start": 0, "end": 5}},
        {"id": "u", "speaker": "tells", "span": {"type": "text", "start": 3, "end": 8}},
    ],
}
CODED: Final = part("a", 3, 8)
SAFE: Final = filed("a sound package", CODED)

DOCUMENTS: Final = (
    Case(
        name="not-json",
        subject="schema",
        shows="The document breaks off: it is not JSON.",
        document=b'{"qualdata": "1.0", "study": {"title": "SYN',
        rule="sch-invalid",
        schema="cannot say",
        refuse=True,
    ),
    Case(name="no-object", subject="schema", shows="The document is JSON, but a list.", document=b"[]", rule="sch-invalid", schema=("", "type"), refuse=True),
    Case(
        name="lone-surrogate",
        subject="schema",
        shows="A text holds half of a surrogate pair, which is no character.",
        document=b'{"qualdata": "1.0", "study": {"title": "SYNTHETIC: \\ud83d"}}',
        rule="sch-invalid",
        schema="cannot say",
    ),
    Case(
        name="utf-16",
        subject="schema",
        shows="The document is written in UTF-16.",
        document=b"\xff\xfe" + raw(study("SYNTHETIC"), "utf-16-le"),
        rule="sch-encoding",
        schema="cannot say",
        refuse=True,
    ),
    Case(
        name="latin-1",
        subject="schema",
        shows="The document is written in Latin-1.",
        document=raw(study("SYNTHETIC: é"), "latin-1"),
        rule="sch-encoding",
        schema="cannot say",
        refuse=True,
    ),
    Case(
        name="byte-order-mark",
        subject="schema",
        shows="The document begins with a byte order mark.",
        document=b"\xef\xbb\xbf" + raw(study("SYNTHETIC")),
        rule="sch-encoding",
        schema="cannot say",
        refuse=True,
    ),
    Case(
        name="version-missing",
        subject="versions",
        shows="The document does not say which version of the standard it follows.",
        document={"study": {"title": "SYNTHETIC"}},
        rule="sch-version-missing",
        schema=("", "required"),
        refuse=True,
    ),
    Case(
        name="version-no-text",
        subject="versions",
        shows="The version is a number, not a text.",
        document={"qualdata": 1.0, "study": {"title": "SYNTHETIC"}},
        rule="sch-version-missing",
        schema=("/qualdata", "const"),
        refuse=True,
    ),
    Case(
        name="version-2.0",
        subject="versions",
        shows="The document follows the version 2.0, of which a reader of 1.x knows nothing.",
        document={"qualdata": "2.0", "study": {"title": "SYNTHETIC"}},
        rule="sch-version-unsupported",
        schema=("/qualdata", "const"),
        refuse=True,
    ),
    Case(
        name="unknown-field",
        subject="versions",
        shows="A field that the version 1.0 does not have, in a document that says it is 1.0.",
        document=study("SYNTHETIC: an unknown field", mood="calm"),
        rule="sch-invalid",
        schema=("/study", "additionalProperties"),
    ),
    Case(
        name="null",
        subject="schema",
        shows="Null stands for what is absent; it must be left out.",
        document=study("SYNTHETIC: null", setting=None),
        rule="sch-invalid",
        schema=("/study/setting", "type"),
    ),
    Case(
        name="control-character",
        subject="schema",
        shows="A text holds a character that XML cannot hold.",
        document=study("SYNTHETIC: \u000b"),
        rule="sch-invalid",
        schema=("/study/title", "pattern"),
    ),
    Case(
        name="id-empty",
        subject="identity",
        shows="An id is empty.",
        document=study("SYNTHETIC: an empty id", codes=[{"id": "", "name": "Moving"}]),
        rule="sch-invalid",
        schema=("/study/codes/0/id", "minLength"),
    ),
    Case(
        name="extension-undeclared",
        subject="extensions",
        shows="Content under a prefix that the study does not explain.",
        document=talk("an extension", extra={"lab:room": 3}),
        rule="sch-extension-undeclared",
    ),
    Case(
        name="extension-twice",
        subject="extensions",
        shows="One prefix stands for two extensions.",
        document=talk("an extension", extensions=[{"prefix": "lab", "url": "https://lab.example/fields"}, {"prefix": "lab", "url": "https://other.example/fields"}]),
        rule="sch-extension-undeclared",
    ),
    Case(
        name="extension-reserved",
        subject="extensions",
        shows="An extension takes a prefix that belongs to the standard.",
        document=talk("an extension", extensions=[{"prefix": "qualdata", "url": "https://lab.example/fields"}]),
        rule="sch-extension-undeclared",
    ),
    Case(
        name="extension-no-url",
        subject="extensions",
        shows="A prefix is explained by what is no URL.",
        document=talk("an extension", extensions=[{"prefix": "lab", "url": "our lab"}]),
        rule="sch-extension-undeclared",
    ),
)
"""Documents that are wrong as such."""

REFERENCES: Final = (
    Case(
        name="duplicate-id",
        subject="identity",
        shows="Two codes have one id, but for capitals.",
        document=study("SYNTHETIC: one id", codes=[MOVING, {"id": "MOVING", "name": "Again"}]),
        rule="ref-duplicate-id",
    ),
    Case(
        name="duplicate-id-of-two-kinds",
        subject="identity",
        shows="A code and an excerpt have one id.",
        document=talk("one id", part("moving", 0, 2)),
        rule="ref-duplicate-id",
    ),
    Case(
        name="dangling-code",
        subject="identity",
        shows="A coding with a code that is not there.",
        document=talk("a code that is gone", part("a", 0, 2, "gone")),
        rule="ref-dangling",
    ),
    Case(
        name="dangling-evidence",
        subject="identity",
        shows="A theme rests on what is not there.",
        document=talk("evidence that is gone", themes=[{"id": "t", "name": "Theme", "evidence": [{"ref": "gone"}]}]),
        rule="ref-dangling",
    ),
    Case(
        name="wrong-type", subject="identity", shows="A coding with what is a text, not a code.", document=talk("no code", part("a", 0, 2, "talk")), rule="ref-wrong-type"
    ),
    Case(
        name="cycle-of-codes",
        subject="identity",
        shows="Two codes stand under each other.",
        document=study("SYNTHETIC: a ring", codes=[{**MOVING, "parent": "staying"}, {"id": "staying", "name": "Staying", "parent": "moving"}]),
        rule="ref-cycle",
    ),
    Case(
        name="cycle-of-one",
        subject="identity",
        shows="A theme stands under itself.",
        document=study("SYNTHETIC: a ring", themes=[{"id": "t", "name": "Theme", "parent": "t"}]),
        rule="ref-cycle",
    ),
)
"""References that lead nowhere, or where they must not."""

PLACES: Final = (
    Case(
        name="beyond-the-end",
        subject="positions",
        shows="An excerpt ends one position beyond its text.",
        document=talk("beyond the end", part("a", 3, 10)),
        rule="exc-range-invalid",
    ),
    Case(
        name="counted-in-utf-16",
        subject="positions",
        shows="An excerpt whose positions count the two emoji before it twice: it ends beyond its text.",
        document=study("SYNTHETIC: counted in UTF-16", codes=CODES, sources=[inline("😀 🏡 We moved.", part("a", 9, 15))]),
        rule="exc-range-invalid",
    ),
    Case(
        name="counted-with-the-mark",
        subject="positions",
        shows="An excerpt whose positions count the byte order mark: it ends beyond its text.",
        document=filed("counted with the mark", part("a", 4, 10)),
        files={"sources/talk.txt": b"\xef\xbb\xbf" + TEXT},
        rule="exc-range-invalid",
    ),
    Case(
        name="ends-before-it-begins",
        subject="positions",
        shows="An excerpt ends before it begins.",
        document=talk("backwards", part("a", 8, 3)),
        rule="exc-range-invalid",
    ),
    Case(
        name="before-the-text",
        subject="positions",
        shows="An excerpt begins before its text.",
        document=talk("before the text", part("a", -1, 3)),
        rule="exc-range-invalid",
    ),
    Case(
        name="area-reversed",
        subject="excerpts",
        shows="The right side of an area lies left of its left side.",
        document=study("SYNTHETIC: an area", sources=[AREA]),
        rule="exc-range-invalid",
    ),
    Case(
        name="time-reversed",
        subject="excerpts",
        shows="A part of a recording ends before it begins.",
        document=study("SYNTHETIC: a time", sources=[TIME]),
        rule="exc-range-invalid",
    ),
    Case(
        name="quote-mismatch",
        subject="excerpts",
        shows="The words at an excerpt's place are not those that it quotes.",
        document=talk("other words", {**CODED, "quote": {"exact": "stayed"}}),
        rule="exc-quote-mismatch",
    ),
    Case(
        name="empty-with-codings",
        subject="texts",
        shows="A text is empty, but passages of it are coded.",
        document=study("SYNTHETIC: an empty text", codes=CODES, sources=[inline("", CODED)]),
        rule="txt-empty-with-codings",
    ),
    Case(
        name="turn-beyond-the-end",
        subject="texts",
        shows="A turn ends one position beyond its text.",
        document=study("SYNTHETIC: a turn", sources=[inline("We moved.", **TURNS)]),
        rule="txt-turns-invalid",
    ),
    Case(
        name="turns-over-each-other",
        subject="texts",
        shows="Two people talk in one place of the text.",
        document=study("SYNTHETIC: turns", sources=[inline("We moved.", **OVER)]),
        rule="txt-turns-invalid",
    ),
    Case(
        name="formatted-text-differs",
        subject="texts",
        shows="The formatted text says something else than the plain one.",
        document=filed("two texts", CODED, rich="sources/talk.docx"),
        files={"sources/talk.txt": TEXT, "sources/talk.docx": word("Someone moved.")},
        rule="txt-rich-text-differs",
    ),
)
"""Places that are none."""

FILES: Final = (
    Case(
        name="no-document",
        subject="package",
        shows="A folder of texts without `study.json`.",
        document=None,
        files={"sources/talk.txt": TEXT},
        rule="pkg-manifest-missing",
        schema="cannot say",
        refuse=True,
    ),
    Case(
        name="zipped-no-document",
        subject="package",
        shows="A ZIP file without `study.json`.",
        document=None,
        files={"sources/talk.txt": TEXT},
        zipped="stored",
        rule="pkg-manifest-missing",
        schema="cannot say",
        refuse=True,
    ),
    Case(
        name="file-missing", subject="files", shows="A text stands in a file that is not in the package.", document=filed("a file that is gone"), rule="pkg-file-missing"
    ),
    Case(
        name="file-listed-only",
        subject="files",
        shows="A file is listed, but is not in the package.",
        document=listing(talk("a file that is gone"), entry("sources/gone.txt")),
        rule="pkg-file-missing",
    ),
    Case(
        name="file-listed-as-missing",
        subject="files",
        shows="A recording never came; it is listed as missing.",
        document=listing(talk("a file that never came"), {"path": "internal://call.mp3", "role": "missing"}),
        rule="pkg-file-missing",
    ),
    Case(
        name="text-edited",
        subject="files",
        shows="A word of a text was changed after it was coded: its SHA-256 is another.",
        document=listing(filed("an edited text"), entry("sources/talk.txt")),
        files={"sources/talk.txt": TEXT},
        rule="txt-hash-mismatch",
    ),
    Case(
        name="file-changed",
        subject="files",
        shows="A picture is not the one that was deposited: its SHA-256 is another.",
        document=listing(
            study("SYNTHETIC: another picture", sources=[{"type": "picture", "id": "shore", "media": "sources/shore.png"}]),
            entry("sources/shore.png", media_type="image/png"),
        ),
        files={"sources/shore.png": b"SYNTHETIC"},
        rule="pkg-checksum-mismatch",
    ),
    Case(
        name="path-above",
        subject="files",
        shows="A text is said to stand in a file above the package.",
        document=filed("a path", path="../talk.txt"),
        rule="pkg-path-unsafe",
        schema=("/study/sources/0/stored", "not"),
        refuse=True,
    ),
    Case(
        name="path-absolute",
        subject="files",
        shows="A text is said to stand in a file from the root of the machine.",
        document=filed("a path", path="/etc/hostname"),
        rule="pkg-path-unsafe",
        schema=("/study/sources/0/stored", "not"),
        refuse=True,
    ),
    Case(
        name="path-backslash",
        subject="files",
        shows="A path is written with a backslash, which is a folder on some systems only.",
        document=filed("a path", path="sources\\talk.txt"),
        rule="pkg-path-unsafe",
        schema=("/study/sources/0/stored", "not"),
        refuse=True,
    ),
    Case(
        name="zipped-path-above",
        subject="files",
        shows="A member of a ZIP file would be unpacked above its folder.",
        document=SAFE,
        files={"sources/talk.txt": TEXT},
        zipped="stored",
        members=(("../above.txt", b"SYNTHETIC"),),
        rule="pkg-path-unsafe",
    ),
    Case(
        name="zipped-twice",
        subject="files",
        shows="Two members of a ZIP file have one name.",
        document=SAFE,
        files={"sources/talk.txt": TEXT},
        zipped="stored",
        members=(("sources/talk.txt", TEXT),),
        rule="pkg-name-collision",
    ),
    Case(
        name="zipped-capitals",
        subject="files",
        shows="The names of two members of a ZIP file differ in capitals only.",
        document=SAFE,
        files={"sources/talk.txt": TEXT},
        zipped="stored",
        members=(("sources/TALK.txt", b"We stayed."),),
        rule="pkg-name-collision",
    ),
    Case(
        name="key",
        subject="privacy",
        shows="The key to the pseudonyms lies in the package.",
        document=talk("a key"),
        files={"documents/pseudonym-key.txt": b"SYNTHETIC: P07 is no one."},
        rule="prv-key-in-package",
    ),
)
"""Files that are not what they should be."""

PROMISES: Final = (
    Case(
        name="history-broken",
        subject="codebook",
        shows="By the history of the codebook a code was retired; by the codebook it is in use.",
        document=talk("a history", code_changes=[{"id": "c", "action": "retire", "codes": ["moving"], "date": "2024-05-01"}]),
        rule="cbk-history-broken",
    ),
    Case(
        name="point-untraceable",
        subject="analysis",
        shows="A point rests on no coding.",
        document=talk("a point", CODED, points=[{"id": "one", "text": "They moved.", "codings": ["a-coded"]}, {"id": "two", "text": "They stayed."}]),
        rule="ana-point-untraceable",
    ),
    Case(
        name="consent-missing",
        subject="consent",
        shows="Of one of two participants there is no record of consent.",
        document=talk("consent", cases=[PERSON, {"id": "q", "name": "Q", "sources": ["talk"]}], consents=[{"id": "c", "case": "p"}]),
        rule="prv-consent-missing",
    ),
    Case(
        name="consent-exceeded",
        subject="consent",
        shows="A participant refused that the data be archived, and they are open.",
        document=talk("consent", access="open", cases=[PERSON], consents=[{"id": "c", "case": "p", "permissions": [{"use": "archiving", "given": False}]}]),
        rule="prv-consent-exceeded",
    ),
    Case(
        name="consent-withdrawn",
        subject="consent",
        shows="A participant took consent back, but the text is here.",
        document=talk("consent", cases=[PERSON], consents=[{"id": "c", "case": "p", "withdrawn": "2024-05-02"}]),
        rule="prv-withdrawn-present",
    ),
    Case(
        name="closed-words",
        subject="consent",
        shows="A code gives words of a closed text as its example.",
        document=study(
            "SYNTHETIC: closed words",
            access="open",
            codes=[{**MOVING, "example": "we went to live by the sea"}],
            sources=[inline("So we went to live by the sea.", access="closed")],
        ),
        rule="acc-closed-text-in-open-file",
    ),
    Case(
        name="embargo-no-day",
        subject="consent",
        shows="An embargo names no day.",
        document=talk("an embargo", access="closed", extra={"qualdata:embargo": "in two years"}),
        rule="acc-embargo-invalid",
    ),
)
"""Promises, to participants and to readers, that are not kept."""

DAMAGED: Final = Case(
    name="zipped-damaged",
    subject="validation",
    shows="A ZIP file that breaks off.",
    document=SAFE,
    files={"sources/talk.txt": TEXT},
    zipped="stored",
    cut=60,
    rule="val-input-unreadable",
    schema="cannot say",
    refuse=True,
)

BAD: tuple[Case, ...] = (*DOCUMENTS, *REFERENCES, *PLACES, *FILES, *PROMISES, DAMAGED)
