"""Days in a text on which something happened to someone, and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualdata.rules.digits import Run, digits
from qualdata.rules.windows import windows

__all__ = ["days"]

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    "|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|januari|februari|maart|mei|augustus"
    "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
"""In English, German, Dutch, French and Spanish."""
_YEAR: Final = r"(?:19|20)\d\d"
_day = re.compile(
    rf"""(?<![\w./-])(?:
        (?:0?[1-9]|[12]\d|3[01])(?P<sign>[./-])(?:0?[1-9]|1[0-2])(?P=sign){_YEAR}
      | (?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])/{_YEAR}
      | {_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])
      | (?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th|er|\.)?\ (?:of\ |de\ )?(?:{_MONTHS})\.?,?\ (?:de\ )?{_YEAR}
      | (?:{_MONTHS})\.?\ (?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?,?\ {_YEAR}
    )(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
_born = re.compile(
    rf"""\b(?:born|birthday|birth\ ?date|date\ of\ birth|dob|geboren|geburtstag|geburtsdatum|geboortedatum|née?\ le|nacid[oa])\b[^.!?\n]{{0,30}}?(?:
        \b{_YEAR}\b
      | \b\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}
      | \b\d{{1,2}}(?:st|nd|rd|th|\.)?\ (?:of\ )?(?:{_MONTHS})\b
      | \b(?:{_MONTHS})\ \d
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_BIRTHS: Final = ("born", "irth", "DOB", "dob:", "eboren", "eboorte", "eburt", "né", "naci")
"""One of these stands wherever a birth is named."""
_own = re.compile(r"[^\w\n]*[^\n:]{0,30}\b(?:date|dated|datum|fecha|recorded|transcribed|created|version)\b[^\n:]{0,20}[:=]", re.IGNORECASE).match
_HEAD: Final = 20
_AROUND: Final = 30
_SENTENCE: Final = 60


def days(text: str, runs: list[Run] | None = None) -> Iterator[tuple[int, str]]:
    """Where days are named, and whether one is that of a birth; what the header of a transcript says of itself left out.

    *runs* are the digits of the text, if they are known: no day is named without any.
    """
    runs = digits(text) if runs is None else runs
    begun = [(at, end) for at, end in runs if not text[at - 1 : at].isalnum()]
    births = [match.span() for start, end in windows(begun, _SENTENCE, len(text)) if _tells(text[start:end]) for match in _born.finditer(text, start, end)]
    yield from ((at, "a date of birth") for at, _ in births)
    head = _head(text)
    for start, end in windows([(at, end) for at, end in runs if _may_be_year(text, at, end)], _AROUND, len(text)):
        for match in _day.finditer(text, start, end):
            if not _of_itself(text, match.start(), head) and not any(match.start() < until and match.end() > at for at, until in births):
                yield match.start(), "the date of a day"


def _tells(text: str) -> bool:
    """Whether a word may stand there that tells of a birth."""
    return any(sign in text for sign in _BIRTHS)


def _may_be_year(text: str, at: int, end: int) -> bool:
    """Whether digits may be those of a year; digits of other scripts beside them go on."""
    return end - at == 4 and text[at] in "12" and text[at + 1] in "90" and not text[at - 1 : at].isdigit() and not text[end : end + 1].isdigit()


def _of_itself(text: str, at: int, head: int) -> bool:
    """Whether a date stands in the header of a transcript, as its own."""
    return at < head and _own(text, text.rfind("\n", 0, at) + 1) is not None


def _head(text: str) -> int:
    """Where the header of a transcript ends: at the first empty line, if it comes soon."""
    found = re.search(r"\r?\n[ \t]*\r?\n", text[:4000])
    return found.end() if found and text.count("\n", 0, found.start()) < _HEAD else 0
