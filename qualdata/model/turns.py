"""Speaker labels in a plain transcript, turned into speakers and turns on request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest
from typing import Final

from qualdata.model.source import Role, Speaker, TextSource, Turn
from qualdata.model.spans import TextSpan

__all__ = ["LABELS", "ROLES", "detect_turns"]

_GAP: Final = r"[^\S\r\n]*"
_TIME: Final = rf"(?:(?:[\[(][\d:.,]+[\])]|\d{{1,2}}(?::\d\d){{1,2}}(?:[.,]\d+)?){_GAP})?"
_NAME: Final = r"(?P<label>[^\W\d_][^\r\n:：\[\](){}<>,;!?\"“”„«»]{0,30}?)"
LABELS: Final = (
    rf"{_TIME}(?P<open>\[)?{_NAME}(?(open)\]){_GAP}{_TIME}(?::(?=\s|\Z)|：)",
    rf"{_TIME}\[{_NAME}\](?=\s|\Z)",
)
"""How a line begins that begins a turn: `P07:`, `Interviewer (00:12):`, `[00:12] Ann:`, `[Ann]:`, `主持人：`; or, in a text without such, `[Moderator]`."""
ROLES: Final[dict[str, Role]] = {
    "interviewer": "interviewer", "researcher": "interviewer", "int": "interviewer", "i": "interviewer", "iv": "interviewer",
    "moderator": "moderator", "mod": "moderator", "facilitator": "moderator",
    "interpreter": "interpreter", "translator": "interpreter",
    "participant": "participant", "respondent": "participant", "interviewee": "participant", "p": "participant",
}  # fmt: skip
"""What labels say of a role, numbers at their end left out; any other says nothing: `M` may be a moderator, a man or Maria, `R` who asks or who responds."""


def detect_turns(source: TextSource, patterns: Iterable[str] = LABELS, *, least: int = 2) -> list[Turn]:
    """Find the turns of a text by the labels its lines begin with, and put speakers and turns into the source.

    The patterns, regular expressions with a group `label`, are tried in turn; the first that finds a speaker is taken. A label
    is a speaker's when it begins at least *least* lines, or when the source has a speaker of this label already.

    Nothing is invented. A line such as `Note: …`, whose label stands alone, is no speaker's, but it ends the turn before: whether
    the words after it are another's who spoke once, or still the same speaker's, cannot be known, so up to the next label
    they belong to no one. Nor do words before the first label. A role is given only where the label names it, and no
    speaker is tied to a case. Raises ValueError for a source that has turns already.
    """
    if source.turns:
        raise ValueError("The source has turns already; take them out first.")
    text = source.text or ""
    speakers = {s.label: s for s in source.speakers}
    labels, talking = _of_speakers(text, patterns, least, set(speakers))
    for (label, _, after), following in zip_longest(labels, labels[1:]):
        if label not in talking:
            continue
        if label not in speakers:
            speakers[label] = Speaker(label=label, role=_role(label))
            source.speakers.append(speakers[label])
        span = _words(text, after, len(text) if following is None else following[1])
        source.turns.append(Turn(speaker=speakers[label].id, span=span))
    return source.turns


def _of_speakers(text: str, patterns: Iterable[str], least: int, known: set[str]) -> tuple[list[tuple[str, int, int]], set[str]]:
    """All labels by the first pattern that finds a speaker's, and which are speakers'."""
    for pattern in patterns:
        labels = _labels(text, pattern)
        counts = Counter(label for label, _, _ in labels)
        if talking := {label for label, number in counts.items() if number >= least or label in known}:
            return labels, talking
    return [], set()


def _labels(text: str, pattern: str) -> list[tuple[str, int, int]]:
    """Each label, where its line begins and where the label ends, in the order of the text."""
    found = re.finditer(rf"(?:(?<=[\r\n])|\A){_GAP}(?:{pattern})", text)
    return [(match["label"].strip(), match.start(), match.end()) for match in found]


def _words(text: str, start: int, end: int) -> TextSpan:
    """Where words begin and end between two positions; empty at the first where there are none."""
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip()) if words.strip() else start
    return TextSpan(begin, begin + len(words.strip()))


def _role(label: str) -> Role:
    return ROLES.get(re.sub(r"[\W\d_]+$", "", label).casefold(), "unknown")
