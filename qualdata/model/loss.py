"""A loss: what a writer could not say."""

from __future__ import annotations

from typing import Final

from attrs import frozen

__all__ = ["NOT_CARRIED", "Loss"]

NOT_CARRIED: Final = "not carried"
"""The kind of a loss that happens in the program the file is for, not in the file."""


@frozen
class Loss:
    """One kind of content that the written file does not hold, or holds otherwise; or that its program does not give back.

    Taking exactly *fields* of the things with these *ids* out of the study leaves what the file says. What is
    `not carried` stands in the file: taking it out as well leaves what comes back from the program, as far as is known.
    """

    kind: str
    """`no place` (the format has none), `unknown content`, `renamed`, `moved`, `changed`, `invalid`, `missing` or `not carried`."""
    fields: tuple[str, ...]
    """The fields of the model it is about, as `Code.origin`."""
    ids: tuple[str, ...]
    """Ids of the things it is about, in the study; of a value, the id of what it stands in, `/` and its number from 0."""
    where: str
    """What it is about in words, with a count: `3 codes: origin`."""
    why: str
    """Why, in one sentence."""
    kept: bool = False
    """Whether the sidecar beside the file keeps it."""

    @property
    def in_file(self) -> bool:
        """Whether the file itself does not say it."""
        return self.kind != NOT_CARRIED
