"""How Web Annotation says what the model says, made from the table of properties where a page has `<!-- web annotation -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from attrs import fields
from grid import table

from qualdata.formats.webanno import terms
from qualdata.formats.webanno.terms import PLACES, TERMS
from qualdata.schema import classes, described

if TYPE_CHECKING:
    from sphinx.application import Sphinx

OURS: Final = {"extra", "media", "stored", "rich", "reading"}
"""Fields that no file says: what it said besides, the handles on its files, and how it was read."""
SEVERAL: Final = {
    "text": "text", "texts": "texts", "number": "number", "whole number": "whole number", "truth": "true or false", "reference": "IRI", "references": "list of IRIs",
    "person": "IRI, or an object with `id` and `name`", "moment": "date and time in UTC; in `qualdata:{key}` if it is not",
}  # fmt: skip
"""What stands there, in words."""
_MARK: Final = re.compile(r"^<!-- web annotation -->$", re.MULTILINE)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", put_in)
    return {"parallel_read_safe": True}


def put_in(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the tables in the place of the mark."""
    if _MARK.search(source[0]):
        app.env.note_dependency(terms.__file__)
        source[0] = _MARK.sub(lambda _: "\n\n".join(mapped()), source[0])


def mapped() -> Iterator[str]:
    """A table for each class that has a place, then the classes that have none."""
    for cls in TERMS:
        yield from _section(cls)
    yield "### What has no place"
    yield table(("Class", "What it is"), [(_linked(cls), (cls.__doc__ or "").partition("\n")[0]) for cls in classes() if cls not in TERMS])


def _section(cls: Any) -> Iterator[str]:
    told = described(cls)
    yield f"### {cls.__name__}\n\n{(cls.__doc__ or '').partition(chr(10))[0]} {_linked(cls)}."
    rows = [(f"`{field}`", where, "", told.get(field) or told[f"_{field}"]) for field, where in PLACES[cls].items()]
    rows += [(f"`{t.field}`", f"`{t.key}`", SEVERAL[t.kind].format(key=t.key), told[t.field]) for t in terms.terms(cls)]
    yield table(("In the model", "In the JSON", "Form", "What it is"), [tuple(" ".join(cell.split()) for cell in row) for row in rows])
    if left := [f.alias for f in fields(cls) if f.init and f.alias not in terms.said(cls) and f.alias not in OURS]:
        yield f"Web Annotation has no place for {', '.join(f'`{name}`' for name in left)}."


def _linked(cls: type) -> str:
    return f"{{class}}`~qualdata.model.{cls.__name__}`"
