"""REFI-QDA 1.5 projects and codebooks bound to the model: one entry an element, in the order of the two schemas.

The reader, the writer and the list of what REFI-QDA cannot say are all made from this table.
"""

from __future__ import annotations

from typing import Final

from attrs import fields

from qualdata import model as m
from qualdata.formats.refi.vocabulary import (
    Element,
    Part,
    Parts,
    Simple,
    attributes,
    boolean,
    box,
    children,
    choice_of,
    colour,
    date,
    decimal,
    element,
    full_box,
    guid,
    integer,
    into,
    many,
    moment,
    nested,
    one,
    one_of,
    ref,
    refs,
    string,
    text,
    truth,
    whole,
)  # fmt: skip
from qualdata.model.graph import LineStyle, Shape
from qualdata.model.link import Direction
from qualdata.model.variable import VariableType

NAMESPACE: Final = "urn:QDA-XML:project:1.0"
ROOT: Final = "Project"
CODEBOOK_NAMESPACE: Final = "urn:QDA-XML:codebook:1.0"
CODEBOOK_ROOT: Final = "CodeBook"

direction: Simple[Direction] = choice_of("Associative", "OneWay", "Bidirectional")
variable_type: Simple[VariableType] = choice_of("Text", "Boolean", "Integer", "Float", "Date", "DateTime")
line_style: Simple[LineStyle] = choice_of("dotted", "dashed", "solid")
shape: Simple[Shape] = choice_of("Person", "Oval", "Rectangle", "RoundedRectangle", "Star", "LeftTriangle", "RightTriangle", "UpTriangle", "DownTriangle", "Note")

# ---- coding ----
c, v, k = fields(m.Coding), fields(m.Value), fields(m.Code)
CODING = element(
    m.Coding,
    guid=guid.must(c.id),
    creatingUser=guid(c.coder),
    creationDateTime=moment(c.created),
    CodeRef=ref(c.code),
    NoteRef=refs(c.memos),
)
VALUE = element(
    m.Value,
    VariableRef=ref(v.variable),
    **one_of(v.type, v.value,
             TextValue=("Text", string), BooleanValue=("Boolean", truth), IntegerValue=("Integer", whole),
             FloatValue=("Float", decimal), DateValue=("Date", date), DateTimeValue=("DateTime", moment)),
)  # fmt: skip
LABEL: Parts = {"guid": guid.must(k.id), "name": string.must(k.name), "isCodable": boolean.must(k.codable), "color": colour(k.colour), "Description": text(k.description)}
CODE = element(m.Code, **LABEL, NoteRef=refs(k.memos), Code=nested(k.parent))

# ---- excerpts: one class, five kinds of span ----
d, x = fields(m.Dated), fields(m.Excerpt)
DATED: Parts = {"creatingUser": guid(d.created_by), "creationDateTime": moment(d.created), "modifyingUser": guid(d.modified_by), "modifiedDateTime": moment(d.modified)}


def excerpt(span: type[m.Span], /, **parts: Part) -> Element:
    """A selection: its own attributes fill the span."""
    return element(
        m.Excerpt,
        guid=guid.must(x.id),
        name=string(x.name),
        **into(x.span, span, parts),
        **DATED,
        Description=text(x.description),
        **children(parts),
        Coding=many(x.codings, CODING),
        NoteRef=refs(x.memos),
    )


t, area, page, time, sync = fields(m.TextSpan), fields(m.AreaSpan), fields(m.PageSpan), fields(m.TimeSpan), fields(m.TranscriptSpan)
TEXT_EXCERPT = excerpt(m.TextSpan, startPosition=integer.must(t.start), endPosition=integer.must(t.end))
PICTURE_EXCERPT = excerpt(m.AreaSpan, firstX=integer.must(area.left), firstY=integer.must(area.top), secondX=integer.must(area.right), secondY=integer.must(area.bottom))
MEDIA_EXCERPT = excerpt(m.TimeSpan, begin=integer.must(time.start), end=integer.must(time.end))
TRANSCRIPT_EXCERPT = excerpt(m.TranscriptSpan, fromSyncPoint=guid(sync.start), toSyncPoint=guid(sync.end))

# ---- sources ----
s = fields(m.Source)


def source(cls: type[m.Source], /, **parts: Part) -> Element:
    """A source: what its kind adds stands between the description and the codings."""
    return element(
        cls,
        guid=guid.must(s.id),
        name=string(s.name),
        **attributes(parts),
        **DATED,
        Description=text(s.description),
        **children(parts),
        Coding=many(s.codings, CODING),
        NoteRef=refs(s.memos),
        VariableValue=many(s.values, VALUE),
    )


w, media, pic, pdf = fields(m.TextSource), fields(m.MediaSource), fields(m.PictureSource), fields(m.PdfSource)
WRITTEN: Parts = {"richTextPath": string(w.rich_path), "plainTextPath": string(w.path), "PlainTextContent": text(w._text), "PlainTextSelection": many(w.excerpts, TEXT_EXCERPT)}
FILE: Parts = {"path": string(media.path), "currentPath": string(media.current_path)}

TEXT_SOURCE = source(m.TextSource, **WRITTEN)
NOTE = source(m.Memo, **WRITTEN)
PDF_EXCERPT = excerpt(
    m.PageSpan,
    page=integer.must(page.page),
    firstX=integer.must(page.left),
    firstY=integer.must(page.top),
    secondX=integer.must(page.right),
    secondY=integer.must(page.bottom),
    Representation=one(x.representation, TEXT_SOURCE),
)
PICTURE_SOURCE = source(m.PictureSource, **FILE, TextDescription=one(pic.representation, TEXT_SOURCE), PictureSelection=many(s.excerpts, PICTURE_EXCERPT))
PDF_SOURCE = source(m.PdfSource, **FILE, PDFSelection=many(s.excerpts, PDF_EXCERPT), Representation=one(pdf.representation, TEXT_SOURCE))

y, r = fields(m.SyncPoint), fields(m.Transcript)
SYNC_POINT = element(m.SyncPoint, guid=guid.must(y.id), timeStamp=integer(y.time), position=integer(y.position))
TRANSCRIPT = element(
    m.Transcript,
    guid=guid.must(r.id),
    name=string(r.name),
    richTextPath=string(r.rich_path),
    plainTextPath=string(r.path),
    **DATED,
    Description=text(r.description),
    PlainTextContent=text(r._text),
    SyncPoint=many(r.sync_points, SYNC_POINT),
    TranscriptSelection=many(r.excerpts, TRANSCRIPT_EXCERPT),
    NoteRef=refs(r.memos),
)
au, vi = fields(m.AudioSource), fields(m.VideoSource)
AUDIO_SOURCE = source(m.AudioSource, **FILE, Transcript=many(au.transcripts, TRANSCRIPT), AudioSelection=many(s.excerpts, MEDIA_EXCERPT))
VIDEO_SOURCE = source(m.VideoSource, **FILE, Transcript=many(vi.transcripts, TRANSCRIPT), VideoSelection=many(s.excerpts, MEDIA_EXCERPT))

# ---- people, variables, relations ----
u, a, q, li, g = fields(m.Contributor), fields(m.Variable), fields(m.Case), fields(m.Link), fields(m.Set)
USER = element(m.Contributor, guid=guid.must(u.id), name=string(u.name), id=string(u.initials))
VARIABLE = element(m.Variable, guid=guid.must(a.id), name=string.must(a.name), typeOfVariable=variable_type.must(a.type), Description=text(a.description))
CASE = element(
    m.Case,
    guid=guid.must(q.id),
    name=string(q.name),
    Description=text(q.description),
    CodeRef=refs(q.codes),
    VariableValue=many(q.values, VALUE),
    SourceRef=refs(q.sources),
    SelectionRef=refs(q.excerpts),
)
LINK = element(
    m.Link,
    guid=guid.must(li.id),
    name=string(li.name),
    direction=direction(li.direction),
    color=colour(li.colour),
    originGUID=guid(li.origin),
    targetGUID=guid(li.target),
    NoteRef=refs(li.memos),
)
GROUP: Parts = {"guid": guid.must(g.id), "name": string.must(g.name), "Description": text(g.description)}
SET = element(m.Set, **GROUP, MemberCode=refs(g.codes), MemberSource=refs(g.sources), MemberNote=refs(g.memos))
n, e, h = fields(m.Vertex), fields(m.Edge), fields(m.Graph)
VERTEX = element(
    m.Vertex,
    guid=guid.must(n.id),
    representedGUID=guid(n.represents),
    name=string(n.name),
    firstX=integer.must(n.left),
    firstY=integer.must(n.top),
    secondX=integer(n.right),
    secondY=integer(n.bottom),
    shape=shape(n.shape),
    color=colour(n.colour),
)
EDGE = element(
    m.Edge,
    guid=guid.must(e.id),
    representedGUID=guid(e.represents),
    name=string(e.name),
    sourceVertex=guid.must(e.origin),
    targetVertex=guid.must(e.target),
    color=colour(e.colour),
    direction=direction(e.direction),
    lineStyle=line_style(e.line),
)
GRAPH = element(m.Graph, guid=guid.must(h.id), name=string(h.name), Vertex=many(h.vertices, VERTEX), Edge=many(h.edges, EDGE))

# ---- the project ----
p, o = fields(m.Study), fields(m.Reading)
ORIGIN: Parts = into(p.reading, m.Reading, {"origin": string(o.origin)})
PROJECT = element(
    m.Study,
    name=string.must(p.title),
    **ORIGIN,
    creatingUserGUID=guid(p.created_by),
    creationDateTime=moment(p.created),
    modifyingUserGUID=guid(p.modified_by),
    modifiedDateTime=moment(p.modified),
    basePath=string(p.base_path),
    Users=box(p.contributors, User=USER),
    CodeBook=box(p.codes, "Codes", Code=CODE),
    Variables=box(p.variables, Variable=VARIABLE),
    Cases=box(p.cases, Case=CASE),
    Sources=box(p.sources, TextSource=TEXT_SOURCE, PictureSource=PICTURE_SOURCE, PDFSource=PDF_SOURCE, AudioSource=AUDIO_SOURCE, VideoSource=VIDEO_SOURCE),
    Notes=box(p.memos, Note=NOTE),
    Links=box(p.links, Link=LINK),
    Sets=box(p.sets, Set=SET),
    Graphs=box(p.graphs, Graph=GRAPH),
    Description=text(p.abstract),
    NoteRef=refs(p.own_memos),
)

# ---- the codebook alone: no notes, no sources, and a member of a set named by another attribute ----
CODEBOOK_CODE = element(m.Code, **LABEL, Code=nested(k.parent))
CODEBOOK_SET = element(m.Set, **GROUP, MemberCode=refs(g.codes, "guid"))
CODEBOOK = element(m.Study, **ORIGIN, Codes=full_box(p.codes, Code=CODEBOOK_CODE), Sets=box(p.sets, Set=CODEBOOK_SET))
