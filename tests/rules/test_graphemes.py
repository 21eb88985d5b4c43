"""Characters as they are seen: as another implementation tells them apart, the module `regex`, which follows the standard."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualdata.rules.graphemes import splits

PIECES = st.sampled_from([
    "a", " ", ".", "\r", "\n", "\r\n", "\u00e9", "e\u0301", "\u0301", "\u200d", "\ufe0f", "\u2764\ufe0f", "\U0001f600", "\U0001f44d\U0001f3fd", "\U0001f3fd",
    "\U0001f469\u200d\U0001f467", "\U0001f1f3", "\U0001f1f1", "\U0001f3f4\U000e0067\U000e007f", "\u4e2d", "\u1112", "\u1161",
    "\u11ab", "\ud55c", "\ud558", "\u05d0\u05b0", "\u0e01\u0e33",
])  # fmt: skip


def seen(text: str) -> set[int]:
    """The positions between characters as they are seen."""
    return {match.start() for match in regex.finditer(r"\X", text)} | {0, len(text)}


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("\U0001f1f3\U0001f1f1\U0001f1f3\U0001f1f1")
@example("\U0001f600\u200d\u200d\U0001f600")
def test_positions_inside_characters_are_known(text: str) -> None:
    """Each position of a text of awkward pieces."""
    assert {p for p in range(len(text) + 1) if not splits(text, p)} == seen(text)


@pytest.mark.parametrize("position", [-1, 0, 3, 4])
def test_outside_and_at_the_ends_nothing_is_split(position: int) -> None:
    """Whatever stands there."""
    assert not splits("\u0301a\u0301", position)
