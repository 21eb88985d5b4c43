"""What all parts share: ids that fold, strings that XML can hold, a short way of showing themselves."""

from __future__ import annotations

from uuid import UUID

import pytest

from qualdata.model import Case, Code, Coding, Contributor, Set, TextSource, TextSpan, Value, Variable, fold, new_id
from qualdata.model.base import not_xml


@pytest.mark.parametrize(
    ("id", "folded"),
    [
        ("c3", "c3"),
        ("P07", "p07"),
        ("{C32A2BD5-537F-4838-8B17-DF9EFBAFDF4B}", "c32a2bd5-537f-4838-8b17-df9efbafdf4b"),
        (" {a}\n", "a"),
        ("a b", "a b"),
        ("ÄÖ", "äö"),
        ("", ""),
    ],
)
def test_ids_are_compared_without_case_braces_and_space_around(id: str, folded: str) -> None:
    assert fold(id) == folded


def test_new_ids_are_guids_in_lower_case_and_never_the_same() -> None:
    one, other = new_id(), new_id()
    assert one == str(UUID(one))
    assert one != other
    assert Code(name="a").id != Code(name="a").id


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_refused(bad: str) -> None:
    """The message names class, field, character and place."""
    with pytest.raises(ValueError, match=rf"Code\.name holds U\+{ord(bad):04X} at character 2, which XML cannot hold: take it out\."):
        Code(name=f"ab{bad}")


@pytest.mark.parametrize("good", ["\t", "\n", "\r", " ", "\x7f", "\x85", "\ud7ff", "\ue000", "\ufffd", "\ufeff", "\U00010000", "\U0010ffff"])
def test_every_other_character_is_taken(good: str) -> None:
    assert Code(name=good).name == good
    assert not_xml(good) is None


def test_all_fields_that_hold_text_are_checked() -> None:
    """Texts, values, lists, ids and references."""
    with pytest.raises(ValueError, match=r"TextSource\.text holds"):
        TextSource(text="\x00")
    with pytest.raises(ValueError, match=r"Value\.value holds"):
        Value(variable="v", value="\x01")
    with pytest.raises(ValueError, match=r"Contributor\.roles holds"):
        Contributor(roles=["coder", "\x02"])
    with pytest.raises(ValueError, match=r"Coding\.code holds"):
        Coding(code="\x03")
    with pytest.raises(ValueError, match=r"Set\.codes holds"):
        Set(name="s", codes=["\x04"])
    with pytest.raises(ValueError, match=r"Variable\.id holds"):
        Variable(name="v", id="\x05")


def test_a_part_shows_what_it_is_at_a_glance() -> None:
    assert repr(Code(id="c", name="Moving")) == "Code(id='c', name='Moving')"
    assert repr(Case(id="k")) == "Case(id='k')"
    assert repr(TextSource(id="t", text="x" * 9999).excerpt(1, 2)).endswith(f"span={TextSpan(1, 2)!r})")


def test_parts_can_be_changed_and_so_are_not_hashed() -> None:
    with pytest.raises(TypeError):
        hash(Code(name="a"))


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(AttributeError):
        Code(name="a").color = "#fff"  # type: ignore[attr-defined]
