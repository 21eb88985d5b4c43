"""A small study in which no rule finds anything, in any profile but for what is said there; bad examples change one thing of it."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from zipfile import ZipFile

from qualdata import Case, Code, Consent, Contributor, Document, Interview, Media, Permission, Study, TextSource, write

TEXT = "I: How did you find the group?\nP01: By accident. A friend took me along.\n"
WORDS = "A friend took me along."
DEPOSIT = Path(__file__).parent / "deposit"
ROLES = {"readme": "readme", "topic-guide": "guide", "consent-form": "consent form", "information-sheet": "information sheet", "transcription-rules": "transcription rules"}
TOLD = {
    "abstract": "How someone found a group; all of it is invented.", "method": "thematic analysis", "sampling": "invented", "setting": "nowhere", "languages": ["en"],
    "keywords": ["groups"], "ethics": ["none was needed, as no one took part"], "licence": "CC0-1.0", "access": "open",
}  # fmt: skip
"""What archives want to know of a study."""


def sound() -> Study:
    """One interview, one code, one coding, with all that archives ask for."""
    study = Study(id="s", title="Finding a group", synthetic=True, **deepcopy(TOLD))
    study.add(Contributor(id="ann", name="Coder A", roles=["coder", "creator"]))
    code = study.add(Code(id="friends", name="Friends", description="Someone they knew told them of it.", origin="inductive"))
    text = study.add(TextSource(id="t", name="P01", text=TEXT))
    study.add(Case(id="p01", name="P01", sources=[text.id]))
    study.add(Interview(id="iv", name="Interview P01", date="2024-05", mode="telephone", cases=["p01"], sources=[text.id]))
    study.add(Consent(id="consent", permissions=[Permission(use="archiving")]))
    for name, role in ROLES.items():
        study.add(Document(id=name, name=role, role=role, media=Media.file(DEPOSIT / f"{name}.txt")))
    passage = text.excerpt(text.find(WORDS))
    passage.id = "e"
    passage.apply(code, "ann", created="2024-05-17T10:00:00Z").id = "c"
    return study


def package(folder: Path, study: Study | None = None) -> Path:
    """The sound study, or another, as a package in a folder of the folder."""
    path = folder / "study"
    write(study or sound(), path)
    return path


def guid(n: int) -> str:
    """The GUID of a number."""
    return f"{n:08x}-aaaa-4bbb-8ccc-0123456789ab"


ANN, FRIENDS, SOURCE, CASE, PASSAGE, CODING = map(guid, range(1, 7))
START, END = TEXT.index(WORDS), TEXT.index(WORDS) + len(WORDS)
PROJECT = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Finding a group" origin="QualCoder 3.6" creatingUserGUID="{ANN}">
<Users><User guid="{ANN}" name="Coder A"/></Users>
<CodeBook><Codes><Code guid="{FRIENDS}" name="Friends" isCodable="true"><Description>Someone they knew told them of it.</Description></Code></Codes></CodeBook>
<Cases><Case guid="{CASE}" name="P01"><SourceRef targetGUID="{SOURCE}"/></Case></Cases>
<Sources><TextSource guid="{SOURCE}" name="P01" plainTextPath="internal://{SOURCE}.txt">
<PlainTextSelection guid="{PASSAGE}" name="{WORDS}" startPosition="{START}" endPosition="{END}">
<Coding guid="{CODING}" creatingUser="{ANN}" creationDateTime="2024-05-17T10:00:00Z"><CodeRef targetGUID="{FRIENDS}"/></Coding>
</PlainTextSelection>
</TextSource></Sources>
</Project>
"""
"""The same study as a program would write it."""


def project(folder: Path, *changes: tuple[str, str], files: dict[str, bytes] | None = None, name: str = "project.qde") -> Path:
    """The project as a `.qdpx`, with changes of its XML, each of which changes something."""
    xml = PROJECT
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    path = folder / "study.qdpx"
    with ZipFile(path, "w") as archive:
        for member, data in {name: xml.encode(), **({f"sources/{SOURCE}.txt": TEXT.encode()} if files is None else files)}.items():
            archive.writestr(member, data)
    return path
