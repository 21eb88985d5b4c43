"""What is not as the standard asks is read all the same, said, and written back as it was."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from qualdata import Remark, Study, TextSpan, differences, write
from qualdata.testing import without
from tests.canonical import canonical
from tests.independent import CODE_POINTS, NAMESPACE, ONCE, UTF_16, Manner, project, project_xml, quotes
from tests.loosely import read
from tests.official import project_schema
from tests.writing import ANN, CODES, GOOD, MOOD, SOURCE, USERS, guid, pack, qualcoder
from tests.writing import project as written


def small(tmp_path: Path, *body: str, origin: str | None = "qc 1", attributes: str = "") -> Path:
    path = tmp_path / "in.qde"
    path.write_bytes(written(*body, origin=origin, attributes=attributes).encode())
    return path


def talk(tmp_path: Path, text: str, marks: str, origin: str | None = "qc 1") -> Path:
    """One text in a file, with these selections."""
    source = f'<TextSource guid="{SOURCE}" name="t" plainTextPath="internal://t.txt">{marks}</TextSource>'
    return pack(tmp_path / "in.qdpx", written(USERS, CODES, f"<Sources>{source}</Sources>", origin=origin), {"sources/t.txt": text.encode()})


def inline(text: str, marks: str) -> str:
    """One text inside the project, with these selections."""
    return f'<Sources><TextSource guid="{SOURCE}" name="t"><PlainTextContent>{text}</PlainTextContent>{marks}</TextSource></Sources>'


def coding(n: int, code: str = MOOD, more: str = "") -> str:
    return f'<Coding guid="{guid(n)}"{more}><CodeRef targetGUID="{code}"/></Coding>'


def mark(start: int, end: int, n: int = 10) -> str:
    return f'<PlainTextSelection guid="{guid(n)}" startPosition="{start}" endPosition="{end}">{coding(n + 50)}</PlainTextSelection>'


def remarks(study: Study, rule: str) -> list[Remark]:
    assert study.reading is not None
    return [r for r in study.reading.remarks if r.rule == rule]


def back(path: Path) -> Path:
    """What as-read writes of a file."""
    out = path.with_name(f"as-read{path.suffix}")
    write(read(path), out, target="as-read")
    return out


def assert_comes_back(path: Path) -> None:
    assert canonical(project_xml(back(path))).split("\n") == canonical(project_xml(path)).split("\n")


def assert_standard_is_valid(path: Path) -> Path:
    out = path.with_name(f"standard{path.suffix}")
    write(read(path), out)
    project_schema().assertValid(project(out))
    return out


# ---- GUIDs ----
@pytest.mark.parametrize("written_as", [str.lower, str.upper, "{{{}}}".format, lambda g: f"{{{g.upper()}}}", " {} ".format])
def test_references_find_what_they_mean(written_as: object, tmp_path: Path) -> None:
    """In capitals, in braces or with white space around, a GUID means the same, in what is read and in what is written."""
    assert callable(written_as)
    laid = coding(20, written_as(GOOD), f' creatingUser="{written_as(ANN)}"')
    path = small(tmp_path, USERS, CODES, inline("abc", f'<PlainTextSelection guid="{guid(10)}" startPosition="0" endPosition="2">{laid}</PlainTextSelection>'))
    project_schema().assertValid(project(path))
    study = read(path)
    [segment] = study.segments()
    assert segment.code is study[GOOD]
    assert segment.coder is study[ANN]
    assert segment.code_path == "Mood > Good"
    assert remarks(study, "refi-guid-invalid") == []
    assert_comes_back(path)
    [quote] = quotes(assert_standard_is_valid(path), CODE_POINTS)
    assert (quote.code, quote.coder, quote.text) == ("Good", "Ann", "ab")


def test_an_id_that_is_no_guid_is_kept_and_said(tmp_path: Path) -> None:
    """As-read writes it back; the standard gets a GUID for it, everywhere the same."""
    case = f'<Cases><Case guid="P07" name="Ann"><CodeRef targetGUID="{MOOD}"/><SourceRef targetGUID="T1"/></Case></Cases>'
    source = '<Sources><TextSource guid="T1" name="t"><PlainTextContent>a</PlainTextContent></TextSource></Sources>'
    path = small(tmp_path, CODES, case, source)
    study = read(path)
    assert study.cases[0].id == "P07"
    assert study["p07"] is study.cases[0]
    assert [r.id for r in remarks(study, "refi-guid-invalid")] == ["P07", "T1"]
    assert_comes_back(path)
    losses = write(study, tmp_path / "out.qde")
    assert [loss.kind for loss in losses] == ["renamed"]
    assert set(losses[0].ids) == {"P07", "T1"}
    root = project(tmp_path / "out.qde")
    project_schema().assertValid(root)
    assert root.find(".//{*}SourceRef").get("targetGUID") == root.find(".//{*}TextSource").get("guid")
    assert root.find(".//{*}CodeRef").get("targetGUID") == MOOD


def test_a_guid_that_occurs_twice_is_told_apart(tmp_path: Path) -> None:
    """The first keeps it, the next are `#2` and `#3`, whatever their letters; a code below the second stays below it; all come back as they were."""
    codes = (
        f'<Code guid="{MOOD}" name="a" isCodable="true"/><Code guid="{MOOD.upper()}" name="b" isCodable="true"><Code guid="{GOOD}" name="c" isCodable="true"/></Code>'
        f'<Code guid="{{{MOOD}}}" name="d" isCodable="true"/>'
    )
    path = small(tmp_path, f"<CodeBook><Codes>{codes}</Codes></CodeBook>")
    study = read(path)
    assert [c.id for c in study.codes] == [MOOD, f"{MOOD.upper()}#2", GOOD, f"{{{MOOD}}}#3"]
    assert study[MOOD].name == "a"
    assert study[f"{MOOD}#2"].name == "b"
    assert [(c.name, d) for c, d in study.code_tree.walk()] == [("a", 1), ("b", 1), ("c", 2), ("d", 1)]
    assert len(remarks(study, "refi-guid-reused")) == 2
    assert_comes_back(path)
    root = project(assert_standard_is_valid(path))
    assert [e.get("name") for e in root.iter("{*}Code")] == ["a", "b", "c", "d"]


# ---- forms of the XML ----
@pytest.mark.parametrize(
    ("mark_", "encoding", "said"),
    [
        (b"", "utf-8", ' encoding="utf-8"'),
        (b"", "utf-8", ""),
        (codecs.BOM_UTF8, "utf-8", ' encoding="utf-8"'),
        (codecs.BOM_UTF8, "utf-8", ""),
        (codecs.BOM_UTF16_LE, "utf-16-le", ' encoding="utf-16"'),
        (codecs.BOM_UTF16_BE, "utf-16-be", ' encoding="utf-16"'),
        (b"", "iso-8859-1", ' encoding="iso-8859-1"'),
        (b"", "windows-1252", ' encoding="windows-1252"'),
    ],
)
@pytest.mark.parametrize("suffix", [".qde", ".qdpx", ".txt"])
def test_a_project_may_be_encoded_in_any_way(suffix: str, mark_: bytes, encoding: str, said: str, tmp_path: Path) -> None:
    """With a byte order mark, in UTF-16, in an older encoding that it declares; bare or packed."""
    xml = f'<?xml version="1.0"{said}?>\n<Project xmlns="{NAMESPACE}" name="Caf\u00e9"><Description>\u00fc</Description></Project>'
    data = mark_ + xml.encode(encoding)
    path = tmp_path / f"in{suffix}"
    pack(path, data) if suffix == ".qdpx" else path.write_bytes(data)
    study = read(path)
    assert (study.title, study.abstract) == ("Caf\u00e9", "\u00fc")
    assert study.reading is not None
    assert study.reading.remarks == []


def test_prefixes_stand_for_the_namespace(tmp_path: Path) -> None:
    """A project that writes `q:` before each name is the same project."""
    (tmp_path / "in.qde").write_text(f'<q:Project xmlns:q="{NAMESPACE}" name="x"><q:Users><q:User guid="{ANN}" name="Ann"/></q:Users><q:Description>d</q:Description></q:Project>')
    study = read(tmp_path / "in.qde")
    assert [c.name for c in study.contributors] == ["Ann"]
    assert study.abstract == "d"
    (root,) = [project(back(tmp_path / "in.qde"))]
    assert root.find(f"{{{NAMESPACE}}}Users/{{{NAMESPACE}}}User").get("name") == "Ann"


def test_a_project_without_a_name_is_read(tmp_path: Path) -> None:
    """The schema asks for one; without it the title is empty, and that is said."""
    (tmp_path / "in.qde").write_text(f'<Project xmlns="{NAMESPACE}">{USERS}</Project>')
    study = read(tmp_path / "in.qde")
    assert study.title == ""
    assert len(study.contributors) == 2
    assert study.reading is not None
    assert study.reading.remarks


@pytest.mark.parametrize("said", ["urn:QDA-XML:project:1:0", "urn:QDA-XML:project:0:4", "URN:qda-xml:Project:1.0", ""])
def test_other_forms_of_the_namespace_are_read_and_said(said: str, tmp_path: Path) -> None:
    """Older and misspelt ones are taken as the one there is."""
    (tmp_path / "in.qde").write_text(f'<Project{f" xmlns={chr(34)}{said}{chr(34)}" if said else ""} name="x">{USERS}</Project>')
    study = read(tmp_path / "in.qde")
    assert len(study.contributors) == 2
    assert len(remarks(study, "refi-namespace")) == 1
    write(study, tmp_path / "out.qde")
    project_schema().assertValid(project(tmp_path / "out.qde"))


# ---- order and number of elements ----
def test_children_in_another_order_are_read_and_said(tmp_path: Path) -> None:
    """As Codings before Descriptions, Sources before CodeBook: each misplaced one is a remark with its line; what is written has the right order."""
    source = (
        f'<TextSource guid="{SOURCE}" name="t"><NoteRef targetGUID="{guid(40)}"/>\n<PlainTextContent>abc</PlainTextContent>'
        f'<PlainTextSelection guid="{guid(10)}" startPosition="0" endPosition="1">{coding(20)}\n<Description>late</Description></PlainTextSelection></TextSource>'
    )
    path = small(tmp_path, f"<Sources>{source}</Sources>", CODES, USERS)
    study = read(path)
    late = remarks(study, "refi-structure-invalid")
    assert [r.message.partition(">")[0] for r in late] == ["<PlainTextContent", "<Description", "<CodeBook", "<Users"]
    assert [r.line for r in late] == [4, 5, 6, 7]
    assert study.sources[0].text == "abc"
    assert study.sources[0].excerpts[0].description == "late"
    assert study.sources[0].memos == [guid(40)]
    assert len(study.codes) == len(study.contributors) == 2
    project_schema().assertValid(project(back(path)))
    assert_standard_is_valid(path)


def test_boxes_that_come_twice_are_one(tmp_path: Path) -> None:
    """What stands in the second is not lost."""
    second = USERS.replace(ANN, guid(90)).replace("Ann", "Cem")
    path = small(tmp_path, USERS, second.replace(guid(4), guid(91)), CODES)
    study = read(path)
    assert [c.name for c in study.contributors] == ["Ann", "Ben", "Cem", "Ben"]
    assert remarks(study, "refi-structure-invalid")
    assert_standard_is_valid(path)


@pytest.mark.parametrize("box", ["Users", "CodeBook", "CodeBook/Codes", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs"])
def test_boxes_that_come_twice_with_foreign_content_are_written_well(box: str, tmp_path: Path) -> None:
    """One attribute cannot stand twice in one tag; whatever is done with the second, as-read writes XML, and it is said."""
    outer, _, inner = box.partition("/")
    one = f'<{inner} zz="{{0}}" q:w="{{0}}"><!-- {{0}} --></{inner}>' if inner else "<!-- {0} -->"
    once = f'<{outer} zz="{{0}}" q:w="{{0}}">{one}</{outer}>'
    path = small(tmp_path, once.format(1), once.format(2), attributes=' xmlns:q="urn:q"')
    study = read(path)
    assert len(remarks(study, "refi-structure-invalid")) >= 2
    assert "zz" in project_xml(back(path)).decode()
    assert list(project(back(path)).iter(f"{{{NAMESPACE}}}{outer}"))
    assert_standard_is_valid(path)


def test_a_second_description_is_kept_aside(tmp_path: Path) -> None:
    """There is one place for it; the second is kept whole, said, and written back by as-read."""
    path = small(tmp_path, "<Description>one</Description>", "<Description>two</Description>")
    study = read(path)
    assert study.abstract == "one"
    assert remarks(study, "refi-structure-invalid")
    assert [e.text for e in project(back(path)).iter("{*}Description")] == ["one", "two"]
    assert_standard_is_valid(path)


@pytest.mark.parametrize("box", ["Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "CodeBook><Codes/></CodeBook"])
def test_an_empty_box_is_said_and_comes_back(box: str, tmp_path: Path) -> None:
    """As Taguette writes `<Sets/>`: it is not valid. As-read keeps it, other targets leave it out."""
    path = small(tmp_path, f"<{box}>" if "/" in box else f"<{box}/>")
    study = read(path)
    assert remarks(study, "refi-structure-invalid")
    assert_comes_back(path)
    assert list(project(assert_standard_is_valid(path))) == []


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("startPosition", inline("abc", f'<PlainTextSelection guid="{guid(10)}" startPosition="x" endPosition="2"/>')),
        ("guid", '<Users><User name="Ann"/></Users>'),
        ("isCodable", f'<CodeBook><Codes><Code guid="{MOOD}" name="a" isCodable="maybe"/></Codes></CodeBook>'),
        ("NoSuchThing", "<NoSuchThing/>"),
        ("targetGUID", f'<Sets><Set guid="{guid(60)}" name="s"><MemberCode/></Set></Sets>'),
    ],
)
def test_what_cannot_be_built_is_kept_whole(what: str, body: str, tmp_path: Path) -> None:
    """A number that is none, a thing without its GUID: kept as XML, said in words with the line, and written back by as-read."""
    path = small(tmp_path, body)
    study = read(path)
    [remark] = [r for r in remarks(study, "refi-structure-invalid") if "kept aside" in r.message]
    assert remark.line == 3
    assert {"startPosition": "'x'", "isCodable": "'maybe'", "guid": "guid", "targetGUID": "targetGUID"}.get(what, what) in remark.message
    assert_comes_back(path)
    assert_standard_is_valid(path)


def test_a_type_of_variable_that_is_none_stops_nothing(tmp_path: Path) -> None:
    """It is read, and what is written for others is valid; as-read gives it back."""
    path = small(tmp_path, f'<Variables><Variable guid="{guid(80)}" name="age" typeOfVariable="Number"/></Variables>')
    assert [v.name for v in read(path).variables] == ["age"]
    assert_comes_back(path)
    assert_standard_is_valid(path)


def test_values_with_white_space_around_are_values(tmp_path: Path) -> None:
    """XML Schema ignores it around numbers, colours and GUIDs; so nothing is lost for any target."""
    padded = enumerate((("Integer", "7"), ("Float", "1.5"), ("Boolean", "true")))
    values = "".join(f'<VariableValue><VariableRef targetGUID="{guid(80 + i)}"/><{kind}Value> {value}\n</{kind}Value></VariableValue>' for i, (kind, value) in padded)
    code = f'<CodeBook><Codes><Code guid="{MOOD}" name="a" isCodable=" true " color=" #FFaa00 "/></Codes></CodeBook>'
    path = small(tmp_path, code, f'<Cases><Case guid=" {guid(81)} ">{values}</Case></Cases>')
    project_schema().assertValid(project(path))
    assert_comes_back(path)
    assert write(read(path), tmp_path / "out.qde") == []
    found = [(e.text or "").strip() for v in project(tmp_path / "out.qde").iter("{*}VariableValue") for e in v[1:]]
    assert found == ["7", "1.5", "true"]


BAD_VALUE = f'<VariableValue><VariableRef targetGUID="{guid(80)}"/><IntegerValue>forty</IntegerValue></VariableValue>'
GOOD_VALUE = f'<VariableValue><VariableRef targetGUID="{guid(81)}"/><DateValue>2024-02-29</DateValue></VariableValue>'


@pytest.mark.parametrize("values", [BAD_VALUE, BAD_VALUE + GOOD_VALUE])
def test_a_value_that_is_none_is_lost_alone(values: str, tmp_path: Path) -> None:
    """A bad integer is left out and said; a good date beside it is written, and what the losses name leaves just what the file says."""
    path = small(tmp_path, f'<Cases><Case guid="{guid(82)}">{values}</Case></Cases>')
    assert_comes_back(path)
    study = read(path)
    losses = write(study, tmp_path / "out.qde")
    back = read(tmp_path / "out.qde")
    assert [v.value for v in back.cases[0].values] == [None, "2024-02-29"][: len(study.cases[0].values)]
    assert [str(d) for d in differences(without(study, losses), back)] == []


@pytest.mark.parametrize(
    "body",
    [
        f'<Cases><Case guid="{guid(82)}"><VariableValue><TextValue>s</TextValue></VariableValue></Case></Cases>',
        f'<Sources><TextSource guid="{SOURCE}"><Coding guid="{guid(20)}"/></TextSource></Sources>',
    ],
)
def test_a_reference_to_nothing_is_accounted_for(body: str, tmp_path: Path) -> None:
    """A value without its variable, a coding without its code: read, written valid, and whatever was put there is said as a loss."""
    path = small(tmp_path, body)
    assert_comes_back(path)
    study = read(path)
    losses = write(study, tmp_path / "out.qde")
    project_schema().assertValid(project(tmp_path / "out.qde"))
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "out.qde"))] == []


# ---- positions ----
def test_a_position_inside_a_surrogate_pair_moves_outward(tmp_path: Path) -> None:
    """NVivo's 1–4 of "😀😀x" cuts both emoji in two: the excerpt takes them whole, it is said, and as-read gives 1–4 back."""
    path = talk(tmp_path, "😀😀x", mark(1, 3), "NVivo for Windows 14")
    study = read(path)
    assert study.sources[0].excerpts[0].span == TextSpan(0, 2)
    [remark] = remarks(study, "exc-range-invalid")
    assert remark.id == guid(10)
    assert_comes_back(path)
    assert [q.text for q in quotes(assert_standard_is_valid(path), CODE_POINTS)] == ["😀😀"]


def test_a_position_inside_a_line_end_moves_outward(tmp_path: Path) -> None:
    """A text in which CR LF counts once cannot be cut there; where it counts twice, as in NVivo, it can."""
    inside = talk(tmp_path, "a\r\nb😀\r\nc", mark(1, 2), "NVivo for Windows 14")
    study = read(inside)
    assert study.sources[0].text[study.sources[0].excerpts[0].span.slice] == "\r"
    assert remarks(study, "exc-range-invalid") == []
    assert_comes_back(inside)
    write(study, tmp_path / "b.qdpx", target="nvivo-mac")
    assert [q.text for q in quotes(tmp_path / "b.qdpx", UTF_16)] == ["\r"]


@pytest.mark.parametrize(("origin", "manner"), [("NVivo for Windows 14", UTF_16), ("ATLAS.ti 24", ONCE), ("MAXQDA 24", ONCE), ("qc 1", CODE_POINTS)])
@pytest.mark.parametrize(("beyond", "length"), [(2, 3), (0, 7), (40, 1)])
def test_a_position_beyond_the_end_keeps_its_distance(beyond: int, length: int, origin: str, manner: Manner, tmp_path: Path) -> None:
    """So many characters beyond the end in the file, so many in the study; said; and as-read gives it back."""
    text = "😀\r\né 😀\r\n"
    size = {UTF_16: 10, ONCE: 6, CODE_POINTS: 8}[manner]
    path = talk(tmp_path, text, mark(size + beyond, size + beyond + length), origin)
    study = read(path)
    assert study.sources[0].excerpts[0].span == TextSpan(8 + beyond, 8 + beyond + length)
    assert len(remarks(study, "exc-range-invalid")) == 1
    assert_comes_back(path)
    assert_standard_is_valid(path)


@pytest.mark.parametrize(("start", "end"), [(5, 2), (-3, 2), (-5, -2), (0, 10**20), (7, 7), (0, 0)])
@pytest.mark.parametrize("origin", ["NVivo for Windows 14", "ATLAS.ti 24", "qc 1"])
def test_odd_ranges_are_kept(origin: str, start: int, end: int, tmp_path: Path) -> None:
    """Reversed, before the text, far beyond it: said, and written back; empty ones are not odd."""
    path = talk(tmp_path, "abc\r\ndef 😀", mark(start, end), origin)
    study = read(path)
    assert len(remarks(study, "exc-range-invalid")) == (0 if start == end else 1)
    assert len(study.segments()) == 1
    assert [isinstance(s.text, str) for s in study.segments()] == [True]
    assert_comes_back(path)
    assert_standard_is_valid(path)


def test_reversed_times_are_said(tmp_path: Path) -> None:
    """Of recordings too."""
    source = f'<AudioSource guid="{SOURCE}" path="absolute:///a.mp3"><AudioSelection guid="{guid(10)}" begin="900" end="100"/></AudioSource>'
    path = small(tmp_path, f"<Sources>{source}</Sources>")
    assert [r.id for r in remarks(read(path), "exc-range-invalid")] == [guid(10)]
    assert_comes_back(path)


def test_a_position_edited_after_reading_is_written_as_it_is_now(tmp_path: Path) -> None:
    """What the file said of a place is given back only as long as the place is the same."""
    study = read(talk(tmp_path, "😀😀xy", mark(1, 3), "NVivo for Windows 14"))
    study.sources[0].excerpts[0].span = TextSpan(2, 4)
    write(study, tmp_path / "out.qdpx", target="as-read")
    assert [q.text for q in quotes(tmp_path / "out.qdpx", UTF_16)] == ["xy"]


def test_an_excerpt_added_after_reading_is_counted_as_the_file_counts(tmp_path: Path) -> None:
    """In as-read as in all targets."""
    study = read(talk(tmp_path, "😀😀xy", mark(0, 2), "NVivo for Windows 14"))
    study.sources[0].excerpt(study.sources[0].find("xy")).apply(GOOD)
    for target, manner in (("as-read", UTF_16), ("standard", CODE_POINTS), ("nvivo", UTF_16)):
        write(study, tmp_path / "out.qdpx", target=target)
        assert [(q.code, q.text) for q in quotes(tmp_path / "out.qdpx", manner)] == [("Mood", "😀"), ("Good", "xy")]


def test_codings_of_a_whole_source_and_of_a_note_are_segments(tmp_path: Path) -> None:
    """A code may lie on a source, and in a note, which is a text like any other."""
    source = f'<Sources><PictureSource guid="{SOURCE}" name="p" path="absolute:///p.jpg">{coding(20)}</PictureSource></Sources>'
    note = f'<Notes><Note guid="{guid(40)}" name="n"><PlainTextContent>ab 😀</PlainTextContent>{mark(3, 5, 10)}</Note></Notes>'
    path = small(tmp_path, CODES, source, note, origin="NVivo for Windows 14")
    rows = [(s.source.name, s.start, s.end, s.text) for s in read(path).segments()]
    assert rows == [("p", None, None, None), ("n", 3, 4, "😀")]
    assert_comes_back(path)


def test_remarks_on_a_sound_file_are_none(tmp_path: Path) -> None:
    """What is written as the standard says gives no remark at all, whatever was odd in what was read."""
    path = qualcoder(tmp_path / "in.qdpx")
    write(read(path), tmp_path / "out.qdpx")
    study = read(tmp_path / "out.qdpx")
    assert study.reading is not None
    assert study.reading.remarks == []
