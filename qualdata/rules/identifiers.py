"""Signs in a text that may give someone away: addresses, numbers, codes of places. Never the words themselves, only where and what kind.

Each pattern is tried only where there is what it needs, and takes time linear in the text. Numbers that carry a check
digit count only if it is right. Numbers without any sign of what they are, ages, amounts, years, times and the codes of a study, do not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from qualdata.rules.digits import Run, digits
from qualdata.rules.windows import windows

__all__ = ["found", "home_folder", "login"]

Match = re.Match[str]

_home = re.compile(
    r"""(?:\b[A-Za-z]:[\\/]|\\)(?:Users|Documents\ and\ Settings)[\\/](?!(?:Public|Default|All\ Users|Shared)\b)[^\\/:*?"<>|\s]
      |(?<![\w./:-])(?:/home/|/Users/(?!Shared\b))\w
      |///(?:home|Users)/(?!Shared\b)\w""",
    re.VERBOSE,
)
home_folder = _home.search
"""Whether a path lies in someone's home folder."""
login = re.compile(r"[\w.-]{2,}\\[\w.$-]{2,}|[\w.+-]+@[\w-]+(?:\.[\w-]+)*").fullmatch
"""Whether a name is that of an account: `DOMAIN\\user`, or an e-mail address."""

_address = re.compile(r"(?<![\w.+-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_spoken = re.compile(r"\b[\w.-]{2,40} (?:at|@) [\w-]{2,40} (?:dot|\.) (?:com|org|net|edu|gov|co|de|nl|ca|au|uk|fr)\b", re.IGNORECASE)
_bracketed = re.compile(r"\b[\w.-]{2,40} ?[(\[](?:at|@)[)\]] ?[\w-]{2,40}(?: ?(?:[(\[](?:dot|\.)[)\]]|\.) ?[\w-]{2,40}){1,4}", re.IGNORECASE)
_handle = re.compile(r"(?<![\w@.])@[^\W\d][\w.]{1,29}(?![\w@])")
_url = re.compile(
    r"\b(?:https?://(?!(?:dx\.)?doi\.org/)|www\.)[^\s<>\"')\]]{3,}|\b(?:facebook|instagram|linkedin|tiktok|twitter|youtube|reddit)\.com/\w|\b(?:t|wa|m)\.me/\w", re.IGNORECASE
)


# ---- numbers with a check digit ----
def _digits(text: str) -> list[int]:
    return [int(c) for c in text if c.isdigit()]


def _luhn(text: str) -> bool:
    """ISO/IEC 7812-1: cards, and the social insurance numbers of Canada."""
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(reversed(_digits(text)))) % 10 == 0


def _weighed(weights: tuple[int, ...], modulus: int) -> Callable[[str], bool]:
    """A sum of weighed digits that the modulus divides."""
    return lambda text: len(_digits(text)) >= len(weights) and sum(w * d for w, d in zip(weights, _digits(text), strict=False)) % modulus == 0


def _medicare(text: str) -> bool:
    digits = _digits(text)
    return sum(w * d for w, d in zip((1, 3, 7, 9, 1, 3, 7, 9), digits, strict=False)) % 10 == digits[8]


def _iban(text: str) -> bool:
    """ISO 13616: moved round and read as a number, it leaves 1 when divided by 97."""
    plain = text.replace(" ", "")
    return len(plain) >= 15 and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _hetu(text: str) -> bool:
    return "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(text[:6] + text[7:10]) % 31] == text[10]


def _always(text: str) -> bool:
    return True


_NUMBERS: Final[dict[str, tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]]] = {
    "a bank account number (IBAN)": ((re.compile(r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"), _iban),),
    "an id number": (
        (re.compile(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])"), _always),  # USA, social security
        (re.compile(r"(?<![\w-])\d{3}-\d{3}-\d{3}(?![\w-])"), _luhn),  # Canada, social insurance
        (re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b"), _always),  # United Kingdom, national insurance
        (re.compile(r"(?<![\w-])[2-6]\d{3} \d{5} \d(?![\w-])"), _medicare),  # Australia, Medicare
        (re.compile(r"(?<![\w-])(?:0[1-9]|[12]\d|3[01])(?:0\d|1[0-2])\d\d[-+A]\d{3}[0-9A-FHJ-NPR-Y]\b"), _hetu),  # Finland
        (re.compile(r"(?<![\w-])\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\w-])"), _luhn),  # a card
        (re.compile(r"\b(?i:NHS(?: number| no\.?)?)\W{1,3}(?:is )?\d{3} ?\d{3} ?\d{4}\b"), _weighed((10, 9, 8, 7, 6, 5, 4, 3, 2, 1), 11)),
        (re.compile(r"\b(?i:TFN|tax file number)\W{1,3}(?:is )?\d{3} ?\d{3} ?\d{3}\b"), _weighed((1, 4, 3, 7, 5, 8, 6, 9, 10), 11)),
        (re.compile(r"\b(?i:BSN|burgerservicenummer)\W{1,3}(?:is )?\d{4} ?\d{2} ?\d{3}\b"), _weighed((9, 8, 7, 6, 5, 4, 3, 2, -1), 11)),
        (re.compile(r"\b(?i:passport|driver'?s licen[cs]e|licen[cs]e|Reisepass|Personalausweis)(?i: (?:number|no\.?|nummer))?\W{1,3}(?:is )?[A-Z]{0,2}\d{6,9}\b"), _always),
    ),
}  # fmt: skip

# ---- telephone numbers ----
_number = re.compile(r"(?<![\w.,:/-])(?:\+|\()?\d(?:[ \u00a0.\-/()\u2013]{0,3}\d){6,16}(?![\w:])")
_date = re.compile(r"(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1\d{2,4}|\d{4}([./-])\d{1,2}\2\d{1,2})(?!\d)").search
_years = re.compile(r"(?:1[89]|20)\d\d\W{1,3}(?:1[89]|20)\d\d").match
_catalogued = re.compile(r"\b(?:ISBN|ISSN|EAN|ORCID|DOI)\b[^\n]{0,16}$", re.IGNORECASE).search
_north_american = re.compile(r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]{0,2}[2-9]\d\d[-. ]\d{4}").fullmatch
_told = re.compile(
    r"\b(?:phone|mobile|cell|call(?: me)?(?: on| at)?|ring(?: me)?(?: on)?|tel|telefon|telefoon|handy|rufnummer|number(?: is|'s)|fax)\b[^\d\n]{0,12}$", re.IGNORECASE
).search


def _telephone(around: str, match: Match) -> bool:
    """Whether a run of digits is written as a telephone number is, or said to be one."""
    text = match[0]
    digits = "".join(c for c in text if c.isdigit())
    if _date(text) or _years(text) or _catalogued(around, max(match.start() - 24, 0), match.start()):
        return False
    if text[0] == "+" or (digits[:2] == "00" and digits[2] != "0"):
        return 8 <= len(digits) <= 15
    if digits[0] == "0" and digits[1] != "0" and text[1] not in ".," and 9 <= len(digits) <= 12:
        return True
    return _north_american(text) is not None or (len(digits) <= 15 and _told(around, max(match.start() - 40, 0), match.start()) is not None)


# ---- codes of places ----
_UK: Final = frozenset(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE "
    "KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW "
    "UB W WA WC WD WF WN WR WS WV YO ZE".split()
)  # fmt: skip
_STATES: Final = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_NO_PLACE: Final = frozenset("AD AM BC BP CD CE CM EC EU GB HP HZ ID II IT IV KB KG KM MB MG ML MM NZ OK PC PM SA SD SS TB TV UK UN US USA VI XX".split())
"""Two capitals that stand after a number, and make it no postcode of the Netherlands."""
_COUNTED: Final = frozenset(
    "Euro Mark Franken Dollar Menschen Leute Leuten Einwohner Einwohnern Mitarbeiter Mitarbeitern Kilometer Meter Schritte Schritten Jahre Jahren Stunden Tage".split()
)
"""What is counted in German, with a capital as the name of a place."""


def _british(match: Match) -> bool:
    return match["area"] in _UK


def _dutch(match: Match) -> bool:
    """A number that could be a year counts only with the name of a place after it."""
    return match["letters"] not in _NO_PLACE and (match["place"] is not None or not "1800" <= match["number"] <= "2099")


def _german(match: Match) -> bool:
    return match["place"] not in _COUNTED


def _any(match: Match) -> bool:
    return True


_PLACES: Final = (
    (re.compile(r"\b(?P<area>[A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"), _british),
    (re.compile(r"(?<![\w-])(?P<number>[1-9]\d{3}) ?(?P<letters>[A-Z]{2})\b(?P<place>,? [A-Z][a-z]{2,})?"), _dutch),
    (re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d\b"), _any),
    (re.compile(rf"\b(?:{_STATES}),? \d{{5}}(?:-\d{{4}})?(?![\w-])"), _any),
    (re.compile(r"\b(?:(?i:NSW) [12]|(?i:ACT) [02]|(?i:VIC) [38]|(?i:QLD) [49]|SA 5|WA 6|(?i:TAS) 7|NT 0)\d{3}\b"), _any),
    (re.compile(r"(?<![\w-])D-\d{5}\b"), _any),
    (re.compile(r"(?<![\w-])(?:AT|BE|CH|DK|FIN?|NO|SE)-\d{4,5} (?P<place>[A-ZÄÖÜÅÉ][a-zäöüåé]{2,})"), _any),
    (re.compile(r"(?<![\w-])0\d{4} (?P<place>[A-ZÄÖÜÅ][a-zäöüßå]{2,})"), _german),  # Germany, Finland: no amount begins with 0
    (re.compile(r"\b(?:in|aus|nach|bei) \d{5} (?P<place>[A-ZÄÖÜ][a-zäöüß]{2,})"), _german),
    (re.compile(r"(?:straße|strasse|str\.|weg|platz|allee|gasse) \d{1,4} ?[a-z]?, ?\d{5} (?P<place>[A-ZÄÖÜ][a-zäöüß]+)"), _german),
    (re.compile(r"\b(?i:postcode|post code|postal code|zip|zip code|PLZ|Postleitzahl)\b[^\w\n]{0,3}(?:is |was |ist |war )?\d{4,5}\b"), _any),
)  # fmt: skip

_WAYS: Final[tuple[tuple[str, re.Pattern[str], Callable[[str, Match], bool]], ...]] = (
    *((kind, pattern, lambda _, match, right=right: right(match[0])) for kind, ways in _NUMBERS.items() for pattern, right in ways),
    ("a telephone number", _number, _telephone),
    *(("a postcode", pattern, lambda _, match, right=right: right(match)) for pattern, right in _PLACES),
)
"""All patterns with digits, in the order in which they are believed, each with what tells whether a match is right."""

# ---- where to look ----
_goes_on = re.compile(r"[0-9]+(?:[A-Za-z]|[ \u00a0.\-/()\u2013]{1,3}[0-9]| [A-Z]{2}\b)").match
_ends_telling = re.compile(r"(?:\b(?:NSW|ACT|VIC|QLD|SA|WA|TAS|NT)|\b(?:AT|BE|CH|DK|NO)-|code|zip|PLZ|zahl|is|was|ist|war)\W{0,3}\Z", re.IGNORECASE).search
_LONG: Final = 5
_AROUND: Final = 60


def found(text: str, runs: list[Run] | None = None) -> Iterator[tuple[int, str]]:
    """Where signs stand that may give someone away, and of what kind; *runs* are its digits, if they are known."""
    if "@" in text or (" dot" in text and " dot " in text):  # nearly always told by the first, which is found much faster
        yield from ((match.start(), "an e-mail address") for pattern in (_address, _spoken) for match in pattern.finditer(text))
        yield from ((match.start(), "a handle") for match in _handle.finditer(text))
    if "at)" in text or "at]" in text:
        yield from ((match.start(), "an e-mail address") for match in _bracketed.finditer(text))
    path = "/" in text or "\\" in text
    if "www." in text or (path and ("://" in text or ".com/" in text or ".me/" in text)):
        yield from ((match.start(), "a web address") for match in _url.finditer(text))
    if path and ("Users" in text or "/home/" in text or "Settings" in text):
        yield from ((match.start(), "a home folder") for match in _home.finditer(text))
    numbers = [(at, end) for at, end in (digits(text) if runs is None else runs) if _may_be(text, at, end)]
    for start, end in windows(numbers, _AROUND, len(text)):
        yield from _within(text, start, end)


def _may_be(text: str, at: int, end: int) -> bool:
    """Whether digits are many, go on, or stand after a word that says what they are; those of `P07:` and `[00:12:31]` do not."""
    size = end - at
    if _goes_on(text, at) or size > _LONG or (size == _LONG and not text[at - 1 : at].isalpha()):
        return True
    return size == _LONG - 1 and not text[at - 1 : at].isalnum() and _ends_telling(text, max(at - 14, 0), at) is not None


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The signs with digits in a part of a text; of those that overlap, the first kind."""
    taken: list[tuple[int, int]] = []
    for kind, pattern, right in _WAYS:
        for match in pattern.finditer(text, start, end):
            if not any(match.start() < until and at < match.end() for at, until in taken) and right(text, match):
                taken.append(match.span())
                yield match.start(), kind
