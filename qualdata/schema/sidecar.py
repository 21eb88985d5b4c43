"""The JSON Schema of sidecars: a study document without words and files, and what these are known again by."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qualdata.formats.package.document import VERSION
from qualdata.formats.refi.sidecar.document import FORMAT
from qualdata.formats.refi.sidecar.words import FILE, NAME, ON, QUOTE, TEXT
from qualdata.schema.examples import with_examples
from qualdata.schema.making import DIALECT, ID_OF_SCHEMA, SHA256, Schema

__all__ = ["made"]

_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_WORDS: Final[Schema] = {"type": "array", "prefixItems": [{"$ref": "#/$defs/sha256"}, _COUNT], "minItems": 2, "maxItems": 2}
_PARTS: Final = ("exact", "prefix", "suffix")


def made() -> Schema:
    """The schema. It leans on that of study documents: a sidecar is one, of which this says the rest."""
    schema = {
        "$schema": DIALECT,
        "$id": f"urn:qualdata:schema:{VERSION}:sidecar",
        "title": "Sidecar",
        "description": "`NAME.sidecar.json` beside `NAME.qdpx`: a study document with all that the project has no place for, and none of its words or files.",
        "type": "object",
        "allOf": [{"$ref": ID_OF_SCHEMA}],
        "properties": {
            "study": {"description": "The study without its words and files.", "$ref": "#/$defs/Study"},
            "files": {"description": "None: the files are in the project.", "type": "array", "maxItems": 0},
            "reading": {"description": "The project that the sidecar was written with.", "$ref": "#/$defs/Reading"},
        },
        "required": ["reading"],
        "$defs": {
            "sha256": {"description": "A SHA-256 in hexadecimal.", **SHA256},
            "words": {"description": "Words, as the SHA-256 of their UTF-8, and how many code points they have.", **_WORDS},
            "Study": _study(),
            "Holder": _holder(),
            "Excerpt": _excerpt(),
            "Document": _document(),
            "Text": _text(),
            "Reading": _reading(),
            "Layout": _layout(),
        },
    }
    return with_examples(schema, Path(__file__).with_name("sidecar.json"))


def _study() -> Schema:
    return {
        "description": "The study; what may hold words or files is held to have none.",
        "properties": {
            "sources": {"description": "Its sources.", "type": "array", "items": {"$ref": "#/$defs/Holder"}},
            "memos": {"description": "Its memos.", "type": "array", "items": {"$ref": "#/$defs/Holder"}},
            "documents": {"description": "Its documents.", "type": "array", "items": {"$ref": "#/$defs/Document"}},
        },
    }


def _document() -> Schema:
    known = _known(**{FILE: ("That its file travels with the project.", {"const": True})})
    return {"description": "A document without its file.", "properties": {"media": False, "extra": known}}


def _holder() -> Schema:
    held = {"description": "Its text, in the same way.", "$ref": "#/$defs/Holder"}
    return {
        "description": "A source, a memo, a representation or a transcript, without its text and file.",
        "properties": {
            **dict.fromkeys(("text", "stored", "rich_path", "rich", "media"), False),
            "excerpts": {"description": "Its excerpts.", "type": "array", "items": {"$ref": "#/$defs/Excerpt"}},
            "representation": held,
            "transcripts": {"description": "Its transcripts, in the same way.", "type": "array", "items": {"$ref": "#/$defs/Holder"}},
            "extra": _known(**{TEXT: ("What its text is known by.", {"$ref": "#/$defs/Text"})}),
        },
    }


def _excerpt() -> Schema:
    quote = {"type": "object", "properties": {part: {"$ref": "#/$defs/words"} for part in _PARTS}, "required": [*_PARTS], "additionalProperties": False}
    known: dict[str, tuple[str, Schema]] = {
        NAME: ("What its name is known by.", {"$ref": "#/$defs/words"}),
        QUOTE: ("What its quotation, and what stands around it, are known by.", quote),
        ON: ("SHA-256 of the words that it lies on, white space and dashes aside.", {"$ref": "#/$defs/sha256"}),
    }
    return {
        "description": "An excerpt without its words.",
        "properties": {"name": False, "quote": False, "representation": {"description": "Its text, in the same way.", "$ref": "#/$defs/Holder"}, "extra": _known(**known)},
    }


def _known(**keys: tuple[str, Schema]) -> Schema:
    """An `extra` in which some names have a form of their own."""
    properties = {key: {"description": told, **of} for key, (told, of) in keys.items()}
    return {"description": "What words and files are known again by, and what else is kept.", "type": "object", "properties": properties}


def _text() -> Schema:
    ends = {"type": "array", "items": {"type": "array", "prefixItems": [{"type": "string"}, _COUNT], "minItems": 2, "maxItems": 2}}
    properties: dict[str, Schema] = {
        "sha256": {"description": "SHA-256 of its UTF-8.", **SHA256},
        "normal": {"description": "SHA-256 of its UTF-8 with LF at the end of lines, no byte order mark, and no line end at its end.", **SHA256},
        "ends": {"description": "Its line ends in runs: each line end, and how many lines on end have it.", **ends},
        "lines": {"description": "How long each line is, its end left out.", "type": "array", "items": _COUNT, "x-unit": "Unicode code points"},
        "mark": {"description": "Whether it begins with a byte order mark.", "type": "boolean"},
        "rich": {"description": "Whether there is the same text with its formatting.", "type": "boolean"},
    }
    return {
        "title": "Text",
        "description": "What a text is known by.",
        "type": "object",
        "properties": properties,
        "required": ["sha256", "normal", "ends", "lines"],
        "additionalProperties": False,
    }


def _reading() -> Schema:
    return {
        "title": "Reading",
        "description": "What a sidecar says of the project it belongs to.",
        "type": "object",
        "properties": {
            "format": {"description": "That it is a sidecar.", "const": FORMAT},
            "layout": {"description": "The project.", "$ref": "#/$defs/Layout"},
        },
        "required": ["format", "layout"],
    }


def _layout() -> Schema:
    pairs = {"type": "array", "items": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}}
    return {
        "title": "Layout",
        "description": "The project that a sidecar was written with.",
        "type": "object",
        "properties": {
            "project": {"description": "SHA-256 of its `project.qde`.", **SHA256},
            "target": {"description": "The target it was written for.", "type": "string"},
            "lost": {"description": "What could not be told though its kind can: the field, as `Code.colour`, and the id of the thing.", **pairs},
        },
        "required": ["project", "target", "lost"],
    }
