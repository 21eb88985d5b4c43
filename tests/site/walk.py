"""A walk through all pages of a site in headless Chromium, on the screen of a telephone: what a reader would stumble over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from attrs import Factory, define
from playwright.sync_api import BrowserContext, Page, sync_playwright

__all__ = ["TELEPHONE", "Walk", "browser", "served", "walk"]

TELEPHONE = {"width": 390, "height": 844}
"""The screen, in CSS pixels."""

_LINKS = "all => all.map(a => a.href)"
_IDS = "all => all.map(e => e.id)"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@define
class Walk:
    """What was seen: all pages by address with the ids on them, all links, and what is wrong."""

    ids: dict[str, set[str]] = Factory(dict)
    links: set[tuple[str, str]] = Factory(set)
    complaints: list[str] = Factory(list)


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that tells nobody of each request."""

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A folder as a site on this computer alone; its address, with `/` at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browser(chromium: str) -> Iterator[BrowserContext]:
    """A browser with the screen of a telephone."""
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            yield running.new_context(viewport=TELEPHONE)
        finally:
            running.close()


def walk(page: Page, folder: Path, site: str) -> Walk:
    """Open each page of a folder that is served at `site`, then follow each link that stays there."""
    seen = Walk()
    here = ""
    page.on("console", lambda said: seen.complaints.append(f"{here}: the browser says: {said.text} ({said.location['url']})") if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: seen.complaints.append(f"{here}: a script failed: {error}"))
    page.on("response", lambda answer: seen.complaints.append(f"{here}: {answer.url} is not there") if answer.status >= 400 else None)
    page.on("request", lambda asked: None if asked.url.startswith((site, "data:")) else seen.complaints.append(f"{here}: asks for {asked.url}"))
    for file in sorted(folder.rglob("*.html")):
        here = file.relative_to(folder).as_posix()
        _open(page, site, here, seen)
    seen.complaints += _followed(folder, site, seen)
    return seen


def _open(page: Page, site: str, here: str, seen: Walk) -> None:
    """One page: what is on it, and whether it fits."""
    page.goto(site + here, wait_until="load")
    if over := page.evaluate(_OVERFLOW):
        seen.complaints.append(f"{here}: {over} pixels wider than the screen")
    if not page.title().strip():
        seen.complaints.append(f"{here}: has no title")
    seen.ids[here] = set(page.eval_on_selector_all("[id]", _IDS))
    seen.links |= {(here, link) for link in page.eval_on_selector_all("a[href]", _LINKS)}


def _followed(folder: Path, site: str, seen: Walk) -> Iterator[str]:
    """The links that lead nowhere, in the order of their pages."""
    for page, link in sorted(seen.links):
        address, anchor = urldefrag(link)
        if not link.startswith(site):
            continue
        target = unquote(urlsplit(address).path).lstrip("/") or "index.html"
        if not (folder / target).is_file():
            yield f"{page}: links to {target}, which is not there"
        elif anchor and unquote(anchor) not in seen.ids.get(target, {unquote(anchor)}):
            yield f"{page}: links to {target}#{unquote(anchor)}, which has no such place"
