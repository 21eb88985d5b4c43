"""A study goes to a program and comes back, with its sidecar and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import sampled_from

from qualdata import Code, Excerpt, Link, Loss, Memo, Study, TextSource, TextSpan, differences, example, read, write
from qualdata.formats.refi.sidecar import beside
from qualdata.model import Point
from qualdata.testing import studies, without
from tests import starter
from tests.trips.distinct import distinct
from tests.trips.plainly import as_ours, plainly
from tests.trips.programs import TRIPS, travelled

LAW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ANY = sampled_from(list(TRIPS))


def there_and_back(study: Study, target: str, folder: Path) -> tuple[Path, Path, list[Loss]]:
    """What comes back from a program, the sidecar that stayed at home, and what was said to be lost."""
    path = folder / f"{target}.qdpx"
    losses = write(study, path, target=target)
    return travelled(target, path, folder / f"{target}-back.qdpx"), beside(path), losses


def not_kept(losses: list[Loss]) -> list[Loss]:
    return [loss for loss in losses if not loss.kept]


def same_as(expected: Study, found: Study) -> list[str]:
    return [str(d) for d in differences(expected, found)]


@given(study=studies(), target=ANY)
@LAW
def test_with_its_sidecar_a_study_comes_back_whole(study: Study, target: str, folder: Path) -> None:
    """Whatever ids, names, line ends and passages a program gives it; but for what was said not to be kept. And nothing seems changed."""
    back, sidecar, losses = there_and_back(distinct(study), target, folder)
    whole = read(back, sidecar=sidecar)
    assert same_as(without(study, not_kept(losses), returned=True), whole) == []
    assert whole.reading is not None
    assert whole.reading.changes == []


@pytest.mark.parametrize("target", TRIPS)
@pytest.mark.parametrize("make", [starter.study, example], ids=["starter", "smart-recovery"])
def test_the_examples_come_back_whole(make, target: str, tmp_path: Path) -> None:
    """Two studies as people make them, every coding on its words."""
    study = make()
    back, sidecar, losses = there_and_back(study, target, tmp_path)
    whole = read(back, sidecar=sidecar)
    assert same_as(without(study, not_kept(losses), returned=True), whole) == []
    assert [(s.coding.id, s.text) for s in whole.segments()] == [(s.coding.id, s.text) for s in study.segments()]


def without_sidecar(study: Study, target: str, back: Path, losses: list[Loss]) -> tuple[Study, Study]:
    """What must come back without a sidecar, and what does, ids and the splitting of passages aside. Of a list that is lost some may be there."""
    expected = without(study, losses, returned=True)
    found = as_ours(read(back, sidecar=False), expected, study.points)
    for loss in losses:
        if loss.fields in (("Point.codings",), ("Theme.evidence",)):
            found = without(found, [loss], returned=True)
    return plainly(expected, target), plainly(found, target)


@pytest.mark.parametrize("target", TRIPS)
@pytest.mark.parametrize("make", [starter.study, example], ids=["starter", "smart-recovery"])
def test_without_its_sidecar_it_costs_what_was_said(make, target: str, tmp_path: Path) -> None:
    """Exactly: what comes back is the study without all losses, ids and the splitting of passages aside."""
    study = make()
    back, _, losses = there_and_back(study, target, tmp_path)
    assert same_as(*without_sidecar(study, target, back, losses)) == []


@given(study=studies(awkward=False), target=ANY)
@LAW
def test_losses_are_exact_without_a_sidecar(study: Study, target: str, folder: Path) -> None:
    """The same of any study."""
    back, _, losses = there_and_back(distinct(study), target, folder)
    assert same_as(*without_sidecar(study, target, back, losses)) == []


@pytest.mark.parametrize("target", ["atlasti", "maxqda", "qualcoder"])
def test_a_link_to_a_point_leads_to_the_note_that_comes_back_of_it(target: str, tmp_path: Path) -> None:
    """Without a sidecar, through programs that give all things new ids: by hand, a link from a code to a point on that code."""
    code = Code(name="Rent")
    point = Point(heading="Rent drives", text="Those who move speak of rent.", codes=[code.id])
    study = Study(codes=[code], points=[point], links=[Link(name="see", origin=code.id, target=point.id)])
    back, _, losses = there_and_back(study, target, tmp_path)
    assert [(loss.fields, loss.ids) for loss in losses] == [(("Study.points",), (point.id,))]
    left = read(back, sidecar=False)
    assert [m.name for m in left.memos] == ["Point: Rent drives"]
    assert [(link.origin, link.target) for link in left.links] == [(left.codes[0].id, left.memos[0].id)]
    assert same_as(*without_sidecar(study, target, back, losses)) == []


def marked_note() -> Study:
    """A note on a talk, a word of the note marked."""
    memo = Memo(name="On the talk", text="a long talk", excerpts=[Excerpt(span=TextSpan(2, 6))])
    return Study(sources=[TextSource(name="Talk", text="Yes, a garden.", memos=[memo.id])], memos=[memo])


@pytest.mark.parametrize("target", ["qualcoder", "standard"])
def test_marks_of_a_note_in_its_own_text_stay_there(target: str, tmp_path: Path) -> None:
    """Through a program whose notes mark other texts, too, whether or not the project was written for it."""
    study, path = marked_note(), tmp_path / "out.qdpx"
    study.method = "thematic analysis"  # which the project cannot be told, so that there is a sidecar in any case
    write(study, path, target=target)
    whole = read(travelled("qualcoder", path, tmp_path / "back.qdpx"), sidecar=beside(path))
    assert [e.span for e in whole.memos[0].excerpts] == [TextSpan(2, 6)]
    assert whole.sources[0].excerpts == []
    assert whole.reading is not None
    assert [r for r in whole.reading.remarks if r.rule == "refi-range-invalid"] == []


def test_without_its_sidecar_no_mark_of_a_note_turns_up_elsewhere(tmp_path: Path) -> None:
    """A program whose notes mark other texts is not handed such marks: they are lost, and said to be; others get them."""
    study = marked_note()
    back, _, losses = there_and_back(study, "qualcoder", tmp_path)
    assert [(loss.kind, loss.fields, loss.ids, loss.kept) for loss in losses] == [("no place", ("Memo.excerpts",), (study.memos[0].excerpts[0].id,), True)]
    left = read(back, sidecar=False)
    assert [len(holder.excerpts) for holder in (*left.sources, *left.memos)] == [0, 0]
    assert write(study, tmp_path / "standard.qdpx") == []
