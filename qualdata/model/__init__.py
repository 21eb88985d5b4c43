"""The model: one typed study, whatever the format it came from."""

from qualdata.model.base import Dated, Part, Thing, fold, new_id
from qualdata.model.case import Case
from qualdata.model.code import Code
from qualdata.model.coding import Coding
from qualdata.model.compare import Difference, differences
from qualdata.model.contributor import Contributor
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt
from qualdata.model.graph import Edge, Graph, Vertex
from qualdata.model.link import Link
from qualdata.model.loss import Loss
from qualdata.model.media import Media
from qualdata.model.memo import Memo
from qualdata.model.positions import Codec, Profile
from qualdata.model.reading import Reading, Remark
from qualdata.model.segments import Segment, Segments
from qualdata.model.set import Set
from qualdata.model.source import AnySource, AudioSource, MediaSource, PdfSource, PictureSource, Source, SyncPoint, TextSource, Transcript, VideoSource, Written, holders
from qualdata.model.spans import AreaSpan, PageSpan, Span, TextSpan, TimeSpan, TranscriptSpan
from qualdata.model.study import Study, walk
from qualdata.model.tree import Tree
from qualdata.model.variable import Value, Variable

__all__ = [
    "AnySource",
    "AreaSpan",
    "AudioSource",
    "Case",
    "Code",
    "Codec",
    "Coding",
    "Contributor",
    "Dated",
    "Difference",
    "Document",
    "Edge",
    "Excerpt",
    "Graph",
    "Link",
    "Loss",
    "Media",
    "MediaSource",
    "Memo",
    "PageSpan",
    "Part",
    "PdfSource",
    "PictureSource",
    "Profile",
    "Reading",
    "Remark",
    "Segment",
    "Segments",
    "Set",
    "Source",
    "Span",
    "Study",
    "SyncPoint",
    "TextSource",
    "TextSpan",
    "Thing",
    "TimeSpan",
    "Transcript",
    "TranscriptSpan",
    "Tree",
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
