"""Interviews, themes and points in a project: read well elsewhere, back from the file alone, and nothing taken for them that is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from lxml import etree

from qualdata import Memo, Study, Value, Variable, differences, read, write
from qualdata.formats.refi.interviews import ROWS
from qualdata.model import Evidence, Interview, ResearchQuestion, Set, Theme
from qualdata.testing import names, studies, value_at, without
from tests.canonical import canonical
from tests.independent import NS
from tests.official import project_schema
from tests.writing import guid

TARGETS = ("standard", "nvivo", "nvivo-mac")
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


# ---- studies with all that can look like interviews, themes and points ----
WORDS = ("a", "b; c", "", "x\ny", "Status: reviewed", "Question: q", " [a]", "\U0001f600 <&>")
DESCRIPTIONS = (
    None,
    "Status: reviewed",
    "Process: describe",
    "more\n\nStatus: candidate",
    f"Question: Why?\nQuestion: Who? [{guid(900)}]\nStatus: defined",
    f"Question: Whom? [{guid(900)}]\nStatus: dropped",
    "Part of: A\nStatus: candidate",
    "Status: reviewed\n",
    "Literature: one\nLiterature: two\nProcess: differentiate",
)


@st.composite
def findings(draw: DrawFn) -> Study:
    """Studies with more interviews, themes and points than most, and with sets, memos and variables that look like them."""
    study = draw(studies(max_codes=3))
    sources, memos = [s.id for s in study.sources], [m.id for m in study.memos]
    anything = st.sampled_from([*sources, *memos, *(k.id for p in study.codable() for k in p.codings), *(p.id for p in study.points), *(t.id for t in study.themes), "nobody"])
    some = st.sampled_from((None, *WORDS))
    here = draw(st.permutations(sources))
    while here and draw(st.booleans()):
        size = draw(st.integers(1, len(here)))
        cases = [c.id for c in study.cases[: draw(st.integers(0, 2))]]
        event = Interview(id=draw(st.sampled_from((guid(800 + len(here)), f"I{len(here)}"))), sources=[*here[:size]], cases=cases)
        event.name, event.date, event.duration = draw(some), draw(st.sampled_from((None, "2023", "2023-05-17"))), draw(st.integers(0, 10**8))
        study.interviews.insert(draw(st.integers(0, 1)), event)
        here = here[size:]
    if draw(st.booleans()):
        study.questions += [ResearchQuestion(id=guid(900), text=draw(st.sampled_from(WORDS))), ResearchQuestion(text="Why?")]
    for n in range(draw(st.integers(0, 3))):
        evidence = draw(st.lists(st.builds(Evidence, ref=anything, role=st.sampled_from(("supports", "contradicts")), note=some), max_size=3))
        theme = Theme(name=draw(st.sampled_from(("A", "B", *WORDS))), evidence=evidence, statement=draw(some), description=draw(st.sampled_from(DESCRIPTIONS)))
        theme.questions = [q.id for q in study.questions if draw(st.booleans())]
        theme.parent = draw(st.sampled_from([None, *(t.id for t in study.themes)]))
        study.themes.insert(n // 2, theme)
    for _ in range(draw(st.integers(0, 2))):
        study.sets.append(Set(name=f"Theme: {draw(names())}", description=draw(st.sampled_from(DESCRIPTIONS)), memos=memos[: draw(st.integers(0, 2))]))
        study.memos.append(Memo(name=draw(st.sampled_from(("Point", "Point: x", "Points"))), description=draw(st.sampled_from(DESCRIPTIONS)), text="text"))
    if draw(st.integers(0, 3)) == 0:
        by_hand(study, draw)
    return study


def by_hand(study: Study, draw: DrawFn) -> None:
    """Variables that somebody named as those of interviews, with values on some sources, perhaps on a case."""
    for n, label in enumerate(("kind", *draw(st.lists(st.sampled_from([row.name for row in ROWS] + ["number", "part", "id"]), max_size=2)))):
        study.variables.append(Variable(id=f"{guid(700 + n)}", name=f"Interview: {label}"))
        for holder in (*study.sources, *study.cases[: draw(st.integers(0, 1))]):
            if draw(st.booleans()):
                holder.values.append(Value(variable=guid(700 + n), value=draw(st.sampled_from(("individual", "1", "telephone", "2023", "0:00:01")))))


@pytest.mark.parametrize("ending", ["qdpx", "qde"])
@pytest.mark.parametrize("target", TARGETS[:2])
@given(study=findings())
@many
def test_findings_come_back_but_for_their_losses(study: Study, target: str, ending: str, folder: Path) -> None:
    """Whatever looks like what: what the losses name is missing, and nothing else."""
    path = folder / f"{target}.{ending}"
    losses = write(study, path, target=target)
    back = read(path)
    assert [str(d) for d in differences(without(study, losses), back)] == []
    for loss in losses:
        for name in loss.fields:
            for id in loss.ids:
                assert name.endswith(".id") or _differs(study, back, name, id), f"{name} of {id} is called lost, but came back"
    if ending == "qde":
        project_schema().assertValid(etree.fromstring(path.read_bytes()))


def _differs(study: Study, back: Study, name: str, id: str) -> bool:
    try:
        return bool(value_at(study, name, id) != value_at(back, name, id))
    except KeyError:
        return True


@given(study=findings(), seed=st.integers(0, 2**32))
@many
def test_as_read_gives_any_arrangement_back(study: Study, seed: int, folder: Path) -> None:
    """Sets, notes, links, variables and values in any order, some changed by hand: as-read writes the project that was read."""
    write(study, folder / "a.qde")
    root = etree.fromstring((folder / "a.qde").read_bytes())
    rearrange(root, Random(seed))
    (folder / "b.qde").write_bytes(etree.tostring(root))
    assert write(read(folder / "b.qde"), folder / "c.qde", target="as-read") == []
    assert canonical((folder / "b.qde").read_bytes()) == canonical((folder / "c.qde").read_bytes())
    again = read(folder / "c.qde")
    assert [str(d) for d in differences(read(folder / "b.qde"), again)] == []


@given(study=findings(), more=findings(), seed=st.integers(0, 2**32))
@many
def test_as_read_tells_what_was_changed_since(study: Study, more: Study, seed: int, folder: Path) -> None:
    """Findings added to a project that was read, or put in another order, come back but for what the losses name."""
    random = Random(seed)
    write(study, folder / "d.qde")
    root = etree.fromstring((folder / "d.qde").read_bytes())
    rearrange(root, random)
    (folder / "d.qde").write_bytes(etree.tostring(root))
    changed = read(folder / "d.qde")
    for name in ("points", "themes", "interviews", "questions", "sets", "links"):
        there = getattr(changed, name)
        new = [thing for thing in getattr(more, name) if changed.get(thing.id) is None]
        for thing in new:
            thing.extra = None
        there += new
        random.shuffle(there)
    losses = write(changed, folder / "e.qde", target="as-read")
    found = [str(d) for d in differences(without(changed, losses), read(folder / "e.qde"))]
    assert found == [], (found, losses)


def rearrange(root: Any, random: Random) -> None:
    """Shuffle what has no order of its own, and change a few things as a person or another program might."""
    for box in root.iterfind(f".//{NS}*"):
        for tag in ("Set", "Note", "Link", "Variable", "VariableValue"):
            found = box.findall(f"{NS}{tag}")
            if found and random.random() < 0.5:
                at = box.index(found[0])
                random.shuffle(found)
                for n, e in enumerate(found):
                    box.insert(at + n, e)
    for e in [e for e in root.iter() if random.random() < 0.05]:
        e.attrib.update({k: random.choice((v.upper(), v, guid(7))) for k, v in e.attrib.items() if k in ("guid", "targetGUID", "originGUID")})
        if e.tag in (f"{NS}Description", f"{NS}TextValue"):
            e.text = random.choice(("", "individual", (e.text or "") + "\n", "Status: reviewed"))
