"""`qualdata rules`: what validation looks for, and one rule explained."""

from __future__ import annotations

import click

from qualdata.cli.terminal import say
from qualdata.rules.finding import Level
from qualdata.rules.profile import CORE, Profile, profile_named, profile_names
from qualdata.rules.registry import groups, rule_named
from qualdata.rules.rule import Rule

__all__ = ["command"]


@click.command("rules")
@click.argument("id", required=False)
@click.option("--profile", "name", default=CORE, metavar="NAME", help="How grave each rule is in a profile: core, archive … or the path of a TOML file.")
def command(id: str | None, name: str) -> None:
    """All rules that `qualdata validate` knows; or one, by its ID: what it finds, why it matters, how to mend it."""
    profile = profile_named(name)
    if profile is None:
        raise click.UsageError(f"There is no profile {name!r}; there are {', '.join(profile_names())}.")
    if id is None:
        _list(profile)
        return
    found = rule_named(id.strip().casefold())
    if found is None:
        raise click.UsageError(f"There is no rule {id!r}. `qualdata rules` lists all.")
    _explain(found)


def _list(profile: Profile) -> None:
    """All rules; of those that a profile raises, also from what, and who asks for it."""
    if profile.name != CORE:
        say(f"{profile.title} ({' '.join(p for p in (profile.name, profile.version) if p)}).")
        say()
    for number, group in enumerate(groups()):
        if number:
            say()
        say(group.title)
        for rule in group.rules:
            say(f"{rule.id} ({profile.level(rule)}): {rule.what}", indent=2, hang=2)
            if profile.level(rule) != rule.level:
                say(f"Raised from {rule.level}: {_asked_by(profile, rule)}.", indent=4)


def _asked_by(profile: Profile, rule: Rule) -> str:
    """Who asks for the level that a rule has in a profile."""
    level = profile.level(rule)
    return next(str(p.raised[rule.id]) for p in profile.lineage() if rule.id in p.raised and p.raised[rule.id].level == level)


def _explain(rule: Rule) -> None:
    say(f"{rule.id}: {rule.what}")
    say()
    say(rule.why)
    say()
    say(f"How to mend it: {rule.mend}")
    say()
    say(f"Level: {_levels(rule)}.")


def _levels(rule: Rule) -> str:
    """How grave it is, and in which profiles it is graver."""
    levels: dict[Level, list[str]] = {}
    for name in profile_names():
        profile = profile_named(name)
        if profile is not None and (level := profile.level(rule)) != rule.level:
            levels.setdefault(level, []).append(name)
    return "; ".join([rule.level, *(f"{level} in the profile{'s' if len(names) > 1 else ''} {', '.join(names)}" for level, names in levels.items())])
