"""Who is who in two readings of one project."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualdata.match import match_studies, quote_hash, text_hash
from qualdata.match.pairing import Pairing
from qualdata.model import Case, Code, Coding, Contributor, Excerpt, Link, Memo, PictureSource, Quote, Study, TextSource, TextSpan
from qualdata.model.base import fold
from qualdata.model.study import walk
from qualdata.testing import studies
from tests.match.renewed import renewed

TALK = "I: How was it?\nP: We moved house twice. It was a lot \U0001f600.\nI: A lot?\nP: Yes."


def study(prefix: str = "", text: str = TALK, quotes: tuple[tuple[str, ...], ...] = (("We moved house", "Moving"), ("a lot \U0001f600", "Mood", "Load"), ("Yes", "Mood"))) -> Study:
    """Two coders' study of one talk; each quote is an excerpt with codings of these codes, all by Ann."""
    made = Study(title="Moving", id=f"{prefix}study")
    made.contributors = [Contributor(id=f"{prefix}ann", name="Ann"), Contributor(id=f"{prefix}ben", name="Ben")]
    made.codes = [Code(id=f"{prefix}c{i}", name=name) for i, name in enumerate(("Moving", "Mood", "Load"))]
    made.codes += [Code(id=f"{prefix}c9", name="Mood", parent=f"{prefix}c0")]
    ids = {code.name: code.id for code in made.codes[:3]}
    source = TextSource(id=f"{prefix}talk", name="Talk", text=text)
    for n, (words, *codes) in enumerate(quotes):
        at = text.index(words)
        codings = [Coding(id=f"{prefix}{words}/{code}", code=ids[code], coder=f"{prefix}ann") for code in codes]
        source.excerpts.append(Excerpt(id=f"{prefix}e{n}", span=TextSpan(at, at + len(words)), codings=codings))
    made.sources = [source]
    return made


def told(pairing: Pairing) -> dict[str, tuple[str, str]]:
    return {pair.here.id: (pair.there.id, pair.basis) for pair in pairing.pairs}


def all_paired(pairing: Pairing, prefix: str = "n ") -> bool:
    """Whether each thing is paired with that of its own id after the prefix, and nothing is left."""
    return bool(pairing.pairs) and not pairing.here and not pairing.there and all(p.there.id == prefix + p.here.id for p in pairing.pairs)


def bases(pairing: Pairing) -> set[str]:
    return {pair.basis for pair in pairing.pairs}


# ---- by hand ----
def test_equal_ids_are_the_same_whatever_else_was_changed_and_however_they_are_written():
    there = study(text=TALK.replace("house", "home"), quotes=(("We moved home", "Mood"), ("Yes", "Mood")))
    there.sources[0].id, there.codes[0].name = "{TALK}", "Leaving"
    found = match_studies(study(), there)
    assert told(found.sources) == {"talk": ("{TALK}", "GUID")}
    assert told(found.codes)["c0"] == ("c0", "GUID")
    assert found.id_of("Talk") == "talk"


def test_with_other_ids_names_texts_places_and_codes_tell():
    found = match_studies(study(), study("n "))
    for kind in ("contributors", "codes", "sources", "codings", "excerpts"):
        assert all_paired(getattr(found, kind)), kind
    assert [bases(getattr(found, k)) for k in ("contributors", "codes", "sources", "codings", "excerpts")] == [
        {"name"}, {"path of names"}, {"text and name"}, {"place and code"}, {"place and code"},
    ]  # fmt: skip
    assert (found.id_of("n study"), found.id_of("{N C9}"), found.id_of("c9")) == ("study", "c9", None)


def test_line_ends_marks_and_last_newlines_do_not_matter():
    """The text with CR LF, a byte order mark kept in it, and a newline at its end: other positions, the same places."""
    found = match_studies(study(), study("n ", text="\ufeff" + TALK.replace("\n", "\r\n") + "\r\n"))
    assert all_paired(found.sources)
    assert all_paired(found.codings)
    assert bases(found.codings) == {"place and code"}


def test_in_an_edited_text_places_are_found_by_their_words():
    """A sentence more at the beginning; the source is told by its name, and a word said twice by what stands around it."""
    edited = "I: Yes, it runs. Shall we?\n" + TALK
    there = study("n ", text=edited)
    there.sources[0].excerpts[2].span = TextSpan(edited.rindex("Yes"), edited.rindex("Yes") + 3)
    found = match_studies(study(), there)
    assert told(found.sources) == {"talk": ("n talk", "name")}
    assert all_paired(found.codings)


def test_where_a_text_is_gone_the_places_and_then_the_quotes_tell():
    """The second excerpt was shifted; its quote says which it is."""
    there = study("n ")
    for excerpt in there.sources[0].excerpts:
        excerpt.quote = Quote(TALK[excerpt.span.slice])
    there.sources[0].excerpts[1].span = TextSpan(900, 905)
    there.sources[0].text = None
    found = match_studies(study(), there)
    assert all_paired(found.codings)
    assert [p.basis for p in found.codings.pairs] == ["place and code", "place and code", "quote", "quote"]


def test_hashes_stand_for_texts_and_quotes_that_are_not_there():
    """As of a reading that keeps the words of the data elsewhere."""
    there = study("n ")
    there.sources[0].text, there.sources[0].name = None, None
    hashes = {"N TALK": text_hash(TALK.replace("\n", "\r\n"))} | {e.id: quote_hash(TALK[e.span.slice]) for e in there.sources[0].excerpts}
    for excerpt in there.sources[0].excerpts:
        excerpt.span = TextSpan(excerpt.span.start + 2, excerpt.span.end + 2)
    assert not match_studies(study(), there).codings.pairs
    found = match_studies(study(), there, hashes=hashes)
    assert told(found.sources) == {"talk": ("n talk", "text")}
    assert all_paired(found.codings)
    assert bases(found.codings) == {"quote"}


def test_one_excerpt_with_several_codings_is_several_with_one_each():
    """Both ways round; the codings are paired, and the parts say which excerpts are one."""
    here = study()
    there, old = renewed(here, split=True)
    for found, one in ((match_studies(here, there), "here"), (match_studies(there, here), "there")):
        assert len(found.codings.pairs) == 4
        assert len(found.excerpts.pairs) == 2
        assert (found.excerpts.here, found.excerpts.there) == ([], [])
        assert [getattr(p, one).id for p in found.parts] == ["e1", "e1"]
        assert {p.basis for p in found.parts} == {"codings"}
    found = match_studies(here, there)
    assert all(found.id_of(e.id) == fold(old[e.id]) for e in there.sources[0].excerpts)


def test_the_same_code_on_the_same_place_by_another_coder_is_another_coding():
    here, there = study(), study("n ")
    for coding in there.sources[0].excerpts[0].codings:
        coding.coder = "n ben"
    found = match_studies(here, there)
    assert [c.id for c in found.codings.here] == ["We moved house/Moving"]
    assert [c.id for c in found.codings.there] == ["n We moved house/Moving"]
    assert told(found.excerpts)["e0"] == ("n e0", "place")


def test_a_coder_who_is_not_known_may_be_anyone():
    """One reading does not say who laid the codes."""
    there = study("n ")
    for excerpt in there.sources[0].excerpts:
        for coding in excerpt.codings:
            coding.coder = None
    assert all_paired(match_studies(study(), there).codings)
    backward = match_studies(there, study())
    assert len(backward.codings.pairs) == 4


def test_equal_texts_of_equal_names_are_paired_in_order_if_there_are_as_many():
    """As a tool writes a survey: an answer a source, all of one name."""
    here, there = Study(), Study()
    here.sources = [TextSource(id=str(i), name="Q1", text=text) for i, text in enumerate(("yes", "no", "yes"))]
    there.sources = [TextSource(id=f"n {i}", name="Q1", text=text) for i, text in ((1, "no"), (0, "yes"), (2, "yes"))]
    found = match_studies(here, there)
    assert told(found.sources) == {"1": ("n 1", "text and name"), "0": ("n 0", "text and name, in order"), "2": ("n 2", "text and name, in order")}
    del there.sources[1]
    assert match_studies(here, there).sources.here == [here.sources[0], here.sources[2]]


def test_files_are_told_by_their_bytes(tmp_path):
    from qualdata.model import Media

    sides = []
    for n, names in enumerate((("one.png", "two.png"), ("b.png", "a.png"))):
        (tmp_path / str(n)).mkdir()
        made = Study()
        for name, data in zip(names, (b"one", b"two"), strict=True):
            path = tmp_path / str(n) / name
            path.write_bytes(data)
            made.sources.append(PictureSource(name=name, media=Media.file(path)))
        sides.append(made)
    assert [(p.here.name, p.there.name, p.basis) for p in match_studies(*sides).sources.pairs] == [("one.png", "b.png", "file"), ("two.png", "a.png", "file")]


def test_names_are_compared_to_the_letter_first_and_then_without_what_is_lost_on_the_way():
    """Attributes lose newlines; programs compose letters otherwise."""
    here, there = Study(), Study()
    here.codes = [Code(id="1", name="Cafe\u0301"), Code(id="2", name="a\nb"), Code(id="3", name=" House "), Code(id="4", name="House")]
    there.codes = [Code(id="a", name="Caf\u00e9"), Code(id="b", name="a b"), Code(id="c", name="House"), Code(id="d", name=" House ")]
    assert {h: t for h, (t, _) in told(match_studies(here, there).codes).items()} == {"1": "a", "2": "b", "3": "d", "4": "c"}


def test_what_refers_to_paired_things_is_told_by_them():
    """An unnamed case by its source, a link by its ends, a memo by its text."""
    here, there = study(), study("n ")
    for made, prefix in ((here, ""), (there, "n ")):
        made.cases = [Case(id=f"{prefix}case", sources=[f"{prefix}talk"])]
        made.memos = [Memo(id=f"{prefix}memo", text="Think of this.")]
        made.links = [Link(id=f"{prefix}link", origin=f"{prefix}memo", target=f"{prefix}e1")]
    found = match_studies(here, there)
    assert [told(found.cases), told(found.memos), told(found.links)] == [
        {"case": ("n case", "sources")},
        {"memo": ("n memo", "text and name")},
        {"link": ("n link", "ends")},
    ]


def test_what_only_one_reading_has_is_left_on_its_side():
    here, there = study(), study("n ")
    there.codes.append(Code(id="n more", name="More"))
    there.sources[0].excerpts[0].apply("n more", "n ann")
    here.sources.append(TextSource(id="second", text="More."))
    found = match_studies(here, there)
    assert ([s.id for s in found.sources.here], [c.id for c in found.codes.there], len(found.codings.there)) == (["second"], ["n more"], 1)
    assert found.id_of("n more") is None


def test_reference_to_a_thing_that_was_not_paired_is_equal_to_none():
    """A code of one side only, though its id is that of another kind of thing on the other side."""
    here, there = study(), study("n ")
    there.codes.append(Code(id="talk", name="More"))
    there.sources[0].excerpts[2].codings[0].code = "talk"
    assert len(match_studies(here, there).codings.there) == 1


# ---- laws ----
def nameless(kind: str, thing) -> bool:
    """Whether a thing has nothing of its own by which it could be told."""
    return {
        "contributors": lambda: not (thing.name or thing.initials or thing.orcid),
        "variables": lambda: not thing.name,
        "questions": lambda: not thing.text,
        "documents": lambda: not thing.name,
        "sources": lambda: not (thing.name or (getattr(thing, "text", "") or "").strip()),
        "memos": lambda: not (thing.name or (thing.text or "").strip()),
        "cases": lambda: not (thing.name or thing.sources or thing.excerpts),
        "interviews": lambda: not (thing.name or thing.sources),
        "points": lambda: not thing.text,
        "sets": lambda: not thing.name,
        "graphs": lambda: not thing.name,
        "quotes": lambda: not thing.text,
        "links": lambda: not (thing.name or thing.origin or thing.target),
    }.get(kind, lambda: False)()


DEPENDENT = set("speakers turns codings excerpts transcripts representations sync_points vertices edges cases interviews links consents replacements".split())
"""Kinds that are told by others, and so only if those were."""


@given(studies(), st.booleans())
def test_a_copy_with_other_ids_is_matched_and_each_pair_is_right(here: Study, split: bool):
    """Also when each coding got an excerpt of its own.

    All is distinguishable that has a name, a text or an identifier of its own, since what is alike in everything is paired in order;
    and all that stands in such a thing. Only what stands in, or refers to, something that was left may be left.
    """
    there, old = renewed(here, split=split)
    found = match_studies(here, there)
    for kind, pairing in found:
        for pair in pairing.pairs:
            assert pair.here.id == old[pair.there.id], (kind, pair.basis)
        if kind not in DEPENDENT:
            assert all(nameless(kind, thing) for thing in pairing.here), kind
    for part in found.parts:
        assert part.here.id == old[part.there.id]
    if not (found.sources.here or found.memos.here or found.contributors.here):
        for kind in ("codings", "speakers", "turns", "transcripts", "representations", "sync_points"):
            assert not getattr(found, kind).here, kind
        uncoded = [e for e in (*found.excerpts.here, *found.excerpts.there) if e.codings]
        assert not uncoded
        assert split or not found.excerpts.here


@given(studies())
def test_a_study_matches_itself_by_ids(study: Study):
    """Everything with itself, and nothing is left."""
    found = match_studies(study, study)
    things = [thing for thing in walk(study) if thing is not study]
    assert sum(len(pairing.pairs) for _, pairing in found) == len(things)
    assert all(p.here is p.there and p.basis == "GUID" for _, pairing in found for p in pairing.pairs)
    assert all(found.id_of(thing.id) == thing.id for thing in walk(study))


@given(studies(max_sources=2), studies(max_sources=2))
def test_nothing_is_paired_twice_and_nothing_is_lost(here: Study, there: Study):
    """Whatever two studies have in common."""
    found = match_studies(here, there)
    parts = {id(e) for pair in found.parts for e in (pair.here, pair.there)}
    for _, pairing in found:
        for side in ("here", "there"):
            seen = [*(getattr(p, side) for p in pairing.pairs), *getattr(pairing, side)]
            assert len({*map(id, seen)}) == len(seen)
    for side, study in (("here", here), ("there", there)):
        seen = {id(t) for _, pairing in found for t in (*(getattr(p, side) for p in pairing.pairs), *getattr(pairing, side))} | parts
        assert {id(t) for t in walk(study) if t is not study} <= seen
