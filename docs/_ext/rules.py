"""The pages of the rules, made from their docstrings: `<!-- rules: TITLE -->` for a group, `<!-- rules -->` for the table of all, `<!-- profiles -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from sphinx.application import Sphinx
from tables import table

from qualdata.rules.finding import Level
from qualdata.rules.profile import profile_named, profile_names
from qualdata.rules.registry import GROUPS
from qualdata.rules.rule import Rule

_GROUP: Final = re.compile(r"^<!-- rules: (.+) -->$", re.MULTILINE)
LEVELS: Final[dict[Level, str]] = {"error": "must be mended", "warning": "should be looked at", "info": "worth knowing"}


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", put_in)
    return {"parallel_read_safe": True}


def put_in(app: Sphinx, page: str, source: list[str]) -> None:
    """Put rules and profiles in the place of their marks."""
    if not page.startswith("rules/"):
        return
    text = _GROUP.sub(lambda found: "\n\n".join(p for g in GROUPS if g.title == found[1] for r in g.rules for p in _page(r)), source[0])
    text = text.replace("<!-- rules -->", "\n\n".join(_all())).replace("<!-- profiles -->", "\n\n".join(_profiles()))
    source[0] = text


def _page(rule: Rule) -> Iterator[str]:
    yield f"({rule.id})=\n## {rule.id}\n\n{rule.what}"
    yield rule.why
    yield f"**How to mend it.** {rule.mend}"
    raised = [(name, level) for name in profile_names() if (profile := profile_named(name)) and (level := profile.level(rule)) != rule.level]
    more = "".join(f"; in the profile `{name}`: {LEVELS[level]}" for name, level in raised)
    yield f"*Level:* {LEVELS[rule.level]} ({rule.level}){more}."


def _all() -> Iterator[str]:
    for group in GROUPS:
        yield f"### {group.title}"
        yield table(("Rule", "Level", "What it finds"), [(f"[{r.id}](#{r.id})", r.level, r.what) for r in group.rules])


def _profiles() -> Iterator[str]:
    for name in profile_names():
        profile = profile_named(name)
        if profile is None:
            continue
        base = f", builds on `{profile.inherits.name}`" if profile.inherits else ""
        yield f"### {name}\n\n{profile.title}{base}."
        if profile.raised:
            yield table(("Rule", "Becomes", "Who asks for it"), [(f"[{id}](#{id})", d.level, str(d)) for id, d in profile.raised.items()])
