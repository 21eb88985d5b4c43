"""Examples for the rules about excerpts and codings."""

from __future__ import annotations

from pathlib import Path

from qualdata import Code, CodeChange, Coding, PictureSource, Quote, Study, TextSource, TextSpan
from qualdata.model import AreaSpan
from tests.rules.examples import bad, good
from tests.rules.sound import TEXT, WORDS, sound

FAMILY = "\U0001f469\u200d\U0001f467"
TALK = f"Caf\u00e9 {FAMILY} and cafe\u0301 \U0001f1f3\U0001f1f1 \ud55c\u1112\u1161\u11ab.\r\nWe met there, and then we went home."


def second(text: str, *words: str) -> Study:
    """The sound study with a second text, and passages of it that are coded."""
    study = sound()
    source = study.add(TextSource(id="u", name="P02", text=text))
    study["p01"].sources.append("u")
    for number, part in enumerate(words):
        passage = source.excerpt(source.find(part))
        passage.id = f"e{number}"
        passage.apply("friends", "ann", created="2024-05-17T10:00:00Z")
    return study


@good("exc-range-invalid", "exc-empty", "exc-quote-mismatch", "cod-coder-missing")
def the_sound_study(folder: Path) -> Study:
    return sound()


@good("exc-splits-grapheme", "exc-offset-unit")
def passages_between_characters(folder: Path) -> Study:
    return second(TALK, f"Caf\u00e9 {FAMILY}", FAMILY, "cafe\u0301", "\U0001f1f3\U0001f1f1", "\ud55c", "\u1112\u1161\u11ab", "We met there")


@good("exc-quote-mismatch")
def names_that_quote_more_or_less(folder: Path) -> Study:
    study = second("We met\r\n there, and then we went home. We met again.", "We met\r\n there, and then", "then we went home", "We met again", "home", "went")
    for id, name in {"e0": "We met there, and\u2026", "e1": "then we went home. We", "e2": "A second meeting", "e3": "We", "e4": "what we will do next"}.items():
        study[id].name = name
    study["e0"].quote = Quote("We met there, and then")
    return study


@good("cod-not-codable", "cod-code-retired", "cod-duplicate")
def a_code_that_was_retired_later(folder: Path) -> Study:
    study = sound()
    study.add(Code(id="group", name="Ways", codable=False))
    study["friends"].parent = "group"
    study["friends"].status = "retired"
    study.add(CodeChange(action="retire", codes=["friends"], date="2024-06", by="ann"))
    study["e"].codings.append(Coding(id="c2", code="friends", coder="ann", round="second", created="2024-06-01"))
    study["e"].codings.append(Coding(id="c3", code="friends", coder="bob", created="2024-05-18"))
    study.add(type(study["ann"])(id="bob", name="Coder B"))
    return study


@bad("exc-range-invalid")
def beyond_the_end(folder: Path) -> Study:
    study = sound()
    study["e"].span = TextSpan(40, len(TEXT) + 1)
    return study


@bad("exc-range-invalid")
def reversed_places(folder: Path) -> Study:
    study = sound()
    study["e"].span = TextSpan(48, 40)
    return study


@bad("exc-range-invalid")
def corners_the_wrong_way_round(folder: Path) -> Study:
    study = sound()
    picture = study.add(PictureSource(id="p", name="Poster"))
    study["p01"].sources.append("p")
    picture.excerpt(AreaSpan(40, 40, 10, 80))
    return study


@bad("exc-empty")
def no_words(folder: Path) -> Study:
    study = sound()
    study["e"].span = TextSpan(40, 40)
    return study


@bad("exc-quote-mismatch")
def a_quotation_of_what_was_there(folder: Path) -> Study:
    study = sound()
    study["e"].quote = Quote("A friend took me with her.")
    return study


@bad("exc-quote-mismatch")
def a_name_that_quotes_what_now_stands_elsewhere(folder: Path) -> Study:
    study = sound()
    study["e"].name = WORDS
    study["t"].text = TEXT.replace("I: How", "Interviewer: How")
    return study


@bad("exc-splits-grapheme")
def half_an_accent(folder: Path) -> Study:
    return second(TALK, "cafe")


@bad("exc-splits-grapheme")
def half_a_family(folder: Path) -> Study:
    return second(TALK, "\U0001f467 and")


@bad("exc-splits-grapheme")
def half_a_flag(folder: Path) -> Study:
    return second(TALK, "\U0001f1f1 ")


@bad("exc-splits-grapheme")
def half_a_syllable(folder: Path) -> Study:
    return second(TALK, "\u1161")


@bad("exc-splits-grapheme")
def half_a_line_end(folder: Path) -> Study:
    return second(TALK, "\nWe met")


@bad("exc-offset-unit")
def positions_in_utf_16(folder: Path) -> Study:
    """Thirty words after an emoji, each one too far to the right, and none of them named."""
    study = second("\U0001f600 " + " ".join(f"w{n:02}" for n in range(31)))
    source = study["u"]
    for n in range(30):
        source.excerpt(3 + 4 * n, 6 + 4 * n)
    return study


@bad("cod-not-codable")
def a_group_laid_on_data(folder: Path) -> Study:
    study = sound()
    study["friends"].codable = False
    return study


@bad("cod-code-retired")
def coded_after_retirement(folder: Path) -> Study:
    study = sound()
    study["friends"].status = "retired"
    study.add(CodeChange(action="retire", codes=["FRIENDS"], date="2024-05-16", by="ann"))
    return study


@bad("cod-coder-missing")
def by_someone(folder: Path) -> Study:
    study = sound()
    study["c"].coder = None
    return study


@bad("cod-duplicate")
def twice_on_one_passage(folder: Path) -> Study:
    study = sound()
    study["e"].apply("friends", "ann", created="2024-05-17T10:00:00Z")
    return study


@bad("cod-duplicate")
def on_two_passages_in_one_place(folder: Path) -> Study:
    study = sound()
    again = study["t"].excerpt(study["e"].span)
    again.apply("{FRIENDS}", "ANN", created="2024-05-17T10:00:00Z")
    return study
