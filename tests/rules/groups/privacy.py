"""Examples for the rules about privacy. Names and numbers are made up."""

from __future__ import annotations

from pathlib import Path

from qualdata import AudioSource, Case, Contributor, Document, PictureSource, Replacement, Speaker, Study, TextSource, TextSpan, Value, Variable
from tests.rules.examples import bad, good
from tests.rules.groups.documentation import wrong
from tests.rules.groups.texts import file, headed
from tests.rules.sound import DEPOSIT, TEXT, package, project, sound

KEY = DEPOSIT.parent / "closed" / "names.csv"
"""A list of three terms, with what stands in their place."""


def said(words: str) -> Study:
    """The sound study, in which someone says more."""
    study = sound()
    study["t"].text = f"{TEXT}I: And then?\nP01: {words}\n"
    return study


def with_file(folder: Path, name: str, data: bytes, role: str = "report") -> Path:
    """The sound package with one document more."""
    study = sound()
    study.add(Document(name="One more", role=role, media=file(folder, name, data)))
    return package(folder, study)


@good("prv-possible-identifier", "prv-date-in-text")
def what_only_looks_so(folder: Path) -> Study:
    study = said("[00:12:31] I was 23 in 2003. It cost 20,000. [inaudible 00:12:31] P07 knows, at ten.")
    study.add(Document(name="Contact", role="report", media=file(folder, "contact.txt", b"Write to archive@example.org.")))  # no data
    return study


@good("prv-date-in-text")
def the_date_of_the_interview(folder: Path) -> Study:
    return headed("Interview: P01\nDate: 2024-05-17\nMode: phone\n\n")


@good("prv-log-leak", "prv-key-in-package", terms=KEY)
def nothing_of_the_key(folder: Path) -> Path:
    return package(folder, said("Ottersen is another town, and so are Otter and the lees."))


@good("prv-name-in-label", "prv-pseudonym-inconsistent")
def pseudonyms_and_numbers(folder: Path) -> Study:
    study = sound()
    study["t"].speakers = [Speaker(id="i", label="Interviewer", role="interviewer", case="p01"), Speaker(label="P01", role="participant", case="p01")]
    for name in ("Nadia", "Focus Group", "Participant One", "P-02", "Young Woman"):
        study.add(Case(name=name, sources=["t"]))
    study.add(Case(name="Royal Adelaide", kind="site", sources=["t"]))
    return study


@good("prv-path-or-login")
def paths_within_the_project(folder: Path) -> Path:
    return project(folder, ("<Project ", '<Project basePath="D:\\data" '))


@good("prv-replacement-unlogged")
def signs_and_logged_replacements(folder: Path) -> Study:
    study = said("[laughs] In [town], [both laugh] [long pause] [inaudible 00:12:31] [noise: baby] […] [...] [sighs] [Waves] [2 secs] [00:01] [?] [S]he [door slams] [lacht].")
    start = study["t"].text.index("[town]")
    study.add(Replacement(source="t", span=TextSpan(start, start + 6), replacement="[town]", rule="place"))
    return study


@good("prv-rare-combination")
def three_of_each(folder: Path) -> Study:
    study = sound()
    study.add(Variable(id="age", name="Age", type="Integer", disclosure="indirect"))
    study.add(Variable(id="way", name="Page", disclosure="none"))
    for n in range(3):
        study.add(Case(name=f"P1{n}", sources=["t"], values=[Value(variable="age", value="89"), Value(variable="way", value=f"9{n}")]))
    return study


@good("prv-media-identifiable")
def a_recording_kept_closed(folder: Path) -> Study:
    study = sound()
    study.add(AudioSource(id="a", name="Recording", access="restricted", media=file(folder, "a.mp3", b"ID3")))
    study["p01"].sources.append("a")
    study["t"].derived_from, study["t"].relation = "a", "transcript"
    return study


def says(name: str, words: str, rule: str = "prv-possible-identifier") -> None:
    """A bad example: someone says what they should not."""

    def make(folder: Path) -> Study:
        return said(words)

    make.__name__ = name
    bad(rule)(make)


says("an_address", "Write to ann.lee@example.org then.")
says("a_number", "Ring me on 0412 345 678.")
says("where_they_live", "I live in Newtown NSW 2042.")
says("an_account", "Pay into DE89 3704 0044 0532 0130 00.")
says("a_day", "She left on 17 May 2003.", "prv-date-in-text")
says("a_birth", "I was born in 1984.", "prv-date-in-text")
wrong("prv-log-leak", "a_town_that_was_overlooked", lambda s: setattr(s["t"], "text", f"{TEXT}P01: In Otter  Creek.\n"), terms=KEY)
wrong("prv-log-leak", "in_small_letters", lambda s: setattr(s["t"], "text", f"{TEXT}P01: ann lee said so.\n"), terms=KEY)
wrong("prv-log-leak", "in_a_definition", lambda s: setattr(s["friends"], "example", "Ann Lee took me along."), terms=KEY)
wrong("prv-log-leak", "in_a_name", lambda s: setattr(s["t"], "name", "Interview_Ann_Lee"), terms=KEY)


@bad("prv-log-leak", terms=KEY)
def in_a_document(folder: Path) -> Path:
    return with_file(folder, "report.md", b"We thank Ann Lee.")


wrong("prv-name-in-label", "first_and_last_name", lambda s: setattr(s["p01"], "name", "Ann Lee"))
wrong("prv-name-in-label", "a_text_with_a_title", lambda s: setattr(s["t"], "name", "Interview with Dr Lee"))
wrong("prv-name-in-label", "a_code_with_a_title", lambda s: setattr(s["friends"], "name", "Mrs Lee"))


@bad("prv-name-in-label")
def a_file_with_a_title(folder: Path) -> Path:
    return with_file(folder, "report_Mr_Lee.md", b"All well.")


@bad("prv-path-or-login")
def a_home_folder(folder: Path) -> Path:
    return project(folder, ("<Project ", '<Project basePath="C:\\Users\\alee\\Documents" '))


wrong("prv-path-or-login", "a_login", lambda s: s.add(Contributor(name="UNI\\alee", roles=["coder"])))
wrong("prv-path-or-login", "where_a_picture_was", lambda s: (s.add(PictureSource(id="p", name="Map", current_path="absolute:///home/alee/map.png")), s["p01"].sources.append("p")))


@bad("prv-key-in-package")
def a_file_named_key(folder: Path) -> Path:
    return with_file(folder, "pseudonym-key.xlsx", b"PK")


@bad("prv-key-in-package")
def a_table_of_originals(folder: Path) -> Path:
    return with_file(folder, "cleaning.csv", b"original;replacement\nOtter Creek;[town]\n")


@bad("prv-key-in-package")
def a_document_said_to_be_the_key(folder: Path) -> Path:
    return with_file(folder, "who.txt", b"P01 is someone.", role="key")


wrong("prv-replacement-unlogged", "a_town_that_is_not_in_the_log", lambda s: setattr(s["t"], "text", f"{TEXT}P01: In [town].\n"))
wrong("prv-pseudonym-inconsistent", "labelled_as_another", lambda s: (s.add(Case(name="P02", sources=["t"])), s["t"].speakers.append(Speaker(label="P02", case="p01"))))


@bad("prv-pseudonym-inconsistent")
def labelled_in_two_ways(folder: Path) -> Study:
    study = sound()
    study.add(TextSource(id="u", name="P01 again", text="Ana: Yes.\n", speakers=[Speaker(label="Ana", role="participant", case="p01")]))
    study["p01"].sources.append("u")
    study["t"].speakers = [Speaker(label="Anna", role="participant", case="p01")]
    return study


@bad("prv-rare-combination")
def one_who_stands_out(folder: Path) -> Study:
    study = three_of_each(folder)
    study.add(Case(name="P20", sources=["t"], values=[Value(variable="age", value="23")]))
    return study


@bad("prv-rare-combination")
def someone_of_ninety(folder: Path) -> Path:
    variable = '<Variables><Variable guid="000000aa-aaaa-4bbb-8ccc-0123456789ab" name="Age" typeOfVariable="Integer"/></Variables><Cases>'
    value = '<VariableValue><VariableRef targetGUID="000000aa-aaaa-4bbb-8ccc-0123456789ab"/><IntegerValue>90</IntegerValue></VariableValue><SourceRef '
    return project(folder, ("<Cases>", variable), ("<SourceRef ", value))


@bad("prv-media-identifiable")
def a_recording_for_everyone(folder: Path) -> Study:
    study = a_recording_kept_closed(folder)
    study["a"].access = None
    return study


