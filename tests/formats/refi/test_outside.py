"""Recordings that lie outside the project: found in the folder that is given, by their place, and nowhere else; then packed, kept outside, or said."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualdata import AudioSource, Media, Study, TextSource, VideoSource, differences, write
from qualdata.formats.refi.container import is_outside
from qualdata.formats.refi.folder import Places, steps
from qualdata.testing import without
from tests.canonical import canonical
from tests.independent import members, project, project_xml
from tests.loosely import read
from tests.official import project_schema
from tests.writing import guid, pack
from tests.writing import project as written

OTHERS = ("standard", "nvivo", "nvivo-mac")


def recordings(path: Path, *paths: str, base: str | None = None) -> Path:
    """A project with a recording for each path."""
    sources = "".join(f'<VideoSource guid="{guid(100 + i)}" name="v{i}" path="{p}"/>' for i, p in enumerate(paths))
    base_path = "" if base is None else f' basePath="{base}"'
    return pack(path, written(f"<Sources>{sources}</Sources>", origin="ATLAS.ti 25", attributes=base_path))


def folder(path: Path, *names: str) -> Path:
    """A folder of files, each of which holds its own name."""
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(name)
    return path


def found(study: Study) -> list[str | None]:
    return [s.media.read().decode() if isinstance(s, VideoSource) and s.media else None for s in study.sources]


def remarks(study: Study, rule: str) -> list[str]:
    assert study.reading is not None
    return [r.message for r in study.reading.remarks if r.rule == rule]


# ---- finding ----
@pytest.mark.parametrize(
    ("path", "base", "expected"),
    [
        ("relative:///AR/Talk.mp4", None, "AR/Talk.mp4"),
        ("relative:///SC/Talk.mp4", "C:/PROJECT/Sources", "SC/Talk.mp4"),
        ("relative:///Talk.mp4", "C:\\PROJECT\\Sources\\SC", "SC/Talk.mp4"),
        ("relative:///Talk.mp4", "file:///Users/ann/My%20Media/AR", "AR/Talk.mp4"),
        ("relative:///Talk.mp4", "//PROJECT/Sources/SC/", "SC/Talk.mp4"),
        ("relative://SC/Talk.mp4", "", "SC/Talk.mp4"),
        ("relative:///../SC/Talk.mp4", "/home/ann/AR", "SC/Talk.mp4"),
        ("relative:///SC\\Talk.mp4", None, "SC/Talk.mp4"),
        ("RELATIVE:///sc/TALK.MP4", None, "SC/Talk.mp4"),
        ("absolute:///C:/PROJECT/Sources/SC/Talk.mp4", None, "SC/Talk.mp4"),
        ("absolute:///C:\\PROJECT\\Sources\\AR\\Talk.mp4", None, "AR/Talk.mp4"),
        ("absolute:////server/share/AR/Talk.mp4", None, "AR/Talk.mp4"),
        ("absolute:///Users/ann/SC/Talk.mp4", "/elsewhere/AR", "SC/Talk.mp4"),
        ("file:///C:/PROJECT/AR/Talk.mp4", None, "AR/Talk.mp4"),
        ("relative:///A%20B/One%20more.mp4", None, "A B/One more.mp4"),
        ("relative:///100%25.mp4", None, "100%25.mp4"),
        ("absolute:///D:/Caf\u00e9.mp4", None, "Cafe\u0301.mp4"),
    ],
)
def test_the_file_whose_place_is_most_like_the_path_is_taken(path: str, base: str | None, expected: str, tmp_path: Path) -> None:
    """Whatever system wrote it, with escapes or without, from the base path or not: of two of one name the one in the folder that is named alike."""
    there = folder(tmp_path / "media", "AR/Talk.mp4", "SC/Talk.mp4", "A B/One more.mp4", "100%25.mp4", "100%.mp4", "Cafe\u0301.mp4")
    study = read(recordings(tmp_path / "a.qdpx", path, base=base), sources=there)
    assert found(study) == [expected]
    assert remarks(study, "refi-source-missing") == []
    assert remarks(study, "refi-source-path") == []


@pytest.mark.parametrize("path", ["relative:///Talk.mp4", "absolute:///C:/x/Talk.mp4", "relative:///x/Talk.mp4"])
def test_of_two_that_fit_alike_none_is_taken(path: str, tmp_path: Path) -> None:
    """Nothing says which is meant: it is missing, and the remark names both."""
    there = folder(tmp_path / "media", "AR/Talk.mp4", "SC/Talk.mp4")
    study = read(recordings(tmp_path / "a.qdpx", path, path), sources=there)
    assert found(study) == [None, None]
    [remark] = remarks(study, "refi-source-path")
    assert "AR/Talk.mp4" in remark
    assert "SC/Talk.mp4" in remark
    assert len(remarks(study, "refi-source-missing")) == 1


def test_a_file_at_the_top_of_the_folder_is_meant_before_one_deeper_in_it(tmp_path: Path) -> None:
    """It lies where it was looked for; and letters of the same case are better than others."""
    there = folder(tmp_path / "media", "Talk.mp4", "old/Talk.mp4", "x/One.mp4", "x/one.mp4")
    study = read(recordings(tmp_path / "a.qdpx", "absolute:///C:/a/Talk.mp4", "relative:///x/one.mp4"), sources=there)
    assert found(study) == ["Talk.mp4", "x/one.mp4"]


def test_a_file_that_was_found_by_its_name_alone_is_said(tmp_path: Path) -> None:
    """It lies in a folder that the path does not speak of; the one beside it does not."""
    there = folder(tmp_path / "media", "disk 2/Talk.mp4", "AR/More.mp4")
    study = read(recordings(tmp_path / "a.qdpx", "relative:///AR/Talk.mp4", "relative:///AR/More.mp4"), sources=there)
    assert found(study) == ["disk 2/Talk.mp4", "AR/More.mp4"]
    [remark] = remarks(study, "refi-source-path")
    assert "disk 2/Talk.mp4" in remark


def test_nothing_is_opened_on_the_word_of_a_file(tmp_path: Path) -> None:
    """Not at the place that the file names, not beside it, not in a folder named as ATLAS.ti names it, if no folder is given."""
    there = folder(tmp_path / "a Media", "Talk.mp4")
    folder(tmp_path, "Talk.mp4")
    study = read(recordings(tmp_path / "a.qdpx", f"absolute://{there}/Talk.mp4", "relative:///Talk.mp4", f"file://{there}/Talk.mp4", base=str(there)))
    assert found(study) == [None, None, None]
    assert len(remarks(study, "refi-source-missing")) == 3


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    """Neither of files nor of folders; one within it is."""
    there = folder(tmp_path / "media", "in/Talk.mp4")
    folder(tmp_path / "out", "Secret.mp4", "Other.mp4")
    (there / "Secret.mp4").symlink_to(tmp_path / "out" / "Secret.mp4")
    (there / "way").symlink_to(tmp_path / "out", target_is_directory=True)
    (there / "Same.mp4").symlink_to(there / "in" / "Talk.mp4")
    study = read(recordings(tmp_path / "a.qdpx", "relative:///Secret.mp4", "relative:///way/Other.mp4", "relative:///Same.mp4"), sources=there)
    assert found(study) == [None, None, "in/Talk.mp4"]


def test_a_folder_of_very_many_files_is_looked_through_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not looked at is said."""
    monkeypatch.setitem(__import__("qualdata.formats.zip", fromlist=["LIMITS"]).LIMITS, "members", 3)
    study = read(recordings(tmp_path / "a.qdpx", "relative:///d.mp4"), sources=folder(tmp_path / "media", "a.mp4", "b.mp4", "c.mp4", "d.mp4"))
    assert found(study) == [None]
    assert "more than 3 files" in remarks(study, "refi-size-limit")[0]


def test_steps_of_a_path_are_those_of_any_system() -> None:
    """A drive is a step, a scheme is none, and what goes up takes one away."""
    assert steps("C:\\A\\b.mp4") == steps("file:///C:/A/./b.mp4") == steps("/C:/x/../A//b.mp4") == ["C:", "A", "b.mp4"]
    assert steps("../../b.mp4") == steps("//b.mp4") == ["b.mp4"]
    assert steps("") == steps("/") == steps("..") == []
    assert Places([]).like(["b"]) == []
    assert Places([("a", "b"), ("a", "a", "B")]).like(["x", "a", "B"]) == [("a", "b")]
    assert Places([("x",) * 5000]).like(["x"] * 9000) == [("x",) * 5000]
    assert [is_outside(p) for p in ("relative:///a", "ABSOLUTE:///a", "file:///a", "internal://a", "a", None)] == [True, True, True, False, False, False]


# ---- writing ----
@pytest.mark.parametrize("target", OTHERS)
@pytest.mark.parametrize("via", ["", "kept.qualdata"])
def test_what_was_found_travels_in_the_project(via: str, target: str, tmp_path: Path) -> None:
    """Whoever gives the folder wants the files along: each is a member named by GUID, two references to one are one."""
    there = folder(tmp_path / "media", "AR/Talk.mp4", "Song.mp4")
    study = read(recordings(tmp_path / "a.qdpx", "relative:///AR/Talk.mp4", "absolute:///C:/Song.mp4", "relative:///AR/Talk.mp4"), sources=there)
    if via:
        write(study, tmp_path / via)
        study = read(tmp_path / via)
    assert write(study, tmp_path / "b.qdpx", target=target) == []
    project_schema().assertValid(project(tmp_path / "b.qdpx"))
    assert sorted(d for n, d in members(tmp_path / "b.qdpx").items() if n.endswith(".mp4")) == [b"AR/Talk.mp4", b"Song.mp4"]
    assert all((e.get("path") or "").startswith("internal://") for e in project(tmp_path / "b.qdpx").iter("{*}VideoSource"))
    back = read(tmp_path / "b.qdpx")
    assert found(back) == ["AR/Talk.mp4", "Song.mp4", "AR/Talk.mp4"]
    assert back == study


@pytest.mark.parametrize("target", OTHERS)
def test_what_was_not_found_keeps_its_path(target: str, tmp_path: Path) -> None:
    """So that it can be found another time."""
    study = read(recordings(tmp_path / "a.qdpx", "relative:///AR/Talk.mp4", "absolute:///C:/Song.mp4", base="C:/PROJECT"))
    assert write(study, tmp_path / "b.qdpx", target=target) == []
    back = read(tmp_path / "b.qdpx")
    assert [s.path for s in back.sources] == ["relative:///AR/Talk.mp4", "absolute:///C:/Song.mp4"]
    assert back.base_path == "C:/PROJECT"
    assert found(read(tmp_path / "b.qdpx", sources=folder(tmp_path / "media", "AR/Talk.mp4"))) == ["AR/Talk.mp4", None]


@pytest.mark.parametrize("via", ["", "kept"])
def test_as_read_keeps_outside_what_was_outside_and_says_so(via: str, tmp_path: Path) -> None:
    """The project is the one that was read; the file stays where it is, which is told."""
    there = folder(tmp_path / "media", "Talk.mp4", "t.txt")
    path = recordings(tmp_path / "a.qdpx", "relative:///Talk.mp4")
    study = read(path, sources=there)
    if via:
        write(study, tmp_path / via)
        study = read(tmp_path / via)
    losses = write(study, tmp_path / "b.qdpx", target="as-read")
    assert [(loss.kind, loss.fields, loss.ids) for loss in losses] == [("missing", ("VideoSource.media",), (guid(100),))]
    assert canonical(project_xml(tmp_path / "b.qdpx")) == canonical(project_xml(path))
    assert list(members(tmp_path / "b.qdpx")) == ["project.qde"]
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "b.qdpx"))] == []
    assert read(tmp_path / "b.qdpx", sources=there) == study


def test_as_read_completes_a_project_whose_own_files_were_found(tmp_path: Path) -> None:
    """A path that means a file of the project is filled with it under just that name, once for all that refer to it."""
    sources = "".join(f'<TextSource guid="{guid(n)}" plainTextPath="internal://interview one.txt" richTextPath="internal://one.docx"/>' for n in (1, 2))
    path = pack(tmp_path / "a.qdpx", written(f"<Sources>{sources}</Sources>", origin="qc 1"), {"Sources/": b""})
    study = read(path, sources=folder(tmp_path / "there", "interview one.txt", "one.docx"))
    assert write(study, tmp_path / "b.qdpx", target="as-read") == []
    assert canonical(project_xml(tmp_path / "b.qdpx")) == canonical(project_xml(path))
    assert list(members(tmp_path / "b.qdpx")) == ["project.qde", "Sources/", "Sources/one.docx", "Sources/interview one.txt"]
    assert read(tmp_path / "b.qdpx") == study


@pytest.mark.parametrize("target", ["standard", "as-read"])
def test_texts_and_formatted_texts_outside_are_accounted_for(target: str, tmp_path: Path) -> None:
    """A text must be in the project (clause 9.1.2), so other targets take it in; as-read leaves it, and says so."""
    sources = f'<TextSource guid="{guid(1)}" plainTextPath="relative:///t.txt" richTextPath="absolute:///C:/t.docx"/>'
    study = read(pack(tmp_path / "a.qdpx", written(f"<Sources>{sources}</Sources>", origin="qc 1")), sources=folder(tmp_path / "there", "t.txt", "t.docx"))
    losses = write(study, tmp_path / "b.qdpx", target=target)
    assert sorted(loss.fields[0] for loss in losses) == ([] if target == "standard" else ["TextSource.rich", "TextSource.text"])
    assert [str(d) for d in differences(without(study, losses), read(tmp_path / "b.qdpx"))] == []


@pytest.mark.parametrize("target", ["standard", "as-read"])
def test_a_bare_project_says_which_recordings_it_leaves(target: str, tmp_path: Path) -> None:
    """It keeps their paths."""
    study = read(recordings(tmp_path / "a.qdpx", "relative:///Talk.mp4"), sources=folder(tmp_path / "media", "Talk.mp4"))
    losses = write(study, tmp_path / "b.qde", target=target)
    assert [loss.fields for loss in losses] == [("VideoSource.media",)]
    back = read(tmp_path / "b.qde")
    assert back.sources[0].path == "relative:///Talk.mp4"
    assert [str(d) for d in differences(without(study, losses), back)] == []


def test_a_recording_of_two_gigabytes_stays_outside(tmp_path: Path) -> None:
    """A file in a project may have 2^31 - 1 bytes (clause 8.5); what has more and lay outside stays there, which is told. The file here is empty space."""
    there = folder(tmp_path / "media", "Long.mp4", "Short.mp4")
    with (there / "Long.mp4").open("wb") as file:
        file.truncate(1 << 31)
    study = read(recordings(tmp_path / "a.qdpx", "relative:///Long.mp4", "relative:///Short.mp4"), sources=there)
    losses = write(study, tmp_path / "b.qdpx")
    assert [(loss.kind, loss.fields, loss.ids) for loss in losses] == [("missing", ("VideoSource.media",), (guid(100),))]
    assert "2 GB" in losses[0].why
    back = read(tmp_path / "b.qdpx")
    assert [str(d) for d in differences(without(study, losses), back)] == []
    assert found(back) == [None, "Short.mp4"]


# ---- transcripts that share their file with a text ----
def shared(path: Path) -> Path:
    """A text, and a recording whose transcript has the same file, as ATLAS.ti writes it."""
    transcript = (
        f'<Transcript guid="{guid(3)}" plainTextPath="internal://{guid(1)}.txt" richTextPath="internal://{guid(9)}.docx">'
        f'<SyncPoint guid="{guid(4)}" timeStamp="0" position="0"/><SyncPoint guid="{guid(5)}" timeStamp="900" position="5"/></Transcript>'
    )
    text = f'<TextSource guid="{guid(1)}" name="t" plainTextPath="internal://{guid(1)}.txt" richTextPath="internal://{guid(9)}.docx"/>'
    qde = written(f'<Sources>{text}<AudioSource guid="{guid(2)}" path="relative:///a.m4a">{transcript}</AudioSource></Sources>', origin="ATLAS.ti 8")
    return pack(path, qde, {f"sources/{guid(1)}.txt": b"Well\r\nyes", f"sources/{guid(9)}.docx": b"PK docx"})


@pytest.mark.parametrize("target", [*OTHERS, "as-read"])
@pytest.mark.parametrize("via", ["", "kept.qualdata", "kept"])
def test_a_transcript_and_a_text_share_their_file(via: str, target: str, tmp_path: Path) -> None:
    """One member, or one file of a package, to which both refer; each counts in it on its own."""
    study = read(shared(tmp_path / "a.qdpx"))
    if via:
        write(study, tmp_path / via)
        study = read(tmp_path / via)
    text, audio = study.sources
    assert text.stored is audio.transcripts[0].stored
    assert text.rich is audio.transcripts[0].rich
    assert [p.position for p in audio.transcripts[0].sync_points] == [0, 6]
    assert write(study, tmp_path / "b.qdpx", target=target) == []
    assert sorted(d for n, d in members(tmp_path / "b.qdpx").items() if not n.endswith((".qde", ".root"))) == [b"PK docx", b"Well\r\nyes"]
    paths = {e.get(a) for e in project(tmp_path / "b.qdpx").iter("{*}TextSource", "{*}Transcript") for a in ("plainTextPath", "richTextPath")}
    assert len(paths) == 2
    assert read(tmp_path / "b.qdpx") == study


@pytest.mark.parametrize("target", [*OTHERS, "as-read"])
def test_a_text_that_is_changed_leaves_the_transcript_as_it_was(target: str, tmp_path: Path) -> None:
    """From then on they are two; both are written."""
    study = read(shared(tmp_path / "a.qdpx"))
    study.sources[0].text = "Other words"
    assert write(study, tmp_path / "b.qdpx", target=target) == []
    back = read(tmp_path / "b.qdpx")
    assert (back.sources[0].text, back.sources[1].transcripts[0].text) == ("Other words", "Well\r\nyes")
    assert back == study


def test_a_study_made_by_hand_may_share_a_file_too(tmp_path: Path) -> None:
    """Two sources with one handle are one file in a package and in a project."""
    folder(tmp_path, "a.mp3")
    media = Media.file(tmp_path / "a.mp3")
    study = Study(sources=[AudioSource(media=media), AudioSource(media=media), TextSource(text="t")])
    write(study, tmp_path / "kept")
    write(study, tmp_path / "b.qdpx")
    assert len(list((tmp_path / "kept" / "sources").iterdir())) == 2
    assert len(members(tmp_path / "b.qdpx")) == 3
