"""The SYNTHETIC starter study, "Coming to a community garden": all of it is invented.

The transcripts lie beside this file. What was made of them stands here as tables, and `study()` turns both into a study.
Words are looked up in the texts, so no position is written down by hand. All ids come from names, so that each run
gives the same study.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid5

from qualdata import write
from qualdata.model import (
    Case,
    Code,
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
    ResearchQuestion,
    Study,
    TextSource,
    TextSpan,
    Theme,
    Value,
    Variable,
)

HERE = Path(__file__).parent
SPACE = UUID("5b0f3c1e-6f0a-5d55-9a58-7c1f5a3e2d10")
CODED, ANALYSED = "2024-05-14T10:30:00Z", "2024-05-21T15:00:00Z"

# name, initials, what they did
PEOPLE = (("Coder A", "A", ["coder", "creator", "interviewer"]), ("Coder B", "B", ["coder"]))

# name, the code above, what it means
CODES = (
    ("Arriving", None, "How someone came to the garden, and their first days there."),
    ("Invitation", "Arriving", "Being asked to come, by a person or by the place."),
    ("Welcome", "Arriving", "What others do so that somebody new is at home, or not."),
    ("Greeting by name", "Welcome", "Names that are asked for, said, or written down."),
    ("Staying", None, "What keeps someone coming."),
    ("Helping each other", "Staying", "Giving and taking: tools, advice, care."),
    ("Notes", "Helping each other", "Contact in writing, at one's own pace."),
    ("Obstacles", None, "What makes it hard to come, to stay, or to be heard."),
    ("Time", "Obstacles", "Shifts, children, seasons, long evenings."),
    ("Forms & lists", "Obstacles", "Paper that stands between people and the garden."),
)

# pseudonym, age group, years at the garden, what they agreed to beside this study, what they refused
CASES = (
    ("Nadia", "30–44", "2", ("quotation", "archiving", "teaching"), ()),
    ("Wei", "60–74", "4", ("archiving",), ("quotation",)),
    ("Iris", "45–59", "9", ("quotation", "archiving"), ()),
    ("Omar", "45–59", "5", ("archiving", "teaching"), ("quotation",)),
)

# file, name, kind, date, minutes, who took part
EVENTS = (
    ("interview-nadia", "Interview with Nadia", "individual", "2024-04-09", 21, ("Nadia",)),
    ("interview-wei", "Interview with Wei", "individual", "2024-04-11", 18, ("Wei",)),
    ("focus-group", "Focus group", "focus group", "2024-04-27", 40, ("Nadia", "Iris", "Omar")),
)

# file, the words (or the first and the last of them), who laid which code on them: (code, coder)
PASSAGES = (
    ("interview-nadia", 'A neighbour knocked. She held a bag of tomatoes 🍅 and said, "Come on Saturday, bring nothing."', ("Invitation", "A"), ("Invitation", "B")),
    ("interview-nadia", ("the four of us", "guests at a wedding"), ("Arriving", "B")),
    ("interview-nadia", ("An older man", "stopped being a visitor"), ("Welcome", "A"), ("Greeting by name", "B")),
    ("interview-nadia", "he asked my name. He still greets me by it.", ("Greeting by name", "A")),
    ("interview-nadia", "Nobody asked what I could do. They gave me a trowel.", ("Welcome", "A"), ("Helping each other", "B")),
    ("interview-nadia", ("The bench by the shed", "a question about slugs"), ("Staying", "A"), ("Staying", "B")),
    ("interview-nadia", ('It wanted <surname> & "plot number"', "I left it blank"), ("Forms & lists", "A"), ("Forms & lists", "B")),
    ("interview-nadia", "Two children, late shifts.", ("Time", "A"), ("Obstacles", "B")),
    ("interview-nadia", "Somebody will say your name by the second week.", ("Greeting by name", "A"), ("Greeting by name", "B")),
    ("interview-wei", "I did not come for company", ("Arriving", "A"), ("Arriving", "B")),
    ("interview-wei", "I wanted 白菜 and garlic chives", ("Invitation", "B")),
    ("interview-wei", ("For months I came", "I was content."), ("Arriving", "A"), ("Staying", "B")),
    ("interview-wei", ("Somebody had left a note", "I knew it was Omar"), ("Notes", "A"), ("Notes", "B")),
    ("interview-wei", ("Now we share", "little company"), ("Helping each other", "A"), ("Staying", "B")),
    ("interview-wei", ("They are in the evening", "I cannot get a word in"), ("Time", "A"), ("Obstacles", "B")),
    ("focus-group", ("Names. I learn", "one of us."), ("Welcome", "A"), ("Welcome", "B")),
    ("focus-group", "I write it on a plant label and stick it into the ground 🌱", ("Greeting by name", "A"), ("Greeting by name", "B")),
    ("focus-group", ("Does everyone see it", "I began with notes."), ("Welcome", "A"), ("Notes", "B")),
    ("focus-group", ("Notes are good.", "a Tuesday way."), ("Notes", "A"), ("Notes", "B")),
    ("focus-group", ("I lent mine to Iris", "whose is whose"), ("Helping each other", "A"), ("Helping each other", "B")),
    ("focus-group", "One page would do; we have four.", ("Forms & lists", "A")),
    ("focus-group", ("August. Everybody", "the same three people."), ("Time", "A"), ("Obstacles", "B")),
)

# name, kind, text
MEMOS = (
    ("On names", "analytic", "A name is asked for, said, written on a plant label \U0001f331. It comes before any task; for Omar it comes too soon."),
    ("Where we stand", "reflexive", "We both like gardens and mornings. We looked twice at each passage in which someone did not. <Coder A & Coder B>"),
    ("After the group", "field note", "Omar spoke of the notes for the first time; Iris was moved. Cake: plum. The cafe\u0301 idea came back at the end."),
)


def guid(*names: str) -> str:
    """The same GUID for the same names."""
    return str(uuid5(SPACE, "/".join(names)))


def study() -> Study:
    """The study, the same at each call."""
    made = Study(
        id=guid("study"), title="SYNTHETIC starter study: coming to a community garden", created="2024-04-02T09:00:00Z", synthetic=True, participants=4,
        abstract="SYNTHETIC: all of it is invented, to try qualdata on. How do people come to a community garden, and what makes them stay?",
        method="thematic analysis", sampling="invented", setting="a community garden that does not exist", languages=["en"], licence="CC0-1.0", access="open",
        ethics=["SYNTHETIC: no ethics committee reviewed this, as no person took part."],
        keywords=["synthetic", "community garden", "belonging"],
    )  # fmt: skip
    for name, initials, roles in PEOPLE:
        made.add(Contributor(id=guid("contributor", name), name=name, initials=initials, roles=list(roles)))
    made.add(Document(id=guid("document"), name="SYNTHETIC topic guide", role="guide", access="open", media=file("topic-guide")))
    made.add(ResearchQuestion(id=guid("question"), text="How do people come to a community garden, and what makes them stay?"))
    add_codes(made)
    add_cases(made)
    for event in EVENTS:
        add_event(made, *event)
    for passage in PASSAGES:
        add_passage(made, *passage)
    add_findings(made)
    add_memos(made)
    return made


def file(name: str) -> Media:
    """A file that lies here."""
    return Media.file(HERE / f"SYNTHETIC-{name}.txt")


def add_codes(made: Study) -> None:
    """The codes, and what some of them say beyond their meaning."""
    for name, above, meaning in CODES:
        made.add(Code(id=guid("code", name), name=name, parent=guid("code", above) if above else None, description=meaning, origin="inductive"))
    greeting, notes = made[guid("code", "Greeting by name")], made[guid("code", "Notes")]
    greeting.include, greeting.exclude, greeting.example = "Also where a name is unwelcome.", "Names of plants.", "Somebody will say your name by the second week."
    notes.in_vivo, notes.colour = True, "#3A7D44"
    for name in ("Arriving", "Staying", "Obstacles"):
        made[guid("code", name)].origin = "a priori"


def add_cases(made: Study) -> None:
    """Those who took part, with what is known of them and what they agreed to."""
    age = made.add(Variable(id=guid("variable", "age"), name="Age group", allowed=["30–44", "45–59", "60–74"], disclosure="indirect"))
    years = made.add(Variable(id=guid("variable", "years"), name="Years at the garden", type="Integer", disclosure="indirect"))
    for name, group, since, given, refused in CASES:
        values = [Value(variable=age.id, value=group), Value(variable=years.id, type="Integer", value=since)]
        made.add(Case(id=guid("case", name), name=name, values=values, consent=guid("consent", name)))
        uses = [Permission(use="this study"), *(Permission(use=u) for u in given), *(Permission(use=u, given=False) for u in refused)]
        made.add(Consent(id=guid("consent", name), case=guid("case", name), basis="written", permissions=uses, decided="2024-04-05"))


def add_event(made: Study, stem: str, name: str, kind: str, date: str, minutes: int, cases: tuple[str, ...]) -> None:
    """An interview or group with its transcript; speakers are found by their labels, then told who they are."""
    ids = [guid("case", c) for c in cases]
    source = made.add(TextSource(id=guid("source", stem), name=f"SYNTHETIC {name[0].lower()}{name[1:]}", stored=file(stem), language="en", access="open"))
    source.detect_turns()
    turned = {}
    for speaker in source.speakers:
        turned[speaker.id] = speaker.id = guid("speaker", stem, speaker.label)
        if speaker.label in cases:
            speaker.role, speaker.case = "participant", guid("case", speaker.label)
    for n, turn in enumerate(source.turns):
        turn.id, turn.speaker = guid("turn", stem, str(n)), turned[turn.speaker]
    made.add(
        Interview(
            id=guid("interview", stem), name=name, kind=kind, mode="face to face", date=date, duration=minutes * 60_000, language="en", cases=ids,
            interviewers=[guid("contributor", "Coder A")], guide=guid("document"), sources=[source.id],
        )
    )  # fmt: skip
    for id in ids:
        made[id].sources.append(source.id)


def add_passage(made: Study, stem: str, words: str | tuple[str, str], *codings: tuple[str, str]) -> None:
    """An excerpt, and the codes that the coders laid on it."""
    source = made[guid("source", stem)]
    first, last = (words, words) if isinstance(words, str) else words
    start = source.find(first).start
    excerpt = Excerpt(id=guid("excerpt", stem, first), span=TextSpan(start, source.find(last, start).end))
    source.excerpts.append(excerpt)
    for code, coder in codings:
        id = guid("coding", stem, first, code, coder)
        excerpt.codings.append(Coding(id=id, code=guid("code", code), coder=guid("contributor", f"Coder {coder}"), created=CODED, round="first", status="independent"))


def add_findings(made: Study) -> None:
    """A point that sums up codings, and the theme that rests on it and on passages."""
    shy, plain = guid("excerpt", "focus-group", "Does everyone see it"), guid("excerpt", "interview-wei", "I did not come for company")
    asked, label = guid("excerpt", "interview-nadia", "he asked my name. He still greets me by it."), guid("excerpt", "focus-group", PASSAGES[16][1])
    greetings = [c.id for e in (made[asked], made[label]) for c in e.codings if c.code == guid("code", "Greeting by name")]
    point = made.add(
        Point(
            id=guid("point"), created=ANALYSED, created_by=guid("contributor", "Coder A"), heading="First days", codes=[guid("code", "Greeting by name")], codings=greetings,
            cases=[guid("case", "Nadia"), guid("case", "Iris")], text="A name is asked for, or written down, on the first day, before any task is given.",
        )
    )  # fmt: skip
    evidence = [
        Evidence(ref=asked, role="supports", note="The greeting marks the moment of belonging."), Evidence(ref=label, role="supports"), Evidence(ref=point.id, role="supports"),
        Evidence(ref=shy, role="contradicts", note="For Omar a greeting by many is too much."), Evidence(ref=plain, role="qualifies", note="Wei came for the soil."),
    ]  # fmt: skip
    made.add(
        Theme(
            id=guid("theme"), created=ANALYSED, created_by=guid("contributor", "Coder B"), name="A name opens the gate", status="reviewed", questions=[guid("question")],
            statement="Being greeted by name turns a visitor into a member; for some, a note does it better.", codes=[guid("code", "Greeting by name"), guid("code", "Notes")],
            evidence=evidence,
        )
    )  # fmt: skip


def add_memos(made: Study) -> None:
    """The notes: on a code, on the study as a whole, on the focus group."""
    for name, kind, text in MEMOS:
        made.add(Memo(id=guid("memo", name), name=name, kind=kind, text=text, created=ANALYSED, created_by=guid("contributor", "Coder A")))
    made[guid("code", "Greeting by name")].memos.append(guid("memo", "On names"))
    made.own_memos.append(guid("memo", "Where we stand"))
    made[guid("source", "focus-group")].memos.append(guid("memo", "After the group"))


if __name__ == "__main__":
    write(study(), "SYNTHETIC-community-garden.qualdata")
