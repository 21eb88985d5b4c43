"""A sidecar tells nothing of the data that its project does not: no words of texts, names or quotations stand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from qualdata import Excerpt, Memo, PdfSource, Study, TextSource, example, write
from qualdata.model.excerpt import Quote
from qualdata.model.source import Transcript, holders
from qualdata.model.spans import TextSpan
from qualdata.testing import studies
from tests import starter
from tests.formats.refi.sidecar.house import house

RUN = 6
"""How many words in a row are told from chance."""


def strings(value: Any, *, but: tuple[str, ...] = ()) -> Iterator[str]:
    """All strings of a JSON value; what stands under some keys is left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in but:
                yield from strings(inner, but=but)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, but=but)


def said_by_people(study: Study) -> Iterator[str]:
    """The texts of sources (where it is known who talks, what was said), the names and quotations of passages."""
    for source in study.sources:
        for holder in holders(source):
            text, turns = getattr(holder, "text", None) or "", getattr(holder, "turns", ())
            yield from [text[turn.span.slice] for turn in turns] or [text]
            for excerpt in holder.excerpts:
                quote = excerpt.quote
                yield from (excerpt.name or "", *((quote.exact, quote.prefix, quote.suffix) if quote else ()))


def runs(text: str) -> set[str]:
    """All runs of words."""
    words = re.findall(r"\w+", text)
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def sidecar(study: Study, folder: Path) -> Any:
    """What is kept of a study."""
    write(study, folder / "study.qdpx", target="nvivo")
    return json.loads((folder / "study.sidecar.json").read_bytes())


def test_no_run_of_words_of_people_stands_in_the_sidecar_of_the_examples(tmp_path: Path) -> None:
    """But where somebody wrote it down about the data: examples of codes, points, published quotes, statements."""
    for study in (house(), starter.study(), example()):
        kept = sidecar(study, tmp_path)
        written = set().union(*map(runs, strings(kept["study"], but=("example", "points", "quotes", "themes"))))
        said = set().union(*map(runs, said_by_people(study)))
        assert said
        assert written & said == set()


@given(study=studies())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_secret_stands_in_any_sidecar(study: Study, folder: Path) -> None:
    """Each text, name and quotation is made to be told from all else; none is found, in no form of JSON."""
    marks = []

    def mark(kind: str) -> str:
        marks.append(f"{kind}Geheim{len(marks)}Wort")
        return marks[-1]

    for source in (*study.sources, *study.memos):
        for holder in holders(source):
            if isinstance(holder, TextSource | Transcript | Memo):
                holder.text = f"{mark('text')} {holder.text or ''}"
            for excerpt in holder.excerpts:
                excerpt.name = mark("name")
                excerpt.quote = Quote(mark("exact"), mark("prefix"), mark("suffix"))
    write(study, folder / "study.qdpx", target="nvivo")
    kept = (folder / "study.sidecar.json").read_bytes() if (folder / "study.sidecar.json").exists() else b""
    assert [m for m in marks if m.encode() in kept] == []


def test_texts_within_texts_are_withheld(tmp_path: Path) -> None:
    """The text of a PDF, and that of a rectangle on its page."""
    pdf = PdfSource(name="a letter", representation=TextSource(text="Dear hidden aunt", excerpts=[Excerpt(span=TextSpan(5, 11), name="hidden")]))
    study = Study(title="Letters", method="reading", sources=[pdf])
    assert "hidden" not in json.dumps(sidecar(study, tmp_path))
