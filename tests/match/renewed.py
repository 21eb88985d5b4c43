"""A second reading of a study: the same things under other ids, as a program writes them that gives new ids on each export."""

from __future__ import annotations

from copy import deepcopy

from qualdata.model import Excerpt, Study, new_id
from qualdata.model.base import fold
from qualdata.model.references import each_reference
from qualdata.model.study import walk


def renewed(study: Study, *, split: bool = False) -> tuple[Study, dict[str, str]]:
    """A copy whose ids are all new, and the old id of each new one; with *split*, each coding has an excerpt of its own, as in NVivo.

    References to no one stay as they are. Of the excerpts that one was split into, the first is referred to.
    """
    there = deepcopy(study)
    there._index = None
    new = {thing.id: new_id() for thing in walk(there)}
    folded = {fold(id): n for id, n in new.items()}
    each_reference(there, lambda id: folded.get(fold(id), id))
    for thing in list(walk(there)):
        thing.id = new[thing.id]
    old = {n: id for id, n in new.items()}
    if split:
        for holder in list(walk(there)):
            if hasattr(holder, "excerpts") and holder.excerpts and isinstance(holder.excerpts[0], Excerpt):
                holder.excerpts = [part for excerpt in holder.excerpts for part in parts(excerpt, old)]
    return there, old


def parts(excerpt: Excerpt, old: dict[str, str]) -> list[Excerpt]:
    codings, excerpt.codings = excerpt.codings, excerpt.codings[:1]
    found = [excerpt]
    for coding in codings[1:]:
        part = Excerpt(span=excerpt.span, name=excerpt.name, created=excerpt.created, created_by=excerpt.created_by, codings=[coding])
        old[part.id] = old[excerpt.id]
        found.append(part)
    return found
