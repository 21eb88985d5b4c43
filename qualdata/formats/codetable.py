"""Codebooks as tables: CSV or an Excel workbook, a row for each code, the columns known by their names.

**How it works.** The first row names the columns. One must hold the names of the codes: `code`, `name`, `tag` (as Taguette
writes), `label` or `title`, or there is a `path`. The others, each with other words for it: `description` (`definition`, `comment`, `memo`),
`include`, `exclude`, `example`, `colour`, `codable`, `in_vivo`, `origin`, `status`, `id` (`guid`). The tree is told by `parent`
(the name or id of the code above), else by `path` (`Above > Below`), else by `level` (`depth`). `Code Group 1` and so
on, as ATLAS.ti is reported to write, become sets. Capitals, spaces and underscores in names of columns do not matter.
What `qualdata codebook STUDY -o TABLE` writes is read back as the same codes.

**Reading.** It becomes a study that holds nothing but codes and sets. CSV may have commas, semicolons or tabs between cells, and be
UTF-8, UTF-16 or Windows-1252; of a workbook (`.xlsx`) the first sheet is read, which needs openpyxl. An apostrophe before
`=`, `+`, `-` or `@` is taken off. Columns that are not known, as counts and extracts, are left out with a remark, and so is a value that
is none of the allowed ones. Above a path whose beginning has no row, codes are made, which only group others.

**Writing.** `qualdata codebook STUDY -o TABLE` writes it.

**What is lost.** The table has no place for dates, memos about codes and the codes that one was derived from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, get_args

from attrs import define

from qualdata.errors import QualdataError, ReadError
from qualdata.formats.sheet import ENDINGS, Row, Sheet, read_sheet
from qualdata.match.codes import name_key
from qualdata.model.base import fold, new_id
from qualdata.model.code import Code, CodeStatus, Origin
from qualdata.model.nouns import field_words
from qualdata.model.reading import Reading, Remark
from qualdata.model.segments import SEPARATOR, code_paths
from qualdata.model.set import Set
from qualdata.model.study import Study

__all__ = ["CODETABLE", "read_codetable", "sniff_codetable"]

CODETABLE: Final = "codetable"
_WORDS: Final = {
    "name": "code name tag label title codename",
    "description": "description definition comment memo meaning",
    "include": "include inclusion inclusioncriteria whentouse",
    "exclude": "exclude exclusion exclusioncriteria whennottouse",
    "example": "example typicalexample",
    "colour": "colour color",
    "codable": "codable iscodable",
    "in_vivo": "invivo",
    "origin": "origin",
    "status": "status",
    "id": "id guid codeid",
    "parent": "parent parentcode parentid above",
    "path": "path codepath",
    "level": "level depth",
}
"""What a column is called, without spaces and in small letters, by the field that it says."""
_GROUP: Final = re.compile(r"codegroup\d*")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
_ALLOWED: Final = {"origin": get_args(Origin), "status": get_args(CodeStatus), "codable": (*_YES, *_NO), "in_vivo": (*_YES, *_NO)}


def sniff_codetable(path: Path, head: bytes) -> bool:
    """Whether a file has the ending of a table, and its beginning a column of codes."""
    if path.suffix.casefold() not in ENDINGS:
        return False
    try:
        return bool({"name", "path"} & _columns(read_sheet(path)).keys())
    except QualdataError:
        return False


def read_codetable(path: Path, sources: Path | None = None) -> Study:
    """The codes and sets of a table, as a study. Raises ReadError."""
    try:
        return _study(read_sheet(path))
    except ReadError as error:
        error.path = error.path or str(path)
        raise


def _columns(sheet: Sheet) -> dict[str, str]:
    """The columns that are known, by the field that each says."""
    plain = {_plain(name): name for name in reversed(sheet.head)}
    found = {field: next((plain[word] for word in words.split() if word in plain), None) for field, words in _WORDS.items()}
    return {field: name for field, name in found.items() if name}


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name.casefold())


@define
class _Entry:
    """A row and the code that was made of it."""

    line: int
    said: dict[str, str]
    code: Code

    @property
    def path(self) -> str:
        """The names from the top; the name alone where no path is said."""
        return self.said.get("path") or self.code.name


def _study(sheet: Sheet) -> Study:
    columns, remarks = _columns(sheet), list(_left_out(sheet))
    if not {"name", "path"} & columns.keys():
        raise ReadError(f'no column has the names of the codes. Call it "code"; there are {", ".join(sheet.head)}.')
    entries = [_entry(row, {field: row.cells[sheet.head.index(name)] for field, name in columns.items()}, remarks) for row in sheet.rows]
    _check_ids(entries)
    by = next((column for column in _UNDER if column in columns), None)
    study = Study(codes=_UNDER[by](entries) if by else [entry.code for entry in entries], sets=_sets(sheet, entries))
    unsaid = [field for field, silent in (("codable", "codable" not in columns), ("parent", by is None)) if silent]
    remarks += _told(study, entries, by)
    study.reading = Reading(format=CODETABLE, remarks=remarks, layout={"unsaid": unsaid} if unsaid else {})
    return study


def _entry(row: Row, said: dict[str, str], remarks: list[Remark]) -> _Entry:
    if not (said.get("name") or said.get("path") or said.get("id")):
        raise ReadError("this row has no name of a code. Give it one, or delete the row.", line=row.line)
    for field, allowed in _ALLOWED.items():
        if (word := said.get(field)) and word.strip().casefold() not in allowed:
            remarks.append(Remark("sch-invalid", f'the {field_words(field)} "{word}" is none of {", ".join(allowed)}; it was left out', row.line))
            del said[field]
    facts: dict[str, Any] = {field: said[field] for field in ("description", "include", "exclude", "example", "colour") if said.get(field)}
    facts |= {field: said[field].strip().casefold() for field in ("origin", "status") if said.get(field)}
    facts |= {field: said[field].strip().casefold() in _YES for field in ("codable", "in_vivo") if said.get(field)}
    name = said.get("name") or said.get("path", "").rpartition(SEPARATOR)[2]
    return _Entry(row.line, said, Code(id=said.get("id") or new_id(), name=name, **facts))


def _check_ids(entries: Iterable[_Entry]) -> None:
    lines: dict[str, int] = {}
    for entry in entries:
        first = lines.setdefault(fold(entry.code.id), entry.line)
        if first != entry.line:
            raise ReadError(f"the id {entry.code.id} stands in line {first}, too. Empty it in the row that is new.", line=entry.line)


def _left_out(sheet: Sheet) -> Iterator[Remark]:
    known = {*_columns(sheet).values(), *_groups(sheet)}
    if other := [name for name in sheet.head if name not in known]:
        yield Remark("sch-extension-undeclared", f"columns that say nothing of a codebook were left out: {', '.join(other)}")
    if sheet.replaced:
        yield Remark("txt-encoding-damage", f"characters that XML cannot hold were replaced by U+FFFD in {sheet.replaced:,} cells")


def _told(study: Study, entries: Iterable[_Entry], by: str | None) -> Iterator[Remark]:
    """What is odd about the tree."""
    for code in study.code_tree.misplaced:
        yield Remark("ref-cycle", f'"{code.name}" stands, by way of others, under itself; it was put at the top', id=code.id)
    paths = code_paths(study.code_tree)
    for entry in entries:
        if by == "parent" and entry.said.get("path") and entry.path != paths[fold(entry.code.id)]:
            yield Remark("sch-invalid", f'the path "{entry.path}" is another than the column of the code above says, which was followed', entry.line, entry.code.id)


# ---- who stands under whom ----
def _by_parent(entries: list[_Entry]) -> list[Code]:
    ids = {fold(entry.code.id): entry.code for entry in entries}
    names: dict[str, list[Code]] = {}
    for entry in entries:
        for key in dict.fromkeys((entry.code.name, name_key(entry.code.name))):
            names.setdefault(key, []).append(entry.code)
    for entry in entries:
        if parent := entry.said["parent"]:
            found = [ids[fold(parent)]] if fold(parent) in ids else names.get(parent) or names.get(name_key(parent), [])
            if len(found) != 1:
                what = f"{len(found)} codes are called" if found else "there is no code"
                raise ReadError(f'{what} "{parent}", which this one is to stand under. Write the id of the code above instead.', line=entry.line)
            entry.code.parent = found[0].id
    return [entry.code for entry in entries]


def _by_path(entries: list[_Entry]) -> list[Code]:
    """Codes above that have no row are made; they only group."""
    at: dict[str, Code] = {}
    for entry in entries:
        at.setdefault(name_key(entry.path), entry.code)
    codes: list[Code] = []
    for entry in entries:
        parts = entry.path.removesuffix(entry.code.name)
        if parts and not (entry.path.endswith(entry.code.name) and parts.endswith(SEPARATOR)):
            raise ReadError(f'the path "{entry.path}" does not end with the name of the code, "{entry.code.name}".', line=entry.line)
        above: Code | None = None
        for n, name in enumerate(names := parts.removesuffix(SEPARATOR).split(SEPARATOR) if parts else [], 1):
            path = SEPARATOR.join(names[:n])
            if name_key(path) not in at:
                at[name_key(path)] = Code(name=name, parent=above.id if above else None, codable=False)
                codes.append(at[name_key(path)])
            above = at[name_key(path)]
        entry.code.parent = above.id if above else None
        codes.append(entry.code)
    return codes


def _by_level(entries: list[_Entry]) -> list[Code]:
    above: list[tuple[int, str]] = []
    for entry in entries:
        try:
            level = int(entry.said["level"])
        except ValueError as error:
            raise ReadError(f'the level "{entry.said["level"]}" is no number.', line=entry.line) from error
        while above and above[-1][0] >= level:
            above.pop()
        entry.code.parent = above[-1][1] if above else None
        above.append((level, entry.code.id))
    return [entry.code for entry in entries]


_UNDER: Final[dict[str, Callable[[list[_Entry]], list[Code]]]] = {"parent": _by_parent, "path": _by_path, "level": _by_level}
"""How the tree is made, by the column that tells it; the first that is there."""


# ---- groups ----
def _groups(sheet: Sheet) -> list[str]:
    return [name for name in sheet.head if _GROUP.fullmatch(_plain(name))]


def _sets(sheet: Sheet, entries: list[_Entry]) -> list[Set]:
    sets: dict[str, Set] = {}
    for column in _groups(sheet):
        for (_, name), entry in zip(sheet.column(column), entries, strict=True):
            if name:
                sets.setdefault(name, Set(name=name, kind="code group")).codes.append(entry.code.id)
    return list(sets.values())
