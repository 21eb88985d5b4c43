"""Versions: what a later 1.x adds is kept everywhere and written back; older documents are brought up to date by rows; others are refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualdata import ReadError, Study, read, write
from qualdata.formats.package import document, versions
from qualdata.formats.package.newer import added
from qualdata.formats.package.versions import Migration, Renamed
from qualdata.formats.refi.sidecar import beside
from qualdata.rules import validate
from qualdata.schema.examples import COMPLETE
from qualdata.testing import studies

NEW = [1, "\U0001f600", None]
"""What stands in the fields that a later version adds."""
SOURCES = ("P07.txt", "P07.docx", "sketch.png", "lease.pdf", "P07-typed.docx", "P07-checked.txt")
FILES = (*(f"sources/{name}" for name in SOURCES), "documents/guide.txt", "documents/consent.txt")


def whole() -> Any:
    """A document in which every field of version 1.0 occurs."""
    return json.loads(COMPLETE.read_text(encoding="utf-8"))


def put(told: Any, folder: Path, files: bool = True) -> Path:
    """A package of a document, with the files that it names."""
    folder.mkdir(exist_ok=True)
    (folder / "study.json").write_text(json.dumps(told), encoding="utf-8")
    for name in FILES if files else ():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("I: Where did you go?\nP07: We moved to [town] in spring.\n", encoding="utf-8", newline="\n")
    return folder


def objects(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of a document with its place; what may hold any JSON is not looked into."""
    if isinstance(value, dict):
        yield path, value
        for name, inner in value.items():
            if name not in ("extra", "layout"):
                yield from objects(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from objects(inner, f"{path}/{i}")


def newer(told: Any, version: str = "1.1") -> Any:
    """A document of a later version, with a field more in each object."""
    for _, value in list(objects(told)):
        value["certainty"] = NEW
    told["qualdata"] = version
    return told


def again(told: Any, folder: Path, suffix: str = "") -> Any:
    """What is written of a document that was read."""
    out = folder / f"out{suffix}"
    write(read(put(told, folder / "in")), out)
    if suffix:
        out = folder / "unpacked"
        write(read(folder / f"out{suffix}"), out)
    return json.loads((out / "study.json").read_text(encoding="utf-8"))


# ---- later versions ----
@pytest.mark.parametrize("suffix", ["", ".qualdata"])
def test_a_field_of_a_later_version_comes_back_wherever_it_stood(tmp_path: Path, suffix: str) -> None:
    """In each object of a document in which every kind of object occurs: the study, spans, files, the reading, beside the study."""
    told = newer(whole())
    found = again(told, tmp_path, suffix)
    there = {place for place, value in objects(found) if value.get("certainty") == NEW}
    asked = {place for place, _ in objects(told) if not place.startswith("/files/")}
    assert asked - there == set()
    entries = {entry["path"]: entry.get("certainty") for entry in found["files"]}
    assert entries["sources/P07.txt"] == entries["relative:///recordings/P07.m4a"] == NEW
    assert found["qualdata"] == "1.1"
    assert "newer:" not in json.dumps(found)


def test_what_is_kept_is_found_in_extra(tmp_path: Path) -> None:
    """Of a span in that of its excerpt, with the way to it."""
    study = read(put(newer(whole()), tmp_path))
    assert study["moving"].extra == {"newer:certainty": NEW}
    assert study["p07-e1"].extra == {"newer:certainty": NEW, "newer:span/certainty": NEW, "newer:quote/certainty": NEW}
    assert study.extra["newer:/certainty"] == NEW
    assert study.extra["newer:/qualdata"] == "1.1"


def test_a_file_that_moves_takes_along_what_is_said_of_it(tmp_path: Path) -> None:
    """Another program's folders become ours."""
    told = {
        "qualdata": "1.1",
        "study": {"sources": [{"type": "text", "id": "t", "stored": "data/x/a.txt"}]},
        "files": [{"path": "data/x/a.txt", "role": "source", "media_type": "text/plain", "size": 1, "sha256": "0" * 64, "certainty": NEW}],
    }
    (tmp_path / "in/data/x").mkdir(parents=True)
    (tmp_path / "in/data/x/a.txt").write_text("A")
    (tmp_path / "in/study.json").write_text(json.dumps(told))
    write(read(tmp_path / "in"), tmp_path / "out")
    [entry] = json.loads((tmp_path / "out/study.json").read_text())["files"]
    assert entry["path"] == "sources/a.txt"
    assert entry["certainty"] == NEW


def test_a_document_that_only_names_a_later_version_is_written_as_this_one(tmp_path: Path) -> None:
    """It holds nothing that is newer."""
    found = again({**whole(), "qualdata": "1.7"}, tmp_path)
    assert found["qualdata"] == "1.0"
    assert added(read(tmp_path / "in")) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None)
@given(study=studies(), data=st.data())
def test_whatever_is_added_to_any_study_comes_back(study: Study, data: st.DataObject, tmp_path: Path) -> None:
    """With any name, in any object; all else is as it was."""
    write(study, tmp_path / "plain")
    told = json.loads((tmp_path / "plain/study.json").read_text(encoding="utf-8"))
    told["qualdata"] = "1.1"
    name = data.draw(st.sampled_from(["certainty", "a/b", "a~1b", "", "0", "x:y", "qualdata_too"]))
    places = [value for place, value in objects(told) if not place.startswith("/files")]
    for value in data.draw(st.lists(st.sampled_from(range(len(places))), min_size=1, max_size=4)):
        places[value][name] = NEW
    (tmp_path / "plain/study.json").write_text(json.dumps(told), encoding="utf-8")
    write(read(tmp_path / "plain"), tmp_path / "again")
    assert json.loads((tmp_path / "again/study.json").read_text(encoding="utf-8")) == told


def test_what_is_newer_is_changed_as_the_rest_is(tmp_path: Path) -> None:
    """A thing that is taken out takes it along; a span that is replaced keeps what was said beside it."""
    study = read(put(newer(whole()), tmp_path / "in"))
    study.themes.clear()
    study["p07-e1"].quote = None
    write(study, tmp_path / "out")
    found = json.loads((tmp_path / "out/study.json").read_text(encoding="utf-8"))
    assert "themes" not in found["study"]
    excerpt = next(value for place, value in objects(found) if value.get("id") == "p07-e1")
    assert excerpt["certainty"] == excerpt["span"]["certainty"] == NEW
    assert excerpt["extra"] == {"newer:quote/certainty": NEW}


WRONG: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a known field that is wrong": (lambda d: d["study"].update(title=7), "title: a text is expected here"),
    "a kind of source that there is not": (lambda d: d["study"]["sources"][0].update(type="hologram"), "its type must be one of"),
    "an extra that is a list": (lambda d: d["study"]["codes"][0].update(extra=[]), "codes[0]"),
    "a study that is a list": (lambda d: d.update(study=[]), "an object is expected"),
    "a reading that is a list": (lambda d: d.update(reading=[]), "reading: an object is expected"),
    "files that are a text": (lambda d: d.update(files="x"), "files"),
    "a character that XML cannot hold, in what is newer": (lambda d: d.update(mood="a\x0bb"), "mood holds U+000B"),
    "a source that is a text": (lambda d: d["study"]["sources"].append("x"), "sources[6]"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_in_a_later_version_is_told_as_ever(what: str, tmp_path: Path) -> None:
    """Later versions add fields, and nothing else; validation finds the same."""
    told = newer(whole())
    WRONG[what][0](told)
    with pytest.raises(ReadError) as caught:
        read(put(told, tmp_path))
    assert WRONG[what][1] in caught.value.message
    assert any(f.rule == "sch-invalid" for f in validate(tmp_path).findings)


def test_the_same_field_in_a_document_of_this_version_is_an_error(tmp_path: Path) -> None:
    """Everywhere; it is read as what it says it is."""
    for place, _ in objects(whole()):
        told = whole()
        next(value for p, value in objects(told) if p == place)["certainty"] = NEW
        put(told, tmp_path)
        assert any(f.rule == "sch-invalid" for f in validate(tmp_path).findings), place
        if not place.startswith("/files"):
            with pytest.raises(ReadError, match="certainty"):
                read(tmp_path)


def test_validation_says_what_it_did_not_look_at(tmp_path: Path) -> None:
    """A warning with how much of it there is; and no word where nothing is newer."""
    told = whole()
    told["qualdata"], told["study"]["mood"], told["study"]["codes"][0]["mood"] = "1.1", 1, 2
    [finding] = [f for f in validate(put(told, tmp_path)).findings if f.rule.startswith("sch-version")]
    assert finding.level == "warning"
    assert finding.message == "it follows standard 1.1, and 1.0 is known here: 2 fields that it adds are kept, and not looked at"
    assert not [f for f in validate(put({**whole(), "qualdata": "1.1"}, tmp_path)).findings if f.rule.startswith(("sch-version", "sch-invalid"))]


MADE_UP: tuple[dict[str, Any], ...] = (
    {"newer:/qualdata": "9.9"}, {"newer:/qualdata": "0.1"}, {"newer:/qualdata": 7}, {"newer:/study": {}, "newer:/qualdata": "2.0"}, {"newer:x": 1, "newer:/y": 2},
)  # fmt: skip


@pytest.mark.parametrize("extra", MADE_UP)
def test_names_that_only_look_newer_stay_where_they_are(extra: dict[str, Any], tmp_path: Path) -> None:
    """In a study that is of no later version, nothing is moved."""
    study = Study(id="s", title="x", extra=extra)
    write(study, tmp_path / "p")
    assert json.loads((tmp_path / "p/study.json").read_text())["qualdata"] == "1.0"
    assert read(tmp_path / "p").extra == extra


def test_a_field_of_the_document_is_never_replaced_by_what_is_kept(tmp_path: Path) -> None:
    """Whatever is made up in `extra`."""
    study = Study(id="s", title="x", extra={"newer:/qualdata": "1.1", "newer:/study": 1, "newer:/files": 2, "newer:title": "other", "newer:/mood": 3})
    nowhere = {"newer:codes/99999999999999999999/x": 1, "newer:codes/x/y": 1, "newer:title/x": 1}
    study.extra |= nowhere
    write(study, tmp_path / "p")
    told = json.loads((tmp_path / "p/study.json").read_text())
    assert (told["qualdata"], told["study"]["title"], told["files"], told["mood"]) == ("1.1", "x", [], 3)
    assert set(read(tmp_path / "p").extra) == {"newer:/qualdata", "newer:/mood", "newer:title", *nowhere}
    assert "mood" in added(study).fields


# ---- sidecars ----
def test_a_sidecar_keeps_what_is_newer(tmp_path: Path) -> None:
    """It is of the version of its study, and gives back what it keeps."""
    study = read(put(newer(whole()), tmp_path / "in"))
    write(study, tmp_path / "s.qdpx", target="nvivo")
    told = json.loads(beside(tmp_path / "s.qdpx").read_text(encoding="utf-8"))
    assert told["qualdata"] == "1.1"
    assert next(value for _, value in objects(told["study"]["sources"]) if value.get("type") == "text")["certainty"] == NEW
    back = read(tmp_path / "s.qdpx")
    assert back["moving"].extra == {"newer:certainty": NEW}
    assert back["p07-e1"].extra["newer:span/certainty"] == NEW
    assert added(back).version == "1.1"


def test_a_sidecar_of_another_major_version_is_refused(tmp_path: Path) -> None:
    """In one sentence that says what to do."""
    write(read(put(whole(), tmp_path / "in")), tmp_path / "s.qdpx", target="nvivo")
    path = beside(tmp_path / "s.qdpx")
    path.write_text(path.read_text(encoding="utf-8").replace('"qualdata": "1.0"', '"qualdata": "2.0"'), encoding="utf-8")
    with pytest.raises(ReadError, match=r"standard 2\.0; this program reads 1\.x.*--no-sidecar"):
        read(tmp_path / "s.qdpx")


# ---- older versions ----
def moved(told: Any) -> None:
    """A change that is more than a name: what stood beside the study is part of it."""
    told["study"]["keywords"] = told.pop("tags").split(", ")


NAMES = (Renamed("Code", "color", "colour"), Renamed("Thing", "guid", "id"), Renamed("Source", "segments", "excerpts"), Renamed("TextSpan", "stop", "end"))
NINE = Migration("0.9", "1.0", NAMES, (moved,))
EIGHT = Migration("0.8", "0.9", (Renamed("Study", "name", "title"),))
OLD: dict[str, Any] = {
    "qualdata": "0.9",
    "tags": "moving, home",
    "study": {
        "guid": "s",
        "title": "Old",
        "codes": [{"guid": "c", "name": "Moving", "color": "#112233"}],
        "sources": [{"type": "text", "guid": "t", "text": "We moved.", "segments": [{"guid": "e", "span": {"type": "text", "start": 3, "stop": 8}}]}],
    },
}


def test_a_document_of_an_older_version_is_read_by_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names at any depth, and what a function does; then it is written as this version. Without the rows it is refused."""
    put(OLD, tmp_path, files=False)
    with pytest.raises(ReadError, match=r"standard 0\.9; this program reads 1\.x\. Your file is unchanged"):
        read(tmp_path)
    monkeypatch.setattr(versions, "MIGRATIONS", (NINE,))
    study = read(tmp_path)
    assert (study.id, study.keywords, study["c"].colour) == ("s", ["moving", "home"], "#112233")
    assert study["t"].text[study["e"].span.slice] == "moved"
    assert json.loads((tmp_path / "study.json").read_text())["qualdata"] == "0.9"
    assert not [f for f in validate(tmp_path).findings if f.rule.startswith("sch-")]
    write(study, tmp_path / "new")
    assert json.loads((tmp_path / "new/study.json").read_text())["qualdata"] == "1.0"


def test_rows_are_taken_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each version needs to know only the next."""
    told = deepcopy(OLD)
    told["qualdata"], told["study"]["name"] = "0.8", told["study"].pop("title")
    monkeypatch.setattr(versions, "MIGRATIONS", (EIGHT, NINE))
    assert read(put(told, tmp_path, files=False)).title == "Old"


def test_a_program_of_the_next_major_version_reads_all_of_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row for 1.x; it refuses what is neither."""
    told = whole()
    for code in told["study"]["codes"]:
        code["color"] = code.pop("colour", None) or "#000000"
    told["qualdata"] = "1.3"
    for module in (versions, document):
        monkeypatch.setattr(module, "VERSION", "2.0")
    monkeypatch.setattr(versions, "MIGRATIONS", (Migration("1.x", "2.0", (Renamed("Code", "color", "colour"),)),))
    study = read(put(told, tmp_path))
    assert study["moving"].colour == "#3366CC"
    write(study, tmp_path / "new")
    assert json.loads((tmp_path / "new/study.json").read_text())["qualdata"] == "2.0"
    with pytest.raises(ReadError, match=r"standard 3\.0; this program reads 2\.x"):
        read(put({**told, "qualdata": "3.0"}, tmp_path))


def test_there_are_no_rows_yet() -> None:
    """1.0 is the first version."""
    assert versions.VERSION == "1.0"
    assert versions.MIGRATIONS == ()
