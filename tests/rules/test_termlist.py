"""What lists of terms promise: several forms, one meaning; and hashes that say nothing to those who do not have the list."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from qualdata.errors import ReadError
from qualdata.rules.termlist import is_key, list_in, list_of


def rows(path: Path) -> list[tuple[str, str | None]]:
    """The terms of a list, and what stands in their place."""
    return [(term.words, term.replacement) for term in list_in(path).terms]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "original,replacement\nAnn Lee,P01\nOtter Creek,[town]\n"),
        ("a.csv", "id;Original;Pseudonym\n1;Ann Lee;P01\n2;Otter Creek;[town]\n"),
        ("a.tsv", "name\treplacement\nAnn Lee\tP01\nOtter Creek\t[town]\n"),
        ("a.toml", '[[term]]\noriginal = "Ann Lee"\nreplacement = "P01"\n[[term]]\noriginal = "Otter Creek"\nreplacement = "[town]"\n'),
        ("a.csv", '\ufefforiginal,replacement\r\n"Ann Lee",P01\r\nOtter Creek ,[town]\r\n'),
    ],
)
def test_lists_of_several_forms_are_read(name: str, text: str, tmp_path: Path) -> None:
    """Tables with a head, in any order of columns, and TOML."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert rows(tmp_path / name) == [("Ann Lee", "P01"), ("Otter Creek", "[town]")]


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.txt", "\ufeff# ours\nAnn Lee\n\n  Otter Creek\nX\n"), ("a.csv", "Ann Lee\nOtter Creek\n"), ("a.toml", 'terms = ["Ann Lee", "Otter Creek"]\n')],
)
def test_plain_lists_are_read(name: str, text: str, tmp_path: Path) -> None:
    """One term a line, without remarks and what is one letter; a table without a head; a list in TOML."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert rows(tmp_path / name) == [("Ann Lee", None), ("Otter Creek", None)]


NONE = [
    ("a.txt", "\n"), ("a.txt", "# nothing\n"), ("a.txt", "X\n--\n"), ("a.toml", "terms = ["), ("a.toml", f"terms = {'[' * 5000}"), ("a.toml", 'other = "x"\n'),
    ("a.csv", "original,replacement\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), NONE)
def test_a_list_without_terms_is_refused(name: str, text: str, tmp_path: Path) -> None:
    """So that nothing is believed clean that was not looked at."""
    (tmp_path / name).write_text(text)
    with pytest.raises(ReadError):
        list_in(tmp_path / name)
    with pytest.raises(ReadError):
        list_in(tmp_path / "none.csv")


def test_hashes_cannot_be_guessed_without_the_list() -> None:
    """The same each time with one list, another with another, and not that of the term alone."""
    one, again, other = (list_of([("Lee", None)], data).terms[0].hash for data in (b"a", b"a", b"b"))
    assert one == again != other
    assert one not in hashlib.sha256(b"Lee").hexdigest()
    assert len(one) == 8


@pytest.mark.parametrize(
    ("text", "suffix", "key"),
    [
        ("original,replacement\n", ".csv", True), ("Klarname;Pseudonym\n", ".csv", True), ('[[a]]\noriginal = "x"\nreplacement = "y"\n', ".toml", True),
        ("name,age\n", ".csv", False), ("code,name\n", ".csv", False), ("pseudonym,age\n", ".csv", False), ("original,size\n", ".csv", False), ('name = "x"\n', ".toml", False),
    ],
)  # fmt: skip
def test_a_key_is_known_by_its_columns(text: str, suffix: str, key: bool) -> None:
    """Both what was there and what stands there now; a data list or a codebook is none."""
    assert is_key(text, suffix) == key
