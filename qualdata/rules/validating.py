"""Validation: a dataset, all rules, one report. A rule that fails is itself a finding, never a silent pass."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from qualdata import __version__
from qualdata.errors import QualdataError
from qualdata.formats.package.document import VERSION
from qualdata.formats.package.store import DOCUMENT
from qualdata.formats.refi.tools import target_names
from qualdata.model.media import Media
from qualdata.model.memory import building
from qualdata.model.study import Study
from qualdata.rules.aside import given_waivers, note_unused, own_waivers
from qualdata.rules.dataset import Dataset
from qualdata.rules.extensions import extensions_in
from qualdata.rules.finding import Finding, Level, Where, nowhere, weight
from qualdata.rules.hiding import hidden
from qualdata.rules.lines import with_lines
from qualdata.rules.opening import dataset_of, of_study
from qualdata.rules.profile import CORE, Profile, profile_named, profile_names
from qualdata.rules.registry import broken, rules
from qualdata.rules.report import UNREADABLE, Count, Head, Report
from qualdata.rules.rule import Rule
from qualdata.rules.termlist import list_in, list_of
from qualdata.rules.terms import Terms
from qualdata.rules.waivers import Waived, Waiver
from qualdata.schema import ID_OF_SCHEMA

__all__ = ["MOST", "validate"]

MOST: Final = 1000
"""How many findings of one rule and level a report lists; all are counted."""
_LONGEST: Final = 400
_ITSELF: Final = "val-"
"""What the ids of rules begin with that tell of validation itself."""


def validate(
    path_or_study: str | os.PathLike[str] | Study,
    *,
    profile: str = CORE,
    target: str | None = None,
    sources: str | os.PathLike[str] | None = None,
    waivers: str | os.PathLike[str] | None = None,
    terms: str | os.PathLike[str] | None = None,
    extensions: Sequence[str | os.PathLike[str]] = (),
) -> Report:
    """What is wrong with a study, or with the file or folder it is in.

    *profile* says how grave each finding is: a profile's name, or the path of its TOML file. *target* is the program that
    the study is to be written for, *sources* a folder with files that are missing, *waivers* a file of waivers beside
    those in the dataset, *terms* a list of what must not stand in it (see `qualdata.rules.termlist`), *extensions* files with the
    schemas of extensions (see `qualdata.rules.extensions`). What cannot be read gives a report that says so, and is not `readable`.
    Raises QualdataError for a profile, waivers, a list, a schema, a target or a folder that are not what they should be.

    >>> report = qualdata.validate(qualdata.example(), profile="archive")
    >>> report.ok, report.findings
    (True, ())
    """
    known = profile_named(profile)
    used = known or _core()
    given = given_waivers(waivers)
    lists = [*([] if terms is None else [list_in(terms)]), *used.lists]
    schemas = extensions_in(extensions)
    _check(target, sources)
    try:
        data = of_study(path_or_study) if isinstance(path_or_study, Study) else dataset_of(path_or_study, sources)
    except QualdataError as error:
        data = _unread(path_or_study, error)
    data.target, data.profile, data.terms, data.extensions = target, used, Terms(lists), schemas
    for sentence in broken():
        data.note("val-rule-crashed", nowhere, sentence)
    for sentence in _without_effect(used):
        data.note("val-profile-invalid", nowhere, sentence)
    if known is None:
        data.note("val-profile-unknown", nowhere, f"there is no profile {profile!r}, so core was taken; there are {', '.join(profile_names())}")
    with building():
        return _report(data, used, own_waivers(data), given)


def _check(target: str | None, sources: str | os.PathLike[str] | None) -> None:
    """Raise QualdataError for a target or a folder that there is not: that is no fault of the dataset."""
    if target is not None and target not in target_names():
        raise QualdataError(f"there is no target {target!r}; choose one of {', '.join(target_names())}.")
    if sources is not None and not Path(sources).is_dir():
        raise QualdataError("there is no such folder of sources. Check its name.", path=sources)


def _unread(path: str | os.PathLike[str] | Study, error: QualdataError) -> Dataset:
    """The dataset of what cannot be looked at: nothing is known of it but that."""
    data = Dataset(path=None if isinstance(path, Study) else Path(path), read=False, readable=False)
    data.note(UNREADABLE, Where(file=data.path.name if data.path else None, line=error.line), error.message.rstrip("."))
    return data


def _core() -> Profile:
    core = profile_named(CORE)
    assert core is not None
    return core


def _without_effect(profile: Profile) -> Iterator[str]:
    """What a profile says that has no effect, in sentences."""
    known = {rule.id: rule for rule in rules()}
    for one in profile.lineage():
        for id, difference in one.raised.items():
            if id not in known:
                yield f"the profile {one.name} raises {id}, which is no rule here"
            elif weight(difference.level) < weight(stays := one.level(known[id])):
                yield f"the profile {one.name} would make {id} {difference.level} only; a profile may raise, never lower, so it stays {stays}"


# ---- running the rules ----
def _report(data: Dataset, profile: Profile, own: Sequence[Waiver], given: Sequence[Waiver]) -> Report:
    chosen = [rule for rule in _applying(data) if not rule.id.startswith(_ITSELF)] if data.readable else []
    listed, waived, counts = _sorted_out((finding for rule in chosen for finding in _found(rule, data, profile)), [*own, *given])
    if data.readable:
        note_unused(data, own, given, waived, {rule.id for rule in chosen})
    itself = [rule for rule in rules() if rule.id.startswith(_ITSELF)]
    told, _, more = _sorted_out((finding for rule in itself for finding in _found(rule, data, profile)), ())
    findings, counted = tuple(with_lines(data, [*listed, *told])), (*counts, *more)
    report = Report(head=_head(data, profile), findings=findings, counts=counted, waived=tuple(waived), readable=data.readable, path=data.path)
    return hidden(report, _secret(data))


def _secret(data: Dataset) -> Terms:
    """What no report shows: listed terms, and labels that give someone away."""
    found = [(label, None) for label in sorted(data.concealed)]
    return Terms([*data.terms.lists, list_of(found, b"")]) if found else data.terms


def _applying(data: Dataset) -> Iterator[Rule]:
    """The rules that bear on a dataset; where a more special one applies, the general one does not."""
    fit = [rule for rule in rules() if data.kind in rule.over and (data.read or rule.unread)]
    replaced = {rule.instead_of for rule in fit}
    return (rule for rule in fit if rule.id not in replaced)


def _found(rule: Rule, data: Dataset, profile: Profile) -> Iterator[Finding]:
    """What a rule finds, up to where it fails, if it does."""
    try:
        for where, message, *given in rule.check(data):
            yield Finding(rule=rule.id, level=profile.level(rule, *given), message=_short(message), where=where)
    except Exception as error:  # noqa: BLE001 # whatever a rule does wrong, the others go on
        data.note("val-rule-crashed", nowhere, f"the rule {rule.id} failed, so what it looks for may be there unseen ({type(error).__name__}: {getattr(error, 'message', error)})")


def _short(message: str) -> str:
    """A message without what makes it too long to read: a name, most often. An ellipsis by itself tells that a word may have been cut."""
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST // 2]}…{message[-_LONGEST // 2 :]}"


def _sorted_out(found: Iterator[Finding], waivers: Sequence[Waiver]) -> tuple[list[Finding], list[Waived], list[Count]]:
    """What was found, what of it is set aside, and how often each rule found what is not."""
    listed: list[Finding] = []
    waived: list[Waived] = []
    counts: Counter[tuple[str, Level]] = Counter()
    by_rule: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        by_rule.setdefault(waiver.rule, []).append(waiver)
    for finding in found:
        if aside := next((w for w in by_rule.get(finding.rule, ()) if w.covers(finding)), None):
            waived.append(Waived(finding, aside))
            continue
        kind = finding.rule, finding.level
        counts[kind] += 1
        if counts[kind] <= MOST:
            listed.append(finding)
    return listed, waived, [Count(*kind, number) for kind, number in counts.items()]


# ---- the head ----
def _head(data: Dataset, profile: Profile) -> Head:
    return Head(
        dataset=data.path.name if data.path else data.study.title,
        format=data.format or None,
        sha256=_sha256(data),
        origin=data.study.reading.origin if data.study.reading is not None else None,
        tool=__version__,
        standard=VERSION,
        schema=ID_OF_SCHEMA,
        profile=profile.name,
        profile_version=profile.version,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _sha256(data: Dataset) -> str | None:
    if data.path is None or not data.readable:
        return None
    if data.path.is_dir():
        return data.files.media[DOCUMENT].sha256 if DOCUMENT in data.files else None
    return Media.file(data.path).sha256
