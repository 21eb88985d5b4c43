"""Examples for the rules about analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualdata import Case, Coding, Contributor, Evidence, Excerpt, Point, PublishedQuote, Study, TextSource, Theme
from tests.rules.examples import bad, good
from tests.rules.groups.documentation import wrong
from tests.rules.sound import TEXT, sound

ANSWER = "By accident. A friend took me along."


def point(**fields: Any) -> Point:
    """A point on the one coding."""
    return Point(**{"id": "point", "text": "Friends take people along.", "codes": ["friends"], "codings": ["c"], "cases": ["p01"], **fields})


def theme(**fields: Any) -> Theme:
    """A theme that rests on the one passage."""
    return Theme(**{"id": "theme", "name": "Taken along", "status": "reported", "evidence": [Evidence(ref="e")], **fields})


def agreed(*, points: bool = True) -> Study:
    """The sound study, coded by two who then agreed: one coding was kept, one rejected."""
    study = sound()
    study.add(Contributor(id="bob", name="Coder B", roles=["coder"]))
    study["e"].codings = [
        Coding(id="c", code="friends", coder="ann", round="first", status="independent"),
        Coding(id="c2", code="friends", coder="bob", round="agreed", status="agreed"),
        Coding(id="c3", code="friends", coder="bob", round="second", status="rejected"),
    ]
    if points:
        study.add(point(codings=["c2"]))
    return study


def two_people() -> Study:
    """The sound study with an interview with someone else, and a passage of it."""
    study = sound()
    study.add(TextSource(id="u", name="P02", text=TEXT.replace("P01", "P02")))
    study["u"].excerpts.append(Excerpt(id="e2", span=study["e"].span, codings=[Coding(id="d", code="friends", coder="ann", created="2024-05-17")]))
    study.add(Case(id="p02", name="P02", sources=["u"]))
    return study


@good("ana-point-untraceable", "ana-coding-unaddressed")
def what_was_agreed_is_addressed(folder: Path) -> Study:
    study = agreed()
    study.add(point(id="out", codings=[], process="externalise", literature=["doi:10.1111/add.13314"]))
    return study


@good("ana-coding-unaddressed")
def another_method_without_points(folder: Path) -> Study:
    return agreed(points=False)


@good("thm-no-evidence", "thm-single-participant", "thm-candidate-in-release")
def themes_of_two_people(folder: Path) -> Study:
    study = two_people()
    study.add(point(codings=["c", "d"], cases=[]))
    study.add(theme(evidence=[Evidence(ref="point")]))
    study.add(theme(id="upper", name="Ways", evidence=[Evidence(ref="e"), Evidence(ref="d", role="contradicts")]))
    study.add(theme(id="whole", name="Coming", evidence=[]))
    study.add(theme(id="part", name="Coming along", parent="whole", evidence=[Evidence(ref="theme")]))
    study.add(theme(id="gone", name="Luck", evidence=[], status="dropped"))
    return study


@good("quo-not-in-excerpt")
def quotations_with_the_edits_of_print(folder: Path) -> Study:
    study = sound()
    study["t"].text = TEXT.replace("A friend", "A  friend of mine – she")
    span = study["t"].find(study["t"].text.partition("P01: ")[2].strip())
    study["e"].span = span
    exact = ("By accident. A friend [of mine] – she took me along", "… a friend of mine \u2014 she took me along.", "Accident")
    for text in (*exact, "[b]y accident", "By accident […] took me", "A friend [Jo] took me (...) along"):
        study.add(PublishedQuote(excerpt="e", publication="a report", text=text))
    return study


wrong("ana-point-untraceable", "a_point_on_nothing", lambda s: (s.add(point()), s.add(point(id="none", codings=[]))))


@bad("ana-point-untraceable")
def a_point_on_what_was_rejected(folder: Path) -> Study:
    study = agreed()
    study.add(point(id="other", codings=["c3"]))
    return study


@bad("ana-coding-unaddressed")
def a_point_on_what_went_into_the_agreement(folder: Path) -> Study:
    study = agreed(points=False)
    study.add(point(codings=["c"]))
    return study


wrong("ana-coding-unaddressed", "iterative_categorization_without_points", lambda s: setattr(s, "method", "Iterative categorisation (Neale 2016)"))
wrong("thm-no-evidence", "a_theme_on_trust", lambda s: s.add(theme(evidence=[])))
wrong("thm-candidate-in-release", "a_theme_left_lying", lambda s: s.add(theme(status="candidate")))


@bad("thm-single-participant")
def a_theme_of_one_of_two(folder: Path) -> Study:
    study = two_people()
    study.add(theme())
    return study


def printed(name: str, text: str) -> None:
    """A bad example: a quotation that is not in the passage."""
    wrong("quo-not-in-excerpt", name, lambda s: s.add(PublishedQuote(excerpt="e", publication="a report", text=text)))


printed("other_words", "A friend took me with her.")
printed("a_word_less_without_a_sign", "A friend took along.")
printed("half_a_word", "A friend took me alon")
printed("in_another_order", "took me along […] a friend")
printed("what_stands_elsewhere", ANSWER)
