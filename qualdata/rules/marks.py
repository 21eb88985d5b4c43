"""What stands in [brackets] in a transcript: signs of transcription, and replacements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualdata.model.base import fold
from qualdata.model.source import TextSource
from qualdata.rules.dataset import Dataset
from qualdata.rules.documents import documents, words_of

__all__ = ["declared", "unlogged"]

_HEARD: Final = (
    "laugh laughs laughing laughter chuckle chuckles chuckling giggles giggling sigh sighs sighing cries crying sob sobs sobbing weeps cough coughs coughing sniff sniffs sneezes "
    "pause paused pauses silence silent breath breathes inaudible unclear indistinct unintelligible crosstalk overlapping overlap interruption interrupted interrupts noise "
    "whisper whispers whispering shouts shouting nods nodding smiles smiling gestures sings singing claps clapping yawns hesitates lacht lachen lachend weint seufzt hustet "
    "unverständlich schweigen stille rires soupir zucht onverstaanbaar stilte risas pausa"
).split()
"""Words that begin what transcribers put in brackets, whatever follows: `[laughs at this]`, `[noise: baby]`."""
_ALONE: Final = "sic break music sound background knock knocking beep emphasis quietly softly loudly rire cry tears applause phone rings ringing".split()
"""Words that stand alone in brackets; with others, they may be a replacement: `[phone number]`."""
_EVENT: Final = (
    r"(?:the )?(?:phone|telephone|mobile|door|doorbell|dog|baby|child|car|train|music|tape|recording|recorder|interview|audio)\b.{0,30}"
    r"\b(?:rings?|ringing|slams?|opens|closes|knocks?|barks?|barking|cries|crying|stops?|stopped|starts?|ends?|begins?|plays|playing|passing|passes|paused?|resumes|noise)"
)
_sign = re.compile(
    rf"(?:(?:both|all|they|long|short|brief|loud|soft) )*(?:{'|'.join(dict.fromkeys(_HEARD))})\b.{{0,60}}|{'|'.join(_ALONE)}|{_EVENT}"
    r"|(?!.*(?:name|number)).{0,40}\b(?:laugh(?:s|ter|ing)?|noise|sounds|inaudible|pause|lacht|lachen)",
    re.IGNORECASE | re.DOTALL,
).fullmatch
_empty = re.compile(r"[\W\d_]*|[?x~]+|\W*\d+(?:[.:,]\d+)*\W*(?:s|sec|secs|seconds|min|sek)?\.?|#?\d+\W*|[a-z]", re.IGNORECASE).fullmatch
"""Times, lengths of pauses, dots, question marks, numbers of notes, and brackets around one letter."""
_bracket = re.compile(r"\[([^\[\]\n]{1,80})\]")
_replaced = re.compile(r"replac|pseudonym|anonym|ersetz|remplac|vervang", re.IGNORECASE).search


def declared(data: Dataset) -> set[str]:
    """What the rules of transcription name in brackets, on lines that do not speak of replacements."""
    found: set[str] = set()
    for document in documents(data, "transcription rules"):
        for line in words_of(document).splitlines():
            if not _replaced(line):
                found.update(_plain(match[1]) for match in _bracket.finditer(line))
    return found


def unlogged(data: Dataset) -> Iterator[tuple[TextSource, str, int]]:
    """What stands in brackets, is no sign of transcription, and is in no record of a replacement: the source, its text, the place."""
    own = declared(data)
    places = {(fold(one.source), one.span.start) for one in data.study.replacements if one.span is not None}
    everywhere = {(fold(one.source), _plain(one.replacement.strip("[]"))) for one in data.study.replacements if one.span is None}
    for source in data.study.sources:
        text = data.text(source) if isinstance(source, TextSource) else None
        if text is None or not isinstance(source, TextSource) or "[" not in text:
            continue
        id = fold(source.id)
        for match in _bracket.finditer(text):
            logged = (id, match.start()) in places or (id, match.start() + 1) in places or (id, _plain(match[1])) in everywhere
            if not logged and not _is_sign(match[1].strip(), own):
                yield source, text, match.start()


def _is_sign(words: str, own: set[str]) -> bool:
    plain = _plain(words)
    first = plain.partition(":")[0].strip()
    return _empty(words) is not None or _sign(words) is not None or plain in own or first in {sign.partition(":")[0].strip() for sign in own if ":" in sign}


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
