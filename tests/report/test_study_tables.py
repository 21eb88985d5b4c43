"""The tables of the example study, each worked out a second time from its study.json by the standard library."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
import python_calamine

import qualdata
from qualdata import AudioSource, Case, Code, Excerpt, Interview, PictureSource, Study, SyncPoint, TextSource, TextSpan, Transcript, TranscriptSpan, Value, Variable
from qualdata.model import Memo
from qualdata.report import Table, write_table
from qualdata.report.codebook import codebook_table
from qualdata.report.datalist import datalist_table
from qualdata.report.delimited import write_lines
from qualdata.report.segments import segment_table
from tests.report import plain


@pytest.fixture(scope="module")
def example() -> Study:
    """The example study."""
    return qualdata.example()


def rows(table: Table) -> list[dict[str, str]]:
    """The rows of a table as its CSV file has them, by the csv module."""
    out = io.StringIO(newline="")
    write_lines(table, out, exact=True)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), strict=True))


# ---- segments ----
def segments_as_said() -> list[dict[str, str]]:
    cases, codes, people = plain.by_id("cases"), plain.by_id("codes"), plain.by_id("contributors")
    return [
        {
            "source": c["source"]["name"], "interview": c["interview"]["name"], "case": "; ".join(cases[id]["name"] for id in c["cases"]),
            "speakers": "; ".join(c["labels"]), "code": codes[c["coding"]["code"]]["name"], "code_path": " > ".join(plain.path(c["coding"]["code"])),
            "coder": people[c["coding"]["coder"]]["name"], "start": str(c["start"]), "end": str(c["end"]), "text": c["text"],
            "created": c["coding"].get("created", ""), "round": c["coding"].get("round", ""), "status": c["coding"].get("status", ""), "weight": "",
            "coding_id": c["coding"]["id"], "excerpt_id": c["excerpt"]["id"], "source_id": c["source"]["id"],
        }
        for c in plain.codings()
    ]  # fmt: skip


def test_segments_are_what_the_file_says(example: Study) -> None:
    """All of them, each cell."""
    found = rows(segment_table(example.segments()))
    assert len(found) > 800
    assert found == segments_as_said()


def test_attributes_are_those_of_the_cases(example: Study) -> None:
    """After all other columns, in the order of the variables, by name."""
    table = segment_table(example.segments(), attributes=True)
    names = [variable["name"] for variable in plain.study()["variables"]]
    assert table.head[-len(names) :] == tuple(names)
    for row, coding in zip(rows(table), plain.codings(), strict=True):
        (case,) = coding["cases"]
        assert {name: row[name] for name in names} == {name: plain.values(case).get(name, "") for name in names}


def words_before(text: str, start: int, most: int) -> str:
    """What stands before a place, its first word dropped if it is cut and another follows."""
    window = text[max(0, start - most) : start]
    if start <= most or text[start - most - 1].isspace() or not any(c.isspace() for c in window):
        return window
    return window[next(n for n, c in enumerate(window) if c.isspace()) + 1 :]


@pytest.mark.parametrize("most", [1, 20, 500])
def test_context_is_what_stands_around(example: Study, most: int) -> None:
    """Right before and after, no more characters than asked for, and words whole."""
    for row, coding in zip(rows(segment_table(example.segments(), context=most)), plain.codings(), strict=True):
        text, start, end = coding["source"]["words"], coding["start"], coding["end"]
        assert row["before"] == words_before(text, start, most)
        assert row["after"] == words_before(text[::-1], len(text) - end, most)[::-1]


def test_the_parts_of_a_passage_with_context_stand_in_their_order(example: Study) -> None:
    """Before, text, after, side by side."""
    head = segment_table(example.segments(), context=9).head
    assert head[head.index("before") :][:3] == ("before", "text", "after")


def test_a_text_without_white_space_is_cut_where_it_must_be() -> None:
    """As Chinese; so many characters then."""
    source = TextSource(text="一二三四五六七八九")
    study = Study(sources=[source], codes=[Code(id="c", name="c")])
    source.excerpt(4, 5).apply("c")
    (row,) = rows(segment_table(study.segments(), context=2))
    assert (row["before"], row["text"], row["after"]) == ("三四", "五", "六七")


def test_context_of_a_transcript_is_that_of_the_transcript() -> None:
    """Positions there are those of sync points; a coding on a whole source has nothing around it."""
    points = [SyncPoint(id="a", time=0, position=4), SyncPoint(id="b", time=900, position=7)]
    excerpt = Excerpt(span=TranscriptSpan("a", "b"))
    audio = AudioSource(transcripts=[Transcript(text="one two three", sync_points=points, excerpts=[excerpt])])
    study = Study(sources=[audio], codes=[Code(id="c", name="c")])
    excerpt.apply("c")
    audio.codings.append(qualdata.Coding(code="c"))
    whole, row = rows(segment_table(study.segments(), context=50))
    assert (row["before"], row["text"], row["after"], row["start"]) == ("one ", "two", " three", "0")
    assert (whole["before"], whole["text"], whole["after"]) == ("", "", "")


def test_values_of_several_cases_are_joined_and_others_come_from_the_interview_or_the_source() -> None:
    """By hand: in the order of the cases, with a gap for one that has none; a variable that has the name of a column gets a number."""
    source = TextSource(id="s", text="words", values=[Value(variable="place", value="home"), Value(variable="mood", value="calm")])
    names = {"age": "Age", "place": "Place", "mood": "text", "none": "Unused"}
    study = Study(
        sources=[source], codes=[Code(id="c", name="c")], variables=[Variable(id=id, name=name) for id, name in names.items()],
        cases=[Case(name="A", sources=["s"], values=[Value(variable="AGE", value="41")]), Case(name="B", sources=["s"])],
        interviews=[Interview(sources=["s"], values=[Value(variable="place", value="office")])],
    )  # fmt: skip
    source.excerpt(0, 5).apply("c")
    table = segment_table(study.segments(), attributes=True)
    assert table.head[-3:] == ("Age", "Place", "text (2)")
    (row,) = rows(table)
    assert (row["case"], row["Age"], row["Place"], row["text (2)"]) == ("A; B", "41; ", "office", "calm")


def test_numbers_are_numbers_only_as_they_are_written(tmp_path: Path) -> None:
    """`41` of an Integer is one in a workbook and in JSON; `007` and `1.50` would change, so they stay texts."""
    source = TextSource(id="s", text="words")
    kinds: dict[str, Any] = {"i": ("Integer", "41"), "z": ("Integer", "007"), "f": ("Float", "1.5"), "g": ("Float", "1.50"), "t": ("Text", "41"), "x": ("Float", "nan?")}
    values = [Value(variable=id, type=type, value=value) for id, (type, value) in kinds.items()]
    study = Study(sources=[source], codes=[Code(id="c", name="c")], variables=[Variable(id=id, name=id) for id in kinds], cases=[Case(sources=["s"], values=values)])
    source.excerpt(0, 5).apply("c")
    write_table(segment_table(study.segments(), attributes=True), tmp_path / "s.json")
    (row,) = json.loads((tmp_path / "s.json").read_bytes())
    assert {id: row[id] for id in kinds} == {"i": 41, "z": "007", "f": 1.5, "g": "1.50", "t": "41", "x": "nan?"}


def test_segments_for_people_have_no_ids(example: Study, tmp_path: Path) -> None:
    """In a Word document: the columns in which something stands, with words as heads, and every passage."""
    write_table(segment_table(example.segments(case=example.cases[0]), for_people=True), tmp_path / "s.docx")
    head, *found = [[cell.text for cell in row.cells] for row in docx.Document(str(tmp_path / "s.docx")).tables[0].rows]
    assert head == ["Case", "Source", "Code path", "Coder", "Status", "Text"]
    first = plain.study()["cases"][0]["id"]
    assert [row[-1] for row in found] == [c["text"] for c in plain.codings() if first in c["cases"]]


# ---- the codebook ----
def that_count() -> list[dict[str, Any]]:
    """Of a source that any coding was agreed in, the agreed ones; else those not rejected, nor on the place of a rejected one."""
    agreed = {c["source"]["id"] for c in plain.codings() if c["coding"].get("status") == "agreed"}
    rejected = {(c["source"]["id"], c["start"], c["end"], c["coding"]["code"]) for c in plain.codings() if c["coding"].get("status") == "rejected"}
    return [
        c for c in plain.codings()
        if c["coding"].get("status") == "agreed"
        or (c["source"]["id"] not in agreed and (c["source"]["id"], c["start"], c["end"], c["coding"]["code"]) not in rejected)
    ]  # fmt: skip


def counts_as_said(codes: set[str]) -> list[int]:
    laid = [c for c in that_count() if c["coding"]["code"] in codes]
    places = {(c["source"]["id"], c["start"], c["end"]) for c in laid}
    return [len(laid), len(places), len({case for c in laid for case in c["cases"]}), len({c["source"]["id"] for c in laid})]


def test_counts_are_those_of_the_file(example: Study) -> None:
    """Codings, places, cases and sources of each code, alone and with those under it; of the codings that count."""
    found = rows(codebook_table(example, counts=True, with_subcodes=True))
    assert [row["id"] for row in found] == [code.id for code in example.codes_in_order]
    assert sum(c["coding"].get("status") == "rejected" for c in plain.codings()) > 50
    for row in found:
        numbers = [int(row[name]) for name in ("codings", "passages", "cases", "sources")]
        below = [int(row[f"{name}_with_subcodes"]) for name in ("codings", "passages", "cases", "sources")]
        assert numbers == counts_as_said({row["id"]}), row["code"]
        assert below == counts_as_said(plain.under(row["id"])), row["code"]


def test_the_codebook_says_what_the_file_says(example: Study) -> None:
    """Meanings word for word, paths, and the code above by its name, as no two have one."""
    said = plain.by_id("codes")
    assert max(Counter(code["name"].casefold() for code in said.values()).values()) == 1
    for row in rows(codebook_table(example)):
        code = said[row["id"]]
        assert {name: row[name] for name in ("description", "include", "exclude", "example", "colour", "origin")} == {
            name: code.get(name, "") for name in ("description", "include", "exclude", "example", "colour", "origin")
        }
        assert (row["code"], row["path"]) == (code["name"], " > ".join(plain.path(row["id"])))
        assert row["parent"] == (said[code["parent"]]["name"] if "parent" in code else "")
        assert (row["codable"], row["in_vivo"], row["status"]) == (
            "no" if code.get("codable") is False else "yes", "yes" if code.get("in_vivo") else "no", code.get("status", "active"),
        )  # fmt: skip


def test_extracts_are_word_for_word_and_from_as_many_cases_as_there_are(example: Study) -> None:
    """The first of each case in the order of the data, then the second; no place twice, nothing that does not count."""
    cases = plain.by_id("cases")
    for row in rows(codebook_table(example, examples=3)):
        by_case: dict[str, list[str]] = {}
        places = set()
        for c in that_count():
            place = (c["source"]["id"], c["start"], c["end"])
            if c["coding"]["code"] == row["id"] and place not in places:
                places.add(place)
                name = cases[c["cases"][0]]["name"]
                by_case.setdefault(name, []).append(f"“{c['text']}” ({name}, {c['start']}–{c['end']})")
        depth = max(map(len, by_case.values()), default=0)
        in_turn = [told[n] for n in range(depth) for told in by_case.values() if n < len(told)]
        assert row["extracts"] == "\n".join(in_turn[:3])


def test_a_codebook_for_people_is_indented(example: Study, tmp_path: Path) -> None:
    """In a Word document, by the depth of the code; without ids, and without columns in which nothing stands."""
    write_table(codebook_table(example, counts=True, for_people=True), tmp_path / "c.docx")
    head, *found = docx.Document(str(tmp_path / "c.docx")).tables[0].rows
    assert [cell.text for cell in head.cells] == ["Code", "Description", "Include", "Exclude", "Example", "Codings", "Passages", "Cases", "Sources"]
    names = {code["name"]: len(plain.path(code["id"])) - 1 for code in plain.study()["codes"]}
    steps = {row.cells[0].text: row.cells[0].paragraphs[0].paragraph_format.left_indent or 0 for row in found}
    assert steps.keys() == names.keys()
    assert all((steps[name] > 0) == (depth > 0) for name, depth in names.items())


def test_places_in_two_texts_of_one_source_are_two() -> None:
    """Two transcripts of one recording, the same positions; and two excerpts on one place are one."""
    transcripts = [Transcript(text="one two", excerpts=[Excerpt(span=TranscriptSpan()), Excerpt(span=TranscriptSpan())]) for _ in range(2)]
    study = Study(sources=[AudioSource(transcripts=transcripts)], codes=[Code(id="c", name="c")])
    for transcript in transcripts:
        for excerpt in transcript.excerpts:
            excerpt.apply("C")
    (row,) = rows(codebook_table(study, counts=True))
    assert (row["codings"], row["passages"], row["cases"], row["sources"]) == ("4", "2", "0", "1")


# ---- the data list ----
def test_the_data_list_is_what_the_file_says(example: Study) -> None:
    """A row for each interview, each cell; minutes and words are counted here."""
    cases = plain.by_id("cases")
    found = rows(datalist_table(example))
    assert len(found) == 18
    for row, interview in zip(found, plain.study()["interviews"], strict=True):
        (source,) = (s for s in plain.study()["sources"] if s["id"] in interview["sources"])
        places = {(c["start"], c["end"]) for c in that_count() if c["source"] is source}
        (case,) = interview["cases"]
        assert row == {
            "interview": interview["name"], "source": source["name"], "cases": cases[case]["name"], "kind": "individual", "mode": interview["mode"],
            "wave": "", "date": interview["date"], "minutes": str(interview["duration"] // 60_000), "language": source["language"], "type": "text source",
            "words": str(len(source["words"].split())), "coded_passages": str(len(places)), "access": source["access"], "file": source["stored"].split("/")[1],
            "interview_id": interview["id"], "source_id": source["id"], **plain.values(case),
        }  # fmt: skip


def test_nothing_is_left_out_of_the_data_list() -> None:
    """An interview without a source, one with two, a source of none; unknown references are passed over; words are those of transcripts, not of memos."""
    study = Study(
        access="restricted",
        sources=[
            TextSource(id="t", name="T", text="one two", access="open"),
            AudioSource(id="a", name="A", path="internal://x/a.mp3", transcripts=[Transcript(text="three four five")]),
            PictureSource(id="p", excerpts=[]),
        ],
        cases=[Case(id="k", name="K", sources=["A"]), Case(id="l", name="L")],
        interviews=[Interview(id="i", name="I", cases=["L", "who"], sources=["T", "a", "gone"], duration=89_000), Interview(id="j", kind="diary")],
        memos=[Memo(text="not data")],
    )
    study.sources[0].excerpt(TextSpan(0, 3))
    found = [{name: cell for name, cell in row.items() if cell} for row in rows(datalist_table(study))]
    event = {"interview": "I", "kind": "individual", "minutes": "1", "interview_id": "i"}
    assert found == [
        {**event, "source": "T", "cases": "L", "type": "text source", "words": "2", "coded_passages": "0", "access": "open", "source_id": "t"},
        {**event, "source": "A", "cases": "L; K", "type": "audio source", "words": "3", "coded_passages": "0", "access": "restricted", "file": "a.mp3", "source_id": "a"},
        {"interview": "j", "kind": "diary", "interview_id": "j"},
        {"source": "p", "type": "picture source", "coded_passages": "0", "access": "restricted", "source_id": "p"},
    ]


def test_a_workbook_of_each_table_has_the_same_cells(example: Study, tmp_path: Path) -> None:
    """As the CSV file: by calamine."""
    for make in (codebook_table, datalist_table, lambda study: segment_table(study.segments())):
        write_table(make(example), tmp_path / "t.xlsx")
        head, *found = python_calamine.load_workbook(tmp_path / "t.xlsx").get_sheet_by_index(0).to_python()
        told = [[str(int(cell)) if isinstance(cell, float) else cell for cell in row] for row in found]
        assert told == [[row[name] for name in head] for row in rows(make(example))]
