"""Quotations of PDFs that a project holds several times over: told apart, known as the same, and written as the target has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qualdata import AreaSpan, Study, WriteError, differences
from qualdata.formats.refi import tools
from qualdata.testing import without
from tests.alone import write
from tests.canonical import canonical
from tests.independent import project, project_xml
from tests.loosely import read
from tests.official import project_schema
from tests.writing import ANN, BEN, CODES, GOOD, MOOD, USERS, atlasti, guid, pack
from tests.writing import project as written

TARGETS = tuple(tools.target_names())
OTHERS = ("standard", "nvivo", "nvivo-mac", "maxqda", "qualcoder")
DATE = "2018-03-27T19:11:47Z"
PDF, TEXT = guid(30), guid(34)


def coding(n: int, code: str = GOOD, user: str = ANN) -> str:
    return f'<Coding guid="{guid(n)}" creatingUser="{user}"><CodeRef targetGUID="{code}"/></Coding>'


def on_page(n: int, page: int = 0, name: str = "Eat well", words: str | None = "Eat well", date: str = DATE, codings: str = "") -> str:
    text = f'<Representation guid="{guid(n + 1000)}"><PlainTextContent>{words}</PlainTextContent></Representation>' if words is not None else ""
    area = 'firstX="18" firstY="45" secondX="577" secondY="234"'
    return f'<PDFSelection guid="{guid(n)}" name="{name}" page="{page}" {area} creatingUser="{ANN}" creationDateTime="{date}">{text}{codings or coding(n + 2000)}</PDFSelection>'


def in_text(n: int, name: str = "Eat well", date: str = DATE, codings: str = "", span: tuple[int, int] = (4, 12)) -> str:
    place = f'startPosition="{span[0]}" endPosition="{span[1]}"'
    return f'<PlainTextSelection guid="{guid(n)}" name="{name}" {place} creatingUser="{ANN}" creationDateTime="{date}">{codings or coding(n + 3000)}</PlainTextSelection>'


def leaflet(path: Path, pages: str, texts: str, words: bytes = b"All Eat well now") -> Path:
    """A PDF with these selections, as ATLAS.ti writes them."""
    text = f'<Representation guid="{TEXT}" plainTextPath="internal://{TEXT}.txt">{texts}</Representation>'
    pdf = f'<Sources><PDFSource guid="{PDF}" name="Leaflet" path="internal://{guid(31)}.pdf">{pages}{text}</PDFSource></Sources>'
    return pack(path, written(USERS, CODES, pdf, origin="ATLAS.ti 8.4.0"), {f"sources/{TEXT}.txt": words, f"sources/{guid(31)}.pdf": b"%PDF"})


def excerpts(study: Any) -> tuple[list[Any], list[Any]]:
    pdf = study[PDF]
    return pdf.excerpts, pdf.representation.excerpts


def remarks(study: Study, rule: str) -> list[str]:
    assert study.reading is not None
    return [r.message for r in study.reading.remarks if r.rule == rule]


def guids(path: Path) -> list[str]:
    return [e.get("guid").lower() for e in project(path).iter() if isinstance(e.tag, str) and e.get("guid")]


def test_the_second_gets_an_id_of_its_own_and_says_what_it_repeats(tmp_path: Path) -> None:
    """The one on the page comes first and keeps the id; so does its coding; the remark says that it is a quotation of a PDF."""
    study = read(atlasti(tmp_path / "a.qdpx"))
    pdf = next(s for s in study.sources if s.name == "Leaflet")
    page, words = pdf.excerpts[0], pdf.representation.excerpts[0]
    twin, laid = guid(32).upper(), guid(40).upper()
    assert (page.id, page.same_as, words.id, words.same_as) == (twin, None, f"{twin}#2", twin)
    assert (page.codings[0].id, words.codings[0].id) == (laid, f"{laid}#2")
    assert [m for m in remarks(study, "refi-guid-reused") if "stands on a page of a PDF and again in its text" in m] == remarks(study, "refi-guid-reused")
    assert len(remarks(study, "refi-guid-reused")) == 2
    assert [s.text for s in study.segments() if s.source.name == "Leaflet"] == ["Eat well"]


def test_as_read_writes_one_guid_twice(tmp_path: Path) -> None:
    """As the file had it, also after a stay in a package."""
    path = leaflet(tmp_path / "a.qdpx", on_page(40), in_text(40))
    write(read(path), tmp_path / "kept.qualdata")
    for study in (read(path), read(tmp_path / "kept.qualdata")):
        assert excerpts(study)[1][0].same_as == guid(40)
        assert write(study, tmp_path / "b.qdpx", target="as-read") == []
        assert canonical(project_xml(tmp_path / "b.qdpx")) == canonical(project_xml(path))


@pytest.mark.parametrize("target", OTHERS)
def test_others_get_a_guid_for_each_and_it_is_still_known_what_is_the_same(target: str, tmp_path: Path) -> None:
    """No GUID occurs twice; the new one is told as a loss; read again, the twin is a twin, and its coding counts once."""
    study = read(leaflet(tmp_path / "a.qdpx", on_page(40, codings=coding(50)), in_text(40, codings=coding(50))))
    losses = write(study, tmp_path / "b.qdpx", target=target)
    assert [(loss.kind, sorted(loss.ids)) for loss in losses if loss.in_file] == [("renamed", [f"{guid(40)}#2", f"{guid(50)}#2"])]
    assert len(guids(tmp_path / "b.qdpx")) == len(set(guids(tmp_path / "b.qdpx")))
    project_schema().assertValid(project(tmp_path / "b.qdpx"))
    back = read(tmp_path / "b.qdpx")
    assert [str(d) for d in differences(without(study, losses), back)] == []
    assert excerpts(back)[1][0].same_as.lower() == guid(40)
    assert (len(back.segments()), back.segments().passages) == (1, 1)
    assert remarks(back, "refi-guid-reused") == []
    for again in (target, "as-read", "standard"):
        assert [loss for loss in write(back, tmp_path / "c.qdpx", target=again) if loss.in_file] == []
        assert [e.same_as.lower() for e in excerpts(read(tmp_path / "c.qdpx"))[1]] == [guid(40)]


def test_the_new_guid_does_not_depend_on_the_study(tmp_path: Path) -> None:
    """So a twin is known again in a study that was renamed, and when ids are in capitals and braces."""
    study = read(leaflet(tmp_path / "a.qdpx", on_page(40).replace(guid(40), f"{{{guid(40).upper()}}}"), in_text(40)))
    write(study, tmp_path / "b.qdpx")
    study.id, study.title = "other", "Other"
    write(study, tmp_path / "c.qdpx")
    assert guids(tmp_path / "b.qdpx") == guids(tmp_path / "c.qdpx")
    assert excerpts(read(tmp_path / "c.qdpx"))[1][0].same_as


def test_a_program_that_writes_one_guid_gets_one_guid(tmp_path: Path) -> None:
    """It is said in the row of the program: ATLAS.ti has one, other repeated ids get their own there too."""
    assert [t.name for t in tools.TOOLS if t.twins] == ["atlasti"]
    study = read(leaflet(tmp_path / "a.qdpx", on_page(40, codings=coding(50)), in_text(40, codings=coding(50))))
    losses = [loss for loss in write(study, tmp_path / "b.qdpx", target="atlasti") if loss.kind == "renamed"]
    assert [loss.ids for loss in losses] == [(f"{guid(50)}#2",)]
    assert guids(tmp_path / "b.qdpx").count(guid(40)) == 2
    back = read(tmp_path / "b.qdpx")
    assert [str(d) for d in differences(without(study, losses), back)] == []


def test_a_relation_that_the_file_cannot_show_is_a_loss(tmp_path: Path) -> None:
    """Two excerpts said to be the same by hand: the standard has no place for it."""
    study = read(leaflet(tmp_path / "a.qdpx", on_page(40), in_text(41)))
    pages, texts = excerpts(study)
    texts[0].same_as = pages[0].id
    losses = write(study, tmp_path / "b.qdpx")
    assert [(loss.kind, loss.fields, loss.ids) for loss in losses] == [("no place", ("Excerpt.same_as",), (guid(41),))]
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "b.qdpx"))] == []


def test_one_guid_on_two_places_of_a_text_says_nothing_of_twins(tmp_path: Path) -> None:
    """Only what repeats a quotation on a page is taken as the same."""
    study = read(leaflet(tmp_path / "a.qdpx", "", in_text(40) + in_text(40, span=(0, 3), codings=coding(60))))
    assert [e.same_as for e in excerpts(study)[1]] == [None, None]
    assert len(study.segments()) == 2
    assert "occurs more than once" in remarks(study, "refi-guid-reused")[0]


def test_a_guid_that_stands_elsewhere_too_hides_no_twin(tmp_path: Path) -> None:
    """A text before the PDF has the GUID first; the two in the PDF are twins all the same, and as-read loses nothing."""
    path = leaflet(tmp_path / "a.qdpx", on_page(40), in_text(40))
    first = f'<Sources><TextSource guid="{guid(6)}"><PlainTextContent>abcdefghijklmnop</PlainTextContent>{in_text(40, codings=coding(60))}</TextSource>'
    path = pack(tmp_path / "b.qdpx", project_xml(path).decode().replace("<Sources>", first))
    study = read(path)
    pages, texts = excerpts(study)
    assert (pages[0].id, texts[0].id, texts[0].same_as) == (f"{guid(40)}#2", f"{guid(40)}#3", f"{guid(40)}#2")
    assert write(study, tmp_path / "c.qdpx", target="as-read") == []
    assert canonical(project_xml(tmp_path / "c.qdpx")) == canonical(project_xml(path))
    losses = write(study, tmp_path / "c.qdpx")
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "c.qdpx"))] == []


def test_a_wrong_kind_of_span_among_twins_is_one_sentence(tmp_path: Path) -> None:
    """As anywhere else: a rectangle of a picture cannot lie on a page."""
    study = read(leaflet(tmp_path / "a.qdpx", on_page(40), in_text(40)))
    excerpts(study)[0][0].span = AreaSpan(0, 0, 1, 1)
    with pytest.raises(WriteError, match="AreaSpan"):
        write(study, tmp_path / "b.qdpx")


# ---- over the end of a page ----
LONG = "Eat well and sleep…"
BEGIN, END = on_page(40, 0, LONG, "Eat well "), on_page(41, 1, LONG, " and  sleep long")


@pytest.mark.parametrize("target", TARGETS)
def test_a_quotation_goes_on_on_the_next_page(target: str, tmp_path: Path) -> None:
    """The part there has an id of its own, but name, author, second and codes of the first: it is the same, said, and counted once, whatever the target."""
    path = leaflet(tmp_path / "a.qdpx", BEGIN + END, in_text(40, LONG))
    study = read(path)
    losses = write(study, tmp_path / "b.qdpx", target=target)
    back = read(tmp_path / "b.qdpx")
    assert [str(d) for d in differences(without(study, losses), back)] == []
    for found in (study, back):
        assert [e.same_as and e.same_as.lower() for e in excerpts(found)[0]] == [None, guid(40)]
        assert (len(found.segments()), found.segments().passages) == (1, 1)
        assert len(remarks(found, "cod-duplicate")) == 1


@pytest.mark.parametrize(
    "next_page",
    [
        on_page(41, 1, "Eat more and sleep…", " and sleep"),
        on_page(41, 2, LONG, " and sleep"),
        on_page(41, 1, LONG, " and swim"),
        on_page(41, 1, LONG, "Eat well and sleep"),
        on_page(41, 1, LONG, None),
        on_page(41, 1, LONG, " and sleep", date="2018-03-27T19:11:48Z"),
        on_page(41, 1, LONG, " and sleep", codings=coding(60, MOOD)),
        on_page(41, 1, LONG, " and sleep", codings=coding(60, user=BEN)),
        END + on_page(42, 1, LONG, " and sleep"),
    ],
)
def test_what_may_be_another_quotation_is_left_alone(next_page: str, tmp_path: Path) -> None:
    """Another name, page, word, second, code or coder, no words, or two that would fit: nothing is guessed."""
    study = read(leaflet(tmp_path / "a.qdpx", BEGIN + next_page, in_text(40, LONG)))
    assert {e.same_as for e in excerpts(study)[0]} == {None}
    assert remarks(study, "cod-duplicate") == []


def test_hits_of_a_search_that_are_named_alike_are_not_one_quotation(tmp_path: Path) -> None:
    """Coded in one second, on pages one after the other, by one name: each is whole, and goes on with no other, be it in the text or not."""
    pages = "".join(on_page(40 + n, n, "salt", "salt") for n in range(4))
    texts = "".join(in_text(40 + n, "salt", span=(5 * n, 5 * n + 4)) for n in range(3))
    study = read(leaflet(tmp_path / "a.qdpx", pages, texts, b"salt salt salt"))
    assert [e.same_as for e in excerpts(study)[0]] == [None] * 4
    assert [e.same_as for e in excerpts(study)[1]] == [guid(40 + n) for n in range(3)]
    assert (len(study.segments()), study.segments().passages) == (4, 4)
