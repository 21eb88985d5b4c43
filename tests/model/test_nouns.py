"""The words for things: every class has one that people use, and its plural."""

from __future__ import annotations

import pytest
from attrs import fields

from qualdata import model
from qualdata.model.nouns import counted, field_words, listed, noun
from qualdata.model.study import LISTS, Study


@pytest.mark.parametrize(
    ("cls", "one", "more"),
    [
        ("Code", "1 code", "2,332 codes"), ("Study", "1 study", "2,332 studies"), ("Vertex", "1 vertex", "2,332 vertices"), ("PdfSource", "1 PDF source", "2,332 PDF sources"),
        ("CodeChange", "1 change of the codebook", "2,332 changes of the codebook"), ("Evidence", "1 piece of evidence", "2,332 pieces of evidence"),
        ("ResearchQuestion", "1 research question", "2,332 research questions"), ("passage", "1 passage", "2,332 passages"),
    ],
)  # fmt: skip
def test_things_are_counted_in_words(cls: str, one: str, more: str) -> None:
    assert (counted(1, cls), counted(2332, cls)) == (one, more)


def test_no_class_is_called_by_a_name_of_two_words_run_together() -> None:
    """`CodeChange` is never told as `codechange`."""
    compound = [n for n in model.__all__ if isinstance(getattr(model, n), type) and sum(c.isupper() for c in n) > 1]
    things = [n for n in compound if issubclass(getattr(model, n), model.Thing) and n != "MediaSource"]  # abstract: nothing is one
    assert {"CodeChange", "TextSource"} <= set(things)
    assert all(" " in noun(n) for n in things)


def test_lists_of_things_are_told_by_what_stands_in_them() -> None:
    """All lists of the study, and speakers and turns; a list of references or values is none."""
    expected = {f"Study.{name}": cls.__name__ for cls, name in LISTS.items()}
    assert {f"Study.{f.alias}": found for f in fields(Study) if f.init and (found := listed(f"Study.{f.alias}"))} == expected
    assert [listed(n) for n in ("TextSource.speakers", "Memo.turns", "Study.own_memos", "Case.values", "Code.origin", "TextSource.text")] == ["Speaker", "Turn"] + [None] * 4
    with pytest.raises(ValueError, match=r"Code\.mood is no field"):
        listed("Code.mood")


def test_fields_are_told_in_words() -> None:
    assert [field_words(n) for n in ("extra", "own_memos", "rich_path")] == ["unknown content", "own memos", "formatted text"]
