"""What programs do to a project that passes through them, one function a deed, made of zipfile and lxml alone.

A deed is done to a `Project` in place. Nothing here knows qualdata.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from lxml import etree

from tests.independent import NAMESPACE, NS, Manner, members

BOM = b"\xef\xbb\xbf"
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?")
_SPACE = UUID("11111111-2222-4333-8444-555555555555")
SELECTIONS = ("PlainTextSelection", "PictureSelection", "PDFSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")
SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
_ORDER = "Users CodeBook Variables Cases Sources Notes Links Sets Graphs Description NoteRef".split()


@dataclass
class Project:
    """A project out of its file."""

    root: etree._Element
    files: dict[str, bytes]
    """The files by their bare names."""
    name: str = "project.qde"
    folder: str = "sources"
    stored: bool = False
    extra: list[str] = field(default_factory=list)
    """Empty members."""


Deed = Callable[[Project], None]


def unpacked(path: Path) -> Project:
    """A project as a program takes it in."""
    found = members(path)
    qde = next(data for name, data in found.items() if name.lower().endswith(".qde"))
    files = {name.rpartition("/")[2]: data for name, data in found.items() if not name.lower().endswith((".qde", "/", ".root"))}
    return Project(etree.fromstring(qde, etree.XMLParser(huge_tree=True, remove_blank_text=True)), files)


def packed(project: Project, path: Path) -> Path:
    """A project as a program gives it out."""
    with ZipFile(path, "w", ZIP_STORED if project.stored else ZIP_DEFLATED) as archive:
        archive.writestr(project.name, etree.tostring(project.root, xml_declaration=True, encoding="utf-8"))
        for name in project.extra:
            archive.writestr(name, b"")
        for name, data in project.files.items():
            archive.writestr(f"{project.folder}/{name}", data)
    return path


def all_of(project: Project, *tags: str) -> list[etree._Element]:
    """The elements with these names, in the order of the file."""
    wanted = {NS + tag for tag in tags}
    return [e for e in project.root.iter() if e.tag in wanted]


# ---- who wrote it ----
def calls_itself(origin: str) -> Deed:
    """Says who wrote the file."""

    def deed(project: Project) -> None:
        project.root.set("origin", origin)

    return deed


def lays_out(*, name: str = "project.qde", folder: str = "sources", stored: bool = False, extra: Iterable[str] = ()) -> Deed:
    """Names of the members."""

    def deed(project: Project) -> None:
        project.name, project.folder, project.stored, project.extra = name, folder, stored, list(extra)

    return deed


# ---- ids ----
def renews(*tags: str) -> Deed:
    """Gives all elements with these names new ids (all there are without names), and keeps references right."""

    def deed(project: Project) -> None:
        wanted = {NS + tag for tag in tags}
        new = {_fold(e.get("guid")): str(uuid5(_SPACE, _fold(e.get("guid")))) for e in project.root.iter() if e.get("guid") and (not tags or e.tag in wanted)}
        _each_reference(project, lambda id: new.get(_fold(id), id))

    return deed


def in_capitals(project: Project) -> None:
    """Writes all ids in capitals."""
    _each_reference(project, str.upper)


def _each_reference(project: Project, change: Callable[[str], str]) -> None:
    for e in project.root.iter():
        for name, value in e.attrib.items():
            if name not in ("name", "id") and _GUID.fullmatch(str(value)):
                e.set(name, change(str(value)))


def renames_files(project: Project) -> None:
    """Gives all files new names."""
    new = {name: f"{uuid5(_SPACE, name)}{Path(name).suffix}" for name in project.files}
    project.files = {new[name]: data for name, data in project.files.items()}
    for e in project.root.iter():
        for attribute in ("plainTextPath", "richTextPath", "path"):
            name = (e.get(attribute) or "").rpartition("/")[2]
            if name in new and (e.get(attribute) or "").startswith("internal://"):
                e.set(attribute, f"internal://{new[name]}")


def _fold(guid: str | None) -> str:
    return (guid or "").strip("{} ").lower()


# ---- passages ----
def one_coding_each(project: Project) -> None:
    """Makes of a passage with several codings several passages."""
    for selection in all_of(project, *SELECTIONS):
        codings = selection.findall(f"{NS}Coding")
        for number, coding in enumerate(codings[1:]):
            twin = deepcopy(selection)
            twin.set("guid", str(uuid5(_SPACE, f"{_fold(selection.get('guid'))}/{number}")))
            for inner in twin.findall(f"{NS}Representation") + [c for c in twin.findall(f"{NS}Coding") if c.get("guid") != coding.get("guid")]:
                twin.remove(inner)
            selection.addnext(twin)
            selection.remove(coding)


def empties_names(project: Project) -> None:
    """Passages have no names."""
    for selection in all_of(project, *SELECTIONS):
        selection.set("name", "")


def names_by_words(cut: int | None = None) -> Deed:
    """Passages of texts are named by their words, cut with an ellipsis."""

    def deed(project: Project) -> None:
        for selection in all_of(project, *SELECTIONS):
            selection.attrib.pop("name", None)
        for holder, text in _texts(project):
            for selection in holder.findall(f"{NS}PlainTextSelection"):
                words = " ".join(text[_place(selection)].split())
                selection.set("name", words if cut is None or len(words) <= cut else words[:cut] + "…")

    return deed


def dates_on_passages(project: Project) -> None:
    """A coding has no date of its own."""
    for coding in all_of(project, "Coding"):
        coding.attrib.pop("creationDateTime", None)


def _place(selection: etree._Element) -> slice:
    return slice(max(int(selection.get("startPosition", "0")), 0), max(int(selection.get("endPosition", "0")), 0))


# ---- what is left out ----
def leaves_out(*tags: str) -> Deed:
    """Elements that do not come back, and all that points at what stood in them."""

    def deed(project: Project) -> None:
        gone: set[str] = set()
        for e in all_of(project, *tags):
            gone |= {_fold(inner.get("guid")) for inner in e.iter() if inner.get("guid")}
            _drop(e)
        for pointer in [e for e in project.root.iter() if _fold(e.get("targetGUID")) in gone and e.tag != f"{NS}Link"]:
            _drop(pointer)
        for link in [e for e in all_of(project, "Link") if {_fold(e.get("originGUID")), _fold(e.get("targetGUID"))} & gone]:
            _drop(link)
        _drop_empty(project)

    return deed


def without_colours(project: Project) -> None:
    """Codes have no colours."""
    for code in all_of(project, "Code"):
        code.attrib.pop("color", None)


def frees_notes_of_codes(project: Project) -> None:
    """The memo of a code is tied to nothing."""
    for code in all_of(project, "Code"):
        for pointer in code.findall(f"{NS}NoteRef"):
            _drop(pointer)


def values_to_cases(project: Project) -> None:
    """The attributes of a source become those of a case made for it."""
    for source, values in list(_valued(project)):
        case = etree.SubElement(_box(project, "Cases"), f"{NS}Case", guid=str(uuid5(_SPACE, f"case {_fold(source.get('guid'))}")), name=source.get("name") or "")
        case.extend(values)
        etree.SubElement(case, f"{NS}SourceRef", targetGUID=source.get("guid", ""))
    for value in [v for inner in all_of(project, "Representation", "TextDescription") for v in inner.findall(f"{NS}VariableValue")]:
        _drop(value)


def values_to_sets(project: Project) -> None:
    """The attributes of a source become sets, as `age: 67`; there are no variables and no cases."""
    names = {_fold(v.get("guid")): v.get("name") for v in all_of(project, "Variable")}
    for source, values in list(_valued(project)):
        for value in values:
            variable, said = names.get(_fold(value[0].get("targetGUID"))), (value[1].text or "") if len(value) > 1 else ""
            name = f"{variable}: {said}"
            found = [s for s in all_of(project, "Set") if s.get("name") == name]
            group = found[0] if found else etree.SubElement(_box(project, "Sets"), f"{NS}Set", guid=str(uuid5(_SPACE, f"set {name}")), name=name)
            etree.SubElement(group, f"{NS}MemberSource", targetGUID=source.get("guid", ""))
            source_values = value.getparent()
            if source_values is not None:
                source_values.remove(value)


def cases_to_codes(project: Project) -> None:
    """A case with a name becomes a code, and one without goes."""
    for case in all_of(project, "Case"):
        if case.get("name"):
            codes = project.root.find(f"{NS}CodeBook/{NS}Codes")
            if codes is None:
                codes = etree.SubElement(_box(project, "CodeBook"), f"{NS}Codes")
            etree.SubElement(codes, f"{NS}Code", guid=str(uuid5(_SPACE, f"code {_fold(case.get('guid'))}")), name=case.get("name", ""), isCodable="true")


def adds_user(guid: str, name: str) -> Deed:
    """Has a user of its own."""

    def deed(project: Project) -> None:
        if not any(_fold(u.get("guid")) == _fold(guid) for u in all_of(project, "User")):
            etree.SubElement(_box(project, "Users"), f"{NS}User", guid=guid, name=name)

    return deed


def _valued(project: Project) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    for source in all_of(project, *SOURCES):
        if values := source.findall(f"{NS}VariableValue"):
            yield source, values


def _drop(element: etree._Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _drop_empty(project: Project) -> None:
    for box in all_of(project, "Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs"):
        if not len(box):
            _drop(box)


def _box(project: Project, tag: str) -> etree._Element:
    """The element of the project that holds things of a kind, made in its place where there is none."""
    found = project.root.find(NS + tag)
    if found is not None:
        return found
    after = [e for e in project.root if isinstance(e.tag, str) and etree.QName(e).namespace == NAMESPACE and _ORDER.index(etree.QName(e).localname) < _ORDER.index(tag)]
    made = etree.Element(NS + tag)
    project.root.insert(project.root.index(after[-1]) + 1 if after else 0, made)
    return made


# ---- texts ----
def rewrites_texts(manner: Manner, *, newline: str, bom: bool, word: bool = False) -> Deed:
    """Gives text files its own line ends and byte order mark, and positions that count as *manner* says.

    The positions that come in count in the same manner, in the texts as they come in.
    """

    def deed(project: Project) -> None:
        for holder in all_of(project, "TextSource", "Representation", "TextDescription", "Transcript", "Note"):
            name = (holder.get("plainTextPath") or "").rpartition("/")[2]
            if name not in project.files:
                continue
            if selections := holder.findall(f"{NS}PlainTextSelection"):
                moved = places(project.files[name].decode("utf-8-sig"), newline, manner)
                for selection in selections:
                    for attribute in ("startPosition", "endPosition"):
                        selection.set(attribute, str(moved(int(selection.get(attribute, "0")))))
        for name, data in list(project.files.items()):
            if name.lower().endswith(".txt"):
                text = re.sub("\r\n|\r|\n", newline, data.decode("utf-8-sig"))
                project.files[name] = (BOM if bom else b"") + text.encode()
        if word:
            _word_files(project)

    return deed


def _word_files(project: Project) -> None:
    """A Word file beside each text file, where there is none."""
    for source in all_of(project, "TextSource"):
        name = (source.get("plainTextPath") or "").rpartition("/")[2]
        if name in project.files and source.get("richTextPath") is None:
            rich = f"{Path(name).stem}.docx"
            project.files[rich] = b"PK the text with its formatting"
            source.set("richTextPath", f"internal://{rich}")


def places(text: str, newline: str, manner: Manner) -> Callable[[int], int]:
    """Where a position in a text lies once its line ends are others; one outside keeps its distance."""
    if manner.once:
        return lambda at: at
    there = [0]
    for piece in re.findall("\r\n|.", text, re.DOTALL):
        if piece[0] in "\r\n":
            there += [there[-1] + len(newline)] * len(piece)
        else:
            there += [there[-1] + n for n in ((1, 2) if manner.unit == "utf-16" and piece > "\uffff" else (1,))]

    def moved(at: int) -> int:
        inside = min(max(at, 0), len(there) - 1)
        return there[inside] + at - inside

    return moved


def _texts(project: Project) -> Iterator[tuple[etree._Element, str]]:
    """What has a text, with it, line ends counted once."""
    for holder in all_of(project, "TextSource", "Representation", "TextDescription", "Note"):
        name = (holder.get("plainTextPath") or "").rpartition("/")[2]
        data = project.files.get(name)
        text = data.decode("utf-8-sig") if data is not None else holder.findtext(f"{NS}PlainTextContent")
        if text is not None:
            yield holder, text.replace("\r\n", "\n")
