"""Reports as SARIF 2.1.0 (OASIS, with errata 01), which code hosts and editors show: a run for each dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote

from qualdata.model.base import fold
from qualdata.rules.finding import Finding, Level, Where
from qualdata.rules.registry import rule_named
from qualdata.rules.report import Report
from qualdata.rules.reports.document import dumped, found_by
from qualdata.rules.reports.words import sentence
from qualdata.rules.waivers import Waiver

__all__ = ["as_sarif"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[dict[Level, str]] = {"error": "error", "warning": "warning", "info": "note"}
_FINGERPRINT: Final = "qualdata/v1"
"""The version of the way in which fingerprints are made: findings of another version are not compared."""
_BASE: Final = "%SRCROOT%"

Json = dict[str, Any]


def as_sarif(reports: Iterable[Report]) -> bytes:
    """Reports as a SARIF log. What is set aside is in it as suppressed."""
    return dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report) for report in reports]})


def _run(report: Report) -> Json:
    head, ids, files = report.head, found_by(report), _Artifacts(report)
    told = [*((f, None) for f in report.findings), *((w.finding, w.waiver) for w in report.waived)]
    seen: Counter[str] = Counter()
    results = [_result(finding, waiver, ids, files, seen) for finding, waiver in told]
    return {
        "tool": {"driver": {"name": "qualdata", "version": head.tool, "rules": [_rule(id) for id in ids]}},
        "automationDetails": {"id": f"qualdata/{head.profile}/"},
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder in which qualdata was started."}}},
        "artifacts": files.rows,
        "results": results,
        "properties": {"standard": head.standard, "schema": head.schema, "profile": head.profile, "profileVersion": head.profile_version},
    }


def _invocation(report: Report) -> Json:
    """When it ran, and whether all rules could look at all there is."""
    whole = report.readable and all(count.rule != "val-rule-crashed" for count in report.counts)
    more = [_text(f"{c.rule} found this {c.number:,} times; the first {n:,} are listed.") for c in report.counts if (n := len(report.listed(c))) < c.number]
    return {
        "executionSuccessful": whole,
        "endTimeUtc": report.head.time.replace("+00:00", "Z"),
        "toolExecutionNotifications": [{"level": "note", "message": message} for message in more],
    }


def _rule(id: str) -> Json:
    rule = rule_named(id)
    if rule is None:
        return {"id": id}
    return {
        "id": id,
        "shortDescription": _text(rule.what),
        "fullDescription": _text(f"{rule.what} {rule.why}"),
        "help": _text(rule.mend),
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(finding: Finding, waiver: Waiver | None, ids: list[str], files: _Artifacts, seen: Counter[str]) -> Json:
    return {
        "ruleId": finding.rule,
        "ruleIndex": ids.index(finding.rule),
        "level": _LEVELS[finding.level],
        "message": _text(sentence(finding.message)),
        "locations": _locations(finding.where, files),
        "fingerprints": {_FINGERPRINT: _fingerprint(finding, seen)},
        "suppressions": [] if waiver is None else [_suppression(waiver)],
    }


def _suppression(waiver: Waiver) -> Json:
    return {"kind": "external", "status": "accepted", "justification": f"{waiver.reason} ({waiver.who}, {waiver.date})"}


def _text(text: str) -> Json:
    """A message. Braces stand for arguments, and `[…](…)` for links: what comes from a file makes neither."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


# ---- places ----
def _locations(where: Where, files: _Artifacts) -> list[Json]:
    physical, logical = files.physical(where), _logical(where)
    if not physical and not logical:
        return []
    words = {"message": _text(where.words)} if where.words else {}
    return [{**({"physicalLocation": physical} if physical else {}), **({"logicalLocations": [logical]} if logical else {}), **words}]


def _logical(where: Where) -> Json:
    told = {"name": where.name or where.id, "fullyQualifiedName": where.path or where.id, "kind": where.kind}
    return {name: value for name, value in told.items() if value} if where.id or where.path or where.name else {}


class _Artifacts:
    """The files that findings are about: the dataset, and those in it, which lie in its folder or are members of its ZIP file."""

    def __init__(self, report: Report) -> None:
        head = report.head
        self.name, self.folder = head.dataset, head.format == "folder"
        self.rows: list[Json] = []
        self.known: dict[str, int] = {}
        self.base = _address(report)
        if report.path is not None:
            self.rows.append({"location": {"uri": self.base, "uriBaseId": _BASE}, **({"hashes": {"sha-256": head.sha256}} if head.sha256 and not self.folder else {})})

    def physical(self, where: Where) -> Json:
        """The file and line of a place; of one without a file, the dataset."""
        if not self.rows:
            return {}
        number = 0 if where.file in (None, self.name) else self._number(str(where.file))
        location = {**self.rows[number]["location"], "index": number}
        return {"artifactLocation": location, **({"region": {"startLine": where.line}} if where.line else {})}

    def _number(self, file: str) -> int:
        if file not in self.known:
            self.known[file] = len(self.rows)
            self.rows.append(self._within(quote(file.lstrip("/"), errors="replace")))
        return self.known[file]

    def _within(self, uri: str) -> Json:
        if self.folder:
            return {"location": {"uri": f"{self.base}/{uri}", "uriBaseId": _BASE}}
        return {"location": {"uri": f"/{uri}"}, "parentIndex": 0}


def _address(report: Report) -> str:
    """The path as it was given; its last part alone where it would say where things lie on this computer."""
    path = report.path
    told = report.head.dataset if path is None or path.is_absolute() or ".." in path.parts else path.as_posix()
    return quote(told, errors="replace")


# ---- fingerprints ----
def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """What a finding is known by from run to run: its rule and its place, whatever the line, and which of several it is."""
    where = finding.where
    place = fold(where.id) if where.id else where.path or where.file or finding.message
    key = "\0".join((finding.rule, where.file or "", place))
    seen[key] += 1
    return sha256(f"{key}\0{seen[key]}".encode(errors="replace")).hexdigest()
