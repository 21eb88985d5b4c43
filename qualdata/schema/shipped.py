"""The schemas as they are shipped: in an installed library beside its modules, in a checkout in `schemas/`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from qualdata.formats.package.document import VERSION
from qualdata.formats.refi import xsd
from qualdata.formats.refi.roots import ROOTS
from qualdata.schema import sidecar, tables
from qualdata.schema.making import Schema, made, text_of

__all__ = ["SHIPPED", "all_made", "json_schemas", "schema", "shipped"]

_JSON: Final = ("study", "sidecar", "report", "table")
SHIPPED: Final = {**{of: f"{VERSION}/{of}.schema.json" for of in _JSON}, **{root.what: f"refi-qda/{root.what}.xsd" for root in ROOTS}}
"""What there are schemas of, and where each stands among the schemas."""


def shipped(of: str) -> str:
    """The text of a schema, by its name in `SHIPPED`."""
    here = Path(__file__).parents[1]
    paths = [folder / SHIPPED[of] for folder in (here / "schemas", here.parent / "schemas")]
    return next((path for path in paths if path.is_file()), paths[0]).read_text(encoding="utf-8")


@cache
def _parsed(of: str) -> Schema:
    found: Schema = json.loads(shipped(of))
    return found


def schema(of: str = "study") -> Schema:
    """A JSON Schema, by its name in `SHIPPED`; that of `study.json` where none is named."""
    return _parsed(of)


def json_schemas() -> dict[str, Schema]:
    """All JSON Schemas, by their `$id`."""
    return {found["$id"]: found for found in map(_parsed, _JSON)}


def all_made() -> Iterator[tuple[str, str]]:
    """Where each schema stands, and its text as it is made now."""
    from qualdata.rules.reports import schema as reports  # which needs this package itself

    documents: dict[str, Any] = {"study": made(), "sidecar": sidecar.made(), "report": reports.made(), "table": tables.made()}
    texts = {of: text_of(document) for of, document in documents.items()} | {root.what: xsd.schema(root.tag, root.element, root.namespace) for root in ROOTS}
    return ((SHIPPED[of], text) for of, text in texts.items())
