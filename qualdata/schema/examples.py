"""Examples in schemas: each property gets what stands under it in a document in which all of them occur.

So examples are of one piece, and those of a document can be read together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

__all__ = ["COMPLETE", "with_examples"]

COMPLETE: Final = Path(__file__).with_name("complete.json")
"""A study document in which every field of the standard occurs."""
_TELLING: Final = ("type", "id", "name")
"""What an example of a whole thing shows beside what it must have."""

Schema = dict[str, Any]
Found = dict[tuple[str, str], Any]


def with_examples(schema: Schema, file: Path) -> Schema:
    """A schema with an example for each property that occurs in a document of it, which is in a file."""
    schema, found = deepcopy(schema), Found()
    for owner, name, told, value in _occurring(schema, schema, json.loads(file.read_text(encoding="utf-8"))):
        found.setdefault((owner, name), value)
        found.setdefault((told.get("description", ""), name), value)  # for the same field of another class
    for owner, name, told in _properties(schema):
        key = next((key for key in ((owner, name), (told.get("description", ""), name)) if key in found), None)
        if key is not None and "examples" not in told:
            told["examples"] = [_short(schema, told, found[key])]
    return schema


def _properties(schema: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Each property of a schema, and what it is a property of."""
    for owner, within in {"": schema, **schema.get("$defs", {})}.items():
        yield from ((owner, name, told) for name, told in within.get("properties", {}).items() if isinstance(told, dict) and "description" in told)


def _occurring(schema: Schema, here: Schema, value: Any, owner: str = "") -> Iterator[tuple[str, str, Schema, Any]]:
    """Each property that occurs in a value, with what stands there; *here* is the part of the schema that describes the value."""
    owner, here = _followed(schema, here, value, owner)
    if isinstance(value, list):
        for item in value:
            yield from _occurring(schema, here.get("items", {}), item, owner)
    if isinstance(value, dict):
        for name, inner in value.items():
            if told := here.get("properties", {}).get(name):
                yield owner, name, told, inner
                yield from _occurring(schema, told, inner, "")


def _followed(schema: Schema, here: Schema, value: Any, owner: str) -> tuple[str, Schema]:
    """What a reference leads to, and of several kinds the one that the value says it is."""
    while refs := [here["$ref"]] if "$ref" in here else [one["then"]["$ref"] for one in here.get("allOf", ()) if one.get("if", {}).get("properties") == _of(value)]:
        owner = refs[0].rpartition("/")[2]
        here = schema["$defs"][owner]
    return owner, here


def _of(value: Any) -> Schema:
    """How a schema asks for the kind of a value."""
    return {"type": {"const": value.get("type") if isinstance(value, dict) else None}}


def _short(schema: Schema, here: Schema, value: Any) -> Any:
    """An example that can be taken in at a glance: of things the first, of a thing what it must have and what it is called."""
    _, here = _followed(schema, here, value, "")
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return [_short(schema, here.get("items", {}), item) for item in value[:1]]
    if isinstance(value, dict) and "properties" in here and "if" not in here:
        kept = {*here.get("required", ()), *_TELLING}
        return {name: _short(schema, here["properties"].get(name, {}), inner) for name, inner in value.items() if name in kept}
    return value
