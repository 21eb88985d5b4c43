"""Examples for the rules about texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qualdata import AudioSource, Media, Speaker, Study, TextSource, TextSpan, TimeSpan, Transcript, Turn
from qualdata.model import SyncPoint
from tests.rules.examples import bad, good
from tests.rules.groups.package import word
from tests.rules.sound import SOURCE, TEXT, package, project, sound

TXT, PATH = f"sources/{SOURCE}.txt", f'plainTextPath="internal://{SOURCE}.txt"'
RICH = (PATH, f'{PATH} richTextPath="internal://{SOURCE}.docx"')


def file(folder: Path, name: str, data: bytes) -> Media:
    path = folder / name
    path.write_bytes(data)
    return Media.file(path)


def with_text(folder: Path, data: bytes, text: str = TEXT) -> Path:
    """The sound package, whose text was deposited as *text* and now has other bytes."""
    study = sound()
    study["t"].text = text
    path = package(folder, study)
    (path / "sources" / "t.txt").write_bytes(data)
    return path


def spoken() -> Study:
    """The sound study with its two speakers and their turns, and a recording."""
    study = sound()
    source = study["t"]
    source.speakers = [Speaker(id="i", label="I", role="interviewer"), Speaker(id="p", label="P01", role="participant", case="p01")]
    question, answer = source.find("How did you find the group?"), source.find("By accident. A friend took me along.")
    source.turns = [Turn(id="t1", speaker="i", span=question, time=TimeSpan(0, 2000)), Turn(id="t2", speaker="{P}", span=answer, time=TimeSpan(1500, 5000))]
    points = [SyncPoint(id="s1", time=0, position=0), SyncPoint(id="s2", time=2000, position=12), SyncPoint(id="s3", position=40)]
    recording = study.add(AudioSource(id="a", name="Recording", transcripts=[Transcript(id="tr", name="Transcript", text="Hello [00:59:07] there [1:02:03].", sync_points=points)]))
    study["p01"].sources.append(recording.id)
    study.add(AudioSource(id="b", name="The same, cut"))
    study["p01"].sources.append("b")
    source.derived_from, source.relation = "b", "transcript"
    return study


def headed(header: str) -> Study:
    """The sound study with a header in its text, and an interview."""
    study = sound()
    study["t"].excerpts[0].span = TextSpan(len(header) + 45, len(header) + 49)
    study["t"].text = header + TEXT
    return study


@good("txt-hash-mismatch", "txt-empty-with-codings")
def the_sound_package(folder: Path) -> Path:
    return package(folder)


@good("txt-encoding-damage", "txt-hash-mismatch")
def letters_of_many_kinds(folder: Path) -> Path:
    study = sound()
    study.add(TextSource(id="u", name="P02", text="S\u00c3O PAULO, \u00c2ngela: caf\u00e9 \u2013 \u201cna\u00efve\u201d, \u4e2d\u6587."))
    study["p01"].sources.append("u")
    return package(folder, study)


@good("txt-rich-text-differs")
def the_same_in_a_word_file(folder: Path) -> Path:
    return project(folder, RICH, files={TXT: TEXT.encode(), f"sources/{SOURCE}.docx": word(TEXT.replace("\n", "\n\n").rstrip())})


@good("txt-transcript-missing", "txt-turns-invalid", "txt-speaker-undeclared", "txt-time-invalid")
def speakers_who_talk_at_the_same_time(folder: Path) -> Study:
    return spoken()


@good("txt-header-conflict")
def a_header_that_says_the_same(folder: Path) -> Study:
    return headed("Interview: P01\nDate: 2024-05-17\nMode: phone\nTranscribed by: someone\n\n")


@bad("txt-hash-mismatch")
def a_word_was_changed(folder: Path) -> Path:
    return with_text(folder, TEXT.replace("friend", "cousin").encode())


@bad("txt-hash-mismatch")
def line_ends_were_changed(folder: Path) -> Path:
    return with_text(folder, TEXT.replace("\n", "\r\n").encode(), TEXT)


@bad("txt-empty-with-codings")
def an_empty_text(folder: Path) -> Path:
    return project(folder, files={TXT: b"\xef\xbb\xbf\r\n"})


@bad("txt-encoding-damage")
def latin_1(folder: Path) -> Path:
    return project(folder, files={TXT: TEXT.encode() + "Caf\u00e9.".encode("latin-1")})


@bad("txt-encoding-damage")
def lost_letters(folder: Path) -> Path:
    return project(folder, files={TXT: (TEXT + "Caf\ufffd.").encode()})


@bad("txt-encoding-damage")
def utf_8_read_as_windows_1252(folder: Path) -> Path:
    return project(folder, files={TXT: (TEXT + "caf\u00c3\u00a9, na\u00c3\u00afve, \u00e2\u20ac\u0153so\u00e2\u20ac\u2122").encode()})


@bad("txt-rich-text-differs")
def a_name_in_the_word_file(folder: Path) -> Path:
    return project(folder, RICH, files={TXT: TEXT.encode(), f"sources/{SOURCE}.docx": word(TEXT.replace("A friend", "Ben"))})


@bad("txt-rich-text-differs")
def a_word_file_that_is_none(folder: Path) -> Path:
    return project(folder, RICH, files={TXT: TEXT.encode(), f"sources/{SOURCE}.docx": b"PK nothing"})


@bad("txt-transcript-missing")
def a_recording_alone(folder: Path) -> Study:
    study = sound()
    study.add(AudioSource(id="a", name="Recording"))
    study["p01"].sources.append("a")
    return study


def wrong(rule: str, name: str, change: Callable[[Study], Any]) -> None:
    """A bad example: the spoken study with one change."""

    def make(folder: Path) -> Study:
        study = spoken()
        change(study)
        return study

    make.__name__ = name
    bad(rule)(make)


wrong("txt-turns-invalid", "a_turn_beyond_the_end", lambda s: setattr(s["t2"], "span", TextSpan(60, len(TEXT) + 1)))
wrong("txt-turns-invalid", "a_turn_that_ends_before_it_begins", lambda s: setattr(s["t2"], "span", TextSpan(60, 50)))
wrong("txt-turns-invalid", "turns_over_each_other", lambda s: setattr(s["t1"], "span", TextSpan(3, 40)))
wrong("txt-speaker-undeclared", "a_turn_by_a_stranger", lambda s: setattr(s["t2"], "speaker", "nobody"))
wrong("txt-speaker-undeclared", "a_turn_by_a_case", lambda s: setattr(s["t2"], "speaker", "p01"))
wrong("txt-time-invalid", "a_turn_that_runs_backwards", lambda s: setattr(s["t1"], "time", TimeSpan(2000, 0)))
wrong("txt-time-invalid", "sync_points_that_cross", lambda s: setattr(s["s1"], "time", 9000))
wrong("txt-time-invalid", "a_time_stamp_that_is_none", lambda s: setattr(s["tr"], "text", "He left [inaudible 00:71:20]."))


def against(name: str, header: str) -> None:
    """A bad example: a header that says something else than the interview."""

    def make(folder: Path) -> Study:
        return headed(header)

    make.__name__ = name
    bad("txt-header-conflict")(make)


against("another_participant", "Participant: P02\n\n")
against("another_date", "Date: 2024-06-17\n\n")
against("another_mode", "Mode: face to face\n\n")
