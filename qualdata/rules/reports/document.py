"""Reports as JSON, after `report.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from attrs import asdict

from qualdata.rules.finding import Finding
from qualdata.rules.registry import rule_named
from qualdata.rules.report import Report
from qualdata.shown import OBEYED

__all__ = ["FORMAT", "as_json", "dumped", "found_by"]

FORMAT: Final = "1.0"
"""The version of reports in JSON."""
_UNSHOWN: Final = {**{c: f"\\u{c:04x}" for c in OBEYED if c > 0x1F}, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
"""What a terminal would obey is written as JSON writes other control characters; half characters have no bytes."""


def as_json(reports: Iterable[Report]) -> bytes:
    """Reports as JSON: an object with the version of this form, a list of reports, and what the rules are that found something."""
    reports = list(reports)
    ids = dict.fromkeys(id for report in reports for id in found_by(report))
    rules = [rule for id in ids if (rule := rule_named(id)) is not None]
    return dumped({
        "qualdata-reports": FORMAT,
        "reports": [_told(report) for report in reports],
        "rules": [{"id": rule.id, "what": rule.what, "why": rule.why, "mend": rule.mend} for rule in rules],
    })


def found_by(report: Report) -> list[str]:
    """The ids of the rules that found something, set aside or not."""
    return list(dict.fromkeys([*(count.rule for count in report.counts), *(one.finding.rule for one in report.waived)]))


def dumped(document: dict[str, Any]) -> bytes:
    """JSON as a file, with no character in it that a terminal would obey."""
    return json.dumps(document, ensure_ascii=False, indent=2).translate(_UNSHOWN).encode() + b"\n"


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
