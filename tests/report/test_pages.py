"""Pages: what is written into a file is read back, and a change by anyone else is noticed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualdata.errors import ReadError
from qualdata.report.pages import BOLD, PAGES, Block, Page, Run
from qualdata.testing import texts

WORDS = st.one_of(
    texts(max_size=3).map(lambda text: text or ""),
    st.sampled_from(["# no heading", "- no point", "1. one", "> said", "a\n# b\n- c", "*a* **b** __c__ `d` <e> &amp; \\", "[a](b)"]),
    st.sampled_from(["a #", "\n", "a\n\nb", "~~~", "| a | b |", "  x  "]),
)
BLOCKS = st.builds(
    lambda text, look, level, listed: Block((Run(text, look),), level, listed and not level),
    WORDS, st.sampled_from(["plain", "prompt", "quiet"]), st.integers(0, 3), st.booleans(),
)  # fmt: skip


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("form", PAGES)
@given(blocks=st.lists(BLOCKS, max_size=4))
def test_words_come_back_whatever_they_are(form: str, folder: Path, blocks: list[Block]) -> None:
    """Block by block, with the levels of headings; white space may change, and italics of Markdown show."""
    blocks = [Block((Run("Page"),), 1), *blocks]  # a file does not begin with what could be its byte order mark
    path = folder / f"page{PAGES[form].suffix}"
    path.write_bytes(PAGES[form].to_bytes(Page("Page", tuple(blocks))))
    expected = [(folded(block.text), block.level) for block in blocks if block.text.strip()]
    found = [(folded(line.text), line.level) for line in PAGES[form].read(path).lines]
    if form == "md":
        found, expected = ([(text.replace("*", "").replace(" ", ""), level) for text, level in lines] for lines in (found, expected))
    assert found == expected
    assert PAGES[form].as_written(path)


def test_what_people_type_in_markdown_is_taken_for_what_it_is(tmp_path: Path) -> None:
    """Headings, points of lists with lines that go on, line breaks, quotations, bold lines; numbers are those of the lines."""
    lists = "- a **point**\n  of two lines\n1. another  \n   broken\n\n"
    (tmp_path / "a.md").write_text(f"## One ##\nwords\nthat go on\n{lists}> said\n> more\nno more\n\n**All bold**\n\\*as it is\\*\n", "utf-8")
    found = [(line.number, line.level, line.text) for line in PAGES["md"].read(tmp_path / "a.md").lines]
    assert found == [
        (1, 2, "One"), (2, 0, "words that go on"), (4, 0, "a point of two lines"), (6, 0, "another\nbroken"), (9, 0, "said more"), (11, 0, "no more"),
        (13, 0, "All bold *as it is*"),
    ]  # fmt: skip
    (tmp_path / "b.md").write_text("**All bold**\n", "utf-8")
    assert [line.level for line in PAGES["md"].read(tmp_path / "b.md").lines] == [BOLD]
    (tmp_path / "c.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReadError, match="UTF-8"):
        PAGES["md"].read(tmp_path / "c.md")


def test_a_changed_file_is_known(tmp_path: Path) -> None:
    """A letter in Markdown, line ends apart; in Word any saving by another program."""
    page = Page("Page", (Block((Run("Words."),)),))
    markdown, word = tmp_path / "a.md", tmp_path / "a.docx"
    markdown.write_bytes(PAGES["md"].to_bytes(page).replace(b"\n", b"\r\n"))
    assert PAGES["md"].as_written(markdown)
    markdown.write_bytes(PAGES["md"].to_bytes(page).replace(b"Words", b"Word"))
    assert not PAGES["md"].as_written(markdown)
    word.write_bytes(PAGES["docx"].to_bytes(page))
    docx.Document(str(word)).save(str(word))
    assert not PAGES["docx"].as_written(word)
    for form in PAGES.values():
        assert not form.as_written(tmp_path)
        assert not form.as_written(tmp_path / "none")


def test_headings_are_known_by_their_styles_in_tables_and_boxes_too(tmp_path: Path) -> None:
    """A style made of a heading's is a heading; what stands in a table is read."""
    document = docx.Document()
    own = document.styles.add_style("My heading", 1)
    own.base_style = document.styles["Heading 2"]
    document.add_paragraph("Mine", style="My heading")
    document.add_table(1, 1).cell(0, 0).text = "In a table"
    document.add_paragraph().add_run("Bold").bold = True
    document.save(str(tmp_path / "a.docx"))
    assert [(line.text, line.level) for line in PAGES["docx"].read(tmp_path / "a.docx").lines] == [("Mine", 2), ("In a table", 0), ("Bold", BOLD)]


def test_a_document_that_unpacks_to_too_much_is_not_read(tmp_path: Path) -> None:
    """A few kilobytes that would become 300 megabytes."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w", force_zip64=True) as out:
        for _ in range(300):
            out.write(bytes(1 << 20))
    with pytest.raises(ReadError, match="it is not read"):
        PAGES["docx"].read(tmp_path / "a.docx")
