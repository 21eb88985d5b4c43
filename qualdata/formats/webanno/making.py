"""Things made of what objects say, each with an id of its own, and found again by their IRIs."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final, TypeVar

from qualdata.formats.webanno.bodies import label_of, last_of
from qualdata.formats.webanno.hearing import address, hear
from qualdata.formats.webanno.iris import id_of
from qualdata.formats.webanno.losses import PREFIX
from qualdata.formats.webanno.outline import many
from qualdata.formats.webanno.terms import terms
from qualdata.model.base import Thing, fold, guid_for, is_bare_guid
from qualdata.model.code import Code
from qualdata.model.contributor import Contributor
from qualdata.model.reading import Remark
from qualdata.model.study import Study

__all__ = ["Maker"]

T = TypeVar("T", bound=Thing)
Json = dict[str, Any]
_NAMED: Final = 10


class Maker:
    """Makes the things of one study. *alias* has the ids of what is named by the address of its file."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.remarks: list[Remark] = []
        self.things: dict[str, Any] = {}
        self.alias: dict[str, str] = {}
        self.listed: set[type] = set()
        self._taken = {fold(study.id)}
        self._unknown: dict[str, None] = {}

    # ---- looking up ----
    def find(self, iri: str | None) -> Any:
        """The thing with an IRI; None where there is none."""
        return self.things.get(self.key(iri)) if iri else None

    def id(self, iri: str) -> str:
        """The id of the thing with an IRI."""
        found = self.find(iri)
        return found.id if found is not None else self.alias.get(iri) or id_of(iri)

    def key(self, iri: str) -> str:
        """What a thing is looked up by: addresses differ in their capitals, GUIDs do not."""
        id = self.alias.get(iri) or id_of(iri)
        return fold(id) if is_bare_guid(id) else id

    # ---- making ----
    def make(self, cls: type[T], iri: str | None, entry: Json, *, made: str = "", **own: Any) -> T:
        """A thing of a class, by what an object says of it; its id comes of its IRI, else of what it is *made* of."""
        kind: Any = cls
        said, left = hear(kind, entry, self.id, self.person)
        given = {term.key for term in terms(kind) if term.field in own}
        left = {key: value for key, value in left.items() if key not in given}
        id = self.free((self.alias.get(iri) or id_of(iri)) if iri else guid_for(self.study.id, made))
        thing = cls(**{"extra": None if "extra" in own else self.extra(left), **said, **own, "id": id})
        if iri:
            self.things.setdefault(self.key(iri), thing)
        return thing

    def free(self, id: str) -> str:
        """An id that nothing else has."""
        if fold(id) in self._taken:
            self.remark("ref-duplicate-id", f"two things have the id {id}; the second got another")
            id = guid_for(self.study.id, f"{id} {len(self._taken)}")
        self._taken.add(fold(id))
        return id

    def code(self, iri: str, entry: Json, name: str | None) -> Code:
        """A code that there was not yet."""
        code = self.make(Code, iri, entry, made=f"code {name}", name=last_of(iri) if name is None else name)
        self.study.codes.append(code)
        return code

    def tag(self, name: str) -> Code:
        """The code that a tag means, which is known by its name alone."""
        if name not in self._names:
            self._names[name] = self.code("", {}, name)
        return self._names[name]

    @cached_property
    def _names(self) -> dict[str, Code]:
        return {code.name: code for code in reversed(self.study.codes)}

    def person(self, value: Any) -> str | None:
        """The id of whoever is named; someone of whom there is a name, or who is not expected to be listed, is made."""
        one = next(iter(many(value)), None)
        iri, name = address(one), label_of(one) if isinstance(one, dict) else None
        known = self.find(iri or f"name {name}")
        if isinstance(known, Contributor) or (iri is None and name is None):
            return known.id if isinstance(known, Contributor) else None
        if iri is not None and name is None and Contributor in self.listed:
            return self.id(iri)
        person = self.make(Contributor, iri, one if isinstance(one, dict) else {}, made=f"person {name}", name=name if name is not None else _user(iri or ""))
        self.things.setdefault(self.key(iri or f"name {name}"), person)
        self.study.contributors.append(person)
        return person.id

    # ---- what was odd ----
    def extra(self, left: Json) -> Json | None:
        """What is not known, as it is kept."""
        self._unknown |= dict.fromkeys(key for key in left if key != "id")
        return {f"{PREFIX}{key}": value for key, value in left.items()} or None

    def remark(self, rule: str, message: str, thing: Thing | None = None) -> None:
        """Say what was repaired, guessed or skipped."""
        self.remarks.append(Remark(rule, message, id=None if thing is None else thing.id))

    def remark_on_unknown(self) -> None:
        """Say which properties are not known."""
        if self._unknown:
            names = [*self._unknown][:_NAMED]
            more = " and others" if len(self._unknown) > _NAMED else ""
            self.remark("sch-extension-unverified", f"properties that are not known were kept as they are: {', '.join(names)}{more}")


def _user(iri: str) -> str:
    scheme, _, user = iri.partition(":")
    return user if scheme in ("acct", "mailto") else last_of(iri)
