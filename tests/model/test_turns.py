"""Speaker labels become speakers and turns on request, worked out by hand."""

from __future__ import annotations

import pytest

from qualdata.model import Speaker, TextSource, TextSpan, Turn


def talk(source: TextSource) -> list[tuple[str, str]]:
    """Each turn: the label of its speaker, and its words."""
    labels = {s.id: s.label for s in source.speakers}
    return [(labels[t.speaker], (source.text or "")[t.span.slice]) for t in source.turns]


def detected(text: str, **how: object) -> TextSource:
    source = TextSource(text=text)
    assert source.detect_turns(**how) is source.turns  # type: ignore[arg-type]
    return source


def test_labels_with_times_and_without() -> None:
    source = detected("I (00:01): Why?\nP07 [00:05]: So.\nI: And then?\nP07: I moved.\nOut.\n")
    assert talk(source) == [("I", "Why?"), ("P07", "So."), ("I", "And then?"), ("P07", "I moved.\nOut.")]
    assert [(s.label, s.role) for s in source.speakers] == [("I", "interviewer"), ("P07", "participant")]
    assert source.turns[0].span == TextSpan(11, 15)


def test_labels_in_brackets_and_crlf() -> None:
    source = detected("[Moderator] Hello.\r\n[Ann] Hi.\r\n[Moderator] So?\r\n[Ann] Yes.\r\n")
    assert talk(source) == [("Moderator", "Hello."), ("Ann", "Hi."), ("Moderator", "So?"), ("Ann", "Yes.")]
    assert [s.role for s in source.speakers] == ["moderator", "unknown"]


def test_a_label_that_stands_alone_is_no_speaker() -> None:
    assert talk(detected("I: Why?\nNote: he laughed.\nI: So?")) == [("I", "Why?\nNote: he laughed."), ("I", "So?")]
    assert talk(detected("Note: he laughed.", least=1)) == [("Note", "he laughed.")]
    assert detected("Just words.").speakers == []


def test_a_text_before_the_first_label_belongs_to_no_one() -> None:
    source = detected("Interview in May\n\nI: Why?\nI: So?")
    assert source.turns[0].span.start == len("Interview in May\n\nI: ")


def test_patterns_of_ones_own() -> None:
    assert talk(detected("#A# one\n#B# two\n#A# three", patterns=[r"#(?P<label>\w)# "], least=1)) == [("A", "one"), ("B", "two"), ("A", "three")]


def test_speakers_that_are_there_are_kept_and_turns_never_doubled() -> None:
    ann = Speaker(id="a", label="Ann", role="participant", case="k")
    source = TextSource(text="Ann: Yes.\nAnn: No.", speakers=[ann])
    source.detect_turns()
    assert source.speakers == [ann]
    assert {t.speaker for t in source.turns} == {"a"}
    with pytest.raises(ValueError, match="has turns already"):
        source.detect_turns()
    assert all(isinstance(t, Turn) for t in source.turns)
