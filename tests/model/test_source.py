"""Sources: their text, finding words in it, marking parts, laying codes on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualdata.errors import MediaError
from qualdata.model import (
    AreaSpan,
    AudioSource,
    Code,
    Contributor,
    Excerpt,
    Media,
    Memo,
    PageSpan,
    PdfSource,
    PictureSource,
    Source,
    TextSource,
    TextSpan,
    TimeSpan,
    Transcript,
    VideoSource,
    holders,
)  # fmt: skip


# ---- text ----
def test_a_text_is_kept_inline_as_it_is_given() -> None:
    assert TextSource(text="\ufeffa\r\n").text == "\ufeffa\r\n"
    assert TextSource(text="").text == ""
    assert TextSource().text is None


def test_a_stored_text_is_read_when_asked_for(tmp_path: Path) -> None:
    """Without its byte order mark, newlines as they are."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    source = TextSource(path="internal://a.txt", stored=Media.file(path))
    assert source.text == "one\r\ntwo\rthree"
    assert source.find("two") == TextSpan(5, 8)


def test_a_stored_text_that_is_gone_is_an_error_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    source = TextSource(stored=Media.file(path))
    path.unlink()
    with pytest.raises(MediaError, match="no longer there"):
        _ = source.text


def test_a_text_that_is_set_is_inline_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one")
    source = TextSource(path="internal://a.txt", stored=Media.file(path))
    source.text = "two"
    assert (source.text, source.path, source.stored) == ("two", None, None)


# ---- find ----
def test_words_are_found_in_code_points() -> None:
    source = TextSource(text="😀 moved; we moved.")
    first = source.find("moved")
    assert first == TextSpan(2, 7)
    assert source.find("moved", first.end) == TextSpan(12, 17)
    assert source.find("moved", 13) is None
    assert source.find("Moved") is None
    assert Transcript(text="abc").find("c") == TextSpan(2, 3)
    assert TextSource().find("a") is None


# ---- excerpt ----
def test_a_part_is_marked_from_two_positions_or_a_span() -> None:
    source = TextSource(text="abcdef")
    one, other = source.excerpt(1, 3, name="bc"), source.excerpt(source.find("def"))
    assert (one.span, one.name, other.span, other.name) == (TextSpan(1, 3), "bc", TextSpan(3, 6), None)
    assert source.excerpts[0] is one
    assert source.excerpts[1] is other


def test_a_part_may_be_empty() -> None:
    assert TextSource(text="").excerpt(0, 0).span == TextSpan(0, 0)


def test_two_positions_are_characters_in_a_text_and_milliseconds_in_a_recording() -> None:
    assert Memo(text="abc").excerpt(0, 2).span == TextSpan(0, 2)
    assert AudioSource().excerpt(0, 1500).span == TimeSpan(0, 1500)
    assert VideoSource().excerpt(TimeSpan(5, 6)).span == TimeSpan(5, 6)


def test_pictures_and_pages_are_marked_with_a_rectangle() -> None:
    assert PictureSource().excerpt(AreaSpan(0, 0, 9, 9)).span == AreaSpan(0, 0, 9, 9)
    assert PdfSource().excerpt(PageSpan(0, 10, 90, 90, 10)).span == PageSpan(0, 10, 90, 90, 10)


@pytest.mark.parametrize(
    ("source", "arguments", "said"),
    [
        (TextSource(text="abc"), (2, 1), "An excerpt cannot go from 2 to 1"),
        (TextSource(text="abc"), (-1, 1), "An excerpt cannot go from -1 to 1"),
        (AudioSource(), (5, 4), "An excerpt cannot go from 5 to 4"),
        (TextSource(text="abc"), (None,), "There is nothing to mark: the words were not found."),
        (TextSource(text="abc"), (1,), "A TextSource is marked with a TextSpan or two positions."),
        (TextSource(text="abc"), (TimeSpan(0, 1),), "A TextSource is marked with a TextSpan or two positions."),
        (Memo(text="abc"), (PageSpan(0, 0, 0, 0, 0),), "A Memo is marked with a TextSpan or two positions."),
        (VideoSource(), (TextSpan(0, 1),), "A VideoSource is marked with a TimeSpan or two positions."),
        (PictureSource(), (0, 1), "A PictureSource is marked with an AreaSpan."),
        (PdfSource(), (AreaSpan(0, 0, 1, 1),), "A PdfSource is marked with a PageSpan."),
        (TextSource(text="abc"), (TextSpan(0, 1), 2), "A TextSource is marked with a TextSpan or two positions."),
    ],
)
def test_what_cannot_be_marked_is_refused_and_nothing_is_added(source: Source, arguments: Any, said: str) -> None:
    with pytest.raises(ValueError, match="^" + said.replace(".", r"\.")):
        source.excerpt(*arguments)
    assert source.excerpts == []


# ---- apply ----
def test_a_code_is_laid_by_object_or_id() -> None:
    excerpt = TextSource(text="abc").excerpt(0, 1)
    code, coder = Code(id="C", name="c"), Contributor(id="U")
    one = excerpt.apply(code, coder, created="2024-01-31T12:00:00Z")
    other = excerpt.apply("x")
    assert (one.code, one.coder, one.created) == ("C", "U", "2024-01-31T12:00:00Z")
    assert (other.code, other.coder, other.created) == ("x", None, None)
    assert excerpt.codings[0] is one
    assert excerpt.codings[1] is other
    assert one.id != other.id


# ---- spans and holders ----
@pytest.mark.parametrize(("start", "end", "words"), [(1, 3, "bc"), (2, 99, "cd"), (9, 99, ""), (3, 1, ""), (-3, 2, "ab"), (-3, -1, "")])
def test_a_span_never_marks_from_the_end_backwards(start: int, end: int, words: str) -> None:
    """Positions out of range mark what there is; Python's negative positions mean nothing here."""
    assert "abcd"[TextSpan(start, end).slice] == words


def test_holders_are_all_in_which_excerpts_can_stand() -> None:
    rep, of_excerpt, transcript = TextSource(id="r"), TextSource(id="x"), Transcript(id="t")
    pdf = PdfSource(id="p", representation=rep, excerpts=[Excerpt(span=PageSpan(0, 0, 0, 0, 0), representation=of_excerpt)])
    assert [h.id for h in holders(pdf)] == ["p", "x", "r"]
    assert [h.id for h in holders(AudioSource(id="a", transcripts=[transcript]))] == ["a", "t"]
