"""What the tests of the command line share: a way to run it, and a small study with awkward texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualdata import Case, Code, Contributor, Study, TextSource, Value, Variable, write
from qualdata.cli import main

TEXT = "So, \U0001f600 we moved.\r\nThen \U0001f469\u200d\U0001f467 stayed."


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `qualdata` with these arguments, in a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments])

    return run


@pytest.fixture
def study() -> Study:
    """One text, two cases, two coders, three codings on two passages."""
    made = Study(title="Moves")
    ann, bob = made.add(Contributor(name="Coder A")), made.add(Contributor(name="Coder B"))
    move = made.add(Code(name="Moving"))
    why = made.add(Code(name="Why", parent=move.id))
    text = made.add(TextSource(name="Interview 1", text=TEXT))
    age = made.add(Variable(name="Age", type="Integer"))
    made.add(Case(name="P1", sources=[text.id], values=[Value(variable=age.id, type="Integer", value="41")]))
    made.add(Case(name="P2", sources=[text.id]))
    moved = text.excerpt(text.find("we moved"))
    moved.apply(move, ann, created="2024-05-06T10:00:00Z")
    moved.apply(why, bob)
    text.excerpt(text.find("stayed")).apply(why, ann)
    return made


@pytest.fixture
def project(study: Study, tmp_path: Path) -> Path:
    """The study as a standard project."""
    write(study, tmp_path / "moves.qdpx")
    return tmp_path / "moves.qdpx"
