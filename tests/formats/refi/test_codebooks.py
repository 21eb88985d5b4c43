"""Codebooks: what is in them is read, what is written is valid, and what is lost is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from lxml import etree

from qualdata import Code, Contributor, Memo, QualdataError, Study, TextSource, differences, write
from qualdata.formats import detect
from qualdata.model import Set
from qualdata.testing import studies, value_at, without
from tests.canonical import canonical
from tests.loosely import read
from tests.official import codebook_schema, project_schema
from tests.random_xml import inject
from tests.writing import guid, pack

NAMESPACE = "urn:QDA-XML:codebook:1.0"
SAMPLES = ("atlasti-23.4.qdc", "qualcoder-neutral.qdc")
GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
BODY = (
    f'<Codes><Code guid="{guid(1)}" name="Mood" isCodable="false"><Description>How one feels</Description>'
    f'<Code guid="{guid(2)}" name="Good" isCodable="true" color="#00ff00"/><Code guid="{guid(3)}" name="Bad" isCodable="true"><Description/></Code></Code>'
    f'<Code guid="{guid(4)}" name="Place &amp; time" isCodable="1" color="#ABC"/></Codes>'
    f'<Sets><Set guid="{guid(5)}" name="Both"><Description>s</Description><MemberCode guid="{guid(4)}"/><MemberCode guid="{guid(2)}"/></Set>'
    f'<Set guid="{guid(6)}" name="None"/></Sets>'
)


def book(body: str = BODY, namespace: str = NAMESPACE, attributes: str = ' origin="Some program"') -> str:
    declared = f' xmlns="{namespace}"' if namespace else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<CodeBook{declared}{attributes}>{body}</CodeBook>'


def put(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def rows(study: Any) -> list[tuple[Any, ...]]:
    """Depth, name, meaning, colour and use of each code, in the order of the tree."""
    return [(depth, c.name, c.description, c.colour, c.codable) for c, depth in study.code_tree.walk()]


EXPECTED = [(1, "Mood", "How one feels", None, False), (2, "Good", None, "#00ff00", True), (2, "Bad", "", None, True), (1, "Place & time", None, "#ABC", True)]


def assert_is_codebook(data: bytes) -> None:
    """What Codebook.xsd asks for, by hand: names, order, and the form of GUIDs, colours and truths."""
    allowed: dict[str, tuple[list[str], set[str], set[str]]] = {
        "CodeBook": (["Codes", "Sets"], set(), {"origin"}),
        "Codes": (["Code"], set(), set()),
        "Sets": (["Set"], set(), set()),
        "Code": (["Description", "Code"], {"guid", "name", "isCodable"}, {"color"}),
        "Set": (["Description", "MemberCode"], {"guid", "name"}, set()),
        "MemberCode": ([], {"guid"}, set()),
        "Description": ([], set(), set()),
    }
    forms = {"guid": rf"{GUID}|\{{{GUID}\}}", "isCodable": "true|false|0|1", "color": "#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})", "name": r"(?s).*", "origin": ".*"}
    root = etree.fromstring(data)
    assert root.tag == f"{{{NAMESPACE}}}CodeBook"
    assert root[0].tag == f"{{{NAMESPACE}}}Codes"
    for e in root.iter():
        assert etree.QName(e).namespace == NAMESPACE
        children, must, may = allowed[etree.QName(e).localname]
        order = [children.index(etree.QName(child).localname) for child in e]
        assert order == sorted(order)
        assert all(order.count(children.index(once)) <= 1 for once in ("Codes", "Sets", "Description") if once in children)
        assert len(e) or etree.QName(e).localname not in ("Codes", "Sets")
        assert must <= set(e.attrib) <= must | may
        assert all(re.fullmatch(forms[str(a)], str(value)) for a, value in e.attrib.items())


# ---- reading ----
def test_a_codebook_is_read_whole(tmp_path: Path) -> None:
    """Nested codes, meanings (an empty one is not none), colours, codes that only group; sets with their members; who wrote it."""
    study = read(put(tmp_path / "a.qdc", book()))
    assert rows(study) == EXPECTED
    assert [c.id for c in study.codes] == [guid(n) for n in (1, 2, 3, 4)]
    assert [(s.name, s.description, s.codes) for s in study.sets] == [("Both", "s", [guid(4), guid(2)]), ("None", None, [])]
    assert study.reading.format == "qdc"
    assert study.reading.origin == "Some program"
    assert study.reading.remarks == []


@pytest.mark.parametrize("name", ["a.qdc", "a.QDC", "a.xml", "a.qde", "a"])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
def test_a_codebook_is_known_by_its_content(name: str, before: bytes, tmp_path: Path) -> None:
    """Whatever its ending, with and without a byte order mark; a project that holds one is none."""
    path = put(tmp_path / name, before + book().encode())
    assert detect(path).name == "qdc"
    assert rows(read(path)) == EXPECTED
    project = put(tmp_path / "p.xml", '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes/></CodeBook></Project>')
    assert detect(project).name == "qde"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    """If the file says them."""
    said = encoding.removesuffix("-sig")
    text = book().replace('encoding="utf-8"', f'encoding="{said}"')
    assert rows(read(put(tmp_path / "a.qdc", text.encode(encoding)))) == EXPECTED


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:0:4", "urn:QDA-XML:codebook:1:0", "urn:qda-xml:codebook:1.0", "URN:QDA-XML:CODEBOOK:1:0", ""])
def test_the_namespaces_of_other_versions_are_read_and_said(namespace: str, tmp_path: Path) -> None:
    """As if it were the standard's; as-read keeps it, a standard file has the right one."""
    path = put(tmp_path / "a.qdc", book(namespace=namespace))
    study = read(path)
    assert rows(study) == EXPECTED
    assert [(r.rule, r.line) for r in study.reading.remarks] == [("refi-namespace", 1)]
    assert (namespace or "missing") in study.reading.remarks[0].message
    assert write(study, tmp_path / "b.qdc", target="as-read") == []
    assert canonical((tmp_path / "b.qdc").read_bytes()) == canonical(path.read_bytes())
    write(study, tmp_path / "c.qdc")
    assert_is_codebook((tmp_path / "c.qdc").read_bytes())


def test_a_code_that_holds_all_others_stays(tmp_path: Path) -> None:
    """"Nodes" is kept as it is, at the top and not codable."""
    inner = f'<Code guid="{guid(2)}" name="Good" isCodable="true"/>'
    study = read(put(tmp_path / "a.qdc", book(f'<Codes><Code guid="{guid(1)}" name="Nodes" isCodable="false">{inner}</Code></Codes>', "urn:QDA-XML:codebook:1:0")))
    assert rows(study) == [(1, "Nodes", None, None, False), (2, "Good", None, None, True)]


def test_a_guid_that_occurs_twice_is_told_apart_and_written_back(tmp_path: Path) -> None:
    """In codes and in sets, whatever its letters; as-read writes it back, else the second holder gets a GUID of its own, and that is told."""
    inner = f'<Code guid="{guid(2)}" name="c" isCodable="true"/>'
    body = f'<Codes><Code guid="{guid(1)}" name="a" isCodable="true"/><Code guid="{guid(1).upper()}" name="b" isCodable="true">{inner}</Code></Codes>'
    study = read(put(tmp_path / "a.qdc", book(body)))
    assert [c.id for c in study.codes] == [guid(1), f"{guid(1).upper()}#2", guid(2)]
    assert rows(study)[2][:2] == (2, "c")
    assert [r.rule for r in study.reading.remarks] == ["refi-guid-reused"]
    assert write(study, tmp_path / "b.qdc", target="as-read") == []
    assert [c.get("guid") for c in etree.parse(str(tmp_path / "b.qdc")).iter("{*}Code")] == [guid(1), guid(1).upper(), guid(2)]
    losses = write(study, tmp_path / "c.qdc")
    assert [(loss.kind, loss.ids) for loss in losses] == [("renamed", (f"{guid(1).upper()}#2",))]
    first, second, third = (c.get("guid") for c in etree.parse(str(tmp_path / "c.qdc")).iter("{*}Code"))
    assert (first, third) == (guid(1), guid(2))
    assert second not in (None, guid(1), guid(1).upper(), guid(2))
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "c.qdc"))] == []


@pytest.mark.parametrize("body", ["", "<Codes/>", "<Codes></Codes><Sets/>"])
def test_a_codebook_without_codes_is_read_and_said(body: str, tmp_path: Path) -> None:
    """It goes back as it was; a standard one cannot be made of it."""
    path = put(tmp_path / "a.qdc", book(body))
    study = read(path)
    assert study.codes == []
    assert "refi-structure-invalid" in {r.rule for r in study.reading.remarks}
    write(study, tmp_path / "b.qdc", target="as-read")
    assert canonical((tmp_path / "b.qdc").read_bytes()) == canonical(path.read_bytes())
    with pytest.raises(QualdataError, match="no codes"):
        write(study, tmp_path / "c.qdc")


# ---- real files ----
@pytest.mark.samples
def test_the_codebook_of_atlasti_is_what_is_in_it(samples: Path) -> None:
    """One code, one group."""
    study = read(samples / SAMPLES[0])
    assert rows(study) == [(1, "code1", "description", "#46AA00", True)]
    assert [(s.name, s.description, s.codes) for s in study.sets] == [("code group 1", "kategorie 1", [study.codes[0].id])]
    assert study.reading.remarks == []


@pytest.mark.samples
def test_codebook_and_project_of_one_project_give_the_same_codes(samples: Path) -> None:
    """QualCoder's: tree, names, meanings, colours and use; the GUIDs are new in each export."""
    codes = rows(read(samples / "qualcoder-neutral.qdc"))
    assert len(codes) == 6
    assert codes == rows(read(samples / "qualcoder-neutral.qdpx")) == rows(read(samples / "qualcoder-neutral-crlf.qdpx"))


@pytest.mark.samples
@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_codebook_comes_back(name: str, samples: Path, tmp_path: Path) -> None:
    """As-read the same; standard valid and with the same content; with foreign content at every element, and at some, too."""
    study, out = read(samples / name), tmp_path / "out.qdc"
    assert write(study, out, target="as-read") == []
    assert canonical(out.read_bytes()) == canonical((samples / name).read_bytes())
    assert write(study, out) == []
    codebook_schema(samples).assertValid(etree.fromstring(out.read_bytes()))
    assert read(out) == study
    for rate in (1.0, 0.3, 0.1):
        root = etree.fromstring((samples / name).read_bytes())
        inject(root, Random(f"{name} {rate}"), rate)
        path = put(tmp_path / "in.qdc", etree.tostring(root))
        write(read(path), out, target="as-read")
        assert canonical(out.read_bytes()) == canonical(path.read_bytes())


@pytest.mark.samples
@given(study=studies())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_written_is_valid_to_the_official_schema(study: Study, samples: Path, folder: Path) -> None:
    """Whatever the study holds."""
    assume(study.codes)
    write(study, folder / "official.qdc")
    codebook_schema(samples).assertValid(etree.fromstring((folder / "official.qdc").read_bytes()))


# ---- writing ----
@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def test_a_codebook_is_written_as_by_hand(tmp_path: Path) -> None:
    """Each part in its place, a member of a set by its `guid`."""
    study = Study(title="Moving")
    mood = study.add(Code(id=guid(1), name="Mood", codable=False, description="How one feels"))
    good = study.add(Code(id=guid(2), name="Good", parent=mood.id, colour="#00FF00"))
    study.add(Set(id=guid(3), name="Feelings", codes=[good.id, mood.id]))
    write(study, tmp_path / "a.qdc")
    written = re.sub(r">\s+<", "><", (tmp_path / "a.qdc").read_text("utf-8"))
    assert re.fullmatch(
        re.escape('<?xml version="1.0" encoding="UTF-8"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="')
        + r"qualdata \S+ \(standard\)"
        + re.escape(
            f'"><Codes><Code guid="{guid(1)}" name="Mood" isCodable="false"><Description>How one feels</Description>'
            f'<Code guid="{guid(2)}" name="Good" isCodable="true" color="#00FF00"></Code></Code></Codes>'
            f'<Sets><Set guid="{guid(3)}" name="Feelings"><MemberCode guid="{guid(2)}"/><MemberCode guid="{guid(1)}"/></Set></Sets></CodeBook>\n'
        ),
        written,
    )


def test_what_a_codebook_has_no_place_for_is_one_loss_a_kind(tmp_path: Path) -> None:
    """Counted by list of the study, and by field of codes and sets."""
    study = Study(title="Moving", method="grounded theory")
    for name in "Ann", "Ben":
        study.add(Contributor(name=name))
    text, memo = study.add(TextSource(name="i", text="t")), study.add(Memo(text="m"))
    code = study.add(Code(id="c1", name="Good", include="always", memos=[memo.id]))
    study.add(Set(name="s", codes=[code.id], sources=[text.id], memos=[memo.id], kind="code group"))
    losses = write(study, tmp_path / "a.qdc")
    assert {loss.where for loss in losses} == {
        "1 study: title", "1 study: method", "2 contributors", "1 source", "1 memo",
        "1 code: include", "1 code: memos", "1 set: sources", "1 set: memos", "1 set: kind", "1 id",
    }  # fmt: skip
    assert all(loss.kind == "no place" and "codebook" in loss.why for loss in losses if loss.kind != "renamed")


@given(study=studies())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_study_comes_back_but_for_its_losses(study: Study, folder: Path) -> None:
    """What is written is a codebook; taking out exactly what the losses name leaves what it says, and each of them really differs."""
    assume(study.codes)
    path = folder / "a.qdc"
    losses = write(study, path)
    assert_is_codebook(path.read_bytes())
    back = read(path)
    assert [str(d) for d in differences(without(study, losses), back)] == []
    for loss in losses:
        for name in loss.fields:
            if not name.endswith(".id"):
                assert all(_differs(study, back, name, id) for id in loss.ids), f"{name} is called lost, but came back"
    again = folder / "b.qdc"
    assert write(back, again, target="as-read") == []
    assert canonical(again.read_bytes()) == canonical(path.read_bytes())


def _differs(study: Study, back: Study, name: str, id: str) -> bool:
    try:
        return bool(value_at(study, name, id) != value_at(back, name, id))
    except KeyError:
        return True


@pytest.mark.parametrize("seed", range(12))
def test_foreign_content_comes_back(seed: int, tmp_path: Path) -> None:
    """At every element or at some, twice over; a standard file leaves it out, says so, and is valid."""
    root = etree.fromstring(book(attributes=' xmlns:q="urn:q" xmlns:x="urn:x"').encode())
    for rate in ((1.0, 0.5, 0.3, 0.1)[seed % 4], 0.3):
        inject(root, Random(seed), rate)
        path = put(tmp_path / "in.qdc", etree.tostring(root))
        study = read(path)
        assert write(study, tmp_path / "out.qdc", target="as-read") == []
        assert canonical((tmp_path / "out.qdc").read_bytes()) == canonical(path.read_bytes())
    losses = write(study, tmp_path / "standard.qdc")
    assert_is_codebook((tmp_path / "standard.qdc").read_bytes())
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "standard.qdc"))] == []
    assert any(f.endswith(".extra") for loss in losses for f in loss.fields)


def test_as_read_is_for_what_the_file_was(tmp_path: Path) -> None:
    """A codebook as a project, or a project as a codebook, is a standard one; a stay in a package changes nothing."""
    path = put(tmp_path / "a.qdc", book(namespace="urn:QDA-XML:codebook:0:4", attributes=' origin="x" new="1"'))
    study = read(path)
    write(study, tmp_path / "a.qde", target="as-read")
    project_schema().assertValid(etree.parse(str(tmp_path / "a.qde")))
    write(study, tmp_path / "a.qualdata")
    write(read(tmp_path / "a.qualdata"), tmp_path / "b.qdc", target="as-read")
    assert canonical((tmp_path / "b.qdc").read_bytes()) == canonical(path.read_bytes())
    write(read(tmp_path / "a.qde"), tmp_path / "c.qdc", target="as-read")
    assert_is_codebook((tmp_path / "c.qdc").read_bytes())


def test_a_study_without_codes_has_no_codebook(tmp_path: Path) -> None:
    """It is refused, and what was there stays; so is a target that codebooks have not."""
    put(tmp_path / "a.qdc", "old")
    with pytest.raises(QualdataError, match="no codes"):
        write(Study(title="x"), tmp_path / "a.qdc")
    with pytest.raises(QualdataError, match="standard, as-read"):
        write(read(put(tmp_path / "b.qdc", book())), tmp_path / "a.qdc", target="nvivo")
    assert (tmp_path / "a.qdc").read_text() == "old"


# ---- wrong files ----
def refused(path: Path, *words: str) -> None:
    with pytest.raises(QualdataError) as caught:
        read(path)
    assert caught.value.path == str(path)
    assert "\n" not in caught.value.message
    assert caught.value.message.endswith(".")
    for word in words:
        assert word in str(caught.value)


def test_a_truncated_codebook_is_refused(tmp_path: Path) -> None:
    """Cut anywhere."""
    whole = book().encode()
    for size in (1, 30, 80, 200, len(whole) // 2, len(whole) - 12, len(whole) - 1):
        refused(put(tmp_path / "a.qdc", whole[:size]))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"), ("Dear diary", "XML"), ("<svg/>", "<svg>"),
        ('<CodeBook xmlns="urn:other"/>', "urn:other"), (book(namespace="urn:QDA-XML:project:1.0"), "urn:QDA-XML:project"),
        ('<!DOCTYPE CodeBook [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + book("<Codes>&x;</Codes>")[39:], "DOCTYPE"),
        (book("<Codes>&nbsp;</Codes>"), "line 2"),
        (book("<Codes>" + f'<Code guid="{guid(1)}" name="c" isCodable="true">' * 300 + "</Code>" * 300 + "</Codes>"), "256 deep"),
        (book("<x>" * 300 + "</x>" * 300), "256 deep"),
    ],
)  # fmt: skip
def test_wrong_files_are_refused_in_one_sentence(text: str, word: str, tmp_path: Path) -> None:
    """Other files, other XML, other namespaces, document types, depth."""
    refused(put(tmp_path / "a.qdc", text), word)


def test_a_project_is_no_codebook(tmp_path: Path) -> None:
    """It is read as what it is; asked for as a codebook it is refused, as is a ZIP file with a codebook in it."""
    path = put(tmp_path / "a.qdc", '<Project xmlns="urn:QDA-XML:project:1.0" name="x"/>')
    assert read(path).title == "x"
    with pytest.raises(QualdataError, match="project, not a codebook"):
        read(path, format="qdc")
    refused(pack(tmp_path / "b.qdpx", book(), name="codes.qdc"), "codebook (.qdc)")


def test_codes_are_written_as_deep_as_they_can_be_read(tmp_path: Path) -> None:
    """254 of them, and no more."""
    codes = [Code(id=guid(n), name=str(n), parent=guid(n - 1) if n > 1 else None) for n in range(1, 256)]
    write(Study(title="x", codes=codes[:254]), tmp_path / "a.qdc")
    assert max(depth for _, depth in read(tmp_path / "a.qdc").code_tree.walk()) == 254
    with pytest.raises(QualdataError, match="254"):
        write(Study(title="x", codes=codes), tmp_path / "b.qdc")
