"""Days in a text on which something happened to someone, and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

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
_years = re.compile(rf"\b{_YEAR}\b|\b(?:born|birthday|geboren|Geburtstag)\b", re.IGNORECASE).finditer
_own = re.compile(r"[^\w\n]*[^\n:]{0,30}\b(?:date|dated|datum|fecha|recorded|transcribed|created|version)\b[^\n:]{0,20}[:=]", re.IGNORECASE).match
_HEAD: Final = 20


def days(text: str) -> Iterator[tuple[int, str]]:
    """Where days are named, and whether one is that of a birth; what the header of a transcript says of itself left out."""
    head = _head(text)
    done = 0
    for match in _years(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        done = end if (end := text.find("\n", match.start())) >= 0 else len(text)
        if start >= head or not _own(text, start, done):
            yield from _in_line(text, start, done)


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    births = [match.span() for match in _born.finditer(text, start, end)]
    yield from ((at, "a date of birth") for at, _ in births)
    for match in _day.finditer(text, start, end):
        if not any(match.start() < until and match.end() > at for at, until in births):
            yield match.start(), "the date of a day"


def _head(text: str) -> int:
    """Where the header of a transcript ends: at the first empty line, if it comes soon."""
    found = re.search(r"\r?\n[ \t]*\r?\n", text[:4000])
    return found.end() if found and text.count("\n", 0, found.start()) < _HEAD else 0
