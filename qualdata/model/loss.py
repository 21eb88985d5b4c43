"""A loss: what a writer could not say."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Loss"]


@frozen
class Loss:
    """One kind of content that the written file does not hold, or holds otherwise.

    Taking exactly *fields* of the things with these *ids* out of the study leaves what the file says.
    """

    kind: str
    """`no place` (the format has none), `unknown content`, `renamed`, `moved`, `changed`, `invalid` or `missing`."""
    fields: tuple[str, ...]
    """The fields of the model it is about, as `Code.origin`."""
    ids: tuple[str, ...]
    """Ids of the things it is about, in the study; of a value, the id of what it stands in, `/` and its number from 0."""
    where: str
    """What it is about in words, with a count: `3 codes: origin`."""
    why: str
    """Why, in one sentence."""
