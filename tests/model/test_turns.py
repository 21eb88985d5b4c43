"""Speaker labels become speakers and turns on request, worked out by hand."""

from __future__ import annotations

import pytest

from qualdata.model import Case, Code, Interview, Speaker, Study, TextSource, TextSpan, Turn


def talk(source: TextSource) -> list[tuple[str, str]]:
    """Each turn: the label of its speaker, and its words."""
    labels = {s.id: s.label for s in source.speakers}
    return [(labels[t.speaker], (source.text or "")[t.span.slice]) for t in source.turns]


def detected(text: str | None, **how: object) -> TextSource:
    source = TextSource(text=text)
    assert source.detect_turns(**how) is source.turns  # type: ignore[arg-type]
    return source


# ---- forms of labels ----
@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("I: Why?\nP07: So.\nI: And?\nP07: No.", [("I", "Why?"), ("P07", "So."), ("I", "And?"), ("P07", "No.")]),
        ("A: One.\r\nA: Two.\r\n", [("A", "One."), ("A", "Two.")]),
        ("A: One.\rA: Two.\r", [("A", "One."), ("A", "Two.")]),
        ("A:\r\nOne.\r\n\r\nA:\r\nTwo,\r\nthree.", [("A", "One."), ("A", "Two,\r\nthree.")]),
        ("  A : One.\n\tA\u00a0: Two.", [("A", "One."), ("A", "Two.")]),
        ("A: \nA: Two.", [("A", ""), ("A", "Two.")]),
        ("A: One.\nA:", [("A", "One."), ("A", "")]),
        ("A (00:01): One.\nA [0:05]: Two.\nA 00:09: Three.\nA (1:00:02.5): Four.", [("A", "One."), ("A", "Two."), ("A", "Three."), ("A", "Four.")]),
        ("[00:01] A: One.\n00:05 A: Two.\n(1:00:02,5) A: Three.", [("A", "One."), ("A", "Two."), ("A", "Three.")]),
        ("[Moderator] One.\r\n[Moderator] Two.", [("Moderator", "One."), ("Moderator", "Two.")]),
        ("[Moderator]: One.\n[Moderator]: Two.", [("Moderator", "One."), ("Moderator", "Two.")]),
        ("[Moderator]\nOne.\n[Moderator]\nTwo.", [("Moderator", "One."), ("Moderator", "Two.")]),
        ("Participant 12: One.\nParticipant 12: Two.", [("Participant 12", "One."), ("Participant 12", "Two.")]),
        ("FG2-P3: One.\nFG2-P3: Two.\nDr. O'Neil: Three.\nDr. O'Neil: Four.", [("FG2-P3", "One."), ("FG2-P3", "Two."), ("Dr. O'Neil", "Three."), ("Dr. O'Neil", "Four.")]),
        ("שרה: שלום.\nשרה: כן.", [("שרה", "שלום."), ("שרה", "כן.")]),
        ("मीरा: हाँ।\nमीरा: नहीं।", [("मीरा", "हाँ।"), ("मीरा", "नहीं।")]),
        ("主持人：大家好。\n主持人：开始吧。", [("主持人", "大家好。"), ("主持人", "开始吧。")]),
        ("Zoe\u0301: Oui.\nZoe\u0301: Non.", [("Zoe\u0301", "Oui."), ("Zoe\u0301", "Non.")]),
        ("A: \U0001f600 One.\nA: Two \U0001f469\u200d\U0001f467.", [("A", "\U0001f600 One."), ("A", "Two \U0001f469\u200d\U0001f467.")]),
    ],
)  # fmt: skip
def test_labels_in_many_forms(text: str, turns: list[tuple[str, str]]) -> None:
    assert talk(detected(text)) == turns


def test_positions_count_characters_and_leave_the_label_out() -> None:
    source = detected("Interview in May\r\n\r\nI: \U0001f600 Why?\r\nI: So?")
    assert [t.span for t in source.turns] == [TextSpan(23, 29), TextSpan(34, 37)]


@pytest.mark.parametrize(
    "text",
    [
        None, "", " \r\n", "Just words.", "10:30: we met.\n10:30: again.", "https://a.example\nhttps://a.example", "1: one\n1: two",
        'He said, "no": well.\nHe said, "no": well.', "A very long label that is in truth a sentence: no\n" * 2,
    ],
)  # fmt: skip
def test_what_is_no_label(text: str | None) -> None:
    """No text, times, addresses, numbers, whole sentences."""
    source = detected(text)
    assert (source.speakers, source.turns) == ([], [])


def test_notes_in_brackets_are_no_speakers_where_labels_have_a_colon() -> None:
    """`[laughs]` at the beginning of a line is part of the turn, however often it stands there."""
    text = "Ann: One.\n[laughs] Two.\n[laughs] Three.\nBen: So.\nAnn: Yes.\nBen: No."
    assert talk(detected(text)) == [("Ann", "One.\n[laughs] Two.\n[laughs] Three."), ("Ben", "So."), ("Ann", "Yes."), ("Ben", "No.")]


# ---- labels that stand alone ----
def test_a_label_that_stands_alone_is_no_speaker_and_ends_the_turn_before() -> None:
    """Whose words follow is not known: a note, a fourth person who spoke once, the same speaker."""
    source = detected("I: Why?\nNote: he laughed.\nThen more.\nI: So?\nOmar: Well.\nI: And?")
    assert talk(source) == [("I", "Why?"), ("I", "So?"), ("I", "And?")]
    assert [s.label for s in source.speakers] == ["I"]


def test_words_after_a_label_that_stands_alone_are_no_ones_in_segments() -> None:
    study = Study(codes=[Code(id="c", name="C")], cases=[Case(id="ann", name="Ann"), Case(id="ben", name="Ben")])
    source = study.add(TextSource(text="Ann: One.\nOmar: Two.\nBen: Three.\nAnn: Four.\nBen: Five."))
    study.interviews.append(Interview(kind="focus group", cases=["ann", "ben"], sources=[source.id]))
    source.detect_turns()
    for speaker in source.speakers:
        speaker.case = speaker.label.lower()
    for words in ("One.", "Two.", "Three."):
        source.excerpt(source.find(words)).apply("c")
    assert [[c.name for c in s.cases] for s in study.segments()] == [["Ann"], [], ["Ben"]]


def test_a_speaker_who_spoke_once_counts_when_the_source_has_the_speaker_or_when_one_label_is_enough() -> None:
    text = "Ann: One.\nOmar: Two.\nAnn: Three."
    source = TextSource(text=text, speakers=[Speaker(id="o", label="Omar", case="k")])
    source.detect_turns()
    assert talk(source) == [("Ann", "One."), ("Omar", "Two."), ("Ann", "Three.")]
    assert [(s.label, s.case) for s in source.speakers] == [("Omar", "k"), ("Ann", None)]
    assert talk(detected(text, least=1)) == [("Ann", "One."), ("Omar", "Two."), ("Ann", "Three.")]


def test_lines_of_a_heading_are_no_turns() -> None:
    text = "Date: 5 May\nPlace: Leeds\n\nI: Why?\nP: So.\nI: And?\nP: No."
    assert talk(detected(text)) == [("I", "Why?"), ("P", "So."), ("I", "And?"), ("P", "No.")]


# ---- speakers ----
def test_a_focus_group_of_several_speakers() -> None:
    """Each turn from its label to the next, paragraphs and emoji within; speakers in the order they first spoke."""
    text = (
        "Focus group, spring\r\n\r\nModerator (00:00:01): Who came first?\r\nP1 (00:00:04): Me.\r\n\r\nWith my sister \U0001f469\u200d\U0001f467.\r\n"
        "P2 (00:00:09): And me.\r\nModerator (00:00:12): Why?\r\nP2 (00:00:14): The beans.\r\nP1 (00:00:15): The bench."
    )
    source = detected(text)
    assert talk(source) == [
        ("Moderator", "Who came first?"), ("P1", "Me.\r\n\r\nWith my sister \U0001f469\u200d\U0001f467."), ("P2", "And me."),
        ("Moderator", "Why?"), ("P2", "The beans."), ("P1", "The bench."),
    ]  # fmt: skip
    assert [(s.label, s.role, s.case) for s in source.speakers] == [("Moderator", "moderator", None), ("P1", "participant", None), ("P2", "participant", None)]
    assert all(isinstance(t, Turn) and t.time is None for t in source.turns)


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("I", "interviewer"), ("INT 2", "interviewer"), ("Researcher", "interviewer"), ("Moderator 1", "moderator"), ("Interpreter", "interpreter"),
        ("P07", "participant"), ("P-07", "participant"), ("Respondent #3", "participant"),
        ("M", "unknown"), ("R", "unknown"), ("Ann", "unknown"), ("Pia", "unknown"), ("Ines", "unknown"), ("Moderator's friend", "unknown"),
    ],
)  # fmt: skip
def test_a_role_is_given_only_where_the_label_names_it(label: str, role: str) -> None:
    assert [s.role for s in detected(f"{label}: One.\n{label}: Two.").speakers] == [role]


def test_labels_are_told_apart_as_they_are_written() -> None:
    """`P7` and `P07` may be one person or two; that is for the researcher to say."""
    assert [s.label for s in detected("P7: One.\nP07: Two.\nP7: Three.\nP07: Four.").speakers] == ["P7", "P07"]


def test_speakers_that_are_there_are_kept_and_turns_never_doubled() -> None:
    ann = Speaker(id="a", label="Ann", role="participant", case="k")
    source = TextSource(text="Ann: Yes.\nAnn: No.", speakers=[ann])
    source.detect_turns()
    assert source.speakers == [ann]
    assert {t.speaker for t in source.turns} == {"a"}
    with pytest.raises(ValueError, match="has turns already"):
        source.detect_turns()


# ---- patterns ----
def test_patterns_of_ones_own_are_tried_in_turn() -> None:
    text = "#A# one\n#B# two\n#A# three\nNote: no\nNote: no"
    assert talk(detected(text, patterns=[r"#(?P<label>\w)# "], least=1)) == [("A", "one"), ("B", "two"), ("A", "three\nNote: no\nNote: no")]
    assert talk(detected(text, patterns=[r"@(?P<label>\w)@", r"#(?P<label>A)#"])) == [("A", "one\n#B# two"), ("A", "three\nNote: no\nNote: no")]
