"""The files of a study's codes in a folder: written all or not at all over what someone changed, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from qualdata.errors import ReadError, WriteError
from qualdata.formats.atomic import replacing
from qualdata.model.base import fold
from qualdata.model.code import Code
from qualdata.model.study import Study
from qualdata.model.tree import Tree
from qualdata.model.variable import Variable
from qualdata.report.pages import PAGES, PageForm
from qualdata.tools.ic.documents import CodeFile, Marks, analysis_page, codings_page
from qualdata.tools.ic.extracts import Extracts
from qualdata.tools.ic.names import file_stems
from qualdata.tools.ic.parsing import Parser
from qualdata.tools.ic.reading import Points, bring_in
from qualdata.tools.ic.typed import Parsed, Unread

__all__ = ["code_files", "read_folder", "write_folder"]

_FORMS: Final = {form.suffix: form for form in PAGES.values()}
_OTHERS: Final = (".odt", ".doc", ".rtf", ".pages", ".docm", ".txt", ".markdown")
"""Files in which points may have been kept, and that are not read."""


def code_files(study: Study, codes: Iterable[Code] | None = None, *, with_subcodes: bool = False, attributes: Sequence[Variable] = ()) -> list[CodeFile]:
    """What the files of some codes hold, or of all that have extracts."""
    everything, tree, made = Extracts(study).of(), study.code_tree, []
    for code in study.codes_in_order if codes is None else codes:
        ids = set(_ids(code, tree)) if with_subcodes else {fold(code.id)}
        here = tuple(extract for extract in everything if fold(extract.segment.coding.code) in ids)
        points = tuple(point for point in study.points if ids & set(map(fold, point.codes)))
        made.append(CodeFile(code, here, points, tuple(attributes), len(ids) > 1))
    return [file for file in made if file.extracts or (codes is not None and file.points)]


def _ids(code: Code, tree: Tree[Code]) -> Iterator[str]:
    """The folded ids of a code and of all under it."""
    waiting = [code]
    while waiting:
        yield fold(waiting[-1].id)
        waiting.extend(tree.under(waiting.pop()))


def write_folder(study: Study, files: Sequence[CodeFile], folder: Path, form: PageForm, *, replace: bool = False) -> list[Path]:
    """Write the codings and the analysis file of each code, and return their paths.

    Nothing is written if a file of one of these names was changed since it was written here, unless *replace*: it may hold
    someone's work. Each file appears whole or not at all. Raises WriteError.
    """
    marks, extracts = Marks.of(study), Extracts(study)
    flag = "SYNTHETIC " if study.synthetic else ""
    stems = {fold(code.id): stem for code, stem in zip(study.codes, file_stems(study.codes), strict=True)}
    pages = []
    for file in files:
        name = f"{flag}{stems[fold(file.code.id)]}"
        pages.append((folder / f"{name} - codings{form.suffix}", codings_page(file, study, marks)))
        pages.append((folder / f"{name} - analysis{form.suffix}", analysis_page(file, study, marks, extracts)))
    if not replace:
        _check(folder, [path for path, _ in pages if path.exists() and not form.as_written(path)])
    made = [(path, form.to_bytes(page)) for path, page in pages]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"the folder cannot be made ({(error.strerror or str(error)).lower()}). Nothing was written.", path=folder) from error
    for path, data in made:
        with replacing(path) as temporary:
            temporary.write_bytes(data)
    return [path for path, _ in made]


def _check(folder: Path, changed: Sequence[Path]) -> None:
    if changed:
        more = f" and {len(changed) - 1:,} more" if len(changed) > 1 else ""
        written = f"{changed[0].name}{more} changed since qualdata wrote {'them' if more else 'it'}, so nothing was written."
        raise WriteError(f"{written} Bring the points in with `qualdata ic read`, then give --replace.", path=folder)


def read_folder(study: Study, folder: Path) -> Points:
    """Bring the points of the analysis files in a folder into a study. Raises ReadError where there are none, or one is damaged."""
    parser = Parser(study)
    return bring_in(study, list(_parsed(parser, folder)), parser)


def _parsed(parser: Parser, folder: Path) -> Iterator[Parsed]:
    if not folder.is_dir():
        raise ReadError("there is no such folder. Give the one that `qualdata ic codings` wrote.", path=folder)
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
    if not any(path.suffix.lower() in _FORMS for path in files):
        raise ReadError("there is no Word document (.docx) and no Markdown file (.md) in this folder; other files are not read. Save yours as one of these.", path=folder)
    for path in files:
        form = _FORMS.get(path.suffix.lower())
        if form is not None:
            yield parser.parse(path.name, form.unit, form.read(path))
        elif path.suffix.lower() in _OTHERS:
            yield Parsed((), (Unread(path.name, None, "", f"a file that ends in {path.suffix} is not read. Save it as a Word document (.docx)."),))
