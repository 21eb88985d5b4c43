"""Reports as a page to send to someone: one file that needs nothing else, no network and no script. Made with Jinja2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qualdata._extras import needed
from qualdata.rules.registry import rule_named
from qualdata.rules.report import Report
from qualdata.rules.reports.words import TITLES, places, sentence, verdict
from qualdata.shown import clean

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["PLACES", "as_html"]

PLACES: Final = 20
"""How many places the page lists of what a rule found; JSON lists more."""
_FOLDER: Final = Path(__file__).parent


def as_html(reports: Iterable[Report]) -> bytes:
    """Reports as an HTML page that can be sent by itself. Raises QualdataError where Jinja2 is not installed."""
    reports = list(reports)
    page = _environment().get_template("page.html").render(reports=reports, titles=TITLES, most=PLACES)
    return page.encode(errors="replace") + b"\n"


def _environment() -> Environment:
    """Templates in which all that comes from a file is cleaned and escaped."""
    jinja2 = needed("jinja2", "qualdata[report]", "A report as a page")
    loader = jinja2.FileSystemLoader(_FOLDER)
    made: Environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, finalize=_cleaned, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"code": _code, "day": _day, "places": places, "sentence": sentence, "verdict": verdict, "rule": rule_named}
    return made


def _cleaned(value: Any) -> Any:
    """What stands in the page; only texts, as what is markup already was cleaned when it was made."""
    return clean(value) if type(value) is str else value


def _code(text: str) -> Markup:
    """A text of ours, with what stands between backticks as code."""
    from markupsafe import Markup, escape

    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(clean(text)))))


def _day(time: str) -> str:
    moment = datetime.fromisoformat(time)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
