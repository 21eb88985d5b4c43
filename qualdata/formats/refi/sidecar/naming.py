"""Ids that are no GUIDs: a project has a GUID in their place, always the same."""

from __future__ import annotations

from qualdata.formats.refi.names import is_guid
from qualdata.model.base import fold, guid_for
from qualdata.model.references import each_reference
from qualdata.model.study import Study, walk

__all__ = ["as_named"]


def as_named(theirs: Study, ours: Study) -> None:
    """Give things and references the ids of ours for which GUIDs were written, also to those that mean nothing."""
    ids = [thing.id for thing in walk(ours)]

    def note(id: str) -> str:
        ids.append(id)
        return id

    each_reference(ours, note)
    named = {fold(guid_for(ours.id, id)): id for id in ids if not is_guid(id)}
    if not named:
        return
    for thing in walk(theirs):
        thing.id = named.get(fold(thing.id), thing.id)
    each_reference(theirs, lambda id: named.get(fold(id), id))
