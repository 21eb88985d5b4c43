"""How things of each kind are told to be the same: a table, tried from top to bottom and from left to right.

Before what stands here, ids are compared.
"""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

__all__ = ["DATA", "FINDINGS", "FOLDED", "LAID", "Way"]

FOLDED: Final = frozenset("after before heading initials label locator name orcid path publication replacement text".split())
"""What is compared to the letter first, and then folded."""


def _words(names: str) -> tuple[str, ...]:
    return tuple(names.split())


@frozen
class Way:
    """One way of telling that two things are the same: what *names* name is equal, and the first of them is there.

    A name is that of a field, whose references are followed, or one of `qualdata.match.side.TOLD`.
    """

    basis: str
    """The way, in a word or two."""
    names: tuple[str, ...] = field(converter=_words)
    """What is compared."""
    in_order: bool = field(default=False, kw_only=True)
    """Whether things that are alike in all of it are paired in their order, if there are as many on both sides."""
    unless: str | None = field(default=None, kw_only=True)
    """A field that must be empty on one side or both: if it is not, it would have told already."""

    @property
    def loose(self) -> bool:
        """Whether something of it may be folded."""
        return not FOLDED.isdisjoint(self.names)


_TEXTS: Final = (
    Way("text and name", "hash name", in_order=True),
    Way("text", "hash", in_order=True),
    Way("name", "name class", in_order=True),
)

DATA: Final[dict[str, tuple[Way, ...]]] = {
    "contributors": (Way("ORCID", "orcid", in_order=True), Way("name", "name initials"), Way("name", "name", in_order=True), Way("initials", "initials", in_order=True)),
    "variables": (Way("name", "name type", in_order=True), Way("name", "name")),
    "questions": (Way("text", "text", in_order=True),),
    "codes": (Way("path of names", "path", in_order=True),),
    "documents": (Way("file", "file name"), Way("file", "file", in_order=True), Way("name", "name role", in_order=True)),
    "sources": (*_TEXTS[:2], Way("file and name", "file name", in_order=True), Way("file", "file", in_order=True), _TEXTS[2]),
    "memos": _TEXTS,
    "transcripts": (Way("text", "home hash", in_order=True), Way("place", "home name"), Way("place", "home", in_order=True)),
    "representations": (Way("text", "home hash", in_order=True), Way("place", "home", in_order=True)),
    "sync_points": (Way("place", "home time position", in_order=True), Way("place", "home time", in_order=True)),
    "speakers": (Way("label", "home label", in_order=True),),
    "turns": (Way("place", "place speaker", in_order=True), Way("order", "home speaker", in_order=True)),
}
"""Whom and what a study consists of. In this order, since later kinds are told by earlier ones."""

LAID: Final[dict[str, tuple[Way, ...]]] = {
    "codings": (
        Way("place and code", "place code coder created", in_order=True),
        Way("place and code", "place code coder", in_order=True),
        Way("place and code", "place code", unless="coder"),
        Way("quote", "words code coder created", in_order=True),
        Way("quote", "words code coder", in_order=True),
    ),
    "excerpts": (
        Way("place and code", "codings", in_order=True),
        Way("place", "place coded created name", in_order=True),
        Way("place", "place coded", in_order=True),
        Way("place", "place", in_order=True),
    ),
}
"""What was laid on it, once codes that have another name now are told by what they are laid on."""

FINDINGS: Final[dict[str, tuple[Way, ...]]] = {
    "excerpts": (Way("quote", "words coded", in_order=True), Way("quote", "words", in_order=True)),
    "cases": (Way("name", "name kind"), Way("name", "name", in_order=True), Way("sources", "sources", in_order=True), Way("excerpts", "excerpts", in_order=True)),
    "sets": (Way("name", "name kind", in_order=True), Way("name", "name"), Way("members", "members")),
    "interviews": (Way("name", "name date"), Way("name", "name", in_order=True), Way("sources", "sources", in_order=True)),
    "consents": (Way("case", "basis case decided", in_order=True),),
    "code_changes": (Way("content", "action codes date before after", in_order=True),),
    "points": (Way("text", "text heading codes", in_order=True), Way("text", "text", in_order=True)),
    "themes": (Way("path of names", "path", in_order=True),),
    "replacements": (Way("place", "source span replacement", in_order=True), Way("order", "source replacement", in_order=True)),
    "quotes": (Way("text", "text publication locator", in_order=True),),
    "links": (Way("ends", "origin target name", in_order=True), Way("ends", "target origin name", in_order=True), Way("name", "name", in_order=True)),
    "graphs": (Way("name", "name", in_order=True),),
    "vertices": (Way("content", "home represents name", in_order=True), Way("name", "name home", in_order=True)),
    "edges": (Way("ends", "home origin target name", in_order=True), Way("name", "name home", in_order=True)),
}
"""What was made of it; and the excerpts that codings have not told."""
