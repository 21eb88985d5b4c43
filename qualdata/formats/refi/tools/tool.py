"""What is known of a program that writes and reads REFI-QDA projects: one row, each fact with its evidence."""

from __future__ import annotations

from typing import Final, Literal, get_args

from attrs import field, frozen

from qualdata.model.positions import Profile

__all__ = ["SIDE_BY_SIDE", "VALUES", "Evidence", "Fact", "Gap", "Names", "Tool", "Topic", "believed", "coded", "measured", "stated", "tried"]

Evidence = Literal["measured", "stated", "reported"]
"""*Measured* on files that the program wrote, *stated* by the standard or the vendor, or *reported*: believed, and easy to change."""
Laid = Literal["unit of positions", "line ends", "byte order mark", "formatted text", "folder of files", "project file", "ids", "names of passages", "colours"]
Topic = Literal[Laid, "codings", "codes", "codebooks", "memos", "cases", "sets", "media", "PDF", "transcripts", "graphs", "users", "exporting", "importing"]
"""What a fact may be about."""
SIDE_BY_SIDE: Final[tuple[Topic, ...]] = get_args(Laid)
"""What programs are compared in: how their files are laid out."""

_PLAIN: Final = Profile()
VALUES: Final = ("TextSource.values", "PictureSource.values", "PdfSource.values", "AudioSource.values", "VideoSource.values")
"""The attributes of sources, of each kind."""


@frozen
class Fact:
    """One thing that is known of a program."""

    about: Topic
    """What it is about."""
    says: str
    """The fact, in one sentence."""
    evidence: Evidence
    """How well it is known."""
    source: str
    """Where it was seen, said or found."""


def measured(about: Topic, says: str, on: str) -> Fact:
    """A fact measured on files that the program wrote."""
    return Fact(about, says, "measured", on)


def stated(about: Topic, says: str, by: str = "the vendor") -> Fact:
    """A fact that the vendor or the standard states."""
    return Fact(about, says, "stated", by)


def tried(about: Topic, says: str, by: str = "tried and published by others") -> Fact:
    """A fact that a third party tried and published."""
    return Fact(about, says, "reported", by)


def coded(about: Topic, says: str) -> Fact:
    """A fact read in another program's code."""
    return Fact(about, says, "reported", "read in another program's code")


def believed(about: Topic, says: str) -> Fact:
    """What is taken for a fact until a file shows it."""
    return Fact(about, says, "reported", "believed, without a source")


@frozen
class Gap:
    """Content that a project may hold and that does not come back out of a program."""

    fields: tuple[str, ...]
    """The fields of the model, as `Code.colour`; `Study.graphs` for whole things."""
    side: Literal["import", "export"]
    """Whether the program does not take it in, or does not give it out."""
    fact: Fact
    """How that is known."""


@frozen
class Names:
    """What a program asks of the names of codes."""

    unique: Literal["", "siblings", "project"] = ""
    """Where two codes may not share a name."""
    separator: str = ""
    """What it joins the names of a path with; a name that holds it is taken apart in its tables."""
    needed: bool = False
    """Whether a code without a name breaks its import."""


@frozen
class Tool:
    """How one program lays out a project, how it counts in texts, what it is known to take in and to leave out."""

    name: str
    """The name of the target."""
    title: str
    """Its name in sentences."""
    origins: tuple[str, ...]
    """What `Project/@origin` begins with in its files."""
    profile: Profile = _PLAIN
    """How it counts in texts."""
    evidence: Evidence = "reported"
    """How well that way of counting is known."""
    words: str = ""
    """That way of counting, in plain words."""
    target: bool = False
    """Whether projects are written for it."""
    folder: str = "sources"
    """The folder of the files in the project."""
    bom: bool = False
    """Whether its text files begin with a byte order mark; ours for it then do too."""
    marker: str | None = None
    """An empty file that it puts into the folder."""
    packed: bool = True
    """Whether its files are compressed."""
    upper: bool = False
    """Whether GUIDs are written in upper case for it."""
    rich: bool = False
    """Whether it wants a Word file beside each text; one is made where there is none."""
    beside: bool = False
    """Whether it puts recordings into a folder beside the project itself; `qualdata convert` then proposes one."""
    splits: bool = False
    """Whether it gives out a passage with several codings as several passages with one each."""
    twins: bool = False
    """Whether a quotation of a PDF has one GUID on its page and in the text; all others have GUIDs of their own."""
    notes: bool = False
    """Whether the marks of a note that a text refers to lie in that text."""
    new_ids: tuple[str, ...] = ()
    """Classes of things whose ids are others after each export; `Thing` for all."""
    values_become: Literal["", "sets", "cases"] = ""
    """What it makes of the attributes of a source."""
    cases_become: Literal["", "codes"] = ""
    """What it makes of cases."""
    system_users: tuple[str, ...] = ()
    """Ids of users that it puts into every project."""
    names: Names = Names()  # frozen
    """What it asks of the names of codes."""
    gaps: tuple[Gap, ...] = ()
    """What does not come back out of it."""
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    """All else that is known, for its page in the docs."""
    exporting: str = ""
    """How a project is exported from it, in words."""
    importing: str = ""
    """How a project is brought into it, in words."""
