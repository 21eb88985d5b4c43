"""What the check of the structure promises: each thing that is wrong, in one plain sentence, with its line; whatever the size of the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from lxml import etree

from qualdata import ReadError
from qualdata.formats.refi.complaints import in_words
from qualdata.formats.refi.structure import MOST, problems
from tests import whole
from tests.independent import NAMESPACE, project_xml
from tests.mutations import mutants
from tests.official import project_schema
from tests.writing import WRITERS, guid, pack, project

G = guid(1)


def found(xml: str | bytes) -> list[tuple[int, str]]:
    """Line and sentence of all that is wrong."""
    return [(p.line, p.message) for p in problems(BytesIO(xml if isinstance(xml, bytes) else xml.encode()))]


def sentence(*body: str) -> str:
    """What is said of the one thing that is wrong in a project."""
    [(_, message)] = found(project(*body))
    return message


# ---- sentences ----
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<Users><User/></Users>", "<User> has no guid; REFI-QDA asks for one."),
        (f'<Users><User guid="{G}" colour="x"/></Users>', "<User> has an attribute colour, which REFI-QDA does not know there."),
        (f'<Users><User guid="{G}" a:b="x" xmlns:a="urn:a"/></Users>', "<User> has an attribute b, which REFI-QDA does not know there."),
        ('<Users><User guid="x"/></Users>', "guid of <User> is 'x'; it must be a GUID."),
        (f'<Users><User guid="{"x" * 5000}"/></Users>', f"guid of <User> is '{'x' * 80}…'; it must be a GUID."),
        ('<Users><User guid="&#xA;&#x85;\u202e"/></Users>', "guid of <User> is '\\x85\\u202e'; it must be a GUID."),
        (f'<Links><Link guid="{G}" color="red"/></Links>', "color of <Link> is 'red'; it must be a colour such as #1F77B4."),
        (f'<Links><Link guid="{G}" direction="both"/></Links>', "direction of <Link> is 'both'; it must be one of Associative, OneWay, Bidirectional."),
        (f'<CodeBook><Codes><Code guid="{G}" name="a" isCodable="yes"/></Codes></CodeBook>', "isCodable of <Code> is 'yes'; it must be true or false."),
        (f'<Sources><TextSource guid="{G}" creationDateTime="2020"/></Sources>',
         "creationDateTime of <TextSource> is '2020'; it must be a date and a time such as 2024-05-17T09:30:00Z."),
        (f'<Graphs><Graph guid="{G}"><Vertex guid="{G}" firstX="1.5" firstY="1"/></Graph></Graphs>', "firstX of <Vertex> is '1.5'; it must be a whole number."),
        ("<Users/>", "<Users> ends too early; it must hold <User>."),
        ("<Sources/>", "<Sources> ends too early; it must hold <TextSource>, <PictureSource>, <PDFSource>, <AudioSource> or <VideoSource>."),
        ("<Graph/>", "<Graph> has no place here; REFI-QDA allows <Users>, <CodeBook>, <Variables>, <Cases>, <Sources> or others here."),
        ('<Description/><x:Set xmlns:x="urn:x"/>', "<Set> has no place here; REFI-QDA allows <NoteRef> here."),
        (f'<Users><User guid="{G}">words</User></Users>', "<User> holds text; it must be empty."),
        (f'<Users><User guid="{G}"><a/></User></Users>', "<User> holds an element; it must be empty."),
        (f'<Users>words<User guid="{G}"/></Users>', "<Users> holds text where only elements may stand."),
        ("<Description>a<b/>c</Description>", "<b> has no place here."),
        ('<Description xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>', "<Description> has an attribute nil, which REFI-QDA does not know there."),
    ],
)
def test_each_kind_of_fault_has_its_sentence(body: str, said: str) -> None:
    """What, where, and what is right; nothing that a terminal would obey, no value without end, no namespaces."""
    assert sentence(body) == said


@pytest.mark.parametrize(
    ("tag", "value", "must"),
    [("IntegerValue", "x", "a whole number"), ("FloatValue", "1e3", "a number"), ("BooleanValue", "TRUE", "true or false"), ("DateValue", "17 May", "a date such as 2024-05-17")],
)
def test_values_are_said_to_be_held(tag: str, value: str, must: str) -> None:
    """The text of an element is no attribute."""
    held = f'<VariableValue><VariableRef targetGUID="{G}"/><{tag}>{value}</{tag}></VariableValue>'
    assert sentence(f'<Cases><Case guid="{G}">{held}</Case></Cases>') == f"<{tag}> holds '{value}'; it must be {must}."


def test_what_libxml2_says_in_words_that_are_not_known_is_said_in_its_own() -> None:
    """Names without their namespaces."""
    assert in_words("Element '{urn:x}a': Something {quite} new.") == "Element 'a': Something {quite} new."


def test_every_fault_has_a_sentence_of_ours() -> None:
    """Of all the ways in which a project can be changed, none is told in the words of libxml2."""
    xml = whole.PROJECT.encode()
    for n, mutant in enumerate(mutants(xml, Random(3), apart=True)):
        if n % 60 == 0:
            for problem in problems(BytesIO(etree.tostring(mutant.root))):
                assert problem.message.endswith("."), mutant.change
                assert "Element '" not in problem.message, mutant.change
                assert "urn:QDA" not in problem.message, mutant.change


# ---- places ----
def test_every_fault_of_a_file_is_found_with_its_line() -> None:
    """In the order of the file, on the line where the tag ends."""
    xml = f"""<Project xmlns="{NAMESPACE}">
<Users>
<User
  guid="x"
  name="a > b"
/>
</Users>
<Cases>

</Cases>
<Links><Link guid="{G}"
/><Link/></Links>
</Project>"""
    assert found(xml) == [
        (1, "<Project> has no name; REFI-QDA asks for one."),
        (6, "guid of <User> is 'x'; it must be a GUID."),
        (10, "<Cases> ends too early; it must hold <Case>."),
        (12, "<Link> has no guid; REFI-QDA asks for one."),
    ]


def test_lines_are_those_that_lxml_counts() -> None:
    """In a tree it knows the line of each element itself: those of bad attributes are the same."""
    schema, compared = project_schema(), 0
    for mutant in mutants(whole.PROJECT.encode(), Random(4), apart=True):
        if mutant.change.endswith((" = '12'", " = 'x'", " renamed")):
            xml = etree.tostring(mutant.root)
            schema.validate(etree.fromstring(xml))
            assert [p.line for p in problems(BytesIO(xml))] == [e.line for e in schema.error_log], mutant.change
            compared += len(schema.error_log)
    assert compared > 300


def test_lines_are_right_beyond_65535() -> None:
    """Where libxml2 itself stops counting in a tree."""
    assert found(project("\n" * 70_000 + "<Users>\n<User/></Users>", "\n" * 70_000 + "<Sets/>")) == [
        (70_004, "<User> has no guid; REFI-QDA asks for one."),
        (140_005, "<Sets> ends too early; it must hold <Set>."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "windows-1252"])
def test_lines_are_right_in_any_encoding(encoding: str) -> None:
    """Also where a byte of a line end, or of a bracket, is half of a letter."""
    letters = "é" if encoding == "windows-1252" else "\u0a0a\u010a\u3e00\u003e\u0a3e"
    declared = encoding.removesuffix("-sig").removesuffix("-be")
    xml = f'<?xml version="1.0" encoding="{declared}"?>\n<Project xmlns="{NAMESPACE}" name="{letters}">\n<Users>\n<User name="{letters}"/>\n</Users>\n</Project>'
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    assert found(mark + xml.encode(encoding)) == [(4, "<User> has no guid; REFI-QDA asks for one.")]


def test_in_a_file_of_one_line_the_thing_is_named() -> None:
    """By the GUID of the innermost thing in which the fault is, or which it is."""
    xml = f'<Project xmlns="{NAMESPACE}" name="x"><Cases><Case guid="{guid(1)}"><Foo/></Case><Case guid="{guid(2)}"/><Case guid="{guid(3)}" a=""/></Cases><Notes/></Project>'
    assert [p.id for p in problems(BytesIO(xml.encode()))] == [guid(1), guid(3), None]


def test_only_the_first_thousand_are_told() -> None:
    """A file in which all is wrong floods nobody."""
    assert len(found(project("<Users>" + "<User/>\n" * 3000 + "</Users>"))) == MOST == 1000


# ---- files ----
@pytest.mark.parametrize("writer", WRITERS)
def test_what_programs_write_is_right(writer: str, tmp_path: Path) -> None:
    """The project within each kind of file: nothing is wrong, as the official schema says too."""
    path = WRITERS[writer][0](tmp_path / "a.qdpx")
    assert project_schema().validate(etree.fromstring(project_xml(path)))
    assert list(problems(path)) == []


def test_a_file_is_taken_by_its_path_whatever_its_kind(tmp_path: Path) -> None:
    """A `.qdpx`, a `.qde` and a `.qdc`."""
    packed, bare, book = pack(tmp_path / "a.qdpx", project("<Users/>").encode()), tmp_path / "b.qde", tmp_path / "c.qdc"
    bare.write_text(project("<Users/>"), encoding="utf-8")
    book.write_text('<CodeBook xmlns="urn:QDA-XML:codebook:1.0">\n</CodeBook>')
    assert [[(p.line, p.message) for p in problems(path)] for path in (packed, bare, book)] == [
        [(3, "<Users> ends too early; it must hold <User>.")],
        [(3, "<Users> ends too early; it must hold <User>.")],
        [(2, "<CodeBook> ends too early; it must hold <Codes>.")],
    ]


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:project:1.5", "urn:qda-xml:project", ""])
def test_another_namespace_is_not_a_fault_of_structure(namespace: str) -> None:
    """What is read as a project is checked as one."""
    xml = project("<Users/>").replace(NAMESPACE, namespace)
    assert found(xml) == [(3, "<Users> ends too early; it must hold <User>.")]
    assert found(xml.replace("<Users/>", "")) == []


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:project {x}", "urn:QDA-XML:project}a", "urn:QDA-XML:project&lt;&#x9b;", "urn:QDA-XML:project%zz"])
def test_a_namespace_that_no_schema_can_have_is_a_fault(namespace: str) -> None:
    """It is none of another version either."""
    assert found(project().replace(NAMESPACE, namespace)) == [(2, "<Project> begins no file of this kind: its name or its namespace is another.")]


@pytest.mark.samples
@pytest.mark.parametrize("name", ["atlasti-23.4.qdc", "atlasti-8.4-standard-project.qde", "nvivo-win-12.6-scrubbed.qdpx", "qualcoder-neutral.qdc", "qualcoder-neutral.qdpx"])
def test_real_files_are_right(name: str, samples: Path) -> None:
    """Those that the official schemas accept."""
    assert list(problems(samples / name)) == []


@pytest.mark.samples
def test_a_real_file_that_is_wrong_is_found_out(samples: Path) -> None:
    """One program writes values after sources: the same number is found as lxml finds with the official schema."""
    path = samples / "qualilab-stress.qdpx"
    schema = project_schema()
    assert not schema.validate(etree.fromstring(project_xml(path)))
    assert {p.message for p in problems(path)} == {"<VariableValue> has no place here; REFI-QDA allows <SourceRef> or <SelectionRef> here."}
    assert len(list(problems(path))) == len(schema.error_log)


# ---- what cannot be read on ----
@pytest.mark.parametrize("xml", ["", "words", "PK", "<Project", f'<Project xmlns="{NAMESPACE}" name="x"><Users>', f'<Project xmlns="{NAMESPACE}" name="&x;"/>'])
def test_what_is_no_xml_is_refused_in_a_sentence(xml: str) -> None:
    """With the line, and without what a parser would call it."""
    with pytest.raises(ReadError, match=r"^line 1: the XML is broken here, .*\.$"):
        found(xml)


def test_what_is_wrong_before_the_break_is_told_first() -> None:
    """Then comes the error, with its line and the path of the file."""
    told = problems(BytesIO(project("<Users/>\n<Cases></Users>").encode()))
    assert next(told).message == "<Users> ends too early; it must hold <User>."
    with pytest.raises(ReadError, match="line 4: the XML is broken here"):
        list(told)


def test_another_root_is_refused() -> None:
    """It is another kind of file, of which nothing else can be said."""
    with pytest.raises(ReadError, match="it begins with <Foo>"):
        found("<Foo/>")


@pytest.mark.parametrize("before", ["", f"<!--{' ' * (1 << 21)}-->"])
def test_entities_are_not_expanded(before: str) -> None:
    """A document type is refused before anything in it is looked at, wherever it comes."""
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(12))
    with pytest.raises(ReadError, match="document type"):
        found(f'{before}<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa">{entities}]><Project name="&k;"/>')


def test_long_texts_are_checked_and_long_numbers_are_not() -> None:
    """A text may have any length; libxml2 would need hours for a number as long, so the check ends there."""
    text = "w\u00f6rd \U0001f600\n" * 2_000_000
    assert found(project(f'<Notes><Note guid="{G}"><PlainTextContent>{text}</PlainTextContent></Note></Notes>')) == []
    value = f'<Cases><Case guid="{G}"><VariableValue><VariableRef targetGUID="{G}"/><IntegerValue>{{}}</IntegerValue></VariableValue></Case></Cases>'
    assert found(project(value.format("7" + " " * 60_000 + "<!-- -->"))) == []
    with pytest.raises(ReadError, match="more than 65,536 characters"):
        found(project(value.format("1<!-- -->" * 70_000)))


def test_a_zip_file_without_a_project_is_refused(tmp_path: Path) -> None:
    """By its name."""
    with ZipFile(tmp_path / "a.qdpx", "w") as archive:
        archive.writestr("a.txt", "words")
    with pytest.raises(ReadError, match=r"a\.qdpx"):
        list(problems(tmp_path / "a.qdpx"))
