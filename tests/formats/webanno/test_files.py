"""The files of sources lie in a folder beside the annotations: there whole or not at all, found again, and nothing else is opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qualdata import AudioSource, Code, MediaError, PictureSource, Study, TextSource, WriteError, differences
from qualdata.model import Media, Memo, Transcript
from qualdata.testing import without
from tests.alone import write
from tests.formats.test_many import steps
from tests.loosely import read


def sound(tmp_path: Path, data: bytes = b"RIFF") -> Media:
    (tmp_path / "in").mkdir(exist_ok=True)
    (tmp_path / "in" / "talk 1.mp3").write_bytes(data)
    return Media.file(tmp_path / "in" / "talk 1.mp3")


def talk(text: str = "We moved.") -> Study:
    """One text, with a code on a word."""
    study = Study(title="Talk")
    source = study.add(TextSource(id="P07", name="Talk", text=text))
    source.excerpt(3, 8).apply(study.add(Code(name="Moving")))
    return study


def names(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_texts_and_recordings_travel(tmp_path: Path) -> None:
    """Byte for byte, under names that addresses can hold; what they are is found again, transcripts at their recordings."""
    study = talk()
    film = study.add(AudioSource(name="A", media=sound(tmp_path)))
    film.transcripts.append(Transcript(name="T", text="\ufeffWords \U0001f600\r\n"))
    out = tmp_path / "a b\u00e9.jsonld"
    assert write(study, out) == []
    assert names(tmp_path / "a b\u00e9-sources") == sorted(["P07.txt", f"{film.transcripts[0].id}.txt", "talk 1.mp3"])
    assert (tmp_path / "a b\u00e9-sources" / "talk 1.mp3").read_bytes() == b"RIFF"
    addresses = [entry["id"] for entry in json.loads(out.read_text())["qualdata:sources"]]
    assert addresses[:2] == ["a%20b%C3%A9-sources/P07.txt", "a%20b%C3%A9-sources/talk%201.mp3"]
    back = read(out)
    assert [str(d) for d in differences(study, back)] == []
    assert back.sources[1].transcripts[0].text == "\ufeffWords \U0001f600\r\n"


def test_what_lies_there_is_never_replaced(tmp_path: Path) -> None:
    """The same file is not copied again; another gets another name, and each collection finds its own."""
    out = tmp_path / "a.jsonld"
    write(talk(), out)
    first = out.read_bytes()
    write(talk(), out)
    assert names(tmp_path / "a-sources") == ["P07.txt"]
    write(talk("We stayed here."), out)
    assert names(tmp_path / "a-sources") == ["P07-2.txt", "P07.txt"]
    assert read(out).sources[0].text == "We stayed here."
    out.write_bytes(first)
    assert read(out).sources[0].text == "We moved."


def test_sources_of_one_file_or_name_stay_apart(tmp_path: Path) -> None:
    """Each has an address of its own, also where letters differ in nothing but their case."""
    media = sound(tmp_path)
    study = Study(sources=[AudioSource(media=media), AudioSource(media=media), TextSource(id="a?", text="a"), TextSource(id="A:", text="b"), PictureSource(media=media)])
    write(study, tmp_path / "a.jsonld")
    assert names(tmp_path / "a-sources") == ["A_-2.txt", "a_.txt", "talk 1-2.mp3", "talk 1-3.mp3", "talk 1.mp3"]
    assert [str(d) for d in differences(study, read(tmp_path / "a.jsonld"))] == []


def test_twice_the_sources_are_twice_the_work(tmp_path: Path) -> None:
    """Also where all files have one name, and memos are about one thing; counted in calls of functions, for writing and for reading."""

    def needed(number: int) -> list[int]:
        folder = tmp_path / str(number)
        study = Study(memos=[Memo(text=str(n)) for n in range(number)])
        study.own_memos = [memo.id for memo in study.memos]
        for n in range(number):
            (folder / str(n)).mkdir(parents=True)
            (folder / str(n) / "answer.txt").write_text(str(n))
            study.add(TextSource(stored=Media.file(folder / str(n) / "answer.txt"))).excerpt(0, 1)
        return [steps(lambda: write(study, folder / "a.jsonld")), steps(lambda: read(folder / "a.jsonld"))]

    needed(10)
    assert [more < 2.3 * less for less, more in zip(needed(100), needed(200), strict=True)] == [True, True]
    assert [s.text for s in read(tmp_path / "200" / "a.jsonld").sources] == [str(n) for n in range(200)]


def test_a_collection_is_written_onto_itself(tmp_path: Path) -> None:
    """Read, changed and written in its place; its files stay where they are."""
    out = tmp_path / "a.jsonld"
    write(talk(), out)
    study = read(out)
    study.sources[0].excerpt(0, 2)
    assert write(study, out) == []
    assert names(tmp_path) == ["a-sources/P07.txt", "a.jsonld"]
    assert [e.span.end for e in read(out).sources[0].excerpts] == [8, 2]


def test_another_folder_may_be_named(tmp_path: Path) -> None:
    """It is found when it is named again; else the files are told to be missing, with words and positions kept."""
    out = tmp_path / "a.jsonld"
    write(talk(), out, media=tmp_path / "texts")
    assert names(tmp_path) == ["a.jsonld", "texts/P07.txt"]
    alone = read(out)
    assert (alone.sources[0].text, alone.sources[0].path) == (None, "relative:///texts/P07.txt")
    assert alone.sources[0].excerpts[0].quote.exact == "moved"
    assert [str(d) for d in differences(talk_of(out), read(out, sources=tmp_path / "texts"))] == []


def talk_of(out: Path) -> Any:
    """The study of the test with the ids that were written."""
    study = talk()
    said = json.loads(out.read_text())
    study.codes[0].id = said["qualdata:codes"][0]["id"].removeprefix("urn:uuid:")
    first = said["first"]["items"][0]
    excerpt = study.sources[0].excerpts[0]
    excerpt.id, excerpt.codings[0].id, excerpt.codings[0].code = first["target"]["id"].removeprefix("urn:uuid:"), first["id"].removeprefix("urn:uuid:"), study.codes[0].id
    return study


def test_without_files_there_is_no_folder(tmp_path: Path) -> None:
    """A codebook needs none."""
    assert write(Study(codes=[Code(name="a")]), tmp_path / "a.jsonld") == []
    assert names(tmp_path) == ["a.jsonld"]
    assert not (tmp_path / "a-sources").exists()


def test_if_writing_fails_nothing_is_there(tmp_path: Path) -> None:
    """A recording that is gone, a folder that cannot be made: neither file nor folder is left, what was there stays."""
    study = talk()
    study.add(AudioSource(media=sound(tmp_path)))
    (tmp_path / "in" / "talk 1.mp3").unlink()
    with pytest.raises(MediaError):
        write(study, tmp_path / "a.jsonld")
    (tmp_path / "b-sources").write_text("in the way")
    with pytest.raises(WriteError, match="files cannot be written into this folder"):
        write(talk(), tmp_path / "b.jsonld")
    assert names(tmp_path) == ["b-sources"]


def test_without_a_folder_texts_and_files_are_losses(tmp_path: Path) -> None:
    """The function by itself, as others may call it, puts nothing beside."""
    from qualdata.formats.webanno.collection import read_annotations, write_annotations

    study = talk()
    study.add(AudioSource(media=sound(tmp_path)))
    losses = write_annotations(study, tmp_path / "a.jsonld")
    assert [(loss.kind, loss.fields) for loss in losses] == [("missing", ("TextSource.text",)), ("missing", ("AudioSource.media",))]
    back = read_annotations(tmp_path / "a.jsonld")
    assert back.sources[0].excerpts[0].quote.exact == "moved"  # type: ignore[union-attr]
    back.sources[0].excerpts[0].quote = None
    assert [str(d) for d in differences(without(study, losses), back)] == []


# ---- what is not opened ----
def named(tmp_path: Path, address: str) -> Any:
    """The source of an annotation that names this address, in a folder with files around."""
    (tmp_path / "here" / "a-sources").mkdir(parents=True)
    for place in ("secret.txt", "here/secret.txt", "here/other/secret.txt"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("secret")
    (tmp_path / "here" / "a-sources" / "page.html").write_text("<p>We moved.</p>")
    (tmp_path / "here" / "a-sources" / "link.txt").symlink_to(tmp_path / "secret.txt")
    target = {"source": address, "selector": {"type": "TextQuoteSelector", "exact": "secret"}}
    (tmp_path / "here" / "a.jsonld").write_text(json.dumps({"type": "Annotation", "target": target, "body": {"value": "a", "purpose": "tagging"}}))
    return read(tmp_path / "here" / "a.jsonld").sources[0]


OUTSIDE = (
    "secret.txt", "../secret.txt", "a-sources/../secret.txt", "a-sources/..%2Fsecret.txt", "%2e%2e/secret.txt", "other/secret.txt", "a-sources/link.txt",
    "/etc/passwd", "file:///etc/passwd", "http://example.org/secret.txt",
)  # fmt: skip


@pytest.mark.parametrize("address", OUTSIDE)
def test_only_the_folder_is_looked_into(address: str, tmp_path: Path) -> None:
    """Neither files beside the annotations, nor above them, nor those that a link leads to."""
    source = named(tmp_path, address)
    assert source.text is None
    assert source.excerpts[0].quote.exact == "secret"


def test_a_web_page_is_no_text(tmp_path: Path) -> None:
    """Its marks would be counted; it is told."""
    assert named(tmp_path, "http://example.org/page.html").text is None
    assert "page.html is no plain text" in read(tmp_path / "here" / "a.jsonld").reading.remarks[0].message
