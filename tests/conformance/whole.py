"""A document with every class of the standard and every field of it, written by hand."""

from __future__ import annotations

from typing import Any, Final

from tests.conformance.case import Document, study

__all__ = ["WHOLE"]

DATED: Final = {"created_by": "ann", "created": "2024-05-17T10:00:00Z", "modified_by": "bob", "modified": "2024-05-18T10:00:00Z"}
EXTRA: Final = {"extra": {"lab:note": "x"}}
ITEM: Final = {
    **DATED,
    **EXTRA,
    "description": "An item of data.",
    "access": "restricted",
    "language": "en-AU",
    "memos": ["memo"],
    "values": [{"variable": "tone", "value": "calm"}],
}
"""What all sources have."""


def coded(id: str, span: Document, **fields: Any) -> Document:
    """An excerpt with one coding."""
    return {"id": id, "span": span, "codings": [{"id": f"{id}-coded", "code": "sea", "coder": "ann"}], **fields}


def whole(id: str) -> list[Document]:
    """A coding on a source as a whole."""
    return [{"id": f"{id}-coded", "code": "sea", "coder": "bob"}]


def words(start: int, end: int) -> Document:
    return {"type": "text", "start": start, "end": end}


def text(id: str, words: str, *excerpts: Document) -> Document:
    return {"type": "text", "id": id, "text": words, "excerpts": [*excerpts]}


TALK: Final = {
    "type": "text",
    "id": "talk",
    "name": "Talk",
    **ITEM,
    "derived_from": "call",
    "relation": "transcript",
    "stored": "sources/talk.txt",
    "path": "internal://talk.txt",
    "rich": "sources/talk.docx",
    "rich_path": "internal://talk.docx",
    "codings": whole("talk"),
    "excerpts": [
        {
            "id": "answer",
            "span": words(24, 36),
            **DATED,
            **EXTRA,
            "name": "For the sea.",
            "description": "The answer.",
            "memos": ["memo"],
            "quote": {"exact": "For the sea.", "prefix": "P: ", "suffix": "\n"},
            "codings": [
                {
                    "id": "answer-coded",
                    "code": "sea",
                    "coder": "ann",
                    "created": "2024-05-17T10:00:00Z",
                    "round": "first",
                    "status": "independent",
                    "weight": 0.5,
                    "memos": ["memo"],
                    **EXTRA,
                }
            ],
        },
        {"id": "again", "span": words(24, 36), "same_as": "answer"},
    ],
    "speakers": [{"id": "asks", "label": "I", "role": "interviewer"}, {"id": "tells", "label": "P", "role": "participant", "case": "p", **EXTRA}],
    "turns": [
        {"id": "turn-1", "speaker": "asks", "span": words(3, 20), "time": {"type": "time", "start": 0, "end": 2000}},
        {"id": "turn-2", "speaker": "tells", "span": words(24, 36), "time": {"type": "time", "start": 2000, "end": 4000}, **EXTRA},
    ],
}
SHORE: Final = {
    "type": "picture",
    "id": "shore",
    "name": "Shore",
    **ITEM,
    "media": "sources/shore.png",
    "path": "internal://shore.png",
    "current_path": "relative:///shore.png",
    "codings": whole("shore"),
    "derived_from": "leaflet",
    "relation": "corrected",
    "excerpts": [{"id": "corner", "span": {"type": "area", "left": 0, "top": 0, "right": 10, "bottom": 10}}],
    "representation": text("caption-text", "The sea", coded("caption", words(0, 7))),
}
LEAFLET: Final = {
    "type": "pdf",
    "id": "leaflet",
    "name": "Leaflet",
    **ITEM,
    "media": "sources/leaflet.pdf",
    "path": "internal://leaflet.pdf",
    "current_path": "relative:///leaflet.pdf",
    "derived_from": "poster",
    "relation": "translation",
    "codings": [],
    "excerpts": [
        coded("page", {"type": "page", "page": 0, "left": 72, "top": 700, "right": 300, "bottom": 650}, representation=text("leaflet-words", "Come to the sea"), memos=[])
    ],
    "representation": text("leaflet-text-all", "Come to the sea", coded("leaflet-text", words(0, 4))),
}
SPOKEN: Final = {
    "id": "spoken-text",
    **DATED,
    **EXTRA,
    "name": "Spoken",
    "description": "What was said.",
    "stored": "sources/spoken.txt",
    "path": "internal://spoken.txt",
    "rich": "sources/spoken.docx",
    "rich_path": "internal://spoken.docx",
    "memos": ["memo"],
    "sync_points": [{"id": "first", "time": 0, "position": 0}, {"id": "then", "time": 1500, "position": 12, **EXTRA}],
    "excerpts": [coded("spoken", {"type": "transcript", "start": "then"}), {"id": "before", "span": {"type": "transcript", "end": "then"}}],
}
CALL: Final = {
    "type": "audio",
    "id": "call",
    "name": "Call",
    **ITEM,
    "media": "sources/call.mp3",
    "path": "internal://call.mp3",
    "current_path": "relative:///call.mp3",
    "derived_from": "walk",
    "relation": "summary",
    "codings": [],
    "excerpts": [coded("ringing", {"type": "time", "start": 0, "end": 1500})],
    "transcripts": [SPOKEN, {"id": "inline", "text": "First this."}],
}
WALK: Final = {
    "type": "video",
    "id": "walk",
    "name": "Walk",
    **ITEM,
    "media": "sources/walk.mp4",
    "path": "internal://walk.mp4",
    "current_path": "relative:///walk.mp4",
    "derived_from": "poster",
    "relation": "anonymised",
    "codings": whole("walk"),
    "excerpts": [],
    "transcripts": [],
}
POSTER: Final = {"type": "text", "id": "poster", "name": "Poster", "text": "Kom."}
MEMO: Final = {
    "id": "memo",
    "name": "On the sea",
    **ITEM,
    "memos": ["thought"],
    "kind": "analytic",
    "derived_from": "thought",
    "relation": "corrected",
    "stored": "sources/memo.txt",
    "path": "internal://memo.txt",
    "rich": "sources/memo.docx",
    "rich_path": "internal://memo.docx",
    "excerpts": [coded("thing", words(12, 19))],
    "codings": [],
    "speakers": [{"id": "writer", "label": "A"}],
    "turns": [{"id": "said", "speaker": "writer", "span": words(0, 20)}],
}
HISTORY: Final = [
    {"id": "change-1", "action": "add", "date": "2024-05-01", "by": "ann", "codes": ["sea"]},
    {"id": "change-2", "action": "rename", "date": "2024-05-02", "by": "ann", "codes": ["sea"], "before": "Water", "after": "Sea", "note": "It is meant.", **EXTRA},
]
WHOLE: Final = study(
    "SYNTHETIC: every class and field",
    **DATED,
    **EXTRA,
    extensions=[{"prefix": "lab", "url": "https://lab.example/fields", "description": "Notes of a lab.", **EXTRA}],
    method="thematic analysis",
    sampling="invented",
    setting="nowhere",
    participants=1,
    ethics=["None was needed."],
    funding=["None."],
    publications=["None."],
    languages=["en-AU"],
    licence="CC0-1.0",
    access="restricted",
    keywords=["moving"],
    base_path="/data",
    own_memos=["thought"],
    contributors=[
        {
            "id": "ann",
            "name": "A",
            "initials": "A",
            "alias": "aa",
            "roles": ["coder", "creator"],
            "positionality": "Lives inland.",
            "orcid": "0000-0000-0000-0000",
            **EXTRA,
        },
        {"id": "bob", "name": "B", "same_as": "ann"},
    ],
    variables=[{"id": "tone", "name": "Tone", "type": "Text", "description": "How it sounds.", "allowed": ["calm", "loud"], "disclosure": "none", **EXTRA}],
    questions=[{"id": "why", "text": "Why do people move?", "description": "As they say.", **EXTRA}, {"id": "sea-why", "text": "Why to the sea?", "parent": "why"}],
    codes=[
        {"id": "reasons", "name": "Reasons", "codable": False, "aggregate": True},
        {
            "id": "sea",
            "name": "Sea",
            "parent": "reasons",
            "description": "The sea as a reason.",
            "include": "Coasts.",
            "exclude": "Lakes.",
            "example": "the sea",
            "origin": "inductive",
            "in_vivo": True,
            "derived_from": ["old"],
            "aggregate": False,
            "status": "active",
            "codable": True,
            "colour": "#0080FF",
            "memos": ["memo"],
            **EXTRA,
        },
        {"id": "old", "name": "Water", "status": "retired"},
    ],
    code_changes=HISTORY,
    cases=[
        {
            "id": "p",
            "name": "P",
            "kind": "participant",
            "description": "Someone invented.",
            "consent": "consent",
            "codes": ["sea"],
            "values": [{"variable": "tone", "type": "Text", "value": "calm", **EXTRA}],
            "sources": ["talk"],
            "excerpts": ["answer"],
            **EXTRA,
        }
    ],
    interviews=[
        {
            "id": "interview",
            **DATED,
            **EXTRA,
            "name": "Interview P",
            "kind": "individual",
            "mode": "telephone",
            "wave": "1",
            "date": "2024-05",
            "duration": 60,
            "language": "en-AU",
            "cases": ["p"],
            "interviewers": ["ann"],
            "guide": "readme",
            "sources": ["talk", "call"],
            "values": [{"variable": "tone", "value": "calm"}],
            "memos": ["memo"],
        }
    ],
    sources=[TALK, SHORE, LEAFLET, CALL, WALK, POSTER],
    points=[
        {
            "id": "point",
            **DATED,
            **EXTRA,
            "text": "The sea is named.",
            "heading": "Sea",
            "process": "describe",
            "codes": ["sea"],
            "codings": ["answer-coded"],
            "cases": ["p"],
            "literature": [],
            "memos": ["memo"],
        },
        {"id": "outside", "text": "Others say so too.", "process": "externalise", "literature": ["doi:10.0000/synthetic"]},
    ],
    themes=[
        {
            "id": "theme",
            **DATED,
            **EXTRA,
            "name": "The sea",
            "statement": "People move for the sea.",
            "description": "At length.",
            "questions": ["why"],
            "status": "reported",
            "codes": ["sea"],
            "evidence": [{"ref": "answer", "role": "supports", "note": "Plainly.", **EXTRA}, {"ref": "point", "role": "qualifies"}],
            "memos": ["memo"],
        },
        {"id": "part", "name": "The beach", "parent": "theme", "evidence": [{"ref": "answer-coded", "role": "illustrates"}]},
    ],
    memos=[MEMO, {"id": "thought", "name": "Thought", "text": "A thought."}],
    links=[{"id": "link", "name": "leads to", "direction": "OneWay", "colour": "#FF8000", "origin": "sea", "target": "old", "memos": ["memo"], **EXTRA}],
    sets=[{"id": "set", "name": "All", "kind": "other", "description": "All there is.", "codes": ["sea"], "sources": ["talk"], "memos": ["memo"], **EXTRA}],
    graphs=[
        {
            "id": "graph",
            "name": "Drawing",
            **EXTRA,
            "vertices": [
                {"id": "v1", "represents": "sea", "name": "Sea", "left": 0, "top": 0, "right": 10, "bottom": 10, "shape": "Oval", "colour": "#0080FF", **EXTRA},
                {"id": "v2", "left": 20, "top": 20},
            ],
            "edges": [
                {
                    "id": "edge",
                    "represents": "link",
                    "name": "leads to",
                    "origin": "v1",
                    "target": "v2",
                    "colour": "#FF8000",
                    "direction": "OneWay",
                    "line": "solid",
                    **EXTRA,
                }
            ],
        }
    ],
    consents=[
        {
            "id": "consent",
            "case": "p",
            "basis": "written",
            "form": "readme",
            "decided": "2024-05-01",
            **EXTRA,
            "permissions": [{"use": "archiving", "data": ["transcript"], "given": True, "note": "On paper.", **EXTRA}, {"use": "teaching", "given": False}],
        },
        {"id": "other-consent", "case": "gone", "withdrawn": "2024-05-02"},
    ],
    replacements=[
        {
            "id": "replaced",
            "source": "talk",
            "span": words(32, 35),
            "replacement": "sea",
            "rule": "Places are named by what they are.",
            "action": "replace",
            "by": "bob",
            "date": "2024-05-03",
            **EXTRA,
        }
    ],
    quotes=[{"id": "printed", "excerpt": "answer", "publication": "A report", "locator": "p. 1", "text": "For the sea.", "claim": "The sea matters.", **EXTRA}],
    documents=[{"id": "readme", "name": "Readme", "role": "readme", "access": "open", "media": "documents/readme.txt", "path": "readme.txt", **EXTRA}],
)
WHOLE["study"]["cases"].append({"id": "gone", "name": "Q"})
WHOLE["reading"] = {
    "format": "qdpx",
    "origin": "SYNTHETIC 1.0",
    "profile": {"unit": "utf-16", "newline": "once", "bom": True},
    "basis": "made up",
    "remarks": [{"rule": "exc-offset-unit", "message": "made up", "line": 7, "id": "answer"}],
    "sidecar": "whole.sidecar.json",
    "changes": ["made up"],
    "layout": {"members": ["project.qde"]},
}
