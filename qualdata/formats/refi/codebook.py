"""REFI-QDA codebooks: `.qdc`, the codes of a study without its data.

**How it works.** One XML file in the namespace `urn:QDA-XML:codebook:1.0`: codes with name, meaning, colour and whether they
may be laid on data, each standing in the one above it, and sets of codes. It has no title, no author and no notes.

**Reading.** It becomes a study that holds nothing but codes and sets. The namespaces that programs wrote before the standard
was settled (`…:0:4`, `…:1:0`), in any case, or none, are read with a remark; a byte order mark is read over. What the
standard does not know stays in the `extra` of the thing it stood in. A code that only holds all others, as NVivo is reported
to write ("Nodes"), stays where it is. `qualdata codebook import` brings a codebook into a study that has one.

**Writing.** Targets: `standard`, and `as-read`, which writes back what a codebook said; for a study that was not read from a
codebook it means `standard`. A study without codes has no codebook, and is refused.

**What is lost.** All but codes and sets: sources, memos, cases and every other list of the study, its title and dates. Of a
code: what the model has beyond the standard (rules of use, an example, status), and which memos are about it. Of a set: its
sources and memos. Ids that are no GUIDs are replaced. `write` returns each as a `Loss`.

**Schema.** `qualdata schema --of codebook` prints an XML Schema of it, which accepts and refuses the same files as the official one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qualdata.errors import QualdataError, WriteError
from qualdata.formats.refi.incoming import tell_apart
from qualdata.formats.refi.losses import losses
from qualdata.formats.refi.names import guid_for
from qualdata.formats.refi.outgoing import check_depth, signature
from qualdata.formats.refi.roots import CODEBOOK, read_root, sniffed
from qualdata.formats.refi.tools import AS_READ, STANDARD
from qualdata.formats.refi.writer import Writer
from qualdata.model.copying import shallow
from qualdata.model.loss import Loss
from qualdata.model.reading import Reading, Remark
from qualdata.model.study import Study

__all__ = ["TARGETS", "read_qdc", "sniff_qdc", "write_qdc"]

QDC: Final = "qdc"
TARGETS: Final = (STANDARD.name, AS_READ)
"""The targets of a codebook: programs do not differ in it, as it has no positions and no files."""


def read_qdc(path: Path, sources: Path | None = None) -> Study:
    """The codes and sets of a `.qdc`, as a study. Raises ReadError."""
    try:
        with path.open("rb") as file:
            study, reader = read_root(file, CODEBOOK, QDC)
    except QualdataError as error:
        error.path = error.path or str(path)
        raise
    assert study.reading is not None
    study.id = guid_for(study.reading.origin or "", "\n".join(c.id for c in study.codes[:1]))
    tell_apart(study, reader)
    if not study.codes:
        study.reading.remarks.append(Remark("refi-structure-invalid", "there is no code in the codebook; the standard asks for one at least"))
    return study


def write_qdc(study: Study, path: Path, target: str | None = None) -> list[Loss]:
    """Write the codebook of a study, and return what it could not be told. Raises WriteError."""
    if target not in (None, *TARGETS):
        raise WriteError(f"there is no target {target!r} of a codebook; choose one of {', '.join(TARGETS)}.")
    reading = study.reading if study.reading is not None and target == AS_READ and study.reading.format == QDC else None
    if not study.codes and reading is None:
        raise WriteError("the study has no codes, and a codebook holds one at least. Nothing was written.")
    check_depth(study, above=2, what="codebook")
    layout = reading.layout if reading else {}
    writer = Writer(CODEBOOK.element, layout.get("namespace", CODEBOOK.namespace), study=study.id, faithful=reading is not None)
    origin = reading.origin if reading else signature(STANDARD)
    with path.open("wb") as file:
        writer.write(CODEBOOK.tag, shallow(study, reading=Reading(origin=origin)), file, layout.get("hints", ()))
    return losses(writer.lost, writer.renamed, CODEBOOK)


sniff_qdc = sniffed(CODEBOOK)
"""Whether a file is XML whose root is a codebook."""
