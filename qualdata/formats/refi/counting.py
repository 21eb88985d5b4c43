"""Positions in texts, counted as one target counts them."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from qualdata.formats.refi.incoming import WRITTEN
from qualdata.model.base import Thing
from qualdata.model.copying import shallow
from qualdata.model.positions import Codec, Profile
from qualdata.model.source import Transcript
from qualdata.model.spans import TextSpan

__all__ = ["Counting"]


@frozen
class Counting:
    """How positions are written for one target."""

    profile: Profile
    """How it counts."""
    marked: bool
    """Whether texts that get a file begin with a byte order mark there."""
    faithful: bool
    """Whether positions are written as the file had them, where they still mean the same."""
    lost: list[tuple[str, str, str]]
    """To which ids of things, their classes and fields are added that cannot be counted so."""

    def changes(self, holder: Any) -> dict[str, Any]:
        """The excerpts and sync points of a text or transcript, where they are counted otherwise than in the model."""
        if self.profile == Profile():
            return {}
        text = holder.text
        bom = holder.stored.bom if holder.stored else self.marked
        if text is None or self.profile.plain(text, bom):
            return {}
        codec = Codec(text, self.profile, bom)
        changes: dict[str, Any] = {"excerpts": [self._excerpt(e, codec) for e in holder.excerpts]}
        if isinstance(holder, Transcript):
            changes["sync_points"] = [p if p.position is None else shallow(p, position=self._units(p, codec, p.position)[0]) for p in holder.sync_points]
        return changes

    def _excerpt(self, excerpt: Any, codec: Codec) -> Any:
        span = excerpt.span
        return shallow(excerpt, span=TextSpan(*self._units(excerpt, codec, span.start, span.end))) if isinstance(span, TextSpan) else excerpt

    def _units(self, thing: Thing, codec: Codec, start: int, end: int | None = None) -> tuple[int, ...]:
        """Positions in the target's units: as the file wrote them where they still mean the same, else computed."""
        here = (start, start if end is None else end)
        kept = (thing.extra or {}).get(WRITTEN) if self.faithful else None
        if kept and codec.read(kept[0], kept[-1])[: len(kept)] == here[: len(kept)]:
            return tuple(kept)
        units = codec.write(*here)
        if not self.faithful and codec.read(*units) != (here if end is not None else (start, codec.read(*units)[1])):
            self.lost.append((thing.id, type(thing).__name__, "position" if end is None else "span"))
        return units
