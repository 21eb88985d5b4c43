"""Speaker labels in a plain transcript, turned into speakers and turns on request."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import Final

from qualdata.model.source import Role, Speaker, TextSource, Turn
from qualdata.model.spans import TextSpan

__all__ = ["LABELS", "ROLES", "detect_turns"]

LABELS: Final = (
    r"(?P<label>[^\W\d_][^\n\r:\[\]()]{0,30}?)[ \t]*(?:\[[\d:.,]+\]|\([\d:.,]+\))?[ \t]*:[ \t]+",
    r"\[(?P<label>[^\W\d_][^\n\r\]]{0,30})\][ \t]*:?[ \t]+",
)
"""How a line begins that begins a turn: `P07:`, `Interviewer (00:12):`, `[Moderator]`, and a space."""
ROLES: Final[dict[str, Role]] = {
    "interviewer": "interviewer", "int": "interviewer", "i": "interviewer", "iv": "interviewer",
    "moderator": "moderator", "mod": "moderator", "m": "moderator", "facilitator": "moderator",
    "interpreter": "interpreter",
    "participant": "participant", "respondent": "participant", "interviewee": "participant", "p": "participant", "r": "participant",
}  # fmt: skip
"""What labels say of a role, numbers left out; any other label says nothing."""


def detect_turns(source: TextSource, patterns: Iterable[str] = LABELS, *, least: int = 2) -> list[Turn]:
    """Find the turns of a text by the labels its lines begin with, and put speakers and turns into the source.

    A label counts when it begins at least *least* lines: a line such as `Note: …` that stands alone is no
    speaker. Speakers that the source has already are kept, matched by their label. Nothing is invented: a text
    before the first label belongs to no one, and a role is given only where the label names it. Raises
    ValueError for a source that has turns already.
    """
    if source.turns:
        raise ValueError("The source has turns already; take them out first.")
    text = source.text or ""
    found = _labels(text, patterns)
    counts: dict[str, int] = {}
    for label, _, _ in found:
        counts[label] = counts.get(label, 0) + 1
    found = [f for f in found if counts[f[0]] >= least]
    speakers = {s.label: s for s in source.speakers}
    for (label, _, start), following in zip_longest(found, found[1:]):
        if label not in speakers:
            speakers[label] = Speaker(label=label, role=ROLES.get(label.rstrip("0123456789 ").casefold(), "unknown"))
            source.speakers.append(speakers[label])
        end = len(text) if following is None else following[1]
        words = text[start:end].rstrip()
        source.turns.append(Turn(speaker=speakers[label].id, span=TextSpan(start, start + len(words))))
    return source.turns


def _labels(text: str, patterns: Iterable[str]) -> list[tuple[str, int, int]]:
    """Each label, where its line begins and where the words after it do, in the order of the text."""
    found: dict[int, tuple[str, int, int]] = {}
    for pattern in patterns:
        for match in re.finditer(rf"(?:(?<=\n)|(?<=\r)|\A)[ \t]*(?:{pattern})", text):
            found.setdefault(match.start(), (match["label"].strip(), match.start(), match.end()))
    return [found[at] for at in sorted(found)]
