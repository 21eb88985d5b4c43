"""What was asked before a passage, and who says what in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from qualdata.model.base import fold
from qualdata.model.segments import ASKING
from qualdata.model.source import Speaker, Turn
from qualdata.model.spans import TextSpan

__all__ = ["Talk"]

_SHORT: Final = 4
"""A prompt of fewer words, as `Mm` or `And then?`, is shown with the one before it."""
_MOST: Final = 3
"""No more prompts than this are shown together."""
BETWEEN: Final = " … "


class Talk:
    """The turns of one text, which is opened once."""

    def __init__(self, holder: Any) -> None:
        self.holder = holder
        self.text: str = getattr(holder, "text", None) or ""
        self.turns: list[Turn] = sorted(getattr(holder, "turns", ()), key=lambda t: (t.span.start, t.span.end))
        self.speakers: dict[str, Speaker] = {fold(s.id): s for s in getattr(holder, "speakers", ())}

    def asks(self, turn: Turn) -> bool:
        """Whether a turn is an interviewer's, a moderator's or an interpreter's."""
        speaker = self.speakers.get(fold(turn.speaker))
        return speaker is not None and speaker.role in ASKING

    def prompt(self, span: TextSpan) -> str | None:
        """What was last asked before a passage, with its speaker; None if the passage begins with it, or nothing was.

        A prompt of fewer than four words says little, so the one before it comes along, up to three.
        """
        at = next((n for n, turn in enumerate(self.turns) if turn.span.end > span.start), len(self.turns))
        if at < len(self.turns) and self.asks(self.turns[at]) and self.turns[at].span.start < span.end:
            return None
        shown: list[str] = []
        for turn in reversed(self.turns[:at]):
            if self.asks(turn) and self.text[turn.span.slice].strip():
                shown.insert(0, self._said(turn))
                if len(shown) == _MOST or len(self.text[turn.span.slice].split()) >= _SHORT:
                    break
        return BETWEEN.join(shown) or None

    def _said(self, turn: Turn) -> str:
        return f"{self.speakers[fold(turn.speaker)].label}: {self.text[turn.span.slice].strip()}"

    def pieces(self, span: TextSpan) -> Iterator[tuple[str, bool]]:
        """The words of a passage in pieces, each with whether it was asked: labels go with the words after them."""
        at, last = max(span.start, 0), max(span.end, 0)
        for turn in self.turns:
            end = min(turn.span.end, last)
            if turn.span.start < last and end > at:
                yield self.text[at:end], self.asks(turn)
                at = end
        if at < last:
            yield self.text[at:last], False
