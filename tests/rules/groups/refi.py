"""Examples for the rules about REFI-QDA files: hand-written XML with one fault each."""

from __future__ import annotations

from pathlib import Path

from qualdata import Memo, Study
from tests.rules.examples import bad, good
from tests.rules.sound import CASE, END, FRIENDS, SOURCE, START, TEXT, WORDS, guid, project, sound

TXT = f"sources/{SOURCE}.txt"
PATH = f'plainTextPath="internal://{SOURCE}.txt"'
GONE = guid(99)


@good(
    "refi-structure-invalid", "refi-guid-reused", "refi-guid-invalid", "refi-namespace", "refi-container-name", "refi-source-path", "refi-source-missing",
    "refi-source-orphan", "refi-text-both-or-neither", "refi-range-invalid", "refi-user-dangling", "refi-size-limit",
)  # fmt: skip
def the_sound_project(folder: Path) -> Path:
    return project(folder)


@good("refi-range-invalid")
def a_text_inside_the_project(folder: Path) -> Path:
    return project(folder, (PATH, ""), ("<PlainTextSelection", f"<PlainTextContent>{TEXT}</PlainTextContent><PlainTextSelection"), files={})


@bad("refi-structure-invalid")
def an_element_too_late(folder: Path) -> Path:
    return project(folder, ("<Users>", "<Sets/><Users>"))


@bad("refi-structure-invalid")
def an_attribute_that_there_is_not(folder: Path) -> Path:
    return project(folder, ('name="Friends"', 'name="Friends" mood="good"'))


@bad("refi-guid-reused")
def a_case_with_the_guid_of_a_code(folder: Path) -> Path:
    return project(folder, (f'Case guid="{CASE}"', f'Case guid="{FRIENDS.upper()}"'))


@bad("refi-guid-reused")
def a_passage_of_a_pdf_marked_twice(folder: Path) -> Path:
    pdf = (
        f'<PDFSource guid="{guid(30)}" name="Leaflet" path="internal://{guid(31)}.pdf">'
        f'<PDFSelection guid="{guid(32)}" name="Eat well" page="0" firstX="18" firstY="45" secondX="577" secondY="234"/>'
        f'<Representation guid="{guid(34)}" name="Leaflet" plainTextPath="internal://{guid(34)}.txt">'
        f'<PlainTextSelection guid="{guid(32)}" name="Eat well" startPosition="4" endPosition="12"/></Representation></PDFSource>'
    )
    files = {TXT: TEXT.encode(), f"sources/{guid(31)}.pdf": b"%PDF-1.4 nothing", f"sources/{guid(34)}.txt": b"All Eat well now"}
    return project(folder, ("</Sources>", f"{pdf}</Sources>"), files=files)


@bad("refi-guid-invalid")
def an_id_in_words(folder: Path) -> Path:
    return project(folder, (CASE, "P01"))


@bad("refi-namespace")
def the_namespace_of_a_draft(folder: Path) -> Path:
    return project(folder, ("project:1.0", "project:0:5"))


@bad("refi-container-name")
def another_name(folder: Path) -> Path:
    return project(folder, name="Project.qde")


@bad("refi-container-name")
def another_folder(folder: Path) -> Path:
    return project(folder, files={f"Sources/{SOURCE}.txt": TEXT.encode()})


@bad("refi-source-path")
def a_bare_name(folder: Path) -> Path:
    return project(folder, ("internal://", ""))


@bad("refi-source-missing")
def a_text_that_is_gone(folder: Path) -> Path:
    return project(folder, files={})


@bad("refi-source-orphan")
def a_file_too_many(folder: Path) -> Path:
    return project(folder, files={TXT: TEXT.encode(), f"sources/{GONE}.txt": b"P01 is someone else."})


@bad("refi-text-both-or-neither")
def a_text_twice(folder: Path) -> Path:
    return project(folder, ("<PlainTextSelection", f"<PlainTextContent>{TEXT}</PlainTextContent><PlainTextSelection"))


@bad("refi-text-both-or-neither")
def no_text_at_all(folder: Path) -> Path:
    return project(folder, ("</Sources>", f'<TextSource guid="{guid(30)}" name="P02"/></Sources>'))


@bad("refi-range-invalid")
def beyond_the_end(folder: Path) -> Path:
    return project(folder, (f'name="{WORDS}" startPosition="{START}" endPosition="{END}"', f'startPosition="{START}" endPosition="{len(TEXT) + 1}"'))


@bad("refi-user-dangling")
def a_coder_who_is_not_there(folder: Path) -> Path:
    return project(folder, (' creatingUser="' + guid(1), ' creatingUser="' + GONE))


@bad("refi-user-dangling")
def a_source_by_no_one(folder: Path) -> Path:
    return project(folder, ("<TextSource ", f'<TextSource modifyingUser="{GONE}" '))


@bad("refi-size-limit", instead={"qualdata.rules.groups.refi._LARGEST": 10})
def a_file_over_the_limit(folder: Path) -> Path:
    return project(folder)


@good("refi-loss", target="standard")
def what_can_be_told(folder: Path) -> Path:
    return project(folder)


@bad("refi-loss", target="nvivo")
def the_kind_of_a_memo(folder: Path) -> Study:
    study = sound()
    study.add(Memo(id="m", name="Why", text="They all say so.", kind="analytic"))
    study["friends"].memos = ["m"]
    return study
