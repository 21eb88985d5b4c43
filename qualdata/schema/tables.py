"""The JSON Schema of tables in JSON, as `qualdata segments -o NAME.json` and other commands write them."""

from __future__ import annotations

from typing import Final

from qualdata.formats.package.document import VERSION
from qualdata.schema.making import DIALECT, Schema

__all__ = ["made"]

_EXAMPLE: Final = {"source": "P07, first interview", "case": "P07", "code": "Moving", "start": 26, "end": 55, "text": "We moved to [town] in spring.", "weight": None}


def made() -> Schema:
    """The schema of any table; which columns there are is told by the command that writes it."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:qualdata:schema:{VERSION}:table",
        "title": "Table",
        "description": "A table in JSON (`-o NAME.json`): a list of rows, each an object from the name of a column to its cell. All rows have all columns, in one order.",
        "type": "array",
        "items": {
            "title": "Row",
            "description": "A row: the name of each column, and what stands in its cell; null where nothing does.",
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "null"]},
            "examples": [_EXAMPLE],
        },
    }
