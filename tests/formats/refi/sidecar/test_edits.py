"""A study is worked on in a program, and comes back: what was done there is in it and is told, and what only the study holds stays.

The study is `house`; each expected study is that one, changed by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from qualdata import Code, Coding, Contributor, Excerpt, Memo, Study, differences, read, write
from qualdata.model.spans import TextSpan
from tests.formats.refi.sidecar.house import house
from tests.trips import edits as e
from tests.trips.deeds import Deed
from tests.trips.programs import TRIPS, travelled

RENEWING = ("atlasti", "maxqda", "qualcoder")
SPACE = UUID("11111111-2222-4333-8444-555555555555")


def worked_on(target: str, folder: Path, *deeds: Deed) -> Study:
    """The study, once it was in a program."""
    path = folder / "house.qdpx"
    write(house(), path, target=target)
    return read(travelled(target, path, folder / "back.qdpx", *deeds), sidecar=folder / "house.sidecar.json")


def new(number: int, target: str) -> str:
    """The id that something new comes back with."""
    return str(uuid5(SPACE, e.guid(number))) if target in RENEWING else e.guid(number)


def new_excerpt(target: str, number: int, start: int, words: str, code: str, coder: str) -> Excerpt:
    """A new passage with its coding, as a program gives it out."""
    name = {"maxqda": None, "atlasti": words, "qualcoder": words}.get(target, "")
    created = None if target == "qualcoder" else "2025-02-01T00:00:00Z"
    coding = Coding(id=new(number + 1, target), code=code, coder=coder, created=created)
    return Excerpt(id=new(number, target), span=TextSpan(start, start + len(words)), name=name, codings=[coding])


# ---- what was done, and what must have come of it ----
def nothing(study: Study, target: str) -> None:
    """As it was."""


def cost_is_money(study: Study, target: str) -> None:
    study["cost"].name = "Money"


def haste_is_described(study: Study, target: str) -> None:
    study["haste"].description = "Quickly."


def size_is_coded(study: Study, target: str) -> None:
    study.codes.append(Code(id=new(1, target), name="Size", parent="garden"))
    study["talk-Ben"].excerpts.append(new_excerpt(target, 3, 39, "large", new(1, target), "vic"))


def wim_codes(study: Study, target: str) -> None:
    study.contributors.append(Contributor(id=new(30, target), name="Wim"))
    study["talk-Ben"].excerpts.append(new_excerpt(target, 33, 15, "now", "cost", new(30, target)))


def cost_is_taken_off(study: Study, target: str) -> None:
    study["passage-0"].codings = [c for c in study["passage-0"].codings if c.code != "cost"]
    study["talk-Ben"].excerpts = [study["passage-2"]]


def garden_is_gone(study: Study, target: str) -> None:
    study["talk-Ben"].excerpts = [study["passage-3"]]
    study.codes = [c for c in study.codes if c.id != "garden"]


def ben_is_gone(study: Study, target: str) -> None:
    """His case and the meeting stay; they took place."""
    study.sources = [study["talk-Ann"]]
    study["case-Ben"].sources = study["meeting-Ben"].sources = []


def memo_is_new(study: Study, target: str) -> None:
    study.memos.append(Memo(id=new(20, target), name="New", text="Words of mine."))


def ann_is_anna(study: Study, target: str) -> None:
    """The interview and the point are still hers."""
    study["case-Ann"].name = "Anna"


def point_is_headed(study: Study, target: str) -> None:
    study["point"].heading = "Rent pushes"


def point_is_gone(study: Study, target: str) -> None:
    study.points = []


def theme_is_renamed(study: Study, target: str) -> None:
    study["theme"].name = "Pushed out"


EDITS: dict[str, tuple[Sequence[Deed], Callable[[Study, str], None], list[str]]] = {
    "nothing": ((), nothing, []),
    "a code renamed": ((e.renames("Code", "Cost", "Money"),), cost_is_money, ["1 code renamed ('Cost' → 'Money')"]),
    "a code described": ((e.describes("Code", "Haste", "Quickly."),), haste_is_described, ["1 code with another description"]),
    "a code and a coding": ((e.adds_code("Size", "Garden", 1), e.lays("Size", "Talk with Ben", "large", 3, "Vic")), size_is_coded, ["1 code added", "1 coding added"]),
    "a coder and a coding": ((e.adds_user("Wim", 30), e.lays("Cost", "Talk with Ben", "now", 33, "Wim")), wim_codes, ["1 contributor added", "1 coding added"]),
    "codings removed": ((e.takes_off("Cost"),), cost_is_taken_off, ["2 codings removed"]),
    "a code removed": ((e.gives_up("Garden"),), garden_is_gone, ["1 code removed", "1 coding removed"]),
    "a source removed": ((e.deletes("TextSource", "Talk with Ben"),), ben_is_gone, ["1 text source removed", "2 codings removed"]),
    "a memo": ((e.writes_note("New", "Words of mine.", 20),), memo_is_new, ["1 memo added"]),
    "a point with another heading": ((e.renames("Note", "Point: Rent drives", "Point: Rent pushes"),), point_is_headed, ["1 point with another heading"]),
    "a point removed": ((e.deletes("Note", "Point: Rent drives"),), point_is_gone, ["1 point removed"]),
}
"""What is done in the program; what must have become of the study; what must be told."""


@pytest.mark.parametrize("target", TRIPS)
@pytest.mark.parametrize("edit", EDITS)
def test_what_was_done_elsewhere_is_in_the_study_and_told(edit: str, target: str, tmp_path: Path) -> None:
    """And nothing else is otherwise: rules of use, turns, point, theme, consent, replacement are as they were."""
    deeds, change, told = EDITS[edit]
    back, expected = worked_on(target, tmp_path, *deeds), house()
    change(expected, target)
    assert [str(d) for d in differences(expected, back)] == []
    assert back.reading is not None
    assert back.reading.changes == told


@pytest.mark.parametrize("target", ["nvivo", "nvivo-mac", "qualcoder"])
def test_a_case_is_renamed(target: str, tmp_path: Path) -> None:
    """In programs that keep cases; what was told by its name is told by it no more, and stays."""
    back, expected = worked_on(target, tmp_path, e.renames("Case", "Ann", "Anna")), house()
    ann_is_anna(expected, target)
    assert [str(d) for d in differences(expected, back)] == []
    assert back.reading is not None
    assert back.reading.changes == ["1 case renamed ('Ann' → 'Anna')"]


@pytest.mark.parametrize("target", ["nvivo", "nvivo-mac", "atlasti", "maxqda"])
def test_a_theme_is_renamed(target: str, tmp_path: Path) -> None:
    """In programs that keep sets; its statement, question and evidence stay."""
    back, expected = worked_on(target, tmp_path, e.renames("Set", "Theme: Pushed", "Theme: Pushed out")), house()
    theme_is_renamed(expected, target)
    assert [str(d) for d in differences(expected, back)] == []
    assert back.reading is not None
    assert back.reading.changes == ["1 theme renamed ('Pushed' → 'Pushed out')"]


@pytest.mark.parametrize("target", TRIPS)
def test_a_passage_is_drawn_otherwise(target: str, tmp_path: Path) -> None:
    """It has moved where ids stay; else it is another, and that is told."""
    back = worked_on(target, tmp_path, e.marks_otherwise("Talk with Ann", "We packed in a week", "We packed"))
    ann = back["talk-Ann"]
    assert [(s.text, s.code.name, s.coder.name) for s in back.segments() if s.source is ann] == [
        ("The rent went up", "Rent", "Uma"), ("The rent went up", "Cost", "Uma"), ("We packed", "Haste", "Uma"),
    ]  # fmt: skip
    assert back.reading is not None
    assert back.reading.changes == (["1 coding removed", "1 coding added"] if target in RENEWING else ["1 excerpt moved"])


# ---- texts ----
@pytest.mark.parametrize("target", TRIPS)
def test_words_typed_into_a_text(target: str, tmp_path: Path) -> None:
    """Passages, turns and replacements stand where their words now do: seven characters further on, after them."""
    back, expected = worked_on(target, tmp_path, e.writes_into("Talk with Ann", "went up", "really ")), house()
    ann = expected["talk-Ann"]
    ann.text = ann.text.replace("went up", "really went up")
    for thing, start, end in [("passage-0", 36, 59), ("passage-1", 91, 110), ("turn-Ann-1", 36, 70), ("turn-Ann-2", 76, 85), ("turn-Ann-3", 91, 111), ("town", 63, 69)]:
        expected[thing].span = TextSpan(start, end)
    expected["passage-0"].name = "The rent went up" if target == "maxqda" else None  # which gives out names as they were
    assert [str(d) for d in differences(expected, back)] == []
    assert back["talk-Ann"].text[expected["passage-0"].span.slice] == "The rent really went up"
    assert back.reading is not None
    assert back.reading.changes == ["1 text source with another text"]
    assert about_text(back)[-1] == "the text was edited in another program; its turns were put where their lines now stand. Look whether they are right"
    assert (len(about_text(back)) == 2) == (target != "maxqda")


@pytest.mark.parametrize("target", TRIPS)
def test_lines_typed_into_a_text(target: str, tmp_path: Path) -> None:
    """What stands before stays, what stands after goes nineteen characters on; the new lines are no one's turn."""
    back, expected = worked_on(target, tmp_path, e.writes_into("Talk with Ann", "INT: And then?", "INT: Mm.\nAnn: Yes.\n")), house()
    ann = expected["talk-Ann"]
    ann.text = ann.text.replace("INT: And then?", "INT: Mm.\nAnn: Yes.\nINT: And then?")
    for thing, start, end in [("passage-1", 103, 122), ("turn-Ann-2", 88, 97), ("turn-Ann-3", 103, 123)]:
        expected[thing].span = TextSpan(start, end)
    assert [str(d) for d in differences(expected, back)] == []


def test_what_cannot_be_found_again_is_taken_out_and_told(tmp_path: Path) -> None:
    """A text that was written anew: no turn lies beside its words, and no replacement keeps a place."""

    def anew(project) -> None:
        holder = e.named(project, "Talk with Ann", "TextSource")
        name = holder.get("plainTextPath").rpartition("/")[2]
        project.files[name] = b"We spoke of rent.\n\nAnd of packing.\n"
        for selection in holder.findall(f"{e.NS}PlainTextSelection"):
            holder.remove(selection)

    back = worked_on("qualcoder", tmp_path, anew)
    assert back["talk-Ann"].turns == []
    assert back["town"].span is None
    assert about_text(back) == [
        "the text was edited in another program, and it cannot be told where 4 turns and 1 replacement of it now stand; the places were taken out"
    ]
    assert [r.id for r in back.reading.remarks if r.rule == "txt-hash-mismatch"] == ["talk-Ann"]
    assert len(back["talk-Ben"].turns) == 3


def about_text(study: Study) -> list[str]:
    return [r.message for r in study.reading.remarks if r.rule == "txt-hash-mismatch"]
