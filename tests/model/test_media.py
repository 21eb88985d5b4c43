"""Handles on payloads: found again when their store changed, or refused; never wrong bytes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from qualdata.errors import MediaError
from qualdata.model.media import Media, decode

TEXT = "Grüße 😀\r\n" * 50


def packed(path: Path, members: dict[str, bytes], method: int = ZIP_DEFLATED) -> dict[str, Media]:
    with ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with ZipFile(path) as archive:
        return Media.members(path, archive)


def later(path: Path) -> None:
    """Make sure that a file counts as changed, however fast the test is."""
    stamp = path.stat().st_mtime_ns + 10**9
    os.utime(path, ns=(stamp, stamp))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "study.qdpx"


# ---- decoding ----
@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        (b"", "", "utf-8", False),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n", "utf-8", False),
        ("é😀".encode(), "é😀", "utf-8", False),
        (b"\xef\xbb\xbfa", "a", "utf-8", True),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", "utf-8", True),
        (b"\xff\xfea\x00=\xd8\x00\xde", "a😀", "utf-16-le", True),
        (b"\xfe\xff\x00a", "a", "utf-16-be", True),
        (b"caf\xe9 \x96 \x80", "café – €", "cp1252", False),
        (b"\x81", "\ufffd", "cp1252", False),
        (b"\xef\xbb\xbfa\xff", "a\ufffd", "utf-8", True),
    ],
)
def test_a_text_is_decoded_by_its_mark_or_as_utf8_or_as_windows_1252(data: bytes, text: str, encoding: str, bom: bool) -> None:
    assert decode(data) == (text, encoding, bom)


def test_a_handle_knows_how_its_text_was_encoded_once_it_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\xfea\x00")
    media = Media.file(path)
    assert (media.text, media.encoding, media.bom) == ("a", "utf-16-le", True)


# ---- members of a ZIP file ----
@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_a_member_is_read_as_it_was_packed(store: Path, method: int) -> None:
    data = TEXT.encode()
    media = packed(store, {"sources/a.txt": data, "sources/empty": b""}, method)
    assert [*media] == ["sources/a.txt", "sources/empty"]
    one = media["sources/a.txt"]
    assert (one.name, one.size, one.read(), one.text) == ("a.txt", len(data), data, TEXT)
    assert one.sha256 == hashlib.sha256(data).hexdigest()
    assert media["sources/empty"].read() == b""
    assert (one.packed < one.size) is (method == ZIP_DEFLATED)


def test_folders_are_no_members(store: Path) -> None:
    with ZipFile(store, "w") as archive:
        archive.mkdir("sources")
        archive.writestr("sources/a", b"a")
    with ZipFile(store) as archive:
        assert [*Media.members(store, archive)] == ["sources/a"]


def test_a_member_is_found_again_where_it_moved_to(store: Path) -> None:
    """The store was written anew: other members before it, another name, another method; the same bytes are the same payload."""
    media = packed(store, {"sources/a.txt": TEXT.encode()})["sources/a.txt"]
    packed(store, {"other": b"o" * 999, "Sources/b.txt": TEXT.encode()}, ZIP_STORED)
    later(store)
    assert media.read() == TEXT.encode()
    assert (media.member, media.name) == ("Sources/b.txt", "b.txt")


def test_of_several_with_the_same_bytes_the_one_of_the_same_name_is_taken(store: Path) -> None:
    media = packed(store, {"sources/a.txt": b"same"})["sources/a.txt"]
    packed(store, {"copy.txt": b"same", "elsewhere/a.txt": b"same", "sources/a.txt": b"same"})
    later(store)
    media.read()
    assert media.member == "sources/a.txt"
    packed(store, {"copy.txt": b"same", "elsewhere/a.txt": b"same"})
    later(store)
    later(store)
    media.read()
    assert media.member == "elsewhere/a.txt"


def test_a_member_that_changed_is_refused(store: Path) -> None:
    """Never the bytes of another payload of the same name."""
    media = packed(store, {"sources/a.txt": b"before"})["sources/a.txt"]
    packed(store, {"sources/a.txt": b"after!"})
    later(store)
    with pytest.raises(MediaError, match=r"a\.txt changed after the study was read; read the study again"):
        media.read()


def test_a_store_that_is_no_zip_file_any_more_is_refused(store: Path) -> None:
    media = packed(store, {"a": b"before"})["a"]
    store.write_bytes(b"no zip file")
    later(store)
    with pytest.raises(MediaError, match="changed after the study was read"):
        media.read()


def test_a_store_that_is_gone_is_refused_with_its_path(store: Path) -> None:
    media = packed(store, {"a": b"before"})["a"]
    store.unlink()
    with pytest.raises(MediaError, match="no longer there") as caught:
        media.read()
    assert caught.value.path == str(store)


def damage(store: Path, media: Media, find: bytes, replace: bytes) -> None:
    """Change bytes of a ZIP file in place, so that neither its size nor its date says so."""
    before = store.stat()
    data = store.read_bytes()
    assert find in data
    store.write_bytes(data.replace(find, replace, 1))
    os.utime(store, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert media.store == store


def test_damaged_bytes_are_refused(store: Path) -> None:
    """The CRC does not fit."""
    media = packed(store, {"a": b"the words"}, ZIP_STORED)["a"]
    damage(store, media, b"the words", b"the swords"[:9])
    with pytest.raises(MediaError, match=r"a cannot be unpacked: the file is damaged\. Get a fresh copy"):
        media.read()


def test_damaged_compression_is_refused(store: Path) -> None:
    media = packed(store, {"a": TEXT.encode()})["a"]
    with ZipFile(store) as archive:
        info = archive.infolist()[0]
        start = info.header_offset + 30 + len(info.filename)
    damage(store, media, store.read_bytes()[start : start + 20], b"\xff" * 20)
    with pytest.raises(MediaError, match="cannot be unpacked"):
        media.read()


def test_a_member_that_is_not_where_the_directory_says_is_refused(store: Path) -> None:
    media = packed(store, {"a": b"x"})["a"]
    damage(store, media, b"PK\3\4", b"PK\0\0")
    with pytest.raises(MediaError, match="is not where the ZIP file says"):
        media.read()


def test_a_member_with_a_password_is_refused(store: Path) -> None:
    packed(store, {"a": b"x"})
    data = bytearray(store.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1  # general purpose bit 0 of the central directory
    store.write_bytes(data)
    with ZipFile(store) as archive:
        media = Media.members(store, archive)["a"]
    with pytest.raises(MediaError, match="protected by a password"):
        media.read()


# ---- files ----
def test_a_file_is_a_payload_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    media = Media.file(path)
    assert (media.name, media.size, media.packed, media.text) == ("a.txt", len(TEXT.encode()), len(TEXT.encode()), TEXT)
    with media.open() as stream:
        assert stream.read(5) == "Grü".encode() + "ß".encode()[:1]


def test_a_file_that_changed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"before")
    media = Media.file(path)
    path.write_bytes(b"after!")
    later(path)
    with pytest.raises(MediaError, match="changed after the study was read"):
        media.read()


def test_a_handle_on_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="the file cannot be opened") as caught:
        Media.file(tmp_path / "none")
    assert caught.value.path == str(tmp_path / "none")


def test_payloads_are_the_same_when_their_bytes_are(tmp_path: Path, store: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    (tmp_path / "b.txt").write_bytes(b"abd")
    member = packed(store, {"x": b"abc", "y": b"abcd"})
    a, b = Media.file(tmp_path / "a.txt"), Media.file(tmp_path / "b.txt")
    assert a.same(member["x"])
    assert not a.same(member["y"])
    assert not a.same(b)


def test_a_payload_is_the_same_as_itself_without_being_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"abc")
    one, other = Media.file(path), Media.file(path)
    path.unlink()
    assert one.same(other)
