"""The starter study: what it holds is counted by hand, its words stand where they should, and it says that it is invented."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qualdata import Study, read, write
from qualdata.model import Excerpt, Segment, TextSource
from tests import starter
from tests.starter import STARTER

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def study() -> Study:
    """Built anew from its files."""
    return starter.study()


def counts(study: Study, name: str) -> dict[str, int]:
    """What the text sources hold of something."""
    return {str(s.name): len(getattr(s, name)) for s in study.sources}


def test_it_holds_what_is_counted_by_hand(study: Study) -> None:
    """In the transcripts and in the tables of build.py."""
    names = "contributors variables questions codes cases interviews sources points themes memos consents documents".split()
    assert {n: len(getattr(study, n)) for n in names} == {
        "contributors": 2, "variables": 2, "questions": 1, "codes": 10, "cases": 4, "interviews": 3, "sources": 3,
        "points": 1, "themes": 1, "memos": 3, "consents": 4, "documents": 1,
    }  # fmt: skip
    assert counts(study, "speakers") == {"SYNTHETIC interview with Nadia": 2, "SYNTHETIC interview with Wei": 2, "SYNTHETIC focus group": 4}
    assert counts(study, "turns") == {"SYNTHETIC interview with Nadia": 12, "SYNTHETIC interview with Wei": 14, "SYNTHETIC focus group": 21}
    assert counts(study, "excerpts") == {"SYNTHETIC interview with Nadia": 9, "SYNTHETIC interview with Wei": 6, "SYNTHETIC focus group": 7}
    assert (len(study.segments()), study.segments().passages) == (40, 22)
    assert [len(study.segments(coder=c)) for c in study.contributors] == [20, 20]
    assert sum(len(c.values) for c in study.cases) == 8


def test_codes_stand_under_each_other_as_in_the_table(study: Study) -> None:
    assert [("  " * (depth - 1)) + code.name for code, depth in study.code_tree.walk()] == [
        "Arriving", "  Invitation", "  Welcome", "    Greeting by name", "Staying", "  Helping each other", "    Notes", "Obstacles", "  Time", "  Forms & lists",
    ]  # fmt: skip


# Words as a reader of the files finds them; each stands once in its file.
QUOTES = {
    "SYNTHETIC-interview-nadia.txt": (
        'A neighbour knocked. She held a bag of tomatoes 🍅 and said, "Come on Saturday, bring nothing."',
        "the four of us 👨‍👩‍👧‍👦, and stood at the gate like guests at a wedding",
        "Two children, late shifts.",
    ),
    "SYNTHETIC-interview-wei.txt": ("I wanted 白菜 and garlic chives", "For months I came at six in the morning, when the gate is open and nobody is there. I was content."),
    "SYNTHETIC-focus-group.txt": ("I write it on a plant label and stick it into the ground 🌱", "One page would do; we have four."),
}


@pytest.mark.parametrize("file", QUOTES)
def test_words_stand_where_their_excerpts_are(study: Study, file: str) -> None:
    """In the characters of the file, decoded by Python alone."""
    text = (STARTER / file).read_bytes().decode("utf-8")
    [source] = [s for s in study.sources if isinstance(s, TextSource) and s.stored is not None and s.stored.name == file]
    places = {(e.span.start, e.span.end) for e in source.excerpts}
    for words in QUOTES[file]:
        assert text.count(words) == 1
        assert (text.index(words), text.index(words) + len(words)) in places


def segment(study: Study, words: str) -> Segment:
    return next(s for s in study.segments() if (s.text or "").startswith(words))


@pytest.mark.parametrize(
    ("words", "speakers", "cases"),
    [
        ("Names. I learn", ["Iris", "Omar"], ["Iris", "Omar"]),
        ("Does everyone see it", ["Moderator", "Omar"], ["Omar"]),
        ("Notes are good.", ["Omar", "Nadia"], ["Omar", "Nadia"]),
        ("I lent mine to Iris", ["Nadia"], ["Nadia"]),
        ("For months I came", ["Wei"], ["Wei"]),
    ],
)
def test_a_passage_is_about_those_who_speak_in_it_and_never_about_the_moderator(study: Study, words: str, speakers: list[str], cases: list[str]) -> None:
    found = segment(study, words)
    assert [s.label for s in found.speakers] == speakers
    assert [c.name for c in found.cases] == cases


def test_the_theme_rests_on_passages_that_support_it_and_one_that_contradicts_it(study: Study) -> None:
    [theme] = study.themes
    evidence = [(e.role, study[e.ref]) for e in theme.evidence]
    texts = {e.id: s.text for s in study.segments() if (e := s.excerpt)}
    assert [(role, texts[thing.id][:20] if isinstance(thing, Excerpt) else thing.heading) for role, thing in evidence] == [
        ("supports", "he asked my name. He"), ("supports", "I write it on a plan"), ("supports", "First days"),
        ("contradicts", "Does everyone see it"), ("qualifies", "I did not come for c"),
    ]  # fmt: skip


def test_all_of_it_says_that_it_is_synthetic(study: Study) -> None:
    """The first line of each text and of the README; titles and names; the study itself."""
    assert study.synthetic
    assert study.title.startswith("SYNTHETIC")
    assert all(str(s.name).startswith("SYNTHETIC") for s in (*study.sources, *study.documents))
    texts = sorted(STARTER.glob("*.txt"))
    assert len(texts) == 4
    assert all(t.name.startswith("SYNTHETIC-") and t.read_text("utf-8").startswith("SYNTHETIC: written by hand") for t in texts)
    readme = (STARTER / "README.md").read_text("utf-8")
    assert readme.startswith("# SYNTHETIC starter study")
    assert "Everything here is invented; no one said any of it." in readme


def test_it_is_the_same_each_time(study: Study, tmp_path: Path) -> None:
    """Ids, order and bytes; also when its script is run by itself."""
    write(study, tmp_path / "one.qualdata")
    subprocess.run([sys.executable, STARTER / "build.py"], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    again = tmp_path / "SYNTHETIC-community-garden.qualdata"
    assert again.read_bytes() == (tmp_path / "one.qualdata").read_bytes()
    assert read(again) == study
