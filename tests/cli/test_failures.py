"""What the command line promises for bad input: one sentence, an exit code, no traceback, nothing left behind."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from qualdata import Code, Study, TextSource, write
from qualdata.cli.terminal import busy
from qualdata.model.progress import advance, expect
from qualdata.shown import clean

NAMESPACE = "urn:QDA-XML:project:1.0"
BOMB = "<!DOCTYPE Project [" + '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"
NESTED = '<Code guid="11111111-1111-4111-8111-111111111111" name="c" isCodable="true">'


def project(path: Path, xml: str, member: str = "project.qde") -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(member, xml)


def truncated(path: Path) -> None:
    project(path, f'<Project name="x" xmlns="{NAMESPACE}"/>')
    path.write_bytes(path.read_bytes()[:-30])


BAD: dict[str, tuple[str, Callable[[Path], object]]] = {
    "missing": ("m.qdpx", lambda path: None),
    "folder": ("f.qdpx", lambda path: path.mkdir()),
    "empty": ("e.qdpx", lambda path: path.touch()),
    "not a zip": ("n.qdpx", lambda path: path.write_text("words")),
    "truncated zip": ("t.qdpx", truncated),
    "HTML": ("h.qdpx", lambda path: path.write_text("<!DOCTYPE html><html><body>Not found</body></html>")),
    "no project in it": ("p.qdpx", lambda path: project(path, "words", "readme.txt")),
    "entity bomb": ("b.qdpx", lambda path: project(path, f'{BOMB}<Project name="&i;" xmlns="{NAMESPACE}"/>')),
    "entity bomb, bare": ("b.qde", lambda path: path.write_text(f'{BOMB}<Project name="&i;" xmlns="{NAMESPACE}"/>')),
    "external entity": ("x.qdpx", lambda path: project(path, f'<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project name="&x;" xmlns="{NAMESPACE}"/>')),
    "wrong namespace": ("w.qdpx", lambda path: project(path, '<Project name="x" xmlns="urn:other"/>')),
    "100,000 nested codes": ("d.qdpx", lambda path: project(path, f'<Project name="x" xmlns="{NAMESPACE}"><CodeBook><Codes>{NESTED * 100_000}')),
    "codebook in a zip": ("c.qdc", lambda path: project(path, '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"/>', "codes.qdc")),
    "codebook, cut off": ("u.qdc", lambda path: path.write_text('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>')),
    "annotations, cut off": ("a.jsonld", lambda path: path.write_text('{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation')),
    "annotations, 100,000 deep": ("a.json", lambda path: path.write_text('{"type": "Annotation", "target": ' + "[" * 100_000)),
    "annotations, none": ("a.json", lambda path: path.write_text('{"@context": "http://www.w3.org/ns/anno.jsonld"}')),
    "cut off": ("o.qde", lambda path: path.write_text(f'<Project name="x" xmlns="{NAMESPACE}"><CodeBook>')),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_gets_one_sentence_and_exit_3(run, tmp_path: Path, kind: str) -> None:
    """From each command that reads; no output is left."""
    name, make = BAD[kind]
    make(tmp_path / name)
    before = sorted(tmp_path.iterdir())
    for command in (["info", tmp_path / name], ["convert", tmp_path / name, tmp_path / "out.qdpx"], ["segments", tmp_path / name, "-o", tmp_path / "out.csv"]):
        result = run(*command)
        assert result.exit_code == 3
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
        assert name in result.stderr
        assert result.stdout == ""
    assert sorted(tmp_path.iterdir()) == before


WRONG = {
    "missing field": ('{"sources": [{"type": "text", "excerpts": [{"span": {"type": "text", "start": 1}}]}]}', "sources[0].excerpts[0].span.end: it is missing"),
    "wrong type": ('{"codes": [{"name": 7}]}', "codes[0].name: a text is expected here, not 7"),
    "unknown field": ('{"codes": [{"name": "a", "color": "red"}]}', "codes[0]: there is no field color here"),
    "dangling file": ('{"sources": [{"type": "text", "stored": "sources/a.txt"}]}', "sources[0].stored: the file sources/a.txt is not in the package"),
    "path that leaves": ('{"sources": [{"type": "text", "stored": "../a.txt"}]}', "sources[0].stored: the path '../a.txt' leaves the package"),
    "nesting": ("[" * 1_000_000, "line 1: study.json is not JSON"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_study_gets_the_place_in_its_document_and_exit_3(run, tmp_path: Path, kind: str) -> None:
    study, words = WRONG[kind]
    (tmp_path / "study.json").write_text(f'{{"qualdata": "1.0", "study": {study}}}')
    for command in (["info", tmp_path], ["convert", tmp_path / "study.json", tmp_path / "out.qdpx"], ["segments", tmp_path]):
        result = run(*command)
        assert result.exit_code == 3
        assert words in result.stderr
        assert result.stderr.startswith(f"Error: {tmp_path}")
        assert result.stderr.count("\n") == 1
        assert result.stdout == ""
    assert [p.name for p in tmp_path.iterdir()] == ["study.json"]


def test_a_newer_standard_gets_one_sentence_and_exit_3(run, tmp_path: Path) -> None:
    (tmp_path / "study.json").write_text('{"qualdata": "2.0", "study": {}}')
    result = run("info", tmp_path)
    assert result.exit_code == 3
    assert "this study uses qualdata standard 2.0; this program reads 1.x. Your file is unchanged." in result.stderr


def test_the_line_is_told_where_it_is_known(run, tmp_path: Path) -> None:
    """So that it can be found in an editor."""
    (tmp_path / "o.qde").write_text(f'<Project name="x" xmlns="{NAMESPACE}">\n<CodeBook>\n</Project>')
    assert f"{tmp_path / 'o.qde'}, line 3: " in run("info", tmp_path / "o.qde").stderr


def test_a_place_that_cannot_be_written_to_gets_one_sentence(run, project: Path, tmp_path: Path) -> None:
    """A folder that is not there, a folder of that name, a file where a folder should be."""
    (tmp_path / "folder.csv").mkdir()
    before = sorted(tmp_path.iterdir())
    for command in (
        ["convert", project, tmp_path / "nowhere" / "o.qdpx"], ["convert", project, tmp_path / "nowhere" / "o.qdpx", "--strict"], ["convert", project, project / "o.qdpx"],
        ["segments", project, "-o", tmp_path / "folder.csv"], ["segments", project, "-o", project / "o.csv"], ["demo", "-o", project], ["demo", "-o", project / "x"],
    ):  # fmt: skip
        result = run(*command)
        assert result.exit_code == 3
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (MemoryError(), 3, "memory"), (RecursionError(), 3, "too deep"), (KeyboardInterrupt(), 130, "stopped"),
        (PermissionError(13, "Permission denied", "a.qdpx"), 3, "a.qdpx: permission denied."), (OSError(28, "No space left on device"), 3, "no space left on device."),
    ],
)  # fmt: skip
def test_what_the_computer_or_the_user_does_gets_one_sentence(run, project: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, says: str) -> None:
    """No traceback either."""

    def fail(*args: object, **options: object) -> None:
        raise error

    monkeypatch.setattr("qualdata.cli.info.read", fail)
    result = run("info", project)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_wrong_use_exits_with_2(run, project: Path) -> None:
    """An unknown command or option, an argument too few or too many; what was typed is not obeyed by the terminal."""
    for command in (["nothing"], ["info"], ["info", project, "--what"], ["info", project, "\x1b[31mx"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "\x1b" not in result.stderr


def test_an_error_never_hands_a_name_to_the_terminal_raw(run, tmp_path: Path) -> None:
    """Names of files are content too."""
    result = run("info", tmp_path / "a\x1b[31m\u202e\x9b.qdpx")
    assert result.exit_code == 3
    assert "a[31m.qdpx" in result.stderr


def test_what_is_shown_is_one_line_without_controls() -> None:
    """Line ends become spaces, what a terminal obeys goes, emoji of several characters and Hebrew stay whole."""
    assert clean("a\r\nb\tc\u2028d") == "a  b c d"
    assert clean("\x1b[0m\x00\x07\x7f\x9d8;;\u202d\u2066\u2069\u061cx") == "[0m8;;x"
    assert clean("\U0001f469\u200d\U0001f467 \u05e9\u05dc e\u0301") == "\U0001f469\u200d\U0001f467 \u05e9\u05dc e\u0301"
    assert clean("\udcff") == "\ufffd"


def test_progress_is_shown_on_a_terminal_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """When a second has passed; the name in it is shown as text, not obeyed."""
    error = Screen()
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr("qualdata.cli.terminal.Timer", AtOnce)
    monkeypatch.setenv("TERM", "xterm")
    with busy("Reading [red]a\x9b31m.qdpx"):
        pass
    assert "Reading [red]a31m.qdpx" in error.getvalue()
    assert "\x9b" not in error.getvalue()


@pytest.mark.parametrize(("expected", "done", "shown"), [(200, [100], " 50%"), (200, [], None), (200, [100, 100], None), (0, [100], None)])
def test_progress_says_how_far_the_work_has_come_where_that_is_known(expected: int, done: list[int], shown: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the bytes are half of the bar; before the first and after the last, something else is being done."""
    error = Screen()
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr("qualdata.cli.terminal.Timer", AtOnce)
    monkeypatch.setenv("TERM", "xterm")
    with busy("Writing"):
        expect(expected)
        for size in done:
            advance(size)
    last = error.getvalue().split("Writing")[-1]
    assert shown in last if shown else "%" not in last


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
@pytest.mark.parametrize("columns", [30, 80])
def test_the_bar_leaves_room_for_what_the_terminal_adds(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Ctrl-C is shown as ^C behind the bar; if that began a new line, the bar would stay when it should go."""
    error = Screen()
    monkeypatch.setattr(sys, "stderr", error)
    monkeypatch.setattr("qualdata.cli.terminal.Timer", AtOnce)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(columns))
    with busy("Writing a file with quite a long name that is longer than a line of the terminal.qdpx"):
        pass
    lines = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", error.getvalue()).replace("\r", "\n").split("\n")
    assert 0 < max(map(len, lines)) <= columns - 2


class Screen(io.StringIO):
    """A terminal that remembers what was written to it."""

    def isatty(self) -> bool:
        return True


class AtOnce:
    """A timer that does not wait."""

    def __init__(self, seconds: float, function: Callable[[], object]) -> None:
        self.start, self.daemon = function, False

    def cancel(self) -> None:
        """Too late."""

    join = cancel


# ---- as a program ----
def program(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "qualdata", *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=120, check=False, env=environment, **options
    )


def test_the_version_is_told() -> None:
    """`qualdata 0.1…`"""
    assert program("--version").stdout.startswith("qualdata 0.")


def test_the_help_needs_neither_rich_nor_lxml_nor_the_model() -> None:
    """So it is there at once, and names every command."""
    heavy = "{'rich', 'lxml', 'attr', 'cattrs', 'qualdata.model'}"
    code = f"import sys; from qualdata.cli import main; main(['--help'], standalone_mode=False); sys.exit(str(sorted({heavy} & set(sys.modules))).strip('[]') or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert all(f"\n  {name} " in done.stdout for name in ("info", "convert", "segments", "formats", "demo"))


def test_a_bad_file_gives_no_traceback_in_a_real_process(tmp_path: Path) -> None:
    """The sentence alone."""
    (tmp_path / "x.qdpx").write_text("words")
    done = program("info", tmp_path / "x.qdpx")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no `head`")
def test_a_reader_that_has_had_enough_is_left_quietly(tmp_path: Path) -> None:
    """`qualdata segments FILE | head -1` says nothing on stderr."""
    study = Study()
    source, code = study.add(TextSource(text="words " * 1000)), study.add(Code(name="c"))
    for n in range(2000):
        source.excerpt(n, n + 500).apply(code)
    write(study, tmp_path / "long.qdpx")
    command = f'"{sys.executable}" -m qualdata segments "{tmp_path / "long.qdpx"}" | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.startswith("source,interview,case,")
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["info", "segments"])
def test_a_full_disk_is_told(project: Path, command: str) -> None:
    """Not passed over in silence, and no traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "qualdata", command, project], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert done.stderr == "Error: no space left on device.\n"


def test_a_terminal_that_knows_few_characters_gets_question_marks(project: Path) -> None:
    """What is shown may lose them, a table never does."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    shown, table = (subprocess.run([sys.executable, "-m", "qualdata", c, str(project)], capture_output=True, check=False, env=environment) for c in ("info", "segments"))
    assert shown.returncode == table.returncode == 0
    table.stdout.decode("utf-8", "strict")


def test_no_progress_is_shown_where_no_one_looks(tmp_path: Path, project: Path) -> None:
    """stderr stays empty when it is not a terminal."""
    assert program("info", project).stderr == ""
    assert program("convert", project, tmp_path / "o.qdpx").stderr == ""


def test_formats_lists_endings_ways_and_targets(run) -> None:
    """What `convert` takes."""
    output = run("formats").output
    assert all(word in output for word in ("qdpx", ".qdpx", "qde", "read and written", "--target nvivo ", "NVivo for Windows", "--target as-read"))


@pytest.mark.parametrize("group", ["codebook", "ic"])
def test_a_group_without_a_command_shows_its_help(run, group: str) -> None:
    """In lines, as it is with --help, and as a wrong use of the command."""
    result = run(group)
    assert result.exit_code == 2
    assert result.output.strip() == run(group, "--help").output.strip()
    assert max(map(len, result.output.splitlines())) <= 80
