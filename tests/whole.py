"""A project and a codebook, written by hand, that have every element and every attribute that REFI-QDA knows."""

from __future__ import annotations

from itertools import count
from typing import Final

from tests.writing import guid

_numbers = count(1)
_A, _B = guid(900), f"{{{guid(901).upper()}}}"
_BY = f'creatingUser="{_A}" creationDateTime="2020-01-01T00:00:00Z" modifyingUser="{_B}" modifiedDateTime="2020-01-01T00:00:00.5+02:00"'


def _own(name: str = "name") -> str:
    return f'guid="{guid(next(_numbers))}" name="{name}"'


def _coding() -> str:
    refers = f'<CodeRef targetGUID="{_A}"/>\n<NoteRef targetGUID="{_A}"/>\n'
    return f'<Coding guid="{guid(next(_numbers))}" creatingUser="{_A}" creationDateTime="2020-02-29T24:00:00">\n{refers}</Coding>\n'


def _selection(tag: str, attributes: str, more: str = "") -> str:
    return f'<{tag} {_own()} {attributes} {_BY}>\n<Description>what</Description>\n{more}{_coding()}<NoteRef targetGUID="{_B}"/>\n</{tag}>\n'


def _value(tag: str, value: str) -> str:
    return f'<VariableValue>\n<VariableRef targetGUID="{_A}"/>\n<{tag}>{value}</{tag}>\n</VariableValue>\n'


def _source(tag: str, attributes: str, more: str) -> str:
    return f'<{tag} {_own()} {attributes} {_BY}>\n<Description>d</Description>\n{more}{_coding()}<NoteRef targetGUID="{_A}"/>\n{_value("TextValue", "t")}</{tag}>\n'


def _text(tag: str) -> str:
    written = "<PlainTextContent>words</PlainTextContent>\n" + _selection("PlainTextSelection", 'startPosition="0" endPosition="5"')
    return _source(tag, 'richTextPath="internal://a.docx" plainTextPath="internal://a.txt"', written)


def _transcript() -> str:
    return (
        f'<Transcript {_own()} richTextPath="internal://a.docx" plainTextPath="internal://a.txt" {_BY}>\n'
        f'<Description>d</Description>\n<PlainTextContent>words</PlainTextContent>\n<SyncPoint guid="{guid(next(_numbers))}" timeStamp="1" position="2"/>\n'
        + _selection("TranscriptSelection", f'fromSyncPoint="{_A}" toSyncPoint="{_B}"')
        + f'<NoteRef targetGUID="{_A}"/>\n</Transcript>\n'
    )


_FILE = 'path="internal://a.x" currentPath="absolute:///a.x"'
_BOX = 'firstX="1" firstY="2" secondX="3" secondY="4"'

PROJECT: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<Project xmlns="urn:QDA-XML:project:1.0" name="n" origin="o" creatingUserGUID="{_A}" creationDateTime="2020-01-01T00:00:00Z" '
    f'modifyingUserGUID="{_A}" modifiedDateTime="2020-01-01T00:00:00Z" basePath="b">\n'
    f'<Users>\n<User {_own()} id="AB"/>\n</Users>\n'
    f'<CodeBook>\n<Codes>\n<Code {_own()} isCodable="true" color="#abc">\n<Description>d</Description>\n<NoteRef targetGUID="{_A}"/>\n<Code {_own()} isCodable="0"/>\n</Code>\n'
    "</Codes>\n</CodeBook>\n"
    f'<Variables>\n<Variable {_own()} typeOfVariable="Text">\n<Description>d</Description>\n</Variable>\n</Variables>\n'
    f'<Cases>\n<Case {_own()}>\n<Description>d</Description>\n<CodeRef targetGUID="{_A}"/>\n'
    + _value("TextValue", "t") + _value("BooleanValue", "true") + _value("IntegerValue", "7")
    + _value("FloatValue", "1.5") + _value("DateValue", "2020-02-29") + _value("DateTimeValue", "2020-02-29T00:00:00")
    + f'<SourceRef targetGUID="{_A}"/>\n<SelectionRef targetGUID="{_A}"/>\n</Case>\n</Cases>\n'
    + "<Sources>\n" + _text("TextSource")
    + _source("PictureSource", _FILE, _text("TextDescription") + _selection("PictureSelection", _BOX))
    + _source("PDFSource", _FILE, _selection("PDFSelection", f'page="0" {_BOX}', _text("Representation")) + _text("Representation"))
    + _source("AudioSource", _FILE, _transcript() + _selection("AudioSelection", 'begin="0" end="9"'))
    + _source("VideoSource", _FILE, _transcript() + _selection("VideoSelection", 'begin="0" end="9"'))
    + "</Sources>\n<Notes>\n" + _text("Note") + "</Notes>\n"
    + f'<Links>\n<Link {_own()} direction="OneWay" color="#A0B1C2" originGUID="{_A}" targetGUID="{_B}">\n<NoteRef targetGUID="{_A}"/>\n</Link>\n</Links>\n'
    + f'<Sets>\n<Set {_own()}>\n<Description>d</Description>\n'
    + f'<MemberCode targetGUID="{_A}"/>\n<MemberSource targetGUID="{_A}"/>\n<MemberNote targetGUID="{_A}"/>\n</Set>\n</Sets>\n'
    + f'<Graphs>\n<Graph {_own()}>\n<Vertex {_own()} representedGUID="{_A}" {_BOX} shape="Person" color="#abc"/>\n'
    + f'<Edge {_own()} representedGUID="{_A}" sourceVertex="{_A}" targetVertex="{_A}" color="#abc" direction="Associative" lineStyle="dotted"/>\n</Graph>\n</Graphs>\n'
    + f'<Description>d</Description>\n<NoteRef targetGUID="{_A}"/>\n</Project>\n'
)  # fmt: skip

CODEBOOK: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="o">\n'
    f'<Codes>\n<Code {_own()} isCodable="true" color="#abc">\n<Description>d</Description>\n<Code {_own()} isCodable="0"/>\n</Code>\n</Codes>\n'
    f'<Sets>\n<Set {_own()}>\n<Description>d</Description>\n<MemberCode guid="{_A}"/>\n</Set>\n</Sets>\n</CodeBook>\n'
)
