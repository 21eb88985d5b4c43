"""Annotations that others wrote: by hand here, in the ways that the Recommendation allows and programs on the web use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qualdata import AudioSource, PdfSource, PictureSource, TextSource, VideoSource, differences
from qualdata.formats import detect
from qualdata.model import AreaSpan, PageSpan, Quote, TextSpan, TimeSpan
from qualdata.testing import without
from tests.alone import write
from tests.loosely import read

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PAGE = "https://example.org/talks/one.txt"
TEXT = "So, \U0001f600 we moved.\r\nThen we stayed. We moved again."


def put(path: Path, document: Any, text: str | None = None) -> Path:
    """A file of annotations; with a text, in the folder that belongs to it."""
    path.write_text(json.dumps(document), encoding="utf-8")
    if text is not None:
        folder = path.with_name(f"{path.stem}-sources")
        folder.mkdir(exist_ok=True)
        (folder / "one.txt").write_bytes(text.encode())
    return path


def annotation(number: int = 1, **said: Any) -> dict[str, Any]:
    return {"@context": CONTEXT, "id": f"https://example.org/a/{number}", "type": "Annotation", "target": PAGE, **said}


def tag(name: str = "Moving", **said: Any) -> dict[str, Any]:
    return annotation(body={"type": "TextualBody", "purpose": "tagging", "value": name}, **said)


def on(*selectors: Any, source: Any = PAGE) -> dict[str, Any]:
    """A target that is a part."""
    return {"source": source, "selector": [*selectors] if len(selectors) > 1 else selectors[0]}


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def at(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def rules(study: Any) -> list[str]:
    return [remark.rule for remark in study.reading.remarks]


# ---- one, several, pages ----
ONE = tag()
WAYS = {
    "one": ONE,
    "a list": [ONE],
    "a page": {"@context": CONTEXT, "type": "AnnotationPage", "items": [ONE]},
    "a collection": {"@context": CONTEXT, "type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [ONE]}},
    "two pages": {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [], "next": {"type": "AnnotationPage", "items": [ONE]}}},
    "a page that says its collection": {"type": "AnnotationPage", "partOf": {"id": "urn:x:1", "label": "Talks", "type": "AnnotationCollection"}, "items": [ONE]},
    "a graph": {"@context": CONTEXT, "@graph": [ONE]},
    "other keywords": {"@context": CONTEXT, "@id": "urn:x:2", "@type": ["oa:Annotation"], "target": PAGE, "body": ONE["body"]},
}


@pytest.mark.parametrize("name", ["a.jsonld", "a.json", "a.txt"])
@pytest.mark.parametrize("way", WAYS)
def test_annotations_come_one_by_one_or_together(way: str, name: str, tmp_path: Path) -> None:
    """Known by their content, whatever the ending; a tag on a whole page is a coding of a source."""
    path = put(tmp_path / name, WAYS[way])
    assert detect(path).name == "web-annotation"
    study = read(path)
    assert [(c.name, s.id, s.path) for s in study.sources for c in [study[s.codings[0].code]]] == [("Moving", PAGE, PAGE)]


def test_what_hypothesis_writes_is_read(tmp_path: Path) -> None:
    """A comment and two tags on a quotation; positions there count UTF-16 code units, so the words decide. The account is the coder and the author."""
    paragraph = {"type": "XPathSelector", "value": "/p[1]"}
    selectors = ({"type": "RangeSelector", "startSelector": paragraph, "endSelector": paragraph}, at(7, 15), quote("we moved", "So, \U0001f600 ", ".\n"))
    comment = {"type": "TextualBody", "value": "So they **did**", "format": "text/markdown"}
    body = [comment, *({"type": "TextualBody", "purpose": "tagging", "value": name} for name in ("Moving", "house"))]
    said = {"creator": "acct:ann@example.org", "created": "2024-05-06T10:00:00.1+00:00", "modified": "2024-05-07T10:00:00Z", "body": body, "target": [on(*selectors)]}
    study = read(put(tmp_path / "a.jsonld", annotation(**said), TEXT))
    (source,), (ann,), (memo,) = study.sources, study.contributors, study.memos
    (excerpt,) = source.excerpts
    assert source.text[excerpt.span.slice] == "we moved"
    assert ([study[c.code].name for c in excerpt.codings], [c.coder for c in excerpt.codings]) == (["Moving", "house"], [ann.id] * 2)
    assert (ann.name, excerpt.codings[0].created, excerpt.codings[0].id) == ("ann@example.org", said["created"], "https://example.org/a/1")
    assert (memo.text, memo.created_by, memo.modified, excerpt.memos) == ("So they **did**", ann.id, said["modified"], [memo.id])
    assert excerpt.extra == {"anno:selector": [selectors[0]]}
    assert rules(study) == ["exc-offset-unit", "sch-extension-unverified"]


# ---- where words stand ----
@pytest.mark.parametrize(
    ("selectors", "words", "kept", "rule"),
    [
        ((at(6, 14),), "we moved", None, None),
        ((at(6, 14), quote("we moved")), "we moved", None, None),
        ((quote("stayed"),), "stayed", None, None),
        ((quote("moved", "We ", " again"),), "moved", None, None),
        ((quote("moved"),), "moved", None, "exc-quote-mismatch"),
        ((at(0, 3), quote("stayed")), "stayed", None, "exc-offset-unit"),
        ((quote("moved. Then  we"),), "moved.\r\nThen we", Quote("moved. Then  we"), None),
        ((quote("never said"),), "", Quote("never said"), "exc-quote-mismatch"),
        (({"type": "FragmentSelector", "value": "par=2", "refinedBy": quote("stayed")},), "stayed", None, None),
        (({"type": "XPathSelector", "value": "/p[2]", "refinedBy": {**at(0, 4), "refinedBy": quote("stayed")}},), "stayed", None, None),
    ],
)  # fmt: skip
def test_a_passage_is_found_by_its_words(selectors: tuple[Any, ...], words: str, kept: Quote | None, rule: str | None, tmp_path: Path) -> None:
    """By positions where they say the words, else by the words; what is not found is kept as a quotation, and told."""
    study = read(put(tmp_path / "a.jsonld", tag(target=on(*selectors)), TEXT))
    (excerpt,) = study.sources[0].excerpts
    assert (TEXT[excerpt.span.slice], excerpt.quote) == (words, kept)
    assert [r for r in rules(study) if r.startswith("exc-")] == [rule] * (rule is not None)


def test_without_the_text_words_are_kept(tmp_path: Path) -> None:
    """With their place, where it is said; the file is told to be missing, and when it is there, they are placed."""
    path = put(tmp_path / "a.jsonld", [tag(target=on(quote("stayed", "we "))), {**tag(target=on(at(6, 14), quote("we moved"))), "id": "urn:x:2"}])
    study = read(path)
    assert [(e.span, e.quote) for e in study.sources[0].excerpts] == [(TextSpan(0, 0), Quote("stayed", "we ")), (TextSpan(6, 14), Quote("we moved"))]
    assert write(study, tmp_path / "b.jsonld") == []
    put(tmp_path / "b.jsonld", json.loads((tmp_path / "b.jsonld").read_text()), TEXT)
    assert [TEXT[e.span.slice] for e in read(tmp_path / "b.jsonld").sources[0].excerpts] == ["stayed", "we moved"]


# ---- other sources ----
@pytest.mark.parametrize(
    ("target", "kind", "span"),
    [
        ("http://example.org/film.mp4#t=10,20.5", VideoSource, TimeSpan(10000, 20500)),
        ("http://example.org/x#t=npt:,1:02:03", AudioSource, TimeSpan(0, 3723000)),
        ("http://example.org/x#xywh=1,2,30,40", PictureSource, AreaSpan(1, 2, 31, 42)),
        ({"id": "http://example.org/x#xywh=pixel:1.4,2.5,30,40", "type": "Image"}, PictureSource, AreaSpan(1, 2, 31, 42)),
        (on({"type": "FragmentSelector", "value": "t=1,2"}, source={"id": "http://example.org/x", "type": "Sound"}), AudioSource, TimeSpan(1000, 2000)),
        (on({"type": "FragmentSelector", "value": "page=3"}, source="http://example.org/x.pdf"), PdfSource, PageSpan(2, 0, 0, 0, 0)),
    ],
)  # fmt: skip
def test_parts_of_pictures_recordings_and_pdfs_are_read(target: Any, kind: type, span: Any, tmp_path: Path) -> None:
    """What a source is follows from its type, its format, its ending, or the way it is marked; fragments may stand in the address."""
    study = read(put(tmp_path / "a.jsonld", tag(target=target)))
    (source,) = study.sources
    assert type(source) is kind
    assert [(e.span, len(e.codings)) for e in source.excerpts] == [(span, 1)]
    assert source.path == source.id
    assert source.id.startswith("http://example.org/")
    assert "#" not in source.id


def test_words_of_a_pdf_stand_in_its_text(tmp_path: Path) -> None:
    """As in the model: a PDF has pages, its text has passages."""
    (source,) = read(put(tmp_path / "a.jsonld", tag(target=on(quote("stayed"), source="http://example.org/a.pdf")))).sources
    assert (type(source), source.excerpts) == (PdfSource, [])
    assert [e.quote for e in source.representation.excerpts] == [Quote("stayed")]


def test_the_rectangle_of_a_page_is_kept_but_not_read(tmp_path: Path) -> None:
    """It is counted from the top, and the height of the page is not known."""
    selector = {"type": "FragmentSelector", "value": "page=3&viewrect=50,50,640,480"}
    (source,) = read(put(tmp_path / "a.jsonld", tag(target=on(selector, source="http://example.org/a.pdf")))).sources
    assert [(e.span, e.extra) for e in source.excerpts] == [(PageSpan(2, 0, 0, 0, 0), {"anno:selector": [selector]})]


def test_what_cannot_be_placed_is_about_the_whole_source(tmp_path: Path) -> None:
    """An area drawn in SVG, a part of a recording in words: the coding is not lost, the target is kept and written back, and it is told."""
    svg = on({"type": "SvgSelector", "value": "<svg><circle r='4'/></svg>"}, source={"id": "http://example.org/p", "type": "Image"})
    words = on(quote("stayed"), source={"id": "http://example.org/s.mp3", "type": "Sound"})
    study = read(put(tmp_path / "a.jsonld", [tag(target=svg), {**tag(target=words), "id": "urn:x:2"}]))
    assert [(type(s), s.excerpts, s.codings[0].extra) for s in study.sources] == [(PictureSource, [], {"anno:target": svg}), (AudioSource, [], {"anno:target": words})]
    assert sum("it is about the whole source" in remark.message for remark in study.reading.remarks) == 2
    write(study, tmp_path / "b.jsonld")
    assert [a["target"] for a in json.loads((tmp_path / "b.jsonld").read_text())["first"]["items"]] == [svg, words]


# ---- bodies ----
@pytest.mark.parametrize(
    ("said", "codes", "notes"),
    [
        ({"bodyValue": "Hm"}, [], ["Hm"]),
        ({"body": {"type": "TextualBody", "value": "Hm"}}, [], ["Hm"]),
        ({"body": {"value": "Moving"}, "motivation": "tagging"}, ["Moving"], []),
        ({"body": {"value": "Moving"}, "motivation": ["oa:classifying", "commenting"]}, ["Moving"], []),
        ({"body": ["http://example.org/codes#moving", {"value": "Hm", "purpose": "commenting"}], "motivation": "tagging"}, ["moving"], ["Hm"]),
        ({"body": {"source": "http://example.org/codes/moving%20on/", "purpose": "identifying"}}, ["moving on"], []),
        ({"body": {"type": "SpecificResource", "source": {"id": "urn:x:c", "label": "Moving"}, "purpose": "http://www.w3.org/ns/oa#tagging"}}, ["Moving"], []),
        ({"body": {"id": "urn:x:c", "type": "skos:Concept", "skos:prefLabel": "Moving"}}, ["Moving"], []),
        ({"body": [{"value": "a", "purpose": "tagging"}, {"value": "a", "purpose": "tagging"}]}, ["a"], []),
        ({}, [], []),
    ],
)  # fmt: skip
def test_tags_become_codes_and_comments_memos(said: dict[str, Any], codes: list[str], notes: list[str], tmp_path: Path) -> None:
    """By the purpose of a body, else by the motivation of the annotation, else by what it is; tags of one name are one code."""
    study = read(put(tmp_path / "a.jsonld", annotation(**said)))
    assert ([c.name for c in study.codes], [m.text for m in study.memos]) == (codes, notes)
    assert study.sources[0].memos == [m.id for m in study.memos]


def test_one_annotation_may_be_about_several_things(tmp_path: Path) -> None:
    """Each target has a coding of its own; those of a group too, and of a choice the first."""
    group = {"type": "List", "items": ["http://example.org/1", "http://example.org/2"]}
    choice = {"type": "Choice", "items": ["http://example.org/3", "http://example.org/4"]}
    study = read(put(tmp_path / "a.jsonld", tag(target=[PAGE, group, choice])))
    assert [(s.id, len(s.codings)) for s in study.sources] == [(PAGE, 1), *((f"http://example.org/{n}", 1) for n in (1, 2, 3))]
    assert len({s.codings[0].id for s in study.sources}) == 4


def test_a_reply_is_about_what_it_replies_to(tmp_path: Path) -> None:
    """An annotation of an annotation is a memo on the coding, also if it stands before it."""
    reply = {"id": "urn:x:9", "type": "Annotation", "motivation": "replying", "body": {"value": "No"}, "target": "https://example.org/a/1"}
    study = read(put(tmp_path / "a.jsonld", [reply, tag()]))
    (coding,) = study.sources[0].codings
    assert (coding.memos, study.memos[0].text) == ([study.memos[0].id], "No")


# ---- what is not known ----
def test_what_is_not_known_is_kept_told_and_written_back(tmp_path: Path) -> None:
    """Properties of annotation, source, part and note, a context of their own, an annotation that is neither of all: after a second reading all is the same."""
    odd = {"motivation": "classifying", "rights": "http://example.org/licence", "ex:mood": {"ex:of": ["a", 1.5, None]}}
    target = {**on(at(6, 14), {"type": "CssSelector", "value": "p"}, source={"id": PAGE, "type": "Text", "ex:year": 1999}), "styleClass": "red"}
    link = {"id": "urn:x:3", "type": "Annotation", "motivation": "linking", "body": "http://example.org/other", "target": PAGE, "ex:why": "so"}
    note = {"id": "urn:x:4", "type": "Annotation", "motivation": "describing", "body": [{"value": "Hm", "language": "en", "ex:loud": True}, "http://example.org/b"], "target": PAGE}
    context = [CONTEXT, {"ex": "http://example.org/terms#", "ex:of": {"@id": "ex:of", "@type": "@id"}}]
    page = {"type": "AnnotationPage", "items": [tag(target=target, **odd), link, note]}
    document = {"@context": context, "id": "urn:x:0", "type": "AnnotationCollection", "label": "Talks", "ex:n": 4, "first": page}
    study = read(put(tmp_path / "a.jsonld", document, TEXT))
    assert write(study, tmp_path / "b.jsonld") == []
    back, written = read(tmp_path / "b.jsonld"), json.loads((tmp_path / "b.jsonld").read_text())
    assert [str(d) for d in differences(study, back)] == []
    one, kept, described = (next(a for a in written["first"]["items"] if a["id"] == id) for id in ("https://example.org/a/1", "urn:x:3", "urn:x:4"))
    assert {key: one[key] for key in odd} == odd
    assert (one["target"]["styleClass"], one["target"]["selector"][-1]) == ("red", {"type": "CssSelector", "value": "p"})
    assert (kept, described["motivation"], described["body"][1], described["body"][0]["ex:loud"]) == (link, "describing", "http://example.org/b", True)
    assert (written["@context"][0], written["ex:n"], written["qualdata:sources"][0]["ex:year"]) == (context[1], 4, 1999)
    assert rules(study) == ["sch-extension-unverified"] * 2
    assert "ex:mood" in study.reading.remarks[0].message


def test_content_of_another_format_is_a_loss(tmp_path: Path) -> None:
    """Also beside what annotations said: an `extra` is written back if all of it is theirs."""
    study = read(put(tmp_path / "a.jsonld", tag(**{"ex:mood": 1})))
    study.sources[0].codings[0].extra["acme:note"] = "x"
    losses = write(study, tmp_path / "b.jsonld")
    assert [(loss.kind, loss.fields) for loss in losses] == [("unknown content", ("Coding.extra",))]
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "b.jsonld"))] == []


def test_what_a_tool_adds_to_ours_is_found(tmp_path: Path) -> None:
    """A new tag and a comment in a collection that qualdata wrote: the code is added to its list, the comment to the memos of its passage."""
    path = tmp_path / "a.jsonld"
    study = read(put(path, tag(target=on(quote("stayed"))), TEXT))
    write(study, path)
    document = json.loads(path.read_text())
    target = document["first"]["items"][0]["target"]
    more = (("tagging", "House"), ("commenting", "Hm"))
    document["first"]["items"] += [{"id": f"urn:x:{why}", "type": "Annotation", "motivation": why, "body": {"value": value}, "target": target} for why, value in more]
    back = read(put(path, document))
    (excerpt,) = back.sources[0].excerpts
    assert [back[c.code].name for c in excerpt.codings] == ["Moving", "House"]
    assert [back[m].text for m in excerpt.memos] == ["Hm"]
    assert isinstance(back.sources[0], TextSource)
