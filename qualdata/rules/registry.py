"""All rules, group by group. To add a group: a module in `groups/`, and a line here."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from types import ModuleType
from typing import Final

from attrs import frozen

from qualdata.rules.groups import access, analysis, codebook, documentation, excerpts, package, privacy, references, refi, schema, texts, validation
from qualdata.rules.rule import Rule

__all__ = ["GROUPS", "Group", "groups", "rule_named", "rules"]


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
    Group.of("Validation itself", validation),  # last: it tells what happened to the others
)
"""The rules that come with the library."""


@cache
def _installed() -> tuple[Group, ...]:
    """Rules of installed packages: entry points of the group `qualdata.rules`, each a module; its name is their title."""
    return tuple(Group.of(point.name, point.load()) for point in entry_points(group="qualdata.rules"))


def groups() -> tuple[Group, ...]:
    """All groups: ours, with those of installed packages before the last."""
    return (*GROUPS[:-1], *_installed(), GROUPS[-1])


def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are told."""
    return tuple(rule for group in groups() for rule in group.rules)


def rule_named(id: str) -> Rule | None:
    """The rule with an id."""
    return next((rule for rule in rules() if rule.id == id), None)
