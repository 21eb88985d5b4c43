"""What REFI-QDA does not know comes back as-read, in its place; and no valid project is misread."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree

from qualdata import QualdataError, differences
from qualdata.testing import without
from tests.alone import write
from tests.canonical import canonical, contents, normal
from tests.independent import NS, members, project, project_xml, xml_of
from tests.loosely import read
from tests.official import project_schema
from tests.random_xml import damage, document, inject
from tests.writing import WRITERS, pack

SAMPLES = {
    "nvivo-win-12.6-scrubbed.qdpx": (1.0, 0.3),
    "atlasti-8.4-standard-project.qde": (1.0, 0.5, 0.1, 0.02),
    "atlasti-8.4-sources-missing.qdpx": (1.0, 0.2),
    "qualcoder-neutral.qdpx": (1.0, 0.5, 0.1, 0.02),
    "qualcoder-neutral-crlf.qdpx": (1.0, 0.2),
    "qualilab-stress.qdpx": (1.0,),
}


def trip(path: Path, folder: Path) -> tuple[Any, bytes]:
    """What a file is read as, and the project that as-read writes of it."""
    study = read(path)
    out = folder / f"out{path.suffix}"
    write(study, out, target="as-read")
    return study, project_xml(out)


def in_order(root: etree._Element) -> None:
    """Mend the order of a case's children, the one thing that is wrong in the invalid sample."""
    for case in root.iter(f"{NS}Case"):
        case[:] = sorted(case, key=lambda e: e.tag == f"{NS}SourceRef")


def assert_same(before: bytes, after: bytes) -> None:
    assert canonical(before).split("\n") == canonical(after).split("\n")


# ---- injected ----
@pytest.mark.samples
@pytest.mark.parametrize(("name", "rate"), [(name, rate) for name, rates in SAMPLES.items() for rate in rates])
def test_foreign_content_at_every_element_of_a_sample_comes_back(name: str, rate: float, samples: Path, tmp_path: Path) -> None:
    """Attributes, elements, comments and instructions, at every element or at some, stand afterwards where they stood."""
    root = project(samples / name)
    in_order(root)
    assert inject(root, Random(f"{name} {rate}"), rate)
    data = xml_of(root)
    path = tmp_path / f"in{Path(name).suffix}"
    if path.suffix == ".qde":
        path.write_bytes(data)
    else:
        pack(path, data, {n: d for n, d in members(samples / name).items() if not n.endswith(".qde")})
    assert_same(data, trip(path, tmp_path)[1])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("writer", WRITERS)
def test_foreign_content_in_each_programs_files_comes_back(writer: str, seed: int, tmp_path: Path) -> None:
    """The same in the small projects of each program, files included; other targets leave it out, say so, and are valid."""
    first = WRITERS[writer][0](tmp_path / "first.qdpx")
    root = project(first)
    inject(root, Random(f"{writer} {seed}"), (1.0, 0.6, 0.3, 0.2, 0.1, 0.05)[seed])
    name = next(n for n in members(first) if n.endswith(".qde"))
    path = pack(tmp_path / "in.qdpx", xml_of(root), {n: d for n, d in members(first).items() if n != name}, name=name)
    study, after = trip(path, tmp_path)
    assert_same(xml_of(root), after)
    losses = write(study, tmp_path / "standard.qdpx")
    project_schema().assertValid(project(tmp_path / "standard.qdpx"))
    assert any(f.endswith(".extra") for loss in losses for f in loss.fields)


@pytest.mark.parametrize(
    "foreign",
    [
        '<x:f xmlns:x="urn:x"><!-- a < & --><?pi <&?></x:f>',
        '<Foo><plain xmlns=""/><Bar a="1"/></Foo>',
        '<Foo><plain xmlns=""><deep a="1"/></plain><x:y xmlns:x="urn:x" a="1"/><Bar a="1"><plain xmlns="" a="1"/></Bar></Foo>',
        '<a:f xmlns:a="urn:1"><a:g xmlns:a="urn:2" a:h="1"/><a:g a:h="1"/></a:f>',
        '<f xmlns="urn:1"><g xmlns="urn:2"><h xmlns=""/></g><g/></f>',
        '<Foo q:a="1" xmlns:q="urn:q">]]&gt; &amp;amp; &#13;\n\t<q:b q:a="&#10;&#9;&#13; &lt;"/></Foo>',
        '<Description xmlns:b="urn:q" b:w="1">d</Description>',
        '<Description xml:lang="de" xml:space="preserve"> d </Description>',
        "<Description>a<!-- < & -- ><?p <&?><Sets/>b</Description>".replace("-- >", "-->"),
        '<Description><![CDATA[<b> & ]]></Description>',
    ],
)
def test_foreign_content_is_not_changed_in_any_sign(foreign: str, tmp_path: Path) -> None:
    """Comments and instructions with signs, namespaces declared, undeclared and shadowed, twice over: what is read of the second is what was read of the first."""
    data = f'<Project xmlns="{NS[1:-1]}" xmlns:a="urn:q" name="x">{foreign}</Project>'.encode()
    for _ in range(3):
        (tmp_path / "in.qde").write_bytes(data)
        before, data = data, trip(tmp_path / "in.qde", tmp_path)[1]
        assert_same(before, data)


def test_foreign_content_survives_a_change_of_the_study(tmp_path: Path) -> None:
    """What was put beside a code stays beside it when other codes go; what has lost its place goes last."""
    qde = (
        f'<Project xmlns="{NS[1:-1]}" name="x"><CodeBook><Codes>'
        '<Code guid="00000001-aaaa-4bbb-8ccc-0123456789ab" name="a" isCodable="true"/><!-- between -->'
        '<Code guid="00000002-aaaa-4bbb-8ccc-0123456789ab" name="b" isCodable="true" x="1"><?keep me?></Code>'
        "</Codes></CodeBook></Project>"
    )
    (tmp_path / "a.qde").write_text(qde)
    study = read(tmp_path / "a.qde")
    del study.codes[0]
    write(study, tmp_path / "b.qde", target="as-read")
    codes = next(project(tmp_path / "b.qde").iter("{*}Codes"))
    assert [e.tag if isinstance(e.tag, str) else e.text for e in codes].count(" between ") == 1
    [code] = codes.iterchildren("{*}Code")
    assert code.get("x") == "1"
    assert [e.text for e in code] == ["me"]


# ---- valid ----
@pytest.mark.parametrize("chunk", range(8))
def test_every_valid_project_comes_back_as_read(chunk: int, tmp_path: Path) -> None:
    """Random projects of all that the official schema allows, and the same with foreign content in them."""
    for seed in range(chunk * 12, chunk * 12 + 12):
        root = document(seed)
        project_schema().assertValid(root)
        path = tmp_path / f"in.{('qdpx', 'qde')[seed % 2]}"
        for rate in (0.0, 0.3, 0.3):  # the last time into foreign content too
            inject(root, Random(seed), rate)
            path.write_bytes(xml_of(root)) if path.suffix == ".qde" else pack(path, xml_of(root))
            assert_same(xml_of(root), trip(path, tmp_path)[1])


@pytest.mark.parametrize("target", ["standard", "nvivo"])
@pytest.mark.parametrize("chunk", range(4))
def test_every_valid_project_is_written_valid_and_whole(chunk: int, target: str, tmp_path: Path) -> None:
    """For other targets too what is written is valid, and read again it is the study without what its losses name."""
    for seed in range(1000 + chunk * 10, 1000 + chunk * 10 + 10):
        path = pack(tmp_path / "in.qdpx", xml_of(document(seed)))
        study = read(path)
        losses = write(study, tmp_path / "out.qdpx", target=target)
        project_schema().assertValid(project(tmp_path / "out.qdpx"))
        assert [str(d) for d in differences(without(study, losses), read(tmp_path / "out.qdpx"))] == [], seed


# ---- damaged ----
@pytest.mark.parametrize("chunk", range(8))
def test_damage_is_survived_and_never_passed_over(chunk: int, tmp_path: Path) -> None:
    """A project with damaged structure is read, or refused in one sentence; what as-read does not give back as it was, or mended, is remarked on."""
    random, sentences = Random(chunk), []
    for n in range(40):
        root = document(random.randrange(200))
        done = [damage(root, random) for _ in range(random.randint(1, 3))]
        path = tmp_path / "in.qde"
        path.write_bytes(xml_of(root))
        try:
            study, after = trip(path, tmp_path)
        except QualdataError as error:
            sentences.append(error.message)
            continue
        same = contents(xml_of(root)) == contents(after)
        mended = project_schema().validate(project(tmp_path / "out.qde")) and not project_schema().validate(normal(xml_of(root)))
        assert (same and not mended) or study.reading.remarks, (chunk, n, done)
    assert [s for s in sentences if "\n" in s or not s.endswith(".")] == []
