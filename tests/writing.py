"""Small projects in the style of each program that writes them, as hand-written XML.

All speak of the same five lines and the same three codings, so that a test can say what it expects; what
differs is what differs between the programs: names, folders, newlines, marks, letters of GUIDs, and how
positions are counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.independent import CODE_POINTS, NAMESPACE, ONCE, UTF_16, Manner

BOM: Final = b"\xef\xbb\xbf"
TEXT: Final = "I: How is it? \U0001f600\nR: Caf\u00e9 \U0001f469\u200d\U0001f469\u200d\U0001f467 was \u201cfine\u201d.\n\nI: And then?\nR: \U0001d4a9ot\nbad, cafe\u0301.\n"
QUOTES: Final = (
    ("Mood", "Ann", "\U0001f600"),
    ("Good", "Ann", "Caf\u00e9 \U0001f469\u200d\U0001f469\u200d\U0001f467 was"),
    ("Mood", "Ben", "\U0001d4a9ot\nbad, cafe\u0301"),
)
"""Code, coder and words of each coding, newlines as LF."""


def guid(n: int) -> str:
    """The GUID of a number."""
    return f"{n:08x}-aaaa-4bbb-8ccc-0123456789ab"


MOOD, GOOD, ANN, BEN, SOURCE = guid(1), guid(2), guid(3), guid(4), guid(5)
_CODES, _USERS = {"Mood": MOOD, "Good": GOOD}, {"Ann": ANN, "Ben": BEN}


def position(text: str, at: int, manner: Manner = CODE_POINTS) -> int:
    """A position in code points, as another program counts it."""
    before = text[:at].replace("\r\n", "\n") if manner.once else text[:at]
    mark = {"code point": 1, "utf-16": 1, "utf-8": 3}[manner.unit] if manner.bom else 0
    return mark + {"code point": len(before), "utf-16": len(before.encode("utf-16-le")) // 2, "utf-8": len(before.encode())}[manner.unit]


def place(text: str, words: str, manner: Manner = CODE_POINTS) -> str:
    """The attributes that say where words stand."""
    start = text.index(words)
    return f'startPosition="{position(text, start, manner)}" endPosition="{position(text, start + len(words), manner)}"'


def escaped(text: str) -> str:
    """A string as the value of an attribute."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\r", "&#13;"), ("\n", "&#10;")):
        text = text.replace(character, entity)
    return text


def project(*body: str, origin: str | None = None, attributes: str = "") -> str:
    """A project; its parts must come in the order of the schema."""
    said = "" if origin is None else f' origin="{origin}"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="{NAMESPACE}" name="Small"{said}{attributes}>\n' + "\n".join(body) + "\n</Project>\n"


USERS: Final = f'<Users><User guid="{ANN}" name="Ann"/><User guid="{BEN}" name="Ben"/></Users>'
CODES: Final = f'<CodeBook><Codes><Code guid="{MOOD}" name="Mood" isCodable="true"><Code guid="{GOOD}" name="Good" isCodable="true"/></Code></Codes></CodeBook>'


def selections(text: str, manner: Manner, *, inside: str = "", name: Callable[[str], str] = lambda words: "", date: str = "") -> str:
    """The three codings, each on a selection of its own."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return "\n".join(
        f'<PlainTextSelection guid="{guid(10 + i)}" name="{escaped(name(words))}" {place(text, words.replace(chr(10), newline), manner)}{date}>{inside}'
        f'<Coding guid="{guid(20 + i)}" creatingUser="{_USERS[user]}"><CodeRef targetGUID="{_CODES[code]}"/></Coding></PlainTextSelection>'
        for i, (code, user, words) in enumerate(QUOTES)
    )


def pack(path: Path, qde: str | bytes, members: Mapping[str, bytes] | None = None, *, name: str = "project.qde", stored: bool = False) -> Path:
    """A `.qdpx` with these members; a member whose name ends in `/` is a folder."""
    with ZipFile(path, "w", ZIP_STORED if stored else ZIP_DEFLATED) as archive:
        archive.writestr(name, qde)
        for member, data in (members or {}).items():
            archive.writestr(member, data)
    return path


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


# ---- one function for each program ----
def nvivo_windows(path: Path) -> Path:
    """Byte order mark, CR LF, `Sources/`, a .docx beside each text, UTF-16 positions, empty descriptions and names."""
    text, name = crlf(TEXT), guid(5)
    marks = selections(text, UTF_16, inside="<Description />")
    source = f'<TextSource guid="{SOURCE}" name="Talk" richTextPath="internal://{name}.docx" plainTextPath="internal://{name}.txt">\n<Description />\n{marks}\n</TextSource>'
    qde = project(USERS, CODES, f"<Sources>{source}</Sources>", "<Description />", origin="NVivo for Windows 12.6", attributes=' basePath=""')
    return pack(path, qde, {f"Sources/{name}.docx": b"PK placeholder of a docx", f"Sources/{name}.txt": BOM + text.encode()})


def nvivo_mac(path: Path) -> Path:
    """LF, no mark, `sources/` with an empty `.root`, nothing compressed, users with initials, UTF-16 positions."""
    name = guid(5)
    users = f'<Users><User guid="{ANN}" name="Ann" id="A"/><User guid="{BEN}" name="Ben" id="B"/></Users>'
    source = f'<TextSource guid="{SOURCE}" name="Talk" plainTextPath="internal://{name}.txt" richTextPath="internal://{name}.docx">{selections(TEXT, UTF_16)}</TextSource>'
    qde = project(users, CODES, f"<Sources>{source}</Sources>", origin="NVivo for Mac 12.7.0")
    return pack(path, qde, {"sources/.root": b"", f"sources/{name}.txt": TEXT.encode(), f"sources/{name}.docx": b"PK placeholder of a docx"}, stored=True)


def atlasti(path: Path) -> Path:
    """`Project.qde`, `Sources/`, GUIDs in capitals, CR LF counted once, names that quote and are cut with `…`, sets for attributes, a PDF coded twice over."""
    text = crlf(TEXT)

    def name(words: str) -> str:
        words = " ".join(words.split())
        return words if len(words) <= 8 else words[:8] + "…"

    coding = f'<Coding guid="{guid(40)}" creatingUser="{ANN}"><CodeRef targetGUID="{GOOD}"/></Coding>'
    pdf = (
        f'<PDFSource guid="{guid(30)}" name="Leaflet" path="internal://{guid(31)}.pdf">'
        f'<PDFSelection guid="{guid(32)}" name="Eat well" page="0" firstX="18" firstY="45" secondX="577" secondY="234">'
        f'<Representation guid="{guid(33)}"><PlainTextContent>Eat well</PlainTextContent></Representation>{coding}</PDFSelection>'
        f'<Representation guid="{guid(34)}" name="Leaflet" plainTextPath="internal://{guid(34)}.txt">'
        f'<PlainTextSelection guid="{guid(32)}" name="Eat well" startPosition="4" endPosition="12">{coding}</PlainTextSelection></Representation></PDFSource>'
    )
    audio = (
        f'<AudioSource guid="{guid(50)}" path="relative:///talk.m4a"><Transcript guid="{guid(51)}" plainTextPath="internal://{guid(5)}.txt">'
        f'<SyncPoint guid="{guid(52)}" timeStamp="0" position="0"/><SyncPoint guid="{guid(53)}" timeStamp="16170" position="{position(text, text.index("R: "), ONCE)}"/>'
        f'<TranscriptSelection guid="{guid(54)}" name="00:00.00 – 00:16.17" fromSyncPoint="{guid(52)}" toSyncPoint="{guid(53)}">'
        f'<Coding guid="{guid(55)}" creatingUser="{ANN}"><CodeRef targetGUID="{MOOD}"/></Coding></TranscriptSelection></Transcript></AudioSource>'
    )
    sets = f'<Sets><Set guid="{guid(60)}" name="age: 67"><MemberSource targetGUID="{SOURCE}"/></Set><Set guid="{guid(61)}" name="&lt;3"/></Sets>'
    source = f'<TextSource guid="{SOURCE}" name="Talk" plainTextPath="internal://{guid(5)}.txt">{selections(text, ONCE, name=name)}</TextSource>'
    origin = "ATLAS.ti 8.4.0 573 , macOS Version 10.14.3 (Build 18D109)"
    qde = project(USERS, CODES, f"<Sources>{source}{pdf}{audio}</Sources>", sets, origin=origin, attributes=' basePath="/Users/ann/Media"')
    qde = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda m: m[0].upper(), qde)
    files = {f"{guid(5)}.txt": text.encode(), f"{guid(31)}.pdf": b"%PDF-1.4 nothing", f"{guid(34)}.txt": b"All Eat well now"}
    return pack(path, qde, {f"Sources/{n.upper().replace('.TXT', '.txt').replace('.PDF', '.pdf')}": data for n, data in files.items()}, name="Project.qde")


def maxqda(path: Path) -> Path:
    """GUIDs in capitals, colours in small letters, CR LF counted once, a selection without coding for a comment, an unnamed case for each text."""
    text = crlf(TEXT)
    comment = f'<PlainTextSelection guid="{guid(70)}" {place(text, "fine", ONCE)}><Description>really?</Description></PlainTextSelection>'
    codes = CODES.replace('name="Mood"', 'name="Mood" color="#ff8800"')
    cases = f'<Cases><Case guid="{guid(71)}"><SourceRef targetGUID="{SOURCE}"/></Case></Cases>'
    source = f'<TextSource guid="{SOURCE}" name="Talk" plainTextPath="internal://{guid(5)}.txt">{selections(text, ONCE)}{comment}</TextSource>'
    qde = project(USERS, codes, cases, f"<Sources>{source}</Sources>", origin="MAXQDA 24 (Release 24.7.0)")
    qde = re.sub(r'(?<=uid=")[^"]+|(?<=UID=")[^"]+|(?<=User=")[^"]+', lambda m: m[0].upper(), qde)
    return pack(path, qde, {f"sources/{guid(5)}.txt": text.encode()})


def qualcoder(path: Path) -> Path:
    """A mark that is not counted, LF, names with the words, a project by no one, a value that is none, a note that marks another text."""
    variables = f'<Variables><Variable guid="{guid(80)}" name="age" typeOfVariable="Float"><Description/></Variable></Variables>'
    cases = f'<Cases><Case guid="{guid(81)}" name="Case 1"><VariableValue><VariableRef targetGUID="{guid(80)}"/></VariableValue><SourceRef targetGUID="{SOURCE}"/></Case></Cases>'
    marks = selections(TEXT, CODE_POINTS, name=str)
    source = f'<TextSource guid="{SOURCE}" name="Talk" plainTextPath="internal://{guid(5)}.txt">{marks}<NoteRef targetGUID="{guid(82)}"/></TextSource>'
    mark = f'<PlainTextSelection guid="{guid(83)}" startPosition="64" endPosition="69"/>'
    note = f'<Notes><Note guid="{guid(82)}"><PlainTextContent>an annotation</PlainTextContent>{mark}</Note></Notes>'
    qde = project(USERS, CODES, variables, cases, f"<Sources>{source}</Sources>", note, origin="QualCoder 3.6", attributes=f' creatingUserGUID="{guid(99)}"')
    return pack(path, qde, {"sources/": b"", f"sources/{guid(5)}.txt": BOM + TEXT.encode()})


def qc(path: Path) -> Path:
    """File names without `internal://`, texts without a name."""
    source = f'<TextSource guid="{SOURCE}" plainTextPath="talk.txt">{selections(TEXT, CODE_POINTS)}</TextSource>'
    return pack(path, project(USERS, CODES, f"<Sources>{source}</Sources>", origin="qc 1.3.2"), {"sources/talk.txt": TEXT.encode()})


WRITERS: Final[dict[str, tuple[Callable[[Path], Path], Manner]]] = {
    "NVivo for Windows": (nvivo_windows, UTF_16),
    "NVivo for Mac": (nvivo_mac, UTF_16),
    "ATLAS.ti": (atlasti, ONCE),
    "MAXQDA": (maxqda, ONCE),
    "QualCoder": (qualcoder, CODE_POINTS),
    "qc": (qc, CODE_POINTS),
}
"""Each program, with the way it counts."""
