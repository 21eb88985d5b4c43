"""Makes REFI-QDA projects (.qdpx) of any size, valid against Project.xsd, with known truth.

    python benchmarks/gen_qdpx.py --size S --out s.qdpx --truth s.csv
    python benchmarks/gen_qdpx.py --interviews 50 --codes 80 --selections 9000 --codings 12000 --out x.qdpx

The same arguments give the same bytes. Positions are Unicode code points, half-open. The texts hold characters
beyond the Basic Multilingual Plane and combining marks, with LF newlines and no byte order mark, so that positions
counted in UTF-16 units or UTF-8 bytes give the wrong words. The truth is a CSV file with one row a coding, as
this generator knows it: source, code, coder, start, end, text. Needs the standard library only.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from itertools import accumulate, cycle
from os import PathLike
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

NAMESPACE = "urn:QDA-XML:project:1.0"
HEADER = ("source", "code", "coder", "start", "end", "text")
START = datetime(2024, 1, 8, 9)
SYLLABLES = (
    "ba be bi bo da de di do fa fe fi ga ge go ha he hi ka ke ko la le li lo ma me mi mo na ne no "
    "pa pe pi ra re ri ro sa se si so ta te ti to va ve vi wa we ya yo"
).split()
FREQUENT = "the and I to of a it that was we you in so they but".split()
AWKWARD = (
    "\U0001f600 \U0001f469\u200d\U0001f52c cafe\u0301 nai\u0308ve \U0001f1f3\U0001f1f1 \u0928\u092e\u0938\u094d\u0924\u0947 \U00020bb7\u91ce\u5bb6 "
    "\U0001d11e re\u0301sume\u0301 \u201cquoted\u201d a<b R&D \U0001f44d\U0001f3fd \u00e9t\u00e9"
).split()
AWKWARD_SHARE = 0.004
VARIABLES = {"Age": "Integer", "Gender": "Text", "Consent": "Boolean", "Score": "Float", "Interviewed on": "Date", "Transcribed at": "DateTime"}


@dataclass(frozen=True)
class Size:
    """How much a project holds. `words` counts those of one interview."""

    interviews: int
    words: int
    codes: int
    selections: int
    codings: int


SIZES = {
    "XS": Size(3, 800, 20, 120, 160),
    "S": Size(18, 8000, 60, 2500, 3250),
    "M": Size(200, 8000, 400, 60_000, 80_000),
    "L": Size(2000, 8000, 1500, 600_000, 800_000),
}


@dataclass(frozen=True)
class Named:
    """A user, a code or a source: what others refer to."""

    guid: str
    name: str


class Chance:
    """All that is drawn at random. The order of the draws makes the bytes, so keep it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        words = list(FREQUENT)
        while len(words) < 3000:
            words.append("".join(self.random.choices(SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3, 4)))))
        weights = [1 / (i + 3) for i in range(len(words))]
        weights += [sum(weights) * AWKWARD_SHARE / len(AWKWARD)] * len(AWKWARD)
        self.vocabulary, self.weights = words + AWKWARD, list(accumulate(weights))

    def guid(self) -> str:
        h = f"{self.random.getrandbits(128):032x}"
        return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{'89ab'[int(h[16], 16) & 3]}{h[17:20]}-{h[20:]}"

    def guids(self, count: int) -> list[str]:
        return [self.guid() for _ in range(count)]

    def when(self) -> str:
        return (START + timedelta(seconds=self.random.randrange(60_000_000))).strftime("%Y-%m-%dT%H:%M:%SZ")

    def words(self, count: int) -> list[str]:
        return self.random.choices(self.vocabulary, cum_weights=self.weights, k=count)

    def phrase(self, count: int) -> str:
        """Words as XML content."""
        return escape(" ".join(self.words(count)))

    def interview(self, length: int, number: int) -> str:
        """A conversation: the interviewer says little, the participant much."""
        words, out, at = self.words(length), [], 0
        turns = cycle((("Interviewer:", 6, 25), (f"P{number:04d}:", 30, 160)))
        while at < length:
            speaker, least, most = next(turns)
            out.append(speaker)
            end = min(length, at + self.random.randrange(least, most))
            while at < end:
                sentence = words[at : min(end, at + self.random.randrange(5, 20))]
                at += len(sentence)
                out.append(" " + " ".join(sentence) + self.random.choice((".", ".", ".", "?", "!", "\u2026")))
            out.append("\n\n")
        return "".join(out)


class Project:
    """One project: its parts as XML, each drawn when it is asked for."""

    def __init__(self, name: str, size: Size, seed: int) -> None:
        self.name, self.size, self.seed, self.chance = name, size, seed, Chance(seed)
        self.random = self.chance.random
        guid, guids = self.chance.guid, self.chance.guids
        self.users = [Named(guid(), "Alex Coder"), Named(guid(), "Bo Co\u0308der \U0001f9d0")]
        self.notes = guids(max(12, size.interviews * 2 + size.selections // 50))
        self.unused_notes = iter(self.notes)
        self.codes = [Named(guid(), f"Code {i:04d} " + " ".join(self.chance.words(2))) for i in range(size.codes)]
        self.themes = max(2, size.codes // 12)
        self.children = self._children()
        self.in_cases: dict[int, list[str]] = {}
        self.extra_left, self.selections_left = size.codings - size.selections, size.selections

    def _children(self) -> dict[int, list[int]]:
        """The codebook's three levels: about 1/12 themes, 4/12 categories, 7/12 leaves."""
        categories = max(4, self.size.codes // 3)
        children: dict[int, list[int]] = {i: [] for i in range(self.size.codes)}
        for i in range(self.themes, self.size.codes):
            at = i - self.themes
            parent = at % self.themes if at < categories else self.themes + (at - categories) % categories
            children[parent].append(i)
        return children

    def head(self) -> str:
        """All that stands before the cases."""
        return "".join([self._start(), self._users(), self._codebook(), self._variables()])

    def _start(self) -> str:
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<Project xmlns="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            f'xsi:schemaLocation="{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd" '
            f'name="Perf {self.name}" origin="gen_qdpx 1" creatingUserGUID="{self.users[0].guid}" creationDateTime="2024-01-08T09:00:00Z">'
        )

    def _users(self) -> str:
        rows = (f'<User guid="{user.guid}" name={quoteattr(user.name)} id="{initials}"/>' for user, initials in zip(self.users, ("AC", "BC"), strict=True))
        return f"<Users>{''.join(rows)}</Users>"

    def _codebook(self) -> str:
        return "<CodeBook><Codes>" + "".join(self._code(i) + "\n" for i in range(self.themes)) + "</Codes></CodeBook>"

    def _code(self, i: int) -> str:
        code = self.codes[i]
        out = f'<Code guid="{code.guid}" name={quoteattr(code.name)} isCodable="true" color="#{self.random.getrandbits(24):06X}">'
        if self.random.random() < 0.8:
            out += f"<Description>{self.chance.phrase(18)}</Description>"
        out += self._note_ref(0.1)
        return out + "".join(self._code(child) for child in self.children[i]) + "</Code>"

    def _note_ref(self, share: float) -> str:
        """A reference to a note that none refers to yet, in this share of the calls."""
        guid = next(self.unused_notes, None) if self.random.random() < share else None
        return f'<NoteRef targetGUID="{guid}"/>' if guid else ""

    def _variables(self) -> str:
        self.variables = dict(zip(VARIABLES, self.chance.guids(len(VARIABLES)), strict=True))
        rows = (
            f'<Variable guid="{self.variables[name]}" name="{name}" typeOfVariable="{kind}"><Description>{name} of the participant</Description></Variable>'
            for name, kind in VARIABLES.items()
        )
        return f"<Variables>{''.join(rows)}</Variables>"

    def draw_sources(self) -> None:
        """Name the sources, and draw what the making of each relies on."""
        self.sources = [Named(self.chance.guid(), f"Interview {i:04d}") for i in range(1, self.size.interviews + 1)]
        self.code_weights = [1 / (i + 5) for i in range(self.size.codes)]
        self.code_order = list(range(self.size.codes))
        self.random.shuffle(self.code_order)

    def source(self, i: int, text: str) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
        """An interview, piece by piece: XML, and the rows of truth in it."""
        source, (first, second), when = self.sources[i], self.users, self.chance.when
        yield (
            f'<TextSource guid="{source.guid}" name={quoteattr(source.name)} plainTextPath="internal://{source.guid}.txt" '
            f"{_created(first, when())} {_modified(second, when())}>"
            f"<Description>Semi-structured interview {i + 1}</Description>\n"
        ), []
        each, more = divmod(self.size.selections, self.size.interviews)
        count = each + (i < more)
        starts = sorted(self.random.randrange(len(text) - 500) for _ in range(count))
        codes = iter(self.random.choices(self.code_order, weights=self.code_weights, k=count * 4))
        for start in starts:
            yield self._selection(i, text, start, codes)
        value = f'<VariableValue><VariableRef targetGUID="{self.variables["Interviewed on"]}"/><DateValue>{_date(i)}</DateValue></VariableValue>'
        yield f"{self._note_ref(0.5)}{value}</TextSource>\n", []

    def _selection(self, i: int, text: str, start: int, codes: Iterator[int]) -> tuple[str, list[tuple[object, ...]]]:
        end = start + self.random.randrange(20, 400)
        guid, user, when = self.chance.guid(), self.users[self.random.random() < 0.4], self.chance.when()
        name = " ".join(text[start : start + 24].split())
        out = [f'<PlainTextSelection guid="{guid}" name={quoteattr(name)} startPosition="{start}" endPosition="{end}" {_created(user, when)} {_modified(user, when)}>']
        if self.random.random() < 0.05:
            out.append(f"<Description>{self.chance.phrase(8)}</Description>")
        if self.random.random() < 0.002:
            self.in_cases.setdefault(i, []).append(guid)
        rows: list[tuple[object, ...]] = []
        for code, coder in self._laid(user, codes):
            out.append(f'<Coding guid="{self.chance.guid()}" {_created(coder, when)}><CodeRef targetGUID="{code.guid}"/>{self._note_ref(0.01)}</Coding>')
            rows.append((self.sources[i].name, code.name, coder.name, start, end, text[start:end]))
        out.append(self._note_ref(0.02) + "</PlainTextSelection>\n")
        return "".join(out), rows

    def _laid(self, user: Named, codes: Iterator[int]) -> Iterator[tuple[Named, Named]]:
        """The codes and coders of one selection, no pair twice."""
        seen: set[tuple[int, str]] = set()
        for j in range(self._count_of_codings()):
            code = next(codes)
            coder = user if j == 0 else self.users[self.random.random() < 0.5]
            while (code, coder.guid) in seen:
                code = (code + 1) % self.size.codes
            seen.add((code, coder.guid))
            yield self.codes[code], coder

    def _count_of_codings(self) -> int:
        """How many codings the next selection has: up to 3, such that the project has its number in the end."""
        count = 1
        while self.extra_left and count < 3 and self.random.random() < (self.extra_left / self.selections_left if count == 1 else 0.2):
            count += 1
            self.extra_left -= 1
        self.selections_left -= 1
        return count

    def recording(self) -> tuple[str, str]:
        """A recording with a transcript: the name of its file, and its XML."""
        guid, points = self.chance.guid(), self.chance.guids(20)
        out = [
            f'<AudioSource guid="{guid}" name="Recording 1" path="internal://{guid}.m4a" {_created(self.users[0], self.chance.when())}>',
            f'<Transcript guid="{self.chance.guid()}" name="Transcript 1"><PlainTextContent>{escape(self.chance.interview(200, 1))}</PlainTextContent>',
            *(f'<SyncPoint guid="{point}" timeStamp="{i * 5000}" position="{i * 40}"/>' for i, point in enumerate(points)),
            f'<TranscriptSelection guid="{self.chance.guid()}" name="t1" fromSyncPoint="{points[1]}" toSyncPoint="{points[4]}">',
            f"{self._plain_coding(0)}</TranscriptSelection></Transcript>",
            *(f'<AudioSelection guid="{self.chance.guid()}" name="a{i}" begin="{i * 1000}" end="{i * 1000 + 900}">{self._plain_coding(i)}</AudioSelection>' for i in range(20)),
            "</AudioSource>\n",
        ]
        return f"{guid}.m4a", "".join(out)

    def _plain_coding(self, i: int) -> str:
        return f'<Coding guid="{self.chance.guid()}" creatingUser="{self.users[0].guid}"><CodeRef targetGUID="{self.codes[i % self.size.codes].guid}"/></Coding>'

    def cases(self) -> str:
        """One case an interview. Drawn after the sources, though it stands before them, as it refers to selections."""
        return f"<Cases>{''.join(self._case(i) for i in range(self.size.interviews))}</Cases>"

    def _case(self, i: int) -> str:
        values = (
            f"<IntegerValue>{18 + i % 60}</IntegerValue>",
            f"<TextValue>{self.random.choice(('woman', 'man', 'non-binary'))}</TextValue>",
            f"<BooleanValue>{self.random.choice(('true', 'false'))}</BooleanValue>",
            f"<FloatValue>{self.random.random() * 5:.3f}</FloatValue>",
            f"<DateValue>{_date(i)}</DateValue>",
            f"<DateTimeValue>{self.chance.when()}</DateTimeValue>",
        )
        return (
            f'<Case guid="{self.chance.guid()}" name="P{i + 1:04d}"><Description>{self.chance.phrase(10)}</Description>'
            + "".join(f'<VariableValue><VariableRef targetGUID="{guid}"/>{value}</VariableValue>' for guid, value in zip(self.variables.values(), values, strict=True))
            + f'<SourceRef targetGUID="{self.sources[i].guid}"/>'
            + "".join(f'<SelectionRef targetGUID="{guid}"/>' for guid in self.in_cases.get(i, ()))
            + "</Case>\n"
        )

    def tail(self) -> str:
        """All that stands after the sources."""
        parts = [self._notes(), self._links(), self._sets(), self._graph()]
        return "".join([*parts, f"<Description>Generated project {self.name}, seed {self.seed}</Description></Project>\n"])

    def _notes(self) -> str:
        rows = (
            f'<Note guid="{guid}" name="Memo {i}" {_created(self.users[i % 2], self.chance.when())}>'
            f"<PlainTextContent>{self.chance.phrase(40)}</PlainTextContent></Note>\n"
            for i, guid in enumerate(self.notes)
        )
        return f"<Notes>{''.join(rows)}</Notes>"

    def _links(self) -> str:
        rows = (
            f'<Link guid="{self.chance.guid()}" name="link {i}" direction="OneWay" originGUID="{source.guid}" targetGUID="{self.notes[i % len(self.notes)]}"/>'
            for i, source in enumerate(self.sources[:50])
        )
        return f"<Links>{''.join(rows)}</Links>"

    def _sets(self) -> str:
        rows = [
            f'<Set guid="{self.chance.guid()}" name={quoteattr("Theme " + self.codes[i].name)}><Description>{self.chance.phrase(12)}</Description>'
            + "".join(f'<MemberCode targetGUID="{self.codes[member].guid}"/>' for member in (i, *self.children[i]))
            + "</Set>\n"
            for i in range(self.themes)
        ]
        members = "".join(f'<MemberSource targetGUID="{source.guid}"/>' for source in self.sources[: self.size.interviews // 2])
        return f'<Sets>{"".join(rows)}<Set guid="{self.chance.guid()}" name="Wave 1">{members}</Set></Sets>'

    def _graph(self) -> str:
        one, two = self.chance.guids(2)
        return (
            f'<Graphs><Graph guid="{self.chance.guid()}" name="Map"><Vertex guid="{one}" representedGUID="{self.codes[0].guid}" firstX="0" firstY="0" shape="Oval"/>'
            f'<Vertex guid="{two}" representedGUID="{self.codes[1].guid}" firstX="200" firstY="80" shape="Rectangle" color="#00FF00"/>'
            f'<Edge guid="{self.chance.guid()}" sourceVertex="{one}" targetVertex="{two}" direction="OneWay" lineStyle="solid"/></Graph></Graphs>'
        )


def generate(out: str | PathLike[str], size: str | Size = "S", *, seed: int = 1, media_mb: int = 0, truth: str | PathLike[str] | None = None, name: str | None = None) -> int:
    """Write a project, and its truth if asked for. Returns the number of codings in texts."""
    plan = SIZES[size] if isinstance(size, str) else size
    project = Project(name or (size if isinstance(size, str) else "own"), plan, seed)
    with (
        ZipFile(out, "w", ZIP_DEFLATED, compresslevel=6) as archive,
        TemporaryFile() as spool,
        Path(truth).open("w", encoding="utf-8", newline="") if truth else nullcontext() as rows,
    ):
        head = project.head()
        _write_sources(project, archive, spool, rows)
        if media_mb:
            _write_recording(project, archive, spool, media_mb)
        parts = head, project.cases(), project.tail()
        _write_project(archive, spool, *parts)
    return plan.codings - project.extra_left


def _write_sources(project: Project, archive: ZipFile, spool: IO[bytes], truth: IO[str] | None) -> None:
    project.draw_sources()
    table = csv.writer(truth) if truth else None
    if table:
        table.writerow(HEADER)
    for i, source in enumerate(project.sources):
        text = project.chance.interview(project.size.words, i + 1)
        archive.writestr(_member(f"sources/{source.guid}.txt"), text.encode())
        for xml, rows in project.source(i, text):
            spool.write(xml.encode())
            if table:
                table.writerows(rows)


def _write_recording(project: Project, archive: ZipFile, spool: IO[bytes], megabytes: int) -> None:
    name, xml = project.recording()
    spool.write(xml.encode())
    with archive.open(_member(f"sources/{name}", ZIP_STORED), "w", force_zip64=True) as stream:
        for _ in range(megabytes):
            stream.write(project.random.randbytes(1 << 20))


def _write_project(archive: ZipFile, spool: IO[bytes], head: str, cases: str, tail: str) -> None:
    with archive.open(_member("project.qde"), "w", force_zip64=True) as stream:
        stream.write(f"{head}{cases}<Sources>".encode())
        spool.seek(0)
        shutil.copyfileobj(spool, stream, 1 << 20)
        stream.write(f"</Sources>{tail}".encode())


def _member(name: str, method: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name, (2024, 1, 8, 9, 0, 0))
    info.compress_type, info.external_attr = method, 0o644 << 16
    return info


def _created(user: Named, when: str) -> str:
    return f'creatingUser="{user.guid}" creationDateTime="{when}"'


def _modified(user: Named, when: str) -> str:
    return f'modifyingUser="{user.guid}" modifiedDateTime="{when}"'


def _date(i: int) -> str:
    return f"2024-0{i % 9 + 1}-15"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make a REFI-QDA project of any size.")
    parser.add_argument("--size", default="S", choices=SIZES)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--media-mb", type=int, default=0)
    parser.add_argument("--truth")
    for part in fields(Size):
        parser.add_argument("--" + part.name, type=int)
    given = parser.parse_args()
    own = {part.name: getattr(given, part.name) for part in fields(Size) if getattr(given, part.name) is not None}
    size = replace(SIZES[given.size], **own)
    codings = generate(given.out, size, seed=given.seed, media_mb=given.media_mb, truth=given.truth, name=given.size)
    print(f"{given.out}: {size.interviews} sources, {size.codes} codes, {size.selections} selections, {codings} codings", file=sys.stderr)


if __name__ == "__main__":
    main()
