"""What a person does to a project in a program, one function an edit; to be done before what the program does by itself.

Nothing here knows qualdata. Texts are in files, with LF and no character beyond the basic plane, so that all programs count alike.
"""

from __future__ import annotations

from lxml import etree

from tests.independent import NS
from tests.trips.deeds import SOURCES, Deed, Project, all_of, leaves_out


def guid(n: int) -> str:
    """The GUID of something new."""
    return f"{n:08x}-eeee-4ddd-8ccc-0123456789ab"


def named(project: Project, name: str, *tags: str) -> etree._Element:
    """The one element with these tags and this name."""
    [found] = [e for e in all_of(project, *tags) if e.get("name") == name]
    return found


def renames(tag: str, old: str, new: str) -> Deed:
    """Gives something another name."""

    def deed(project: Project) -> None:
        named(project, old, tag).set("name", new)

    return deed


def describes(tag: str, name: str, words: str) -> Deed:
    """Gives something another description."""

    def deed(project: Project) -> None:
        element = named(project, name, tag)
        found = element.find(f"{NS}Description")
        if found is None:
            found = etree.Element(f"{NS}Description")
            element.insert(0, found)
        found.text = words

    return deed


def adds_code(name: str, under: str, number: int) -> Deed:
    """A new code under another."""

    def deed(project: Project) -> None:
        etree.SubElement(named(project, under, "Code"), f"{NS}Code", guid=guid(number), name=name, isCodable="true")

    return deed


def adds_user(name: str, number: int) -> Deed:
    """A new coder."""

    def deed(project: Project) -> None:
        etree.SubElement(all_of(project, "Users")[0], f"{NS}User", guid=guid(number), name=name)

    return deed


def lays(code: str, source: str, words: str, number: int, by: str) -> Deed:
    """Lays a code on words that nothing was laid on."""

    def deed(project: Project) -> None:
        holder = named(project, source, "TextSource")
        start = text_of(project, holder).index(words)
        place = {"startPosition": str(start), "endPosition": str(start + len(words))}
        selection = etree.Element(f"{NS}PlainTextSelection", guid=guid(number), **place)
        user = named(project, by, "User").get("guid", "")
        coding = etree.SubElement(selection, f"{NS}Coding", guid=guid(number + 1), creatingUser=user, creationDateTime="2025-02-01T00:00:00Z")
        etree.SubElement(coding, f"{NS}CodeRef", targetGUID=named(project, code, "Code").get("guid", ""))
        holder.findall(f"{NS}PlainTextSelection")[-1].addnext(selection)

    return deed


def takes_off(code: str) -> Deed:
    """Takes a code off all that it was laid on; passages without a code go."""

    def deed(project: Project) -> None:
        id = named(project, code, "Code").get("guid")
        for coding in [c for c in all_of(project, "Coding") if c[0].get("targetGUID") == id]:
            selection = coding.getparent()
            assert selection is not None
            selection.remove(coding)
            if selection.tag == f"{NS}PlainTextSelection" and selection.find(f"{NS}Coding") is None:
                leaves(project, selection)

    return deed


def gives_up(code: str) -> Deed:
    """Deletes a code, and takes it off all."""

    def deed(project: Project) -> None:
        takes_off(code)(project)
        deletes("Code", code)(project)

    return deed


def leaves(project: Project, element: etree._Element) -> None:
    """Takes an element out, and all that points at what stood in it."""
    element.tag = f"{NS}Gone"
    leaves_out("Gone")(project)


def deletes(tag: str, name: str) -> Deed:
    """Deletes something, and all that points at it."""

    def deed(project: Project) -> None:
        leaves(project, named(project, name, tag))

    return deed


def marks_otherwise(source: str, words: str, others: str) -> Deed:
    """Draws a passage to other words."""

    def deed(project: Project) -> None:
        holder = named(project, source, "TextSource")
        text = text_of(project, holder)
        [found] = [s for s in holder.findall(f"{NS}PlainTextSelection") if s.get("startPosition") == str(text.index(words))]
        start = text.index(others)
        found.set("startPosition", str(start))
        found.set("endPosition", str(start + len(others)))

    return deed


def writes_note(name: str, words: str, number: int) -> Deed:
    """Writes a memo on its own."""

    def deed(project: Project) -> None:
        note = etree.SubElement(all_of(project, "Notes")[0], f"{NS}Note", guid=guid(number), name=name)
        etree.SubElement(note, f"{NS}PlainTextContent").text = words

    return deed


def writes_into(source: str, before: str, words: str) -> Deed:
    """Types words into a text; the passages after them go along, and one around them grows."""

    def deed(project: Project) -> None:
        holder = named(project, source, *SOURCES)
        text = text_of(project, holder)
        at = text.index(before)
        name = (holder.get("plainTextPath") or "").rpartition("/")[2]
        mark = project.files[name][:3] if project.files[name].startswith(b"\xef\xbb\xbf") else b""
        project.files[name] = mark + (text[:at] + words + text[at:]).encode()
        for selection in holder.findall(f"{NS}PlainTextSelection"):
            for attribute, least in (("startPosition", at), ("endPosition", at + 1)):
                position = int(selection.get(attribute, "0"))
                selection.set(attribute, str(position + len(words) if position >= least else position))

    return deed


def text_of(project: Project, holder: etree._Element) -> str:
    """The text of a source."""
    name = (holder.get("plainTextPath") or "").rpartition("/")[2]
    return project.files[name].decode("utf-8-sig") if name in project.files else holder.findtext(f"{NS}PlainTextContent") or ""
