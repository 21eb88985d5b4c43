"""Sidecars that are damaged, forged, of another project, or in the way: one sentence, and nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from qualdata import AudioSource, Code, Media, ReadError, Study, TextSource, WriteError, convert, differences, read, write
from qualdata.formats.refi.sidecar import keeper
from qualdata.formats.refi.sidecar.document import is_sidecar
from qualdata.formats.zip import LIMITS
from tests.formats.refi.sidecar.house import house
from tests.trips.programs import travelled

LATER = "house.sidecar.json was left aside: it was kept for another state of this project, which qualdata has written anew."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The study as a project, with its sidecar."""
    write(house(), tmp_path / "house.qdpx", target="nvivo")
    return tmp_path / "house.qdpx"


@pytest.fixture
def sidecar(project: Path) -> Path:
    return project.with_name("house.sidecar.json")


def forged(sidecar: Path, change: Callable[[Any], object]) -> None:
    """Change a sidecar by hand."""
    document = json.loads(sidecar.read_bytes())
    change(document)
    sidecar.write_text(json.dumps(document))


# ---- reading ----
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read: it is not JSON"),
        (b"{", "cannot be read: it is not JSON"),
        (b"\xff\xfe\x00", "cannot be read: it is not JSON"),
        (b"[]", "cannot be read: it is no study"),
        (b'{"qualdata": "2.0", "study": {}}', "uses qualdata standard 2.0"),
        (b'{"qualdata": "1.0", "study": {"title": 3}}', "title: a text is expected here"),
        (b'{"qualdata": "1.0", "study": {"title": "other"}}', "this is no sidecar"),
        (b'{"qualdata": "1.0", "study": {}, "reading": {"format": "qdpx"}}', "this is no sidecar"),
    ],
)
def test_what_is_no_sidecar_is_refused(content: bytes, says: str, project: Path, sidecar: Path) -> None:
    """With its name, the reason, and what to do; the project alone can still be read."""
    sidecar.write_bytes(content)
    with pytest.raises(ReadError) as error:
        read(project)
    assert error.value.path == str(sidecar)
    assert says in error.value.message
    assert "study.json" not in error.value.message
    assert "--no-sidecar" in error.value.message or "Name the file" in error.value.message
    assert len(read(project, sidecar=False).sources) == 2


def bomb(document: Any) -> None:
    document["study"]["sources"][0]["extra"]["sidecar:text"]["ends"] = [["\r\n", 10**15]]


def nowhere(document: Any) -> None:
    for theme in document["study"]["themes"]:
        theme["codes"], theme["evidence"] = ["no such code"], [{"ref": "nothing"}]
    document["study"]["sources"][0]["excerpts"][0]["id"] = "another"


FORGERIES: dict[str, Callable[[Any], object]] = {
    "ends": lambda d: d["study"]["sources"][0]["extra"].update({"sidecar:text": {"sha256": 1}}),
    "name": lambda d: d["study"]["sources"][0]["excerpts"][0]["extra"].update({"sidecar:name": ["x", -1]}),
    "quote": lambda d: d["study"]["sources"][0]["excerpts"][0]["extra"].update({"sidecar:quote": {"exact": []}}),
    "words": lambda d: d["study"]["sources"][0]["excerpts"][0]["extra"].update({"sidecar:on": [1]}),
    "project": lambda d: d["reading"]["layout"].update(project=5),
    "lost": lambda d: d["reading"]["layout"].update(lost=[["Code.name"]]),
    "no layout": lambda d: d["reading"].pop("layout"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_sidecar_is_refused(forgery: str, project: Path, sidecar: Path) -> None:
    forged(sidecar, FORGERIES[forgery])
    with pytest.raises(ReadError, match=r"changed by hand"):
        read(project)


@pytest.mark.parametrize("forgery", [bomb, nowhere])
@pytest.mark.parametrize("worked_on", [False, True])
def test_a_forged_sidecar_that_fits_does_no_harm(forgery: Callable[[Any], object], worked_on: bool, project: Path, sidecar: Path, tmp_path: Path) -> None:
    """Ids that lead nowhere, line ends without number: the texts are those of the project."""
    back = travelled("nvivo", project, tmp_path / "back.qdpx") if worked_on else project
    forged(sidecar, forgery)
    study = read(back, sidecar=sidecar)
    assert study["talk-Ann"].text.replace("\r\n", "\n") == house()["talk-Ann"].text


def test_a_huge_sidecar_is_not_read(project: Path, sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sidecar.write_bytes(sidecar.read_bytes() + b" " * 10**6)
    monkeypatch.setitem(LIMITS, "bytes", 10**6)
    with pytest.raises(ReadError, match=r"no more than [\d,]+ are read"):
        read(project)


def test_a_sidecar_that_is_named_must_be_there(project: Path) -> None:
    with pytest.raises(ReadError, match="no such sidecar"):
        read(project, sidecar=project.with_name("other.sidecar.json"))


def test_a_sidecar_that_was_deleted_is_not_missed(project: Path, sidecar: Path) -> None:
    sidecar.unlink()
    study = read(project)
    assert study.reading is not None
    assert (study.reading.sidecar, study.reading.remarks and [r.rule for r in study.reading.remarks if r.rule.startswith("pkg")]) in [(None, []), (None, None)]


# ---- of another project ----
def another() -> Study:
    """A study that has nothing in common with the house."""
    study = Study(title="Gardens", method="walking")
    study.add(Code(name="Tree"))
    text = study.add(TextSource(name="Field notes", text="Two oaks."))
    text.excerpt(0, 3).apply(study.codes[0])
    return study


def test_a_sidecar_of_another_project_is_left_aside_and_told(project: Path, sidecar: Path, tmp_path: Path) -> None:
    """All of it would seem deleted otherwise. One that is named is refused."""
    write(another(), tmp_path / "gardens.qdpx", target="nvivo")
    back = travelled("nvivo", tmp_path / "gardens.qdpx", tmp_path / "back.qdpx")
    alone = read(back)
    copy(sidecar, tmp_path / "back.sidecar.json")
    study = read(back)
    assert [str(d) for d in differences(alone, study)] == []
    assert study.reading is not None
    assert (study.reading.sidecar, study.reading.changes) == (None, [])
    assert [r.message for r in study.reading.remarks if r.rule == "pkg-checksum-mismatch"] == [
        "back.sidecar.json was left aside: it was kept for another project, with which this one has no source and no code in common"
    ]
    with pytest.raises(ReadError, match="kept for another project"):
        read(back, sidecar=sidecar)


def test_a_project_that_qualdata_wrote_anew_is_not_mixed_with_what_was_before(project: Path, sidecar: Path) -> None:
    """Its sidecar is left aside, and told, until it is named: then both are brought together."""
    study = read(project)
    study["cost"].name = "Money"
    study.consents.clear()
    write(study, project, target="nvivo", sidecar=False)
    found = read(project)
    assert found.reading is not None
    assert found.themes[0].memos == []
    assert found.consents == []
    assert [r.message for r in found.reading.remarks if r.rule == "pkg-checksum-mismatch"] == [
        f"{LATER} Name it (--sidecar house.sidecar.json) to bring both together"
    ]
    both = read(project, sidecar=sidecar)
    assert both.reading is not None
    assert both.reading.changes == ["1 code renamed ('Cost' → 'Money')"]
    assert [c.id for c in both.consents] == ["consent"]


# ---- writing ----
def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def failing(path: Path) -> Callable[[Path, Path], Path]:
    """A `rename` or `replace` that fails where a file would take this place."""
    real = Path.replace

    def move(self: Path, target: Path) -> Path:
        if Path(target) == path:
            raise PermissionError(13, "Permission denied")
        return real(self, target)

    return move


@pytest.mark.parametrize("at", ["house.qdpx", "house.sidecar.json"])
@pytest.mark.parametrize("before", [True, False])
def test_both_files_are_written_or_neither(before: bool, at: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever of the two cannot take its place; files of before stay as they were."""
    if before:
        write(house(), tmp_path / "house.qdpx", target="maxqda")
    was = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    study = house()
    study.title = "Changed"
    monkeypatch.setattr(Path, "replace", failing(tmp_path / at))
    monkeypatch.setattr(Path, "rename", failing(tmp_path / at))
    with pytest.raises(WriteError):
        write(study, tmp_path / "house.qdpx")
    monkeypatch.undo()
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == was


def test_a_sidecar_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence that names it."""
    monkeypatch.setattr(keeper, "write_sidecar", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(WriteError, match=r"the sidecar cannot be written \(no space left on device\). Nothing was changed") as error:
        write(house(), tmp_path / "house.qdpx")
    assert error.value.path == str(tmp_path / "house.sidecar.json")
    assert names(tmp_path) == set()


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_is_no_sidecar_is_never_replaced(kind: str, tmp_path: Path) -> None:
    """A file or folder that happens to have the name."""
    place = tmp_path / "house.sidecar.json"
    if kind == "file":
        place.write_text("my own notes")
    else:
        place.mkdir()
    with pytest.raises(WriteError, match=r"no sidecar\. Choose another name"):
        write(house(), tmp_path / "house.qdpx")
    assert names(tmp_path) == {"house.sidecar.json"}
    write(Study(title="plain"), tmp_path / "house.qdpx")
    assert names(tmp_path) == {"house.sidecar.json", "house.qdpx"}
    assert place.is_dir() or place.read_text() == "my own notes"


def test_a_stale_sidecar_goes_when_there_is_nothing_to_keep(project: Path, sidecar: Path) -> None:
    assert is_sidecar(sidecar)
    write(Study(title="plain"), project)
    assert names(project.parent) == {"house.qdpx"}


def test_without_a_sidecar_none_is_touched(project: Path, sidecar: Path) -> None:
    was = sidecar.read_bytes()
    write(Study(title="plain"), project, sidecar=False)
    assert sidecar.read_bytes() == was


def test_a_bare_project_has_none(tmp_path: Path) -> None:
    losses = write(house(), tmp_path / "house.qde", target="nvivo")
    assert names(tmp_path) == {"house.qde"}
    assert not any(loss.kept for loss in losses)


def test_a_study_is_written_onto_the_project_that_it_came_from(project: Path) -> None:
    """Again and again, for any program, and is whole each time."""
    for target in ("atlasti", "nvivo", "standard", "as-read"):
        write(read(project), project, target=target)
        assert [str(d) for d in differences(house(), read(project))] == []


def test_as_read_is_the_program_that_a_whole_study_came_from(project: Path, sidecar: Path, tmp_path: Path) -> None:
    """As the study is more than the file was, it is written for that program, with a sidecar of its own."""
    study = read(travelled("nvivo", project, tmp_path / "back.qdpx"), sidecar=sidecar)
    losses = write(study, tmp_path / "again.qdpx", target="as-read")
    again = read(tmp_path / "again.qdpx", sidecar=False)
    assert again.reading is not None
    assert (again.reading.origin or "").endswith("(nvivo)")
    assert all(loss.kept for loss in losses)
    assert [str(d) for d in differences(house(), read(tmp_path / "again.qdpx"))] == []


def test_a_package_keeps_what_was_changed(project: Path, sidecar: Path, tmp_path: Path) -> None:
    """So that it can be looked up later."""
    from tests.trips.edits import renames

    study = read(travelled("nvivo", project, tmp_path / "back.qdpx", renames("Code", "Cost", "Money")), sidecar=sidecar)
    write(study, tmp_path / "kept.qualdata")
    kept = read(tmp_path / "kept.qualdata")
    assert kept.reading is not None
    assert (kept.reading.sidecar, kept.reading.changes) == ("house.sidecar.json", ["1 code renamed ('Cost' → 'Money')"])
    assert kept == study


def test_recordings_and_a_sidecar_stand_beside_one_project(tmp_path: Path) -> None:
    (tmp_path / "talk.mp3").write_bytes(b"a recording")
    study = Study(title="Talk", method="listening", sources=[AudioSource(name="talk", media=Media.file(tmp_path / "talk.mp3"))])
    write(study, tmp_path / "talk.qdpx", media=tmp_path / "recordings")
    assert {"talk.qdpx", "talk.sidecar.json", "recordings"} <= names(tmp_path)
    assert read(tmp_path / "talk.qdpx", sources=tmp_path / "recordings").method == "listening"


def test_convert_takes_the_sidecar_along(project: Path, tmp_path: Path) -> None:
    """And leaves it aside if told so."""
    convert(project, tmp_path / "all.qualdata")
    assert [str(d) for d in differences(house(), read(tmp_path / "all.qualdata"))] == []
    convert(project, tmp_path / "bare.qualdata", sidecar=False)
    assert read(tmp_path / "bare.qualdata").consents == []
