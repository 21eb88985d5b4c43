"""A small study with all that a project has no place for, to be worked on elsewhere."""

from __future__ import annotations

from qualdata import Case, Code, Contributor, Interview, Memo, Study, TextSource
from qualdata.model import Consent, Evidence, Point, Replacement, ResearchQuestion, Set, Theme

ANN = "INT: How did you come to move?\nAnn: The rent went up in [town].\nINT: And then?\nAnn: We packed in a week.\n"
BEN = "INT: How is it now?\nBen: The garden is large.\nBen: It costs less.\n"


def house() -> Study:
    """Two interviews, two coders, five codings on four passages; codes with colours and rules, a point, a theme, a consent, a replacement."""
    study = Study(id="house", title="Moving house", method="thematic analysis")
    uma, vic = study.add(Contributor(id="uma", name="Uma", roles=["coder"])), study.add(Contributor(id="vic", name="Vic"))
    cost = study.add(Code(id="cost", name="Cost", colour="#aa0000", include="Money of any kind.", origin="inductive"))
    study.add(Code(id="rent", name="Rent", parent=cost.id))
    haste = study.add(Code(id="haste", name="Haste", colour="#00aa00"))
    study.add(Code(id="garden", name="Garden"))
    for name, text in (("Ann", ANN), ("Ben", BEN)):
        source = study.add(TextSource(id=f"talk-{name}", name=f"Talk with {name}", text=text))
        case = study.add(Case(id=f"case-{name}", name=name, sources=[source.id]))
        source.detect_turns(least=1)
        for speaker in source.speakers:
            speaker.id = f"{name}-{speaker.label}"
        source.speakers[1].case = case.id
        for number, turn in enumerate(source.turns):
            turn.id, turn.speaker = f"turn-{name}-{number}", f"{name}-{'INT' if text[turn.span.start - 5 : turn.span.start].startswith('INT') else name}"
        study.add(Interview(id=f"meeting-{name}", name=f"Meeting {name}", cases=[case.id], sources=[source.id]))
    ann, ben = study.sources
    places = [(ann, "The rent went up", ("rent", "cost"), "uma"), (ann, "We packed in a week", ("haste",), "uma")]
    places += [(ben, "The garden is large", ("garden",), "vic"), (ben, "It costs less", ("cost",), "uma")]
    for number, (source, words, codes, coder) in enumerate(places):
        excerpt = source.excerpt(source.find(words), name=words)
        excerpt.id = f"passage-{number}"
        for code in codes:
            excerpt.apply(code, coder, created="2025-01-01T00:00:00Z").id = f"coding-{number}-{code}"
    study.add(Memo(id="thought", name="A thought", text="Look again at haste."))
    haste.memos = ["thought"]
    study.add(ResearchQuestion(id="why", text="Why do they move?"))
    study.add(Set(id="first", name="First round", sources=[ann.id]))
    study.add(Point(id="point", heading="Rent drives", text="Those who move speak of rent.", codes=["rent"], codings=["coding-0-rent"], cases=["case-Ann"]))
    study.add(Theme(id="theme", name="Pushed", statement="They were pushed.", questions=["why"], codes=["cost"], evidence=[Evidence(ref="passage-0")], status="reviewed"))
    study.add(Consent(id="consent", case="case-Ann", basis="written"))
    study.add(Replacement(id="town", source=ann.id, span=ann.find("[town]"), replacement="[town]"))
    assert (uma.id, vic.id) == ("uma", "vic")
    return study
