"""Survey projects: thousands of sources of one name, each a short answer. Work grows as they do, and each stays itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualdata import Case, Code, Study, TextSource, write
from qualdata.cli.holdings import begins, counts
from qualdata.cli.origin import missing
from qualdata.model import Document, Media, Set
from tests.independent import members
from tests.loosely import read


def survey(number: int) -> Study:
    """Answers of one name and one text, each coded once, in a case and a set of its own; ids count them."""
    code = Code(id="code", name="Price")
    sources = [TextSource(id=f"{n:08d}-aaaa-4bbb-8ccc-0123456789ab", name="Question 3", text="Too dear.") for n in range(number)]
    for source in sources:
        source.excerpt(4, 8).apply(code)
    cases = [Case(name=str(n), sources=[s.id]) for n, s in enumerate(sources)]
    return Study(title="Survey", codes=[code], sources=sources, cases=cases, sets=[Set(name=str(n), sources=[s.id]) for n, s in enumerate(sources[::10])])


def steps(work: Callable[[], Any]) -> int:
    """How many functions a piece of work calls, Python's own included."""
    count = 0

    def tell(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tell)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def look(study: Any) -> None:
    """What `qualdata info` and a table of segments do."""
    list(counts(study))
    begins(study)
    missing(study)
    assert len(list(study.segments())) == study.segments().passages == len(study.sources)


@pytest.mark.parametrize("ending", [".qdpx", ".qde", ".qualdata"])
def test_five_thousand_answers_of_one_name_stay_five_thousand(ending: str, tmp_path: Path) -> None:
    """Each is found by its id, never by its name, with its own file, case and coding; nothing is odd about it."""
    study = survey(5000)
    write(study, tmp_path / f"a{ending}")
    back = read(tmp_path / f"a{ending}")
    assert [s.id for s in back.sources] == [s.id for s in study.sources]
    assert [(s.source.id, s.text, s.cases[0].name) for s in back.segments()] == [(s.id, "dear", str(n)) for n, s in enumerate(study.sources)]
    assert [s.sources for s in back.sets] == [[s.id] for s in study.sources[::10]]
    assert back.reading is None or back.reading.remarks == []
    if ending != ".qde":
        assert sum(n.endswith(".txt") for n in members(tmp_path / f"a{ending}")) == 5000


@pytest.mark.parametrize("ending", [".qdpx", ".qde", ".qualdata"])
def test_twice_the_answers_are_twice_the_work(ending: str, tmp_path: Path) -> None:
    """Counted in calls of functions, for writing, for reading and for looking; a look-up for each pair would make it four times."""
    needed: dict[int, list[int]] = {}
    for number in (100, 400, 800):  # the first pass makes what is made once
        study, path = survey(number), tmp_path / f"{number}{ending}"
        written = steps(lambda study=study, path=path: write(study, path))  # type: ignore[misc]
        back: list[Any] = []
        needed[number] = [written, steps(lambda back=back, path=path: back.append(read(path))), steps(lambda back=back: look(back[0]))]  # type: ignore[misc]
    assert [more < 2.3 * less for less, more in zip(needed[400], needed[800], strict=True)] == [True] * 3, needed


def test_files_of_one_name_get_names_of_their_own_in_a_package(tmp_path: Path) -> None:
    """`answer.txt`, `answer-2.txt` and so on, whatever the case of their letters, with each file's own bytes; twice as many are twice the work."""

    def packed(number: int) -> int:
        documents = []
        for n in range(number):
            (tmp_path / str(n)).mkdir(exist_ok=True)
            file = tmp_path / str(n) / ("answer.txt" if n % 2 else "Answer.TXT")
            file.write_text(str(n))
            documents.append(Document(media=Media.file(file)))
        return steps(lambda: write(Study(documents=documents), tmp_path / f"{number}.qualdata"))

    packed(10)
    assert packed(400) < 2.3 * packed(200)
    files = {n: d for n, d in members(tmp_path / "400.qualdata").items() if n.startswith("documents/")}
    assert len({n.casefold() for n in files}) == 400
    assert sorted(int(d) for d in files.values()) == [*range(400)]
    assert {"documents/Answer.TXT", "documents/answer-2.txt", "documents/Answer-3.TXT"} <= files.keys()


def test_many_files_of_one_name_are_each_found_by_their_place(tmp_path: Path) -> None:
    """In folders that differ; twice as many are twice the work, also where none can be told from the others."""

    def look_for(number: int, path: str) -> tuple[int, Any]:
        folder = tmp_path / str(number)
        for n in range(number):
            (folder / "files" / f"{n}").mkdir(parents=True, exist_ok=True)
            (folder / "files" / f"{n}" / "answer.txt").write_text(str(n))
        sources = [TextSource(path=path.format(n), text=None) for n in range(number)]
        write(Study(sources=sources), folder / "a.qdpx")
        found: list[Any] = []
        return steps(lambda: found.append(read(folder / "a.qdpx", sources=folder / "files"))), found[0]

    for path, there in (("relative:///Data/{}/answer.txt", True), ("relative:///answer.txt", False)):
        look_for(10, path)
        less, more = look_for(100, path), look_for(200, path)
        assert more[0] < 2.3 * less[0]
        assert [s.text for s in more[1].sources] == [str(n) if there else None for n in range(200)]
