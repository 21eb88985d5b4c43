"""A report: what was found in one dataset, by what, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from pathlib import Path
from typing import Final

from attrs import evolve, field, frozen

from qualdata.model.base import in_units
from qualdata.rules.finding import Finding, Level
from qualdata.rules.waivers import Waived

__all__ = ["UNREADABLE", "Count", "Head", "Report"]

UNREADABLE: Final = "val-input-unreadable"
"""The rule that finds that a dataset cannot be looked at at all."""


@frozen(kw_only=True)
class Head:
    """What was looked at, and by what."""

    dataset: str
    """The name of the file or folder; the title of a study that was handed over."""
    format: str | None = None
    """Its format, as `qdpx`; `folder` for a package that is a folder, none for a study that was handed over."""
    sha256: str | None = None
    """SHA-256 of the file; of a folder, that of its `study.json`, which says those of the other files."""
    origin: str | None = None
    """The program that wrote it, in its own words."""
    tool: str
    """The version of qualdata."""
    standard: str
    """The version of the standard."""
    schema: str
    """The name of the JSON Schema of the standard."""
    profile: str
    """The profile."""
    profile_version: str
    """Its version."""
    time: str = field(eq=False)
    """When (ISO 8601). Not compared: two runs give equal reports."""


@frozen
class Count:
    """How often a rule found something of one level."""

    rule: str
    """Id of the rule."""
    level: Level
    """How grave it is."""
    number: int = field(metadata=in_units("findings"))
    """How often."""


@frozen(kw_only=True)
class Report:
    """What was found in one dataset."""

    head: Head
    """What was looked at, and by what."""
    findings: tuple[Finding, ...]
    """What was found and not set aside, in the order of the rules; of one rule, at most the first thousand of each level."""
    counts: tuple[Count, ...]
    """How often each rule found something that was not set aside, what is not listed included."""
    waived: tuple[Waived, ...] = ()
    """What was found and is set aside, by whom and why."""
    readable: bool = True
    """Whether the dataset could be looked at, at all."""
    path: Path | None = field(default=None, eq=False)
    """Where it lies, as it was given. Not compared, and told only where it says nothing of the computer it lies on."""

    @property
    def ok(self) -> bool:
        """Whether nothing must be mended."""
        return not self.of("error")

    def without(self, findings: Set[Finding]) -> Report:
        """This report without some of its findings."""
        gone = Counter((f.rule, f.level) for f in self.findings if f in findings)
        counts = (evolve(count, number=count.number - gone[count.rule, count.level]) for count in self.counts)
        return evolve(self, findings=tuple(f for f in self.findings if f not in findings), counts=tuple(count for count in counts if count.number))

    def of(self, level: Level) -> list[Count]:
        """Which rules found something of a level, and how often, in the order of the rules."""
        return [count for count in self.counts if count.level == level]

    def listed(self, count: Count) -> list[Finding]:
        """What is listed of what a rule found."""
        return [f for f in self.findings if (f.rule, f.level) == (count.rule, count.level)]

    @property
    def aside(self) -> dict[tuple[str, str, str, str], list[Finding]]:
        """What is set aside, by rule, reason, person and date."""
        found: dict[tuple[str, str, str, str], list[Finding]] = {}
        for one in self.waived:
            found.setdefault((one.waiver.rule, one.waiver.reason, one.waiver.who, one.waiver.date), []).append(one.finding)
        return found
