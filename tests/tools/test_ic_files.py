"""Codings and analysis files: what they show, and that what is typed into them comes back, no more and no less."""

from __future__ import annotations

import shutil
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import example as example_of

from qualdata import Code, Coding, Point, Study, TextSource, example
from qualdata.errors import QualdataError, ReadError, WriteError
from qualdata.report.pages import PAGES
from qualdata.testing import studies
from qualdata.tools.ic.folder import code_files, read_folder, write_folder
from tests.tools.ic_study import ANN, WORDS, coded, label_of, labels, moving, paragraphs, typed

FORMS = [*PAGES]


def write(study: Study, folder: Path, form: str, **options: Any) -> list[Path]:
    return write_folder(study, code_files(study, **options), folder, PAGES[form])


def told(points: Any) -> list[str]:
    return [str(one) for one in points.unread]


# ---- what they show ----
def test_a_codings_file_reads_as_a_person_would_expect(tmp_path: Path) -> None:
    """By hand: participants in their order, prompts before, an interviewer within; a rejected coding is not there."""
    study = moving()
    write(study, tmp_path, "docx", attributes=study.variables)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["Moving - analysis.docx", "Moving - codings.docx", "Own place - analysis.docx", "Own place - codings.docx"]
    shown = paragraphs(tmp_path / "Moving - codings.docx")
    assert shown[0] == "Codings: Moving"
    assert shown[1].startswith("Code: Moving [@")
    assert shown[2:6] == ["Meaning: Leaving, or not.", "Include: Staying.", "Study: Moving house", "Extracts: 5, about 2 of 2 participants"]
    assert [paragraph.partition("] ")[2] for paragraph in shown[6:]] == [
        "Ann (Age: 41)\nINT: How did you come to move?\nThe rent went up.",
        "Ann (Age: 41)\nINT: How did you come to move? … INT: Mm.\nSo we packed. [laughs]",
        "Ann (Age: 41)\nINT: How did you come to move? … INT: Mm. … INT: And the children?\nThey liked it.\nINT: Really?\nAnn: The garden, they did.",
        "Ben\nINT: How did you come to move?\nI didn't. I stayed, = as always.",
        "Ben\nINT: How did you come to move?\nIt's *mine*, <that> house.",
    ]
    assert len(labels(tmp_path / "Own place - codings.docx")) == 1


def test_what_is_asked_is_grey(tmp_path: Path) -> None:
    """By a character style, before the words and within them."""
    write(moving(), tmp_path, "docx")
    document = docx.Document(str(tmp_path / "Moving - codings.docx"))
    runs = [(run.text.strip(), run.style.name) for p in document.paragraphs if p.text.endswith("they did.") for run in p.runs]
    assert [text for text, style in runs if style == "Prompt"] == ["INT: How did you come to move? … INT: Mm. … INT: And the children?", "INT: Really?"]
    assert [text for text, style in runs if style == "Default Paragraph Font"] == ["They liked it.", "Ann: The garden, they did."]
    assert str(document.styles["Prompt"].font.color.rgb) == "767676"


def test_subcodes_come_along_when_they_are_asked_for(tmp_path: Path) -> None:
    """Each extract then says its code."""
    write(moving(), tmp_path, "md", with_subcodes=True)
    text = (tmp_path / "Moving - codings.md").read_text(encoding="utf-8")
    assert "Extracts: 6, about 2 of 2 participants" in text
    assert text.count(" · Moving > Own place\\\n") == 1
    assert text.count(" · Moving\\\n") == 5


def test_the_same_study_gives_the_same_bytes(tmp_path: Path) -> None:
    """So files that no one changed can be told; and labels do not change when a coding is added."""
    for form in FORMS:
        first = {p.name: p.read_bytes() for p in write(moving(), tmp_path / "a", form)}
        assert first == {p.name: p.read_bytes() for p in write(moving(), tmp_path / "b", form)}
    more = moving()
    coded(more, "They liked it.", "move")
    write(more, tmp_path / "c", "docx")
    known, now = (labels(tmp_path / folder / "Moving - codings.docx") for folder in "ac")
    assert known.items() < now.items()


def test_synthetic_studies_say_so_in_name_and_first_line(tmp_path: Path) -> None:
    """In both forms."""
    study = moving()
    study.synthetic = True
    for form in FORMS:
        for path in write(study, tmp_path, form):
            assert path.name.startswith("SYNTHETIC ")
            assert paragraphs(path)[0].startswith("SYNTHETIC")


def test_hostile_names_of_codes_stay_in_the_folder(tmp_path: Path) -> None:
    """Each code has its two files, in the folder and nowhere else."""
    study = moving()
    study.codes[0].name, study.codes[1].name = "../../up\\and: out", "../../up\\and: out"
    write(study, tmp_path / "in", "docx")
    assert len(list((tmp_path / "in").iterdir())) == 4
    assert [p.name for p in tmp_path.iterdir()] == ["in"]
    points = read_folder(study, tmp_path / "in")
    assert not points.unread
    for code in study.codes:  # one alone is called as it is among all
        write_folder(study, code_files(study, [code]), tmp_path / "in", PAGES["docx"])
    assert len(list((tmp_path / "in").iterdir())) == 4


# ---- reading back ----
@pytest.mark.parametrize(("form", "codes", "points"), [("md", 38, 192), ("docx", 6, 25)])
def test_what_no_one_changed_changes_nothing(form: str, codes: int, points: int, tmp_path: Path) -> None:
    """The example, or a part of it: all its points are found, nothing is complained of."""
    study = example()
    write_folder(study, code_files(study, study.codes[:codes], attributes=study.variables), tmp_path, PAGES[form])
    found = read_folder(study, tmp_path)
    assert (len(found.added), len(found.changed), len(found.left), told(found)) == (0, 0, 0, [])
    assert len(found.same) == points == sum(bool(set(p.codes) & {c.id for c in study.codes[:codes]}) for p in study.points)
    assert study == example()


def law(study: Study, folder: Path, form: str) -> None:
    shutil.rmtree(folder / form, ignore_errors=True)
    files = code_files(study, study.codes)
    if not files:
        return
    write_folder(study, files, folder / form, PAGES[form])
    before = deepcopy(study)
    points = read_folder(study, folder / form)
    assert (points.added, points.changed, points.left, told(points)) == ((), (), (), [])
    assert study == before
    write_folder(study, files, folder / form, PAGES[form])  # and may be written again


@example_of(study=Study(codes=[Code(id="k", name="\r\n")], points=[Point(text="", codes=["k"])]))
@example_of(study=Study(sources=[TextSource(name="a\tb\nc", codings=[Coding(code="k")])], codes=[Code(id="k", name="Code")]))
@given(studies())
def test_of_any_study_what_no_one_changed_changes_nothing_in_markdown(folder: Path, study: Study) -> None:
    """Whatever its codes, points and texts say."""
    law(study, folder, "md")


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(studies(max_codes=3))
def test_of_any_study_what_no_one_changed_changes_nothing_in_word(folder: Path, study: Study) -> None:
    """The same; fewer, as Word documents take their time."""
    law(study, folder, "docx")


def type_some(folder: Path, form: str) -> None:
    """Points in two sections, under headings of two kinds, with labels written in several ways."""
    file = folder / f"Moving - analysis.{form}"
    rent, packed, liked, stayed, mine = (label_of(folder / f"Moving - codings.{form}", words) for words in WORDS)
    typed(
        file, "Describe",
        ("p", f"Rent made Ann move. [{rent}]"), ("h", "Who decides"), ("p", f"Ann’s family & Ben – <unlike> *others* – chose. [{packed}, {liked}; {stayed}]"),
        ("p", f"[differentiate] Ben did not [laughs] move (\u201cas always\u201d). [{stayed.upper()}] ({mine})"),
    )  # fmt: skip
    typed(file, "Conceptualise deductively", ("b", "Owning"), ("p", f"A house is mine or not. [{mine}]"))


EXPECTED = [
    ("Rent made Ann move.", None, "describe", ["k0"], ["c-Ann"]),
    ("Ann’s family & Ben – <unlike> *others* – chose.", "Who decides", "describe", ["k1", "k2", "k3"], ["c-Ann", "c-Ben"]),
    ("Ben did not [laughs] move (\u201cas always\u201d).", "Who decides", "differentiate", ["k3", "k4"], ["c-Ben"]),
    ("A house is mine or not.", "Owning", "conceptualise deductively", ["k4"], ["c-Ben"]),
]
"""The points that were typed, by hand; emphasis typed in Markdown stays as it was typed."""


def check(study: Study) -> None:
    found = [(p.text, p.heading, p.process, p.codings, p.cases) for p in study.points]
    assert found == EXPECTED
    assert all(p.codes == ["move"] for p in study.points)


@pytest.mark.parametrize("form", FORMS)
def test_points_come_back_as_they_were_typed(form: str, tmp_path: Path) -> None:
    """Exactly those, with heading, step, codings and participants; reading them again changes nothing."""
    study = moving()
    write(study, tmp_path, form)
    type_some(tmp_path, form)
    points = read_folder(study, tmp_path)
    assert told(points) == []
    assert list(points.added) == study.points
    check(study)
    again = read_folder(study, tmp_path)
    assert (len(again.added), len(again.changed), len(again.same), told(again)) == (0, 0, 4, [])
    other = moving()
    read_folder(other, tmp_path)
    assert [p.id for p in other.points] == [p.id for p in study.points], "the same files give the same ids"


@pytest.mark.parametrize("form", FORMS)
def test_changed_points_are_changed_and_none_is_doubled(form: str, tmp_path: Path) -> None:
    """Found by their mark, however much is changed; without a mark by their words, or by what they rest on."""
    study = moving()
    study.add(Point(id="p0", text="Old words.", heading="Old", codes=["move"], codings=["k0", "gone"], cases=["c-Ann"], literature=["Someone 1999"]))
    study.add(Point(id="p1", text="Without a mark.", codes=["move"], codings=["k1"], cases=["c-Ann"]))
    study.add(Point(id="p2", text="Left out.", codes=["move"], codings=["k2"]))
    write(study, tmp_path, form)
    file = tmp_path / f"Moving - analysis.{form}"
    stayed, liked = (label_of(tmp_path / f"Moving - codings.{form}", words) for words in (WORDS[3], WORDS[2]))
    old, mark = next((p, p.rpartition("[#")[2]) for p in paragraphs(file) if "Old words." in p)
    edit(file, {old.strip(): f"New words. [{stayed}] [#{mark}", "Without a mark.": "Its words are others now.", "Left out.": None})
    drop_mark(file, "others now")
    typed(file, "Externalise", ("p", f"New. [{liked}, {stayed}]"))
    points = read_folder(study, tmp_path)
    assert told(points) == []
    assert ([p.id for p in points.changed], [p.id for p in points.left], [p.text for p in points.added]) == (["p0", "p1"], ["p2"], ["New."])
    first, second, *_ = study.points
    assert (first.text, first.heading, first.codings, first.cases, first.literature) == ("New words.", "Old", ["k3", "gone"], ["c-Ben"], ["Someone 1999"])
    assert (second.text, second.codings) == ("Its words are others now.", ["k1"])


def edit(file: Path, changes: dict[str, str | None]) -> None:
    """Write other words where some stand in a paragraph, or take the paragraph out."""
    if file.suffix == ".md":
        text = file.read_text(encoding="utf-8")
        for old, new in changes.items():
            line = next(line for line in text.split("\n") if old.removeprefix("- ") in line)
            text = text.replace(line, "" if new is None else line.replace(old.removeprefix("- "), new))
        file.write_text(text, encoding="utf-8")
        return
    document = docx.Document(str(file))
    for old, new in changes.items():
        paragraph = next(p for p in document.paragraphs if old in p.text)
        if new is None:
            paragraph._p.getparent().remove(paragraph._p)
        else:
            paragraph.text = paragraph.text.replace(old, new)
    document.save(str(file))


def drop_mark(file: Path, words: str) -> None:
    paragraph = next(p for p in paragraphs(file) if words in p).strip()
    edit(file, {paragraph: paragraph[: paragraph.rindex(" [#")].removeprefix("- ")})


@pytest.mark.parametrize("form", FORMS)
def test_what_cannot_be_read_is_listed_with_its_place(form: str, tmp_path: Path) -> None:
    """Each with file, line or paragraph, and its first words."""
    study = moving()
    write(study, tmp_path, form)
    rent = label_of(tmp_path / f"Moving - codings.{form}", WORDS[0])
    typed(
        tmp_path / f"Moving - analysis.{form}", "Describe",
        ("p", "A thought without a label."), ("p", f"Twice. [{rent}, {rent}]"), ("p", f"Unknown. [{rent}, Ben-22222, see]"), ("p", "Only unknown. [Ann-bcdfg]"),
        ("p", f"[{rent}]"), ("p", f"No such point. [{rent}] [#22222]"),
    )  # fmt: skip
    points = read_folder(study, tmp_path)
    unit, first = {"docx": ("paragraph", 9), "md": ("line", 17)}[form]
    places = {line.partition(":")[0].removeprefix(f"Moving - analysis.{form}, {unit} ") for line in told(points)}
    step = 1 if form == "docx" else 2
    assert places == {str(first + step * n) for n in range(6)}
    wrong = ["no label of an extract", f"{rent} is cited twice", "no extract Ben-22222", "see is no label", "no extract Ann-bcdfg"]
    for words in (*wrong, "it has no words, and was not read", "no point [#22222]", "A thought without"):
        assert any(words in line for line in told(points)), words
    assert [(p.text, p.codings) for p in points.added] == [("Twice.", ["k0"]), ("Unknown.", ["k0"]), ("No such point.", ["k0"])]


def test_points_may_be_written_below_an_extract_but_not_into_it(tmp_path: Path) -> None:
    """One that stands by itself is read; an extract in which someone wrote is told."""
    study = moving()
    write(study, tmp_path, "md")
    file = tmp_path / "Moving - analysis.md"
    rent = label_of(file, WORDS[0])
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("The rent went up.\n", f"The rent went up.\n\nMoney. [{rent}]\n").replace("So we packed.", "So we packed at once."), encoding="utf-8")
    points = read_folder(study, tmp_path)
    assert [p.text for p in points.added] == ["Money."]
    assert len(told(points)) == 1
    assert "the extract was changed" in told(points)[0]


def test_other_files_are_told_or_left_alone(tmp_path: Path) -> None:
    """An OpenDocument text is named, as is one of another study; lock files, and what is hidden, are not."""
    study = moving()
    write(study, tmp_path, "md")
    for name in ("mine.odt", ".~lock.mine.odt#", "~$mine.docx", "grid.csv", "notes.md"):
        (tmp_path / name).write_text("words")
    assert [line.partition(":")[0] for line in told(read_folder(study, tmp_path))] == ["mine.odt", "notes.md"]
    with pytest.raises(ReadError, match="no such folder"):
        read_folder(study, tmp_path / "none")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError, match="no Word document"):
        read_folder(study, tmp_path / "empty")


def test_files_of_another_study_are_told_once(tmp_path: Path) -> None:
    """Not line by line."""
    write(moving(), tmp_path, "md")
    other = Study(sources=example().sources, codes=example().codes)
    assert [line.partition(": ")[2] for line in told(read_folder(other, tmp_path))] == ["this study has neither the code nor the extracts that it is about; nothing was read."] * 4


def test_what_does_not_count_may_be_cited_but_is_told(tmp_path: Path) -> None:
    """A coding that was rejected after the point about it was typed."""
    study = moving()
    write(study, tmp_path, "md")
    type_some(tmp_path, "md")
    study["k0"].status = "rejected"
    points = read_folder(study, tmp_path)
    assert "k0" in points.added[0].codings
    assert [line for line in told(points) if "does not count" in line and "Rent made Ann move" in line]


def test_a_damaged_document_is_told(tmp_path: Path) -> None:
    """In one sentence; nothing is changed."""
    study = moving()
    before = deepcopy(study)
    for data in (b"PK\x03\x04 no", b"nothing of it"):
        (tmp_path / "a.docx").write_bytes(data)
        with pytest.raises(ReadError):
            read_folder(study, tmp_path)
    assert study == before


def test_tracked_changes_count_as_accepted_and_comments_are_told(tmp_path: Path) -> None:
    """What was inserted is read, what was deleted is not."""
    study = moving()
    write(study, tmp_path, "docx")
    file = tmp_path / "Moving - analysis.docx"
    rent = label_of(file, WORDS[0])
    typed(file, "Describe", ("p", f"Rent, INSERTED, DELETED. [{rent}]"))
    document = docx.Document(str(file))
    paragraph = next(p for p in document.paragraphs if "INSERTED" in p.text)
    paragraph.text = ""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for xml in (
        f'<w:ins {space} w:id="1" w:author="a"><w:r><w:t>Rent, inserted. </w:t></w:r></w:ins>',
        f'<w:del {space} w:id="2" w:author="a"><w:r><w:delText>deleted</w:delText></w:r></w:del>',
        f'<w:r {space}><w:t>[{rent}]</w:t><w:commentReference w:id="0"/></w:r>',
    ):
        paragraph._p.append(docx.oxml.parse_xml(xml))
    document.save(str(file))
    points = read_folder(study, tmp_path)
    assert [p.text for p in points.added] == ["Rent, inserted."]
    assert told(points) == ["Moving - analysis.docx: 1 comment in it was not read."]


# ---- writing over ----
@pytest.mark.parametrize("form", FORMS)
def test_files_that_someone_changed_are_not_written_over(form: str, tmp_path: Path) -> None:
    """Nothing is written then, not even the files that are new; with *replace* all are."""
    study = moving()
    write(study, tmp_path, form)
    write(study, tmp_path, form)
    type_some(tmp_path, form)
    for path in tmp_path.glob("Own*"):
        path.unlink()
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(WriteError, match=r"Moving - analysis\.\w+ changed since"):
        write(study, tmp_path, form)
    assert before == {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    write_folder(study, code_files(study), tmp_path, PAGES[form], replace=True)
    assert len(list(tmp_path.iterdir())) == 4
    write(study, tmp_path, form)


def test_without_python_docx_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no folder is made."""
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(QualdataError, match=r"qualdata\[transcripts\]"):
        write(moving(), tmp_path / "new", "docx")
    assert not (tmp_path / "new").exists()


# ---- other programs ----
@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed; on Debian and Ubuntu: apt-get install libreoffice-writer-nogui")
    return found


def test_a_trip_through_libreoffice_keeps_every_label_and_every_point(soffice: str, tmp_path: Path) -> None:
    """DOCX to ODT to DOCX: 192 points of the example less those of other codes, and what was typed before, all as they were."""
    study, here = example(), tmp_path / "here"
    some = [code for code in study.codes if code.name in ("Fit", "Being judged, being seen", "Hearing one's own story")]
    write_folder(study, code_files(study, some, attributes=study.variables), here, PAGES["docx"])
    mine = moving()
    write(mine, here, "docx")
    type_some(here, "docx")
    for kind, source, to in (("odt", "here", "odt"), ("docx", "odt", "back")):
        files = sorted(map(str, (tmp_path / source).iterdir()))
        command = [soffice, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", kind, "--outdir", str(tmp_path / to), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    back = tmp_path / "back"
    for path in here.iterdir():
        assert labels(back / path.name) == labels(path), path.name
        if path.name.startswith("Moving") or path.name.startswith("Own"):
            (tmp_path / "mine").mkdir(exist_ok=True)
            shutil.move(back / path.name, tmp_path / "mine" / path.name)
    points = read_folder(study, back)
    assert told(points) == []
    assert (len(points.added), len(points.changed), len(points.left)) == (0, 0, 0)
    assert len(points.same) == sum(bool(set(p.codes) & {c.id for c in some}) for p in study.points)
    assert study == example()
    assert told(read_folder(mine, tmp_path / "mine")) == []
    check(mine)


def test_the_text_of_the_study_is_as_it_is_written_here() -> None:
    """A test of the tests: each passage stands once in an interview."""
    study = moving()
    assert study["s-Ann"].text == ANN
    assert all(sum(source.text.count(words) for source in study.sources) == 1 for words in WORDS)
    assert isinstance(study["k0"], Coding)
