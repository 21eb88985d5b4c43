"""Quotations of PDFs that stand in a project several times over.

ATLAS.ti writes a quotation of a PDF as a PDFSelection and again, under the same GUID, as a PlainTextSelection of the
PDF's Representation, its codings repeated under GUIDs of their own. Where it goes over the end of a page, the next page has
a further PDFSelection of another GUID, but of the same name, author and second (measured, 8.4). In the model each says
by `same_as` which one it repeats.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qualdata.formats.refi.names import guid_for, is_guid
from qualdata.formats.refi.tools import Tool
from qualdata.formats.refi.vocabulary import moment
from qualdata.model.base import fold
from qualdata.model.copying import shallow
from qualdata.model.excerpt import Excerpt
from qualdata.model.source import PdfSource
from qualdata.model.spans import PageSpan
from qualdata.model.study import Study

__all__ = ["further", "shared", "twins", "untold"]

Pairs = list[tuple[Excerpt, Excerpt]]
"""Excerpts, each with the one on a page that it repeats."""


def twins(pdf: PdfSource) -> Pairs:
    """Excerpts that repeat one of a page, by their ids as a file has them: that of the page, or the GUID that we write for its twin."""
    first: dict[str, Excerpt] = {}
    for excerpt in pdf.excerpts:
        first.setdefault(fold(excerpt.id), excerpt)
    for id, excerpt in [*first.items()]:
        first.setdefault(guid_for("", f"{id}#2"), excerpt)
    return [(e, found) for e in _excerpts(pdf) if (found := first.get(fold(e.id), e)) is not e]


def _numbered(pdf: PdfSource) -> Pairs:
    """The same, by their ids as the model has them: `GUID#2` repeats `GUID`."""
    first = {_unnumbered(e.id): e for e in reversed(pdf.excerpts)}
    return [(e, found) for e in _excerpts(pdf) if (found := first.get(_unnumbered(e.id), e)) is not e]


def further(pdf: PdfSource, pairs: Pairs) -> Pairs:
    """The quotations on pages that go on with one of these twins on the next page."""
    if not pairs:
        return []
    twin = {id(e) for pair in pairs for e in pair}
    alike: dict[Any, list[Excerpt]] = {}
    for e in pdf.excerpts:
        if isinstance(e.span, PageSpan) and _telling(e):
            alike.setdefault((_stamp(e), e.span.page), []).append(e)
    begins = {id(page): page for _, page in pairs if _telling(page)}
    return [(part, page) for page in begins.values() for part in _going_on(page, alike, twin)]


def shared(study: Study, tool: Tool | None) -> frozenset[str]:
    """The ids of twins, folded, that a tool has under one GUID with what they repeat."""
    pdfs = [s for s in study.sources if isinstance(s, PdfSource)] if tool is not None and tool.twins else []
    return frozenset(fold(twin.id) for pdf in pdfs for twin, page in _numbered(pdf) if is_guid(page.id))


def untold(pdf: PdfSource, tool: Tool | None) -> PdfSource:
    """A PDF whose twins do not say that they are, where that is read off what is written."""
    pairs = [(e, page) for e, page in _numbered(pdf) if tool is None or (is_guid(page.id) and (tool.twins or e.id.endswith("#2")))]
    pairs += twins(pdf)  # those with the GUID that we write for a twin
    known = {id(e) for e, page in (*pairs, *further(pdf, pairs)) if fold(e.same_as or "") == fold(page.id)}

    def silent(excerpts: list[Excerpt]) -> list[Excerpt]:
        return [shallow(e, same_as=None) if id(e) in known else e for e in excerpts]

    text = pdf.representation
    return shallow(pdf, excerpts=silent(pdf.excerpts), representation=text and shallow(text, excerpts=silent(text.excerpts))) if known else pdf


def _going_on(page: Excerpt, alike: dict[Any, list[Excerpt]], twin: set[int]) -> Iterator[Excerpt]:
    """What goes on with a quotation page by page, as long as it can be nothing else."""
    stamp, words = _stamp(page), ""
    number = page.span.page if isinstance(page.span, PageSpan) else -1
    name, cut = _squeezed((page.name or "").removesuffix("…")), (page.name or "").endswith("…")
    while len(parts := alike.get((stamp, number), [])) == 1:
        [part] = parts
        words += _words(part)
        other = part is not page
        if (other and id(part) in twin) or not (name.startswith(words) or (cut and words.startswith(name))):
            return
        if other:
            yield part
        number += 1


def _unnumbered(id: str) -> str:
    first, _, count = fold(id).rpartition("#")
    return fold(first) if count.isdigit() and first else fold(id)


def _excerpts(pdf: PdfSource) -> list[Excerpt]:
    return [*pdf.excerpts, *(pdf.representation.excerpts if pdf.representation else ())]


def _telling(excerpt: Excerpt) -> bool:
    """Whether a quotation says enough of itself: a name, its words, and when it was made, in a form that is always written."""
    return bool(excerpt.name and _words(excerpt) and excerpt.created and moment.allows(excerpt.created))


def _words(excerpt: Excerpt) -> str:
    return _squeezed((excerpt.representation.text if excerpt.representation else None) or "")


def _squeezed(text: str) -> str:
    """A text without its spaces, which ATLAS.ti leaves out where lines end."""
    return "".join(text.split())


def _stamp(excerpt: Excerpt) -> tuple[Any, ...]:
    """What the parts of one quotation have in common."""
    codings = sorted((fold(c.code), fold(c.coder or "")) for c in excerpt.codings)
    return excerpt.name, excerpt.created, fold(excerpt.created_by or ""), tuple(codings)
