"""The JSON Schema (2020-12) of study documents, made from the classes of the model."""

from __future__ import annotations

import inspect
import json
from types import NoneType, UnionType
from typing import Any, Final, Literal, get_args, get_origin

from attrs import NOTHING, Attribute, has

from qualdata import model as m
from qualdata._converter import LARGEST, SOURCES, SPANS, TAGS
from qualdata.formats.package.document import VERSION
from qualdata.formats.package.store import BREAKS, ITSELF
from qualdata.model.base import ID, PREFIXED, REF
from qualdata.model.source import Access
from qualdata.schema.classes import classes, described, told, types
from qualdata.schema.examples import COMPLETE, with_examples
from qualdata.schema.refi import in_refi

__all__ = ["DIALECT", "ID_OF_SCHEMA", "SHA256", "Schema", "made", "text_of"]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ID_OF_SCHEMA: Final = f"urn:qualdata:schema:{VERSION}:study"
"""The `$id` of the schema: a name, not an address."""

Schema = dict[str, Any]

SHA256: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$", "maxLength": 64}  # in some languages, $ also stands before a last newline
_TEXT: Final = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*$"
_LEAVES: Final = r"^/|\\|^(\./+)*[^/]:|(^|/)\.\.(/|$)|^[./]*$"
_VALUE: Final[Schema] = {"pattern": _TEXT, "items": {"$ref": "#/$defs/value"}, "additionalProperties": {"$ref": "#/$defs/value"}}
_SHARED: Final[dict[str, Schema]] = {
    "text": {"description": "Characters that XML 1.0 can hold, newlines as they are.", "type": "string", "pattern": _TEXT},
    "integer": {"description": "A whole number that every program can hold (RFC 7493, section 2.2).", "type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    "id": {"description": "What a thing is known by: a GUID, or any other text.", "$ref": "#/$defs/text", "minLength": 1},
    "reference": {"description": "The id of another thing, in any case, with or without braces.", "$ref": "#/$defs/text"},
    "file": {"description": "The path of a file in the package, with `/`.", "$ref": "#/$defs/text", "not": {"pattern": f"{_LEAVES}|{BREAKS}|{ITSELF}"}},
    "prefix": {"description": "What names of an extension begin with, without the colon.", "type": "string", "pattern": "^[a-z]", "not": {"pattern": "[^a-z0-9]"}},
    "value": {"description": "Any JSON whose texts XML 1.0 can hold.", **_VALUE},
    "extra": {
        "description": "What a file said that the standard has no field for: `prefix:field` to JSON.",
        "type": "object",
        "propertyNames": {"pattern": f"^{PREFIXED}"},
        "additionalProperties": {"$ref": "#/$defs/value"},
    },
}
"""What many fields hold."""

_PLAIN: Final[dict[Any, Schema]] = {
    str: {"$ref": "#/$defs/text"},
    bool: {"type": "boolean"},
    int: {"$ref": "#/$defs/integer"},
    float: {"type": "number"},
    m.Media: {"$ref": "#/$defs/file"},
    dict[str, Any]: {"type": "object"},
}
_ROLES: Final = {ID["role"]: "#/$defs/id", REF["role"]: "#/$defs/reference"}
_NAMED: Final = {(m.Part, "extra"): "#/$defs/extra", (m.Extension, "prefix"): "#/$defs/prefix"}
"""Fields that hold something of their own, by the class that declares them."""
_KINDS: Final[dict[Any, tuple[str, str, dict[str, type]]]] = {
    m.AnySource: ("Source", "An item of data, of the kind that its `type` names.", SOURCES),
    m.Span: ("Span", "A place in a source, of the kind that its `type` names.", SPANS),
}
"""What may be of one of several classes: its name, what it is, and the classes by their `type`."""


def made() -> Schema:
    """The schema of `study.json`, made from the classes."""
    files = {"type": "array", "items": {"$ref": "#/$defs/File"}}
    schema = {
        "$schema": DIALECT,
        "$id": ID_OF_SCHEMA,
        "title": "Study document",
        "description": f"`study.json`: a qualitative study as one JSON document, after the qualdata standard {VERSION}. What is absent is left out, never null.",
        "type": "object",
        "properties": {
            "qualdata": {"description": "The version of the standard.", "const": VERSION},
            "study": {"description": "The study.", "$ref": "#/$defs/Study"},
            "files": {"description": "The files of the package, and those that are missing.", **files},
            "reading": {"description": "How the study came to be read, where it came from another format.", "$ref": "#/$defs/Reading"},
        },
        "required": ["qualdata", "study"],
        "additionalProperties": False,
        "$defs": {**_SHARED, **{name: _one_of(what, tags) for name, what, tags in _KINDS.values()}, "File": _file(), **{cls.__name__: _class(cls) for cls in classes()}},
    }
    return with_examples(schema, COMPLETE)


def _file() -> Schema:
    text = {"$ref": "#/$defs/text"}
    return {
        "title": "File",
        "description": "A file of the package; or one that is missing, which has neither size nor SHA-256 and the path that the study gives.",
        "type": "object",
        "properties": {
            "path": {"description": "Its path in the package; of one that is missing, as written in the study.", **text},
            "role": {"description": "`source`, `formatted text`, the role of a document, or `missing`.", **text},
            "media_type": {"description": "Its media type (RFC 6838), as `text/plain`.", **text},
            "size": {"description": "How large it is, in bytes.", "type": "integer", "minimum": 0, "x-unit": "bytes"},
            "sha256": {"description": "SHA-256 of its bytes, in hexadecimal.", **SHA256},
            "access": {"description": "Who may see it.", **_type(Access)},
        },
        "required": ["path", "role"],
        "additionalProperties": False,
        "if": {"properties": {"role": {"const": "missing"}}, "not": {"required": ["sha256"]}},
        "then": {"properties": {"size": False}},
        "else": {"properties": {"path": {"$ref": "#/$defs/file"}}, "required": ["media_type", "size"]},
    }


def _one_of(what: str, tags: dict[str, type]) -> Schema:
    """A thing of one of several classes. Each is chosen by `type`, so that what is wrong in it is told of it alone."""
    return {
        "description": what,
        "type": "object",
        "properties": {"type": {"description": "Which kind it is.", "enum": [*tags], "examples": [*tags][:1]}},
        "required": ["type"],
        "allOf": [{"if": {"properties": {"type": {"const": tag}}, "required": ["type"]}, "then": {"$ref": f"#/$defs/{cls.__name__}"}} for tag, cls in tags.items()],
    }


def _class(cls: Any) -> Schema:
    tag = {"type": {"description": "What kind it is.", "const": TAGS[cls]}} if cls in TAGS else {}
    hints = types(cls)
    here = {f.alias: f for f in told(cls)}
    required = [*tag, *(name for name, f in here.items() if f.default is NOTHING)]
    return {
        "title": cls.__name__,
        "description": inspect.getdoc(cls) or "",
        "type": "object",
        "properties": {**tag, **{name: {"description": described(cls)[f.name], **_field(cls, f, hints[f.name]), **_notes(cls, f)} for name, f in here.items()}},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(cls: Any, f: Attribute[Any], t: Any) -> Schema:
    if named := next((ref for (owner, name), ref in _NAMED.items() if f.name == name and issubclass(cls, owner)), None):
        return {"$ref": named}
    default = {"default": f.default} if isinstance(f.default, str | int) else {}
    return {**_type(t, _ROLES.get(f.metadata.get("role", ""))), **default}


def _notes(cls: Any, f: Attribute[Any]) -> Schema:
    """What a schema does not check: what a number counts, and where the same stands in REFI-QDA."""
    unit, there = f.metadata.get("unit"), in_refi(cls, f.name)
    return {**({"x-unit": unit} if unit else {}), **({"x-refi-qda": there} if there else {})}


def _type(t: Any, role: str | None = None) -> Schema:
    """The schema for a type; *role* is what its texts are, if they are ids. None is said by leaving the field out."""
    if t is str and role:
        return {"$ref": role}
    if t in _PLAIN or t in _KINDS:
        return _PLAIN.get(t) or {"$ref": f"#/$defs/{_KINDS[t][0]}"}
    if get_origin(t) is Literal:
        return {"enum": list(get_args(t))}
    if get_origin(t) is list:
        return {"type": "array", "items": _type(get_args(t)[0], role)}
    if isinstance(t, type) and has(t):
        return {"$ref": f"#/$defs/{t.__name__}"}
    inner = [a for a in get_args(t) if a is not NoneType] if isinstance(t, UnionType) or get_origin(t) is not None else []
    if len(inner) != 1:
        raise TypeError(f"The schema has no words for {t}: add them to qualdata.schema.")
    return _type(inner[0], role)


def text_of(document: Schema) -> str:
    """A schema as the text of a file, the same each time."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
