"""The schemas that the library ships: JSON Schemas (2020-12) of the standard and of reports, made from the classes, and XML Schemas of
REFI-QDA, made from its binding.

`python -m qualdata.schema FOLDER` makes the files anew; `shipped`, `schema` and `validator` use those that are there. A schema
describes one document by itself: that ids point at something, and that files are there, it cannot say.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, has

from qualdata import model as m
from qualdata._converter import TAGS
from qualdata.formats.package.document import VERSION
from qualdata.formats.refi import xsd
from qualdata.formats.refi.roots import ROOTS
from qualdata.model.base import ID, REF
from qualdata.model.source import Access

__all__ = ["ID_OF_SCHEMA", "SHIPPED", "classes", "described", "made", "schema", "shipped", "text_of", "validator"]

SHIPPED: Final = {"study": f"{VERSION}/study.schema.json", "report": f"{VERSION}/report.schema.json", **{root.what: f"refi-qda/{root.what}.xsd" for root in ROOTS}}
"""What there are schemas of, and where each stands among the schemas."""
ID_OF_SCHEMA: Final = f"urn:qualdata:schema:{VERSION}:study"
"""The `$id` of the schema: a name, not an address."""

Schema = dict[str, Any]

_TEXT: Final = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]*$"
_LEAVES: Final = r"^/|\\|^(\./+)*[^/]:|(^|/)\.\.(/|$)|^[./]*$"
_VALUE: Final[Schema] = {"pattern": _TEXT, "items": {"$ref": "#/$defs/value"}, "additionalProperties": {"$ref": "#/$defs/value"}}
_SHARED: Final[dict[str, Schema]] = {
    "text": {"description": "Characters that XML 1.0 can hold, newlines as they are.", "type": "string", "pattern": _TEXT},
    "id": {"description": "What a thing is known by: a GUID, or any other text.", "$ref": "#/$defs/text", "minLength": 1},
    "reference": {"description": "The id of another thing, in any case, with or without braces.", "$ref": "#/$defs/text"},
    "file": {"description": "The path of a file in the package, with `/`.", "$ref": "#/$defs/text", "not": {"pattern": _LEAVES}},
    "value": {"description": "Any JSON whose texts XML 1.0 can hold.", **_VALUE},
    "extra": {
        "description": "What a file said that the standard has no field for: `prefix:field` to JSON.",
        "type": "object",
        "propertyNames": {"pattern": "^[a-z][a-z0-9]*:"},
        "additionalProperties": {"$ref": "#/$defs/value"},
    },
}
"""What many fields hold."""

_PLAIN: Final[dict[Any, Schema]] = {
    str: {"$ref": "#/$defs/text"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    m.Media: {"$ref": "#/$defs/file"},
    dict[str, Any]: {"type": "object"},
}
_ROLES: Final = {ID["role"]: "#/$defs/id", REF["role"]: "#/$defs/reference"}


# ---- reading the classes ----
@cache
def described(cls: type) -> dict[str, str]:
    """What stands under each field of a class, those it inherits included, by the field's name."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if has(base):
            found |= _under(base)
    return found


def _under(cls: type) -> Iterator[tuple[str, str]]:
    """The fields declared in a class itself, each with the text under it."""
    (declared,) = (node for node in _tree(cls.__module__).body if isinstance(node, ast.ClassDef) and node.name == cls.__name__)
    for node, below in zip(declared.body, declared.body[1:], strict=False):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield node.target.id, inspect.cleandoc(str(below.value.value))


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[module]))


def _types(cls: type) -> dict[str, Any]:
    """The types of the fields of a class; unlike attrs.resolve_types, this leaves the class as it is."""
    return get_type_hints(cls, localns={"TextSource": m.TextSource})


def _told(cls: Any) -> Iterator[Attribute[Any]]:
    """The fields that a document has."""
    return (f for f in fields(cls) if f.init and f.name != "reading")


def classes() -> list[type]:
    """The classes that a document is made of, by name: all that can be reached from a study and its reading."""
    found: list[type] = [m.Study, m.Reading]
    for cls in found:
        hints = _types(cls)
        found.extend(c for f in _told(cls) for c in _within(hints[f.name]) if c not in found)
    return sorted(dict.fromkeys(found), key=lambda cls: cls.__name__)


def _within(t: Any) -> Iterator[type]:
    """The classes in a type."""
    if isinstance(t, type) and has(t) and t is not m.Media:
        yield t
    for inner in get_args(t):
        yield from _within(inner)


# ---- making the schema ----
def made() -> Schema:
    """The schema of `study.json`, made from the classes."""
    files = {"type": "array", "items": {"$ref": "#/$defs/File"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
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
        "$defs": {**_SHARED, "File": _file(), **{cls.__name__: _class(cls) for cls in classes()}},
    }


def _file() -> Schema:
    text = {"$ref": "#/$defs/text"}
    return {
        "title": "File",
        "description": "A file of the package; or one that is missing, which has no SHA-256 and the path that the study gives.",
        "type": "object",
        "properties": {
            "path": {"description": "Its path in the package; of one that is missing, as written in the study.", **text},
            "role": {"description": "`source`, `formatted text`, the role of a document, or `missing`.", **text},
            "media_type": {"description": "Its media type (RFC 6838), as `text/plain`.", **text},
            "size": {"description": "Bytes.", "type": "integer", "minimum": 0},
            "sha256": {"description": "SHA-256 of its bytes, in hexadecimal.", "type": "string", "pattern": "^[0-9a-f]{64}$"},
            "access": {"description": "Who may see it.", **_type(Access)},
        },
        "required": ["path", "role"],
        "additionalProperties": False,
        "if": {"required": ["sha256"]},
        "then": {"properties": {"path": {"$ref": "#/$defs/file"}}, "required": ["media_type", "size"]},
        "else": {"properties": {"role": {"const": "missing"}, "size": False}},
    }


def _class(cls: Any) -> Schema:
    tag = {"type": {"description": "What kind it is.", "const": TAGS[cls]}} if cls in TAGS else {}
    hints, texts = _types(cls), described(cls)
    told = {f.alias: f for f in _told(cls)}
    required = [*tag, *(name for name, f in told.items() if f.default is NOTHING)]
    return {
        "title": cls.__name__,
        "description": inspect.getdoc(cls) or "",
        "type": "object",
        "properties": {**tag, **{name: {"description": texts.get(f.name, ""), **_field(f, hints[f.name])} for name, f in told.items()}},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _field(f: Attribute[Any], t: Any) -> Schema:
    if f.name == "extra":
        return {"$ref": "#/$defs/extra"}
    default = {"default": f.default} if isinstance(f.default, str | int) else {}
    return {**_type(t, _ROLES.get(f.metadata.get("role", ""))), **default}


def _type(t: Any, role: str | None = None) -> Schema:
    """The schema for a type; *role* is what its texts are, if they are ids."""
    if t is str and role:
        return {"$ref": role}
    if t in _PLAIN:
        return _PLAIN[t]
    if get_origin(t) is Literal:
        return {"enum": list(get_args(t))}
    if get_origin(t) is list:
        return {"type": "array", "items": _type(get_args(t)[0], role)}
    if isinstance(t, type) and has(t):
        return {"$ref": f"#/$defs/{t.__name__}"}
    return _union(t, role)


def _union(t: Any, role: str | None) -> Schema:
    """One of several; None is said by leaving the field out."""
    if not isinstance(t, UnionType) and get_origin(t) is None:
        raise TypeError(f"The schema has no words for {t}: add them to qualdata.schema.")
    members = [_type(a, role) for a in get_args(t) if a is not NoneType]
    return members[0] if len(members) == 1 else {"oneOf": members}


def text_of(document: Schema) -> str:
    """A schema as the text of a file, the same each time."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


# ---- using the shipped ones ----
def shipped(of: str) -> str:
    """A schema as it is shipped, by its name in `SHIPPED`: in an installed library beside its modules, in a checkout in `schemas/`."""
    here = Path(__file__).parent
    paths = [folder / SHIPPED[of] for folder in (here / "schemas", here.parent / "schemas")]
    return next((path for path in paths if path.is_file()), paths[0]).read_text(encoding="utf-8")


def schema() -> Schema:
    """The shipped schema of `study.json`."""
    found: Schema = json.loads(shipped("study"))
    return found


def validator() -> Any:
    """A `jsonschema.Draft202012Validator` of study documents. All that it needs is in its registry; nothing is fetched."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
    from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY

    document = schema()
    registry = EMPTY_REGISTRY.with_resource(document["$id"], DRAFT202012.create_resource(document))
    return Draft202012Validator(document, registry=registry)


def _main(folder: str) -> None:
    """Write the schemas into a folder."""
    from qualdata.rules.reports import schema as reports  # which needs this module itself

    texts = {"study": text_of(made()), "report": text_of(reports.made()), **{root.what: xsd.schema(root.tag, root.element, root.namespace) for root in ROOTS}}
    for of, text in texts.items():
        path = Path(folder, SHIPPED[of])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _main(*sys.argv[1:])
