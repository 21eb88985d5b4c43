"""The picture of the model, `{model}`: boxes in boxes for what is part of what, arrows for what refers to what.

The places of the boxes are set here by hand; that each is a class, each box in a box a part, and each arrow a reference of the model
is looked up while it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from attrs import fields, frozen
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from qualdata.rules.targets import plan
from qualdata.schema import classes, schema

WIDTH: Final = 360
HEIGHT: Final = 590


@frozen
class Box:
    """A class, and where it is drawn, in pixels."""

    left: int
    top: int
    width: int
    height: int
    within: str = ""
    """The class that it is a part of; the study, where none is named."""


BOXES: Final = {
    "Interview": Box(14, 44, 150, 30),
    "Source": Box(14, 104, 150, 150),
    "Excerpt": Box(24, 134, 130, 110, "Source"),
    "Coding": Box(34, 164, 110, 66, "Excerpt"),
    "Code": Box(14, 290, 150, 30),
    "CodeChange": Box(14, 350, 150, 30),
    "Case": Box(216, 44, 130, 30),
    "Consent": Box(216, 96, 130, 30),
    "Contributor": Box(216, 146, 130, 30),
    "Point": Box(216, 200, 130, 30),
    "Theme": Box(216, 262, 130, 72, "Study"),
    "Evidence": Box(226, 292, 110, 30, "Theme"),
    "ResearchQuestion": Box(216, 360, 130, 30),
    "Memo": Box(14, 424, 160, 30),
    "Replacement": Box(14, 462, 160, 30),
    "PublishedQuote": Box(14, 500, 160, 30),
    "Document": Box(14, 538, 160, 30),
    "Variable": Box(186, 424, 160, 30),
    "Link": Box(186, 462, 160, 30),
    "Set": Box(186, 500, 160, 30),
    "Graph": Box(186, 538, 160, 30),
}
ARROWS: Final = (
    # from, field, to, the way there, where its name stands
    ("Interview", "cases", "Case", "M164 59H210", (188, 53)),
    ("Interview", "sources", "Source", "M89 74V98", (118, 91)),
    ("Consent", "case", "Case", "M281 96V80", (303, 92)),
    ("Coding", "coder", "Contributor", "M144 178L210 163", (184, 160)),
    ("Point", "codings", "Coding", "M216 215H150", (186, 209)),
    ("Coding", "code", "Code", "M89 230V284", (109, 273)),
    ("CodeChange", "codes", "Code", "M89 350V326", (113, 343)),
    ("Theme", "codes", "Code", "M216 305H170", (192, 299)),
    ("Evidence", "ref", "Point", "M240 292V236", (254, 250)),
    ("Theme", "questions", "ResearchQuestion", "M281 334V354", (316, 349)),
)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("model", Model)
    return {"parallel_read_safe": True}


class Model(SphinxDirective):
    """The picture, and the same in words for who cannot see it."""

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(__file__)
        check()
        return [nodes.raw("", "\n".join(("<div class=\"model\">", *_drawn(), "</div>")), format="html")]


def check() -> None:
    """Raise ValueError where the picture says what the model does not."""
    known = {cls.__name__: cls for cls in classes()}
    parts = {name: str([f.type for f in fields(cls)]) for name, cls in known.items()}
    for name, box in BOXES.items():
        around = "TextSource" if box.within == "Source" else box.within or "Study"
        if name != "Source" and (name not in known or name not in parts[around]):
            raise ValueError(f"The picture of the model shows {name} as a part of {around}, which it is not.")
    for start, field, end, *_ in ARROWS:
        refers = {name: allowed for name, allowed, _ in plan(known[start])}
        if end not in (cls.__name__ for cls in refers.get(field, ())):
            raise ValueError(f"The picture of the model shows {start}.{field} as a reference to {end}, which it is not.")
    if missing := _listed() - set(BOXES) - {"Extension"}:
        raise ValueError(f"The picture of the model leaves out {', '.join(sorted(missing))}.")


def _listed() -> set[str]:
    """The classes that a study has lists of."""
    told = schema()["$defs"]["Study"]["properties"].values()
    return {ref.removeprefix("#/$defs/") for said in told if (ref := said.get("items", {}).get("$ref", ""))} - {"text", "reference"}


def _drawn() -> Iterator[str]:
    told = f"A study holds lists of {', '.join(name for name, box in BOXES.items() if box.within in ('', 'Study'))}. " + " ".join(
        [*(f"{name} is part of {box.within}." for name, box in BOXES.items() if box.within not in ("", "Study")), *(f"{a} refers to {b}." for a, _, b, *_ in ARROWS)]
    )
    yield f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}" xmlns="http://www.w3.org/2000/svg">'
    yield '<defs><marker id="model-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
    yield f'<rect class="study" x="2" y="2" width="{WIDTH - 4}" height="{HEIGHT - 4}" rx="6"/><text class="name" x="14" y="26">Study</text>'
    for name, box in BOXES.items():
        whole = any(other.within == name for other in BOXES.values())
        middle = box.left + box.width / 2
        yield f'<rect x="{box.left}" y="{box.top}" width="{box.width}" height="{box.height}" rx="5"/>'
        yield f'<text class="name" x="{middle:g}" y="{box.top + (20 if whole else box.height // 2 + 5)}" text-anchor="middle">{name}</text>'
    for _, field, _, way, (x, y) in ARROWS:
        yield f'<path class="arrow" d="{way}" marker-end="url(#model-tip)"/><text class="field" x="{x}" y="{y}" text-anchor="middle">{field}</text>'
    yield "</svg>"
