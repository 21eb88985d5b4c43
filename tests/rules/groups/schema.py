"""Examples for the rules about the document of a package."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from qualdata import Extension, Study
from qualdata.schema import schema
from tests.rules.examples import bad, good
from tests.rules.groups.package import told
from tests.rules.sound import package, sound


@good("sch-invalid", "sch-encoding", "sch-version-missing", "sch-version-unsupported", "sch-deprecated-field", "sch-extension-undeclared", "sch-extension-unverified")
def with_content_of_our_own(folder: Path) -> Path:
    study = sound()
    study["t"].extra = {"refi:xml": [["#0", "<a/>"]]}
    return package(folder, study)


def wrong(name: str, change: Any) -> None:
    """A document in which one thing is not as the standard asks."""

    def make(folder: Path) -> Path:
        return told(package(folder), change)

    make.__name__ = name
    bad("sch-invalid")(make)


wrong("a_field_that_there_is_not", lambda d: d["study"].update(subtitle="x"))
wrong("a_number_for_a_title", lambda d: d["study"].update(title=7))
wrong("a_code_without_a_name", lambda d: d["study"]["codes"][0].pop("name"))
wrong("no_study", lambda d: d.pop("study"))
wrong("null", lambda d: d["study"].update(base_path=None))
wrong("an_empty_id", lambda d: d["study"]["contributors"].append({"id": "", "name": "x"}))
wrong("an_extra_without_a_prefix", lambda d: d["study"]["codes"][0].update(extra={"lab": 1}))
wrong("a_file_without_a_role", lambda d: d["files"][0].pop("role"))
wrong("a_sha256_in_capitals", lambda d: d["files"][0].update(sha256=d["files"][0]["sha256"].upper()))
wrong("a_character_that_xml_cannot_hold", lambda d: d["study"].update(title="a\x0bb"))
wrong("a_field_beside_the_study", lambda d: d.update(notes=[]))


@bad("sch-invalid")
def no_json(folder: Path) -> Path:
    path = package(folder)
    (path / "study.json").write_text('{"qualdata": "1.0", "study": {"title": ')
    return path


@bad("sch-encoding")
def latin_1(folder: Path) -> Path:
    study = sound()
    study.title = "Caf\u00e9"
    path = package(folder, study)
    (path / "study.json").write_bytes((path / "study.json").read_text(encoding="utf-8").encode("latin-1"))
    return path


@bad("sch-encoding")
def a_byte_order_mark(folder: Path) -> Path:
    path = package(folder)
    (path / "study.json").write_bytes(b"\xef\xbb\xbf" + (path / "study.json").read_bytes())
    return path


@bad("sch-version-missing")
def no_version(folder: Path) -> Path:
    return told(package(folder), lambda d: d.pop("qualdata"))


@bad("sch-version-unsupported")
def version_2(folder: Path) -> Path:
    return told(package(folder), lambda d: d.update(qualdata="2.0"))


@bad("sch-version-unsupported")
def version_1_1_with_a_field_that_it_adds(folder: Path) -> Path:
    return told(package(folder), lambda d: d.update(qualdata="1.1") or d["study"].update(mood="calm"))


@bad("sch-extension-undeclared")
def a_prefix_that_no_one_explains(folder: Path) -> Study:
    study = sound()
    study["t"].extra = {"lab:mood": 3}
    return study


@bad("sch-extension-unverified")
def a_prefix_that_is_explained(folder: Path) -> Study:
    study = sound()
    study["t"].extra = {"lab:mood": 3}
    study.extensions = [Extension(prefix="lab", url="https://lab.example/fields")]
    return study


@bad("sch-extension-undeclared")
def a_prefix_that_is_explained_twice(folder: Path) -> Study:
    study = sound()
    study.extensions = [Extension(prefix="lab", url=f"https://lab.example/{n}") for n in "ab"]
    return study


@bad("sch-extension-undeclared")
def a_prefix_of_the_standard(folder: Path) -> Study:
    study = sound()
    study.extensions = [Extension(prefix="refi", url="https://lab.example/fields")]
    return study


@bad("sch-extension-undeclared")
def a_prefix_that_is_explained_in_words(folder: Path) -> Study:
    study = sound()
    study.extensions = [Extension(prefix="lab", url="our lab")]
    return study


EXTENSION = Path(__file__).parents[3] / "examples/extensions/conversation-analysis/conversation-analysis.schema.json"


def talk(system: str) -> Study:
    study = sound()
    study.extensions = [Extension(prefix="ca", url="https://example.org/extensions/conversation-analysis/1.0")]
    study["t"].extra = {"ca:conventions": {"system": system, "version": "2004"}}
    return study


@good("sch-extension-invalid", extensions=[EXTENSION])
def conventions_as_the_extension_asks(folder: Path) -> Study:
    return talk("Jefferson")


@bad("sch-extension-invalid", extensions=[EXTENSION])
def conventions_that_the_extension_does_not_know(folder: Path) -> Study:
    return talk("our own")


def with_a_field_to_be_dropped() -> Any:
    """The schema of a later version, which drops the initials of contributors."""
    changed = deepcopy(schema())
    changed["$defs"]["Contributor"]["properties"]["initials"]["deprecated"] = True
    return changed


@bad("sch-deprecated-field", instead={"qualdata.rules.groups.schema.schema": with_a_field_to_be_dropped})
def initials(folder: Path) -> Study:
    study = sound()
    study["ann"].initials = "A"
    return study
