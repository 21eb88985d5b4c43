"""Real files: what is read of them is what is in them, and what is written of them is right to others too."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from qualdata import Loss, differences
from qualdata.model import AudioSource, Coding, PdfSource, PictureSource, TextSource, VideoSource, walk
from qualdata.model.media import DERIVED
from qualdata.model.references import parts
from qualdata.testing import without
from tests.alone import write
from tests.canonical import canonical
from tests.independent import CODE_POINTS, ONCE, UTF_16, Manner, as_pyrefiqda_reads, members, project, project_xml, quotes, within_words
from tests.loosely import read
from tests.official import project_schema

pytestmark = pytest.mark.samples

NVIVO = "nvivo-win-12.6-scrubbed.qdpx"
STRESS = "qualilab-stress.qdpx"
MISSING = "atlasti-8.4-sources-missing.qdpx"
BARE = "atlasti-8.4-standard-project.qde"
QUALCODER, QUALCODER_CRLF = "qualcoder-neutral.qdpx", "qualcoder-neutral-crlf.qdpx"
VALID = (NVIVO, BARE, MISSING, QUALCODER, QUALCODER_CRLF)
ALL = (*VALID, STRESS)
MANNERS = {"standard": CODE_POINTS, "nvivo": UTF_16, "nvivo-mac": UTF_16, "atlasti": ONCE, "maxqda": ONCE, "qualcoder": ONCE}
TARGETS = (*MANNERS, "as-read")
TWINS = ("95916796-D0A0-4B49-80B0-5A5C8B94AE13", "27A5F0C2-E225-4D6A-8297-F4FEC794D890")
"""The quotations of a PDF that stand twice in the project of ATLAS.ti."""
OWN = {NVIVO: UTF_16, QUALCODER: ONCE, QUALCODER_CRLF: ONCE, STRESS: CODE_POINTS, BARE: ONCE, MISSING: ONCE}


class Counts(NamedTuple):
    """What a file holds."""

    texts: int = 0
    pictures: int = 0
    pdfs: int = 0
    audio: int = 0
    video: int = 0
    transcripts: int = 0
    sync_points: int = 0
    codes: int = 0
    codings: int = 0
    users: int = 0
    notes: int = 0
    links: int = 0
    sets: int = 0
    graphs: int = 0
    cases: int = 0
    variables: int = 0
    values: int = 0


ATLASTI = Counts(texts=6, pictures=1, pdfs=2, audio=1, video=2, transcripts=3, sync_points=13, codes=14, codings=16, users=3, notes=2, links=1, sets=16, graphs=1)
NEUTRAL = Counts(texts=2, codes=6, codings=7, users=2, notes=2, cases=2, variables=3, values=4)
COUNTS = {
    NVIVO: Counts(texts=1, codes=60, codings=97, users=2),
    BARE: ATLASTI,
    MISSING: ATLASTI,
    QUALCODER: NEUTRAL,
    QUALCODER_CRLF: NEUTRAL,
    STRESS: Counts(texts=16, codes=90, codings=2332, users=7, cases=16, variables=12, values=192),
}


def counts(study: Any) -> Counts:
    things = list(walk(study))
    kinds = Counter(type(s) for s in study.sources)
    lists = (study.contributors, study.memos, study.links, study.sets, study.graphs, study.cases, study.variables)
    return Counts._make(
        [
            *(kinds[cls] for cls in (TextSource, PictureSource, PdfSource, AudioSource, VideoSource)),
            sum(len(getattr(t, "transcripts", ())) for t in things),
            sum(len(getattr(t, "sync_points", ())) for t in things),
            len(study.codes),
            sum(isinstance(t, Coding) for t in things),
            *map(len, lists),
            sum(len(getattr(t, "values", ())) for t in things),
        ]
    )


def coded(study: Any) -> Counter[tuple[str | None, ...]]:
    """Code, coder, source and words of each coding."""
    return Counter((s.code and s.code.name, s.coder and s.coder.name, s.source.name, s.text) for s in study.segments() if s.text is not None)


def coded_as_others_read(path: Path, manner: Manner) -> Counter[tuple[str | None, ...]]:
    return Counter((q.code, q.coder, q.source, q.text) for q in quotes(path, manner) if q.text is not None)


def one_newline(found: Counter[tuple[str | None, ...]]) -> Counter[tuple[str | None, ...]]:
    """The same, CR LF made LF."""
    return Counter({tuple(part and part.replace("\r\n", "\n") for part in row): n for row, n in found.items()})


class Files:
    """The samples, what they are read as, and what is written of them, each made once."""

    def __init__(self, samples: Path, folder: Path) -> None:
        self.samples, self.folder = samples, folder
        self.studies: dict[str, Any] = {}
        self.losses: dict[tuple[str, str], list[Loss]] = {}

    def read(self, name: str) -> Any:
        if name not in self.studies:
            self.studies[name] = read(self.samples / name)
        return self.studies[name]

    def write(self, name: str, target: str) -> Path:
        """The sample, written in its own format for a target."""
        path = self.folder / f"{target}-{name}"
        if (name, target) not in self.losses:
            self.losses[name, target] = write(self.read(name), path, target=target)
        return path


@pytest.fixture(scope="module")
def files(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return Files(samples, tmp_path_factory.mktemp("written"))


# ---- reading ----
@pytest.mark.parametrize("name", ALL)
def test_a_file_holds_what_is_known_of_it(name: str, files: Files) -> None:
    """The counts of FACTS.md, none more and none less."""
    assert counts(files.read(name)) == COUNTS[name]


def test_nvivo_writes_one_selection_for_each_coding(files: Files) -> None:
    """97 codings, in as many selections, lie on 20 passages; codes stand three deep."""
    study = files.read(NVIVO)
    assert len(study.sources[0].excerpts) == 97
    assert study.segments().passages == 20
    assert max(depth for _, depth in study.code_tree.walk()) == 3
    assert study.sources[0].text is not None
    assert sum(c > "\uffff" for c in study.sources[0].text) == 894


@pytest.mark.parametrize("name", [NVIVO, QUALCODER, QUALCODER_CRLF, STRESS])
def test_every_coded_text_is_the_one_that_another_reader_cuts_out(name: str, files: Files) -> None:
    """What stands under each code is what is in the bytes at the place the file names, counted as its writer counts."""
    ours, theirs = coded(files.read(name)), coded_as_others_read(files.samples / name, OWN[name])
    assert ours.total() == COUNTS[name].codings
    assert one_newline(ours) == one_newline(theirs)


def test_codings_of_nvivo_begin_and_end_between_words(files: Files) -> None:
    """All 97: by the bytes of the file, and in the study."""
    assert within_words(files.samples / NVIVO, UTF_16) == 0
    study = files.read(NVIVO)
    text = study.sources[0].text or ""
    ends = [p for s in study.segments() for p in (s.start, s.end)]
    assert len(ends) == 2 * 97
    assert [p for p in ends if p is None or re.match(r"\w\w", text[max(p - 1, 0) : p + 1] if p else "")] == []


def test_a_name_that_quotes_is_the_beginning_of_the_text(files: Files) -> None:
    """In the stress file all 2332 names are the first 80 characters of the passage, 76 of them once white space is folded."""
    rows = [(s.text or "", s.excerpt.name or "") for s in files.read(STRESS).segments() if s.excerpt]
    assert sum(text[:80] == name for text, name in rows) == 2332 - 76
    assert sum(" ".join(text.split()).startswith(" ".join(name.split())) for text, name in rows) == 2332


def test_the_file_without_sources_names_all_that_is_missing(files: Files) -> None:
    """17 files of the project and 3 beside it."""
    remarks = [r.message for r in files.read(MISSING).reading.remarks if r.rule == "refi-source-missing"]
    wanted = {v for e in project(files.samples / MISSING).iter() for k, v in e.attrib.items() if k in ("plainTextPath", "richTextPath", "path")}
    assert len(remarks) == len(wanted) == 20
    assert sum("internal://" in r for r in remarks) == 17
    assert sum("relative:///" in r for r in remarks) == 3
    for path in wanted:
        assert sum(path in r for r in remarks) == 1


def test_the_invalid_file_is_read_with_each_misordering_said(files: Files) -> None:
    """16 cases have their values after their sources; nothing else of the structure is odd."""
    remarks = [r for r in files.read(STRESS).reading.remarks if r.rule == "refi-structure-invalid"]
    assert len(remarks) == 16
    assert all("VariableValue" in r.message and r.line for r in remarks)
    assert len({r.id for r in remarks}) == 16


def test_one_project_in_four_forms_has_the_same_codes(files: Files) -> None:
    """QualCoder's own database and its codebook, read here by hand, and its two exports of the project have one code tree."""
    tree = [("uncategorised <x>", None), ("Feelings", None), ("worry & care", "Feelings"), ("Positive", "Feelings"), ("joy", "Positive"), ("sub-joy", "joy")]
    for name in (QUALCODER, QUALCODER_CRLF):
        study = files.read(name)
        assert [(c.name, c.parent and study[c.parent].name) for c, _ in study.code_tree.walk()] == tree
        assert [c.name for c in study.codes if not c.codable] == ["Feelings", "Positive"]
    book = etree.parse(str(files.samples / "qualcoder-neutral.qdc"))
    assert [(c.get("name"), next(c.iterancestors()).get("name")) for c in book.iter("{*}Code")] == tree
    with closing(sqlite3.connect(f"file:{files.samples}/qualcoder-neutral.qda/data.qda?mode=ro&immutable=1", uri=True)) as store:
        cats = dict(store.execute("select catid, name from code_cat"))
        codes = dict(store.execute("select cid, name from code_name"))
        rows = [(name, cats.get(above)) for name, above in store.execute("select name, supercatid from code_cat")]
        rows += [(name, codes.get(code) or cats.get(cat)) for name, cat, code in store.execute("select name, catid, supercid from code_name")]
    assert Counter(rows) == Counter(tree)


def test_line_ends_change_no_coding(files: Files) -> None:
    """QualCoder's exports with LF and with CR LF have the same codes, coders and words; only their ids differ."""
    lf, crlf = files.read(QUALCODER), files.read(QUALCODER_CRLF)
    assert coded(lf) == one_newline(coded(crlf))
    assert any("\r\n" in s.text for s in crlf.segments() if s.text)
    looks = [[(c.name, c.description, c.colour) for c in s.codes] for s in (lf, crlf)]
    assert looks[0] == looks[1]


def test_what_atlasti_writes_twice_counts_once(files: Files) -> None:
    """16 codings in the file; two stand again in the text of the PDF, one again on the next page: 13, on 10 passages. Those in the text are shown."""
    study = files.read(BARE)
    pdf = study["2065D8AB-D724-40C9-B4E9-6EB8DAB73541"]
    assert (len(study.segments()), len(list(study.segments())), study.segments().passages) == (13, 13, 10)
    assert [(e.id, e.same_as) for e in pdf.representation.excerpts] == [(f"{id}#2", id) for id in TWINS]
    assert [e.same_as for e in pdf.excerpts] == [None, TWINS[0], None, None]
    rows = [(s.excerpt.id, s.start, s.end) for s in study.segments() if s.source is pdf]
    assert rows == [("7C046D16-1B6D-4814-A260-3A7BD5FC6A51", None, None), (f"{TWINS[0]}#2", 297, 498), (f"{TWINS[1]}#2", 62, 69)]


def test_nothing_of_the_standard_project_is_foreign(files: Files) -> None:
    """What ATLAS.ti wrote for the standard's own project is all understood: nothing is kept aside."""
    assert [(t, t.extra) for t in parts(files.read(BARE)) if t.extra] == []
    assert [r for r in files.read(BARE).reading.remarks if r.rule == "refi-structure-invalid"] == []


@pytest.mark.parametrize("name", [QUALCODER, QUALCODER_CRLF])
def test_the_annotation_of_qualcoder_is_on_the_word_it_marks(name: str, files: Files) -> None:
    """Its database says 64 to 69 of the first text, which is the word naïve there, however lines end in the export."""
    study = files.read(name)
    [mark] = [e for e in study.sources[0].excerpts if e.memos]
    assert study.sources[0].text[mark.span.slice] == "na\u00efve"
    assert [study[id].text for id in mark.memos] == ["an annotation"]
    assert all(m.excerpts == [] for m in study.memos)
    assert [r for r in study.reading.remarks if r.rule == "exc-range-invalid"] == []


# ---- writing ----
@pytest.mark.parametrize("ending", [".qualdata", ""])
@pytest.mark.parametrize("name", VALID)
def test_as_read_gives_the_project_back_after_a_stay_in_a_package(name: str, ending: str, files: Files, tmp_path: Path) -> None:
    """Zipped or as a folder: canonically the same project."""
    package, path = tmp_path / f"package{ending}", tmp_path / name
    assert write(files.read(name), package) == []
    assert write(read(package), path, target="as-read") == []
    assert canonical(project_xml(path)) == canonical(project_xml(files.samples / name))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", [NVIVO, QUALCODER, QUALCODER_CRLF, STRESS])
def test_coded_texts_are_right_in_what_is_written(name: str, target: str, files: Files) -> None:
    """By ourselves and by another reader, told how the target counts."""
    expected = coded_as_others_read(files.samples / name, OWN[name])
    path = files.write(name, target)
    assert one_newline(coded(read(path))) == one_newline(expected)
    assert one_newline(coded_as_others_read(path, MANNERS.get(target, OWN[name]))) == one_newline(expected)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", [n for n in ALL if n != BARE])
def test_bytes_of_files_are_never_changed(name: str, target: str, files: Files) -> None:
    """Whatever the target, each file of the project travels, with the same SHA-256; what NVivo gets more is made from the texts."""
    path = files.write(name, target)

    def hashes(file: Path) -> Counter[str]:
        return Counter(hashlib.sha256(data).hexdigest() for n, data in members(file).items() if not n.endswith((".qde", "/", ".root")) and not data.endswith(DERIVED))

    assert hashes(path) == hashes(files.samples / name)


@pytest.mark.parametrize("name", VALID)
def test_as_read_gives_back_the_same_project_and_members(name: str, files: Files) -> None:
    """Canonically the same, and not one member more, less or elsewhere."""
    path = files.write(name, "as-read")
    assert files.losses[name, "as-read"] == []
    before, after = members(files.samples / name), members(path)
    assert list(before) == list(after)
    assert canonical(project_xml(path)) == canonical(project_xml(files.samples / name))
    assert {n: d for n, d in before.items() if not n.endswith(".qde")} == {n: d for n, d in after.items() if not n.endswith(".qde")}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ALL)
def test_what_is_written_is_valid(name: str, target: str, files: Files) -> None:
    """The official schema accepts what is written of every file, even of the invalid one."""
    path = files.write(name, target)
    project_schema().assertValid(project(path))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", VALID)
def test_pyrefiqda_reads_the_same_of_what_is_written(name: str, target: str, files: Files) -> None:
    """Codes and codings are the same; so are selections, but for positions where the target counts otherwise."""
    path = files.write(name, target)
    before, after = as_pyrefiqda_reads(files.samples / name), as_pyrefiqda_reads(path)
    assert len(before["codings"]) == COUNTS[name].codings
    assert before["codes"] == after["codes"]
    if target != "as-read":
        _as_expected_for_others(name, before, after)
    assert before["codings"] == after["codings"]
    if MANNERS.get(target, OWN[name]) == OWN[name] or name in (BARE, MISSING):  # without texts nothing can be counted anew
        assert before["selections"] == after["selections"]
    else:
        assert [(g, n, a) for g, n, _, a in before["selections"]] == [(g, n, a) for g, n, _, a in after["selections"]]


def _as_expected_for_others(name: str, before: dict[str, list[Any]], after: dict[str, list[Any]]) -> None:
    """Undo what is done for targets other than as-read: twins have a GUID of their own, the mark of QualCoder's annotation stands in the text."""
    for one, other in zip(before["selections"], after["selections"], strict=True):
        if one[0] != other[0] and one[0].upper() in TWINS:
            after["selections"] = [(one[0], *row[1:]) if row[0] == other[0] else row for row in after["selections"]]
            after["codings"] = [(*row[:3], one[0]) if row[3] == other[0] else row for row in after["codings"]]
    if name in (QUALCODER, QUALCODER_CRLF):
        [mark] = [row for row in before["selections"] if not row[1]]
        [moved] = [row for row in after["selections"] if row[0] == mark[0]]
        assert moved[3] != mark[3]
        for rows, row in ((before["selections"], mark), (after["selections"], moved)):
            rows.remove(row)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ALL)
def test_what_is_written_is_the_study_but_for_its_losses(name: str, target: str, files: Files) -> None:
    """Read again, nothing differs that was not said."""
    path = files.write(name, target)
    assert [str(d) for d in differences(without(files.read(name), files.losses[name, target]), read(path))] == []


@pytest.mark.parametrize("target", TARGETS)
def test_a_sample_can_be_written_onto_itself(target: str, samples: Path, tmp_path: Path) -> None:
    """A copy of the file, read and written in place, is right, and the study stays usable."""
    path = tmp_path / NVIVO
    path.write_bytes((samples / NVIVO).read_bytes())
    expected = coded_as_others_read(path, UTF_16)
    study = read(path)
    write(study, path, target=target)
    assert coded(study) == coded(read(path)) == expected
