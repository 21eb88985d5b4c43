"""Examples for the rules about consent, access and rights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qualdata import Case, Consent, Evidence, Memo, PdfSource, Permission, Point, PublishedQuote, Quote, Set, Study, Theme, Value, Variable
from tests.rules.examples import bad, good
from tests.rules.groups.documentation import wrong
from tests.rules.groups.texts import file
from tests.rules.sound import WORDS, sound


def asked(*refused: str, data: list[str] | None = None, **fields: Any) -> Study:
    """The sound study with a consent of its one participant, who refused some uses."""
    study = sound()
    uses = ("archiving", "reuse", "teaching", "quotation")
    permissions = [Permission(use=use, given=use not in refused, data=data if data and use in refused else []) for use in uses]
    study.consents = [Consent(id="own", case="P01", permissions=permissions, **fields)]
    return study


def closed(**fields: Any) -> Study:
    """The sound study, whose text is closed."""
    study = sound()
    study["t"].access = "closed"
    return study


@good("prv-consent-missing", "prv-consent-exceeded", "prv-withdrawn-present")
def what_was_agreed(folder: Path) -> Study:
    study = asked("archiving", "teaching", data=["recording"])
    study.add(Case(id="p02", name="P02"))  # withdrew, and nothing is left
    study.add(Consent(case="p02", withdrawn="2024-06-01"))
    study["iv"].cases.append("p01")
    study.add(Case(name="Town", kind="site", sources=["t"]))
    study["iv"].extra = None
    study["friends"].memos = ["m"]
    study.add(Memo(id="m", name="P02", text="P02 withdrew."))
    study.cases[1].codes = ["friends"]
    return study


@good("prv-consent-exceeded")
def refused_but_closed(folder: Path) -> Study:
    study = asked("archiving", "reuse", "teaching", "quotation")
    study.access = "closed"
    study.licence = None
    return study


@good("acc-level-missing", "acc-licence-missing", "acc-closed-text-in-open-file", "acc-embargo-invalid")
def a_closed_text_under_embargo(folder: Path) -> Study:
    study = closed()
    study.created = "2024-01-01T00:00:00Z"
    study["t"].extra = {"qualdata:embargo": "2030-01-01"}
    study["friends"].example = "took me along"  # three words may stand anywhere
    return study


@good("src-rights-missing")
def a_leaflet_whose_rights_are_said(folder: Path) -> Study:
    study = leaflet(folder)
    study["pdf"].extra = {"qualdata:rights": "The council of the town; may be copied."}
    return study


def leaflet(folder: Path) -> Study:
    """The sound study with a leaflet that someone else made."""
    study = sound()
    study.add(PdfSource(id="pdf", name="Leaflet", media=file(folder, "leaflet.pdf", b"%PDF-1.4\n")))
    study.add(Set(name="Leaflets", kind="document group", sources=["pdf"]))
    return study


wrong("prv-consent-missing", "no_one_was_asked", lambda s: s.consents.clear())


@bad("prv-consent-missing")
def one_of_two_was_asked(folder: Path) -> Study:
    study = asked()
    study.add(Case(name="P02", sources=["t"]))
    return study


def refused(name: str, *uses: str, **fields: Any) -> None:
    """A bad example: something was refused, and everything is open."""

    def make(folder: Path) -> Study:
        return asked(*uses, **fields)

    make.__name__ = name
    bad("prv-consent-exceeded")(make)


refused("archived_all_the_same", "archiving")
refused("open_to_classes", "teaching", data=["transcript"])


@bad("prv-consent-exceeded")
def quoted_all_the_same(folder: Path) -> Study:
    study = asked("quotation")
    study.add(PublishedQuote(excerpt="e", publication="a report", text=WORDS))
    return study


@bad("prv-consent-exceeded")
def attributes_all_the_same(folder: Path) -> Study:
    study = asked("archiving", data=["attributes"])
    study.add(Variable(id="way", name="Way"))
    study["p01"].values = [Value(variable="way", value="online")]
    return study


@bad("prv-withdrawn-present")
def taken_back(folder: Path) -> Study:
    return asked(withdrawn="2024-06-01")


wrong("acc-level-missing", "who_may_see_it_is_not_said", lambda s: setattr(s, "access", None))


def repeats(name: str, change: Any) -> None:
    """A bad example: words of a closed text stand elsewhere."""

    def make(folder: Path) -> Study:
        study = closed()
        change(study)
        return study

    make.__name__ = name
    bad("acc-closed-text-in-open-file")(make)


repeats("in_a_quotation", lambda s: s.add(PublishedQuote(excerpt="e", publication="a report", text=WORDS)))
repeats("in_an_example", lambda s: setattr(s["friends"], "example", WORDS))
repeats("in_a_point", lambda s: s.add(Point(text=f"They come along: \u201c{WORDS}\u201d", codes=["friends"], codings=["c"], cases=["p01"])))
repeats("in_a_theme", lambda s: s.add(Theme(name="Along", status="reported", evidence=[Evidence(ref="e", note=f'"{WORDS}" says it.')])))
repeats("in_the_document", lambda s: setattr(s["e"], "quote", Quote(WORDS)))
repeats("in_a_memo", lambda s: (s.add(Memo(id="m", name="On friends", text=f'She says "{WORDS}" twice.')), s["friends"].memos.append("m")))
wrong("acc-licence-missing", "no_licence", lambda s: setattr(s, "licence", None))
wrong("acc-embargo-invalid", "some_day", lambda s: (setattr(s["t"], "access", "restricted"), setattr(s["t"], "extra", {"qualdata:embargo": "in two years"})))
wrong("acc-embargo-invalid", "open_before_its_day", lambda s: setattr(s["t"], "extra", {"qualdata:embargo": "2030-01-01"}))


@bad("acc-embargo-invalid")
def over_before_it_began(folder: Path) -> Study:
    study = sound()
    study.created, study.access, study.extra = "2024-01-01", "closed", {"qualdata:embargo": "2023-01-01"}
    return study


@bad("src-rights-missing")
def a_leaflet_of_someone_else(folder: Path) -> Study:
    return leaflet(folder)
