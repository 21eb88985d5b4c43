"""What each program's files look like, and that they are understood: read right, written right for every other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qualdata import Study, differences
from qualdata.model import AudioSource, Profile, TextSource
from qualdata.model.media import DERIVED
from qualdata.testing import without
from tests.alone import write
from tests.canonical import canonical
from tests.independent import CODE_POINTS, ONCE, UTF_16, Manner, as_pyrefiqda_reads, members, project, project_xml, quotes
from tests.loosely import read
from tests.official import project_schema
from tests.writing import ANN, BEN, BOM, CODES, QUOTES, SOURCE, TEXT, USERS, WRITERS, atlasti, escaped, guid, maxqda, nvivo_mac, nvivo_windows, pack, position, qc, qualcoder
from tests.writing import project as written

MANNERS = {"standard": CODE_POINTS, "nvivo": UTF_16, "nvivo-mac": UTF_16, "atlasti": ONCE, "maxqda": ONCE, "qualcoder": ONCE}
TARGETS = (*MANNERS, "as-read")


def coded(study: Any) -> list[tuple[str | None, ...]]:
    """Code, coder and words of each coding in the talk, newlines as LF."""
    return [(s.code and s.code.name, s.coder and s.coder.name, s.text and s.text.replace("\r\n", "\n")) for s in study.segments() if s.source.id.lower() == SOURCE]


def coded_as_others_read(path: Path, manner: Manner) -> list[tuple[str | None, ...]]:
    return [(q.code, q.coder, q.text and q.text.replace("\r\n", "\n")) for q in quotes(path, manner) if q.source != "Leaflet"]


def remarks(study: Study, rule: str) -> list[str]:
    assert study.reading is not None
    return [r.message for r in study.reading.remarks if r.rule == rule]


def project_of(path: Path) -> dict[str, bytes]:
    return {n: d for n, d in members(path).items() if not n.endswith(".qde")}


@pytest.fixture(params=WRITERS)
def writer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def file(writer: str, tmp_path: Path) -> Path:
    return WRITERS[writer][0](tmp_path / "small.qdpx")


# ---- all of them ----
def test_the_files_here_are_themselves_right(writer: str, file: Path) -> None:
    """They are valid, and another reader finds the expected words in them, told how the program counts."""
    project_schema().assertValid(project(file))
    assert tuple(coded_as_others_read(file, WRITERS[writer][1])) == QUOTES


def test_coded_words_are_right(file: Path) -> None:
    """Whoever wrote the file, under each code stand the words that it was laid on."""
    assert tuple(coded(read(file))) == QUOTES


@pytest.mark.parametrize("target", TARGETS)
def test_coded_words_are_right_in_what_is_written(writer: str, file: Path, target: str, tmp_path: Path) -> None:
    """For us and for another reader, for each program's files and each target."""
    path = tmp_path / "out.qdpx"
    write(read(file), path, target=target)
    assert tuple(coded(read(path))) == QUOTES
    assert tuple(coded_as_others_read(path, MANNERS.get(target, WRITERS[writer][1]))) == QUOTES


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_written_is_valid_and_read_alike_by_pyrefiqda(writer: str, file: Path, target: str, tmp_path: Path) -> None:
    """Codes and codings are those of the file; of two of one GUID, the second gets its own."""
    path = tmp_path / "out.qdpx"
    write(read(file), path, target=target)
    project_schema().assertValid(project(path))
    before, after = as_pyrefiqda_reads(file), as_pyrefiqda_reads(path)
    assert before["codes"] == after["codes"]
    assert [(code, coder) for _, code, coder, _ in before["codings"]] == [(code, coder) for _, code, coder, _ in after["codings"]]
    again = target != "as-read" and writer == "ATLAS.ti"  # the one coding that stands twice under one GUID
    assert sum(a != b for a, b in zip(before["codings"], after["codings"], strict=True)) == again


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_lost_unsaid(file: Path, target: str, tmp_path: Path) -> None:
    """What is read again is the study without what the losses name; and files of texts, pictures and recordings keep their bytes."""
    study = read(file)
    losses = write(study, tmp_path / "out.qdpx", target=target)
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "out.qdpx"))] == []
    kept = [Counter(d for n, d in project_of(p).items() if not n.endswith(("/", ".root")) and not d.endswith(DERIVED)) for p in (file, tmp_path / "out.qdpx")]
    assert kept[0] == kept[1]


def test_as_read_gives_the_file_back(file: Path, tmp_path: Path) -> None:
    """The same members in the same order, their bytes the same, the project canonically equal, and no loss."""
    assert write(read(file), tmp_path / "out.qdpx", target="as-read") == []
    assert list(members(file)) == list(members(tmp_path / "out.qdpx"))
    assert project_of(file) == project_of(tmp_path / "out.qdpx")
    assert canonical(project_xml(file)) == canonical(project_xml(tmp_path / "out.qdpx"))


def test_who_wrote_it_is_known(writer: str, file: Path) -> None:
    """The origin is kept as it was said, and nothing is remarked about how texts are counted."""
    study = read(file)
    assert study.reading is not None
    assert study.reading.origin is not None
    assert study.reading.origin.lower().startswith(writer.lower())
    assert study.reading.format == "qdpx"
    assert remarks(study, "exc-offset-unit") == []


# ---- each of them ----
def test_nvivo_for_windows_counts_utf_16_and_its_names_stay_empty(tmp_path: Path) -> None:
    """Empty names and empty descriptions are not the same as none, and stay; the folder's capital is remarked on."""
    study = read(nvivo_windows(tmp_path / "a.qdpx"))
    assert study.reading is not None
    assert study.reading.profile == Profile("utf-16")
    assert {e.name for e in study.sources[0].excerpts} == {""}
    assert {e.description for e in study.sources[0].excerpts} == {""}
    assert study.abstract == ""
    assert study.base_path == ""
    assert len(remarks(study, "refi-container-name")) == 1
    assert "Sources" in remarks(study, "refi-container-name")[0]


def test_the_mark_of_nvivo_is_no_part_of_the_text(tmp_path: Path) -> None:
    """The text begins with its first letter, line ends are as in the file."""
    source = read(nvivo_windows(tmp_path / "a.qdpx")).sources[0]
    assert isinstance(source, TextSource)
    assert source.text == TEXT.replace("\n", "\r\n")
    assert source.rich is not None
    assert source.rich.read() == b"PK placeholder of a docx"


def test_the_folder_marker_of_nvivo_for_mac_is_no_document(tmp_path: Path) -> None:
    """`sources/.root` says nothing: no remark, no document; as-read writes it back, stored as all the rest."""
    study = read(nvivo_mac(tmp_path / "a.qdpx"))
    assert study.reading is not None
    assert study.documents == []
    assert study.reading.remarks == []
    assert [c.initials for c in study.contributors] == ["A", "B"]


@pytest.mark.parametrize(("target", "folder", "others"), [("nvivo", "Sources", []), ("nvivo-mac", "sources", ["sources/.root"]), ("standard", "sources", [])])
def test_files_stand_where_the_target_has_them(target: str, folder: str, others: list[str], file: Path, tmp_path: Path) -> None:
    """NVivo for Windows has `Sources/`, for Mac `sources/` and an empty `.root`; the project is `project.qde` everywhere."""
    write(read(file), tmp_path / "out.qdpx", target=target)
    names = [n for n in members(tmp_path / "out.qdpx") if not n.endswith("/")]
    assert names.count("project.qde") == 1
    assert {n.partition("/")[0] for n in names if "/" in n} == {folder}
    assert [n for n in names if n.endswith(".root")] == others


def test_new_texts_for_nvivo_for_windows_begin_with_a_mark(tmp_path: Path) -> None:
    """It writes and expects one; NVivo for Mac and the standard do not."""
    for target, mark in (("nvivo", BOM), ("nvivo-mac", b""), ("standard", b"")):
        study = Study(title="new")
        study.add(TextSource(name="t", text="😀 moved")).excerpt(2, 7)
        write(study, tmp_path / "out.qdpx", target=target)
        [text] = [d for n, d in members(tmp_path / "out.qdpx").items() if n.endswith(".txt")]
        assert text == mark + "😀 moved".encode()
        selection = project(tmp_path / "out.qdpx").find(".//{*}PlainTextSelection")
        assert selection is not None
        expected = ("2", "7") if target == "standard" else ("3", "8")
        assert (selection.get("startPosition"), selection.get("endPosition")) == expected


def test_atlasti_counts_a_line_end_once(tmp_path: Path) -> None:
    """CR LF in the file, one in the count; the study's positions are into the text as it stands in the file."""
    study = read(atlasti(tmp_path / "a.qdpx"))
    assert study.reading is not None
    assert study.reading.profile == Profile(newline="once")
    source = study[SOURCE]
    last = source.excerpts[-1]
    assert source.text[last.span.start : last.span.end] == "\U0001d4a9ot\r\nbad, cafe\u0301"


def test_cut_names_of_atlasti_quote_their_place(tmp_path: Path) -> None:
    """Names that end with `…` are no reason to doubt the way of counting, and stay as they are."""
    study = read(atlasti(tmp_path / "a.qdpx"))
    assert [e.name for e in study[SOURCE].excerpts] == ["😀", "Café 👩\u200d👩…", "𝒩ot bad,…"]
    assert remarks(study, "exc-offset-unit") == []


def test_recordings_of_atlasti_lie_beside_the_project(tmp_path: Path) -> None:
    """`relative:///` files are missing, and said so, until the folder is given; the transcript shares its file with a text."""
    path = atlasti(tmp_path / "a.qdpx")
    assert [m for m in remarks(read(path), "refi-source-missing") if "talk.m4a" in m]
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "talk.m4a").write_bytes(b"sound")
    study = read(path, sources=tmp_path / "media")
    assert remarks(study, "refi-source-missing") == []
    audio = next(s for s in study.sources if isinstance(s, AudioSource))
    assert audio.media is not None
    assert audio.media.read() == b"sound"
    [segment] = [s for s in study.segments() if s.source is audio]
    assert (segment.start, segment.end) == (0, 16170)
    assert segment.text == "I: How is it? 😀\r\n"


@pytest.mark.parametrize("target", ["standard", "nvivo", "nvivo-mac"])
def test_positions_of_sync_points_are_counted_as_the_target_counts(target: str, tmp_path: Path) -> None:
    """The second stands after the first line: 17 characters, CR LF counted as two, and one more where emoji count two."""
    write(read(atlasti(tmp_path / "a.qdpx")), tmp_path / "b.qdpx", target=target)
    points = [p.get("position") for p in project(tmp_path / "b.qdpx").iter("{*}SyncPoint")]
    assert points == ["0", str(position(TEXT.replace("\n", "\r\n"), 17, MANNERS[target]))]
    assert points[1] == {"standard": "17", "nvivo": "18", "nvivo-mac": "18"}[target]


def test_a_selection_without_coding_of_maxqda_is_a_comment(tmp_path: Path) -> None:
    """It is an excerpt with a description, no segment; its unnamed case knows its source."""
    study = read(maxqda(tmp_path / "a.qdpx"))
    comment = study[guid(70)]
    assert comment.codings == []
    assert comment.description == "really?"
    assert study.sources[0].text[comment.span.start : comment.span.end] == "fine"
    assert len(study.segments()) == 3
    assert study.cases[0].name is None
    assert all(s.cases == (study.cases[0],) for s in study.segments())
    assert study.codes[0].colour == "#ff8800"


def test_odd_things_of_qualcoder_are_kept(tmp_path: Path) -> None:
    """A project by no one, a value that is none: kept; a note whose mark lies in the text that refers to it is on an excerpt of that text."""
    study = read(qualcoder(tmp_path / "a.qdpx"))
    assert study.created_by == guid(99)
    assert study.get(guid(99)) is None
    assert [v.value for v in study.cases[0].values] == [None]
    assert study.variables[0].description == ""
    assert study.sources[0].memos == [study.memos[0].id]
    assert remarks(study, "exc-range-invalid") == []
    *quoted, annotated = study.sources[0].excerpts
    assert [e.name for e in quoted] == [q[2] for q in QUOTES]
    assert (annotated.span.start, annotated.span.end, annotated.memos) == (64, 69, [study.memos[0].id])


def test_bare_names_of_qc_are_files_of_the_project(tmp_path: Path) -> None:
    """Taken as if `internal://` stood before them, and said."""
    study = read(qc(tmp_path / "a.qdpx"))
    assert study.sources[0].name is None
    assert study.sources[0].text == TEXT
    assert len(remarks(study, "refi-source-path")) == 1
    assert remarks(study, "refi-source-missing") == []


# ---- programs that are not known ----
def unknown(path: Path, names: int, manner: Manner, origin: str | None = "Web Coder 1") -> Path:
    """A text of many lines, each with an emoji, and a name that quotes for each."""
    text = "".join(f"😀 line number {i} ends\n" for i in range(60))
    found = [m.span() for m in re.finditer(r"number \d+ ends", text)][:names]
    marked = "".join(
        f'<PlainTextSelection guid="{guid(1000 + i)}" name="{escaped(text[a:b])}" startPosition="{position(text, a, manner)}" endPosition="{position(text, b, manner)}"/>'
        for i, (a, b) in enumerate(found)
    )
    source = f'<TextSource guid="{SOURCE}" name="t" plainTextPath="internal://t.txt">{marked}</TextSource>'
    return pack(path, written(USERS, CODES, f"<Sources>{source}</Sources>", origin=origin), {"sources/t.txt": text.encode()})


@pytest.mark.parametrize("origin", ["Web Coder 1", None, "QualCoder 9"])
def test_names_that_quote_show_how_a_program_counts(origin: str | None, tmp_path: Path) -> None:
    """25 of 25 names quote the text as UTF-16, as code points hardly one: that outweighs what is known of the program, and is said."""
    study = read(unknown(tmp_path / "a.qdpx", 25, UTF_16, origin))
    assert study.reading is not None
    assert study.reading.profile.unit == "utf-16"
    assert any("UTF-16" in m for m in remarks(study, "exc-offset-unit"))
    source = study.sources[0]
    assert [source.text[e.span.start : e.span.end] for e in source.excerpts] == [e.name for e in source.excerpts]
    write(study, tmp_path / "b.qdpx", target="as-read")
    assert canonical(project_xml(tmp_path / "a.qdpx")) == canonical(project_xml(tmp_path / "b.qdpx"))


def test_utf_8_bytes_are_told_from_utf_16(tmp_path: Path) -> None:
    """The same with names that fit bytes only."""
    study = read(unknown(tmp_path / "a.qdpx", 25, Manner("utf-8")))
    assert study.reading is not None
    assert study.reading.profile.unit == "utf-8"
    assert study.sources[0].text[study.sources[0].excerpts[9].span.slice] == "number 9 ends"


def test_few_names_show_nothing(tmp_path: Path) -> None:
    """19 are too few: positions are taken as code points, and it is said that this is not known."""
    study = read(unknown(tmp_path / "a.qdpx", 19, UTF_16))
    assert study.reading is not None
    assert study.reading.profile == Profile()
    assert len(remarks(study, "exc-offset-unit")) == 1


def test_names_that_fit_change_nothing(tmp_path: Path) -> None:
    """Where code points fit, they stay, and no other way is spoken of."""
    study = read(unknown(tmp_path / "a.qdpx", 60, CODE_POINTS))
    assert study.reading is not None
    assert study.reading.profile == Profile()
    assert not any("UTF-16" in m for m in remarks(study, "exc-offset-unit"))


def test_names_that_are_labels_show_nothing(tmp_path: Path) -> None:
    """A program that is known stays known when no name quotes anything."""
    path = unknown(tmp_path / "a.qdpx", 40, UTF_16, "NVivo for Windows 14")
    qde = re.sub(r'name="number \d+ ends"', 'name="a label"', project_xml(path).decode())
    study = read(pack(tmp_path / "b.qdpx", qde, {n: d for n, d in members(path).items() if n.endswith(".txt")}))
    assert study.reading is not None
    assert study.reading.profile == Profile("utf-16")


@pytest.mark.parametrize("target", ["standard", "nvivo", "nvivo-mac"])
def test_what_we_write_says_how_it_counts(target: str, tmp_path: Path) -> None:
    """Its origin names program and target, and is all that is needed to read it right, without one name that quotes."""
    study = Study(title="x")
    source = study.add(TextSource(name="t", text="😀😀 words here"))
    excerpt = source.excerpt(source.find("words"))
    write(study, tmp_path / "a.qdpx", target=target)
    assert re.fullmatch(rf"qualdata \S+ \({target}\)", project(tmp_path / "a.qdpx").get("origin", ""))
    back = read(tmp_path / "a.qdpx")
    assert back.sources[0].excerpts[0].span == excerpt.span
    assert back.reading is not None
    assert [r for r in back.reading.remarks if r.rule != "refi-container-name"] == []


def test_people_are_found_by_their_ids(tmp_path: Path) -> None:
    """Whatever the case and braces of a reference."""
    study = read(nvivo_windows(tmp_path / "a.qdpx"))
    assert study[f"{{{ANN.upper()}}}"].name == "Ann"
    assert study[BEN.upper()].name == "Ben"
