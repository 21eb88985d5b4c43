"""Reports as a page to send to someone: one file that needs nothing else, no network and no script. Made with Jinja2."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qualdata.errors import WriteError
from qualdata.model.shown import clean
from qualdata.rules.finding import Finding
from qualdata.rules.registry import rule_named
from qualdata.rules.report import Report
from qualdata.rules.reports.words import TITLES, sentence, verdict

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["PLACES", "as_html"]

PLACES: Final = 50
"""How many places the page lists of what a rule found; JSON lists more."""
_FOLDER: Final = Path(__file__).parent


def as_html(reports: Iterable[Report]) -> bytes:
    """Reports as an HTML page that can be sent by itself. Raises WriteError where Jinja2 is not installed."""
    reports = list(reports)
    page = _environment().get_template("page.html").render(reports=reports, titles=TITLES, most=PLACES)
    return page.encode(errors="replace") + b"\n"


def _environment() -> Environment:
    """Templates in which all that comes from a file is cleaned and escaped."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError as error:
        raise WriteError("pages are made with Jinja2, which is not installed: pip install 'qualdata[report]'. Or choose another form.") from error
    made = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, finalize=_cleaned, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"day": _day, "places": _places, "sentence": sentence, "verdict": verdict, "rule": rule_named}
    return made


def _cleaned(value: Any) -> Any:
    """What stands in the page; only texts, as what is markup already was cleaned when it was made."""
    return clean(value) if type(value) is str else value


def _places(findings: list[Finding]) -> list[Finding]:
    """Those that have a place, or words, of their own to tell."""
    return [f for f in findings if str(f.where) or f.where.words]


def _day(time: str) -> str:
    moment = datetime.fromisoformat(time)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
