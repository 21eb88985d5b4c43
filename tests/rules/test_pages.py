"""The docs have a page for each group of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualdata.rules.registry import GROUPS

FOLDER = Path(__file__).parents[2] / "docs" / "rules"


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.title)
def test_each_group_has_a_page_that_is_linked(group) -> None:
    """Its mark stands in one page, and the index names that page."""
    (page,) = [p for p in FOLDER.glob("*.md") if f"<!-- rules: {group.title} -->" in p.read_text(encoding="utf-8")]
    assert f"\n{page.stem}\n" in (FOLDER / "index.md").read_text(encoding="utf-8")
