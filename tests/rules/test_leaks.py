"""Listed terms: found wherever a dataset has words, and shown nowhere; nor is anything else that rules find to give someone away."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from qualdata import AudioSource, Case, Code, Contributor, Document, Media, Memo, Point, PublishedQuote, Quote, Study, TextSpan, write
from qualdata.cli import main
from qualdata.cli.validate import WRITERS
from qualdata.rules import Report, validate, wording
from tests.rules.groups.privacy import KEY
from tests.rules.groups.profiles import DEMANDING, agreed
from tests.rules.sound import PROJECT, TEXT, package, project, sound


def said(report: Report) -> str:
    """All that a report says, in all its forms; lines of the text put together."""
    return "\n".join(" ".join(form([report]).decode().split()) for form in WRITERS.values())


def leaked(report: Report) -> list[tuple[str, str | None, int | None, str | None]]:
    """How grave each leak is, its file, line and place."""
    return [(f.level, f.where.file, f.where.line, f.where.path) for f in report.findings if f.rule == "prv-log-leak"]


# ---- where they are found ----
THINGS: dict[str, Callable[[Study], Any]] = {
    "study": lambda s: setattr(s, "abstract", "With Ann Lee."),
    "codes[0]": lambda s: setattr(s["friends"], "exclude", "What Ann Lee said."),
    "cases[0]": lambda s: setattr(s["p01"], "name", "P01 (Ann Lee)"),
    "contributors[0]": lambda s: setattr(s["ann"], "positionality", "She knows Ann Lee."),
    "sources[0].excerpts[0]": lambda s: setattr(s["e"], "quote", Quote(exact="A friend took me along.", suffix="\nAnn Lee")),
    "points[0]": lambda s: s.add(Point(id="pt", text="Ann Lee helped.", codings=["c"])),
    "quotes[0]": lambda s: s.add(PublishedQuote(publication="x", excerpt="e", text="A friend took me along.", claim="Ann Lee did.")),
    "memos[0]": lambda s: s.add(Memo(name="A thought", text="x", extra={"refi:xml": [["@", "<a>Ann Lee</a>"]]})),
}


@pytest.mark.parametrize("place", THINGS)
def test_terms_are_found_in_whatever_a_study_says(place: str, tmp_path: Path) -> None:
    """In fields of things, each by its place in the document; both terms that stand there."""
    study = sound()
    THINGS[place](study)
    wanted = ("error", None if place != "sources[0].excerpts[0]" else "sources/t.txt", None, None if place == "study" else place)
    assert leaked(validate(package(tmp_path, study), terms=KEY)) == [wanted] * 2


def test_terms_are_found_in_texts_by_their_line(tmp_path: Path) -> None:
    """Of a source, and of a memo; with what is no leak between."""
    study = sound()
    study["t"].text = f"{TEXT}I: Where?\nP01: In Otter Creek.\nI: Not in Otterton?\nP01: In otter\n creek.\n"
    study.add(Memo(id="m", name="A thought", text="One line.\nAnd Otter Creek.\n"))
    found = leaked(validate(package(tmp_path, study), terms=KEY))
    assert [(level, line) for level, _, line, _ in found] == [("error", 4), ("warning", 6), ("error", 2)]


def docx(parts: dict[str, str]) -> bytes:
    """A file with some parts of a Word file."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, f'<x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</x>')
    return stream.getvalue()


FILES: dict[str, tuple[str, bytes]] = {
    "a text": ("notes.txt", b"One\nWith Ann Lee\n"),
    "a text in UTF-16": ("notes.txt", "\ufeffOne\nWith Ann Lee\n".encode("utf-16-le")),
    "a text without an ending": ("NOTES", b"One\nWith Ann Lee\n"),
    "a table": ("list.tsv", b"id\tname\n1\tAnn Lee\n"),
    "JSON": ("list.json", b'{\n"a": "Ann Lee"}'),
    "a transcript": ("a.vtt", b"WEBVTT\n<v Ann Lee>Yes\n"),
    "a Word file": ("a.docx", docx({"word/document.xml": "<w:p><w:t>One</w:t></w:p><w:p><w:r><w:t>An</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>n Lee</w:t></w:r></w:p>"})),
    "a comment in it": ("a.docx", docx({"word/comments.xml": "<w:p><w:t>One</w:t></w:p><w:p><w:t>Ann Lee</w:t></w:p>"})),
    "words that were deleted in it": ("a.docx", docx({"word/document.xml": "<w:p><w:t>One</w:t></w:p><w:p><w:del><w:delText>Ann Lee</w:delText></w:del></w:p>"})),
    "its properties": ("a.docx", docx({"docProps/core.xml": "<title>One</title><creator>Ann Lee</creator>"})),
    "who made a change": ("a.docx", docx({"word/document.xml": '<w:p><w:ins w:author="Ann Lee"/></w:p>'})),
    "a workbook": ("a.xlsx", docx({"xl/sharedStrings.xml": "<si><t>One</t></si><si><r><t>Ann</t></r><r><t> Lee</t></r></si>"})),
    "a PDF file's author": ("a.pdf", b"%PDF-1.7\n1 0 obj <</Author (Ann Lee)>>\n%%EOF\n"),
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("listed", [False, True], ids=["unlisted", "listed"])
def test_terms_are_found_in_files(kind: str, listed: bool, tmp_path: Path) -> None:
    """Whether `study.json` lists them or not; in all that they say, however it is cut into pieces."""
    name, data = FILES[kind]
    study = sound()
    if listed:
        (tmp_path / name).write_bytes(data)
        study.add(Document(id="d", name="One more", role="report", media=Media.file(tmp_path / name)))
    path = package(tmp_path, study)
    if not listed:
        (path / name).write_bytes(data)
    found = leaked(validate(path, terms=KEY))
    assert [(level, file) for level, file, _, _ in found] == [("error", f"documents/{name}" if listed else name)] * 2
    assert {line for _, _, line, _ in found} == {None if name.endswith(("docx", "xlsx")) else 2}


def test_terms_are_found_in_the_files_of_a_project(tmp_path: Path) -> None:
    """Also in those that nothing in it refers to."""
    path = project(tmp_path)
    with ZipFile(path, "a") as archive:
        archive.writestr("sources/left.txt", "Ann Lee")
    assert leaked(validate(path, terms=KEY)) == [("error", "sources/left.txt", 1, None)] * 2


def test_terms_are_found_in_the_name_of_a_file_and_where_study_json_cannot_be_read(tmp_path: Path) -> None:
    """The document is looked through as the text that it is."""
    path = package(tmp_path)
    (path / "Ann_Lee.bin").write_bytes(b"\0")
    (path / "study.json").write_text('{"qualdata": "1.0",\n"study": "Ann Lee"}')
    report = validate(path, terms=KEY)
    assert leaked(report) == [("error", "study.json", 2, None)] * 2 + [("error", "[…].bin", None, None)] * 2
    assert "sch-invalid" in {f.rule for f in report.findings}


def test_files_without_words_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recordings, pictures, archives; however large they are. A drawing in XML is a text."""
    path = package(tmp_path)
    monkeypatch.setattr(wording, "_LARGEST", 5_000)
    (path / "a.zip").write_bytes(b"PK\0Ann Lee")
    (path / "a.mp3").write_bytes(b"x" * 10_000)
    assert leaked(validate(path, terms=KEY)) == []
    (path / "a.svg").write_bytes(b"<svg><text>Ann Lee</text></svg>")
    assert leaked(validate(path, terms=KEY)) == [("error", "a.svg", 1, None)] * 2


UNSEEN = {
    "no Word file": (b"Ann Lee", "it cannot be opened as an office file"),
    "no XML in it": (docx({"word/document.xml": "<w:p>"}), "it cannot be opened as an office file"),
    "far too much": (docx({"word/document.xml": "<w:p/>", "word/more.xml": "x" * 2000}), "it would unpack to more than 1,000 bytes"),
}


@pytest.mark.parametrize("what", UNSEEN)
def test_a_file_that_cannot_be_looked_into_is_told(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never is it silently taken for clean."""
    if what == "far too much":
        monkeypatch.setattr(wording, "_LARGEST", 1000)
    data, why = UNSEEN[what]
    path = package(tmp_path)
    (path / "a.docx").write_bytes(data if what != "far too much" else _deflated(data))
    (found,) = (f for f in validate(path, terms=KEY).findings if f.rule == "prv-log-leak")
    assert (found.level, found.message, found.where.file) == ("warning", f"the file cannot be looked into for listed terms: {why}", "a.docx")


def _deflated(data: bytes) -> bytes:
    from zipfile import ZIP_DEFLATED

    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return stream.getvalue()


def test_a_text_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its size."""
    path = package(tmp_path)
    (path / "a.txt").write_text("x" * 10_000)
    monkeypatch.setattr(wording, "_LARGEST", 5_000)
    (finding,) = (f for f in validate(path, terms=KEY).findings if f.rule == "prv-log-leak")
    assert "it has 10,000 bytes" in finding.message


def test_a_list_of_the_profile_and_one_that_is_given_are_both_looked_for(tmp_path: Path) -> None:
    """Each term by the hash of its list."""
    study = agreed(tmp_path)
    study["t"].text += "P01: Quillington and Otter Creek.\n"
    one, other = ({f.message for f in validate(study, **how).findings if f.rule == "prv-log-leak"} for how in ({"profile": DEMANDING}, {"terms": KEY}))
    both = {f.message for f in validate(study, profile=DEMANDING, terms=KEY).findings if f.rule == "prv-log-leak"}
    assert both == one | other
    assert len(one) == len(other) == 1


def test_the_list_itself_is_known_in_a_package(tmp_path: Path) -> None:
    """By its bytes, whatever it is called."""
    study = sound()
    (tmp_path / "x.bin").write_bytes(KEY.read_bytes())
    study.add(Document(name="x", role="report", media=Media.file(tmp_path / "x.bin")))
    path = package(tmp_path, study)
    assert "prv-key-in-package" not in [f.rule for f in validate(path).findings]
    assert [f.message for f in validate(path, terms=KEY).findings if f.rule == "prv-key-in-package"] == ["the file is the list of terms itself"]


# ---- where they are not shown ----
def test_a_listed_term_is_found_and_never_shown(tmp_path: Path) -> None:
    """Not in the finding, nor in any other, nor in names of files, the title, waivers, in any form of the report."""
    study = agreed(tmp_path)
    study.title = "What quillington said"
    study["t"].name = "Quillington"
    study["t"].text += "P01: Quillington\u2019s van, and Quillington again.\n"
    study["e"].span = TextSpan(0, 10_000)
    (tmp_path / "Quillington.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    study.add(Document(role="letter of Mrs \u00d6dmark", media=Media.file(tmp_path / "Quillington.pdf")))
    path = package(tmp_path, study)
    path = path.rename(tmp_path / "quillington")
    (path / "waivers.toml").write_text('[[waiver]]\nrule = "exc-range-invalid"\nplace = "Quillington"\nreason = "Quillington knows"\nwho = "Q"\ndate = 2024-05-17\n')
    report = validate(path, profile=DEMANDING)
    found = leaked(report)
    assert ("error", "sources/t.txt", 3, "sources[0]") in found
    assert ("warning", None, None, None) in found  # the title
    assert ("error", "documents/[…].pdf", None, "documents[6]") in found  # the role of the document
    assert [w.finding.rule for w in report.waived] == ["exc-range-invalid"]
    assert "quillington" not in said(report).casefold()
    assert "\u00f6dmark" not in said(report).casefold()
    assert "[…]" in said(report)


def test_a_listed_term_in_the_name_of_a_file_that_cannot_be_read_is_not_shown(tmp_path: Path) -> None:
    """Not even then."""
    path = tmp_path / "Quillington.qdpx"
    path.write_text("Dear diary")
    report = validate(path, profile=DEMANDING)
    assert not report.readable
    assert "quillington" not in said(report).casefold()


@pytest.mark.parametrize("far", [0, 3, 20, 29, 31, 45])
def test_words_around_a_place_show_no_piece_of_a_listed_term(far: int, tmp_path: Path) -> None:
    """Wherever the term is cut off by the words that are shown; without the term, they are shown."""
    study = misquoted(f"Quillington{'.' * far} came along, and said so, with a friend of his own.\n")
    report = validate(study, profile=DEMANDING)
    (finding,) = (f for f in report.findings if f.rule == "exc-quote-mismatch")
    assert finding.where.words is None
    assert "illington" not in said(report)
    (finding,) = (f for f in validate(study).findings if f.rule == "exc-quote-mismatch")
    assert "[came]" in str(finding.where.words)


def misquoted(text: str) -> Study:
    """A study in which an excerpt on "came" quotes something else."""
    study = sound()
    study["t"].text = text
    start = text.index("came")
    study["e"].span, study["e"].quote = TextSpan(start, start + 4), Quote(exact="went")
    return study


CLOSE = ("ann.lee@example.org", "0412 345 678", "@quiet_garden", "C:\\Users\\alee\\x", "17 May 2003", "born in 1984")


@pytest.mark.parametrize("secret", CLOSE)
def test_words_are_not_shown_where_something_may_give_someone_away(secret: str) -> None:
    """Nor an excerpt that is named by such words."""
    study = misquoted(f"I: Who?\nP01: They came with {secret} on that day.\n")
    study["e"].name = f"came with {secret}"
    report = validate(study)
    assert [f.where.words for f in report.findings if f.rule == "exc-quote-mismatch"] == [None]
    assert secret not in said(report).replace("\\\\", "\\")


@pytest.mark.parametrize("access", ["closed", "restricted"])
def test_words_of_texts_that_are_not_open_are_not_shown(access: str) -> None:
    """Of the source, or of the study where the source says nothing."""
    study = misquoted("I: Who?\nP01: They came with a parrot.\n")
    study["e"].name = "came with a parrot"
    assert "parrot" in said(validate(study))
    study["t"].access = access
    assert "parrot" not in said(validate(study))
    study["t"].access, study.access = None, access
    assert "parrot" not in said(validate(study))


@pytest.mark.parametrize("far", range(150, 200))
def test_a_message_that_is_cut_shows_no_piece_of_a_listed_term(far: int) -> None:
    """Wherever it is cut."""
    study = sound()
    study.add(Memo(name=f"{'x ' * (far // 2)}{'x' * (far % 2)}Quillington{' y' * 500}", text="x"))
    assert "Quill" not in said(validate(study, profile=DEMANDING))


def test_labels_that_a_rule_finds_to_be_names_are_shown_by_no_other_rule(tmp_path: Path) -> None:
    """Nor in another finding of the same rule; the place in the document tells which is meant."""
    study = sound()
    study.add(Case(name="Ann Lee"))  # nothing refers to it
    study.add(Contributor(id="b", name="UNI\\alee"))
    study.add(Code(id="q", name="Dr Frost", description="x", origin="inductive"))  # it is never used
    study.add(AudioSource(id="a", name="Tape of Mrs Vale", access="closed"))  # it has no transcript
    path = package(tmp_path, study)
    (path / "report_Mr_Poole.md").write_text("All well.")  # it is not listed
    report = validate(path)
    assert {"ref-orphan", "cbk-code-unused", "txt-transcript-missing", "pkg-file-unlisted", "prv-name-in-label", "prv-path-or-login"} <= {f.rule for f in report.findings}
    assert [name for name in ("Ann Lee", "alee", "Frost", "Vale", "Poole") if name in said(report)] == []
    assert {f.where.path for f in report.findings if f.rule == "prv-name-in-label"} == {"cases[1]", "codes[1]", "sources[1]", None}


def test_whose_home_folder_it_is_is_not_shown(tmp_path: Path) -> None:
    """In no path of any finding."""
    missing = PROJECT[PROJECT.index("<TextSource") : PROJECT.index("</TextSource>")].partition("\n")[0]
    path = project(tmp_path, (missing, missing.replace("plainTextPath=", 'richTextPath="absolute:///C:/Users/alee/x.docx" plainTextPath=')))
    report = validate(path)
    assert "refi-source-missing" in {f.rule for f in report.findings}
    assert "alee" not in said(report)


def test_terms_on_the_command_line(tmp_path: Path) -> None:
    """The line and the hash are told, the term is not; a list that is not there stops with 3."""
    study = sound()
    study["t"].text = f"{TEXT}I: Where?\nP01: In Otter Creek.\n"
    write(study, tmp_path / "s.qualdata")
    result = CliRunner().invoke(main, ["validate", str(tmp_path / "s.qualdata"), "--terms", str(KEY)])
    assert result.exit_code == 1
    assert "line 4" in result.stdout
    assert "prv-log-leak" in result.stdout
    assert "Otter" not in result.stdout
    assert CliRunner().invoke(main, ["validate", str(tmp_path / "s.qualdata"), "--terms", str(tmp_path / "none.csv")]).exit_code == 3
