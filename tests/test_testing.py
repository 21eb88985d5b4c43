"""What qualdata.testing promises: strategies that draw all of the model, and the law of losses."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import NOTHING, fields
from hypothesis import find, given, settings
from hypothesis import strategies as st
from lxml import etree

from qualdata import model
from qualdata.model import (
    Case,
    Code,
    Coding,
    Contributor,
    Document,
    Excerpt,
    Link,
    Loss,
    Media,
    Memo,
    Part,
    PdfSource,
    Reading,
    Study,
    SyncPoint,
    TextSource,
    TextSpan,
    Thing,
    TranscriptSpan,
    Value,
    fold,
    walk,
)  # fmt: skip
from qualdata.model.base import guid_for, not_xml
from qualdata.model.references import inner, parts
from qualdata.testing import foreign, ids, names, sources, studies, texts, value_at, without
from qualdata.testing.drawing import rules

SAMPLE: list[Study] = []


@pytest.fixture(scope="module")
def sample() -> list[Study]:
    """Some hundred studies, the same each time."""
    if not SAMPLE:

        @settings(max_examples=500, derandomize=True, database=None, deadline=None)
        @given(studies())
        def draw(study: Study) -> None:
            SAMPLE.append(study)

        draw()
    return SAMPLE


def strings(part: Part) -> Iterator[str]:
    for f in fields(type(part)):
        value = getattr(part, f.name)
        if isinstance(value, str):
            yield value


def texts_of(study: Study) -> Iterator[str]:
    return (p.text for p in walk(study) if isinstance(p, model.Written) and p.text is not None)


def marked(study: Study) -> Iterator[tuple[str, int, int, Excerpt]]:
    """The excerpts of texts: the text, from where, to where, the excerpt."""
    for source in (t for t in walk(study) if isinstance(t, TextSource)):
        for excerpt in source.excerpts:
            assert isinstance(excerpt.span, TextSpan)
            yield source.text or "", excerpt.span.start, excerpt.span.end, excerpt


# ---- what is drawn ----
def test_every_class_and_every_field_is_drawn(sample: list[Study]) -> None:
    """Each field of each class that a study can hold is drawn by its kind, or is seen to take another value than its default; handles on files are not drawn."""
    undrawn = {"stored", "rich", "media", "reading", "_index"}
    abstract = {Part, Thing, model.Dated, model.Source, model.MediaSource}
    spans: set[type] = {model.TextSpan, model.TimeSpan, model.AreaSpan, model.PageSpan, model.TranscriptSpan}
    classes = {c for c in vars(model).values() if isinstance(c, type) and issubclass(c, Part)} - abstract | spans
    wanted = {f"{c.__name__}.{f.alias}" for c in classes for f in fields(c) if f.name not in undrawn and (f.name != "path" or f.eq)}
    by_kind = {f"{c.__name__}.{name}" for c in [*classes - spans] for name, _ in (rules(c, True)[0] + rules(c, True)[1][-1])}
    seen: set[str] = set()
    for study in sample:
        for part in parts(study):
            for thing in (part, getattr(part, "span", None) or part):
                seen |= {f"{type(thing).__name__}.{f.alias}" for f in fields(type(thing)) if f.default is NOTHING or getattr(thing, f.name) not in (f.default, [], {})}
    assert sorted(wanted - by_kind - seen) == []
    assert classes == {type(p) for study in sample for part in parts(study) for p in (part, getattr(part, "span", None) or part)}


AWKWARD: dict[str, Callable[[Study], Any]] = {
    "astral character": lambda s: any(c > "\uffff" for t in texts_of(s) for c in t),
    "combining mark": lambda s: any("e\u0301" in t for t in texts_of(s)),
    "excerpt inside a combining sequence": lambda s: any(a > 0 and t[a : a + 1] in {"\u0301", "\u0323", "\u0307", "\u200d"} for t, a, _, _ in marked(s)),
    "ZWJ emoji": lambda s: any("\u200d" in t for t in texts_of(s)),
    "CR LF": lambda s: any("\r\n" in t for t in texts_of(s)),
    "lone CR": lambda s: any("\r" in t.replace("\r\n", "") for t in texts_of(s)),
    "tab": lambda s: any("\t" in t for t in texts_of(s)),
    "space at an end": lambda s: any(t != t.strip(" ") for t in texts_of(s)),
    "markup": lambda s: any("]]>" in t for t in texts_of(s)),
    "U+FEFF first": lambda s: any(t.startswith("\ufeff") for t in texts_of(s)),
    "right to left": lambda s: any("\u05e9" in t for t in texts_of(s)),
    "line separator": lambda s: any("\u2028" in t for t in texts_of(s)),
    "empty text": lambda s: "" in texts_of(s),
    "no text": lambda s: any(t.text is None for t in walk(s) if isinstance(t, TextSource)),
    "empty name": lambda s: any(c.name == "" for c in s.codes),
    "CR LF in a name": lambda s: any("\r\n" in c.name for c in s.codes),
    "same name": lambda s: len({c.name for c in s.codes}) < len(s.codes),
    "codes eight deep": lambda s: any(depth >= 8 for _, depth in s.code_tree.walk()),
    "dangling or cyclic parent": lambda s: s.code_tree.misplaced,
    "child before its parent": lambda s: [c.id for c in s.codes] != [c.id for c in s.codes_in_order],
    "code that is not codable": lambda s: any(not c.codable for c in s.codes),
    "codes on whole sources": lambda s: any(x.codings for x in s.sources),
    "codes in a memo": lambda s: any(e.codings for m in s.memos for e in m.excerpts),
    "two codings on one excerpt": lambda s: any(len(e.codings) > 1 for _, _, _, e in marked(s)),
    "code that is not there": lambda s: any(s.get(c.code) is None for c in walk(s) if isinstance(c, Coding)),
    "author that is not there": lambda s: s.created_by is not None and s.get(s.created_by) is None,
    "author that is there": lambda s: s.created_by is not None and s.get(s.created_by) is not None,
    "reference written otherwise": lambda s: any((c := s.get(x.code)) is not None and c.id != x.code for x in walk(s) if isinstance(x, Coding)),
    "overlapping excerpts": lambda s: any(t is u and a < c < b < d for t, a, b, _ in marked(s) for u, c, d, _ in marked(s)),
    "empty excerpt": lambda s: any(t and a == b for t, a, b, _ in marked(s)),
    "excerpt beyond the end": lambda s: any(b > len(t) for t, _, b, _ in marked(s)),
    "negative position": lambda s: any(a < 0 for _, a, _, _ in marked(s)),
    "reversed excerpt": lambda s: any(a > b for _, a, b, _ in marked(s)),
    "named by its words": lambda s: any(e.name and e.name == t[max(a, 0) : max(b, 0)] for t, a, b, e in marked(s)),
    "transcript open at an end": lambda s: any(x.start is None and x.end for e in walk(s) if isinstance(x := getattr(e, "span", None), TranscriptSpan)),
    "empty value": lambda s: "" in [v.value for v in parts(s) if isinstance(v, Value)],
    "id in upper case": lambda s: s.id.isupper(),
    "id in braces": lambda s: s.id.startswith("{"),
    "id that is no GUID": lambda s: any(c.id.startswith("P") for c in s.codes),
    "unknown attribute on a value": lambda s: any(v.extra and v.extra["refi:xml"][0][0] == "@" for c in s.cases for v in c.values),
    "unknown element on a code": lambda s: any(c.extra and c.extra["refi:xml"][-1][0] == "#0" for c in s.codes),
    "missing file of the study": lambda s: any(x.path and x.path.startswith("internal://") for x in s.sources if isinstance(x, model.MediaSource)),
    "nothing at all": lambda s: sum(1 for _ in walk(s)) == 1,
}


@pytest.mark.parametrize("what", AWKWARD)
def test_what_programs_stumble_at_is_drawn(sample: list[Study], what: str) -> None:
    """Within a few hundred studies, each kind of awkwardness comes."""
    assert any(AWKWARD[what](study) for study in sample)


def test_values_of_all_types_are_drawn_and_missing_ones(sample: list[Study]) -> None:
    drawn = {v.value is not None and v.type for study in sample for v in parts(study) if isinstance(v, Value)}
    assert drawn == {"Text", "Boolean", "Integer", "Float", "Date", "DateTime", False}


def test_ids_differ_whatever_their_case_and_braces(sample: list[Study]) -> None:
    for study in sample:
        found = [fold(t.id) for t in walk(study)]
        assert len(found) == len(set(found))
        assert not any("#" in id for id in found)


def test_most_references_are_to_what_is_there(sample: list[Study]) -> None:
    found = [study.get(c.code) is not None for study in sample for c in walk(study) if isinstance(c, Coding)]
    assert 0.5 < sum(found) / len(found) < 1


def test_transcript_excerpts_point_at_sync_points_of_their_transcript(sample: list[Study]) -> None:
    transcripts = [t for study in sample for t in walk(study) if isinstance(t, model.Transcript)]
    assert any(t.excerpts for t in transcripts)
    for t in transcripts:
        points = {fold(p.id) for p in t.sync_points}
        assert {fold(id) for e in t.excerpts if isinstance(e.span, TranscriptSpan) for id in (e.span.start, e.span.end) if id} <= points


def test_all_strings_are_xml(sample: list[Study]) -> None:
    assert not any(not_xml(s) for study in sample for part in parts(study) for s in strings(part))


@given(foreign())
def test_unknown_content_is_canonical_xml(extra: dict[str, Any]) -> None:
    """Attributes fit into a start tag, the rest into an element, and canonical XML writes it as it stands."""
    for place, xml in extra["refi:xml"]:
        if place == "@":
            assert etree.fromstring(f"<a {xml}/>").attrib
            continue
        [node] = etree.fromstring(f'<a xmlns="urn:a">{xml}</a>')
        if isinstance(node.tag, str):
            assert etree.tostring(node, method="c14n", exclusive=True, with_comments=True).decode() == xml.replace(' xmlns=""', "")
        else:
            assert etree.tostring(node).decode() == xml


@settings(max_examples=50)
@given(studies(awkward=False))
def test_without_awkwardness_a_study_is_plain(study: Study) -> None:
    """ASCII, lower-case GUIDs, no dangling reference, positions within the text, nothing unknown."""
    for part in parts(study):
        assert part.extra is None
        assert all(s.isascii() for s in strings(part))
        for f in fields(type(part)):
            if f.metadata.get("role") == "ref" and (value := getattr(part, f.name)) is not None:
                assert all(study[id].id == id for id in ([value] if isinstance(value, str) else value))
    assert not study.code_tree.misplaced
    assert all(0 <= start <= end <= len(text) for text, start, end, _ in marked(study))


def test_a_study_shrinks_to_what_matters() -> None:
    """The smallest study with a source and a code has no more than these, with plain ids."""
    quick = settings(max_examples=500, derandomize=True, database=None, deadline=None)
    found = find(studies(max_sources=1, max_codes=1, max_memos=0), lambda s: bool(s.sources and s.codes), settings=quick)
    assert [type(t).__name__ for t in walk(found)] == ["Study", "Code", "TextSource"]
    assert all(len(t.id) == 36 and t.id == t.id.lower() for t in walk(found))
    assert found == Study(codes=[Code(id=found.codes[0].id, name="Moving")], sources=[TextSource(id=found.sources[0].id, text="")])


@settings(max_examples=50)
@given(st.data())
def test_building_blocks(data: st.DataObject) -> None:
    """Parts can be drawn alone: a source that refers to given codes, a memo, an id, a name, a text."""
    assert data.draw(texts(awkward=False)).isascii()
    assert not not_xml(data.draw(texts()) + data.draw(names()) + data.draw(ids()))
    source = data.draw(sources([TextSource], codes=["c1"], contributors=["u1"], awkward=False))
    assert isinstance(source, TextSource)
    assert {c.code for c in walk(source) if isinstance(c, Coding)} <= {"c1"}
    assert isinstance(data.draw(sources([Memo])), Memo)


def test_without_hypothesis_one_sentence_says_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import qualdata.testing"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr
    assert said.splitlines()[-1] == "ImportError: qualdata.testing draws its examples with Hypothesis, which is not installed: pip install 'qualdata[testing]'."


# ---- the law ----
def loss(fields: str, *ids: str) -> Loss:
    return Loss("no place", tuple(fields.split()), ids, "", "")


def study() -> Study:
    return Study(
        id="s",
        title="T",
        contributors=[Contributor(id="u", alias="A", roles=["coder"])],
        codes=[Code(id="P07", name="a", origin="inductive", include="x"), Code(id="c2", name="b", origin="inductive", parent="p07", codable=False)],
        cases=[Case(id="k", kind="site", codes=["P07", "c2"], values=[Value(variable="v", value="1", extra={"refi:xml": [["@", 'a="1"']]})])],
        sources=[
            TextSource(id="t", text="abc", extra={"refi:xml": []}, excerpts=[Excerpt(id="e", span=TextSpan(0, 1), codings=[Coding(id="x", code="{P07}", coder="gone")])]),
            PdfSource(id="p", path="internal://a.pdf", representation=TextSource(id="r", text="r")),
            model.AudioSource(
                id="au",
                transcripts=[model.Transcript(id="tr", sync_points=[SyncPoint(id="sp", time=1)], excerpts=[Excerpt(id="te", span=TranscriptSpan("SP", None))])],
            ),
        ],
        documents=[Document(id="d1", name="one"), Document(id="d2", name="two")],
        links=[Link(id="l", origin="{p07}", target="gone")],
        reading=Reading("refi"),
    )


def test_a_field_gets_its_default_where_its_ids_say() -> None:
    left = without(study(), [loss("Code.origin", "C2"), loss("Contributor.alias Contributor.roles", "u"), loss("Case.kind", "k"), loss("Code.codable Code.parent", "c2")])
    assert [(c.origin, c.include, c.codable, c.parent) for c in left.codes] == [("inductive", "x", True, None), (None, None, True, None)]
    assert (left.contributors[0].alias, left.contributors[0].roles, left.cases[0].kind) == (None, [], "participant")


def test_the_study_itself_stays_as_it_was_and_its_reading_is_dropped() -> None:
    before = study()
    left = without(before, [loss("Code.origin", "c2")])
    assert before == study()
    assert before.codes[1].origin == "inductive"
    assert before.reading is not None
    assert left.reading is None


def test_no_loss_takes_nothing() -> None:
    assert without(study(), []) == study()


def test_a_field_of_a_base_class_is_named_by_the_class_of_the_thing() -> None:
    left = without(study(), [loss("TextSource.extra", "t", "p"), loss("Source.name", "t")])
    assert left.sources[0].extra is None


def test_the_fields_of_values_are_named_by_what_holds_them() -> None:
    left = without(study(), [loss("Value.extra", "k/0")])
    assert left.cases[0].values == [Value(variable="v", value="1")]


def test_of_a_list_of_things_those_with_the_ids_are_taken_out() -> None:
    left = without(study(), [loss("Study.documents", "D1")])
    assert [d.id for d in left.documents] == ["d2"]


def test_a_representation_is_taken_from_what_holds_it() -> None:
    left = without(study(), [loss("PdfSource.representation", "p")])
    assert left["p"].representation is None


def test_a_path_is_taken_with_the_file_it_points_at(tmp_path: Any) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    made = Study(sources=[PdfSource(id="p", path="internal://a.pdf", media=Media.file(tmp_path / "a.pdf"))])
    assert without(made, [loss("PdfSource.path", "p")]) == Study(sources=[PdfSource(id="p")])


def test_a_text_is_taken_by_the_name_it_is_given_by() -> None:
    assert without(study(), [loss("TextSource.text", "t")])["t"].text is None


def test_renaming_goes_for_the_thing_and_for_all_that_refers_to_it() -> None:
    """However a reference is written, it gets the GUID of the id as the thing itself has it."""
    left = without(study(), [loss("Code.id", "P07"), loss("Link.id", "gone"), loss("SyncPoint.id", "sp"), loss("Variable.id", "v")])
    new, gone, point = guid_for("s", "P07"), guid_for("s", "gone"), guid_for("s", "sp")
    assert new == "7df3bc8e-8552-54ec-a8bd-184cde407918"  # version 5 of "s\\np07"
    assert (left.codes[0].id, left.codes[1].parent, left.cases[0].codes) == (new, new, [new, "c2"])
    coding = left.sources[0].excerpts[0].codings[0]
    assert (coding.code, coding.coder, left.links[0].origin, left.links[0].target) == (new, gone, new, gone)
    transcript = left["tr"]
    assert (transcript.sync_points[0].id, transcript.excerpts[0].span) == (point, TranscriptSpan(point, None))
    assert left.cases[0].values[0].variable == guid_for("s", "v")
    assert left[new] is left.codes[0]


def test_a_loss_that_names_no_field_is_refused() -> None:
    for name in ("Code.colors", "Kode.name", "TextSpan.start", "Code"):
        with pytest.raises(ValueError, match="is no field of the model"):
            without(study(), [loss(name, "c2")])


def test_what_a_thing_cannot_do_without_cannot_be_lost() -> None:
    with pytest.raises(ValueError, match=r"Code\.name has no default"):
        without(study(), [loss("Code.name", "c2")])


def test_value_at_shows_what_a_loss_points_at() -> None:
    made = study()
    assert value_at(made, "Code.origin", "C2") == "inductive"
    assert value_at(made, "Value.value", "k/0") == "1"
    assert value_at(made, "Study.documents", "d2") is made.documents[1]
    assert value_at(made, "Code.id", "{p07}") == "P07"
    assert value_at(made, "TextSource.text", "t") == "abc"
    for name, id in (("Code.origin", "t"), ("Code.origin", "nobody"), ("Study.documents", "t")):
        with pytest.raises(KeyError):
            value_at(made, name, id)


@settings(max_examples=50)
@given(studies())
def test_the_law_holds_for_a_writer_that_leaves_out_unknown_content(study: Study) -> None:
    """Without all that is unknown, and without losses for it, no `extra` is left and nothing else has changed."""
    things = [t for t in walk(study) if t.extra is not None]
    holders = [(f"{t.id}/{i}", cls.__name__) for t in walk(study) for cls in {type(p) for p in inner(t)} for i, p in enumerate(p for p in inner(t) if type(p) is cls) if p.extra]
    left = without(study, [loss(f"{type(t).__name__}.extra", t.id) for t in things] + [loss(f"{name}.extra", id) for id, name in holders])
    assert all(p.extra is None for p in parts(left))
    assert (left == study) == (not things and not holders)


