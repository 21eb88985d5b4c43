"""What was built and let go is gone: at once, or when Python looks for cycles, which it goes on doing."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from qualdata import Study, TextSource, read, write
from qualdata.formats.refi.reader import Reader
from qualdata.model import memory


class Ring:
    """Something that holds itself."""

    __slots__ = ("itself",)

    def __init__(self) -> None:
        self.itself = self


def alive(cls: type) -> int:
    return sum(type(thing) is cls for thing in gc.get_objects())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(Study(title="Small", sources=[TextSource(name="Talk", text="Yes.")]), tmp_path / "s.qde")
    return tmp_path / "s.qde"


@pytest.fixture
def nothing_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if little were much."""
    monkeypatch.setattr(memory, "FEW", 10)
    monkeypatch.setattr(memory, "MANY", 1000)
    monkeypatch.setattr(memory, "_oldest", memory._Oldest())


def test_a_study_that_nobody_holds_is_gone_at_once(project: Path) -> None:
    """Whatever the reader still holds of itself."""
    before = alive(Study)
    gc.disable()
    try:
        read(project)
        assert alive(Study) == before
    finally:
        gc.enable()


def test_who_reads_many_files_keeps_no_readers(project: Path) -> None:
    """Readers hold themselves; Python finds them by and by."""
    gc.collect()
    for _ in range(200):
        read(project)
    assert alive(Reader) < 50


@pytest.mark.usefixtures("nothing_much")
def test_much_that_was_built_is_looked_through_by_and_by() -> None:
    """It is put where Python does not look soon; but all is looked through when about as much came as there was."""
    gc.collect()
    there = len(gc.get_objects())
    for _ in range(10):
        with memory.building():
            for _ in range(there // 3):
                Ring()
    assert alive(Ring) < 2 * there


@pytest.mark.usefixtures("nothing_much")
def test_what_the_program_has_frozen_stays_so() -> None:
    """And what has been turned off stays off."""
    gc.collect()
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        for _ in range(100):
            with memory.building():
                assert not gc.isenabled()
                [Ring() for _ in range(100)]
        assert gc.isenabled()
        assert frozen - 100 < gc.get_freeze_count() <= frozen
        gc.disable()
        with memory.building():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
