"""From what the XML said to a study: files found, ids told apart, positions turned into code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any

from qualdata.formats.refi.annotations import put_right
from qualdata.formats.refi.container import Container, left_by_system
from qualdata.formats.refi.evidence import Evidence
from qualdata.formats.refi.names import all_different_guids, guid_for, is_guid
from qualdata.formats.refi.reader import Reader
from qualdata.formats.refi.tools import of_origin
from qualdata.formats.refi.twins import Pairs, further, twins
from qualdata.formats.zip import LIMITS, check_size
from qualdata.model.base import Thing, fold
from qualdata.model.document import Document
from qualdata.model.excerpt import Excerpt
from qualdata.model.media import Media
from qualdata.model.nouns import noun
from qualdata.model.positions import Codec, Profile
from qualdata.model.reading import Remark
from qualdata.model.source import MediaSource, PdfSource, SyncPoint, holders
from qualdata.model.spans import TextSpan, TimeSpan
from qualdata.model.study import Study, walk

__all__ = ["WRITTEN", "complete", "tell_apart"]

WRITTEN = "refi:written"
"""The key of `extra` under which positions stand as the file wrote them, where they cannot be computed back."""
_LARGEST_TEXT = 1 << 29


def complete(study: Study, reader: Reader, container: Container) -> None:
    """Make a study of what a reader read."""
    assert study.reading is not None
    remarks = study.reading.remarks
    study.id = guid_for(study.title, study.created or "")
    pdfs = [(pdf, twins(pdf)) for pdf in study.sources if isinstance(pdf, PdfSource)]
    tell_apart(study, reader, {id(p) for _, pairs in pdfs for e, _ in pairs for p in (e, *e.codings)})
    for pdf, pairs in pdfs:
        _relate(pairs, further(pdf, pairs), remarks)
    _attach(study, container, remarks)
    remarks[:0] = dict.fromkeys(container.remarks)
    _count(study, remarks)
    study.documents += _documents(study, container, remarks)
    study.reading.layout |= {"project": container.project, "members": container.order}


def _documents(study: Study, container: Container, remarks: list[Remark]) -> Iterator[Document]:
    """The files that nothing refers to; of two with one name, the second goes by its whole path."""
    names: set[str] = set()
    for path in container.left():
        name = path.rpartition("/")[2]
        name = path if name.casefold() in names else name
        names.add(name.casefold())
        why = f"{path} was left by macOS or Windows and says nothing of the study; it is kept as a document, and can be deleted"
        remarks.append(Remark("refi-source-orphan", why if left_by_system(path) else f"nothing in the project refers to {path}; it is kept as a document"))
        yield Document(id=guid_for(study.id, name), name=name, path=path, media=container.media[path])


# ---- ids ----
def tell_apart(study: Study, reader: Reader, again: Set[int] = frozenset()) -> None:
    """Take in what the reader noted; the second holder of an id gets `#2`, the third `#3`; ids that are no GUIDs are remarked on.

    *again* are twins, by their id().
    """
    assert study.reading is not None
    remarks = study.reading.remarks
    remarks += reader.remarks
    study.reading.layout = {"namespace": reader.uri, "hints": reader.hints}
    if all_different_guids(reader.ids):
        return
    invalid = dict.fromkeys(i for i in reader.ids if not is_guid(i))
    remarks += [Remark("refi-guid-invalid", f"{id!r} is no GUID; it is kept as it is", id=id) for id in invalid]
    seen: dict[str, int] = {}
    for thing in walk(study):
        if thing is study:
            continue
        key = fold(thing.id)
        seen[key] = count = seen.get(key, 0) + 1
        if count > 1:
            new = f"{thing.id}#{count}"
            what = noun(type(thing).__name__)
            why = f"stands on a page of a PDF and again in its text; the second {what}" if id(thing) in again else f"occurs more than once; this {what}"
            remarks.append(Remark("refi-guid-reused", f"the id {thing.id} {why} is now {new}", id=new))
            thing.id = new
    for thing, around in reader.outer:
        thing.parent = around.id


def _relate(pairs: Pairs, more: Pairs, remarks: list[Remark]) -> None:
    """Say of twins, and of what goes on with them on the next page, which excerpt they repeat; all have their ids."""
    for excerpt, page in (*pairs, *more):
        excerpt.same_as = page.id
    for excerpt, page in more:
        said = f"a quotation of a PDF goes on on the next page; the part there is the same as {page.id}, and its codings count once"
        remarks.append(Remark("cod-duplicate", said, id=excerpt.id))


# ---- files ----
def _attach(study: Study, container: Container, remarks: list[Remark]) -> None:
    missing: dict[str, list[str]] = {}
    container.base = study.base_path or ""

    def found(path: str | None, holder: Thing) -> Media | None:
        if path is None:
            return None
        media = container.find(path) if path else None
        if media is None:
            missing.setdefault(path, []).append(holder.id)
        elif "://" not in path:
            remarks.append(Remark("refi-source-path", f"the path {path} lacks internal://; it was taken as a file of the project", id=holder.id))
        return media

    for holder in _all_holders(study):
        if isinstance(holder, MediaSource):
            holder.media = found(holder.path, holder)
        else:
            holder.stored = found(holder.path, holder)
            holder.rich = found(holder.rich_path, holder)
    if container.folder is not None and container.folder.full:
        remarks.append(Remark("refi-size-limit", f"the folder of sources holds more than {LIMITS['members']:,} files; not all were looked at"))
    for path, ids in missing.items():
        again = f" ({len(ids)} references)" if len(ids) > 1 else ""
        remarks.append(Remark("refi-source-missing", f"the file {path or 'with an empty path'} is missing{again}", id=ids[0]))


def _all_holders(study: Study) -> Iterator[Any]:
    for source in (*study.sources, *study.memos):
        yield from holders(source)


# ---- positions ----
def _count(study: Study, remarks: list[Remark]) -> None:
    """Choose how the file counts, put marks where they belong, turn positions into code points, and look for those out of range."""
    reading = study.reading
    assert reading is not None
    tool = of_origin(reading.origin)
    evidence, sizes = Evidence(tool.profile if tool else Profile()), {}
    for holder, text, bom in _texts(_all_holders(study), remarks):
        sizes[id(holder)] = len(text)
        if not evidence.full:
            evidence.look(text, bom, holder.excerpts)
    reading.profile, reading.basis = evidence.choose(reading.origin, tool, remarks)
    put_right(study, _Sizes(reading.profile), remarks)
    if reading.profile != Profile():
        for holder, text, bom in _texts(_all_holders(study), []):
            if not reading.profile.plain(text, bom):
                _convert(holder, Codec(text, reading.profile, bom), remarks)
    for holder in _all_holders(study):
        _check_ranges(holder, sizes.get(id(holder)), remarks)


class _Sizes:
    """How long texts are, as a file counts them; None for one that is not there. Each is looked into once."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.known: dict[int, int | None] = {}

    def __call__(self, holder: Any) -> int | None:
        if id(holder) not in self.known:
            ends = (Codec(text, self.profile, bom).write(len(text), len(text))[1] for _, text, bom in _texts([holder], []))
            self.known[id(holder)] = next(ends, None)
        return self.known[id(holder)]


def _texts(among: Iterable[Any], remarks: list[Remark]) -> Iterator[tuple[Any, str, bool]]:
    """All of these that have a text, with it, and whether its file begins with a byte order mark. Texts are not kept."""
    for holder in among:
        if isinstance(holder, MediaSource):
            continue
        stored: Media | None = holder.stored
        if stored is None:
            if holder.text is not None:
                yield holder, holder.text, False
        elif stored.size > _LARGEST_TEXT:
            remarks.append(Remark("refi-size-limit", f"the text {stored.name} has {stored.size:,} bytes and was not looked into", id=holder.id))
        else:
            yield holder, _decoded(stored, holder, remarks), stored.bom


def _decoded(stored: Media, holder: Thing, remarks: list[Remark]) -> str:
    check_size(stored)
    text = stored.decode()
    if stored.encoding != "utf-8":
        remarks.append(Remark("txt-encoding-damage", f"the text {stored.name} is not UTF-8; it was read as {stored.encoding}", id=holder.id))
    elif "\ufffd" in text:
        remarks.append(Remark("txt-encoding-damage", f"the text {stored.name} holds U+FFFD: characters were lost before it was exported", id=holder.id))
    return text


def _convert(holder: Any, codec: Codec, remarks: list[Remark]) -> None:
    for excerpt in holder.excerpts:
        if isinstance(excerpt.span, TextSpan):
            written = excerpt.span.start, excerpt.span.end
            excerpt.span = TextSpan(*codec.read(*written))
            _keep_written(excerpt, written, codec.write(excerpt.span.start, excerpt.span.end), remarks)
    for point in getattr(holder, "sync_points", ()):
        if point.position is not None:
            at = point.position
            point.position = codec.read(at, at)[0]
            _keep_written(point, (at,), codec.write(point.position, point.position)[:1], remarks)


def _keep_written(thing: Excerpt | SyncPoint, written: tuple[int, ...], again: tuple[int, ...], remarks: list[Remark]) -> None:
    """Positions inside a character moved outward; what the file said is kept for writing it back."""
    if again != written:
        thing.extra = {**(thing.extra or {}), WRITTEN: list(written)}
        remarks.append(Remark("exc-range-invalid", f"a position of {'–'.join(map(str, written))} lies inside a character; it was moved outward", id=thing.id))


def _check_ranges(holder: Any, size: int | None, remarks: list[Remark]) -> None:
    """Remark on excerpts that end before they begin, or lie outside the text. They are kept as they are."""
    for excerpt in holder.excerpts:
        span = excerpt.span
        if span.__class__ is not TextSpan and span.__class__ is not TimeSpan:
            return
        if span.start > span.end:
            remarks.append(Remark("exc-range-invalid", f"an excerpt ends at {span.end}, before it begins at {span.start}", id=excerpt.id))
        elif span.start < 0 or (size is not None and span.end > size):
            known = f", which has {size} characters" if size is not None else ""
            remarks.append(Remark("exc-range-invalid", f"an excerpt from {span.start} to {span.end} lies outside its source{known}", id=excerpt.id))
