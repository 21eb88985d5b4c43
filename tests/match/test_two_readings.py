"""Two files of one project, written and read: other ids, other line ends, other ways to count."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest

from qualdata import read, write
from qualdata.match import match_studies
from qualdata.model import Case, Code, Contributor, Memo, Set, Study, TextSource, TextSpan
from qualdata.model.study import walk
from tests.match.renewed import renewed
from tests.writing import QUOTES, WRITERS

TALKS = {
    "Talk 1": "I: How is it? \U0001f600\nP: \U0001d4a9ot bad. We moved, and moved again \U0001f469\u200d\U0001f467.\n\nI: Again?\nP: Yes.\nYes \U0001f600.\n",
    "Talk 2": "I: And you?\nP: Yes.\n\U0001f600\U0001f600\nWe cafe\u0301d a lot.\n",
    "Notes": "",
}
LAID = (
    ("Talk 1", "\U0001d4a9ot bad", (("Mood", "Ann"), ("Mood", "Ben"), ("Moving/Mood", "Ann"))),
    ("Talk 1", "moved again \U0001f469\u200d\U0001f467.\n\nI: Again?", (("Moving", "Ann"),)),
    ("Talk 1", "Yes \U0001f600.\n", (("Mood", "Ann"), ("Moving", "Ben"))),
    ("Talk 2", "Yes.\n\U0001f600\U0001f600\nWe", (("Moving", "Ben"), ("Moving", "Ben"))),
    ("Talk 2", "cafe\u0301d", (("Mood", "Ben"),)),
)
"""Source, words, and codes with coders; a code laid twice by one coder too."""


def project() -> Study:
    """One coding an excerpt, as in NVivo; LF."""
    study = Study(title="Moving")
    users = {name: study.add(Contributor(name=name)) for name in ("Ann", "Ben")}
    codes = {name: study.add(Code(name=name)) for name in ("Mood", "Moving")}
    codes["Moving/Mood"] = study.add(Code(name="Mood", parent=codes["Moving"].id))
    for name, text in TALKS.items():
        study.add(TextSource(name=name, text=text))
    sources = {source.name: source for source in study.sources}
    for name, words, laid in LAID:
        for code, user in laid:
            sources[name].excerpt(sources[name].find(words)).apply(codes[code], users[user], created="2024-01-31T12:00:00Z")
    study.add(Memo(name="Thoughts", text="Think.\nThink again."))
    study.add(Case(name="P1", sources=[sources["Talk 1"].id], excerpts=[sources["Talk 2"].excerpts[0].id]))
    study.add(Set(name="All", sources=[source.id for source in study.sources]))
    return study


def with_crlf(study: Study) -> Study:
    """The same study, its texts with CR LF, positions moved by one for each line end before them."""
    study = deepcopy(study)
    for source in study.sources:
        text = source.text
        for excerpt in source.excerpts:
            excerpt.span = TextSpan(*(p + text[:p].count("\n") for p in (excerpt.span.start, excerpt.span.end)))
        source.text = text.replace("\n", "\r\n")
    return study


@pytest.fixture
def windows(tmp_path: Path) -> Path:
    write(with_crlf(project()), tmp_path / "windows.qdpx", target="nvivo")
    return tmp_path / "windows.qdpx"


@pytest.fixture
def mac(tmp_path: Path) -> Path:
    write(renewed(project())[0], tmp_path / "mac.qdpx", target="nvivo-mac")
    return tmp_path / "mac.qdpx"


def what(study: Study) -> dict[str, tuple]:
    """Each coding by what a reader would see: code path, coder, words, and how often it came before."""
    seen: list[tuple] = []
    told = {}
    for segment in study.segments():
        look = (segment.source.name, segment.code_path, segment.coder.name, segment.text.replace("\r\n", "\n"))
        told[segment.coding.id] = (*look, seen.count(look))
        seen.append(look)
    return told


def test_the_windows_and_the_mac_form_of_a_project_are_matched_coding_for_coding(windows: Path, mac: Path):
    """No id, no text and no position behind a line end is the same; every coding is found, and is the right one."""
    here, there = read(windows, sidecar=False), read(mac, sidecar=False)
    assert {t.id for t in walk(here)} & {t.id for t in walk(there)} == {here.id}  # made of name and date, as a project has none
    found = match_studies(here, there)
    assert len(found.codings.pairs) == sum(len(laid) for _, _, laid in LAID)
    assert (found.codings.here, found.codings.there) == ([], [])
    first, second = what(here), what(there)
    assert all(first[p.here.id] == second[p.there.id] for p in found.codings.pairs)
    for kind, pairing in found:
        assert (pairing.here, pairing.there) == ([], []), kind
    assert all(found.id_of(thing.id) is not None for thing in walk(there))


@pytest.mark.parametrize("one", WRITERS)
@pytest.mark.parametrize("other", WRITERS)
def test_projects_in_the_style_of_all_programs_are_matched_coding_for_coding(one: str, other: str, tmp_path: Path):
    """One talk in the style of each program, with other ids: UTF-16 or code points, CR LF counted once or twice or not there, marks."""
    here = read(WRITERS[one][0](tmp_path / "one.qdpx"))
    there, old = renewed(read(WRITERS[other][0](tmp_path / "other.qdpx")))
    talks = [next(s for s in study.sources if type(s) is TextSource) for study in (here, there)]
    found = match_studies(here, there)
    pairs = [p for p in found.codings.pairs if any(p.here in e.codings for e in talks[0].excerpts)]
    assert len(pairs) == len(QUOTES)
    assert all(p.here.id.lower() == old[p.there.id].lower() for p in pairs)
    assert {p.basis for p in pairs} == {"place and code"}


@pytest.mark.samples
def test_two_exports_of_a_real_project_are_matched_coding_for_coding(samples: Path):
    """QualCoder gives new ids on each export, and writes CR LF for another program."""
    here, there = read(samples / "qualcoder-neutral.qdpx"), read(samples / "qualcoder-neutral-crlf.qdpx")
    found = match_studies(here, there)
    assert (len(found.codings.pairs), found.codings.here, found.codings.there) == (7, [], [])
    first, second = what(here), what(there)
    assert all(first[p.here.id] == second[p.there.id] for p in found.codings.pairs)


@pytest.mark.samples
def test_a_real_project_of_nvivo_is_matched_with_its_mac_form(samples: Path):
    """Its text with LF and without mark, every id another."""
    here = read(samples / "nvivo-win-12.6-scrubbed.qdpx")
    there, old = renewed(here)
    source = there.sources[0]
    text = source.text
    for excerpt in source.excerpts:
        excerpt.span = TextSpan(*(p - text[:p].count("\r\n") for p in (excerpt.span.start, excerpt.span.end)))
    source.text = text.replace("\r\n", "\n")
    found = match_studies(here, there)
    assert (len(found.codings.pairs), found.codings.here, found.codings.there) == (97, [], [])
    assert all(p.here.id == old[p.there.id] for p in found.codings.pairs)
    assert len(found.excerpts.pairs) == 97
