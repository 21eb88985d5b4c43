"""Packages that are wrong get one sentence with the place; those of newer versions as far as they can be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from qualdata import ReadError, Study, WriteError, read, write
from qualdata.model import Code, Coding, Excerpt, TextSource, TextSpan

Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    study = Study(
        id="s",
        codes=[Code(id="c", name="Home")],
        sources=[TextSource(id="t", text="At home.", excerpts=[Excerpt(id="e", span=TextSpan(3, 7), codings=[Coding(id="k", code="c")])])],
    )
    write(study, tmp_path / "p")
    return tmp_path / "p"


def excerpt(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = d["study"]["sources"][0]["excerpts"][0]
    return found


WRONG: dict[str, tuple[Change, str]] = {
    "missing field": (lambda d: excerpt(d)["span"].pop("end"), "sources[0].excerpts[0].span.end: it is missing"),
    "missing name": (lambda d: d["study"]["codes"][0].pop("name"), "codes[0].name: it is missing"),
    "wrong type": (lambda d: excerpt(d)["span"].update(end="7"), "sources[0].excerpts[0].span.end: a whole number is expected here, not '7'"),
    "null for an id": (lambda d: excerpt(d)["codings"][0].update(code=None), "sources[0].excerpts[0].codings[0].code: a text is expected here, not null"),
    "truth for a number": (lambda d: excerpt(d)["span"].update(end=True), "sources[0].excerpts[0].span.end: a whole number"),
    "text for a list": (lambda d: d["study"].update(keywords="a"), "keywords: a list is expected here, not 'a'"),
    "null for a list": (lambda d: d["study"].update(codes=None), "codes: a list is expected here, not null"),
    "list for a thing": (lambda d: d["study"].update(codes=[[]]), "codes[0]: an object is expected here, not a list"),
    "unknown field": (lambda d: d["study"]["codes"][0].update(color="#fff"), "codes[0]: there is no field color here"),
    "wrong word": (lambda d: d["study"]["codes"][0].update(status="old"), "codes[0].status: 'old' is not one of 'active', 'retired'"),
    "wrong kind of source": (lambda d: d["study"]["sources"][0].update(type="smell"), "sources[0]: its type must be one of text, picture, pdf, audio, video, not 'smell'"),
    "another kind of source": (lambda d: d["study"]["sources"][0].update(type="pdf"), "sources[0]: there is no field"),
    "another kind where one is meant": (
        lambda d: d["study"]["sources"].append({"type": "pdf", "id": "p", "representation": {"type": "picture", "id": "r"}}),
        "sources[1].representation: its type must be text, not 'picture'",
    ),
    "no kind of span": (lambda d: excerpt(d)["span"].pop("type"), "sources[0].excerpts[0].span: its type must be one of text, time, area, page, transcript; it is missing"),
    "dangling file": (lambda d: d["study"]["sources"][0].update(stored="sources/gone.txt"), "sources[0].stored: the file sources/gone.txt is not in the package"),
    "up": (lambda d: d["study"]["sources"][0].update(stored="../x.txt"), "sources[0].stored: the path '../x.txt' leaves the package"),
    "absolute": (lambda d: d["study"]["sources"][0].update(stored="/etc/passwd"), "leaves the package"),
    "drive": (lambda d: d["study"]["sources"][0].update(stored="C:/x.txt"), "leaves the package"),
    "backslash": (lambda d: d["study"]["sources"][0].update(stored="..\\x.txt"), "leaves the package"),
    "backslash within": (lambda d: d["study"]["sources"][0].update(stored="sources\\x.txt"), "has a backslash; folders are divided by /"),
    "the document as a file": (lambda d: d["study"]["sources"][0].update(stored="./Study.JSON"), "sources[0].stored: the path './Study.JSON' is that of the document itself"),
    "a line break in a path": (lambda d: d["study"]["sources"][0].update(stored="sources/a\nb.txt"), "has a tab or a line break"),
    "a name in extra without a prefix": (lambda d: d["study"]["codes"][0].update(extra={"mood": 1}), "codes[0].extra: the name 'mood' has no prefix in small letters, as lab:mood"),
    "a prefix in capitals": (lambda d: excerpt(d).update(extra={"Lab:mood": 1}), "sources[0].excerpts[0].extra: the name 'Lab:mood' has no prefix"),
    "an extra that is a list": (lambda d: d["study"].update(extra=[]), "extra: an object is expected here, not a list"),
    "a prefix of an extension with a sign": (
        lambda d: d["study"].update(extensions=[{"prefix": "a-b", "url": "https://example.org"}]),
        "extensions[0]: 'a-b' is no prefix: small letters and digits, the first a letter",
    ),
    "a number that is too large": (lambda d: excerpt(d)["span"].update(end=2**53), "span.end: a whole number is expected here that is not beyond 9,007,199,254,740,991"),
    "a version of two parts and a half": (lambda d: d.update(qualdata="1.0.1"), "does not say which version"),
    "a version in other digits": (lambda d: d.update(qualdata="\u0661.\u0660"), "does not say which version"),
    "a version before the first": (lambda d: d.update(qualdata="0.9"), "this study uses qualdata standard 0.9; this program reads 1.x. Your file is unchanged."),
    "file that is no path": (lambda d: d["study"]["sources"][0].update(stored=3), "sources[0].stored: the path of a file is expected here, not 3"),
    "newer major version": (lambda d: d.update(qualdata="2.0"), "this study uses qualdata standard 2.0; this program reads 1.x. Your file is unchanged."),
    "no version": (lambda d: d.pop("qualdata"), "does not say which version"),
    "no study": (lambda d: d.pop("study"), "has no field study"),
    "field beside the study": (lambda d: d.update(more=1), "more"),
    "character": (lambda d: d["study"]["codes"][0].update(name="a\x01"), "codes[0].name holds U+0001 at character 1"),
    "lone surrogate": (lambda d: d["study"]["codes"][0].update(name="\ud800"), "study.json"),
    "study that is a list": (lambda d: d.update(study=[]), "an object is expected"),
    "reading that is a list": (lambda d: d.update(reading=[]), "reading: an object is expected"),
    "files that are a text": (lambda d: d.update(files="a"), "files"),
    "files that are numbers": (lambda d: d.update(files=[1]), "files"),
}


def by_lines(document: dict[str, Any]) -> str:
    """Each thing of a list of the study on a line of its own, as packages are written."""
    if not isinstance(document.get("study"), dict):
        return json.dumps(document)
    lists = {name: "[\n" + ",\n".join(map(json.dumps, things)) + "\n]" for name, things in document["study"].items() if isinstance(things, list)}
    study = ",\n".join(f'"{name}": {lists.get(name) or json.dumps(value)}' for name, value in document["study"].items())
    return json.dumps({**document, "study": 0}).replace('"study": 0', f'"study": {{\n{study}\n}}')


LAYOUTS: dict[str, Callable[[dict[str, Any]], str]] = {"one line": json.dumps, "indented": lambda d: json.dumps(d, indent=1), "by lines": by_lines}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(package: Path, what: str, layout: str) -> None:
    change, sentence = WRONG[what]
    document = json.loads((package / "study.json").read_bytes())
    change(document)
    (package / "study.json").write_text(LAYOUTS[layout](document))
    with pytest.raises(ReadError) as caught:
        read(package)
    assert sentence in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.path


def test_of_many_faults_the_first_is_told_and_how_many_there_are(package: Path) -> None:
    document = json.loads((package / "study.json").read_bytes())
    document["study"]["codes"] = [{"id": str(n)} for n in range(1_234)]
    (package / "study.json").write_text(json.dumps(document))
    with pytest.raises(ReadError, match=r"codes\[0\]\.name: it is missing \(the first of 1,234 faults\)\.$"):
        read(package)


NOT_JSON = {
    "words": b"hello",
    "nothing": b"",
    "list": b"[1]",
    "cut short": b'{"qualdata": "1.0",\n"study": {\n"id": "s",\n"codes": [\n{"id": "c"',
    "100,000 nested": b"[" * 100_000,
    "5 MB nested": b"[" * 5_000_000,
    "nested in a thing": b'{"qualdata": "1.0",\n"study": {\n"id": "s",\n"codes": [\n{"id": "c", "name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n]\n}}\n",
    "nested in an extra": b'{"qualdata": "1.0", "study": {"id": "s", "extra": {"a": ' + b"[" * 900 + b'"\\u0001"' + b"]" * 900 + b"}}}",
    "Latin-1": b'{"qualdata": "1.0", "study": {"title": "\xe4"}}',
}


@pytest.mark.parametrize("what", NOT_JSON)
def test_what_is_no_study_is_an_error_and_no_traceback(package: Path, what: str) -> None:
    (package / "study.json").write_bytes(NOT_JSON[what])
    with pytest.raises(ReadError) as caught:
        read(package)
    assert len(str(caught.value)) < 4_000


def test_a_file_reached_by_a_link_out_of_the_folder_is_not_read(package: Path) -> None:
    (package.parent / "secret.txt").write_text("secret")
    [file] = (package / "sources").iterdir()
    file.unlink()
    file.symlink_to(package.parent / "secret.txt")
    with pytest.raises(ReadError, match=r"sources\[0\]\.stored"):
        read(package)


def test_a_newer_minor_version_is_read_and_what_it_adds_is_kept(package: Path) -> None:
    document = json.loads((package / "study.json").read_bytes())
    document["qualdata"] = "1.7"
    document["study"]["codes"][0]["mood"] = {"a": 1}
    document["study"]["mood"] = "calm"
    (package / "study.json").write_text(json.dumps(document))
    study = read(package)
    assert study.codes[0].extra == {"newer:mood": {"a": 1}}
    assert study.extra == {"newer:mood": "calm", "newer:/qualdata": "1.7"}
    assert study.sources[0].text == "At home."


@pytest.mark.parametrize("number", [2**53, -(2**53), 10**20, 10**5000], ids=["2^53", "-2^53", "10^20", "10^5000"])
def test_a_whole_number_that_not_every_program_can_hold_is_not_written(number: int, tmp_path: Path) -> None:
    """Nothing is left behind; what is kept in extra may be larger, as far as JSON can say it."""
    study = Study(sources=[TextSource(text="x", excerpts=[Excerpt(span=TextSpan(0, number))])])
    with pytest.raises(WriteError, match=r"too large to be written: none may be beyond 9,007,199,254,740,991"):
        write(study, tmp_path / "p")
    assert list(tmp_path.iterdir()) == []
    write(Study(id="s", extra={"lab:big": 2**60}), tmp_path / "p")
    assert read(tmp_path / "p").extra == {"lab:big": 2**60}


def test_a_whole_number_may_be_written_with_a_part_of_nothing(package: Path) -> None:
    """JSON has one kind of number; some programs write 7.0."""
    document = json.loads((package / "study.json").read_bytes())
    excerpt(document)["span"]["end"] = 7.0
    (package / "study.json").write_text(json.dumps(document))
    span = read(package)["e"].span
    assert (span, type(span.end)) == (TextSpan(3, 7), int)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_before_the_document_is_told_with_its_mend(package: Path, encoding: str) -> None:
    """Some editors put one there when they save."""
    document = package / "study.json"
    document.write_text(document.read_text("utf-8"), encoding)
    with pytest.raises(ReadError, match=r"is not JSON: it begins with a byte order mark\. Save it as UTF-8 without one\."):
        read(package)


def test_a_file_that_is_no_package_is_told_as_what_it_should_be(tmp_path: Path) -> None:
    """The sentence names the ending of the file."""
    (tmp_path / "p.qualdata").write_text("words")
    with pytest.raises(ReadError, match=r"not a ZIP file, as a \.qualdata is"):
        read(tmp_path / "p.qualdata")


def test_a_zip_file_without_a_document_is_no_package(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "a.qualdata", "w") as archive:
        archive.writestr("other.txt", "x")
    with pytest.raises(ReadError, match=r"there is no study\.json"):
        read(tmp_path / "a.qualdata")


def test_a_truncated_package_is_an_error(package: Path) -> None:
    path = package.parent / "a.qualdata"
    write(read(package), path)
    whole = path.read_bytes()
    for size in (10, len(whole) // 2, len(whole) - 5):
        path.write_bytes(whole[:size])
        with pytest.raises(ReadError):
            read(path)
