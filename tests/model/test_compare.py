"""Equality: by what is said, not by how it is stored or written."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings

from qualdata.model import (
    AudioSource,
    Case,
    Code,
    Coding,
    Contributor,
    Document,
    Excerpt,
    Link,
    Media,
    Memo,
    PageSpan,
    Part,
    PdfSource,
    PictureSource,
    Reading,
    Set,
    Study,
    TextSource,
    TextSpan,
    TranscriptSpan,
    Value,
    differences,
)  # fmt: skip
from qualdata.testing import studies


def on_disk(path: Path, data: bytes) -> Media:
    path.write_bytes(data)
    return Media.file(path)


def same(one: Part, other: Part) -> bool:
    """Whether two parts are equal, either way round."""
    assert (one == other) == (other == one) != (one != other)
    return one == other


# ---- what is not compared ----
def test_the_id_and_the_reading_of_a_study_say_nothing() -> None:
    assert same(Study(id="a", title="T", reading=Reading("refi")), Study(id="b", title="T"))


def test_an_inline_text_equals_a_stored_one(tmp_path: Path) -> None:
    """However it is encoded, with or without a byte order mark."""
    inline = TextSource(id="t", text="é\r\n😀")
    for name, data in {"a": "é\r\n😀".encode(), "b": b"\xef\xbb\xbf" + "é\r\n😀".encode(), "c": b"\xff\xfe" + "é\r\n😀".encode("utf-16-le")}.items():
        assert same(inline, TextSource(id="t", path=f"internal://{name}.txt", stored=on_disk(tmp_path / name, data)))
    assert not same(inline, TextSource(id="t", stored=on_disk(tmp_path / "d", "é\n😀".encode())))


def test_media_are_compared_by_their_bytes(tmp_path: Path) -> None:
    """Whatever their names, and whether in a folder or in a ZIP file."""
    with ZipFile(tmp_path / "z", "w") as archive:
        archive.writestr("sources/x.jpg", b"jpeg")
    with ZipFile(tmp_path / "z") as archive:
        packed = Media.members(tmp_path / "z", archive)["sources/x.jpg"]
    one = PictureSource(id="p", path="internal://x.jpg", media=packed)
    assert same(one, PictureSource(id="p", path="relative:///y.jpg", media=on_disk(tmp_path / "y.jpg", b"jpeg")))
    assert not same(one, PictureSource(id="p", path="internal://x.jpg", media=on_disk(tmp_path / "z.jpg", b"jpg!")))
    assert not same(one, PictureSource(id="p", path="internal://x.jpg"))


def test_paths_within_the_study_say_nothing_others_do() -> None:
    """Where a file is not there, its address outside the study is all that is known of it."""
    assert same(PictureSource(id="p", path="internal://a.jpg"), PictureSource(id="p", path="internal://b.jpg"))
    assert same(Document(id="d", path="sources/a.txt"), Document(id="d"))
    assert not same(PictureSource(id="p", path="relative:///a.jpg"), PictureSource(id="p", path="relative:///b.jpg"))
    assert not same(PictureSource(id="p", path="absolute:///a.jpg"), PictureSource(id="p"))
    assert not same(TextSource(id="p", rich_path="relative:///a.docx"), TextSource(id="p"))
    assert same(TextSource(id="p", rich_path="internal://a.docx"), TextSource(id="p"))


def test_ids_and_references_are_compared_without_case_and_braces() -> None:
    left = Case(id="{ABC}", codes=["C1"], values=[Value(variable="{V}", value="1")])
    assert same(left, Case(id="abc", codes=["{c1}"], values=[Value(variable="v", value="1")]))
    assert same(Excerpt(id="e", span=TranscriptSpan("A", None)), Excerpt(id="E", span=TranscriptSpan("{a}", None)))
    assert not same(left, Case(id="abc", codes=["{c1}"], values=[Value(variable="v", value="01")]))
    assert not same(Code(id="a", name="Moving"), Code(id="a", name="moving"))


def test_codes_are_compared_as_a_tree() -> None:
    """Order counts among siblings only."""
    a, b, a1, a2 = Code(id="a", name="a"), Code(id="b", name="b"), Code(id="a1", name="a1", parent="a"), Code(id="a2", name="a2", parent="A")
    left = Study(codes=[a, a1, a2, b])
    assert same(left, Study(codes=[a, b, a1, a2]))
    assert same(left, Study(codes=[a1, a, b, a2]))
    assert not same(left, Study(codes=[a, a2, a1, b]))
    assert not same(left, Study(codes=[b, a, a1, a2]))
    assert not same(left, Study(codes=[a, b, a1, Code(id="a2", name="a2", parent="b")]))


# ---- what is ----
@pytest.mark.parametrize(
    "change",
    [
        lambda s: setattr(s, "title", "other"),
        lambda s: setattr(s, "abstract", ""),
        lambda s: setattr(s, "base_path", "/x"),
        lambda s: setattr(s, "created", "2024-01-31T12:00:00+00:00"),
        lambda s: setattr(s, "created_by", None),
        lambda s: s.own_memos.append("m"),
        lambda s: setattr(s.codes[0], "description", ""),
        lambda s: setattr(s.codes[0], "origin", "a priori"),
        lambda s: setattr(s.codes[0], "codable", False),
        lambda s: setattr(s.codes[0], "extra", {}),
        lambda s: setattr(s.sources[0], "text", "abd"),
        lambda s: setattr(s.sources[0], "text", None),
        lambda s: setattr(s.sources[0].excerpts[0], "span", TextSpan(0, 2)),
        lambda s: setattr(s.sources[0].excerpts[0].codings[0], "code", "c2"),
        lambda s: s.sources[0].excerpts.append(Excerpt(span=TextSpan(0, 1))),
        lambda s: s.sources.reverse(),
        lambda s: s.sources.__setitem__(0, Memo(id="t", text="abc")),
        lambda s: setattr(s.memos[0], "kind", "analytic"),
        lambda s: setattr(s.cases[0].values[0], "type", "Text"),
        lambda s: setattr(s.sets[0], "codes", []),
        lambda s: s.links.clear(),
    ],
)
def test_any_change_in_what_is_said_is_a_difference(change: Callable[[Any], None]) -> None:
    def made() -> Study:
        return Study(
            title="T",
            created="2024-01-31T12:00:00Z",
            created_by="u",
            contributors=[Contributor(id="u")],
            codes=[Code(id="c", name="c")],
            cases=[Case(id="k", values=[Value(variable="v", type="Integer", value="1")])],
            sources=[TextSource(id="t", text="abc", excerpts=[Excerpt(id="x", span=TextSpan(0, 1), codings=[Coding(id="cx", code="c")])]), AudioSource(id="a")],
            memos=[Memo(id="m", text="note")],
            sets=[Set(id="s", name="s", codes=["c"])],
            links=[Link(id="l")],
        )

    changed = made()
    change(changed)
    assert same(made(), made())
    assert not same(made(), changed)


def test_things_of_two_classes_differ() -> None:
    assert not same(TextSource(id="t", text="a"), Memo(id="t", text="a"))
    assert Code(id="a", name="a") != "a"


def test_differences_name_the_place_and_both_sides() -> None:
    excerpts = [Excerpt(id="x", span=TextSpan(0, 1)), Excerpt(id="y", span=TextSpan(1, 2), codings=[Coding(id="z", code="C")])]
    left = Study(sources=[TextSource(id="t", text="abc", excerpts=excerpts)])
    right = deepcopy(left)
    right.title = "T"
    right.sources[0].excerpts[1].span = TextSpan(1, 3)
    right.sources[0].excerpts[1].codings[0].code = "d"
    assert [str(d) for d in differences(left, right)] == [
        "title: '' ≠ 'T'",
        "sources[0].excerpts[1].span.end: 2 ≠ 3",
        "sources[0].excerpts[1].codings[0].code: 'c' ≠ 'd'",
    ]


def test_lists_of_other_lengths_are_said_to_be_so() -> None:
    assert [(d.path, d.left, d.right) for d in differences(Set(id="s", name="s", codes=["a", "b"]), Set(id="s", name="s", codes=["a"]))] == [("codes.length", 2, 1)]


def test_long_values_are_shortened_where_they_are_shown() -> None:
    [difference] = differences(TextSource(id="t", text="a" * 999), TextSource(id="t", text="b"))
    assert len(str(difference)) < 100


def test_representations_are_compared() -> None:
    one = PdfSource(id="p", excerpts=[Excerpt(id="x", span=PageSpan(0, 0, 0, 1, 1), representation=TextSource(id="r", text="a"))])
    other = deepcopy(one)
    other.excerpts[0].representation = TextSource(id="r", text="b")
    assert [d.path for d in differences(one, other)] == ["excerpts[0].representation.text"]


@settings(max_examples=50)
@given(studies())
def test_a_copy_is_equal_and_has_no_differences(study: Study) -> None:
    copied = deepcopy(study)
    copied.id, copied.reading = "another", Reading("copy")
    assert same(study, copied)
    assert [*differences(study, copied)] == []
