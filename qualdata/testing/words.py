"""Strategies for what a study is written in: texts, names, ids, moments, colours, values, foreign XML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args
from uuid import UUID, uuid5

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from qualdata.model.variable import VariableType

__all__ = ["colours", "dates", "foreign", "ids", "moments", "names", "paths", "texts", "unknown", "values"]

PLAIN: Final = ("a", "word ", "So then. ", "I moved house. ", "\n", "Why? ")
AWKWARD: Final = (
    "\U0001f600", "\U0001d49c", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "e\u0301", "\u0301", "a\u0323\u0307", "\r\n", "\r", "\r\n\r\n", "\t", "  ", " ",
    "<&>\"']]>", "&amp;", "<!--", "\ufeff", "\u2028", "\u0085", "\u05e9\u05dc\u05d5\u05dd \u202b", "\x7f\x9f", "\ud7ff\ue000\ufffd", "\U00010000\U0010ffff", "\u0130", "{}", "#2",
)  # fmt: skip
"""Pieces at which programs stumble; all of them XML 1.0."""

_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="".join({*map(chr, range(32))} - {*"\t\n\r"}) + "\ufffe\uffff")


def texts(*, awkward: bool = True, max_size: int = 8) -> SearchStrategy[str]:
    """Texts of at most *max_size* pieces, each a character or a few; the empty one among them."""
    pieces = st.lists(st.sampled_from(PLAIN + AWKWARD if awkward else PLAIN), max_size=max_size).map("".join)
    return st.one_of(pieces, pieces.map("\ufeff".__add__), st.text(_CHARACTERS, max_size=max_size)) if awkward else pieces


def names(*, awkward: bool = True) -> SearchStrategy[str]:
    """Short labels, few enough that some come twice."""
    few = ("Moving", "House", "Family and work", "Q1")
    return st.sampled_from((*few, "moving", "", " House ", "Caf\u00e9", "Cafe\u0301", "a > b", "a\tb\nc\r\nd\re", *AWKWARD) if awkward else few)


_SPACE = UUID("3b0c6a9e-2f57-5e53-9a0b-6f1d5d0c8a11")


def _guid(n: int) -> str:
    return str(uuid5(_SPACE, str(n)))


PLAIN_IDS: Final[tuple[Callable[[int], str], ...]] = ("P{:02}".format, "code {}".format, "\u00e9-{}".format, '<{} & "x">'.format)
SHAPES: Final[tuple[Callable[[int], str], ...]] = (
    _guid,
    lambda n: _guid(n).upper(),
    lambda n: f"{{{_guid(n)}}}",
    lambda n: f"{{{_guid(n).upper()}}}",
    lambda n: PLAIN_IDS[n % len(PLAIN_IDS)](n),
)
"""How the id of a number may be written. Ids of different numbers differ, whatever their case and braces."""


def ids(*, awkward: bool = True) -> SearchStrategy[str]:
    """GUIDs; awkward ones in upper case, in braces, and plain strings such as `P07`."""
    return st.builds(lambda shape, n: shape(n), st.sampled_from(SHAPES if awkward else SHAPES[:1]), st.integers(0, 999))


_MOMENTS = (
    "2024-01-31T12:00:00Z", "2024-02-29T23:59:59", "2019-12-31T24:00:00", "2024-01-31T12:00:00.123456789+05:30",
    "0999-06-01T00:00:00.5-14:00", "-0044-03-15T12:00:00Z", "12024-01-01T00:00:00Z",
)  # fmt: skip


def moments(*, awkward: bool = True) -> SearchStrategy[str]:
    """Timestamps in the written forms of xsd:dateTime."""
    return st.sampled_from(_MOMENTS if awkward else _MOMENTS[:2])


def dates() -> SearchStrategy[str]:
    """Dates as precisely as may be said (ISO 8601)."""
    return st.sampled_from(("2023", "2023-05", "2023-05-17", "2024-02-29"))


def colours() -> SearchStrategy[str]:
    """Colours as `#RGB` and `#RRGGBB`, in both cases."""
    return st.sampled_from(("#ff0000", "#0A7", "#A1B2C3", "#fff"))


def paths(extension: str, *, awkward: bool = True) -> SearchStrategy[str]:
    """Paths of files that are not there, outside the study; awkward ones within it too."""
    outside = (f"relative:///media/one.{extension}", f"absolute:///C:/Data/two.{extension}")
    odd = (f"relative:///\u00e4 b/%20&<\U0001f600>.{extension}", f"internal://{_guid(0)}.{extension}", f"internal://{_guid(1).upper()}.{extension.upper()}")
    return st.sampled_from(outside + odd if awkward else outside)


_VALUES: Final[dict[VariableType, tuple[str, ...]]] = {
    "Boolean": ("true", "false", "0", "1"),
    "Integer": ("0", "-12", "+007", "123456789012345678901234567890"),
    "Float": ("0", "1.50", "-.5", "+3.", "00012345678901234567890.5"),
    "Date": ("2024-02-29", "1970-01-01Z", "2024-12-31-05:00", "-0044-03-15"),
    "DateTime": _MOMENTS,
}


def values(type: VariableType, *, awkward: bool = True) -> SearchStrategy[str]:
    """Values of one type in their written form, as XML Schema allows it."""
    return texts(awkward=awkward, max_size=3) if type == "Text" else st.sampled_from(_VALUES[type])


TYPES: Final[tuple[VariableType, ...]] = get_args(VariableType)

_ATTRIBUTES = ('zz="1"', 'xmlns:q="urn:q" q:w="a &amp; &lt;b&gt; &quot;c&quot;&#9;&#10;&#13;"', 'xmlns:q="urn:q" plain="" q:w="\U0001f600"')
_CONTENT = (
    "<!-- c -->",
    '<x:thing xmlns:x="urn:x" x:a="1">t</x:thing>',
    '<thing xmlns="">r &amp; <b>\U0001f600</b> &lt;</thing>',
    '<other xmlns="urn:other" a="1"><!-- in --><in>one</in> two&#xD;</other>',
    "<?target some data?>",
)


_OWN: tuple[dict[str, Any], ...] = ({"acme:note": "\U0001f600"}, {"acme:list": [1, 0.5, None, True, {"a": []}], "acme:empty": {}})


def unknown() -> SearchStrategy[dict[str, Any]]:
    """An `extra` with XML that REFI-QDA does not know, and rarely with what another program keeps there too."""
    return st.builds(lambda xml, own: {**xml, **own}, foreign(), st.sampled_from(({}, {}, {}, *_OWN)))


def foreign() -> SearchStrategy[dict[str, Any]]:
    """An `extra` with XML that REFI-QDA does not know: unknown attributes, and elements, comments and instructions before the first child."""
    attributes = st.lists(st.sampled_from(_ATTRIBUTES).map(lambda xml: ["@", xml]), max_size=1)
    content = st.lists(st.sampled_from(_CONTENT).map(lambda xml: ["#0", xml]), max_size=2)
    return st.builds(list.__add__, attributes, content).filter(bool).map(lambda found: {"refi:xml": found})
