"""What a target cannot be told is left out, said, and nothing else changes."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from qualdata import AreaSpan, Case, Code, Coding, Contributor, Document, Excerpt, Media, PdfSource, PictureSource, Study, TextSource, Value, Variable, WriteError
from qualdata.model import Set, TextSpan
from tests.alone import write
from tests.loosely import read
from tests.official import project_schema


def project(path: Path) -> etree._Element:
    if path.suffix == ".qde":
        return etree.fromstring(path.read_bytes())
    with ZipFile(path) as archive:
        return etree.fromstring(archive.read("project.qde"))


def members(path: Path) -> list[str]:
    with ZipFile(path) as archive:
        return archive.namelist()


@pytest.mark.parametrize(
    ("study", "lost"),
    [
        (Study(created="last spring"), "Study.created"),
        (Study(created="2023-02-29T10:00:00Z"), "Study.created"),
        (Study(codes=[Code(name="a", colour="red")]), "Code.colour"),
        (Study(variables=[Variable(id="V", name="age", type="Integer")], cases=[Case(values=[Value(variable="V", type="Integer", value="forty")])]), "Value.value"),
        (Study(cases=[Case(values=[Value(variable="V", type="Date", value="2023-02-29")])]), "Value.value"),
        (Study(sources=[TextSource(text="a", excerpts=[Excerpt(span=TextSpan(0, 1), representation=TextSource(text="a"))])]), "Excerpt.representation"),
    ],
)
def test_what_the_schema_does_not_allow_is_left_out_and_said(study: Study, lost: str, tmp_path: Path) -> None:
    """A value in a form that the schema refuses makes no invalid file: it is a loss."""
    losses = write(study, tmp_path / "s.qdpx")
    assert lost in [f for loss in losses for f in loss.fields]
    project_schema().assertValid(project(tmp_path / "s.qdpx"))


VALUES = ("true", "0", "-12", "+7", "1.5", ".5", "2024-02-29", "2024-02-29Z", "-0044-03-15T12:00:00+14:00", "2024-01-01T24:00:00", "2024-01-01T00:00:00.000001")


@pytest.mark.parametrize("value", VALUES)
def test_values_that_the_official_schema_allows_are_not_lost(value: str, tmp_path: Path) -> None:
    """Each form is tried as each type: it is lost exactly when the official schema refuses it."""
    for kind, tag in (("Boolean", "BooleanValue"), ("Integer", "IntegerValue"), ("Float", "FloatValue"), ("Date", "DateValue"), ("DateTime", "DateTimeValue")):
        study = Study(cases=[Case(values=[Value(variable="A3F0C1B2-0000-4000-8000-000000000001", type=kind, value=value)])])  # type: ignore[arg-type]
        losses = write(study, tmp_path / "s.qdpx", target="standard")
        root = project(tmp_path / "s.qdpx")
        found = root.find(f".//{{*}}{tag}")
        holder = root.find(".//{*}VariableValue")
        assert holder is not None
        if found is None:
            etree.SubElement(holder, f"{{urn:QDA-XML:project:1.0}}{tag}").text = value
        assert project_schema().validate(root) == (found is not None)
        assert bool(losses) == (found is None)


def test_a_wrong_kind_of_span_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """A rectangle in a text is no other unit to be guessed: writing raises, and an older file stays."""
    path = tmp_path / "s.qdpx"
    path.write_bytes(b"older")
    study = Study(sources=[TextSource(text="abc", excerpts=[Excerpt(span=AreaSpan(0, 0, 1, 1))])])
    with pytest.raises(WriteError, match="AreaSpan"):
        write(study, path)
    assert path.read_bytes() == b"older"
    assert [p.name for p in tmp_path.iterdir()] == ["s.qdpx"]


def test_characters_that_xml_cannot_hold_are_refused(tmp_path: Path) -> None:
    """A control character that was put in after construction is found when writing."""
    code = Code(name="fine")
    code.name = "not \x01 fine"
    with pytest.raises(WriteError, match=r"U\+0001"):
        write(Study(codes=[code]), tmp_path / "s.qdpx")
    assert list(tmp_path.iterdir()) == []


def test_a_text_file_with_form_feeds_travels_and_is_a_loss_only_inline(tmp_path: Path) -> None:
    """Bytes of files are never changed; a form feed cannot stand in XML, and a bare .qde says so."""
    guid = "aaaaaaaa-0000-4000-8000-000000000001"
    with ZipFile(tmp_path / "in.qdpx", "w") as archive:
        archive.writestr("project.qde", f'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Sources><TextSource guid="{guid}" plainTextPath="internal://{guid}.txt"/></Sources></Project>')
        archive.writestr(f"sources/{guid}.txt", "one\x0ctwo")
    study = read(tmp_path / "in.qdpx")
    assert write(study, tmp_path / "out.qdpx") == []
    assert read(tmp_path / "out.qdpx").sources[0].text == "one\x0ctwo"  # type: ignore[union-attr]
    (loss,) = write(study, tmp_path / "out.qde")
    assert (loss.kind, loss.fields, loss.ids) == ("changed", ("TextSource.text",), (guid,))
    assert read(tmp_path / "out.qde").sources[0].text == "one\ufffdtwo"  # type: ignore[union-attr]


@pytest.mark.parametrize(("target", "folder", "mark"), [("standard", "sources", b""), ("nvivo", "Sources", b"\xef\xbb\xbf"), ("nvivo-mac", "sources", b"")])
def test_texts_become_files_named_by_guid(target: str, folder: str, mark: bytes, tmp_path: Path) -> None:
    """Clauses 8.4 and 9.1.2; each target has its folder and its byte order mark, and newlines stay as they are."""
    source = TextSource(id="{AAAAAAAA-0000-4000-8000-000000000001}", name="Interview 1", text="a\r\nb\rc\n")
    path = tmp_path / "s.qdpx"
    write(Study(sources=[source]), path, target=target)
    name = f"{folder}/AAAAAAAA-0000-4000-8000-000000000001.txt"
    with ZipFile(path) as archive:
        assert name in archive.namelist()
        assert archive.read(name) == mark + b"a\r\nb\rc\n"


def test_nvivo_gets_utf_16_positions_and_the_standard_code_points(tmp_path: Path) -> None:
    """In 'a😀b', b stands at 2 in code points and at 3 in UTF-16 code units."""
    source = TextSource(text="a😀b")
    source.excerpt(source.find("b"))
    for target, start in (("standard", "2"), ("nvivo", "3"), ("nvivo-mac", "3")):
        write(Study(sources=[source]), tmp_path / "s.qdpx", target=target)
        selection = project(tmp_path / "s.qdpx").find(".//{*}PlainTextSelection")
        assert selection is not None
        assert selection.get("startPosition") == start


def test_files_keep_their_bytes_and_get_names_that_are_guids(tmp_path: Path) -> None:
    """A picture and a PDF of any name travel under a GUID; files that nothing refers to travel under their own name."""
    (tmp_path / "holiday.png").write_bytes(b"\x89PNG picture")
    (tmp_path / "paper.pdf").write_bytes(b"%PDF paper")
    (tmp_path / "left over.txt").write_bytes(b"left")
    study = Study(
        sources=[PictureSource(name="h", media=Media.file(tmp_path / "holiday.png")), PdfSource(name="p", media=Media.file(tmp_path / "paper.pdf"))],
        documents=[Document(name="left over.txt", media=Media.file(tmp_path / "left over.txt")), Document(name="guide", role="guide")],
    )
    picture, paper = study.sources
    losses = write(study, tmp_path / "s.qdpx")
    assert members(tmp_path / "s.qdpx") == ["project.qde", f"sources/{picture.id}.png", f"sources/{paper.id}.pdf", "sources/left over.txt"]
    assert [(loss.fields, loss.ids) for loss in losses] == [(("Study.documents",), (study.documents[1].id,))]
    back = read(tmp_path / "s.qdpx")
    assert back.sources[0].media.read() == b"\x89PNG picture"  # type: ignore[union-attr]
    assert [d.name for d in back.documents] == ["left over.txt"]


def test_a_bare_qde_says_which_files_it_leaves_behind(tmp_path: Path) -> None:
    """A picture has no place in a .qde; the text stands in it."""
    (tmp_path / "p.png").write_bytes(b"png")
    study = Study(sources=[PictureSource(media=Media.file(tmp_path / "p.png")), TextSource(text="words")])
    (loss,) = write(study, tmp_path / "s.qde")
    assert (loss.kind, loss.fields, loss.ids) == ("missing", ("PictureSource.path",), (study.sources[0].id,))
    assert read(tmp_path / "s.qde").sources[1].text == "words"  # type: ignore[union-attr]


def test_ids_that_are_no_guids_are_renamed_by_one_rule(tmp_path: Path) -> None:
    """The same id, however it is written, becomes the same GUID each time, in things and in references."""
    code, coder = Code(id="C1", name="a"), Contributor(id="Anna")
    source = TextSource(text="abc", excerpts=[Excerpt(id="E1", span=TextSpan(0, 1), codings=[Coding(id="K1", code="c1", coder="{ANNA}")])])
    study = Study(codes=[code], contributors=[coder], sources=[source], sets=[Set(id="S1", name="s", codes=["C1", "nowhere"])])
    first = write(study, tmp_path / "1.qdpx")
    write(study, tmp_path / "2.qdpx")
    back, again = read(tmp_path / "1.qdpx"), read(tmp_path / "2.qdpx")
    (segment,) = back.segments()
    assert segment.code is back.codes[0]
    assert segment.coder is back.contributors[0]
    assert back.sets[0].codes[0] == back.codes[0].id
    assert back == again
    (loss,) = first
    assert (loss.kind, loss.fields) == ("renamed", ("Thing.id",))
    assert {i.strip("{}").lower() for i in loss.ids} == {"c1", "anna", "e1", "k1", "s1", "nowhere"}


def test_code_trees_that_could_not_be_read_back_are_refused(tmp_path: Path) -> None:
    """Elements more than 256 deep are refused on reading, so they are not written either."""
    codes = [Code(id=f"c{i}", name=str(i), parent=f"c{i - 1}" if i else None) for i in range(253)]
    write(Study(codes=codes), tmp_path / "deep.qdpx")
    assert len(read(tmp_path / "deep.qdpx").codes) == 253
    codes.append(Code(id="c253", name="too deep", parent="c252"))
    with pytest.raises(WriteError, match="254 deep"):
        write(Study(codes=codes), tmp_path / "deeper.qdpx")
    assert not (tmp_path / "deeper.qdpx").exists()


def test_the_study_is_not_changed_by_writing(tmp_path: Path) -> None:
    """Whatever the target needs is done to a copy."""
    source = TextSource(text="a😀b")
    source.excerpt(2, 3).apply("code")
    study = Study(sources=[source])
    for target in ("standard", "nvivo", "as-read"):
        write(study, tmp_path / "s.qdpx", target=target)
    assert source.path is None
    assert source.excerpts[0].span == TextSpan(2, 3)
    assert source.excerpts[0].codings[0].code == "code"
    assert study.reading is None
