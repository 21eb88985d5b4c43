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
from qualdata.model.media import Media
from qualdata.model.memory import building
from qualdata.model.study import Study
from qualdata.rules.dataset import Dataset
from qualdata.rules.extensions import extensions_in
from qualdata.rules.finding import Finding, Level, Where, nowhere, weight
from qualdata.rules.keyfile import key_in
from qualdata.rules.lines import with_lines
from qualdata.rules.opening import dataset_of, of_study
from qualdata.rules.profile import CORE, Profile, profile_named, profile_names
from qualdata.rules.registry import broken, rules
from qualdata.rules.report import Count, Head, Report
from qualdata.rules.rule import Rule
from qualdata.rules.terms import Terms
from qualdata.rules.waivers import FILE, Waived, Waiver, waivers_of
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
    key: str | os.PathLike[str] | None = None,
    extensions: Sequence[str | os.PathLike[str]] = (),
) -> Report:
    """What is wrong with a study, or with the file or folder it is in.

    *profile* says how grave each finding is: a profile's name, or the path of its TOML file. *target* is the program that
    the study is to be written for, *sources* a folder with files that are missing, *waivers* a file of waivers beside
    those in the dataset, *key* a key file with what must not stand in it (see `qualdata.rules.keyfile`), *extensions* files with the
    schemas of extensions (see `qualdata.rules.extensions`). What cannot be read gives a report with that one finding, which is not `readable`.
    Raises ReadError for a profile, waivers, a key or a schema that are not what they should be.

    >>> report = qualdata.validate(qualdata.example(), profile="archive")
    >>> report.ok, report.findings
    (True, ())
    """
    known = profile_named(profile)
    used = known or _core()
    given = _given(waivers)
    closed = None if key is None else key_in(key)
    schemas = extensions_in(extensions)
    try:
        data = of_study(path_or_study) if isinstance(path_or_study, Study) else dataset_of(path_or_study, sources)
    except QualdataError as error:
        return _unreadable(path_or_study, used, error)
    data.target, data.profile, data.key, data.extensions = target, used, closed, schemas
    for sentence in broken():
        data.note("val-rule-crashed", nowhere, sentence)
    for sentence in _without_effect(used):
        data.note("val-profile-invalid", nowhere, sentence)
    if known is None:
        data.note("val-profile-unknown", nowhere, f"there is no profile {profile!r}, so core was taken; there are {', '.join(profile_names())}")
    with building():
        return _report(data, used, [*_own(data), *given])


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
def _report(data: Dataset, profile: Profile, waivers: Sequence[Waiver]) -> Report:
    chosen = [rule for rule in _applying(data) if not rule.id.startswith(_ITSELF)]
    listed, waived, counts = _sorted_out((finding for rule in chosen for finding in _found(rule, data, profile)), waivers)
    _note_unused(data, waivers, waived)
    itself = [rule for rule in rules() if rule.id.startswith(_ITSELF)]
    told, _, more = _sorted_out((finding for rule in itself for finding in _found(rule, data, profile)), ())
    findings = with_lines(data, [*listed, *told])
    return data.secret.hidden(Report(head=_head(data, profile), findings=tuple(findings), counts=(*counts, *more), waived=tuple(waived), path=data.path))


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
        data.note("val-rule-crashed", nowhere, f"the rule {rule.id} failed, so what it looks for may be there unseen ({type(error).__name__}: {error})")


def _short(message: str) -> str:
    """A message without what makes it too long to read: a name, most often."""
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST // 2]} … {message[-_LONGEST // 2 :]}"


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


# ---- waivers ----
def _given(path: str | os.PathLike[str] | None) -> list[Waiver]:
    """The waivers of a file that was named. Raises ReadError where it is not one."""
    if path is None:
        return []
    try:
        found, wrong = waivers_of(Path(path).read_bytes())
    except OSError as error:
        raise QualdataError(f"the waivers cannot be read ({(error.strerror or str(error)).lower()}).", path=path) from error
    if wrong:
        raise QualdataError(f"{wrong[0]}.", path=path)
    return found


def _own(data: Dataset) -> list[Waiver]:
    """The waivers in a dataset, or beside it where it can hold none."""
    media = data.files.media.get(FILE) if data.kind == "package" else _beside(data)
    if media is None:
        return []
    found, wrong = waivers_of(media.read())
    for sentence in wrong:
        data.note("val-waiver-invalid", Where(file=media.name), sentence)
    return found


def _beside(data: Dataset) -> Media | None:
    path = data.path.with_name(f"{data.path.name}.{FILE}") if data.path is not None else None
    return Media.file(path) if path is not None and path.is_file() else None


def _note_unused(data: Dataset, waivers: Sequence[Waiver], waived: list[Waived]) -> None:
    used = {id(w.waiver) for w in waived}
    for waiver in waivers:
        if id(waiver) not in used:
            data.note("val-waiver-unused", nowhere, f"the waiver of {waiver.rule} at {waiver.place} ({waiver.who}, {waiver.date}) sets nothing aside")


# ---- the head ----
def _head(data: Dataset, profile: Profile) -> Head:
    origin = data.study.reading.origin if data.study.reading is not None else None
    return _about(data.path.name if data.path else data.study.title, profile, format=data.format or None, sha256=_sha256(data), origin=origin)


def _about(dataset: str, profile: Profile, **of_file: str | None) -> Head:
    return Head(
        dataset=dataset,
        **of_file,
        tool=__version__,
        standard=VERSION,
        schema=ID_OF_SCHEMA,
        profile=profile.name,
        profile_version=profile.version,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _sha256(data: Dataset) -> str | None:
    if data.path is None:
        return None
    if data.path.is_dir():
        return data.files.media[DOCUMENT].sha256 if DOCUMENT in data.files else None
    return Media.file(data.path).sha256


def _unreadable(path: str | os.PathLike[str] | Study, profile: Profile, error: QualdataError) -> Report:
    """The report on what cannot be looked at."""
    name = path.title if isinstance(path, Study) else Path(path).name
    place = None if isinstance(path, Study) else Path(path)
    (rule,) = (r for r in rules() if r.id == "val-input-unreadable")
    where = Where(file=name, line=error.line)
    finding = Finding(rule=rule.id, level=profile.level(rule), message=error.message.rstrip("."), where=where)
    return Terms(profile.listed).hidden(Report(head=_about(name, profile), findings=(finding,), counts=(Count(rule.id, finding.level, 1),), readable=False, path=place))


