"""A report: what was found in one dataset, by what, and when."""

from __future__ import annotations

from typing import Any, Final

import orjson
from attrs import asdict, field, frozen

from qualdata.rules.finding import Finding, Level
from qualdata.rules.waivers import Waived

__all__ = ["FORMAT", "Count", "Head", "Report", "as_json"]

FORMAT: Final = "1.0"
"""The version of reports in JSON."""


@frozen(kw_only=True)
class Head:
    """What was looked at, and by what."""

    dataset: str
    """The name of the file or folder; the title of a study that was handed over."""
    sha256: str | None
    """SHA-256 of the file; of a folder, that of its `study.json`, which says those of the other files."""
    origin: str | None
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
    level: Level
    number: int


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

    @property
    def ok(self) -> bool:
        """Whether nothing must be mended."""
        return not self.of("error")

    def of(self, level: Level) -> list[Count]:
        """Which rules found something of a level, and how often, in the order of the rules."""
        return [count for count in self.counts if count.level == level]

    def listed(self, count: Count) -> list[Finding]:
        """What is listed of what a rule found."""
        return [f for f in self.findings if (f.rule, f.level) == (count.rule, count.level)]


def as_json(reports: list[Report]) -> bytes:
    """Reports as JSON: an object with the version of this form and a list of reports."""
    return orjson.dumps({"qualdata-reports": FORMAT, "reports": [_told(r) for r in reports]}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _told(report: Report) -> dict[str, Any]:
    return {
        "head": _said(report.head),
        "ok": report.ok,
        "readable": report.readable,
        "counts": [_said(count) for count in report.counts],
        "findings": [_finding(f) for f in report.findings],
        "waived": [{**_finding(w.finding), "waiver": _said(w.waiver)} for w in report.waived],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule, "level": finding.level, "message": finding.message, "where": _said(finding.where)}


def _said(thing: Any) -> dict[str, Any]:
    """The fields of a thing that say something."""
    return {name: value for name, value in asdict(thing).items() if value is not None}
