"""Web Annotation: annotations of texts, pictures and recordings, as programs on the web exchange them.

**How it works.** Web Annotation, a Recommendation of the W3C (2017), says in JSON-LD who said what of which part of which
resource. A study becomes one collection (`NAME.jsonld`), with

- an annotation for each coding, with the motivation `tagging`: its body is the code, its target the source or the part of it;
- one for each passage without a coding, with the motivation `highlighting`;
- one for each memo, with the motivation `commenting`: its body is the text, its targets are all that the memo is about;
- lists of the people, the codes (as SKOS concepts, with all that the model knows of them) and the sources.

A place in a text is told twice: by its positions, counted in characters (Unicode code points, as the Recommendation wants), and by its
words with 32 characters on each side. Times and rectangles are media fragments, pages of a PDF the fragments of RFC 3778.

Annotations name what they are about by its address, and do not hold it. So the texts, pictures and recordings go into the folder
`NAME-sources` beside the file; keep both together. `--media-folder` names another folder.

**Reading.** One annotation, a list of them, a page or a collection, whoever wrote it; content decides, so `.json` will do. Nothing is
fetched from the web, neither contexts nor what is annotated: files are looked for in the folder `NAME-sources` and in the one that
`--sources` names. Where a text is there, and its words are not at the positions that are said, they are looked for; without a text the
words are kept as a quotation. Tags become codes, comments become memos. Properties and selectors that are not known stay in `extra` and
are written back.

**What is lost.** All that is not annotated and says nothing of it: cases, variables and values, speakers and turns, interviews, points,
themes, sets, links, drawings, consents, the history of the codes; of the study, all but title, abstract, licence, access, languages
and keywords; formatted texts. `write` returns each as a `Loss`. The rectangle of a PDF page that others wrote is not read, as its height is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from qualdata.errors import QualdataError
from qualdata.formats.beside import Beside
from qualdata.formats.webanno.files import Finding
from qualdata.formats.webanno.losses import losses
from qualdata.formats.webanno.outline import outlined, parsed, sniff
from qualdata.formats.webanno.reader import Reader
from qualdata.formats.webanno.writer import Writer
from qualdata.model.base import unchecked
from qualdata.model.loss import Loss
from qualdata.model.memory import building
from qualdata.model.progress import written
from qualdata.model.reading import Reading, Remark
from qualdata.model.study import Study

__all__ = ["WEB_ANNOTATION", "read_annotations", "sniff", "write_annotations"]

WEB_ANNOTATION: Final = "web-annotation"
_BASIS: Final = "Positions count Unicode characters, as Web Annotation says."


def read_annotations(path: Path, sources: Path | None = None) -> Study:
    """The study that annotations are of. Raises ReadError."""
    try:
        with building(), unchecked():  # characters were looked at when it was parsed
            document, replaced = parsed(path)
            reader = Reader(outlined(document), Finding(path, sources), path)
            study = reader.read()
    except QualdataError as error:
        error.path = error.path or str(path)
        raise
    if replaced:
        reader.remarks.append(Remark("txt-encoding-damage", f"characters that a study cannot hold were replaced by U+FFFD in {replaced:,} texts"))
    study.reading = Reading(format=WEB_ANNOTATION, origin=reader.origin, basis=_BASIS, remarks=reader.remarks)
    return study


def write_annotations(study: Study, path: Path, target: str | None = None, beside: Beside | None = None) -> list[Loss]:
    """Write a study as a collection of annotations; its files go into a folder *beside* it, or are lost."""
    writer = Writer(study, beside)
    with path.open("wb") as file, written(file, study) as out:
        out.writelines(_lines(writer))
    return losses(study, writer.lost)


def _lines(writer: Writer) -> Iterator[bytes]:
    """The document, a line for each thing and each annotation."""
    yield orjson.dumps(writer.head())[:-1]
    for name, things in writer.lists().items():
        yield b',\n"%s": [' % name.encode()
        yield from _joined(things)
        yield b"]"
    page, count = writer.page(), _Counted(writer.annotations())
    yield b',\n"first": ' + orjson.dumps(page)[:-1] + b', "items": ['
    yield from _joined(count)
    yield b']},\n"last": %s,\n"total": %d}\n' % (orjson.dumps(page["id"]), count.number)


def _joined(things: Iterable[Any]) -> Iterator[bytes]:
    between = b"\n"
    for thing in things:
        yield between + orjson.dumps(thing)
        between = b",\n"


class _Counted:
    """Things that are counted while they pass."""

    def __init__(self, things: Iterator[Any]) -> None:
        self.things, self.number = things, 0

    def __iter__(self) -> Iterator[Any]:
        for thing in self.things:
            self.number += 1
            yield thing
