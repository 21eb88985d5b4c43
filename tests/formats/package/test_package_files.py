"""The files of a package, and folders that are replaced whole or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from qualdata import QualdataError, Study, WriteError, read, write
from qualdata.formats.package import study as writing
from qualdata.model import Media, PictureSource, TextSource


def files(package: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((package / "study.json").read_bytes())["files"]
    return found


def test_files_are_listed_with_what_they_are_and_missing_ones_without_a_hash(tmp_path: Path) -> None:
    study = Study(sources=[TextSource(id="t", text="\ufeffAt home.", access="closed"), PictureSource(path="relative:///gone.png")])
    write(study, tmp_path / "p")
    there, missing = files(tmp_path / "p")
    data = (tmp_path / "p" / there["path"]).read_bytes()
    assert there == {"path": "sources/t.txt", "role": "source", "media_type": "text/plain", "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "access": "closed"}
    assert missing == {"path": "relative:///gone.png", "role": "missing"}
    assert read(tmp_path / "p").sources[0].text == "\ufeffAt home."


def test_files_of_equal_names_are_told_apart(tmp_path: Path) -> None:
    pictures = []
    for i, name in enumerate(("a", "b", "c")):
        (tmp_path / name).mkdir()
        (tmp_path / name / ("P.png" if i else "p.png")).write_bytes(name.encode())
        pictures.append(PictureSource(path="internal://p.png", media=Media.file(tmp_path / name / ("P.png" if i else "p.png"))))
    write(Study(sources=[*pictures]), tmp_path / "p")
    paths = [f["path"] for f in files(tmp_path / "p")]
    assert len({p.casefold() for p in paths}) == 3
    assert [s.media and s.media.read() for s in read(tmp_path / "p").sources if isinstance(s, PictureSource)] == [b"a", b"b", b"c"]


def test_a_write_that_fails_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Study(title="old"), tmp_path / "p")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "dump", fail)
    with pytest.raises(WriteError):
        write(Study(title="new"), tmp_path / "p")
    assert read(tmp_path / "p").title == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


@pytest.mark.parametrize("name", ["p", "p.qualdata"])
def test_a_package_may_be_written_over_itself_and_the_study_stays_usable(tmp_path: Path, name: str) -> None:
    write(Study(sources=[TextSource(id="t", text="At home.")]), tmp_path / name)
    study = read(tmp_path / name)
    study.title = "second"
    write(study, tmp_path / name)
    assert study.sources[0].text == "At home."
    assert (read(tmp_path / name).title, read(tmp_path / name).sources[0].text) == ("second", "At home.")
    study.title = "third"
    write(study, tmp_path / name)
    assert read(tmp_path / name).sources[0].text == "At home."


def test_a_folder_that_is_no_package_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "x.jpg").write_bytes(b"x")
    with pytest.raises(QualdataError, match="no study package"):
        write(Study(), tmp_path / "photos")
    assert (tmp_path / "photos" / "x.jpg").read_bytes() == b"x"
