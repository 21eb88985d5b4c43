"""What the shipped example study promises. Its text files are read here anew, so that they are the witness of what was built."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path
from shutil import copy
from typing import Any
from zipfile import ZipFile

import pytest

import qualdata
from qualdata import Study, differences
from qualdata.schema import validator
from qualdata.testing import value_at, without
from tests.alone import write
from tests.loosely import read

FOLDER = Path(__file__).parents[1] / "examples" / "smart-recovery"
PACKAGE = FOLDER / "SYNTHETIC-smart-recovery.qualdata"
NUMBERS = [f"P{n:02}" for n in range(1, 19)]
COMPLETE = {"P03", "P07", "P12", "P16"}
TWICE = {"P03", "P06", "P12", "P15"}
MARK = re.compile(r"\[(laughs|both laugh|pause|long pause|sighs|…|inaudible \d\d:\d\d:\d\d|noise: \w+)\]")
GAP = " … "


@pytest.fixture(scope="module")
def build() -> dict[str, Any]:
    """What `build.py` defines."""
    return run_path(str(FOLDER / "build.py"))


@pytest.fixture(scope="module")
def study() -> Study:
    """The study as it ships."""
    return qualdata.example()


def interview(number: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The header of an interview, and its turns without cuts: who, and what."""
    lines = (FOLDER / "interviews" / f"SYNTHETIC-{number}.txt").read_text(encoding="utf-8").splitlines()
    gap = lines.index("")
    turns = [tuple(line.split(": ", 1)) for line in lines[gap + 1 :] if line != "[…]"]
    return dict(line.split(": ", 1) for line in lines[1:gap]), turns  # type: ignore[return-value]


def passages(number: str) -> dict[str, dict[str, str]]:
    """The coded passages of an interview, by their number."""
    told = tomllib.loads((FOLDER / "codings" / f"SYNTHETIC-{number}.toml").read_text(encoding="utf-8"))
    assert told.pop("coders") == "AB" if number in TWICE else told.pop("coders") in {"A", "B"}
    return told


def codes(words: str | None) -> list[str]:
    """What stands between commas."""
    return [word.strip() for word in (words or "").split(",") if word.strip()]


def final() -> Iterator[tuple[str, str]]:
    """Passage and code of each coding that points rest on, as the files have it."""
    for number in NUMBERS:
        for key, passage in passages(number).items():
            for code in codes(passage.get("agreed") if number in TWICE else passage.get("A", passage.get("B"))):
                yield f"{number}.{key}", code


def texts() -> Iterator[Path]:
    """All text files of the study but its readme and its program."""
    yield from (path for path in sorted(FOLDER.rglob("*.*")) if path.suffix in {".txt", ".toml", ".md"} and path.name != "README.md")


# ---- what it says it is ----
def test_it_says_that_it_is_synthetic_wherever_it_may_be_looked_at(study: Study) -> None:
    """In title, abstract and flag, in the name and first line of each file, in each file of the package and each memo."""
    assert study.title == "SYNTHETIC EXAMPLE modelled on the published structure of doi:10.1016/j.josat.2024.209570"
    assert study.synthetic
    assert all("SYNTHETIC" in words for words in (study.abstract, study.sampling, study.setting, *study.ethics, *study.funding))
    assert study.publications == [words for words in study.publications if words.startswith("References: doi:10.1016/j.josat.2024.209570")]
    for path in texts():
        assert path.name.startswith("SYNTHETIC-"), path
        assert path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ").startswith("SYNTHETIC: "), path
    assert (FOLDER / "README.md").read_text(encoding="utf-8").startswith("# SYNTHETIC")
    with ZipFile(PACKAGE) as package:
        members = [name for name in package.namelist() if name != "study.json"]
        assert len(members) == 24
        assert all("/SYNTHETIC-" in name and package.read(name).startswith(b"SYNTHETIC: ") for name in members)
    assert all(memo.text.startswith("SYNTHETIC: ") for memo in study.memos)
    assert all("SYNTHETIC" in person.name for person in study.contributors if person.roles != ["creator", "depositor"])


def test_it_takes_over_from_the_published_study_what_its_abstract_says_and_nothing_else(study: Study) -> None:
    """Eighteen interviews by telephone, the method, two domains and the names of seven themes; it is made by the project, not by people of that study."""
    assert "iterative categorization" in study.method
    assert [(study[theme.questions[0]].text.partition(":")[0], theme.name) for theme in study.themes] == [
        ("Initiation", "Delayed attendance"), ("Initiation", "Use as an adjunct to other services"), ("Engagement", "The 'fit' of SMART Recovery mutual-help groups"),
        ("Engagement", "Coping and tolerance of discomfort"), ("Engagement", "The power of shared lived experience"), ("Engagement", "Choice and autonomy"),
        ("Engagement", "Short-term goal setting supports self-efficacy and the possibility of change"),
    ]  # fmt: skip
    assert [person.name for person in study.contributors if "creator" in person.roles] == ["The qualdata authors"]


def test_researchers_put_the_person_first_and_say_what_is_hard_to_read(study: Study) -> None:
    """No one is an addict, abuser or user in their texts; a content note stands where one begins to read."""
    own = [study.abstract, *(path.read_text(encoding="utf-8") for path in (FOLDER / "documents").iterdir()), *(code.description for code in study.codes)]
    own += [thing.text for thing in (*study.points, *study.memos)]
    own += [words for theme in study.themes for words in (theme.statement, theme.description, *(piece.note or "" for piece in theme.evidence))]
    assert [words for words in own if re.search(r"\b(addict|abuse|junkie|(drug|meth\w*) user|users?\b)", words, re.IGNORECASE)] == []
    first = (study.abstract, (FOLDER / "README.md").read_text(encoding="utf-8"), (FOLDER / "documents" / "SYNTHETIC-readme.md").read_text(encoding="utf-8"))
    assert all(re.search(r"Content note[.:]", words) for words in first)


def test_there_are_eighteen_interviews_four_of_them_at_length(study: Study) -> None:
    """Words are counted in the files: 2,000 or more in four, 400 or more in the others, which say that they are abridged."""
    assert {path.name for path in (FOLDER / "interviews").iterdir()} == {f"SYNTHETIC-{n}.txt" for n in NUMBERS}
    for number in NUMBERS:
        header, turns = interview(number)
        assert {label for label, _ in turns} == {"INT", number}
        spoken = sum(len(MARK.sub("", words).split()) for _, words in turns)
        assert spoken >= (2000 if number in COMPLETE else 400), number
        cut = (FOLDER / "interviews" / f"SYNTHETIC-{number}.txt").read_text(encoding="utf-8").count("\n[…]\n")
        assert (header["Transcript"] == "complete", cut == 0) == ((True, True) if number in COMPLETE else (False, False)), number
    assert [case.name for case in study.cases] == NUMBERS
    assert study.participants == len(study.cases) == len(study.interviews) == len(study.sources) == 18


def test_the_complete_interviews_read_as_transcripts_do() -> None:
    """Prompts and backchannels, what could not be heard, pauses and laughter, replacements."""
    for number in COMPLETE:
        _, turns = interview(number)
        asked = [words for label, words in turns if label == "INT"]
        spoken = " ".join(words for _, words in turns)
        assert sum(words in {"Mm.", "Yeah.", "Mm-hm.", "Yes."} for words in asked) >= 4, number
        assert all(mark in spoken for mark in ("[laughs]", "[pause]", "[inaudible ", "?")), number
        assert {found for found in re.findall(r"\[[^\]]*\]", spoken) if not MARK.fullmatch(found)}, number


def test_no_two_interviews_share_a_longer_phrase() -> None:
    """Nine words in a row stand in one interview only: nothing was filled into a form."""
    where: dict[tuple[str, ...], set[str]] = {}
    for number in NUMBERS:
        words = re.findall(r"[\w']+", " ".join(words for _, words in interview(number)[1]).lower())
        for at in range(len(words) - 8):
            where.setdefault(tuple(words[at : at + 9]), set()).add(number)
    assert [phrase for phrase, found in where.items() if len(found) > 1] == []


# ---- what a deposit needs ----
def test_each_interview_says_who_how_when_and_in_what_language(study: Study) -> None:
    """As its header does; speakers have roles, participants are cases, and each turn is a line of the file."""
    for number, event, source in zip(NUMBERS, study.interviews, study.sources, strict=True):
        header, turns = interview(number)
        assert (event.mode, event.date, event.language) == ("telephone", header["Date"], "en-AU") == (header["Mode"], event.date, header["Language"])
        assert event.duration == int(header["Length"].removesuffix(" minutes")) * 60_000
        assert [study[id].name for id in event.cases] == [number]
        assert all("interviewer" in study[id].roles for id in event.interviewers)
        assert study[event.guide].role == "guide"
        assert event.sources == [source.id] == study[event.cases[0]].sources
        assert [(study[t.speaker].label, source.text[t.span.slice]) for t in source.turns] == turns
        assert {(s.label, s.role, s.case) for s in source.speakers} == {("INT", "interviewer", None), (number, "participant", event.cases[0])}
    assert {d.role for d in study.documents} >= {"readme", "guide", "consent form", "information sheet", "transcription rules"}
    assert all(thing.access == "open" for thing in (*study.sources, *study.documents, *study.memos))
    assert study.licence
    assert study.method


def test_consent_is_there_for_each_case_and_nothing_goes_beyond_it(study: Study) -> None:
    """Each case and the study have one, with a form; no one who refused to be quoted is quoted, or stands as an example."""
    assert [c.case for c in study.consents] == [None, *(case.id for case in study.cases)]
    assert all(study[c.form].role == "consent form" and {p.use for p in c.permissions} >= {"quotation", "archiving", "reuse"} for c in study.consents)
    refused = {study[c.case].name for c in study.consents if c.case and any(p.use == "quotation" and not p.given for p in c.permissions)}
    assert refused == {"P09", "P17"}
    examples = tomllib.loads((FOLDER / "SYNTHETIC-codes.toml").read_text(encoding="utf-8")).values()
    assert refused.isdisjoint({study[q.excerpt].name[:3] for q in study.quotes} | {code["example"][:3] for code in examples if "example" in code})
    report = (FOLDER / "documents" / "SYNTHETIC-report.md").read_text(encoding="utf-8")
    assert not any(f"({number})" in report for number in refused)


def test_each_replacement_is_logged_in_its_place_and_nothing_else_is_in_brackets(study: Study) -> None:
    """Whatever brackets hold and is no mark of transcription."""
    there = {(s.name, m.start(), m[0]) for s in study.sources for m in re.finditer(r"\[[^\]]*\]", s.text) if not MARK.fullmatch(m[0])}
    assert {(study[r.source].name, r.span.start, r.replacement) for r in study.replacements} == there
    assert len(there) == len(study.replacements) > 30
    assert all(r.rule and r.action and r.span.end - r.span.start == len(r.replacement) for r in study.replacements)


@pytest.mark.parametrize("pattern", [r"@", r"https?:|www\.|\.(com|org|au)\b", r"(\d[ -]?){7,}", r"\b\d{4}\b", r"\d\d?/\d\d?/\d", r"\b\d+ ?(g|mg|grams?|points?)\b"])
def test_the_data_hold_nothing_that_looks_like_an_identifier_or_an_amount(pattern: str, study: Study) -> None:
    """No address, link, telephone number, postcode or birthday; and no dose."""
    for source in study.sources:
        for turn in source.turns:
            assert not re.search(pattern, source.text[turn.span.slice]), source.name
    for thing in (*study.points, *study.memos):
        assert not re.search(pattern, thing.text), thing


def test_no_one_stands_alone_in_the_table_of_attributes(study: Study) -> None:
    """At least three in each combination of the attributes that could help to find someone."""
    telling = {v.id for v in study.variables if v.disclosure == "indirect"}
    cells = Counter(tuple(v.value for v in case.values if v.variable in telling) for case in study.cases)
    assert len(cells) == 4
    assert min(cells.values()) >= 3
    assert all(value.value in study[value.variable].allowed for case in study.cases for value in case.values)


# ---- codes and codings ----
def test_the_coding_frame_is_complete(study: Study) -> None:
    """Each code has a meaning, an origin and a colour; what can be laid on data says when not to, and its example is in an interview."""
    assert all(code.description and code.origin and code.colour for code in study.codes)
    codable = [code for code in study.codes if code.codable]
    assert 25 <= sum(code.status == "active" for code in codable) <= 35
    assert {code.origin for code in codable} == {"a priori", "inductive"}
    assert all((code.include and code.exclude) or code.status == "retired" for code in codable)
    assert all(any(code.example in source.text for source in study.sources) for code in codable)
    used = {coding.code for source in study.sources for e in source.excerpts for coding in e.codings}
    assert used == {code.id for code in codable}
    assert {change.action for change in study.code_changes} == {"add", "split", "rename", "redefine", "retire", "move"}
    assert [change.date for change in study.code_changes] == sorted(change.date for change in study.code_changes)


def test_a_code_is_laid_while_it_exists(study: Study) -> None:
    """Not before it was added or split off, not after it was retired."""
    days = [(c.created[:10], c.code) for s in study.sources for e in s.excerpts for c in e.codings]
    for change in study.code_changes:
        for code in change.codes:
            if change.action == "add" or (change.action == "split" and study[code].derived_from):
                assert all(day >= change.date for day, laid in days if laid == code), study[code].name
            if change.action == "retire":
                assert all(day <= change.date for day, laid in days if laid == code), study[code].name
                assert study[code].status == "retired"


def test_each_passage_stands_where_its_words_do(study: Study) -> None:
    """From the first words to the last, at the beginning and the end of words."""
    for source, number in zip(study.sources, NUMBERS, strict=True):
        told = passages(number)
        assert [e.name for e in source.excerpts] == [f"{number}.{key}" for key in told]
        for excerpt, passage in zip(source.excerpts, told.values(), strict=True):
            words, (first, _, last) = source.text[excerpt.span.slice], passage["words"].partition(GAP)
            assert words.startswith(first)
            assert words.endswith(last or first)
            around = source.text[excerpt.span.start - 1] + source.text[excerpt.span.end]
            assert not re.match(r"\w\w", around[0] + words[0]), excerpt.name
            assert not re.match(r"\w\w", words[-1] + around[1]), excerpt.name
            assert around[1] != '"' or words.count('"') % 2 == 0, excerpt.name  # whoever quotes is heard to the end


def test_two_coders_coded_and_four_interviews_were_coded_twice(study: Study) -> None:
    """In each of the four they differ, and then say of all that either laid whether it stands."""
    laid = {s.name.removeprefix("SYNTHETIC "): [(e.name, study[c.coder].initials, c) for e in s.excerpts for c in e.codings] for s in study.sources}
    assert {coder for codings in laid.values() for _, coder, _ in codings} == {"A", "B", "AB"}
    for number, codings in laid.items():
        alone = {coder: {(name, c.code) for name, by, c in codings if by == coder and c.round == "first" and c.status == "independent"} for coder in "AB"}
        together = {status: {(name, c.code) for name, by, c in codings if by == "AB" and c.round == "agreed" and c.status == status} for status in ("agreed", "rejected")}
        assert len(codings) == sum(map(len, (*alone.values(), *together.values())))
        assert len(codings) >= 8
        if number not in TWICE:
            assert sorted(map(bool, (*alone.values(), *together.values()))) == [False, False, False, True]
            continue
        assert alone["A"] - alone["B"]
        assert alone["B"] - alone["A"]
        assert alone["A"] & alone["B"] & together["agreed"]
        assert together["rejected"] == (alone["A"] | alone["B"]) - together["agreed"]
        assert {name for name, _ in together["agreed"] - alone["A"] - alone["B"]} <= {"P03.20", "P12.15", "P15.1"}  # as a memo says
    assert len(list(final())) >= 300


# ---- analysis ----
def test_each_coding_that_counts_is_named_by_a_point_and_no_other_is(study: Study) -> None:
    """By the files: each passage stands in the analysis file of each of its codes. By the study: the same."""
    named = set()
    for path in (FOLDER / "points").iterdir():
        body = path.read_text(encoding="utf-8")
        code = re.search(r"^Code: (.+)$", body, re.MULTILINE)[1]
        named |= {(name, code) for name in re.findall(r"P\d\d\.\d+b?", body)}
    assert named == set(final())
    agreed = {s.id for s in study.sources if any(c.round == "agreed" for e in s.excerpts for c in e.codings)}
    counts = {c.id for s in study.sources for e in s.excerpts for c in e.codings if c.status == ("agreed" if s.id in agreed else "independent")}
    assert {id for point in study.points for id in point.codings} == counts
    assert len(counts) == len(named)


def test_points_keep_their_code_their_participants_and_their_step(study: Study) -> None:
    """Of each point: one code, the cases of its codings, a heading; all steps of the method but one occur."""
    home = {c.id: s for s in study.sources for e in s.excerpts for c in e.codings}
    assert len(study.points) >= 60
    for point in study.points:
        assert point.heading
        assert {study[id].code for id in point.codings} == set(point.codes)
        assert set(point.cases) == {case.id for case in study.cases for id in point.codings if home[id].id in case.sources}
    steps = {point.process for point in study.points}
    assert steps == {"describe", "conceptualise inductively", "conceptualise abductively", "differentiate", "externalise"}
    assert all(bool(point.literature) == (point.process == "externalise") for point in study.points)


def test_seven_themes_answer_two_questions_and_none_goes_unopposed(study: Study) -> None:
    """Two and five, as published; each rests on several participants, and something in the data contradicts it."""
    asked = [study[id].text.partition(":")[0] for theme in study.themes for id in theme.questions]
    assert Counter(asked) == {"Initiation": 2, "Engagement": 5}
    assert len(study.questions) == 2
    for theme in study.themes:
        roles = {role: [study[item.ref] for item in theme.evidence if item.role == role] for role in ("supports", "qualifies", "contradicts")}
        assert all(roles.values()), theme.name
        assert len({thing.name[:3] for thing in roles["supports"] if hasattr(thing, "span")}) >= 3, theme.name
        assert any(hasattr(thing, "process") for thing in roles["supports"]), theme.name
        assert (theme.status, bool(theme.statement), bool(theme.description), bool(theme.codes)) == ("reported", True, True, True)


def test_quotations_stand_in_their_passage_and_in_the_report(study: Study) -> None:
    """Word for word, but for cuts that are marked; and the report quotes nothing else."""
    report = (FOLDER / "documents" / "SYNTHETIC-report.md").read_text(encoding="utf-8")
    home = {e.id: source for source in study.sources for e in source.excerpts}
    for quote in study.quotes:
        passage = home[quote.excerpt].text[study[quote.excerpt].span.slice]
        at = 0
        for piece in quote.text.split(" […] "):
            at = passage.index(piece, at) + len(piece)
        assert f'"{quote.text}" ({study[quote.excerpt].name[:3]})' in report
    assert len(re.findall(r'" \(P\d\d\)', report)) == len(study.quotes)


def test_memos_are_about_something(study: Study) -> None:
    """Each is named by a code, an interview or the study; all four kinds occur."""
    about = [id for thing in (*study.codes, *study.sources, *study.interviews) for id in thing.memos] + study.own_memos
    assert {memo.id for memo in study.memos} == set(about)
    assert {memo.kind for memo in study.memos} == {"analytic", "reflexive", "method", "case summary"}


# ---- the package ----
def test_the_shipped_package_is_what_the_files_say(build: dict[str, Any], study: Study, tmp_path: Path) -> None:
    """`make example` would change nothing. Members are compared unpacked: how they are packed differs between versions of zlib."""
    made = build["study"]()
    assert [str(d) for d in differences(made, study)] == []
    assert write(made, tmp_path / "made.qualdata") == []
    with ZipFile(tmp_path / "made.qualdata") as new, ZipFile(PACKAGE) as shipped:
        assert new.namelist() == shipped.namelist()
        assert [name for name in new.namelist() if new.read(name) != shipped.read(name)] == []


def test_the_same_files_give_the_same_bytes(build: dict[str, Any], tmp_path: Path) -> None:
    """Ids and dates come from the files alone."""
    for name in ("one", "two"):
        write(build["study"](), tmp_path / f"{name}.qualdata")
    assert (tmp_path / "one.qualdata").read_bytes() == (tmp_path / "two.qualdata").read_bytes()


def test_the_package_is_valid() -> None:
    """By the shipped schema."""
    with ZipFile(PACKAGE) as package:
        validator().validate(json.loads(package.read("study.json")))


def test_it_ships_in_the_wheel(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel has the package where `example()` looks first."""
    built = tomllib.loads((FOLDER.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    place = tmp_path / built["force-include"][f"examples/smart-recovery/{PACKAGE.name}"]
    place.parent.mkdir(parents=True)
    copy(PACKAGE, place)
    monkeypatch.setattr("qualdata._example._HERE", tmp_path / "qualdata")
    found = qualdata.example()
    assert found == study
    assert {source.stored.store for source in found.sources} == {place}


@pytest.mark.parametrize("target", ["standard", "nvivo"])
def test_the_study_comes_back_from_a_project_but_for_what_is_said_to_be_lost(study: Study, target: str, tmp_path: Path) -> None:
    """No id is changed; all coded words come back, and each loss is one."""
    path = tmp_path / f"SYNTHETIC-{target}.qdpx"
    losses = write(study, path, target=target)
    back = read(path)
    assert [str(d) for d in differences(without(study, losses), back)] == []
    assert not [loss for loss in losses if any(name.endswith(".id") for name in loss.fields)]
    assert {s.coding.id: s.text for s in study.segments()} == {s.coding.id: s.text for s in back.segments()}
    assert value_at(study, "Study.title", study.id) == back.title


@pytest.mark.parametrize(
    ("words", "told"),
    [("never said", "'never said' stand no times"), ("the bird", "'the bird' stand 2 times"), ("a bird … a fish", "'a fish' do not come after 'a bird'")],
)
def test_words_that_cannot_be_placed_are_named_with_their_file(build: dict[str, Any], words: str, told: str) -> None:
    """Where they are to be found, and what is wrong with them."""
    with pytest.raises(build["Mistake"], match=re.escape(told)) as error:
        build["place"]("a bird saw the bird and the bird sang", words, "codings/SYNTHETIC-P07.toml, 3")
    assert "codings/SYNTHETIC-P07.toml, 3" in str(error.value)
