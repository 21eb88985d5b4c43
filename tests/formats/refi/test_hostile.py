"""Bad input, by accident or on purpose: one clear sentence, soon, and nothing read that should not be."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from qualdata import QualdataError, read, write
from qualdata.formats import zip as zipped
from tests.canonical import canonical
from tests.independent import NAMESPACE
from tests.writing import MOOD, SOURCE, guid, nvivo_windows, pack
from tests.writing import project as written

MIB = 1 << 20


def refused(path: Path, *words: str) -> QualdataError:
    """The one clear sentence with which a file is refused: it names the file, and speaks neither Python nor in riddles."""
    with pytest.raises(QualdataError) as caught:
        read(path)
    error = caught.value
    message = error.message
    assert error.path == str(path)
    assert "\n" not in message
    assert 20 < len(message) < 300
    assert message.endswith(".")
    assert not re.search(r"Traceback|\w(Error|Exception)\b|object at 0x|NoneType|<class|\bb'", message), message
    for word in words:
        assert word in str(error), str(error)
    return error


def file(tmp_path: Path, data: bytes | str, name: str = "in.qdpx") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def bare(body: str = "", *, before: str = "", name: str = "x") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>{before}<Project xmlns="{NAMESPACE}" name="{name}">{body}</Project>'


# ---- what is no project at all ----
@pytest.mark.parametrize("name", ["in.qdpx", "in.qde"])
@pytest.mark.parametrize(
    "data",
    [
        b"", b"   \n", b"Dear diary", b"\x00" * 100, b"%PDF-1.7\n", b"\xff\xfe\x00\x00", b"<", b"<Project", bytes(range(256)) * 20,
        b"PK", b"PK\x03\x04", b"PK\x03\x04 and no more of it", b"PK\x05\x06" + b"\0" * 18,
    ],
)
def test_what_is_no_project_is_refused(data: bytes, name: str, tmp_path: Path) -> None:
    """Empty files, other files, broken files."""
    refused(file(tmp_path, data, name))


def test_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    """No such file, no such folder, a folder instead of a file."""
    for path in (tmp_path / "none.qdpx", tmp_path / "no" / "none.qde", tmp_path):
        refused(path)


@pytest.mark.parametrize("name", ["in.qdpx", "in.qde", "in.html"])
@pytest.mark.parametrize("html", ["<!DOCTYPE html><html><body>Please log in</body></html>", "<html><p>Please log in<br></html>"])
def test_a_web_page_is_refused(html: str, name: str, tmp_path: Path) -> None:
    """What a browser saves instead of the file."""
    refused(file(tmp_path, html, name))


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    """Cut anywhere."""
    whole = nvivo_windows(tmp_path / "whole.qdpx").read_bytes()
    for size in (5, 30, 60, 200, len(whole) // 2, len(whole) - 200, len(whole) - 30, len(whole) - 1):
        refused(file(tmp_path, whole[:size]))
    xml = written("<Users/>").encode()
    for size in (40, 60, len(xml) - 20, len(xml) - 4):
        refused(file(tmp_path, xml[:size], "in.qde"))


def test_a_damaged_project_in_a_zip_file_is_refused(tmp_path: Path) -> None:
    """Bytes changed in the middle, packed and not."""
    for how in (ZIP_STORED, ZIP_DEFLATED):
        path = tmp_path / "in.qdpx"
        with ZipFile(path, "w", how) as archive:
            archive.writestr("project.qde", bare(f"<Description>{'many words ' * 300}</Description>"))
        data = bytearray(path.read_bytes())
        data[80:84] = b"\xff\x00\xff\x00"
        path.write_bytes(data)
        refused(path)


def test_a_zip_file_with_a_password_is_refused(tmp_path: Path) -> None:
    """It is said how to help."""
    data = bytearray(nvivo_windows(tmp_path / "in.qdpx").read_bytes())
    local, central = data.index(b"PK\3\4"), data.index(b"PK\1\2")
    data[local + 6] |= 1
    data[central + 8] |= 1
    refused(file(tmp_path, bytes(data)), "password")


@pytest.mark.parametrize("method", [12, 14, 99])
def test_a_way_of_packing_that_is_not_known_is_refused(method: int, tmp_path: Path) -> None:
    """Such as AES or a method yet to come."""
    data = bytearray(nvivo_windows(tmp_path / "in.qdpx").read_bytes())
    local, central = data.index(b"PK\3\4"), data.index(b"PK\1\2")
    data[local + 8] = data[central + 10] = method
    refused(file(tmp_path, bytes(data)))


def test_a_zip_file_without_a_project_is_refused(tmp_path: Path) -> None:
    """A .docx with another ending, a codebook, nothing at all."""
    refused(pack(tmp_path / "in.qdpx", "<x/>", name="word/document.xml"), "no project")
    refused(pack(tmp_path / "in.qdpx", "<CodeBook/>", name="codes.qdc"), "codebook")
    with ZipFile(tmp_path / "in.qdpx", "w"):
        pass
    refused(tmp_path / "in.qdpx", "no project")


def test_a_codebook_is_no_project(tmp_path: Path) -> None:
    """It is called what it is, where a project was asked for."""
    book = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>'
    refused(pack(tmp_path / "in.qdpx", book), "codebook", "not a project")
    with pytest.raises(QualdataError, match=r"codebook .* not a project"):
        read(file(tmp_path, book, "in.qde"), format="qde")


@pytest.mark.parametrize(
    "root",
    [
        '<Project xmlns="http://maven.apache.org/POM/4.0.0"/>',
        '<Project Sdk="Microsoft.NET.Sdk" xmlns="http://schemas.microsoft.com/developer/msbuild/2003"/>',
        f'<Code xmlns="{NAMESPACE}"/>',
        '<p:Project xmlns:p="urn:QDA-XML:codebook:1.0"/>',
        "<svg/>",
    ],
)
def test_xml_of_another_kind_is_refused(root: str, tmp_path: Path) -> None:
    """A Project, but not of this namespace; this namespace, but no Project."""
    refused(file(tmp_path, root, "in.qde"))
    refused(pack(tmp_path / "in.qdpx", root))


# ---- XML that means harm ----
LAUGHS = '<!DOCTYPE lolz [<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10)) + "]>"


@pytest.mark.parametrize(
    ("before", "body"),
    [
        (LAUGHS, "<Description>&l9;</Description>"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<Description>&x;</Description>"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]>', ""),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">', ""),
        ('<!DOCTYPE a PUBLIC "x" "file:///etc/passwd">', ""),
        ("<!DOCTYPE Project>", ""),
        ('<!DOCTYPE a [<!ATTLIST Project name CDATA "y">]>', ""),
        ("<!-- " + "x" * 70_000 + " --><!DOCTYPE Project [<!ENTITY x 'y'>]>", "<Description>&x;</Description>"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["in.qde", "in.qdpx"])
def test_document_types_and_entities_are_refused(name: str, encoding: str, before: str, body: str, tmp_path: Path) -> None:
    """Nothing is expanded, no file and no address is opened."""
    data = bare(body, before=before).replace('encoding="utf-8"', f'encoding="{encoding}"').encode(encoding)
    path = file(tmp_path, data, name) if name == "in.qde" else pack(tmp_path / name, data)
    assert "root:" not in str(refused(path, "DOCTYPE"))


def test_an_entity_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    """With the line it stands in."""
    error = refused(file(tmp_path, bare("\n\n<Description>&nbsp;</Description>"), "in.qde"), "line 3")
    assert error.line == 3


@pytest.mark.parametrize("bad", ["\x00", "\x01", "\ufffe", "&#0;", "&#xD800;", "&#x110000;"])
def test_characters_that_xml_has_not_are_refused(bad: str, tmp_path: Path) -> None:
    """Not passed on into other files."""
    refused(file(tmp_path, bare(f"<Description>{bad}</Description>"), "in.qde"))


@pytest.mark.parametrize("encoding", ["utf-7", "ebcdic-cp-us", "no-such-thing", "utf-32", "rot13", "idna", "zlib"])
def test_odd_encodings_are_refused(encoding: str, tmp_path: Path) -> None:
    """Whatever Python makes of their names."""
    refused(file(tmp_path, bare().replace("utf-8", encoding), "in.qde"))


def test_bytes_that_are_no_utf_8_are_refused(tmp_path: Path) -> None:
    """A project says how it is encoded; it is not guessed."""
    refused(file(tmp_path, bare("<Description>\xe9</Description>").encode("latin-1"), "in.qde"), "line 1")


# ---- depth and number ----
def nested(tag: str, count: int) -> str:
    opening = {"Code": f'<Code guid="{MOOD}" name="c" isCodable="true">'}.get(tag, f"<{tag}>")
    return opening * count + f"</{tag}>" * count


@pytest.mark.parametrize(
    "body",
    [
        f"<CodeBook><Codes>{nested('Code', 100_000)}</Codes></CodeBook>",
        nested("foreign", 100_000),
        nested("Users", 100_000),
        f"<Description>{nested('b', 100_000)}</Description>",
        f"<CodeBook><Codes>{nested('Code', 300)}</Codes></CodeBook>",
        f"<CodeBook><Codes>{nested('Code', 240)[: -len('</Code>') * 240]}{nested('foreign', 300)}{'</Code>' * 240}</Codes></CodeBook>",
    ],
    ids=["codes", "foreign", "boxes", "text", "a few too many", "codes, then foreign"],
)
def test_elements_that_stand_too_deep_are_refused(body: str, tmp_path: Path) -> None:
    """More than 256 deep."""
    refused(file(tmp_path, bare(body), "in.qde"), "256 deep")


def test_codes_250_deep_are_read_and_written(tmp_path: Path) -> None:
    """No one has so many, but nothing breaks."""
    codes = "".join(f'<Code guid="{guid(i)}" name="c{i}" isCodable="true">' for i in range(250)) + "</Code>" * 250
    study = read(file(tmp_path, bare(f"<CodeBook><Codes>{codes}</Codes></CodeBook>"), "in.qde"))
    write(study, tmp_path / "out.qde")
    back = read(tmp_path / "out.qde")
    assert [depth for _, depth in back.code_tree.walk()] == list(range(1, 251))
    assert back == study


MANY = {
    "foreign elements": "<x/>" * 15_000,
    "codes of one GUID": "<CodeBook><Codes>" + f'<Code guid="{MOOD}" name="c" isCodable="true"/>' * 20_000 + "</Codes></CodeBook>",
    "comments in a text": f"<Description>{'a<!-- -->' * 20_000}</Description>",
    "attributes": "<Users " + " ".join(f'a{i}=""' for i in range(30_000)) + "/>",
    "boxes in a box": f"<Users>{'<Users/>' * 20_000}</Users>",
    "boxes": "<Users/>" * 20_000,
    "references with attributes": f'<Sources><TextSource guid="{SOURCE}">' + f'<NoteRef targetGUID="{MOOD}" x="1"/>' * 8_000 + "</TextSource></Sources>",
    "references with comments": f'<Sources><TextSource guid="{SOURCE}">' + f'<NoteRef targetGUID="{MOOD}"/><!-- -->' * 8_000 + "</TextSource></Sources>",
    "comments among codes": "<CodeBook><Codes>" + f'<Code guid="{MOOD}" name="c" isCodable="true"/><!-- -->' * 8_000 + "</Codes></CodeBook>",
    "selections in disorder": f'<Sources><TextSource guid="{SOURCE}">'
    + f'<NoteRef targetGUID="{MOOD}"/><PlainTextSelection guid="{MOOD}" startPosition="0" endPosition="9"/>' * 8_000
    + "</TextSource></Sources>",
}


@pytest.mark.parametrize("what", MANY)
def test_many_odd_things_are_read_and_written_back(what: str, tmp_path: Path) -> None:
    """Thousands of them: what would take time in the square of their number would not end."""
    study = read(file(tmp_path, bare(MANY[what]), "in.qde"))
    write(study, tmp_path / "out.qde", target="as-read")
    write(study, tmp_path / "out2.qde")
    assert canonical((tmp_path / "out.qde").read_bytes())


@pytest.mark.parametrize("digits", [5000, 200_000])
def test_enormous_numbers_do_no_harm(digits: int, tmp_path: Path) -> None:
    """Python refuses to read numbers of thousands of digits; so they are kept aside, or the file is refused."""
    mark = f'<PlainTextSelection guid="{guid(1)}" startPosition="0" endPosition="{"9" * digits}"/>'
    study = read(file(tmp_path, bare(f'<Sources><TextSource guid="{SOURCE}"><PlainTextContent>a</PlainTextContent>{mark}</TextSource></Sources>'), "in.qde"))
    assert study.reading is not None
    assert all(len(r.message) < 500 for r in study.reading.remarks)
    write(study, tmp_path / "out.qde", target="as-read")
    assert "9" * digits in (tmp_path / "out.qde").read_text()


# ---- ZIP files that mean harm ----
def bomb(path: Path, member: str, size: int, qde: str) -> Path:
    """A member that unpacks to very much."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        if member != "project.qde":
            archive.writestr("project.qde", qde)
        with archive.open(member, "w", force_zip64=True) as out:
            for _ in range(size // MIB):
                out.write(b" " * MIB)
    return path


TEXT = f'<Sources><TextSource guid="{SOURCE}" plainTextPath="internal://t.txt"/></Sources>'


@pytest.mark.parametrize("member", ["project.qde", "sources/t.txt"])
def test_a_member_that_unpacks_to_far_more_is_refused(member: str, tmp_path: Path) -> None:
    """100 MiB of blanks from a few hundred KiB: it is not even begun."""
    path = bomb(tmp_path / "in.qdpx", member, 100 * MIB, bare(TEXT))
    assert path.stat().st_size < MIB
    tracemalloc.start()
    try:
        refused(path, "not safe", member.rpartition("/")[2])
        assert tracemalloc.get_traced_memory()[1] < 16 * MIB
    finally:
        tracemalloc.stop()


def test_a_picture_that_unpacks_to_far_more_is_never_unpacked(tmp_path: Path) -> None:
    """Pictures are not read: the study is, and the picture is copied as it is packed."""
    path = bomb(tmp_path / "in.qdpx", "sources/p.jpg", 100 * MIB, bare(f'<Sources><PictureSource guid="{SOURCE}" path="internal://p.jpg"/></Sources>'))
    write(read(path), tmp_path / "out.qdpx", target="as-read")
    assert (tmp_path / "out.qdpx").stat().st_size < MIB


def test_limits_are_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On members, size and ratio: each is a setting, and each is kept."""
    path = nvivo_windows(tmp_path / "in.qdpx")
    for limit, value in (("members", 2), ("bytes", 100)):
        monkeypatch.setitem(zipped.LIMITS, limit, value)
        refused(path)
        monkeypatch.undo()
    assert len(read(path).segments()) == 3


def lying(tmp_path: Path, size: int, words: str) -> Path:
    """A project whose record says another size."""
    path = pack(tmp_path / "in.qdpx", bare(f"<Description>{words}</Description>"))
    data = bytearray(path.read_bytes())
    for at in (data.index(b"PK\3\4") + 22, data.index(b"PK\1\2") + 24):
        data[at : at + 4] = size.to_bytes(4, "little")
    return file(tmp_path, bytes(data))


def test_a_member_that_is_longer_than_it_says_is_refused(tmp_path: Path) -> None:
    """No more than it says is taken, and that is not all."""
    refused(lying(tmp_path, 100, "words " * 1000))


def test_a_member_that_is_shorter_than_it_says_is_refused_or_read_right(tmp_path: Path) -> None:
    """What there is, is there with its CRC; nothing is made up."""
    words = "words " * 1000
    try:
        study = read(lying(tmp_path, 5_000_000, words))
    except QualdataError:
        return
    assert study.abstract == words
    write(study, tmp_path / "out.qdpx", target="as-read")
    assert read(tmp_path / "out.qdpx").abstract == words


def test_members_in_the_same_place_are_not_trusted(tmp_path: Path) -> None:
    """The record of one points at another, as overlapping bombs have it."""
    path = pack(tmp_path / "in.qdpx", bare(TEXT), {"sources/t.txt": b"text", "sources/u.txt": b"else"}, stored=True)
    data = bytearray(path.read_bytes())
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    third = data.index(b"PK\1\2", second + 1)
    data[second + 42 : second + 46] = data[third + 42 : third + 46]
    path.write_bytes(data)
    refused(path)


def test_a_text_that_is_damaged_is_one_sentence(tmp_path: Path) -> None:
    """The project can be read, the text cannot: refused, as its positions mean nothing."""
    path = pack(tmp_path / "in.qdpx", bare(TEXT), {"sources/t.txt": b"right words"}, stored=True)
    path.write_bytes(path.read_bytes().replace(b"right words", b"wrong words"))
    refused(path)
