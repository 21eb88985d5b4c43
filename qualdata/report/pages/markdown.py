"""Pages in Markdown. What an interviewer says is in italics; the last line tells whether anyone has changed the file since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from qualdata.errors import ReadError
from qualdata.report.pages.page import BOLD, Block, Line, Lines, Page, Run

__all__ = ["as_written", "read_markdown", "to_markdown"]

_MEANT: Final = re.compile(r"([\\`*_<]|&(?=#?\w)|(?<=\])\()")
"""What Markdown, or HTML in it, could take for its own. Brackets stay: they are part of labels, and of transcripts."""
_BEGINS: Final = re.compile(r"^(\s*)(?:([#>+=~|-])|(\d+)([.)]))")
"""What has a meaning at the beginning of a line only."""
_CLOSING: Final = re.compile("#$")
_LAST: Final = r"\\#"
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SIGNS: Final = {"plain": "", "quiet": "", "prompt": "*", "label": "**"}
_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)(.*?)(?:[ \t]+#+)?[ \t]*$")
_BULLET: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_QUOTED: Final = re.compile(r" {0,3}>[ \t]?")
_BOLD: Final = re.compile(r"(?<!\\)(?:\*\*|__)")
_WHOLLY: Final = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1$", re.DOTALL)
_SEAL: Final = re.compile(r"\n<!-- qualdata: as written ([0-9a-f]{16}) -->\n*\Z")
_LARGEST: Final = 1 << 26


def to_markdown(page: Page) -> bytes:
    """A page as a file."""
    text = "\n\n".join(_shown(block) for block in page.blocks) + "\n"
    return f"{text}\n<!-- qualdata: as written {_digest(text)} -->\n".encode()


def _digest(text: str) -> str:
    return sha256(text.strip().encode()).hexdigest()[:16]


def as_written(path: Path) -> bool:
    """Whether a file is as it was written here, line ends apart."""
    try:
        text = _text(path)
    except (ReadError, OSError):
        return False
    seal = _SEAL.search(text)
    return seal is not None and _digest(text[: seal.start()]) == seal[1]


def _shown(block: Block) -> str:
    words = "".join(_look(run) for run in block.runs)
    if block.level:
        return f"{'#' * min(block.level, 6)} {_CLOSING.sub(_LAST, ' '.join(words.split()))}"
    quoted = all(run.look == "quiet" for run in block.runs)
    lines = [_BEGINS.sub(_kept, line) for line in words.splitlines() or [""]]
    first, further = ("- ", "  ") if block.listed else ("> ", "> ") if quoted else ("", "")
    return first + f"\\\n{further}".join(lines)


def _look(run: Run) -> str:
    lines = (run.text + "|").splitlines()  # so that a line end at its end is one
    lines[-1] = lines[-1][:-1]
    return "\n".join(_signed(_MEANT.sub(r"\\\1", line), _SIGNS[run.look]) for line in lines)


def _signed(line: str, sign: str) -> str:
    words = line.strip()
    return line.replace(words, f"{sign}{words}{sign}") if sign and words else line


def _kept(found: re.Match[str]) -> str:
    space, sign, number, after = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{after}"


def read_markdown(path: Path) -> Lines:
    """The blocks of a file. Raises ReadError for what is no text."""
    text = _SEAL.sub("\n", _text(path))
    return Lines(tuple(line for number, level, lines in _blocks(text) if (line := _line(number, level, lines)).text))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise ReadError(f"the file is larger than {_LARGEST:,} bytes; it is not read.", path=path)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError("the file is no text in UTF-8. Save it so.", path=path) from error
    return text.replace("\0", "\ufffd")


def _blocks(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Each block with the number of its first line, its level and its lines."""
    block: tuple[int, int, list[str]] | None = None
    quoting = False
    for number, line in enumerate(text.split("\n"), 1):
        heading, bullet, quote = _HEADING.match(line), _BULLET.match(line), _QUOTED.match(line)
        begins = heading or bullet or bool(quote) != quoting or not line.strip()
        if block and begins:
            yield block
            block = None
        quoting = bool(quote)
        if heading:
            yield number, len(heading[1]), [heading[2]]
        elif line.strip():
            block = block or (number, 0, [])
            block[2].append(line[bullet.end() if bullet else quote.end() if quote else 0 :])
    if block:
        yield block


def _line(number: int, level: int, lines: list[str]) -> Line:
    joined = "".join(_joined(line) for line in lines).strip()
    bold = BOLD if _WHOLLY.match(joined) else 0
    return Line(number, _ESCAPED.sub(r"\1", _BOLD.sub("", joined)).strip(), level or bold)


def _joined(line: str) -> str:
    """A line with what it ends in: a backslash, or two spaces, make a line break."""
    slashes = len(line) - len(line.rstrip("\\"))
    if slashes % 2:
        return line[:-1].strip(" \t") + "\n"
    return line.strip(" \t") + ("\n" if line.endswith("  ") else " ")
