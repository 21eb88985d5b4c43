"""Profiles: how grave what a rule finds is for someone. A profile inherits another, and may only raise.

A profile is a TOML file, ours in `profiles/`; a user's own is named by its path, or comes from an entry point of the group
`qualdata.profiles` that names its path:

    title = "What our archive asks for"
    version = "1"
    inherits = "archive"
    terms = "names.txt"

    [raise.doc-instrument-missing]
    level = "error"
    source = "Guide for depositors, section 3"
    evidence = "reported"

    [[require]]
    file = "documents/deposit-agreement*.pdf"
    source = "Guide for depositors, section 1"

    [[forbid]]
    file = "*.docx"
    source = "Guide for depositors, section 2"

*evidence* is `stated`, unless it says `reported`: who made the profile knows of it by hearsay, and did not read it there.
*terms* is a file beside it, a list of terms that must not occur (`qualdata.rules.termlist`); reports never show them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoints, entry_points
from pathlib import Path
from typing import Any, Final, Literal, get_args

from attrs import frozen

from qualdata.errors import ReadError
from qualdata.rules.finding import Level, weight
from qualdata.rules.rule import Rule
from qualdata.rules.termlist import TermList, list_in

__all__ = ["CORE", "Asked", "Difference", "Profile", "profile_named", "profile_names"]

CORE: Final = "core"
_FOLDER: Final = Path(__file__).parent / "profiles"
_FIELDS: Final = {"title", "version", "inherits", "terms", "raise", "require", "forbid"}


Evidence = Literal["stated", "reported"]
"""How it is known that someone asks for something."""


@frozen
class Difference:
    """One rule that a profile raises."""

    level: Level
    """To what."""
    source: str
    """Who asks for it, and where."""
    evidence: Evidence = "stated"
    """How that is known: read there, or only reported."""

    def __str__(self) -> str:
        """The source, and whether it is only reported."""
        return f"{self.source} (reported)" if self.evidence == "reported" else self.source


@frozen
class Asked:
    """Files that a profile asks for, or does not take."""

    file: str
    """Their name, or the end of their path; `*` stands for anything, and capitals do not count."""
    source: str
    """Who asks for it, and where."""


@frozen
class Profile:
    """How grave what each rule finds is."""

    name: str
    """Its name, or that of its file."""
    title: str
    """What it is, in a few words."""
    version: str
    """The version of the profile."""
    inherits: Profile | None
    """The profile it builds on."""
    raised: Mapping[str, Difference]
    """What it raises itself, by the id of the rule."""
    required: tuple[Asked, ...] = ()
    """The files that it asks for itself."""
    forbidden: tuple[Asked, ...] = ()
    """The files that it does not take itself."""
    terms: TermList | None = None
    """Its own list of terms that must not occur."""

    def level(self, rule: Rule, given: Level | None = None) -> Level:
        """How grave what a rule finds is here: the gravest that the rule, this profile, or one it builds on says.

        *given* stands for what the rule says, where it finds something that is less grave than usual.
        """
        levels = [given or rule.level, *(p.raised[rule.id].level for p in self.lineage() if rule.id in p.raised)]
        return max(levels, key=weight)

    def asks(self, what: Literal["required", "forbidden"]) -> list[Asked]:
        """The files that it asks for, or does not take, with those of the profiles it builds on."""
        return [asked for profile in self.lineage() for asked in (profile.required if what == "required" else profile.forbidden)]

    @property
    def lists(self) -> list[TermList]:
        """Its list of terms that must not occur, and those of the profiles it builds on."""
        return [profile.terms for profile in self.lineage() if profile.terms is not None]

    def lineage(self) -> Iterator[Profile]:
        """This profile, and those it builds on."""
        profile: Profile | None = self
        while profile is not None:
            yield profile
            profile = profile.inherits


def profile_names() -> list[str]:
    """The names of the profiles that come with the library or with an installed package."""
    return sorted({*_ours(), *(point.name for point in _installed())}, key=lambda name: (name != CORE, name))


def profile_named(name: str) -> Profile | None:
    """A profile by its name, or by the path of its TOML file; None where there is none. Raises ReadError for a file that is no profile."""
    return _profile(name, ())


def _ours() -> dict[str, Path]:
    return {path.stem: path for path in _FOLDER.glob("*.toml")}


def _installed() -> EntryPoints:
    return entry_points(group="qualdata.profiles")


def _path(name: str) -> Path | None:
    """The file of a profile with a name. Raises ReadError where an installed package does not name one."""
    found = next(iter(_installed().select(name=name)), None)
    if name in _ours() or found is None:
        return _ours().get(name)
    try:
        return Path(found.load())
    except Exception as error:  # whatever the package does wrong
        raise ReadError(f"the profile {name} of an installed package cannot be loaded ({type(error).__name__}: {error}).") from error


def _profile(name: str, below: tuple[str, ...]) -> Profile | None:
    path = _path(name) or (Path(name) if name.endswith(".toml") else None)
    if path is None or not path.is_file():
        return None
    if name in below:
        raise ReadError("this profile builds on itself. Change what it inherits.", path=path)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(f"the profile is not TOML: {error}.", path=path) from error
    return _made(name, path, told, below)


def _made(name: str, path: Path, told: dict[str, Any], below: tuple[str, ...]) -> Profile:
    if unknown := sorted(set(told) - _FIELDS):
        raise ReadError(f"a profile has no {unknown[0]}; it has {', '.join(sorted(_FIELDS))}.", path=path)
    base = told.get("inherits", CORE if name != CORE else None)
    known = base is None or str(base) in profile_names()
    inherits = None if base is None else _profile(str(base) if known else str(path.parent / str(base)), (*below, name))
    if base is not None and inherits is None:
        raise ReadError(f"the profile builds on {base!r}, which there is not; there are {', '.join(profile_names())}.", path=path)
    return Profile(
        name if name in profile_names() else path.name,
        str(told.get("title", name)),
        str(told.get("version", "")),
        inherits,
        {id: _difference(id, row, path) for id, row in _table(told, "raise", path).items()},
        tuple(_asked(told, "require", path)),
        tuple(_asked(told, "forbid", path)),
        list_in(path.parent / str(told["terms"])) if "terms" in told else None,
    )


def _table(told: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    found = told.get(name, {})
    if not isinstance(found, dict):
        raise ReadError(f"in a profile, what it may {name} stands under [{name}.ID].", path=path)
    return found


def _difference(id: str, row: Any, path: Path) -> Difference:
    if not isinstance(row, dict) or row.get("level") not in get_args(Level) or not row.get("source"):
        raise ReadError(f"the profile must give {id} a level (error, warning or info) and a source.", path=path)
    if row.get("evidence", "stated") not in get_args(Evidence):
        raise ReadError(f"the evidence for {id} must be stated or reported.", path=path)
    return Difference(row["level"], str(row["source"]), row.get("evidence", "stated"))


def _asked(told: dict[str, Any], name: str, path: Path) -> Iterator[Asked]:
    rows = told.get(name, [])
    for row in rows if isinstance(rows, list) else [rows]:
        if not isinstance(row, dict) or not isinstance(row.get("file"), str) or not row["file"].strip("/") or not row.get("source"):
            raise ReadError(f"in a profile, each [[{name}]] must have a file and a source.", path=path)
        yield Asked(row["file"], str(row["source"]))
