"""A report in plain words: a verdict, then one line a rule: how often, where, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from qualdata.rules.finding import Finding, Level
from qualdata.rules.registry import rule_named
from qualdata.rules.report import UNREADABLE, Count, Report

__all__ = ["TITLES", "Line", "lines", "made_by", "places", "sentence", "verdict"]

Line = tuple[int, str]
"""How far a paragraph is set in, and the paragraph."""
_PLACES: Final = 3
TITLES: Final[dict[Level, str]] = {"error": "Must be mended", "warning": "Should be looked at", "info": "Worth knowing"}


def verdict(report: Report) -> str:
    """Whether the dataset can be deposited, in two sentences."""
    if not report.readable:
        return f"Not read: {next(f.message for f in report.findings if f.rule == UNREADABLE)}."
    wrong, doubtful, aside = report.of("error"), report.of("warning"), len({w.finding.rule for w in report.waived})
    parts = [
        _things(len(wrong), "must be mended") if wrong else "",
        _things(len(doubtful), "should be looked at", bare=bool(wrong)) if doubtful else "",
        f"{aside} set aside by you" if aside else "",
    ]
    told = ", ".join(p for p in parts if p)
    if wrong:
        return f"Not ready to deposit: {told}. First: {_first(report.listed(wrong[0])[0])}"
    return f"Nothing must be mended: {told}." if told else "Nothing to mend."


def _things(number: int, what: str, bare: bool = False) -> str:
    noun = "" if bare else " thing" if number == 1 else " things"
    return f"{number}{noun} {what}"


def _first(finding: Finding) -> str:
    where = str(finding.where)
    return f"{sentence(finding.message)}{f' ({where})' if where and where not in finding.message else ''}."


def lines(report: Report) -> Iterator[Line]:
    """The report, paragraph by paragraph."""
    yield 0, f"{report.head.dataset}: {verdict(report)}"
    for level, title in TITLES.items():
        if counts := [count for count in report.of(level) if count.rule != UNREADABLE]:
            yield 0, ""
            yield 0, title
            for count in counts:
                yield from _told(count, report.listed(count))
    if report.waived:
        yield 0, ""
        yield 0, "Set aside by you"
        yield from _aside(report)
    if report.readable:
        yield 0, ""
        yield 0, made_by(report)


def _told(count: Count, found: list[Finding]) -> Iterator[Line]:
    """What one rule found."""
    number, id = count.number, count.rule
    times = "" if number == 1 else f"{number:,} times: " if len({f.message for f in found}) == 1 else f"{number:,} times, as: "
    yield 2, f"{times}{found[0].message if times else sentence(found[0].message)} ({id})."
    told = list(dict.fromkeys(place for f, place in zip(found, places(found[:_PLACES]), strict=False) if place and not (number == 1 and place in f.message)))
    more = list(dict.fromkeys(f.message for f in found[:_PLACES]))[1:]
    if told:
        yield 4, f"At {'; '.join(told)}{' …' if number > _PLACES else '.'}"
    elif more:  # where there are no places, what was found tells them apart
        yield 4, f"Also: {'; '.join(more)}{' …' if number > _PLACES else '.'}"
    if found[0].where.words:
        yield 4, f"Words: {found[0].where.words}"
    rule = rule_named(id)
    if rule is not None:
        yield 4, f"Mend: {rule.mend}"


def places(found: list[Finding]) -> list[str]:
    """The place of each, in words; of those that would have the same, also where it stands in the document, or its id."""
    told = [str(f.where) for f in found]
    often = Counter(told)
    return [_exactly(f, place) if often[place] > 1 else place for f, place in zip(found, told, strict=True)]


def _exactly(finding: Finding, place: str) -> str:
    more = finding.where.path or finding.where.id
    return f"{place}, {more}" if more and more not in place else place


def _aside(report: Report) -> Iterator[Line]:
    for (rule, reason, who, date), found in report.aside.items():
        times = f"{len(found):,} times: " if len(found) > 1 else ""
        message = found[0].message
        yield 2, f"{times}{message if times else sentence(message)} ({rule})."
        yield 4, f"{who}, {date}: {reason}"


def made_by(report: Report) -> str:
    """What looked, by what rules, and at which bytes."""
    head = report.head
    file = f" SHA-256 of the file: {head.sha256}." if head.sha256 else ""
    version = f" {head.profile_version}" if head.profile_version else ""
    return f"Checked by qualdata {head.tool}, standard {head.standard} ({head.schema}), profile {head.profile}{version}.{file}"


def sentence(text: str) -> str:
    """What was found, as a sentence begins; a name that it begins with stays as it is written."""
    return text[:1].upper() + text[1:] if text.partition(" ")[0].isalpha() else text
