"""What every rule promises: a page, an id for good, and that it finds what it should and nothing else."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from qualdata.rules.profile import profile_named, profile_names
from qualdata.rules.registry import groups, rules
from tests.rules import groups as examples
from tests.rules.examples import BAD, GOOD, Example

for _module in iter_modules(examples.__path__):
    import_module(f"{examples.__name__}.{_module.name}")


@pytest.mark.parametrize("example", BAD, ids=str)
def test_in_a_bad_example_exactly_its_rule_finds_something(example: Example, tmp_path: Path) -> None:
    """Once at least; no other rule does."""
    assert {f.rule: f.message for f in example.report(tmp_path).findings}.keys() == {example.rule}


@pytest.mark.parametrize("example", GOOD, ids=str)
def test_in_a_good_example_nothing_is_found(example: Example, tmp_path: Path) -> None:
    """By any rule."""
    assert [(f.rule, f.message) for f in example.report(tmp_path).findings] == []


def test_every_rule_has_a_good_and_a_bad_example() -> None:
    """And no example is for a rule that there is not."""
    ids = {rule.id for rule in rules()}
    assert {e.rule for e in GOOD} == ids
    assert {e.rule for e in BAD} == ids


def test_ids_are_words_and_there_once() -> None:
    """Three letters that say of what, then words."""
    ids = [rule.id for rule in rules()]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]{3,4}(-[a-z]+)+", id) for id in ids)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_has_a_page(rule) -> None:
    """Three paragraphs: what is found in one sentence, why it matters, how to mend it."""
    assert len(rule.page) == 3
    assert all(p.endswith(".") and (p[:1].isupper() or p[0] == "`") for p in rule.page)


@pytest.mark.parametrize("name", profile_names())
def test_profiles_raise_rules_that_there_are(name: str) -> None:
    """Each row does raise something, and says who asks for it."""
    profile = profile_named(name)
    assert profile is not None
    found = {rule.id: rule for rule in rules()}
    for id, difference in profile.raised.items():
        below = profile.inherits.level(found[id]) if profile.inherits else found[id].level
        assert difference.level == profile.level(found[id]) != below
        assert len(difference.source) > 10


def test_every_group_has_rules() -> None:
    """And a title."""
    assert all(group.rules and group.title for group in groups())
