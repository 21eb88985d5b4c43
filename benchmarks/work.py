"""One piece of work, measured in a process of its own.

    python -m benchmarks.work NAME TINY-FILE TINY-OUT FILE OUT

does the work called NAME on a tiny file, so that everything is imported, then on FILE, and prints
`{"cpu": SECONDS, "peak": BYTES}` of the second time alone. What is written goes to the OUTs.
"""

from __future__ import annotations

import csv
import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.gen_qdpx import HEADER, NAMESPACE
from benchmarks.raw_copy import copy_raw

LEVEL = 6
"""The deflate level of everything that is compressed here, by us and by the others."""
Q = f"{{{NAMESPACE}}}"
UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in one unit of `ru_maxrss`."""


def read(path: Path, out: Path) -> object:
    """Read a project with qualdata."""
    import qualdata

    return qualdata.read(path)


def validate(path: Path, out: Path) -> object:
    """Validate a project by the rules of the core, with qualdata."""
    import qualdata

    return qualdata.validate(path)


def package(path: Path) -> Path:
    """Where the study package of a project is, as a folder."""
    return path.with_name(f"{path.stem}-package")


def zipped(path: Path) -> Path:
    """Where the same package is, as a file."""
    return path.with_name(f"{path.stem}-package.qualdata")


def make_packages(path: Path, out: Path) -> None:
    """Write the package of a project, in both its forms."""
    import qualdata

    study = qualdata.read(path)
    qualdata.write(study, package(path))
    qualdata.write(study, zipped(path))


def inside(work: Callable[[Path, Path], object], place: Callable[[Path], Path]) -> Callable[[Path, Path], object]:
    """The same work, on a package of the project."""
    return lambda path, out: work(place(path), out)


def read_json(path: Path, out: Path) -> object:
    """Decode the study.json of a package with the standard library."""
    return json.loads((package(path) / "study.json").read_bytes())


def read_lxml(path: Path, out: Path) -> object:
    """Unpack the XML and parse it: the least that reading can be."""
    from lxml import etree

    with ZipFile(path) as archive, archive.open("project.qde") as stream:
        return etree.parse(stream)


def read_pyrefiqda(path: Path, out: Path) -> Any:
    """Read a project with pyrefiqda."""
    from pyrefiqda import RefiProject

    return RefiProject.load(path, extract_dir=str(out.with_suffix(".extracted")))


def round_trip(target: str) -> Callable[[Path, Path], object]:
    """Read a project and write it for a target, with qualdata."""

    def work(path: Path, out: Path) -> object:
        import qualdata

        study = qualdata.read(path)
        qualdata.write(study, out, target=target)
        return study

    return work


def round_trip_lxml(path: Path, out: Path) -> object:
    """Parse and serialise with lxml; all other members are copied as they are."""
    from lxml import etree

    with ZipFile(path) as archive, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as target, path.open("rb") as store:
        with archive.open("project.qde") as stream:
            tree = etree.parse(stream)
        for info in archive.infolist():
            if info.filename == "project.qde":
                target.writestr(info.filename, etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))
            else:
                copy_raw(store, info, target)
    return tree


def round_trip_pyrefiqda(path: Path, out: Path) -> object:
    """Read a project and write it, with pyrefiqda."""
    from pyrefiqda import RefiProject

    project = read_pyrefiqda(path, out)
    RefiProject.save(project, out, source_media_dir=out.with_suffix(".extracted") / "sources")
    return project


def segments(path: Path, out: Path) -> object:
    """Read a project and write all its segments to a CSV file, with qualdata."""
    import qualdata

    study = qualdata.read(path)
    _table(out, ((s.source.name, s.code and s.code.name, s.coder and s.coder.name, s.start, s.end, s.text) for s in study.segments()))
    return study


def segments_lxml(path: Path, out: Path) -> object:
    """The same table from a loop over the lxml tree."""
    from lxml import etree

    with ZipFile(path) as archive:
        with archive.open("project.qde") as stream:
            root = etree.parse(stream).getroot()
        _table(out, _rows_lxml(root, archive))
    return root


def _rows_lxml(root: Any, archive: ZipFile) -> Iterable[tuple[object, ...]]:
    codes = {code.get("guid"): code.get("name") for code in root.iter(Q + "Code")}
    users = {user.get("guid"): user.get("name") for user in root.iter(Q + "User")}
    for source in root.iter(Q + "TextSource"):
        text = archive.read(source.get("plainTextPath").replace("internal://", "sources/")).decode()
        for selection in source.iter(Q + "PlainTextSelection"):
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
            for coding in selection.iter(Q + "Coding"):
                code = coding.find(Q + "CodeRef").get("targetGUID")
                yield source.get("name"), codes[code], users[coding.get("creatingUser")], start, end, text[start:end]


def _table(out: Path, rows: Iterable[tuple[object, ...]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(HEADER)
        table.writerows(rows)


def convert(path: Path, out: Path) -> object:
    """Convert a project with qualdata."""
    import qualdata

    return qualdata.convert(path, out)


WORKS: dict[str, Callable[[Path, Path], object]] = {
    "read": read,
    "read with lxml": read_lxml,
    "validate": validate,
    "make packages": make_packages,
    "read package": inside(read, package),
    "validate package": inside(validate, package),
    "read zipped package": inside(read, zipped),
    "validate zipped package": inside(validate, zipped),
    "read json": read_json,
    "read with pyrefiqda": read_pyrefiqda,
    "round trip as standard": round_trip("standard"),
    "round trip as-read": round_trip("as-read"),
    "round trip with lxml": round_trip_lxml,
    "round trip with pyrefiqda": round_trip_pyrefiqda,
    "segments": segments,
    "segments with lxml": segments_lxml,
    "convert": convert,
}


def measure(work: Callable[[Path, Path], object], path: Path, out: Path) -> dict[str, float]:
    """CPU seconds of the work, and how far it raised the memory of this process at its peak."""
    gc.collect()
    before, start = _peak(), time.process_time()
    result = work(path, out)
    cpu = time.process_time() - start
    del result
    return {"cpu": cpu, "peak": _peak() - before}


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT


def main(name: str, tiny: str, tiny_out: str, path: str, out: str) -> None:
    """Warm up, measure, print."""
    WORKS[name](Path(tiny), Path(tiny_out))
    print(json.dumps(measure(WORKS[name], Path(path), Path(out))))


if __name__ == "__main__":
    main(*sys.argv[1:])
