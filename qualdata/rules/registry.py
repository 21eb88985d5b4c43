"""All rules, group by group. To add a group: a module in `groups/`, and a line here."""

from __future__ import annotations

import inspect
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType
from typing import Final

from attrs import frozen

from qualdata.rules.groups import access, analysis, codebook, documentation, excerpts, package, privacy, profiles, references, refi, schema, texts, validation
from qualdata.rules.rule import Rule

__all__ = ["GROUPS", "Group", "broken", "groups", "rule_named", "rules"]


@frozen
class Group:
    """The rules about one thing; they stand in one module, in the order in which they are told."""

    title: str
    """What they are about."""
    rules: tuple[Rule, ...]
    """The rules."""

    @classmethod
    def of(cls, title: str, module: ModuleType) -> Group:
        """The rules of a module."""
        return cls(title, tuple(value for value in vars(module).values() if isinstance(value, Rule)))


GROUPS: Final = (
    Group.of("Package", package),
    Group.of("Schema", schema),
    Group.of("References", references),
    Group.of("Documentation", documentation),
    Group.of("Texts", texts),
    Group.of("Excerpts and codings", excerpts),
    Group.of("Codebook", codebook),
    Group.of("Analysis", analysis),
    Group.of("Privacy", privacy),
    Group.of("Consent and access", access),
    Group.of("REFI-QDA", refi),
    Group.of("What a profile asks for", profiles),
    Group.of("Validation itself", validation),  # last: it tells what happened to the others
)
"""The rules that come with the library."""


@cache
def _installed() -> tuple[tuple[Group, ...], tuple[str, ...]]:
    """Rules of installed packages: entry points of the group `qualdata.rules`, each a module; its name is their title.

    Also, in sentences, which of them cannot be used.
    """
    found: list[Group] = []
    broken: list[str] = []
    for point in entry_points(group="qualdata.rules"):
        try:
            group = Group.of(point.name, point.load())
            _check(group, {rule.id for other in (*GROUPS, *found) for rule in other.rules})
            found.append(group)
        except Exception as error:  # noqa: BLE001 # whatever they do wrong, our own rules go on
            broken.append(f"the rules {point.name} cannot be used, so what they look for may be there unseen ({type(error).__name__}: {error})")
    return tuple(found), tuple(broken)


def _check(group: Group, taken: set[str]) -> None:
    for rule in group.rules:
        if rule.id in taken:
            raise ValueError(f"there already is a rule {rule.id}")
        if (inspect.getdoc(rule.check) or "").count("\n\n") != 2:
            raise ValueError(f"the docstring of {rule.id} must have three paragraphs")


def broken() -> tuple[str, ...]:
    """What is wrong with the rules of installed packages that cannot be used, in sentences."""
    return _installed()[1]


def groups() -> tuple[Group, ...]:
    """All groups: ours, with those of installed packages before the last."""
    return (*GROUPS[:-1], *_installed()[0], GROUPS[-1])


def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are told."""
    return tuple(rule for group in groups() for rule in group.rules)


def rule_named(id: str) -> Rule | None:
    """The rule with an id."""
    return next((rule for rule in rules() if rule.id == id), None)
