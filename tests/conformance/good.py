"""Valid cases. Positions and words are written by hand: nothing of the library made them."""

from __future__ import annotations

import json
from typing import Any, Final

from tests.conformance.case import Case, Document, study, word
from tests.conformance.whole import WHOLE

__all__ = ["GOOD"]

GUID = "0b5f6a52-7c1e-4d7a-9b8e-5a1f0c2d3e4f"
MOVING: Final = {"id": "moving", "name": "Moving"}
STAYING: Final = {"id": "staying", "name": "Staying"}
CODES: Final = [MOVING, STAYING]


def part(id: str, start: int, end: int, code: str = "moving", **fields: Any) -> Document:
    """An excerpt of a text with one coding, whose id is that of the excerpt and `-coded`."""
    return {"id": id, "span": {"type": "text", "start": start, "end": end}, "codings": [{"id": f"{id}-coded", "code": code}], **fields}


def inline(text: str, *excerpts: Document, **fields: Any) -> Document:
    """A text that stands in the document."""
    return {"type": "text", "id": "talk", "name": "Talk", "text": text, "excerpts": [*excerpts], **fields}


def stored(*excerpts: Document, path: str = "sources/talk.txt", **fields: Any) -> Document:
    """A text that stands in a file."""
    return {"type": "text", "id": "talk", "name": "Talk", "stored": path, "excerpts": [*excerpts], **fields}


ASTRAL = "😀 We moved 🏡 to the coast, 👩‍👧 stayed. 𝒜ll of it."
NEWLINES = "A: So.\r\nB: We moved.\r\n\r\nA: Why?\r\n"
RETURNS = "One\rtwo\rthree"
MARKED = "\ufeffWe moved \ufeffaway."
COMBINED = "Zoe\u0308 moved to Malmo\u0308, Chloé did not."
ROWS = "\u05d4\u05dc\u05db\u05e0\u05d5 \u05d4\u05d1\u05d9\u05ea\u05d4. 我们搬家了。"

GOOD: tuple[Case, ...] = (
    Case(
        name="minimal",
        subject="package",
        shows="The least that a study document can be: a version, and a study of which nothing is said.",
        document={"qualdata": "1.0", "study": {}},
    ),
    Case(
        name="whole",
        subject="schema",
        shows="Every class of the standard and every field of it at least once, each with a value that it may have.",
        document=WHOLE,
        files={
            "sources/talk.txt": b"I: Why did you move?\nP: For the sea.\n",
            "sources/talk.docx": word("I: Why did you move?", "P: For the sea."),
            "sources/memo.txt": b"P speaks of the sea.",
            "sources/memo.docx": word("P speaks of the sea."),
            "sources/spoken.txt": b"First this. Then that.",
            "sources/spoken.docx": word("First this. Then that."),
            "sources/shore.png": b"SYNTHETIC: not really a picture",
            "sources/leaflet.pdf": b"SYNTHETIC: not really a PDF",
            "sources/call.mp3": b"SYNTHETIC: not really a recording",
            "sources/walk.mp4": b"SYNTHETIC: not really a film",
            "documents/readme.txt": b"SYNTHETIC: read me.",
        },
        expected=(
            ("answer-coded", "Talk", "Sea", "For the sea."),
            ("talk-coded", "Talk", "Sea", None),
            ("shore-coded", "Shore", "Sea", None),
            ("caption-coded", "Shore", "Sea", "The sea"),
            ("page-coded", "Leaflet", "Sea", "Come to the sea"),
            ("leaflet-text-coded", "Leaflet", "Sea", "Come"),
            ("ringing-coded", "Call", "Sea", None),
            ("spoken-coded", "Call", "Sea", "Then that."),
            ("walk-coded", "Walk", "Sea", None),
            ("thing-coded", "On the sea", "Sea", "the sea"),
        ),
    ),
    Case(
        name="astral",
        subject="positions",
        shows="Positions count code points: characters beyond U+FFFF count as one, an emoji made of three code points as three.",
        document=study(
            "SYNTHETIC: astral characters",
            codes=CODES,
            sources=[stored(part("a", 2, 10), part("b", 11, 12), part("c", 27, 37, "staying"), part("d", 39, 42), part("e", 0, 49), part("f", 27, 30, "staying"))],
        ),
        files={"sources/talk.txt": ASTRAL.encode()},
        expected=(
            ("a-coded", "Talk", "Moving", "We moved"),
            ("b-coded", "Talk", "Moving", "🏡"),
            ("c-coded", "Talk", "Staying", "👩‍👧 stayed"),
            ("d-coded", "Talk", "Moving", "𝒜ll"),
            ("e-coded", "Talk", "Moving", ASTRAL),
            ("f-coded", "Talk", "Staying", "👩‍👧"),
        ),
    ),
    Case(
        name="astral-inline",
        subject="positions",
        shows="The same positions in a text that stands in the document, some of it escaped as JSON escapes what lies beyond U+FFFF.",
        document=json.dumps(study("SYNTHETIC: escaped astral characters", codes=CODES, sources=[inline(ASTRAL, part("a", 2, 10), part("d", 39, 42))]), indent=1).encode(),
        expected=(("a-coded", "Talk", "Moving", "We moved"), ("d-coded", "Talk", "Moving", "𝒜ll")),
    ),
    Case(
        name="crlf",
        subject="positions",
        shows="A line end of Windows is two code points, and both are part of the text.",
        document=study("SYNTHETIC: line ends of Windows", codes=CODES, sources=[stored(part("a", 11, 20), part("b", 8, 24), part("c", 27, 31))]),
        files={"sources/talk.txt": NEWLINES.encode()},
        expected=(("a-coded", "Talk", "Moving", "We moved."), ("b-coded", "Talk", "Moving", "B: We moved.\r\n\r\n"), ("c-coded", "Talk", "Moving", "Why?")),
    ),
    Case(
        name="crlf-inline",
        subject="positions",
        shows="The same line ends in a text that stands in the document.",
        document=study("SYNTHETIC: line ends of Windows", codes=CODES, sources=[inline(NEWLINES, part("a", 11, 20), part("c", 27, 31))]),
        expected=(("a-coded", "Talk", "Moving", "We moved."), ("c-coded", "Talk", "Moving", "Why?")),
    ),
    Case(
        name="cr",
        subject="positions",
        shows="A carriage return by itself is one code point, and is not turned into another line end.",
        document=study("SYNTHETIC: carriage returns", codes=CODES, sources=[stored(part("a", 4, 7), part("b", 3, 13))]),
        files={"sources/talk.txt": RETURNS.encode()},
        expected=(("a-coded", "Talk", "Moving", "two"), ("b-coded", "Talk", "Moving", "\rtwo\rthree")),
    ),
    Case(
        name="bom",
        subject="positions",
        shows="A byte order mark at the beginning of a file is no part of its text; the same character further on is.",
        document=study("SYNTHETIC: a byte order mark", codes=CODES, sources=[stored(part("a", 0, 8), part("b", 9, 14))]),
        files={"sources/talk.txt": MARKED.encode()},
        expected=(("a-coded", "Talk", "Moving", "We moved"), ("b-coded", "Talk", "Moving", "\ufeffaway")),
    ),
    Case(
        name="combining",
        subject="positions",
        shows="Letters and the accents that combine with them count each; texts are not normalised.",
        document=study("SYNTHETIC: combining marks", codes=CODES, sources=[stored(part("a", 0, 4), part("b", 14, 20), part("c", 22, 27, "staying"))]),
        files={"sources/talk.txt": COMBINED.encode()},
        expected=(("a-coded", "Talk", "Moving", "Zoe\u0308"), ("b-coded", "Talk", "Moving", "Malmo\u0308"), ("c-coded", "Talk", "Staying", "Chloé")),
    ),
    Case(
        name="scripts",
        subject="positions",
        shows="In a text that runs from right to left, positions count in the order in which it is stored.",
        document=study("SYNTHETIC: other scripts", codes=CODES, sources=[stored(part("a", 0, 5), part("b", 13, 18))]),
        files={"sources/talk.txt": ROWS.encode()},
        expected=(("a-coded", "Talk", "Moving", "\u05d4\u05dc\u05db\u05e0\u05d5"), ("b-coded", "Talk", "Moving", "我们搬家了")),
    ),
    Case(
        name="ends",
        subject="positions",
        shows="Excerpts may hold all of a text, reach its end, lie over each other, or be the same; an end is the first position after them.",
        document=study(
            "SYNTHETIC: ends of a text",
            codes=CODES,
            sources=[inline("We moved.", part("all", 0, 9), part("last", 8, 9), part("over", 3, 8), part("under", 0, 5, "staying"), part("again", 3, 8, "staying"))],
        ),
        expected=(
            ("all-coded", "Talk", "Moving", "We moved."),
            ("last-coded", "Talk", "Moving", "."),
            ("over-coded", "Talk", "Moving", "moved"),
            ("under-coded", "Talk", "Staying", "We mo"),
            ("again-coded", "Talk", "Staying", "moved"),
        ),
    ),
    Case(
        name="texts",
        subject="texts",
        shows="A text stands in a file or in the document, is empty, or is not there at all, which is not the same.",
        document=study(
            "SYNTHETIC: texts",
            codes=CODES,
            sources=[
                stored(part("s", 0, 2), codings=[{"id": "s-whole", "code": "staying"}]),
                {"type": "text", "id": "inline", "name": "Inline", "text": "We stayed.", "excerpts": [part("i", 3, 9, "staying")]},
                {"type": "text", "id": "empty", "name": "Empty", "text": "", "codings": [{"id": "empty-whole", "code": "moving"}]},
                {"type": "text", "id": "absent", "name": "Absent", "excerpts": [part("x", 0, 4)]},
            ],
        ),
        files={"sources/talk.txt": b"We moved."},
        expected=(
            ("s-whole", "Talk", "Staying", None),
            ("s-coded", "Talk", "Moving", "We"),
            ("i-coded", "Inline", "Staying", "stayed"),
            ("empty-whole", "Empty", "Moving", None),
            ("x-coded", "Absent", "Moving", None),
        ),
    ),
    Case(
        name="empty-and-absent",
        subject="package",
        shows="What is empty may be said, and what is absent is left out: empty lists, empty names and excerpts without a coding are right.",
        document=study(
            "",
            keywords=[],
            codes=[{"id": "moving", "name": "", "description": "", "memos": []}],
            cases=[],
            memos=[],
            sources=[
                {
                    "type": "text",
                    "id": "talk",
                    "name": "",
                    "text": "We moved.",
                    "excerpts": [part("a", 3, 8), {"id": "b", "span": {"type": "text", "start": 0, "end": 2}, "codings": []}],
                }
            ],
        ),
        expected=(("a-coded", "", "", "moved"),),
    ),
    Case(
        name="newer",
        subject="versions",
        shows="A document of a newer minor version has fields that a reader of 1.0 does not know: it reads the rest, and keeps them.",
        document={
            "qualdata": "1.1",
            "study": {
                "id": "study",
                "title": "SYNTHETIC: a newer version",
                "synthetic": True,
                "mood": "calm",
                "codes": [{**MOVING, "warmth": {"unit": "K", "value": 290}}],
                "sources": [inline("We moved.", part("a", 3, 8, heat=[1, 2]), tempo="slow")],
            },
        },
        schema=("/qualdata", "const"),
        expected=(("a-coded", "Talk", "Moving", "moved"),),
    ),
    Case(
        name="extension",
        subject="extensions",
        shows="What the standard has no field for stands in `extra`, under a prefix that the study explains.",
        document=study(
            "SYNTHETIC: an extension",
            extensions=[{"prefix": "lab", "url": "https://lab.example/fields"}],
            extra={"lab:room": {"floor": 3, "door": None}},
            codes=[{**MOVING, "extra": {"lab:rank": 1.5}}],
            sources=[inline("We moved.", part("a", 3, 8, extra={"lab:tags": ["x", True]}))],
        ),
        expected=(("a-coded", "Talk", "Moving", "moved"),),
    ),
    Case(
        name="ids",
        subject="identity",
        shows="Ids that differ in braces or capitals only are one; ids need not be GUIDs.",
        document=study(
            "SYNTHETIC: ids",
            contributors=[{"id": "{5C0E5B3E-0000-4000-8000-00000000000A}", "name": "A"}],
            codes=[{"id": GUID.upper(), "name": "Moving"}, {"id": "Straße 7", "name": "Staying", "parent": f"{{{GUID}}}"}],
            sources=[
                inline(
                    "We moved, they stayed.",
                    {
                        "id": "a",
                        "span": {"type": "text", "start": 3, "end": 8},
                        "codings": [{"id": "a-coded", "code": f"{{{GUID}}}", "coder": "5c0e5b3e-0000-4000-8000-00000000000a"}, {"id": "b-coded", "code": GUID}],
                    },
                    part("c", 15, 21, "straße 7"),
                )
            ],
        ),
        expected=(("a-coded", "Talk", "Moving", "moved"), ("b-coded", "Talk", "Moving", "moved"), ("c-coded", "Talk", "Staying", "stayed")),
    ),
    Case(
        name="same-names",
        subject="identity",
        shows="Sources and codes of one name are told apart by their ids.",
        document=study(
            "SYNTHETIC: same names",
            codes=[MOVING, {"id": "other", "name": "Moving", "parent": "moving"}],
            sources=[inline("One.", part("a", 0, 3)), {**inline("Two.", part("b", 0, 3, "other")), "id": "second"}],
        ),
        expected=(("a-coded", "Talk", "Moving", "One"), ("b-coded", "Talk", "Moving", "Two")),
    ),
    Case(
        name="spans",
        subject="excerpts",
        shows="The five kinds of places: characters of a text, milliseconds, pixels, points of a page, and sync points of a transcript.",
        document=study(
            "SYNTHETIC: places",
            codes=CODES,
            sources=[
                inline("We moved.", part("text", 3, 8)),
                {
                    "type": "audio",
                    "id": "call",
                    "name": "Call",
                    "media": "sources/call.mp3",
                    "excerpts": [{"id": "time", "span": {"type": "time", "start": 0, "end": 1500}, "codings": [{"id": "time-coded", "code": "moving"}]}],
                    "transcripts": [
                        {
                            "id": "words",
                            "text": "😀 We left. We came.",
                            "sync_points": [{"id": "p1", "time": 0, "position": 2}, {"id": "p2", "time": 800, "position": 11}],
                            "excerpts": [
                                {"id": "between", "span": {"type": "transcript", "start": "p1", "end": "p2"}, "codings": [{"id": "between-coded", "code": "moving"}]},
                                {"id": "open", "span": {"type": "transcript", "start": "p2"}, "codings": [{"id": "open-coded", "code": "staying"}]},
                            ],
                        }
                    ],
                },
                {
                    "type": "video",
                    "id": "walk",
                    "name": "Walk",
                    "media": "sources/walk.mp4",
                    "excerpts": [{"id": "film", "span": {"type": "time", "start": 10, "end": 20}, "codings": [{"id": "film-coded", "code": "moving"}]}],
                },
                {
                    "type": "picture",
                    "id": "shore",
                    "name": "Shore",
                    "media": "sources/shore.png",
                    "excerpts": [
                        {"id": "area", "span": {"type": "area", "left": 0, "top": 5, "right": 10, "bottom": 20}, "codings": [{"id": "area-coded", "code": "moving"}]}
                    ],
                },
                {
                    "type": "pdf",
                    "id": "leaflet",
                    "name": "Leaflet",
                    "media": "sources/leaflet.pdf",
                    "representation": {"type": "text", "id": "leaflet-text", "text": "Come and stay.", "excerpts": [part("in-words", 9, 13, "staying")]},
                    "excerpts": [
                        {
                            "id": "page",
                            "span": {"type": "page", "page": 0, "left": 72, "top": 700, "right": 300, "bottom": 650},
                            "codings": [{"id": "page-coded", "code": "moving"}],
                        }
                    ],
                },
            ],
        ),
        files={
            "sources/call.mp3": b"SYNTHETIC: no recording",
            "sources/walk.mp4": b"SYNTHETIC: no film",
            "sources/shore.png": b"SYNTHETIC: no picture",
            "sources/leaflet.pdf": b"SYNTHETIC: no PDF",
        },
        expected=(
            ("text-coded", "Talk", "Moving", "moved"),
            ("time-coded", "Call", "Moving", None),
            ("between-coded", "Call", "Moving", "We left. "),
            ("open-coded", "Call", "Staying", "We came."),
            ("film-coded", "Walk", "Moving", None),
            ("area-coded", "Shore", "Moving", None),
            ("page-coded", "Leaflet", "Moving", None),
            ("in-words-coded", "Leaflet", "Staying", "stay"),
        ),
    ),
    Case(
        name="memos",
        subject="excerpts",
        shows="A memo is a text like any other: in the document or in a file, with excerpts that are coded.",
        document=study(
            "SYNTHETIC: memos",
            codes=[{**MOVING, "memos": ["m"]}],
            own_memos=["n"],
            memos=[
                {
                    "id": "m",
                    "name": "On moving",
                    "text": "Why do people move? 🏡",
                    "excerpts": [part("a", 14, 18), part("b", 20, 21)],
                    "codings": [{"id": "m-coded", "code": "moving"}],
                },
                {"id": "n", "name": "On method", "stored": "sources/method.txt", "excerpts": [part("c", 0, 3)]},
            ],
        ),
        files={"sources/method.txt": b"Two read it."},
        expected=(
            ("m-coded", "On moving", "Moving", None),
            ("a-coded", "On moving", "Moving", "move"),
            ("b-coded", "On moving", "Moving", "🏡"),
            ("c-coded", "On method", "Moving", "Two"),
        ),
    ),
    Case(
        name="whole-sources",
        subject="excerpts",
        shows="Codes laid on whole sources, which have no words of their own, also on one without a text.",
        document=study(
            "SYNTHETIC: whole sources",
            codes=CODES,
            sources=[
                inline("We moved.", codings=[{"id": "w", "code": "moving"}, {"id": "v", "code": "staying", "status": "rejected"}]),
                {"type": "picture", "id": "shore", "name": "Shore", "codings": [{"id": "u", "code": "moving", "weight": 0.5}]},
            ],
        ),
        expected=(("w", "Talk", "Moving", None), ("v", "Talk", "Staying", None), ("u", "Shore", "Moving", None)),
    ),
    Case(
        name="layout",
        subject="package",
        shows="The layout of the JSON says nothing: all on one line, `type` not first, lists before what describes them, escapes where none are needed.",
        document=(
            b'{"study":{"sources":[{"excerpts":[{"codings":[{"code":"moving","id":"a-coded"}],"span":{"end":8,"start":3,"type":"text"},"id":"a"}],'
            b'"text":"We m\\u006fved.","name":"T\\u0061lk","id":"talk","type":"text"}],"codes":[{"name":"Moving","id":"moving"}],'
            b'"synthetic":true,"title":"SYNTHETIC: one line","id":"study"},"files":[],"qualdata":"1.0"}'
        ),
        expected=(("a-coded", "Talk", "Moving", "moved"),),
    ),
    Case(
        name="whole-numbers",
        subject="package",
        shows="JSON has one kind of number: 3.0 and 8e0 are the whole numbers 3 and 8.",
        document=(
            b'{"qualdata": "1.0", "study": {"title": "SYNTHETIC: numbers", "synthetic": true, "codes": [{"id": "moving", "name": "Moving"}],'
            b' "sources": [{"type": "text", "id": "talk", "name": "Talk", "text": "We moved.",'
            b' "excerpts": [{"id": "a", "span": {"type": "text", "start": 3.0, "end": 8e0}, "codings": [{"id": "a-coded", "code": "moving", "weight": 1}]}]}]}}'
        ),
        expected=(("a-coded", "Talk", "Moving", "moved"),),
    ),
    Case(
        name="file-names",
        subject="files",
        shows="Names of files may have spaces, accents and more dots; they are UTF-8.",
        document=study("SYNTHETIC: names of files", codes=CODES, sources=[stored(part("a", 3, 8), path="sources/Gespräch 1.final..txt")]),
        files={"sources/Gespräch 1.final..txt": b"We moved."},
        zipped="deflated",
        expected=(("a-coded", "Talk", "Moving", "moved"),),
    ),
    Case(
        name="zipped",
        subject="package",
        shows="A package as a ZIP file whose members are compressed.",
        document=study("SYNTHETIC: a ZIP file", codes=CODES, sources=[stored(part("a", 2, 10), part("d", 39, 42))]),
        files={"sources/talk.txt": ASTRAL.encode()},
        zipped="deflated",
        expected=(("a-coded", "Talk", "Moving", "We moved"), ("d-coded", "Talk", "Moving", "𝒜ll")),
    ),
    Case(
        name="zipped-stored",
        subject="package",
        shows="A package as a ZIP file whose members are stored as they are.",
        document=study("SYNTHETIC: a ZIP file", codes=CODES, sources=[stored(part("a", 11, 20))]),
        files={"sources/talk.txt": NEWLINES.encode()},
        zipped="stored",
        expected=(("a-coded", "Talk", "Moving", "We moved."),),
    ),
)
