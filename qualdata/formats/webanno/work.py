"""One annotation on its way into a study."""

from __future__ import annotations

from typing import Any

from attrs import define, field

from qualdata.formats.webanno.bodies import motivations
from qualdata.formats.webanno.hearing import STRUCTURE
from qualdata.formats.webanno.outline import called, many
from qualdata.formats.webanno.writer import AUTHORED
from qualdata.model.coding import Coding
from qualdata.model.memo import Memo

__all__ = ["Work", "authored"]

Json = dict[str, Any]


@define
class Work:
    """An annotation, and what its bodies became."""

    annotation: Json
    """What it says."""
    name: str
    """What ids are made of that it does not give."""
    codings: list[Coding] = field(factory=list)
    """The codings that it is."""
    memos: list[Memo] = field(factory=list)
    """The memos that it makes."""
    said: Json = field(factory=dict)
    """The first note among its bodies."""
    other: list[Any] = field(factory=list)
    """The bodies that are neither."""
    left: Json = field(factory=dict)
    """What it says that nothing else was made of."""

    def leave(self, heard: Json) -> None:
        """Keep what is not known of it; *heard* is what is not, if it is a coding."""
        left = heard if self.codings else {key: value for key, value in self.annotation.items() if key not in STRUCTURE}
        usual = "tagging" if self.codings else "commenting" if self.memos else "highlighting"
        why = {} if motivations(self.annotation) in ([], [usual]) else {"motivation": self.annotation["motivation"]}
        self.left = left | why | ({"body": self.other} if self.other else {})

    def targets(self) -> list[Any]:
        """Its targets, those of a group one by one; of a choice the first, which is the one that is preferred."""
        found: list[Any] = []
        for target in many(self.annotation.get("target")):
            if isinstance(target, dict) and "source" not in target and isinstance(target.get("items"), list):
                found += target["items"][:1] if called(target.get("type")) == "Choice" else target["items"]
                self.left["target"] = self.annotation["target"]
            else:
                found.append(target)
        return found

    def apart(self) -> Json:
        """What is left of one that is no coding, without what its note or its passage says too."""
        target = next(iter(many(self.annotation.get("target"))), None)
        said = self.said or (target if isinstance(target, dict) else {})
        return {key: value for key, value in self.left.items() if key not in AUTHORED or said.get(key, value) != value}


def authored(said: Json, annotation: Json) -> Json:
    """An object with who made it, and when; where it does not say so itself, as the annotation does."""
    return {**{key: annotation[key] for key in AUTHORED if key in annotation}, **said}
