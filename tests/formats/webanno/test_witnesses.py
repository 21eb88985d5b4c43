"""What is written means to others what it means to us: a reader of its own, and another implementation of the selectors."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from anchorpoint.textselectors import TextPositionSelector, TextQuoteSelector

import qualdata
from qualdata import Code, Contributor, PdfSource, PictureSource, Study, TextSource, VideoSource, write
from qualdata.model import AreaSpan, Memo, PageSpan, TimeSpan
from tests.formats.webanno.plainly import annotations, tags
from tests.test_smart_recovery import FOLDER

PACKAGE = FOLDER / "SYNTHETIC-smart-recovery.qualdata"
AWKWARD = "So, \U0001f600 we moved.\r\nThen \U0001f469\u200d\U0001f467 stayed\rat cafe\u0301 \U0001d4a9ot far."
WORDS = ("\U0001f600 we moved", "moved.\r\nThen", "\U0001f469\u200d\U0001f467 stayed\rat", "cafe\u0301", "\U0001d4a9ot", ".")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example study as annotations."""
    path = tmp_path_factory.mktemp("example") / "example.jsonld"
    write(qualdata.example(), path)
    return path


def coded(package: Path) -> list[tuple[str, str, str]]:
    """Code, coder and words of all codings on parts of texts, read from the JSON and the texts of a package."""
    with ZipFile(package) as archive:
        study = json.loads(archive.read("study.json"))["study"]
        codes, people = ({thing["id"]: thing["name"] for thing in study[name]} for name in ("codes", "contributors"))
        found = []
        for source in study["sources"]:
            text = archive.read(source["stored"]).decode("utf-8-sig")
            for excerpt in source["excerpts"]:
                words = text[excerpt["span"]["start"] : excerpt["span"]["end"]]
                found += [(codes[c["code"]], people[c["coder"]], words) for c in excerpt["codings"]]
        return found


def test_each_tag_stands_on_its_words(example: Path) -> None:
    """Code, coder and words are those of the package, which is read without us; positions and quotations say the same words."""
    found = list(tags(example))
    assert [(tag.code, tag.coder, tag.words) for tag in found] == coded(PACKAGE)
    assert len(found) == 810
    assert all(tag.words == tag.exact for tag in found)
    assert all(tag.text[: tag.position[0]].endswith(tag.prefix) and tag.text[tag.position[1] :].startswith(tag.suffix) for tag in found)
    assert {max(len(tag.prefix), len(tag.suffix)) for tag in found} == {32}


def awkward(tmp_path: Path, data: bytes | None) -> Path:
    """Six passages in a text with characters beyond the basic plane and all line ends, kept in the study or in a file of these bytes."""
    source = TextSource(name="Talk", text=AWKWARD)
    if data is not None:
        (tmp_path / "talk.txt").write_bytes(data)
        source = TextSource(name="Talk", stored=qualdata.model.Media.file(tmp_path / "talk.txt"))
    code = Code(name="Moving")
    for words in WORDS:
        source.excerpt(source.find(words)).apply(code)
    write(Study(codes=[code], sources=[source]), tmp_path / "awkward.jsonld")
    return tmp_path / "awkward.jsonld"


FORMS = {"inline": None, "UTF-8": AWKWARD.encode(), "with a mark": b"\xef\xbb\xbf" + AWKWARD.encode(), "UTF-16": b"\xff\xfe" + AWKWARD.encode("utf-16-le")}


@pytest.mark.parametrize("form", FORMS)
def test_another_implementation_finds_the_words(form: str, tmp_path: Path) -> None:
    """Positions count code points, with both characters of CR LF and without a byte order mark; anchorpoint finds the same words by either selector."""
    path = awkward(tmp_path, FORMS[form])
    found = list(tags(path))
    assert [tag.words for tag in found] == [*WORDS]
    for tag, words in zip(found, WORDS, strict=True):
        assert TextPositionSelector(start=tag.position[0], end=tag.position[1]).select_text(tag.text) == words
        match = TextQuoteSelector(exact=tag.exact, prefix=tag.prefix, suffix=tag.suffix).find_match(tag.text)
        assert match is not None
        assert match.span(1) == tag.position
    if FORMS[form] is not None:
        assert (tmp_path / "awkward-sources" / "talk.txt").read_bytes() == FORMS[form]


def must(annotation: dict[str, Any]) -> None:
    """What the Recommendation says an annotation must have and must not have (sections 3.1, 3.2.4, 3.3.1, 4, 4.2)."""
    assert annotation["type"] == "Annotation"
    assert isinstance(annotation["id"], str)
    assert "bodyValue" not in annotation
    assert {name for name in ("created", "modified") if not str(annotation.get(name, "Z")).endswith("Z")} == set()
    body, targets = annotation.get("body", {}), annotation["target"]
    for one in (body, *(targets if isinstance(targets, list) else [targets])):
        if isinstance(one, dict):
            assert not {"value", "source"} <= one.keys(), "an embedded text has no source"
            assert "purpose" not in one or "source" in one, "only a part of something has a purpose here"
            selectors = one.get("selector", [])
            for selector in selectors if isinstance(selectors, list) else [selectors]:
                assert selector["type"] in ("FragmentSelector", "TextQuoteSelector", "TextPositionSelector")
                if selector["type"] == "TextPositionSelector":
                    assert 0 <= selector["start"] <= selector["end"]


def test_the_collection_is_one(example: Path) -> None:
    """Its context, page and numbers are those that the Recommendation asks for (section 5); each annotation has what it must have, and an IRI of its own."""
    document = json.loads(example.read_text(encoding="utf-8"))
    page, items = document["first"], document["first"]["items"]
    assert document["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert document["type"] == "AnnotationCollection"
    assert document["label"]
    assert (document["total"], page["startIndex"], document["last"]) == (len(items), 0, page["id"])
    assert (page["type"], page["partOf"]["id"]) == ("AnnotationPage", document["id"])
    assert "@context" not in page
    for annotation in items:
        must(annotation)
    assert len({annotation["id"] for annotation in items}) == len(items)
    assert Counter(annotation["motivation"] for annotation in items) == {"tagging": 810, "commenting": 13}


def test_places_in_pictures_recordings_and_pdfs_are_fragments(tmp_path: Path) -> None:
    """As Media Fragments and RFC 3778 write them, computed by hand: a rectangle, a time of 1.5 to 62.25 seconds, the third page."""
    study = Study(sources=[picture := PictureSource(name="P"), film := VideoSource(name="F"), pdf := PdfSource(name="D")])
    picture.excerpt(AreaSpan(10, 20, 110, 45))
    film.excerpt(TimeSpan(1500, 62250))
    pdf.excerpt(PageSpan(2, 50, 700, 250, 650))
    write(study, tmp_path / "a.jsonld")
    found = [(a["motivation"], a["target"]["selector"]["conformsTo"], a["target"]["selector"]["value"]) for a in annotations(tmp_path / "a.jsonld")]
    media, page = "http://www.w3.org/TR/media-frags/", "http://tools.ietf.org/rfc/rfc3778"
    assert found == [("highlighting", media, "xywh=10,20,100,25"), ("highlighting", media, "t=1.5,62.25"), ("highlighting", page, "page=3")]


def test_a_memo_comments_on_all_that_it_is_about(tmp_path: Path) -> None:
    """Its text is the body, its author that of the annotation; its targets are a source, a passage, a code and the study."""
    ann = Contributor(name="Ann")
    memo = Memo(name="Why", text="They \U0001f600 moved.\r\n", created_by=ann.id, created="2024-05-06T10:00:00Z")
    source = TextSource(name="Talk", text="We moved.", memos=[memo.id])
    source.excerpt(3, 8).memos.append(memo.id)
    code = Code(name="Moving", memos=[memo.id])
    study = Study(contributors=[ann], codes=[code], sources=[source], memos=[memo], own_memos=[memo.id])
    write(study, tmp_path / "a.jsonld")
    note = annotations(tmp_path / "a.jsonld")[-1]
    assert (note["motivation"], note["creator"]["name"], note["created"]) == ("commenting", "Ann", "2024-05-06T10:00:00Z")
    assert (note["body"]["type"], note["body"]["value"], note["body"]["label"]) == ("TextualBody", memo.text, "Why")
    targets = {target if isinstance(target, str) else target["selector"][1]["exact"] for target in note["target"]}
    assert targets == {f"urn:uuid:{study.id}", f"urn:uuid:{code.id}", f"a-sources/{source.id}.txt", "moved"}
