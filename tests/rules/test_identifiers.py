"""Signs that may give someone away: hard cases both ways. Numbers and addresses are those that standards give as examples, or are made up."""

from __future__ import annotations

import pytest

from qualdata.rules.dates import days
from qualdata.rules.identifiers import found, home_folder, login

E, H, U, T, N, B, P, F = (
    "an e-mail address", "a handle", "a web address", "a telephone number", "an id number", "a bank account number (IBAN)", "a postcode", "a home folder",
)  # fmt: skip

SIGNS = {
    E: [
        "Write to ann.lee@example.org please.", "a_b+c@mail.example.co.uk", "<o'neil@example.com>", "mailto:x1@sub.example.de.", "It was ann at example dot com, all small.",
        "ÅSA@EXAMPLE.SE", "ann (at) example (dot) com", "ann[at]example.com",
    ],
    H: ["I post as @quiet_garden on there.", "(@ann.lee7)", "ask @Tomato_Tim!"],
    U: ["see https://example.org/a?b=1#c.", "on www.example.com/group", "http://example.org", "facebook.com/ann.lee.9", "Look at HTTPS://EXAMPLE.ORG", "t.me/ann9"],
    T: [
        "ring +61 2 9999 0000", "+44 (0)20 7946 0018", "+1-202-555-0143", "0049 30 123456", "+49 (0) 30 / 23125 000", "+31 6 12345678", "tel. 0412 345 678", "(03) 9123 4567",
        "020 7946 0958", "01632 960983", "030/23125-000", "0171 3920011", "06-12345678", "020 794 0123", "(202) 555-0143", "202-555-0143", "416.555.0123", "1-800-555-0199",
        "My number is 9123 4567.", "call me on 555 0143 after six", "Handy: 0171-3920011", "0412345678", "+358 40 123 4567", "06 12 34 56 78",
    ],
    N: [
        "SSN 219-09-9999", "my NINO is AB123456C", "AB 12 34 56 C", "SIN 046-454-286", "Medicare 2123 45670 1", "131052-308T", "card 4111 1111 1111 1111", "4111-1111-1111-1111",
        "NHS number: 943 476 5919", "TFN 123 456 782", "BSN: 1234 56 782", "passport number PA0940443", "licence no. 123456789",
    ],
    B: ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "NL91 ABNA 0417 1643 00", "FR14 2004 1010 0505 0001 3M02 606", "NO93 8601 1117 947", "DE89370400440532013000"],
    P: [
        "SW1A 1AA", "at M1 1AE now", "B33 8TH", "CR2 6XH,", "DN551PT", "EC1A 1BB", "K1A 0B1", "M5V3L9", "H0H-0H0", "Beverly Hills, CA 90210", "NY 10001-1234", "1012 AB Amsterdam",
        "1234AB", "9999 XZ", "1945 HJ Amsterdam", "Fitzroy VIC 3065", "Newtown, NSW 2042", "Hobart Tas 7000", "Darwin NT 0800", "D-10115 Berlin", "Ich wohne in 10115 Berlin.",
        "Musterstraße 5, 10115 Berlin", "PLZ 10115", "01069 Dresden", "00100 Helsinki", "FI-33100 Tampere", "CH-8001 Z\u00fcrich", "my postcode is 3065", "zip code: 90210",
    ],
    F: [
        r"C:\Users\ann\Desktop\a.txt", "C:/Users/ann/a.txt", "/home/ann/a.txt", "see /Users/ann/Documents", "file:///C:/Users/ann/x", "absolute:///Users/ann/x", "absolute:///C:/Users/ann/x",
        r"\\server\Users\ann\x", r"D:\Documents and Settings\ann\x", "absolute:///home/ann/x",
    ],
}  # fmt: skip

NONE = [
    # ages, years, amounts, times, lengths
    "I was 23, he was 34.", "from 18 19 20 21 22 23 24 25 up", "in 1984, 1985 and 1986", "1998-2003", "1998 – 2003", "the years 1998 2003", "It cost 20,000 or 1,000,000 dollars.",
    "1.000.000 Euro", "100 000 000", "0.12345678", "3.14159265", "20000 Euro", "in 20000 Euro", "vor 10000 Menschen", "mit 15000 Leuten", "at 10:30, or 10.30", "9-5", "24/7",
    "50/50",
    "12-15 years", "2 to 3,5", "1st, 2nd", "the 12 steps", "60%", "the 1990s", "12 x 34", "3 000 people", "10 km",
    # times of transcripts
    "[00:12:31]", "[inaudible 00:12:31]", "(00:12:31.250)", "00:12:31,250 --> 00:12:34,000", "#00:12:31-5#", "[12:31]", "00:01:02 P07: Yes.", "00:12:31 00:12:35",
    # marks
    "[laughs]", "[noise: baby]", "[…]", "[...]", "[both laugh]", "[town]", "[2 secs]", "(.)", "(0.5)",
    # codes of studies, files and references
    "P07", "P07: Yes.", "P07.22", "ID 12", "ID-0012", "INT-03", "W2-P07-2024", "case 10234", "P07_2024-05-17.txt", "Interview 07 2024-05-17", "doi:10.1111/add.13314",
    "https://doi.org/10.1016/j.josat.2024.209570", "10.1177/1609406919899220", "ORCID 0000-0002-1825-0097", "ISBN 978-3-16-148410-0", "ISBN 0-306-40615-2",
    "ISSN 0378-5955", "HREC 2024/0123", "lines 1012-1034",
    "page 1234",
    "2024-05-17", "17.05.2024", "17/05/2024", "05/17/2024", "05.12.2019 10 Uhr", "2024-05-17 10:30", "Date: 2024-05-17", "2024-05", "20240517",
    # what is no postcode
    "in 2019 UK law", "the 2020 US election", "1990 TV", "3000 BC", "1066 AD", "5000 EU citizens", "1012 people", "2024 IT budget", "in 1948 NHS began", "MP3 player",
    "A4 paper", "B12 1st", "H2O",
    "CO2 is", "R2D2", "Covid 19", "G8 and G20", "4WD", "M25 5am", "4 x 4", "P07 2nd time", "WA 2019", "in Vic 12", "SA 20", "HIV 12", "T4 2AB", "phase 2 1AB",
    "00123 at P07", "33100 Euro",
    # what is no address
    "he sat (at last) there", "we were (at home).", "[at first] so",
    "five @ six", "meet @ 10", "a@b", "@", "@ home", "C++ @", "www", "http", "I dot my i's", "look at that dot", "R U @12?",
    # what is no home folder
    "at /home", "go home/ann", "example.org/home/ann", r"C:\Users\Public\x", "/Users/Shared/x", "Users/ann", "internal://a.txt", r"D:\data\a.txt",
    # numbers with a wrong check digit, or none that fits
    "DE89 3704 0044 0532 0130 01", "4111 1111 1111 1112", "123-456-789", "131052-308U", "2123 45671 1", "000-12-3456", "666-12-3456",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SIGNS.items() for text in texts])
def test_signs_are_found(kind: str, text: str) -> None:
    """Each once, as what it is."""
    assert [what for _, what in found(text)] == [kind]
    assert [what for _, what in found(f"I: Well?\nP07: Yes.\n{text}\nI: Good.")] == [kind]


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_so_is_not(text: str) -> None:
    """Nothing is found."""
    assert list(found(text)) == []
    assert list(found(f"P07: And then {text}\n")) == []


def test_where_they_stand_is_told() -> None:
    """The place of the first sign, in code points."""
    text = "\U0001f600 first line\r\nthen ann@example.org and 0412 345 678"
    assert sorted(found(text)) == [(text.index("ann@"), E), (text.index("0412"), T)]


NONSENSE = [
    "1 " * 50_000, "1-" * 50_000, "a@" * 50_000, "a." * 50_000 + "@", "A1" * 50_000, "[" * 50_000, "DE89 " * 20_000, "5, 1" * 20_000, "www." * 25_000,
]


@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: text[:4])
def test_long_nonsense_takes_no_longer_than_its_length(text: str) -> None:
    """Patterns that would try again and again do not come to an end here."""
    list(found(text))
    list(days(text))


@pytest.mark.parametrize(("path", "home"), [(r"C:\Users\ann", True), ("/home/ann", True), ("/Users/ann", True), (r"C:\Users\Public\a", False), ("/srv/data", False)])
def test_home_folders_are_known(path: str, home: bool) -> None:
    """On Windows, Linux and a Mac."""
    assert bool(home_folder(path)) == home


@pytest.mark.parametrize(("name", "account"), [(r"UNI\alee", True), ("alee@uni.example", True), ("Ann Lee", False), ("A", False), ("Coder A (X)", False), ("and/or", False)])
def test_logins_are_known(name: str, account: bool) -> None:
    """By the sign between domain and user."""
    assert bool(login(name)) == account


DAYS = [
    "on 17 May 2003", "17th of May, 2003", "May 17, 2003", "Sept 3rd 2019", "17.5.2003", "17/05/2003", "5/17/2003", "2003-05-17", "am 17. Mai 2003", "op 3 maart 2019",
    "le 14 juillet 1999",
    "el 3 de mayo de 2001", "It was 2003-05-17.",
]  # fmt: skip
BIRTHS = ["I was born in 1984", "born on the 3rd of May", "my birthday is 3 May", "geboren am 3.5.1984", "DOB: 03/05/1984", "date of birth 1984-05-03", "née le 3 mai 1984"]
NO_DAYS = [
    "in 2003", "May 2003", "2003-05", "in May", "17 May", "[00:12:31]", "P07", "on the 17th", "1998-2003", "31.13.2003", "2003-13-01", "99/99/2003", "version 1.2.2003x",
    "may 17 people",
    "born there", "10.1016/2003", "room 12/2003",
]  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_days_are_found(text: str) -> None:
    """In the ways people write them."""
    assert [kind for _, kind in days(text)] == ["the date of a day"]


@pytest.mark.parametrize("text", BIRTHS)
def test_births_are_found(text: str) -> None:
    """Also with a year alone, or without one."""
    assert [kind for _, kind in days(text)] == ["a date of birth"]


@pytest.mark.parametrize("text", NO_DAYS)
def test_months_and_years_are_no_days(text: str) -> None:
    """They may be said."""
    assert list(days(text)) == []


def test_the_date_of_the_interview_in_the_header_is_not_told() -> None:
    """In the header alone; a day in what follows is."""
    header = "Interview: P07\nDate: 2025-03-12\nRecorded: 12 March 2025\nTranscript: complete\n\n"
    assert list(days(header)) == []
    assert [at for at, _ in days(f"{header}P07: It was 17 May 2003.\n")] == [len(header) + len("P07: It was ")]
    assert len(list(days(f"{header}P07: Date: 17 May 2003.\n"))) == 1
