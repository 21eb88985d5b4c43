"""The documentation: its examples do what they show, and its reference has every public name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from doctest import ELLIPSIS, DocTestParser, DocTestRunner, OutputChecker
from pathlib import Path
from shlex import split

import pytest
from click.testing import CliRunner

import qualdata
import qualdata.errors
import qualdata.formats
import qualdata.match
import qualdata.model
import qualdata.testing
from qualdata.cli import main

DOCS = Path(__file__).parents[1] / "docs"


def blocks(page: Path, language: str) -> Iterator[tuple[int, str]]:
    """The fenced blocks of a language, each with its first line's number from 0."""
    text = page.read_text(encoding="utf-8")
    for match in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        yield text.count("\n", 0, match.start(1)), match[1]


def run_python(page: Path) -> None:
    """Run the examples of a page in order, as one session."""
    told: list[str] = []
    runner, session = DocTestRunner(optionflags=ELLIPSIS), {}
    for line, block in blocks(page, "python"):
        test = DocTestParser().get_doctest(block, session, page.name, str(page), line)
        assert test.examples, f"{page.name}, line {line + 1}: an example without >>>"
        runner.run(test, out=told.append, clear_globs=False)
        session = test.globs
    assert not runner.failures, "".join(told)
    assert runner.tries, f"{page.name} has no examples"


def commands(page: Path) -> Iterator[tuple[int, str, str]]:
    """The commands of a page, each with its line and what it is shown to answer, if anything."""
    for line, block in blocks(page, "console"):
        for shown in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]:
            command, _, answer = shown.partition("\n")
            yield line, command.removeprefix("$ "), answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the tutorial leaves in it; that its examples hold is tested by making it."""
    made = tmp_path_factory.mktemp("docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        run_python(DOCS / "tutorial.md")
    return made


def test_the_tutorial_leaves_the_files_that_it_speaks_of(folder: Path) -> None:
    """Its examples answer as shown, and two files are left."""
    assert {p.name for p in folder.iterdir()} >= {"moving.qualdata", "moving-nvivo.qdpx"}


@pytest.mark.parametrize("page", [DOCS / "index.md", *sorted((DOCS / "howto").glob("*.md"))], ids=lambda page: page.stem)
def test_commands_answer_as_shown(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the first page and of a how-to, run where the tutorial was, after its examples in Python, in a terminal of 80 columns."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    if any(blocks(page, "python")):
        run_python(page)
    ran = 0
    for line, command, answer in commands(page):
        program, *arguments = split(command)
        assert program == "qualdata"
        result = CliRunner().invoke(main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), f"line {line}: {command}"
        if answer:
            assert OutputChecker().check_output(answer, result.output, ELLIPSIS), f"line {line}: $ {command}\n{result.output}"
        else:
            assert result.exit_code == 0, f"line {line}: $ {command}\n{result.output}"
        ran += 1
    assert ran


def test_every_public_name_is_in_the_reference() -> None:
    """A class or function that is added is documented, or this fails."""
    pages = "\n".join(p.read_text(encoding="utf-8") for p in (DOCS / "api").glob("*.rst"))
    documented = set(re.findall(r"^\.\. auto(?:class|function|data):: [\w.]*?(\w+)$", pages, re.MULTILINE))
    whole = set(re.findall(r"^\.\. automodule:: (\S+)$", pages, re.MULTILINE))
    assert whole >= {"qualdata.errors", "qualdata.testing"}
    wanted = {*qualdata.__all__, *qualdata.model.__all__, *qualdata.formats.__all__, *qualdata.match.__all__} - {*qualdata.errors.__all__, "__version__"}
    assert wanted - documented == set()
