"""The two forms of the converter: the fast one lets through exactly what the detailed one finds nothing wrong with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from qualdata._converter import explain, files, structure, unstructure
from qualdata.model import Media, Study
from qualdata.testing import studies

JSON: Any = st.sampled_from([None, True, 0, -1, 1.5, "", "a", "text", "Text", [], [None], ["a"], [{}], {}, {"id": "a"}, {"type": "text"}, {"a": 1}])


@contextmanager
def named() -> Iterator[None]:
    """Files are names here."""
    media: dict[str, Media] = {}

    def either(file: Any) -> Any:
        if isinstance(file, str):
            return media[file]
        return media.setdefault(str(len(media)), file) and str(len(media) - 1)

    token = files.set(either)
    try:
        yield
    finally:
        files.reset(token)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Each container within a value, and each of its keys or numbers."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


@given(studies(), st.data())
@settings(max_examples=150)
def test_both_forms_agree_on_what_is_wrong(study: Study, data: st.DataObject) -> None:
    """One thing of a good document is replaced, taken out or added, at any depth."""
    with named():
        document = unstructure(study)
        assert explain(document, Study) == []
        found = list(places(document))
        holder, key = found[data.draw(st.integers(0, len(found) - 1))]
        what = data.draw(st.sampled_from(["replace", "take out", "add"]))
        if what == "replace":
            holder[key] = data.draw(JSON)
        elif what == "take out":
            del holder[key]
        elif isinstance(holder, dict):
            holder[data.draw(st.sampled_from(["type", "id", "name", "colour", "unknown"]))] = data.draw(JSON)
        else:
            holder.append(data.draw(JSON))
        problems = explain(document, Study)
        try:
            structure(document, Study)
        except Exception:  # noqa: BLE001 - whatever the fast form comes upon
            assert problems
        else:
            assert problems == []
