"""The built documentation: every page opens on a telephone, every link within it leads somewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

if "QUALDATA_SITE" not in os.environ:
    pytest.skip("the built documentation is looked at by `make site`", allow_module_level=True)

from playwright.sync_api import BrowserContext

from tests.site.walk import browser, served, walk

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SITE = Path(os.environ["QUALDATA_SITE"]).resolve()

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

BROKEN = {
    "index.html": "<title>Home</title><a href='there.html#nowhere'>a</a><a href='gone.html'>b</a><a href='there.html#place'>c</a><img src='gone.png'>",
    "there.html": "<title>There</title><h1 id='place'>Place</h1><div style='width: 500px'>wide</div>",
    "script.html": "<title>Script</title><script>console.error('Oh'); throw new Error('no')</script>",
    "away.html": "<title>Away</title><img src='http://127.0.0.2:9/x.png'>",
}
"""A site with one fault of each kind."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserContext]:
    """The browser."""
    assert CHROMIUM is not None
    with browser(CHROMIUM) as opened:
        yield opened


def test_every_fault_is_seen(chromium: BrowserContext, tmp_path: Path) -> None:
    """Links to no page and no place, pictures that are not there, errors of scripts, pages that are too wide, requests elsewhere."""
    for name, text in BROKEN.items():
        (tmp_path / name).write_text(f"<!doctype html><meta charset='utf-8'><link rel='icon' href='data:,'>{text}", encoding="utf-8")
    with served(tmp_path) as site:
        told = "\n".join(walk(chromium.new_page(), tmp_path, site).complaints)
    for fault in (
        "index.html: links to gone.html, which is not there",
        "index.html: links to there.html#nowhere, which has no such place",
        "gone.png is not there",
        "script.html: the browser says: Oh",
        "script.html: a script failed: no",
        "there.html: 118 pixels wider than the screen",  # 500 and a margin of 8, of 390
        "away.html: asks for http://127.0.0.2:9/x.png",
    ):
        assert fault in told
    assert "#place" not in told


def test_every_page_opens_and_every_link_leads_somewhere(chromium: BrowserContext) -> None:
    """In headless Chromium at 390 pixels: no error, no sideways scroll, nothing asked of the network."""
    with served(SITE) as site:
        seen = walk(chromium.new_page(), SITE, site)
    assert seen.complaints == []
    assert len(seen.ids) == len(list(SITE.rglob("*.html"))) > 50
    assert len(seen.links) > 1000


def test_the_search_finds(chromium: BrowserContext) -> None:
    """A reader who looks for a word is led to pages that have it."""
    with served(SITE) as site:
        looking = chromium.new_page()
        looking.goto(f"{site}search.html?q=codebook")
        looking.wait_for_selector("#search-results li a")
        assert "codebook" in looking.inner_text("#search-results").lower()
