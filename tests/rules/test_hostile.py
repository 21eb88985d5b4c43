"""Files of strangers: validation comes to an end, stays in the folder, and what it says gives nothing away. Where it would not, these tests do not end."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from qualdata import Case, Code, Consent, Excerpt, Permission, Study, TextSource, TextSpan, Theme
from qualdata.model import Evidence
from qualdata.rules import Report, validate
from qualdata.rules.reports import as_json
from tests.rules.groups.privacy import KEY
from tests.rules.groups.validation import WAIVER
from tests.rules.sound import TEXT, package, project, sound

MEGA = 1 << 20
SECRET = "the aspidistra is watered on Tuesdays"


def found(report: Report) -> set[str]:
    """The rules that found something; none of them failed."""
    rules = {f.rule for f in report.findings}
    assert "val-rule-crashed" not in rules, [f.message for f in report.findings if f.rule == "val-rule-crashed"]
    return rules


# ---- leaving the folder ----
def linked(folder: Path) -> Path:
    """A package in which a text, a document, its waivers and a folder are links to what lies elsewhere."""
    path = package(folder)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.txt").write_text(SECRET)
    (elsewhere / "waivers.toml").write_text(WAIVER)
    (path / "sources" / "t.txt").unlink()
    (path / "sources" / "t.txt").symlink_to(elsewhere / "secret.txt")
    (path / "documents" / "readme.txt").unlink()
    (path / "documents" / "readme.txt").symlink_to(elsewhere / "secret.txt")
    (path / "waivers.toml").symlink_to(elsewhere / "waivers.toml")
    (path / "more").symlink_to(elsewhere)
    return path


def climbing(folder: Path) -> Path:
    """A package whose document names files that lie elsewhere: above it, anywhere, through a link."""
    path = linked(folder)
    document = json.loads((path / "study.json").read_text(encoding="utf-8"))
    names = ("../elsewhere/secret.txt", str(folder / "elsewhere" / "secret.txt"), "more/secret.txt", "documents/../../elsewhere/secret.txt", "~/secret.txt", "C:\\secret.txt")
    for one, name in zip(document["study"]["documents"], names, strict=False):
        one["media"] = name
    (path / "study.json").write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize("make", [linked, climbing], ids=lambda make: make.__name__)
def test_nothing_outside_the_folder_is_read(make: Callable[[Path], Path], tmp_path: Path) -> None:
    """Not to be shown, not for a hash, and not to be searched."""
    path = make(tmp_path)
    (tmp_path / "terms.txt").write_text("aspidistra\n")
    report = validate(path, terms=tmp_path / "terms.txt")
    assert "pkg-path-unsafe" in found(report)
    assert not {"prv-log-leak", "val-waiver-unused", "exc-quote-mismatch", "txt-hash-mismatch"} & found(report)
    assert "aspidistra" not in as_json([validate(path)]).decode()


def test_waivers_beside_a_file_are_not_followed_elsewhere(tmp_path: Path) -> None:
    """A link is no file of theirs."""
    path = project(tmp_path, files={})
    (tmp_path / "elsewhere.toml").write_text(WAIVER.replace("exc-range-invalid", "refi-source-missing").replace('"e"', '"*"'))
    (tmp_path / "study.qdpx.waivers.toml").symlink_to(tmp_path / "elsewhere.toml")
    assert found(validate(path)) == {"refi-source-missing"}


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe would never end."""
    path = package(tmp_path)
    os.mkfifo(path / "pipe.txt")
    (path / "sources" / "t.txt").unlink()
    os.mkfifo(path / "sources" / "t.txt")
    assert {"pkg-path-unsafe"} <= found(validate(path, terms=KEY))


# ---- coming to an end ----
def docx(body: str, head: str = "") -> bytes:
    """A Word file with this body."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'{head}<w:d xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</w:d>')
    return stream.getvalue()


LAUGHS = "<!DOCTYPE w [<!ENTITY a '1234567890'>" + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghijk", "bcdefghijkl", strict=True)) + "]>"
FILES = {
    "authors that do not end": ("a.pdf", b"%PDF" + b"/Author(" * (MEGA // 2)),
    "an author of spaces": ("a.pdf", b"%PDF/Author" + b" " * 4 * MEGA),
    "a table of empty lines": ("a.toml", b"\n" * 4 * MEGA),
    "a table of commas": ("a.csv", b"," * 4 * MEGA),
    "paragraphs in each other": ("a.docx", docx("<w:p>" * 200 + "<w:p><w:t>x</w:t></w:p>" * 30_000 + "</w:p>" * 200)),
    "too many paragraphs in each other": ("a.docx", docx("<w:p>" * 100_000)),
    "entities": ("a.docx", docx("<w:p><w:t>&l;</w:t></w:p>", LAUGHS)),
    "an entity elsewhere": ("a.docx", docx("<w:p><w:t>&a;</w:t></w:p>", "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>")),
    "waivers in each other": ("waivers.toml", b"a = " + b"[" * 100_000),
    "waivers without end": ("waivers.toml", b"#" * 2 * MEGA),
}


@pytest.mark.parametrize("what", FILES)
def test_a_hostile_file_in_a_package_is_looked_at_in_time(what: str, tmp_path: Path) -> None:
    """With and without a list of terms."""
    name, data = FILES[what]
    path = package(tmp_path)
    (path / name).write_bytes(data)
    wanted = "val-waiver-invalid" if name == "waivers.toml" else "pkg-file-unlisted"
    assert wanted in found(validate(path, profile="archive"))
    assert wanted in found(validate(path, terms=KEY))


def bomb(folder: Path) -> Path:
    """A package in one file, with a Word file and a text that would unpack to a thousand times as much."""
    path = folder / "study.qualdata"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for file in sorted(package(folder).rglob("*")):
            archive.write(file, file.relative_to(folder / "study").as_posix())
        archive.writestr("bomb.txt", b" " * 100 * MEGA)
        archive.writestr("bomb.docx", docx(" " * 200 * MEGA))
    return path


def test_what_would_unpack_to_far_more_is_not_unpacked(tmp_path: Path) -> None:
    """Neither in the package, nor in a Word file in it; what was not looked into is told."""
    report = validate(bomb(tmp_path), terms=KEY)
    assert "pkg-path-unsafe" in found(report)
    assert [f.where.file for f in report.findings if f.rule == "prv-log-leak"] == ["bomb.docx"]


def consents(study: Study) -> None:
    for n in range(10_000):
        study.add(Case(id=f"k{n}", name=f"K{n}", sources=["t"], consent=f"o{n}"))
        study.add(Consent(id=f"o{n}", case=f"k{n}", permissions=[Permission(use="archiving", given=False)]))


def themes(study: Study) -> None:
    study.add(TextSource(id="u", name="P02", text="Words."))
    study.add(Case(id="other", name="P02", sources=["u"]))
    study.add(Theme(id="h0", name="Theme 0", status="reported", evidence=[Evidence(ref="e")]))
    for n in range(1, 20_000):
        study.themes.append(Theme(id=f"h{n}", name=f"Theme {n}", status="reported", evidence=[Evidence(ref=f"h{n - 1}"), Evidence(ref=f"h{n // 2}")]))
    study.themes.reverse()


def places(study: Study) -> None:
    coding = study["c"]
    for n in range(60_000):
        study["t"].excerpts.append(Excerpt(id=f"x{n}", span=TextSpan(0, 50), codings=[type(coding)(id=f"y{n}", code="friends", coder="ann")]))


def closed(study: Study) -> None:
    study.add(TextSource(id="z", name="P02", access="closed", text=" ".join(f"w{n % 977}x" for n in range(500_000))))
    for n in range(10_000):
        study.codes.append(Code(id=f"q{n}", name=f"Code {n}", description=f"one two three four five {n} six seven", origin="inductive"))


MANY = {consents: "prv-consent-exceeded", themes: "thm-single-participant", places: "cod-duplicate", closed: "cbk-code-unused"}


@pytest.mark.parametrize("make", MANY, ids=lambda make: make.__name__)
def test_a_study_of_very_much_is_looked_at_in_time(make: Callable[[Study], Any]) -> None:
    """In time linear in it."""
    study = sound()
    make(study)
    assert MANY[make] in found(validate(study))


WORDS = (
    "[", "(0:00", "Date: ", "\u201c", "a:", "\n", " ", "1 ", "[a] ", "P01: ", "@a", "http://", "C:\\Users\\", "born in ", "[the dog ", "\u0301", "\u00c3\u00a9", "n\u00e9 ",
    "I: a\n", "Mr ", "a = b\n",
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS, ids=ascii)
def test_a_text_of_one_thing_is_looked_at_in_time(words: str) -> None:
    """Patterns do not try again and again."""
    study = sound()
    study["t"].text = f"{words * (100_000 // len(words))}\n\n{TEXT}{words * (100_000 // len(words))}"
    found(validate(study, terms=KEY, profile="archive"))
