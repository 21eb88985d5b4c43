"""The conformance suite in JavaScript: Ajv runs the part of the schema, and a reader written from the documentation finds the words."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.conformance.make import INDEX
from tests.conformance.plain import segments

HERE = Path(__file__).parent
SCRIPTS = HERE / "javascript"
EXAMPLES = HERE.parents[1] / "examples"
READER = EXAMPLES / "other-language" / "segments.mjs"
STUDY = EXAMPLES / "smart-recovery" / "SYNTHETIC-smart-recovery.qualdata"
INDEXED: list[dict[str, Any]] = json.loads((HERE / INDEX).read_text(encoding="utf-8"))["cases"]


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node.js."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("there is no `node` here, so nothing was tried in JavaScript: install Node.js (on Debian and Ubuntu: apt install nodejs npm)")
    return found


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)


def told(node: str, *paths: Path) -> dict[str, Any]:
    """What the reader says of some packages."""
    ran = run(node, str(SCRIPTS / "words.mjs"), *map(str, paths))
    assert not ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def test_ajv_agrees_with_the_suite(node: str) -> None:
    """It accepts what the suite says the schema accepts, and refuses the rest at the place and by the keyword that are named."""
    if not (SCRIPTS / "node_modules" / "ajv").is_dir():
        pytest.skip("Ajv is not installed, so the schema was not tried in JavaScript: run make test with npm, or npm ci in tests/conformance/javascript")
    ran = run(node, str(SCRIPTS / "check.mjs"))
    number = sum(case["schema"] != "cannot say" and not case["path"].endswith(".qualdata") for case in INDEXED)
    assert (ran.stdout, ran.stderr) == (f"{number} cases, 0 of them wrong\n", "")


def test_the_reader_of_the_example_lists_every_segment_of_the_example_study(node: str) -> None:
    """With the words that plain Python finds in `study.json` and the texts."""
    ran = run(node, str(READER), str(STUDY))
    found = [tuple(json.loads(line)) for line in ran.stdout.splitlines()]
    assert found == segments(STUDY)
    assert len(found) == json_of_example().count('"code":"')
    assert all(source and code and words for _, source, code, words in found)


def json_of_example() -> str:
    with ZipFile(STUDY) as archive:
        return archive.read("study.json").decode()


def test_the_reader_of_the_example_finds_the_words_of_all_valid_cases(node: str) -> None:
    """Emoji, line ends, byte order marks, accents and all: the words that are written by hand."""
    valid = {str(HERE / case["path"]): case["expected"] for case in INDEXED if case["verdict"] == "valid"}
    found = told(node, *map(Path, valid))
    assert {path: sorted(map(str, rows)) for path, rows in found.items()} == {path: sorted(map(str, rows)) for path, rows in valid.items()}


def test_the_reader_of_the_example_refuses_what_no_reader_may_read(node: str) -> None:
    """With a sentence, not with words of something else."""
    refused = [HERE / case["path"] for case in INDEXED if case.get("refuse")]
    assert {path for path, said in told(node, *refused).items() if not isinstance(said, str)} == set()
    assert run(node, str(READER), str(refused[0])).returncode == 3


def test_the_lock_file_names_no_registry() -> None:
    """So that everyone installs from the registry they trust; what comes is checked by its hash."""
    packages = json.loads((SCRIPTS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, told in packages.items() if "resolved" in told] == []
    assert all("integrity" in told for name, told in packages.items() if name)
