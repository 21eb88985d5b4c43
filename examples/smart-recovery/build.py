"""The SYNTHETIC example study, modelled on the published structure of doi:10.1016/j.josat.2024.209570. All of it is invented.

Everything it says stands in the text files beside this one; here is only how they become a study. Passages are given by
their words, so no position is written down by hand; ids come from readable keys, so that each run gives the same study.
`python examples/smart-recovery/build.py` writes the package that ships with qualdata.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from qualdata import write
from qualdata.model import (
    Case,
    Code,
    CodeChange,
    Coding,
    Consent,
    Contributor,
    Document,
    Evidence,
    Excerpt,
    Interview,
    Media,
    Memo,
    Permission,
    Point,
    PublishedQuote,
    Replacement,
    ResearchQuestion,
    Set,
    Study,
    TextSource,
    TextSpan,
    Theme,
    Value,
    Variable,
)

HERE = Path(__file__).parent
PACKAGE = HERE / "SYNTHETIC-smart-recovery.qualdata"
SPACE = UUID("0d4c8f52-5a0e-5b0b-9c1d-6b1f0e7a9d35")

SPEAKERS = (r"(?P<label>INT|P\d\d):[ \t]+",)
"""How a turn begins."""
GAP, CUT = " … ", "[…]"
"""What stands between the first and the last words of a passage; and where words are left out."""
ROLES = {
    "readme": "readme", "interview-guide": "guide", "information-sheet": "information sheet", "consent-form": "consent form",
    "transcription-rules": "transcription rules", "report": "report",
}  # fmt: skip
"""The documents, and what each is."""
GROUPS = {"complete": "Complete interviews", "abridged": "Abridged interviews"}
"""What the header of an interview says of its transcript, and the group it belongs to."""


class Mistake(ValueError):
    """Something in one of the text files that does not fit the rest: which file, and what."""


def study() -> Study:
    """The study, the same at each call. Raises Mistake, which names the file and the words."""
    told = table("study")
    people, questions, dates = (told.pop(name) for name in ("contributors", "questions", "dates"))
    made = Study(id=guid("study"), synthetic=True, created_by=guid("contributor", "project"), **told)
    for key, person in people.items():
        made.add(Contributor(id=guid("contributor", key), **person))
    for key, text in questions.items():
        made.add(ResearchQuestion(id=guid("question", key), text=text))
    for name, role in ROLES.items():
        file = Media.file(HERE / "documents" / f"SYNTHETIC-{name}.md")
        made.add(Document(id=guid("document", name), name=f"SYNTHETIC {name.replace('-', ' ')}", role=role, access="open", media=file))
    add_cases(made)
    add_consents(made)
    add_interviews(made)
    add_replacements(made, dates["replaced"])
    add_codes(made)
    for source in made.sources:
        add_codings(made, source, dates)
    add_examples(made)
    for path in files("points", "md"):
        add_points(made, path, dates["points"])
    for theme in table("themes")["theme"]:
        add_theme(made, theme, dates["themes"])
    add_quotes(made)
    for path in files("memos", "md"):
        add_memo(made, path)
    return made


# ---- files ----
def guid(*names: str) -> str:
    """The same GUID for the same names."""
    return str(uuid5(SPACE, "/".join(names)))


def table(name: str, folder: str = "") -> dict[str, Any]:
    """What a TOML file says."""
    return tomllib.loads((HERE / folder / f"SYNTHETIC-{name}.toml").read_text(encoding="utf-8"))


def files(folder: str, ending: str) -> list[Path]:
    """The files of a folder, by name."""
    return sorted((HERE / folder).glob(f"SYNTHETIC-*.{ending}"))


def key_of(path: Path) -> str:
    """What a file is about: `P07` of `SYNTHETIC-P07.txt`."""
    return path.stem.removeprefix("SYNTHETIC-")


def parts(text: str) -> tuple[str, dict[str, str], str]:
    """The first line of a file, its header as far as the first empty line, and the rest."""
    first, _, rest = text.partition("\n")
    header, _, body = rest.partition("\n\n")
    return first, dict(line.split(": ", 1) for line in header.splitlines() if line), body


def listed(words: str) -> list[str]:
    """What stands between commas."""
    return [word.strip() for word in words.split(",") if word.strip()]


# ---- who took part ----
def add_cases(made: Study) -> None:
    """The attributes, and those who took part."""
    told = table("participants")
    for key, variable in told["variables"].items():
        made.add(Variable(id=guid("variable", key), **variable))
    for key, person in told["participants"].items():
        values = [Value(variable=guid("variable", name), value=person[name]) for name in told["variables"]]
        made.add(Case(id=guid("case", key), name=key, values=values, consent=guid("consent", key)))


def add_consents(made: Study) -> None:
    """What all were asked, and what each agreed to."""
    told = table("consents")
    shared = {"basis": told["basis"], "form": guid("document", told["form"])}
    made.add(Consent(id=guid("consent", "study"), permissions=permissions(told, ()), **shared))
    for case in made.cases:
        given = permissions(told, told["refused"].get(case.name, ()))
        made.add(Consent(id=guid("consent", case.name), case=case.id, permissions=given, decided=header(case.name)["Date"], **shared))


def permissions(told: dict[str, Any], refused: tuple[str, ...]) -> list[Permission]:
    """The permissions that everyone was asked for, without those that were refused."""
    asked = ({"note": told["note"], **use} for use in told["everyone"])
    return [Permission(**(use | {"given": False} if use["use"] in refused else use)) for use in asked]


def header(key: str) -> dict[str, str]:
    """The header of an interview."""
    return parts((HERE / "interviews" / f"SYNTHETIC-{key}.txt").read_text(encoding="utf-8"))[1]


# ---- interviews ----
def add_interviews(made: Study) -> None:
    """Each interview with its transcript, and the two groups of transcripts."""
    led = {key: person["interviewer"] for key, person in table("participants")["participants"].items()}
    groups = {key: made.add(Set(id=guid("set", key), name=name, kind="document group")) for key, name in GROUPS.items()}
    for path in files("interviews", "txt"):
        key, told = key_of(path), header(key_of(path))
        source = add_transcript(made, key, path, told)
        made[guid("case", key)].sources.append(source.id)
        groups[told["Transcript"].split()[0]].sources.append(source.id)
        made.add(
            Interview(
                id=guid("interview", key), name=f"Interview {key}", mode=told["Mode"], date=told["Date"], duration=int(told["Length"].split()[0]) * 60_000,
                language=told["Language"], cases=[guid("case", key)], interviewers=[guid("contributor", led[key])], guide=guid("document", "interview-guide"),
                sources=[source.id],
            )
        )  # fmt: skip


def add_transcript(made: Study, key: str, path: Path, told: dict[str, str]) -> TextSource:
    """A transcript with its speakers and turns; a cut between two turns belongs to neither."""
    source: TextSource = made.add(
        TextSource(id=guid("source", key), name=f"SYNTHETIC {key}", description=told["Transcript"], stored=Media.file(path), language=told["Language"], access="open")
    )
    source.detect_turns(SPEAKERS)
    ids = {speaker.id: guid("speaker", key, speaker.label) for speaker in source.speakers}
    for speaker in source.speakers:
        speaker.id = ids[speaker.id]
        speaker.case = guid("case", key) if speaker.role == "participant" else None
    for number, turn in enumerate(source.turns):
        words = source.text[turn.span.slice].removesuffix(CUT).rstrip()
        turn.id, turn.speaker, turn.span = guid("turn", key, str(number)), ids[turn.speaker], TextSpan(turn.span.start, turn.span.start + len(words))
    return source


def add_replacements(made: Study, date: str) -> None:
    """Each replacement, logged with its place. Raises Mistake for brackets that are neither that nor a mark of transcription."""
    told = table("replacements")
    marks = re.compile(rf"\[({'|'.join(map(re.escape, told.pop('marks')))})( [\d:]+|: [^\]]+)?\]")
    rules = {words: rule for rule in told.values() for words in rule["words"]}
    for source in made.sources:
        for found in re.finditer(r"\[[^\]]*\]", source.text):
            if marks.fullmatch(found[0]):
                continue
            if found[0] not in rules:
                raise Mistake(f"{source.name}: {found[0]} is neither a mark of transcription nor in SYNTHETIC-replacements.toml.")
            place = TextSpan(*found.span())
            id, rule = guid("replacement", source.id, str(place.start)), rules[found[0]]
            by = guid("contributor", "I2")
            made.add(Replacement(id=id, source=source.id, span=place, replacement=found[0], rule=rule["rule"], action=rule["action"], by=by, date=date))


# ---- codes and codings ----
def add_codes(made: Study) -> None:
    """The coding frame and its history; a code without a colour has that of its group."""
    told = table("codes")
    for key, code in told.items():
        above = code.get("under")
        made.add(
            Code(
                id=guid("code", key), name=code["name"], parent=above and guid("code", above), description=code["definition"], include=code.get("include"),
                exclude=code.get("exclude"), origin=code["origin"], in_vivo=code.get("in_vivo", False), status=code.get("status", "active"),
                derived_from=[guid("code", k) for k in code.get("derived_from", ())], codable=above is not None, aggregate=above is None,
                colour=told[above or key]["colour"],
            )
        )  # fmt: skip
    for number, change in enumerate(table("codebook-history")["change"]):
        by, codes = guid("contributor", change.pop("by")), [code_of(made, k, "codebook-history") for k in change.pop("codes")]
        made.add(CodeChange(id=guid("change", str(number)), by=by, codes=codes, **change))


def code_of(made: Study, key: str, file: str) -> str:
    """The id of a code, by its key. Raises Mistake when there is none that can be laid on data."""
    code = made.get(guid("code", key))
    if code is None or not code.codable:
        raise Mistake(f"{file}: {key} is no code that can be laid on data; see SYNTHETIC-codes.toml.")
    return str(code.id)


def add_codings(made: Study, source: TextSource, dates: dict[str, str]) -> None:
    """The passages of an interview, and the codes on each. A passage is known by interview and number, as `P07.22`."""
    key = source.name.removeprefix("SYNTHETIC ")
    file, told = f"codings/SYNTHETIC-{key}.toml", table(key, "codings")
    coders = told.pop("coders")
    days = {"first": dates["first" if len(coders) > 1 else "single"], "agreed": dates["agreed"]}
    for number, passage in told.items():
        name, span = f"{key}.{number}", place(source.text, passage["words"], f"{file}, {number}")
        excerpt = Excerpt(id=guid("excerpt", name), name=name, description=passage.get("why"), span=span, created=days["first"], created_by=guid("contributor", coders[0]))
        source.excerpts.append(excerpt)
        for coder, code, status in laid(passage, coders):
            round = "agreed" if coder == "AB" else "first"
            id, on, by = guid("coding", name, code, coder), code_of(made, code, file), guid("contributor", coder)
            excerpt.codings.append(Coding(id=id, code=on, coder=by, created=days[round], round=round, status=status))


def place(text: str, words: str, file: str) -> TextSpan:
    """Where words stand, or the first and the last of them. Raises Mistake when they are not there, or begin at two places."""
    first, _, last = words.partition(GAP)
    if (times := text.count(first)) != 1:
        raise Mistake(f"{file}: the words {first!r} stand {times or 'no'} times in the interview; they must stand there once.")
    start = text.index(first)
    end = text.find(last, start + len(first))
    if end < 0:
        raise Mistake(f"{file}: the words {last!r} do not come after {first!r}.")
    return TextSpan(start, end + len(last))


def laid(passage: dict[str, str], coders: str) -> Iterator[tuple[str, str, str]]:
    """Coder, code, status: what each coder laid and, where there are two, what both made of it together."""
    alone = [(coder, code, "independent") for coder in coders for code in listed(passage.get(coder, ""))]
    yield from alone
    if len(coders) > 1:
        agreed = listed(passage.get("agreed", ""))
        yield from (("AB", code, "agreed") for code in agreed)
        yield from (("AB", code, "rejected") for code in dict.fromkeys(code for _, code, _ in alone) if code not in agreed)


def passage_of(made: Study, name: str, file: str) -> Excerpt:
    """A passage by its name. Raises Mistake when there is none."""
    excerpt: Excerpt | None = made.get(guid("excerpt", name))
    if excerpt is None:
        raise Mistake(f"{file}: there is no passage {name}; see codings/SYNTHETIC-{name.partition('.')[0]}.toml.")
    return excerpt


def words_of(made: Study, name: str, file: str) -> str:
    """The words of a passage."""
    excerpt = passage_of(made, name, file)
    source: TextSource = made[guid("source", name.partition(".")[0])]
    return source.text[excerpt.span.slice]


def add_examples(made: Study) -> None:
    """The example of each code: the words of a passage."""
    for key, code in table("codes").items():
        if "example" in code:
            made[guid("code", key)].example = words_of(made, code["example"], "SYNTHETIC-codes.toml")


# ---- analysis ----
def add_points(made: Study, path: Path, date: str) -> None:
    """The points of one analysis file: lines that begin with a dash and end with the passages they rest on, under headings."""
    _, told, body = parts(path.read_text(encoding="utf-8"))
    code, heading, number = code_of(made, told["Code"], path.name), None, 0
    for line in body.splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("- "):
            number += 1
            made.add(point(made, line, path, code, heading, number, date))


def point(made: Study, line: str, path: Path, code: str, heading: str | None, number: int, date: str) -> Point:
    """One line: `- [process: literature] text (passages)`, of which the brackets may be left out."""
    found = re.fullmatch(r"- (?:\[(?P<process>[a-z ]+)(?:: (?P<literature>[^\]]+))?\] )?(?P<text>.+) \((?P<names>[P\d. b]+)\)", line)
    if found is None:
        raise Mistake(f"points/{path.name}: this line does not end with passages in brackets: {line}")
    names = found["names"].split()
    cases = dict.fromkeys(guid("case", name.partition(".")[0]) for name in names)
    return Point(
        id=guid("point", key_of(path), str(number)), created=date, created_by=guid("contributor", "AB"), heading=heading, text=found["text"],
        process=found["process"] or "describe", codes=[code], codings=[coding_of(made, name, code, path) for name in names], cases=list(cases),
        literature=[found["literature"]] if found["literature"] else [],
    )  # fmt: skip


def coding_of(made: Study, name: str, code: str, path: Path) -> str:
    """The coding of a passage that points rest on: what was agreed where two coded, else what there is."""
    codings = passage_of(made, name, f"points/{path.name}").codings
    agreed = [c for c in codings if c.round == "agreed"]
    fits = [c.id for c in agreed or codings if c.code == code and c.status != "rejected"]
    if not fits:
        raise Mistake(f"points/{path.name}: {name} is not coded with {made[code].name!r}.")
    return fits[0]


def add_theme(made: Study, told: dict[str, Any], date: str) -> None:
    """A theme, with what speaks for it and against it."""
    evidence = [Evidence(**{**item, "ref": evidence_of(made, item["ref"])}) for item in told["evidence"]]
    codes = [code_of(made, key, "SYNTHETIC-themes.toml") for key in told["codes"]]
    made.add(
        Theme(
            id=guid("theme", told["name"]), created=date, created_by=guid("contributor", "AB"), name=told["name"], statement=told["statement"],
            description=told["description"], questions=[guid("question", told["question"])], status="reported", codes=codes, evidence=evidence,
        )
    )  # fmt: skip


def evidence_of(made: Study, ref: str) -> str:
    """The id of a passage (`P03.5`) or of a point (`delay/7`)."""
    if "/" not in ref:
        return passage_of(made, ref, "SYNTHETIC-themes.toml").id
    found = made.get(guid("point", *ref.split("/")))
    if found is None:
        raise Mistake(f"SYNTHETIC-themes.toml: there is no point {ref}; see points/SYNTHETIC-{ref.partition('/')[0]}.md.")
    return str(found.id)


def add_quotes(made: Study) -> None:
    """The quotations of the report. Raises Mistake when one does not stand in its passage, in this order but for cuts."""
    told, file = table("quotes"), "SYNTHETIC-quotes.toml"
    for number, quote in enumerate(told["quote"]):
        name, text = quote.pop("passage"), quote["text"]
        pieces = map(re.escape, map(str.strip, text.split(CUT)))
        if not re.search(".*".join(pieces), words_of(made, name, file), re.DOTALL):
            raise Mistake(f"{file}: {text!r} does not stand in {name}.")
        made.add(PublishedQuote(id=guid("quote", str(number)), excerpt=passage_of(made, name, file).id, publication=told["publication"], **quote))


def add_memo(made: Study, path: Path) -> None:
    """A memo, and what it is about: codes, an interview, or the study as a whole."""
    first, told, body = parts(path.read_text(encoding="utf-8"))
    name = body.partition("\n")[0].removeprefix("# ")
    by, text = guid("contributor", told["By"]), f"{first}\n\n{body}"
    memo = made.add(Memo(id=guid("memo", key_of(path)), name=name, kind=told["Kind"], text=text, created=f"{told['Date']}T09:00:00Z", created_by=by, access="open", language="en"))
    for about in listed(told["About"]):
        if about == "study":
            made.own_memos.append(memo.id)
            continue
        things = [thing for kind in ("code", "source", "interview") if (thing := made.get(guid(kind, about))) is not None]
        if not things:
            raise Mistake(f"memos/{path.name}: {about} is no code, no interview and not the study.")
        for thing in things:
            thing.memos.append(memo.id)


if __name__ == "__main__":
    write(study(), PACKAGE)
