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


class Page:
    """A page whose examples are run: those in Python as one session, commands as in a terminal."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: list[str] = []
        self.runner = DocTestRunner(optionflags=ELLIPSIS)
        self.session: dict[str, object] = {}
        self.commands = 0

    def run(self) -> None:
        """Run all examples in their order."""
        for line, language, block in self.blocks():
            RUN[language](self, line, block)
        assert not self.runner.failures, "".join(self.told)

    def blocks(self) -> Iterator[tuple[int, str, str]]:
        """The fenced blocks that are examples, each with its first line's number from 0, and its language."""
        text = self.path.read_text(encoding="utf-8")
        for match in re.finditer(r"^```(python|console)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
            yield text.count("\n", 0, match.start(2)), match[1], match[2]

    def python(self, line: int, block: str) -> None:
        """Examples in Python, in the session of the page: what is typed with what it answers, or a module as it stands in a file."""
        if ">>>" not in block:
            exec(compile("\n" * line + block, str(self.path), "exec"), self.session)
            return
        test = DocTestParser().get_doctest(block, self.session, self.path.name, str(self.path), line)
        self.runner.run(test, out=self.told.append, clear_globs=False)
        self.session = test.globs

    def console(self, line: int, block: str) -> None:
        """Commands, each with what it is shown to answer, if anything."""
        for shown in re.split(r"^(?=\$ )", block, flags=re.MULTILINE)[1:]:
            command, _, answer = shown.removeprefix("$ ").partition("\n")
            program, *arguments = split(command)
            assert program == "qualdata"
            result = CliRunner().invoke(main, arguments)
            assert result.exception is None or isinstance(result.exception, SystemExit), f"line {line}: {command}"
            if answer:
                assert OutputChecker().check_output(answer, result.output, ELLIPSIS), f"line {line}: $ {command}\n{result.output}"
            else:
                assert result.exit_code == 0, f"line {line}: $ {command}\n{result.output}"
            self.commands += 1


RUN = {"python": Page.python, "console": Page.console}
IN_A_ROW = (DOCS / "tutorial.md", DOCS / "index.md", *sorted((DOCS / "howto").glob("*.md")))
"""Pages that are run where the tutorial was."""
OTHERS = [page for path in sorted({*DOCS.rglob("*.md")} - {*IN_A_ROW}) if any((page := Page(path)).blocks())]
"""All other pages with examples."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the tutorial leaves in it; that its examples hold is tested by making it."""
    made = tmp_path_factory.mktemp("docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        Page(DOCS / "tutorial.md").run()
    return made


def test_the_tutorial_leaves_the_files_that_it_speaks_of(folder: Path) -> None:
    """Its examples answer as shown, and two files are left."""
    assert {p.name for p in folder.iterdir()} >= {"moving.qualdata", "moving-nvivo.qdpx"}


@pytest.mark.parametrize("page", [Page(path) for path in IN_A_ROW[1:]], ids=lambda page: page.path.stem)
def test_commands_answer_as_shown(page: Page, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples of the first page and of a how-to, run in their order where the tutorial was, in a terminal of 80 columns."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    page.run()
    assert page.commands


def test_every_example_in_python_is_tried() -> None:
    """Whatever page it stands on: there is no other name for the language under which an example would go untried."""
    for path in DOCS.rglob("*.md"):
        named = re.findall(r"^ *(?:```|~~~)\s*\{?(?:code-block\}?\s*)?(\w*)", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert not {"py", "python3", "pycon", "py3"} & set(named), path
        assert not re.search(r"^ *>>> ", re.sub(r"^```python\n.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE), re.MULTILINE), path


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.path.relative_to(DOCS).with_suffix("").as_posix())
def test_examples_on_all_other_pages_hold(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page by itself, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    page.run()


def test_every_public_name_is_in_the_reference() -> None:
    """A class or function that is added is documented, or this fails."""
    pages = "\n".join(p.read_text(encoding="utf-8") for p in (DOCS / "api").glob("*.rst"))
    documented = set(re.findall(r"^\.\. auto(?:class|function|data):: [\w.]*?(\w+)$", pages, re.MULTILINE))
    whole = set(re.findall(r"^\.\. automodule:: (\S+)$", pages, re.MULTILINE))
    assert whole >= {"qualdata.errors", "qualdata.testing"}
    wanted = {*qualdata.__all__, *qualdata.model.__all__, *qualdata.formats.__all__, *qualdata.match.__all__} - {*qualdata.errors.__all__, "__version__"}
    assert wanted - documented == set()
