"""The model: one typed study, whatever the format it came from."""

from qualdata.model.base import Dated, Part, Thing, fold, new_id
from qualdata.model.case import Case
from qualdata.model.change import CodeChange
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.compare import Difference, differences
from qualdata.model.consent import Consent, Permission
from qualdata.model.contributor import Contributor
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt, Quote
from qualdata.model.extension import Extension
from qualdata.model.graph import Edge, Graph, Vertex
from qualdata.model.interview import Interview
from qualdata.model.link import Link
from qualdata.model.loss import Loss
from qualdata.model.media import Media
from qualdata.model.memo import Memo
from qualdata.model.point import Point
from qualdata.model.positions import Codec, Profile
from qualdata.model.published import PublishedQuote
from qualdata.model.question import ResearchQuestion
from qualdata.model.reading import Reading, Remark
from qualdata.model.replacement import Replacement
from qualdata.model.segments import Segment, Segments
from qualdata.model.set import Set
from qualdata.model.source import (
    AnySource,
    AudioSource,
    MediaSource,
    PdfSource,
    PictureSource,
    Source,
    Speaker,
    SyncPoint,
    TextSource,
    Transcript,
    Turn,
    VideoSource,
    Written,
    holders,
)
from qualdata.model.spans import AreaSpan, PageSpan, Span, TextSpan, TimeSpan, TranscriptSpan
from qualdata.model.study import Study, walk
from qualdata.model.theme import Evidence, Theme
from qualdata.model.tree import Tree
from qualdata.model.variable import Value, Variable

__all__ = [
    "AnySource",
    "AreaSpan",
    "AudioSource",
    "Case",
    "Code",
    "CodeChange",
    "Codec",
    "Coding",
    "Consent",
    "Contributor",
    "Dated",
    "Difference",
    "Document",
    "Edge",
    "Evidence",
    "Excerpt",
    "Extension",
    "Graph",
    "Interview",
    "Link",
    "Loss",
    "Media",
    "MediaSource",
    "Memo",
    "PageSpan",
    "Part",
    "PdfSource",
    "Permission",
    "PictureSource",
    "Point",
    "Profile",
    "PublishedQuote",
    "Quote",
    "Reading",
    "Remark",
    "Replacement",
    "ResearchQuestion",
    "Segment",
    "Segments",
    "Set",
    "Source",
    "Span",
    "Speaker",
    "Study",
    "SyncPoint",
    "TextSource",
    "TextSpan",
    "Theme",
    "Thing",
    "TimeSpan",
    "Transcript",
    "TranscriptSpan",
    "Tree",
    "Turn",
    "Value",
    "Variable",
    "Vertex",
    "VideoSource",
    "Written",
    "differences",
    "fold",
    "holders",
    "new_id",
    "walk",
]
