"""What was removed in another program, also where only the study speaks of it."""

from __future__ import annotations

from attrs import fields

from qualdata.formats.refi.sidecar.changes import Change
from qualdata.model.base import REF, fold
from qualdata.model.link import Link
from qualdata.model.references import parts
from qualdata.model.study import Study, walk

__all__ = ["without_removed"]


def without_removed(study: Study, changes: list[Change]) -> Study:
    """A study that no longer points at what was removed; what cannot be without that goes too."""
    gone = {fold(t.id) for change in changes if change.how == "removed" for t in walk(change.thing)}
    gone -= {fold(t.id) for t in walk(study)} if gone else set()
    if not gone:
        return study
    study.links = [link for link in study.links if not _ends_in(link, gone)]
    study.replacements = [r for r in study.replacements if fold(r.source) not in gone]
    for theme in study.themes:
        theme.evidence = [e for e in theme.evidence if fold(e.ref) not in gone]
    for part in list(parts(study)):
        for f in fields(type(part)):
            value = getattr(part, f.name)
            if f.metadata.get("role") != REF["role"] or not value:
                continue
            if isinstance(value, list):
                setattr(part, f.name, [id for id in value if fold(id) not in gone])
            elif f.default is None and fold(value) in gone:
                setattr(part, f.name, None)
    return study


def _ends_in(link: Link, gone: set[str]) -> bool:
    return any(end is not None and fold(end) in gone for end in (link.origin, link.target))
