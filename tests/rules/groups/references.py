"""Examples for the rules about references."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qualdata import Case, Code, Memo, Study, TextSource, Variable
from tests.rules.examples import bad, good
from tests.rules.sound import sound


@good("ref-duplicate-id", "ref-dangling", "ref-wrong-type", "ref-cycle", "ref-orphan")
def things_that_refer_to_each_other(folder: Path) -> Study:
    study = sound()
    study.add(Memo(id="{M}", name="Why friends", text="They all say so."))
    study["friends"].memos = ["m"]
    study.add(Code(id="close", name="Close friends", parent="FRIENDS", description="Since school.", origin="inductive"))
    study["e"].apply("close", "ann", created="2024-05-17T10:00:00Z")
    return study


def wrong(rule: str, name: str, change: Callable[[Study], Any]) -> None:
    """A bad example: the sound study with one change."""

    def make(folder: Path) -> Study:
        study = sound()
        change(study)
        return study

    make.__name__ = name
    bad(rule)(make)


wrong("ref-duplicate-id", "two_with_one_id", lambda s: s.sources.append(TextSource(id="{T}", name="P02", text="No.")))
wrong("ref-dangling", "a_coding_without_its_code", lambda s: setattr(s["c"], "code", "gone"))
wrong("ref-dangling", "a_coding_by_no_one", lambda s: setattr(s["c"], "coder", "gone"))
wrong("ref-dangling", "a_source_by_no_one", lambda s: setattr(s["t"], "created_by", "gone"))
wrong("ref-dangling", "a_case_without_its_source", lambda s: s["p01"].sources.append("gone"))
wrong("ref-wrong-type", "a_case_for_a_code", lambda s: setattr(s["c"], "code", "p01"))
wrong("ref-wrong-type", "a_code_for_a_coder", lambda s: setattr(s["c"], "coder", "friends"))
wrong("ref-cycle", "a_code_under_itself", lambda s: setattr(s["friends"], "parent", "Friends"))
wrong("ref-cycle", "a_source_made_from_itself", lambda s: setattr(s["t"], "derived_from", "t"))
wrong("ref-orphan", "a_memo_about_nothing", lambda s: s.add(Memo(name="Lost", text="Ask her.")))
wrong("ref-orphan", "a_variable_without_values", lambda s: s.add(Variable(name="Age")))
wrong("ref-orphan", "a_case_without_data", lambda s: s.add(Case(name="P02")))
