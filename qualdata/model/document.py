"""A document: what belongs to a study and is not data."""

from __future__ import annotations

from attrs import define, field

from qualdata.model.base import Thing
from qualdata.model.media import Media
from qualdata.model.source import Access, identity

__all__ = ["Document"]


@define(kw_only=True, eq=False, repr=False)
class Document(Thing):
    """A guide, a blank consent form, an information sheet, a readme; or a file that nothing in the study refers to."""

    name: str | None = None
    """Its title."""
    role: str = "unreferenced"
    """`guide`, `consent form`, `information sheet`, `readme`, or `unreferenced` for a file found without a reference."""
    access: Access | None = None
    """Who may see it."""
    path: str | None = field(default=None, metadata={"compare": "media_identity"})
    """Where its file stands in the container it came from."""
    media: Media | None = field(default=None, eq=False)
    """The file."""

    @property
    def media_identity(self) -> object:
        """What two files are compared by."""
        return identity(self.path, self.media)
