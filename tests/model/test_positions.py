"""The offset codec: hand-counted positions, and its laws against Python's own encoders."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from qualdata.model.positions import Codec, Profile
from qualdata.testing import texts

UTF16 = Profile("utf-16")
UTF8 = Profile("utf-8")
ONCE = Profile("code point", "once")
NVIVO_LIKE = Profile("utf-16", "once", bom=True)
PROFILES = [Profile(unit, newline, bom) for unit in ("code point", "utf-16", "utf-8") for newline in ("as written", "once") for bom in (False, True)]
profiles = st.sampled_from(PROFILES)


# ---- counted by hand ----
@pytest.mark.parametrize(
    ("text", "profile", "bom", "points", "units"),
    [
        ("abc", UTF16, False, (1, 2), (1, 2)),
        ("a😀b", UTF16, False, (0, 1), (0, 1)),
        ("a😀b", UTF16, False, (1, 2), (1, 3)),
        ("a😀b", UTF16, False, (2, 3), (3, 4)),
        ("😀😀😀", UTF16, False, (1, 3), (2, 6)),
        ("é€😀x", UTF8, False, (0, 1), (0, 2)),
        ("é€😀x", UTF8, False, (1, 3), (2, 9)),
        ("é€😀x", UTF8, False, (3, 4), (9, 10)),
        ("a\r\nb", ONCE, False, (3, 4), (2, 3)),
        ("a\r\n\r\nb", ONCE, False, (1, 5), (1, 3)),
        ("a\rb\nc", ONCE, False, (2, 5), (2, 5)),
        ("a\r\r\nb", ONCE, False, (1, 5), (1, 4)),
        ("😀\r\n😀", Profile("utf-16", "once"), False, (1, 4), (2, 5)),
        ("e\u0301x", UTF16, False, (1, 3), (1, 3)),
        ("👩\u200d👧", UTF16, False, (0, 3), (0, 5)),
        ("abc", Profile(bom=True), True, (0, 3), (1, 4)),
        ("abc", Profile("utf-8", bom=True), True, (1, 2), (4, 5)),
        ("a\r\n😀", NVIVO_LIKE, True, (3, 4), (3, 5)),
        ("abc", Profile(bom=True), False, (0, 3), (0, 3)),
        ("abc", Profile(), True, (0, 3), (0, 3)),
        ("", UTF16, False, (0, 0), (0, 0)),
    ],
)
def test_positions_counted_by_hand(text: str, profile: Profile, bom: bool, points: tuple[int, int], units: tuple[int, int]) -> None:
    codec = Codec(text, profile, bom)
    assert codec.write(*points) == units
    assert codec.read(*units) == points


@pytest.mark.parametrize(
    ("text", "profile", "units", "points"),
    [
        ("a😀b", UTF16, (2, 2), (1, 2)),  # half a surrogate pair
        ("a😀b", UTF16, (2, 4), (1, 3)),
        ("a😀b", UTF16, (0, 2), (0, 2)),
        ("😀😀", UTF16, (3, 3), (1, 2)),
        ("€x", UTF8, (1, 2), (0, 1)),
    ],
)
def test_a_position_inside_a_character_moves_outward(text: str, profile: Profile, units: tuple[int, int], points: tuple[int, int]) -> None:
    """A start goes down, an end goes up, so that nothing marked is cut off."""
    assert Codec(text, profile).read(*units) == points


def test_between_a_cr_and_its_lf_a_position_moves_outward() -> None:
    """A code point position between CR and LF has no unit where the two count once."""
    assert Codec("a\r\nb", ONCE).write(2, 2) == (1, 2)
    assert Codec("a\r\n\r\nb", ONCE).write(4, 5) == (2, 3)


@pytest.mark.parametrize("profile", PROFILES)
def test_beyond_the_end_the_distance_is_kept(profile: Profile) -> None:
    """`a😀CRLFb` has five code points; seven stay two beyond the end in every unit."""
    codec = Codec("a😀\r\nb", profile)
    end = codec.write(5, 5)[1]
    assert codec.write(5, 7) == (end, end + 2)
    assert codec.read(end, end + 2) == (5, 7)
    assert codec.write(1_000_005, 2**40) == (end + 1_000_000, end + 2**40 - 5)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("bom", [False, True])
def test_before_the_start_positions_stay(profile: Profile, bom: bool) -> None:
    codec = Codec("😀b", profile, bom)
    assert codec.write(-3, -1) == (-3, -1)
    assert codec.read(-3, -1) == (-3, -1)


def test_a_position_within_the_byte_order_mark_is_the_start() -> None:
    assert Codec("abc", Profile("utf-8", bom=True), bom=True).read(0, 2) == (0, 0)


@pytest.mark.parametrize(
    ("text", "profile", "bom", "plain"),
    [
        ("abc", UTF16, False, True),
        ("é€", UTF16, False, True),
        ("é", UTF8, False, False),
        ("😀", UTF16, False, False),
        ("😀", Profile(), False, True),
        ("a\r\n", UTF16, False, True),
        ("a\r\n", ONCE, False, False),
        ("a\rb\n", ONCE, False, True),
        ("abc", Profile(bom=True), True, False),
        ("abc", Profile(bom=True), False, True),
        ("abc", Profile(), True, True),
    ],
)
def test_a_text_is_plain_where_both_ways_of_counting_agree(text: str, profile: Profile, bom: bool, plain: bool) -> None:
    assert profile.plain(text, bom) is plain


def test_a_profile_says_itself_in_words() -> None:
    assert str(Profile()) == "code points"
    assert str(NVIVO_LIKE) == "UTF-16 code units, CR LF counted once, byte order mark counted"


# ---- laws ----
@given(texts(), profiles, st.booleans(), st.data())
def test_from_code_points_and_back_is_the_identity(text: str, profile: Profile, bom: bool, data: st.DataObject) -> None:
    """Everywhere but between the CR and the LF of a CRLF that counts once."""
    codec = Codec(text, profile, bom)
    ends = st.integers(-5, len(text) + 5)
    start, end = data.draw(ends), data.draw(ends)
    assume(profile.newline == "as written" or all(i <= 0 or text[i - 1 : i + 1] != "\r\n" for i in (start, end)))
    assert codec.read(*codec.write(start, end)) == (start, end)


@given(texts(), profiles, st.booleans(), st.integers(-5, 40), st.integers(-5, 40))
def test_from_units_and_back_nothing_is_cut_off(text: str, profile: Profile, bom: bool, start: int, end: int) -> None:
    """A pair of units comes back as itself, or wider when it stood inside a character; within a mark it comes back as its end."""
    codec = Codec(text, profile, bom)
    back = codec.write(*codec.read(start, end))
    assume(not 0 <= start < codec.mark and not 0 <= end < codec.mark)
    assert start - 3 <= back[0] <= start
    assert end <= back[1] <= end + 3


ENCODERS: dict[str, Callable[[str], int]] = {"code point": len, "utf-16": lambda s: len(s.encode("utf-16-le")) // 2, "utf-8": lambda s: len(s.encode())}


@given(texts(), profiles, st.booleans())
@example("\ufeff", Profile("utf-8", bom=True), True)
def test_units_are_what_pythons_encoders_count(text: str, profile: Profile, bom: bool) -> None:
    """At each code point: the units of what stands before it, CRLF as one character where it counts once, and the mark."""
    codec = Codec(text, profile, bom)
    count = ENCODERS[profile.unit]
    mark = count("\ufeff") if bom and profile.bom else 0
    for i in range(len(text) + 1):
        if profile.newline == "once":
            if i and text[i - 1 : i + 1] == "\r\n":
                continue
            before = text[:i].replace("\r\n", "\n")
        else:
            before = text[:i]
        assert codec.write(i, i) == (mark + count(before),) * 2


@given(texts(), profiles, st.booleans())
def test_positions_keep_their_order(text: str, profile: Profile, bom: bool) -> None:
    codec = Codec(text, profile, bom)
    starts = [codec.write(i, i)[0] for i in range(-2, len(text) + 3)]
    assert starts == sorted(starts)
    points = [codec.read(i, i)[0] for i in range(-2, starts[-1] + 3)]
    assert points == sorted(points)


@given(texts(), profiles, st.booleans())
def test_plain_says_whether_the_codec_does_anything(text: str, profile: Profile, bom: bool) -> None:
    """Where a text is plain no position changes; where it is not, some does."""
    codec = Codec(text, profile, bom)
    unchanged = all(codec.write(i, i) == (i, i) for i in range(len(text) + 1))
    assert profile.plain(text, bom) == unchanged
