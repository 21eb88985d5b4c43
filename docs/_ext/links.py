"""Every link within the built pages leads somewhere: to a file that is there, and to a place that is in it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from sphinx.application import Sphinx
from sphinx.util import logging

_log = logging.getLogger(__name__)


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("build-finished", follow)
    return {"parallel_read_safe": True}


class Page(HTMLParser):
    """The places of a page, and the links on it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.places, self.links = {""}, set[str]()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value for name, value in attrs if value}
        self.places |= {told[name] for name in ("id", "name") if name in told}
        self.links |= {told[name] for name in ("href", "src") if name in told}


def follow(app: Sphinx, error: Exception | None) -> None:
    """Warn of each link that leads nowhere."""
    if error is not None or app.builder.name != "html":
        return
    pages = {path.resolve(): Page(path) for path in Path(app.outdir).rglob("*.html")}
    for path, page in pages.items():
        for link in sorted(page.links):
            if not urlsplit(link).scheme and not _leads(path, link, pages):
                _log.warning("%s: the link %s leads nowhere", path.relative_to(app.outdir), link)


def _leads(path: Path, link: str, pages: dict[Path, Page]) -> bool:
    file, place = urldefrag(link)
    target = (path.parent / unquote(urlsplit(file).path)).resolve() if file else path
    return target.exists() and (target not in pages or unquote(place) in pages[target].places)
