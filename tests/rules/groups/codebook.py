"""Examples for the rules about the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualdata import Code, CodeChange, Study
from tests.rules.examples import bad, good
from tests.rules.groups.documentation import wrong
from tests.rules.sound import project, sound


def laid(study: Study, *codes: Code) -> Study:
    """A study with more codes, each laid on its passage."""
    for code in codes:
        study.add(code)
        study["e"].apply(code, "ann", created="2024-05-17T10:00:00Z")
    return study


def code(id: str, name: str, **fields: Any) -> Code:
    """A code with a meaning."""
    return Code(id=id, name=name, **{"description": f"All about {name}.", "origin": "inductive", **fields})


@good("cbk-name-duplicate", "cbk-definition-missing", "cbk-origin-missing", "cbk-code-unused")
def groups_and_what_is_under_them(folder: Path) -> Study:
    study = sound()
    study.add(Code(id="g", name="Ways", codable=False))
    study.add(code("upper", "People"))
    study.add(Code(id="old", name="friends", status="retired"))
    study.add(CodeChange(action="merge", codes=["old", "friends"], date="2024-01"))
    return laid(study, code("below", "Friends", parent="upper", description=None, include="Also friends of friends."))


@good("cbk-code-unused")
def a_codebook_by_itself(folder: Path) -> Path:
    path = folder / "codes.qdc"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="QualCoder 3.6"><Codes>'
        '<Code guid="00000002-aaaa-4bbb-8ccc-0123456789ab" name="Friends" isCodable="true"><Description>Told.</Description></Code></Codes></CodeBook>',
        encoding="utf-8",
    )
    return path


@good("cbk-history-broken", "cbk-change-unlogged")
def a_history_that_fits(folder: Path) -> Study:
    study = laid(sound(), code("kin", "Relatives", derived_from=["people"]))
    study.add(Code(id="people", name="People", status="retired"))
    study.code_changes = [  # not in their order in time
        CodeChange(action="rename", codes=["friends"], date="2024-03-01", before="Chums", after="Friends", by="ann"),
        CodeChange(action="rename", codes=["friends"], date="2024-02-01", before="Mates", after="Chums", by="ann"),
        CodeChange(action="add", codes=["friends", "people"], date="2024-01", by="ann", after="Two codes."),
        CodeChange(action="split", codes=["people", "kin", "friends"], date="2024-02-02", before="People", after="Relatives; Friends"),
        CodeChange(action="redefine", codes=["kin"], date="2024-04-01", after="All about  Relatives."),
        CodeChange(action="retire", codes=["friends"], date="2024-05-01"),
        CodeChange(action="add", codes=["friends"], date="2024-05-02"),
    ]
    return study


@bad("cbk-name-duplicate")
def two_of_one_name(folder: Path) -> Study:
    return laid(sound(), code("again", " friends"))


@bad("cbk-definition-missing")
def a_label_alone(folder: Path) -> Path:
    return project(folder, ("<Description>Someone they knew told them of it.</Description>", ""))


wrong("cbk-definition-missing", "a_blank_definition", lambda s: setattr(s["friends"], "description", " "))
wrong("cbk-origin-missing", "from_where_is_not_said", lambda s: setattr(s["friends"], "origin", None))
wrong("cbk-code-unused", "looked_for_in_vain", lambda s: s.add(code("enemies", "Enemies")))


def history(rule: str, name: str, *changes: CodeChange) -> None:
    """A bad example: the sound study with a history."""
    wrong(rule, name, lambda s: s.code_changes.extend(changes))


history("cbk-history-broken", "a_change_of_nothing", CodeChange(action="redefine", date="2024-01-01"))
history("cbk-history-broken", "retired_but_in_use", CodeChange(action="retire", date="2024-06-01", codes=["friends"]))
history(
    "cbk-history-broken", "changed_before_it_was_there",
    CodeChange(action="move", date="2024-01-01", codes=["friends"]), CodeChange(action="add", date="2024-02-01", codes=["friends"]),
)  # fmt: skip
history(
    "cbk-history-broken", "names_that_do_not_meet",
    CodeChange(action="rename", date="2024-01-01", codes=["friends"], before="A", after="B"),
    CodeChange(action="rename", date="2024-02-01", codes=["friends"], before="C", after="Friends"),
)  # fmt: skip
history("cbk-change-unlogged", "renamed_since", CodeChange(action="rename", date="2024-01-01", codes=["friends"], after="Mates"))
history("cbk-change-unlogged", "redefined_since", CodeChange(action="redefine", date="2024-01-01", codes=["friends"], after="Someone who told them."))
wrong("cbk-change-unlogged", "retired_without_a_word", lambda s: s.add(Code(name="Old", status="retired")))
wrong("cbk-change-unlogged", "made_of_others_without_a_word", lambda s: laid(s, code("new", "Kin", derived_from=["friends"])))
