"""The JSON Schema of reports in JSON, made from the classes of a report; `make schemas` writes it to `schemas/`."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields

from qualdata.rules.finding import Finding, Where
from qualdata.rules.report import Count, Head
from qualdata.rules.reports.document import FORMAT
from qualdata.rules.waivers import Waiver
from qualdata.schema.classes import described
from qualdata.schema.examples import with_examples
from qualdata.schema.making import DIALECT, SHA256, Schema

__all__ = ["ID_OF_REPORTS", "made"]

ID_OF_REPORTS: Final = f"urn:qualdata:schema:{FORMAT}:report"
"""The `$id` of the schema: a name, not an address."""
_CLASSES: Final = (Count, Finding, Head, Waiver, Where)
_PLAIN: Final[dict[Any, Schema]] = {str: {"type": "string"}, int: {"type": "integer", "minimum": 1}, **{cls: {"$ref": f"#/$defs/{cls.__name__}"} for cls in _CLASSES}}
_MORE: Final[dict[str, Schema]] = {"sha256": SHA256, "time": {"format": "date-time"}}


def made() -> Schema:
    """The schema, made from the classes."""
    schema = {
        "$schema": DIALECT,
        "$id": ID_OF_REPORTS,
        "title": "Reports of validation",
        "description": "What `qualdata validate --format json` writes: a report for each dataset. What is absent is left out, never null.",
        **_object(
            {
                "qualdata-reports": {"description": "The version of this form.", "const": FORMAT},
                "reports": {"description": "The reports, one a dataset.", **_list("Report")},
                "rules": {"description": "The rules that found something.", **_list("Rule")},
            }
        ),
        "$defs": {**{cls.__name__: _class(cls) for cls in _CLASSES}, "Waived": _waived(), "Report": _report(), "Rule": _rule()},
    }
    return with_examples(schema, Path(__file__).with_name("example.json"))


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _list(of: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{of}"}}


def _class(cls: Any) -> Schema:
    hints, texts = get_type_hints(cls), described(cls)
    needed = [f.name for f in fields(cls) if f.default is NOTHING or f.name == "where"]
    properties = {f.name: {"description": texts[f.name], **_type(hints[f.name]), **_MORE.get(f.name, {}), **_unit(f)} for f in fields(cls)}
    return {"title": cls.__name__, "description": inspect.getdoc(cls), **_object(properties), "required": needed}


def _unit(f: Attribute[Any]) -> Schema:
    return {"x-unit": f.metadata["unit"]} if "unit" in f.metadata else {}


def _type(t: Any) -> Schema:
    """None is said by leaving the field out."""
    if t in _PLAIN:
        return _PLAIN[t]
    if get_origin(t) is Literal:
        return {"enum": list(get_args(t))}
    (only,) = (a for a in get_args(t) if a is not NoneType)
    return _type(only)


def _waived() -> Schema:
    finding = _class(Finding)
    waiver = {"description": "Who sets it aside, and why.", "$ref": "#/$defs/Waiver"}
    return {"title": "Waived", "description": "A finding that is set aside.", **_object({**finding["properties"], "waiver": waiver})}


def _report() -> Schema:
    return {
        "title": "Report",
        "description": "What was found in one dataset.",
        **_object(
            {
                "head": {"description": "What was looked at, and by what.", "$ref": "#/$defs/Head"},
                "ok": {"description": "Whether nothing must be mended.", "type": "boolean"},
                "readable": {"description": "Whether the dataset could be looked at, at all.", "type": "boolean"},
                "counts": {"description": "How often each rule found something that was not set aside, what is not listed included.", **_list("Count")},
                "findings": {"description": "What was found and not set aside; of one rule, at most the first thousand of each level.", **_list("Finding")},
                "waived": {"description": "What was found and is set aside.", **_list("Waived")},
            }
        ),
    }


def _rule() -> Schema:
    texts = {"id": "Its id, which is permanent.", "what": "What is found.", "why": "Why it matters.", "mend": "How to mend it."}
    return {"title": "Rule", "description": "A rule of validation.", **_object({name: {"description": text, "type": "string"} for name, text in texts.items()})}
