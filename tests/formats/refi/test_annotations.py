"""Notes whose marks lie in another text: put where they belong where that is certain, left alone where it is not, and written back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualdata import Study, write
from tests.canonical import canonical
from tests.independent import project, project_xml
from tests.loosely import read
from tests.official import project_schema
from tests.writing import ANN, BOM, CODES, MOOD, SOURCE, USERS, crlf, guid, pack, place
from tests.writing import project as written

NOTE, MARK = guid(82), guid(83)
TEXT = "\U0001f600 One line.\nAnother \U0001f600 line, with a word to note.\n"
WORD = "a word"


def mark(where: str, inside: str = "", n: int = 83) -> str:
    return f'<PlainTextSelection guid="{guid(n)}" {where}>{inside}</PlainTextSelection>'


def note(marks: str, words: str = "why?", id: str = NOTE) -> str:
    return f'<Note guid="{id}" name="n"><PlainTextContent>{words}</PlainTextContent>{marks}</Note>'


def text(n: int, refs: str, name: str) -> str:
    return f'<TextSource guid="{guid(n)}" name="t{n}" plainTextPath="internal://{name}">{refs}</TextSource>'


REFS = f'<NoteRef targetGUID="{NOTE}"/>'


def annotated(path: Path, notes: str, *, origin: str = "QualCoder 3.6", lines: str = "\n", refs: str = REFS, others: str = "", there: bool = True) -> Path:
    """A text that refers to a note, and the notes."""
    words = crlf(TEXT) if lines == "\r\n" else TEXT
    sources = f"<Sources>{text(5, refs, 't.txt')}{others}</Sources>"
    return pack(path, written(USERS, CODES, sources, f"<Notes>{notes}</Notes>", origin=origin), {"sources/t.txt": BOM + words.encode()} if there else {})


def remarks(study: Study, rule: str) -> list[str | None]:
    assert study.reading is not None
    return [r.id for r in study.reading.remarks if r.rule == rule]


@pytest.mark.parametrize("words", ["why?", "a note that is so long that the mark would lie in it as well, which says nothing"])
@pytest.mark.parametrize("lines", ["\n", "\r\n"])
def test_an_annotation_is_on_the_words_it_marks(lines: str, words: str, tmp_path: Path) -> None:
    """QualCoder counts CR LF once: its mark is counted in the text it lies in, however long the note is. It is said, and is no range out of order."""
    study = read(annotated(tmp_path / "a.qdpx", note(mark(place(TEXT, WORD)), words), lines=lines))
    source, memo = study.sources[0], study.memos[0]
    [excerpt] = source.excerpts
    assert source.text[excerpt.span.slice] == WORD
    assert (excerpt.id, excerpt.memos, memo.excerpts, memo.text) == (MARK, [NOTE], [], words)
    assert source.memos == [NOTE]
    assert remarks(study, "refi-range-invalid") == [MARK]
    assert remarks(study, "exc-range-invalid") == []


@pytest.mark.parametrize("lines", ["\n", "\r\n"])
@pytest.mark.parametrize("via", ["", "kept.qualdata", "kept"])
def test_as_read_puts_the_mark_back_into_the_note(via: str, lines: str, tmp_path: Path) -> None:
    """At once, and after a stay in a package; two marks keep their order, and what is new in the text stays there."""
    marks = mark(place(TEXT, WORD)) + mark(place(TEXT, "One"), "<Description>first</Description>", 84)
    path = annotated(tmp_path / "a.qdpx", note(marks), lines=lines)
    study = read(path)
    if via:
        write(study, tmp_path / via)
        study = read(tmp_path / via)
    assert write(study, tmp_path / "b.qdpx", target="as-read") == []
    assert canonical(project_xml(tmp_path / "b.qdpx")) == canonical(project_xml(path))
    study.sources[0].excerpt(0, 1)
    write(study, tmp_path / "b.qdpx", target="as-read")
    assert len(read(tmp_path / "b.qdpx").sources[0].excerpts) == 3


@pytest.mark.parametrize("target", ["standard", "nvivo", "nvivo-mac"])
def test_others_get_a_selection_with_a_reference_to_the_note(target: str, tmp_path: Path) -> None:
    """Selections may be annotated with notes (clause 10.1): so it is written, nothing is lost, and it is read as the same."""
    study = read(annotated(tmp_path / "a.qdpx", note(mark(place(TEXT, WORD)))))
    assert write(study, tmp_path / "b.qdpx", target=target) == []
    root = project(tmp_path / "b.qdpx")
    project_schema().assertValid(root)
    [selection] = root.iter("{*}PlainTextSelection")
    assert selection.getparent().get("guid") == SOURCE
    assert [e.get("targetGUID") for e in selection] == [NOTE]
    assert read(tmp_path / "b.qdpx") == study


def test_a_program_that_is_not_known_may_do_the_same(tmp_path: Path) -> None:
    """A mark outside its note, and inside the one text that refers to the note, lies there."""
    study = read(annotated(tmp_path / "a.qdpx", note(mark(place(TEXT, WORD))), origin="Web Coder 1"))
    [excerpt] = study.sources[0].excerpts
    assert study.sources[0].text[excerpt.span.slice] == WORD
    assert remarks(study, "exc-range-invalid") == []


BOTH = text(6, f'<NoteRef targetGUID="{NOTE}"/>', "t.txt")
CODED = mark(place(TEXT, WORD), f'<Coding guid="{guid(84)}" creatingUser="{ANN}"><CodeRef targetGUID="{MOOD}"/></Coding>')
FAR = mark('startPosition="64" endPosition="6900"')


@pytest.mark.parametrize(
    ("origin", "notes", "refs", "others", "there", "odd"),
    [
        pytest.param("Web Coder 1", note(mark('startPosition="0" endPosition="3"')), NOTE, "", True, 0, id="inside its note"),
        pytest.param("Web Coder 1", note(mark(place(TEXT, WORD))), "", "", True, 1, id="no text refers to the note"),
        pytest.param("QualCoder 3", note(mark(place(TEXT, WORD))), "", "", True, 1, id="no text refers to the note, though QualCoder wrote it"),
        pytest.param("QualCoder 3", note(mark(place(TEXT, WORD))), NOTE, BOTH, True, 1, id="two texts refer to it"),
        pytest.param("QualCoder 3", note(CODED), NOTE, "", True, 1, id="the mark is coded"),
        pytest.param("QualCoder 3", note(FAR), NOTE, "", True, 1, id="outside the text as well"),
        pytest.param("QualCoder 3", note(mark('startPosition="9" endPosition="5"')), NOTE, "", True, 1, id="it ends before it begins"),
        pytest.param("Web Coder 1", note(mark(place(TEXT, WORD))), NOTE, "", False, 1, id="the text is missing"),
        pytest.param("qualdata 1.0 (standard)", note(mark(place(TEXT, WORD))), NOTE, "", True, 1, id="qualdata itself says where marks lie"),
    ],
)
def test_what_is_not_certain_stays_in_the_note(origin: str, notes: str, refs: str, others: str, there: bool, odd: int, tmp_path: Path) -> None:
    """It is remarked on if it lies outside the note, and comes back as it was."""
    path = annotated(tmp_path / "a.qdpx", notes, origin=origin, refs=f'<NoteRef targetGUID="{refs}"/>' if refs else "", others=others, there=there)
    study = read(path)
    assert [len(m.excerpts) for m in study.memos] == [1]
    assert remarks(study, "refi-range-invalid") == []
    assert len(remarks(study, "exc-range-invalid")) == odd
    write(study, tmp_path / "b.qdpx", target="as-read")
    assert canonical(project_xml(tmp_path / "b.qdpx")) == canonical(project_xml(path))


def test_an_annotation_on_a_text_that_is_missing_is_on_that_text(tmp_path: Path) -> None:
    """QualCoder is known to write it so; its positions stay as written until the text is there."""
    path = annotated(tmp_path / "a.qdpx", note(mark('startPosition="40" endPosition="46"')), there=False)
    study = read(path)
    assert [(e.span.start, e.span.end) for e in study.sources[0].excerpts] == [(40, 46)]
    write(study, tmp_path / "b.qdpx", target="as-read")
    assert canonical(project_xml(tmp_path / "b.qdpx")) == canonical(project_xml(path))


def test_a_thousand_annotations_need_their_text_a_few_times_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a note of its own; the text they lie in is not looked into for each."""
    from qualdata.model.media import Media

    marks = "".join(note(mark(place(TEXT, WORD), n=2000 + n), id=guid(4000 + n)) for n in range(1000))
    refs = "".join(f'<NoteRef targetGUID="{guid(4000 + n)}"/>' for n in range(1000))
    opened = []
    decode = Media.decode
    monkeypatch.setattr(Media, "decode", lambda self: opened.append(self) or decode(self))  # type: ignore[func-returns-value]
    study = read(annotated(tmp_path / "a.qdpx", marks, refs=refs))
    assert len(study.sources[0].excerpts) == 1000
    assert len(opened) <= 3
