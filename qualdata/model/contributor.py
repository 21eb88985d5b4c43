"""A contributor: who did what in a study."""

from __future__ import annotations

from attrs import define, field

from qualdata.model.base import REF, Thing

__all__ = ["Contributor"]


@define(kw_only=True, eq=False, repr=False)
class Contributor(Thing):
    """A person or a program that worked on the study. A User in REFI-QDA 1.5, clause 3.17."""

    name: str | None = None
    """The name."""
    initials: str | None = None
    """A short form; REFI-QDA calls it `id`."""
    alias: str | None = None
    """The name to publish instead."""
    roles: list[str] = field(factory=list)
    """What they did: coder, interviewer, transcriber, translator, creator, depositor."""
    positionality: str | None = None
    """How they stand to the field and to the people in it."""
    same_as: str | None = field(default=None, metadata=REF)
    """Id of the contributor who is the same person under another name."""
    orcid: str | None = None
    """The ORCID iD, as a URL or sixteen digits."""
