"""Interviews, themes and points in a project: read well elsewhere, back from the file alone, and nothing taken for them that is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from lxml import etree

from qualdata import Case, Code, Coding, Contributor, Loss, Memo, Study, TextSource, Value, Variable, differences
from qualdata.formats.refi.conventions import carried
from qualdata.formats.refi.tools import target_names
from qualdata.model import Evidence, Interview, Point, ResearchQuestion, Set, Theme
from qualdata.model.study import LISTS
from qualdata.testing import names, studies, value_at, without
from tests.alone import write
from tests.canonical import canonical
from tests.independent import NS
from tests.loosely import read
from tests.official import project_schema
from tests.writing import guid
from tests.writing import project as written

TARGETS = ("standard", "nvivo", "atlasti")
"""The standard's own, one that counts otherwise, and one with ids in capitals and with two things under one id."""
many = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


# ---- what another program sees ----
ANA, BEN, CARE, TRUST, TALK, TAPE, WHY = (guid(n) for n in range(1, 8))
FIRST_LAID, SECOND_LAID = 50, 51
THEME, POINT, EVENT, MARK, FIRST, SECOND, NOTE = (guid(n) for n in range(11, 18))


def small() -> Study:
    """An interview with a transcript and a recording, a point on a coding, a theme with evidence for and against it."""
    talk = TextSource(id=TALK, name="Talk", text="I was afraid at first.")
    mark = talk.excerpt(6, 12)
    mark.id = MARK
    mark.codings = [Coding(id=FIRST, code=TRUST, coder=BEN), Coding(id=SECOND, code=CARE)]
    return Study(
        title="Small",
        contributors=[Contributor(id=BEN, name="Ben")],
        codes=[Code(id=CARE, name="Care"), Code(id=TRUST, name="Trust")],
        cases=[Case(id=ANA, name="Ana")],
        questions=[ResearchQuestion(id=WHY, text="Why come late?")],
        sources=[talk, TextSource(id=TAPE, name="Notes", text="Ana was calm.")],
        memos=[Memo(id=NOTE, name="A thought", text="Fear?")],
        interviews=[
            Interview(id=EVENT, name="Ana, first", mode="telephone", date="2023-05-17", duration=2_400_000, language="en", cases=[ANA], interviewers=[BEN], sources=[TALK, TAPE])
        ],
        points=[Point(id=POINT, heading="Fear", text="Fear comes first.", codes=[TRUST], codings=[FIRST], cases=[ANA], literature=["doi:10.1111/add.13314"], created_by=BEN)],
        themes=[
            Theme(
                id=THEME, name="Delayed attendance", statement="They come late.", description="More\non it.", questions=[WHY], status="reviewed", codes=[TRUST, CARE],
                evidence=[Evidence(ref=MARK, role="contradicts", note="calm"), Evidence(ref=SECOND), Evidence(ref=POINT), Evidence(ref=NOTE)],
            )
        ],
    )  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Any:
    """The small study as a project, which is told whole."""
    assert write(small(), tmp_path / "s.qde") == []
    assert [str(d) for d in differences(small(), read(tmp_path / "s.qde"))] == []
    return etree.fromstring((tmp_path / "s.qde").read_bytes())


def members(e: Any) -> list[tuple[str, str]]:
    return [(etree.QName(m).localname, m.get("targetGUID")) for m in e if m.get("targetGUID")]


def test_a_theme_is_seen_as_a_set(project: Any) -> None:
    """Its codes, memos and points are members; what there is to say of it stands in the description, that which is long first."""
    (theme,) = project.iter(f"{NS}Set")
    assert (theme.get("guid"), theme.get("name")) == (THEME, "Theme: Delayed attendance")
    assert theme.findtext(f"{NS}Description") == f"More\non it.\n\nStatement: They come late.\nQuestion: Why come late? [{WHY}]\nStatus: reviewed"
    assert members(theme) == [("MemberCode", TRUST), ("MemberCode", CARE), ("MemberNote", POINT), ("MemberNote", NOTE)]


def test_evidence_is_seen_as_links(project: Any) -> None:
    """From the set or the note to the passage, named by what it does. That a note at the end supports a theme is said by its membership."""
    links = [(e.get("name"), e.get("direction"), e.get("originGUID"), e.get("targetGUID")) for e in project.iter(f"{NS}Link")]
    assert links == [("rests on", "OneWay", POINT, MARK), ("contradicts: calm", "OneWay", THEME, MARK), ("supports", "OneWay", THEME, MARK)]


def test_a_point_is_seen_as_a_note(project: Any) -> None:
    """With its author, its text, its codes, and what else there is to say of it."""
    thought, note = project.iter(f"{NS}Note")
    assert thought.get("name") == "A thought"
    assert (note.get("guid"), note.get("name"), note.get("creatingUser")) == (POINT, "Point: Fear", BEN)
    assert note.findtext(f"{NS}PlainTextContent") == "Fear comes first."
    assert note.findtext(f"{NS}Description") == "Cases: Ana\nLiterature: doi:10.1111/add.13314\nProcess: describe"
    assert [e.get("targetGUID") for e in note.iter(f"{NS}CodeRef")] == [TRUST]


def test_an_interview_is_seen_as_variables_of_its_sources(project: Any) -> None:
    """Each of its sources has all of them, with words and names for values, and a date for a date."""
    kinds = {e.get("guid"): (e.get("name"), e.get("typeOfVariable")) for e in project.iter(f"{NS}Variable")}
    assert {name: type for name, type in kinds.values() if type != "Text"} == {"Interview: date": "Date"}
    said = {"name": "Ana, first", "kind": "individual", "mode": "telephone", "date": "2023-05-17", "duration": "0:40:00", "language": "en"}
    said |= {"cases": "Ana", "interviewers": "Ben", "id": EVENT}
    for source in project.iter(f"{NS}TextSource"):
        values = [(kinds[v[0].get("targetGUID")][0], v[1].text) for v in source.iter(f"{NS}VariableValue")]
        assert values == [(f"Interview: {label}", text) for label, text in said.items()]
    assert {etree.QName(v[1]).localname for v in project.iter(f"{NS}VariableValue")} == {"TextValue", "DateValue"}


def test_what_is_seen_is_valid(project: Any) -> None:
    project_schema().assertValid(project)


def test_the_order_of_interviews_and_of_their_sources_is_said_where_it_is_another(tmp_path: Path) -> None:
    """Numbers are needed only where the sources stand in another order."""
    study = Study(sources=[TextSource(id=guid(n), text="t") for n in range(4)])
    study.interviews = [Interview(id=EVENT, sources=[guid(3), guid(2)]), Interview(id=THEME, sources=[guid(0)]), Interview(id=POINT, sources=[guid(1)])]
    assert write(study, tmp_path / "s.qde") == []
    assert read(tmp_path / "s.qde") == study
    root = etree.fromstring((tmp_path / "s.qde").read_bytes())
    labels = {e.get("guid"): e.get("name") for e in root.iter(f"{NS}Variable")}
    values = [{labels[v[0].get("targetGUID")]: v[1].text for v in s.iter(f"{NS}VariableValue")} for s in root.iter(f"{NS}TextSource")]
    assert [(v["Interview: number"], v.get("Interview: part")) for v in values] == [("2", None), ("3", None), ("1", "2"), ("1", "1")]


def test_dates_that_are_not_whole_are_texts(tmp_path: Path) -> None:
    """A variable has one type, so one month among the days makes texts of all."""
    study = Study(sources=[TextSource(id=guid(n), text="t") for n in range(2)])
    study.interviews = [Interview(date="2023-05-17", sources=[guid(0)]), Interview(date="2023-05", sources=[guid(1)])]
    assert write(study, tmp_path / "s.qde") == []
    assert b"DateValue" not in (tmp_path / "s.qde").read_bytes()
    assert read(tmp_path / "s.qde") == study


# ---- what cannot be told ----
def differences_of(study: Study, losses: list[Loss], path: Path) -> list[str]:
    """Where what a file says is not the study without its losses."""
    return [str(d) for d in differences(without(study, losses), read(path))]


def fields(losses: list[Loss]) -> set[str]:
    return {f for loss in losses for f in loss.fields}


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (lambda s: s.cases.append(Case(name="Ana")), {"Interview.cases", "Point.cases"}),
        (lambda s: s.interviews.append(Interview(sources=[TAPE])), {"Study.interviews"}),
        (lambda s: s.interviews.append(Interview(sources=[])), {"Study.interviews"}),
        (lambda s: setattr(s.themes[0], "statement", "two\nlines"), {"Theme.statement"}),
        (lambda s: s.themes.append(Theme(name="Delayed attendance", parent=THEME)), {"Theme.parent"}),
        (lambda s: s.questions.insert(0, ResearchQuestion(text="Who?")), {"Study.questions"}),
        (lambda s: s.themes.append(Theme(name="x", status="dreamt", memos=[NOTE], created_by=BEN)), {"Theme.status", "Theme.memos", "Theme.created_by"}),
        (lambda s: setattr(s.interviews[0], "duration", -1), {"Interview.duration"}),
        (lambda s: s.themes[0].evidence.append(Evidence(ref=f"{MARK}#2")), {"Thing.id"}),
        (lambda s: s.variables.append(Variable(name="Interview: mode")), {"Study.interviews"}),
    ],
)
def test_what_cannot_be_told_is_said(change: Callable[[Study], object], lost: set[str], tmp_path: Path) -> None:
    """One of two equal names, two interviews on one source, a line of two lines: each is a loss, and all else comes back."""
    study = small()
    change(study)
    losses = write(study, tmp_path / "s.qde")
    assert fields(losses) == lost
    assert differences_of(study, losses, tmp_path / "s.qde") == []


def test_questions_that_no_order_of_themes_can_tell_are_said(tmp_path: Path) -> None:
    """Questions come back in the order in which themes ask them; where that is another than the study's, they stay behind."""
    study = Study(themes=[Theme(name="a", questions=["Q2"]), Theme(name="b", questions=["Q1"])])
    study.questions = [ResearchQuestion(id="Q1", text="One?"), ResearchQuestion(id="Q2", text="Two?")]
    losses = write(study, tmp_path / "s.qde")
    assert fields(losses) >= {"Study.questions", "Theme.questions"}
    study.themes.reverse()
    assert fields(write(study, tmp_path / "s.qde")) == {"Thing.id"}


@pytest.mark.parametrize(
    ("target", "kept"),
    [("qualcoder", {"interviews"}), ("nvivo", {"points", "questions", "themes"}), ("atlasti", {"questions", "themes"}), ("standard", None)],
)
def test_a_program_that_does_not_keep_sets_or_attributes_keeps_no_themes_or_interviews(target: str, kept: set[str] | None, tmp_path: Path) -> None:
    """They stand in the file, but do not come back out of it: that is said of each, once."""
    losses = [loss for loss in write(small(), tmp_path / "s.qde", target=target) if not loss.in_file]
    told = [f.removeprefix("Study.") for loss in losses for f in loss.fields if f.removeprefix("Study.") in ("interviews", "points", "questions", "themes")]
    assert len(told) == len({*told})
    assert {*told} == ({"interviews", "points", "questions", "themes"} - kept if kept is not None else set())
    back = without(small(), losses, returned=True)
    assert all((getattr(back, name) == []) is (name in told) for name in ("interviews", "points", "questions", "themes"))


# ---- what stands in a file under one id with something else ----
@pytest.mark.parametrize("target", target_names())
@pytest.mark.parametrize("which", ["coding", "page", "twin"])
def test_evidence_in_the_text_of_a_pdf_comes_back_or_is_said(which: str, target: str, tmp_path: Path) -> None:
    """Where the quotation has the GUID of that on the page, a coding on it is still told from one on the page; itself it is not."""
    on_page, in_text = ('<PDFSelection guid="{0}" page="0" firstX="1" firstY="1" secondX="9" secondY="9">{1}</PDFSelection>',
                        '<PlainTextSelection guid="{0}" startPosition="4" endPosition="12">{1}</PlainTextSelection>')  # fmt: skip
    laid = [f'<Coding guid="{guid(n)}"><CodeRef targetGUID="{TRUST}"/></Coding>' for n in (FIRST_LAID, SECOND_LAID)]
    text = f'<Representation guid="{guid(52)}"><PlainTextContent>All Eat well now</PlainTextContent>{in_text.format(MARK, laid[1])}</Representation>'
    code = f'<CodeBook><Codes><Code guid="{TRUST}" name="Trust" isCodable="true"/></Codes></CodeBook>'
    (tmp_path / "a.qde").write_text(written(code, f'<Sources><PDFSource guid="{TALK}">{on_page.format(MARK, laid[0])}{text}</PDFSource></Sources>', origin="ATLAS.ti 8.4"))
    study = read(tmp_path / "a.qde")
    ref = {"coding": guid(SECOND_LAID), "page": MARK, "twin": f"{MARK}#2"}[which]
    study.points.append(Point(id=POINT, text="t", codings=[ref]))
    study.themes.append(Theme(id=THEME, name="T", evidence=[Evidence(ref=ref, role="contradicts")]))
    losses = write(study, tmp_path / "s.qde", target=target)
    assert differences_of(study, losses, tmp_path / "s.qde") == []
    both = which == "twin" and target in ("atlasti", "as-read")
    assert bool({"Theme.evidence", "Point.codings"} & fields([loss for loss in losses if loss.in_file])) is both
    as_read(tmp_path / "s.qde")


# ---- what only looks like it ----
SETS = "\n".join(
    f'<Set guid="{guid(n)}" name="{name}">{inside}</Set>'
    for n, (name, inside) in enumerate(
        (
            ("age: 67", f'<MemberSource targetGUID="{TALK}"/>'),
            ("Theme: Coping", f'<MemberCode targetGUID="{CARE}"/>'),
            ("Theme: Files", f'<Description>Status: defined</Description><MemberSource targetGUID="{TALK}"/>'),
            ("Theme: Words", "<Description>Status: nearly</Description>"),
            ("Theme: Space", "<Description>long\nStatus: defined</Description>"),
            ("Theme:Close", "<Description>Status: defined</Description>"),
            ("Theme: Lost", "<Description>Part of: No such\nStatus: defined</Description>"),
            ("Theme: Foreign", '<Description>Status: defined</Description><x:y xmlns:x="urn:x"/>'),
        ),
        start=30,
    )
)
PROCESS = "<Description>Process: describe</Description>"
NOTES = "\n".join(
    f'<Note guid="{guid(n)}" name="{name}">{inside}</Note>'
    for n, (name, inside) in enumerate(
        (
            ("Point: by hand", "<PlainTextContent>t</PlainTextContent>"),
            ("Point: coded", f'{PROCESS}<PlainTextContent>t</PlainTextContent><Coding guid="{guid(60)}"><CodeRef targetGUID="{CARE}"/></Coding>'),
            ("Point: none", PROCESS),
            ("Points", f"{PROCESS}<PlainTextContent>t</PlainTextContent>"),
        ),
        start=40,
    )
)


def by_hand(tmp_path: Path, *parts: str) -> Path:
    path = tmp_path / "hand.qde"
    path.write_text(written(*parts, origin="NVivo for Windows 14"))
    return path


def as_read(path: Path) -> None:
    """Written again as it was read, the project is the same."""
    assert write(read(path), path.with_name("again.qde"), target="as-read") == []
    assert canonical(path.with_name("again.qde").read_bytes()) == canonical(path.read_bytes())


def test_sets_and_notes_that_are_not_exactly_so_stay_what_they_are(tmp_path: Path) -> None:
    """A name alone makes no theme and no point: nothing is made up that the file does not say."""
    path = by_hand(tmp_path, f"<Notes>{NOTES}</Notes>", f"<Sets>{SETS}</Sets>")
    study = read(path)
    assert (study.themes, study.points) == ([], [])
    assert (len(study.sets), len(study.memos)) == (8, 4)
    as_read(path)


def test_a_theme_made_by_hand_is_one_and_stands_where_it_stood(tmp_path: Path) -> None:
    """Whoever writes the lines into another program gets a theme and a question; as-read, its set stands between the others again."""
    lines = f"Question: Why?\nQuestion: Who? [{guid(70)}]\nPart of: A\nStatus: reported"
    themes = f'<Set guid="{guid(21)}" name="Theme: A"><Description>Status: candidate</Description></Set>'
    themes += f'<Set guid="{{{guid(22).upper()}}}" name="Theme: B"><Description>{lines}</Description></Set>'
    path = by_hand(tmp_path, f"<Sets>{themes}{SETS}</Sets>")
    study = read(path)
    assert [(t.name, t.status) for t in study.themes] == [("A", "candidate"), ("B", "reported")]
    assert study.themes[1].parent == study.themes[0].id
    assert [q.text for q in study.questions] == ["Why?", "Who?"]
    assert study.themes[1].questions == [q.id for q in study.questions]
    as_read(path)
    write(study, tmp_path / "kept.qualdata")
    write(read(tmp_path / "kept.qualdata"), tmp_path / "out.qde", target="as-read")
    assert canonical((tmp_path / "out.qde").read_bytes()) == canonical(path.read_bytes())


def hand_variables(values: str, labels: tuple[str, ...] = ("mode", "kind"), case: str = "") -> tuple[str, ...]:
    made = "".join(f'<Variable guid="{guid(80 + n)}" name="{label}" typeOfVariable="Text"/>' for n, label in enumerate(("Age", *(f"Interview: {label}" for label in labels))))
    source = f'<TextSource guid="{TALK}" name="Talk"><PlainTextContent>t</PlainTextContent>{values}</TextSource>'
    return f"<Variables>{made}</Variables>", f'<Cases><Case guid="{ANA}" name="Ana">{case}</Case></Cases>', f"<Sources>{source}</Sources>"


def value(n: int, text: str) -> str:
    return f'<VariableValue><VariableRef targetGUID="{guid(80 + n)}"/><TextValue>{text}</TextValue></VariableValue>'


def test_an_interview_made_by_hand_is_one_and_its_values_stand_where_they_stood(tmp_path: Path) -> None:
    """Two attributes of a file are enough, in any order and between others; its id follows from the file's."""
    path = by_hand(tmp_path, *hand_variables(value(1, "telephone") + value(0, "40") + value(2, "joint")))
    study = read(path)
    (interview,) = study.interviews
    assert (interview.kind, interview.mode, interview.sources) == ("joint", "telephone", [TALK])
    assert [v.name for v in study.variables] == ["Age"]
    assert [v.value for v in study.sources[0].values] == ["40"]
    assert read(path).interviews[0].id == interview.id
    as_read(path)


@pytest.mark.parametrize(
    "parts",
    [
        hand_variables(value(1, "telephone")),
        hand_variables(value(1, "by pigeon") + value(2, "joint")),
        hand_variables(value(1, "telephone") + value(2, "joint") + value(2, "joint")),
        hand_variables(value(1, "telephone") + value(2, "joint"), case=value(1, "video")),
        hand_variables(value(1, "Ana; Ben") + value(2, "joint"), ("cases", "kind")),
        hand_variables(value(1, "00:40:00") + value(2, "joint"), ("duration", "kind")),
        hand_variables(value(1, "joint") + value(2, "joint"), ("kind", "kind")),
        hand_variables(value(1, "joint") + value(2, "7"), ("kind", "id")),
    ],
)
def test_variables_that_are_not_exactly_so_stay_what_they_are(parts: tuple[str, ...], tmp_path: Path) -> None:
    """Words that are none of ours, a value twice or elsewhere, someone who is not there, no kind: the variables are left alone, all of them."""
    path = by_hand(tmp_path, *parts)
    study = read(path)
    assert study.interviews == []
    assert len(study.variables) == 3
    as_read(path)


def test_a_set_of_the_study_does_not_come_back_as_a_theme(tmp_path: Path) -> None:
    """What would be taken for a theme or a point is left without its description, and that is said, with the reason."""
    study = Study(sets=[Set(name="Theme: x", description="Status: reviewed")], memos=[Memo(name="Point", text="t", description="Process: describe")])
    losses = write(study, tmp_path / "s.qde")
    assert fields(losses) == {"Set.description", "Memo.description"}
    assert "read again as a theme" in next(loss.why for loss in losses if loss.fields == ("Set.description",))
    assert differences_of(study, losses, tmp_path / "s.qde") == []


def test_a_link_taken_out_elsewhere_is_missing_and_a_memo_put_in_is_evidence(project: Any, tmp_path: Path) -> None:
    """Somebody works on with the project in another program: what they changed is changed, all else is as it was."""
    links, theme = project.find(f"{NS}Links"), project.find(f".//{NS}Set")
    links.remove(links[1])
    etree.SubElement(project.find(f"{NS}Notes"), f"{NS}Note", guid=guid(90), name="New")
    etree.SubElement(theme, f"{NS}MemberNote", targetGUID=guid(90))
    (tmp_path / "changed.qde").write_bytes(etree.tostring(project))
    evidence = read(tmp_path / "changed.qde").themes[0].evidence
    assert [(e.ref, e.role) for e in evidence] == [(SECOND, "supports"), (POINT, "supports"), (NOTE, "supports"), (guid(90), "supports")]


@pytest.mark.parametrize("since", [0, 1])
def test_a_theme_stays_one_when_evidence_is_deleted_elsewhere(since: int, tmp_path: Path) -> None:
    """Of a note and a passage the passage goes: the note is left, linked though it need not be; as-read the link is there, also if more is said since."""
    study = small()
    study.themes[0].evidence = [Evidence(ref=NOTE), Evidence(ref=MARK)]
    write(study, tmp_path / "s.qde")
    root = etree.fromstring((tmp_path / "s.qde").read_bytes())
    links = root.find(f"{NS}Links")
    links.remove(next(link for link in links if link.get("targetGUID") == MARK and link.get("originGUID") == THEME))
    (tmp_path / "changed.qde").write_bytes(etree.tostring(root))
    back = read(tmp_path / "changed.qde")
    assert [(t.name, [e.ref for e in t.evidence]) for t in back.themes] == [("Delayed attendance", [NOTE])]
    as_read(tmp_path / "changed.qde")
    back.themes[0].evidence[since:since] = [Evidence(ref=TALK, role="qualifies")]
    assert write(back, tmp_path / "t.qde", target="as-read") == []
    assert read(tmp_path / "t.qde").themes == back.themes


def test_a_link_that_says_something_else_stays_a_link(project: Any, tmp_path: Path) -> None:
    """Renamed or coloured in another program, it is no evidence any more; evidence in its place cannot be told beside it, which is said."""
    links = project.find(f"{NS}Links")
    links[1].set("name", "explains")
    links[2].set("color", "#ff0000")
    (tmp_path / "changed.qde").write_bytes(etree.tostring(project))
    study = read(tmp_path / "changed.qde")
    assert [e.ref for e in study.themes[0].evidence] == [POINT, NOTE]
    assert [link.name for link in study.links] == ["explains", "supports"]
    as_read(tmp_path / "changed.qde")
    study.themes[0].evidence.insert(0, Evidence(ref=SECOND))
    losses = write(study, tmp_path / "s.qde")
    assert fields(losses) == {"Theme.evidence"}
    assert differences_of(study, losses, tmp_path / "s.qde") == []


def test_a_link_of_the_study_does_not_come_back_as_evidence(tmp_path: Path) -> None:
    """One just as evidence would be told is left out, and said."""
    study = small()
    study.links = carried(study).study.links[1:2]
    study.themes[0].evidence = []
    losses = write(study, tmp_path / "s.qde")
    assert fields(losses) == {"Study.links"}
    assert differences_of(study, losses, tmp_path / "s.qde") == []


def test_the_study_is_not_changed_by_telling_it(tmp_path: Path) -> None:
    """Neither lists nor things."""
    study = small()
    before, lists = deepcopy(study), {name: [id(t) for t in getattr(study, name)] for name in LISTS.values()}
    write(study, tmp_path / "s.qde")
    assert study == before
    assert {name: [id(t) for t in getattr(study, name)] for name in lists} == lists


def test_a_value_that_is_lost_is_named_by_its_place_in_the_study(tmp_path: Path) -> None:
    """As-read, values of an interview may stand before it."""
    study = read(by_hand(tmp_path, *hand_variables(value(1, "telephone") + value(2, "joint") + value(0, "40"))))
    study.sources[0].values[0].value, study.sources[0].values[0].type = None, "Integer"
    (loss,) = write(study, tmp_path / "s.qde", target="as-read")
    assert (loss.fields, loss.ids) == (("Value.type",), (f"{TALK}/0",))
    assert differences_of(study, [loss], tmp_path / "s.qde") == []


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
        variables_by_hand(study, draw)
    return study


def variables_by_hand(study: Study, draw: DrawFn) -> None:
    """Variables that somebody named as those of interviews, with values on some sources, perhaps on a case."""
    for n, label in enumerate(("kind", *draw(st.lists(st.sampled_from(("name", "mode", "date", "duration", "cases", "number", "part", "id")), max_size=2)))):
        study.variables.append(Variable(id=f"{guid(700 + n)}", name=f"Interview: {label}"))
        for holder in (*study.sources, *study.cases[: draw(st.integers(0, 1))]):
            if draw(st.booleans()):
                holder.values.append(Value(variable=guid(700 + n), value=draw(st.sampled_from(("individual", "1", "telephone", "2023", "0:00:01")))))


@pytest.mark.parametrize("ending", ["qdpx", "qde"])
@pytest.mark.parametrize("target", TARGETS)
@given(study=findings())
@many
def test_findings_come_back_but_for_their_losses(study: Study, target: str, ending: str, folder: Path) -> None:
    """Whatever looks like what: what the losses name is missing, and nothing else."""
    path = folder / f"{target}.{ending}"
    losses = write(study, path, target=target)
    assert differences_of(study, losses, path) == []
    back = read(path)
    for loss in (loss for loss in losses if loss.in_file):
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
        if not any("#" in thing.id for thing in there):  # which of two with one id is the second is said by their order alone
            random.shuffle(there)
    losses = write(changed, folder / "e.qde", target="as-read")
    assert differences_of(changed, losses, folder / "e.qde") == []


def rearrange(root: Any, random: Random) -> None:
    """Shuffle what has no order of its own, delete a few links, and change a few things as a person or another program might."""
    for box in root.iterfind(f".//{NS}*"):
        for tag in ("Set", "Note", "Link", "Variable", "VariableValue"):
            found = box.findall(f"{NS}{tag}")
            if found and random.random() < 0.5:
                at = box.index(found[0])
                random.shuffle(found)
                for n, e in enumerate(found):
                    box.insert(at + n, e)
    for link in [e for e in root.iter(f"{NS}Link") if random.random() < 0.1]:
        link.getparent().remove(link)
    for e in [e for e in root.iter() if random.random() < 0.05]:
        e.attrib.update({k: random.choice((v.upper(), v, guid(7))) for k, v in e.attrib.items() if k in ("guid", "targetGUID", "originGUID")})
        if e.tag in (f"{NS}Description", f"{NS}TextValue"):
            e.text = random.choice(("", "individual", (e.text or "") + "\n", "Status: reviewed"))
