"""What `qualdata info` promises: counts that are right, files that are missing by name, remarks that can be read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qualdata import Code, Excerpt, Memo, PictureSource, Study, TextSource, TextSpan, write
from qualdata import model as m
from qualdata.cli.holdings import begins
from qualdata.cli.remarks import grouped, sentences
from qualdata.model import Remark


def numbers(output: str) -> dict[str, int]:
    """The lines under "It holds", as words and numbers."""
    return {what: int(n.replace(",", "")) for n, what in re.findall(r"^ +([\d,]+) (.+)$", output, re.MULTILINE)}


def test_it_counts_what_the_study_holds_and_leaves_out_what_there_is_none_of(run, project: Path) -> None:
    """The numbers of the fixture, counted by hand."""
    result = run("info", project)
    assert result.exit_code == 0
    assert numbers(result.output) == {
        "text source": 1, "excerpts": 2, "codings on 2 passages": 3, "codes, 2 deep": 2, "contributors": 2, "cases": 2, "variable": 1, "value": 1,
    }  # fmt: skip
    assert '"Moves"' in result.output
    assert "REFI-QDA project (.qdpx)" in result.output
    assert "3 codings on 2 passages; all begin at a word." in result.output
    assert "Nothing was odd." in result.output


def test_all_of_the_model_is_counted(run, tmp_path: Path) -> None:
    """One or more of everything, each number another where that can be; counted by hand."""
    text = "Ann: One.\nBen: Two.\nAnn: Three."
    spoken = m.TextSource(id="t", text=text, speakers=[m.Speaker(id=f"s{n}", label=n) for n in ("Ann", "Ben")], values=[m.Value(variable="v", value="1")])
    spoken.turns = [m.Turn(speaker="sAnn", span=TextSpan(5, 9)), m.Turn(speaker="sBen", span=TextSpan(15, 19)), m.Turn(speaker="sAnn", span=TextSpan(25, 31))]
    points = [m.SyncPoint(id=f"y{n}", time=n) for n in range(4)]
    study = Study(
        contributors=[m.Contributor() for _ in range(2)],
        variables=[m.Variable(id="v", name="Age")],
        questions=[m.ResearchQuestion(text="Why?") for _ in range(2)],
        codes=[Code(id="a", name="A", codable=False), Code(id="b", name="B", parent="a"), Code(id="c", name="C", parent="b")],
        code_changes=[m.CodeChange(action="add") for _ in range(6)],
        cases=[m.Case(values=[m.Value(variable="v", value="1")]) for _ in range(3)],
        interviews=[m.Interview(sources=["t"], values=[m.Value(variable="v", value="1")])],
        sources=[
            spoken, m.TextSource(text="x"), PictureSource(), *(m.PdfSource() for _ in range(2)), m.VideoSource(),
            m.AudioSource(transcripts=[m.Transcript(text="x", sync_points=points), m.Transcript(text="y")]),
        ],
        points=[m.Point(text="p") for _ in range(8)],
        themes=[m.Theme(name="T", evidence=[m.Evidence(ref="e") for _ in range(7)])],
        memos=[Memo(text="m") for _ in range(5)],
        links=[m.Link() for _ in range(9)],
        sets=[m.Set(name="S")],
        graphs=[m.Graph() for _ in range(2)],
        consents=[m.Consent() for _ in range(3)],
        replacements=[m.Replacement(source="t", replacement="N")],
        quotes=[m.PublishedQuote(publication="P", text="One.") for _ in range(2)],
        documents=[m.Document(role="guide")],
    )  # fmt: skip
    for words, codes in (("One.", "bc"), ("Two.", "b"), ("Three.", "")):
        excerpt = spoken.excerpt(spoken.find(words))
        for code in codes:
            excerpt.apply(code)
    write(study, tmp_path / "all.qualdata")
    assert numbers(run("info", tmp_path / "all.qualdata").output) == {
        "text sources": 2, "picture source": 1, "PDF sources": 2, "audio source": 1, "video source": 1, "transcripts": 2, "sync points": 4,
        "excerpts": 3, "codings on 2 passages": 3, "codes, 3 deep; 1 of them only groups others": 3,
        "contributors": 2, "cases": 3, "variable": 1, "values": 5, "interview": 1, "consents": 3, "research questions": 2, "changes of the codebook": 6,
        "points": 8, "theme": 1, "pieces of evidence": 7, "replacement": 1, "published quotes": 2, "memos": 5, "links": 9, "set": 1, "graphs": 2, "document": 1,
        "speakers": 2, "turns": 3,
    }  # fmt: skip


def test_it_says_that_an_empty_study_holds_nothing(run, tmp_path: Path) -> None:
    """No zeros, no sentence about codings that are not there."""
    write(Study(), tmp_path / "empty.qdpx")
    output = run("info", tmp_path / "empty.qdpx").output
    assert "A study without a title" in output
    assert "It holds nothing." in output
    assert "0" not in output.split("It holds")[1]


def test_it_says_how_the_file_counts_and_how_that_is_known(run, study: Study, tmp_path: Path) -> None:
    """A file for NVivo says so, and that its positions were adjusted."""
    write(study, tmp_path / "n.qdpx", target="nvivo")
    words = " ".join(run("info", tmp_path / "n.qdpx").output.split())
    assert "NVivo counts emoji and other rare characters as two characters each. This was measured" in words
    assert "Positions were adjusted" in words
    assert "all begin at a word" in words


@pytest.mark.parametrize(
    ("text", "start", "where"),
    [
        ("one two", 0, "at a word"), ("one two", 4, "at a word"), ("one two", 3, "at a word"), ("one two", 5, "inside one"), ("one", 9, "outside the text"),
        ("one", -1, "outside the text"), ("cafe\u0301", 4, "inside one"), ("\u4f60\u597d", 1, "at a word"), ("\U0001f600a", 1, "at a word"), ("", 0, "at a word"),
    ],
)  # fmt: skip
def test_a_coding_begins_at_a_word_inside_one_or_outside_the_text(text: str, start: int, where: str) -> None:
    """Accents that stand alone belong to their word; scripts without spaces have no inside."""
    study = Study()
    source = study.add(TextSource(text=text))
    source.excerpts.append(Excerpt(span=TextSpan(start, start + 1)))
    source.excerpts[0].apply(study.add(Code(name="c")))
    assert begins(study) == {where: 1}


def test_every_missing_file_is_named_with_what_needs_it(run, tmp_path: Path) -> None:
    """Twelve files, twelve names, and what to do."""
    study = Study()
    for n in range(12):
        study.add(PictureSource(name=f"Photo {n}", path=f"relative:///photos/{n:02}.jpg"))
    write(study, tmp_path / "p.qdpx")
    result = run("info", tmp_path / "p.qdpx")
    words = " ".join(result.output.split())
    assert "12 source files are missing. Codes and positions were read, but no text can be shown. Export again with files included, or give the folder: --sources FOLDER." in words
    assert all(f"photos/{n:02}.jpg (Photo {n})" in words for n in range(12))
    assert result.exit_code == 0


def test_missing_files_are_found_in_the_folder_of_sources(run, tmp_path: Path) -> None:
    """With `--sources` only what is not there either is missing."""
    study = Study()
    for n in range(2):
        study.add(PictureSource(name=f"Photo {n}", path=f"relative:///{n}.jpg"))
    write(study, tmp_path / "p.qdpx")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "0.jpg").write_bytes(b"jpg")
    words = " ".join(run("info", tmp_path / "p.qdpx", "--sources", tmp_path / "photos").output.split())
    assert "1 source file is missing." in words
    assert "relative:///1.jpg" in words
    assert "relative:///0.jpg" not in words
    assert run("info", tmp_path / "p.qdpx", "--sources", tmp_path / "nowhere").exit_code == 3


def test_remarks_that_differ_in_names_and_numbers_only_are_one_line_with_three_places() -> None:
    """A hundred of one kind do not bury the one of another."""
    study = Study()
    memos = [study.add(Memo(name=f"Memo {n}")) for n in range(100)]
    remarks = [Remark("rule-a", f"an excerpt from {n} to {n + 9} lies outside", 7 + n, m.id) for n, m in enumerate(memos)]
    first, second = grouped([*remarks, Remark("rule-b", "something else")])
    assert list(sentences(study, first)) == [
        "100 times, for example: an excerpt from 0 to 9 lies outside (rule-a).",
        'At line 7, memo "Memo 0"; line 8, memo "Memo 1"; line 9, memo "Memo 2" …',
    ]
    assert list(sentences(study, second)) == ["Something else (rule-b)."]


def test_what_a_file_says_never_reaches_the_terminal_as_a_command(run, tmp_path: Path) -> None:
    """No escape, no C1 control, no change of direction, no markup is obeyed; names and origin are shown as text."""
    name = "\x9b31m\u202eevil [red]x[/red] [link=http://x]y[/link] :smile:\r\nnext"
    study = Study(title=name)
    study.add(TextSource(name=name, path="internal://\x85\u2066.txt", text=None))
    write(study, tmp_path / "e.qdpx")
    output = run("info", tmp_path / "e.qdpx").output
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", output)
    assert "[red]x[/red] [link=http://x]y[/link] :smile:  next" in output


SAMPLES = {
    "nvivo-win-12.6-scrubbed.qdpx": {"text source": 1, "excerpts": 97, "codings on 20 passages": 97, "codes, 3 deep": 60, "contributors": 2},
    "atlasti-8.4-standard-project.qde": {
        "text sources": 6, "picture source": 1, "PDF sources": 2, "audio source": 1, "video sources": 2, "transcripts": 3, "sync points": 13, "codes": 14,
        "memos": 2, "link": 1, "sets": 16, "graph": 1,
    },
    "qualcoder-neutral.qdpx": {"text sources": 2, "codes, 4 deep; 2 of them only group others": 6, "cases": 2, "variables": 3},
    "qualilab-stress.qdpx": {"text sources": 16, "codes, 3 deep": 90, "contributors": 7, "cases": 16, "variables": 12, "values": 192},
}  # fmt: skip


@pytest.mark.samples
@pytest.mark.parametrize("name", SAMPLES)
def test_the_counts_of_real_files_are_told(run, samples: Path, name: str) -> None:
    """As counted in the files by hand (FACTS)."""
    assert SAMPLES[name].items() <= numbers(run("info", samples / name).output).items()


@pytest.mark.samples
def test_the_codings_of_real_files_are_told(run, samples: Path) -> None:
    """As counted in the files by hand (FACTS)."""
    assert "97 codings on 20 passages; all begin at a word." in run("info", samples / "nvivo-win-12.6-scrubbed.qdpx").output
    words = run("info", samples / "atlasti-8.4-standard-project.qde").output
    assert "13 codings on 10 passages" in words  # 16 in the file, 3 of them again for a quotation of a PDF that stands there already
    assert "15 excerpts; 3 of them mark a place again, in another way" in words
    assert "7 codings" in run("info", samples / "qualcoder-neutral-crlf.qdpx").output
    assert "2,332 codings" in run("info", samples / "qualilab-stress.qdpx").output


@pytest.mark.samples
def test_the_twenty_missing_files_of_a_real_project_are_named(run, samples: Path) -> None:
    """Seventeen of the project, three outside it."""
    output = run("info", samples / "atlasti-8.4-sources-missing.qdpx").output
    assert "20 source files are missing." in output
    assert len(set(re.findall(r"^  (?:relative:///)?[0-9A-F-]{36}\.\w+", output, re.MULTILINE))) == 20
    assert len(re.findall(r"^  relative:///", output, re.MULTILINE)) == 3


@pytest.mark.samples
def test_sixteen_remarks_of_one_kind_are_one_line(run, samples: Path) -> None:
    """The misordered children of the synthetic project."""
    assert "16 times: <VariableValue> stands too late" in run("info", samples / "qualilab-stress.qdpx").output


def test_one_coding_on_a_text_that_is_there_is_told_as_one(run, tmp_path: Path) -> None:
    """Of two codings, the other is on a picture."""
    text, picture, code = m.TextSource(text="At home."), PictureSource(), Code(name="Home")
    text.excerpt(TextSpan(3, 7)).apply(code)
    picture.codings.append(m.Coding(code=code.id))
    write(Study(title="T", codes=[code], sources=[text, picture]), tmp_path / "s.qualdata")
    assert "2 codings on 2 passages. 1 is on a text that is there; it begins at a word." in " ".join(run("info", tmp_path / "s.qualdata").output.split())


def test_what_a_later_version_adds_is_told(run, tmp_path: Path) -> None:
    """Which version, and which fields; and no word where nothing is newer."""
    write(Study(id="s", title="Moves", codes=[Code(id="c", name="Moving")]), tmp_path / "p")
    document = json.loads((tmp_path / "p/study.json").read_text(encoding="utf-8"))
    document["qualdata"] = "1.2"
    (tmp_path / "p/study.json").write_text(json.dumps(document), encoding="utf-8")
    assert "newer" not in run("info", tmp_path / "p").output
    document["study"]["codes"][0]["certainty"], document["provenance"] = 3, []
    (tmp_path / "p/study.json").write_text(json.dumps(document), encoding="utf-8")
    result = run("info", tmp_path / "p")
    assert result.exit_code == 0
    said = "It follows qualdata standard 1.2, and this program knows 1.0. What is newer is kept, and not shown:"
    assert said in " ".join(result.output.split())
    assert {"provenance", "Code.certainty"} <= {word.strip(",.") for word in result.output.split()}
